"""The line that learns a third point. Authority: rows F2 to F6 and numpy.polyfit."""

import itertools
import re

import numpy as np
import pytest

from helpers.figures.forgetting.refit import (
    COUNTING,
    MOVING,
    STEPS,
    knobs_after,
    learn_a_point,
)
from helpers.maths.forgetting.formulas import descend


@pytest.mark.parametrize(
    ("knobs", "points", "a", "b"),
    [
        ("b alone", "the new one", 1, 9),  # F4
        ("both", "the new one", 1 + 20 / 17, 4 + 5 / 17),  # F5
        ("both", "all three", 3.5, -11 / 6),  # F6
        ("both", "the old two", 1, 4),  # F2
        ("a alone", "the new one", 9 / 4, 4),
    ],
)
def test_where_it_ends(knobs, points, a, b):
    assert knobs_after(knobs, points, STEPS[-1]) == pytest.approx((a, b), abs=1e-3)


@pytest.mark.parametrize(("knobs", "points"), [*itertools.product(MOVING, COUNTING)])
@pytest.mark.parametrize("steps", [0, 1, 20, STEPS[-1]])
def test_the_digits_shown(knobs, points, steps):
    """Authority: the closed form, tested apart, and numpy.polyval."""
    live = learn_a_point()
    first, second = live.move(knobs=knobs, points=points, steps=steps)
    assert "error" not in live.frame(live.state)
    a, b = descend(1, 4, COUNTING[points], steps, moving=MOVING[knobs])
    shown = [float(x) for x in re.findall(r"-?\d+\.\d+", first)]
    assert shown == pytest.approx([a, b], abs=6e-4)
    heights = [float(x) for x in re.findall(r"= (-?\d+\.\d+)", second)]
    assert heights == pytest.approx(np.polyval([a, b], [2, 3, 4]), abs=6e-3)
    said = "1 step" if steps == 1 else f"{steps:,} steps"
    assert f"after {said} with" in live.alt_text()
