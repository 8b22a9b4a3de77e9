"""The race of five rules.

Authority: numerical slopes of the surface, numpy's roots, and scipy's minimiser.
"""

import re

import numpy as np
import pytest
from scipy.optimize import minimize

from helpers.figures.training.race import (
    LOOKS,
    RATES,
    STARTS,
    STEPS,
    above,
    height,
    hollows,
    lowest,
    path,
    race,
    slopes,
    standing,
)
from helpers.maths.loss import numerical_gradient
from helpers.maths.optimisers import RULES


@pytest.mark.parametrize("w", [(1.7, -1.0), (-0.3, 0.8), (0.0, 0.0)])
def test_slopes(w):
    measured = numerical_gradient(lambda v: height(*v), w)
    assert slopes(w) == pytest.approx(measured, abs=1e-6)


def test_hollows_and_pass():
    """Authority: scipy from both sides, and a slope of 0 at each."""
    left, right, middle = hollows()
    for x in (left, right, middle):
        assert slopes((x, 0.4 * x)) == pytest.approx((0, 0), abs=1e-9)
    deep = minimize(lambda v: height(*v), (-1.5, 0))
    shallow = minimize(lambda v: height(*v), (1.5, 0))
    assert deep.x[0] == pytest.approx(left, abs=1e-4)
    assert shallow.x[0] == pytest.approx(right, abs=1e-4)
    assert lowest() == pytest.approx(deep.fun) and deep.fun < shallow.fun


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("rate", [RATES[0], 0.03, RATES[-1]])
@pytest.mark.parametrize("steps", [0, 24, STEPS])
def test_the_digits_shown(steps, rate, start):
    live = race()
    _, shown = live.move(steps=steps, rate=rate, start=start)
    assert "error" not in live.frame(live.state)
    found = re.findall(r"\\text\{(\w+) \} ([\d.]+|\\infty)", shown)
    assert [name for name, _ in found] == list(RULES) == list(LOOKS)
    for name, said in found:
        end = above(path(name, start, rate)[[steps]])[0]
        if said == r"\infty":
            assert end > 9999
        else:
            assert float(said) == pytest.approx(end, abs=5e-4) and end >= 0


def test_what_the_notebook_says_of_the_race():
    """Each claim of the prose, from the paths."""
    end = {
        (rate, start): {n: float(s.replace(r"\infty", "inf")) for n, s in
                        standing(STEPS, rate, start)}
        for rate in RATES
        for start in STARTS
    }  # fmt: skip
    left, right, middle = hollows()
    wall = end[0.03, "the right wall"]
    assert wall["momentum"] < 0.05  # over the pass, into the deep hollow
    for name in ("SGD", "RMSprop", "Adam"):
        x = path(name, "the right wall", 0.03)[-1, 0]
        assert abs(x - right) < 0.3  # in the shallow one
    assert wall["AdaGrad"] > 4  # still on the slope
    assert abs(path("SGD", "the pass", 0.03)[-1, 0] - middle) < 0.05
    for name in ("RMSprop", "Adam"):
        assert abs(path(name, "the pass", 0.03)[-1, 0] - right) < 0.2
    for name in ("SGD", "momentum"):
        assert np.isinf(end[0.3, "the left wall"][name])
        assert np.isinf(end[0.3, "the right wall"][name])
    for name in ("AdaGrad", "RMSprop", "Adam"):
        assert end[0.3, "the left wall"][name] < 0.05
    winners = {min(row, key=row.get) for row in end.values()}
    assert len(winners) >= 3  # no rule wins everywhere
