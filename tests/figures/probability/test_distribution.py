"""The bars of a distribution. Authority: what Matplotlib says it will draw."""

import numpy as np

from helpers.figures.probability.distribution import Distribution
from helpers.live.style import figure


def test_the_word_that_came_is_hatched_visibly():
    fig, ax = figure()
    bars = Distribution(ax, ["x", "y"], np.array([0.8, 0.2]), truth=0)
    came, other = bars.bars
    assert came.get_hatch() and not other.get_hatch()
    assert came.get_hatchcolor() != came.get_facecolor()
    bars.show(np.array([0.8, 0.2]), truth=1)
    assert other.get_hatch() and not came.get_hatch()
    assert came.get_facecolor() == came.get_edgecolor()
