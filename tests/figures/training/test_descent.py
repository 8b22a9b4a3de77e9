"""Gradient descent on a parabola and in a valley.

Authority: N7 and the closed form, places that are multiplied by one factor a step.
"""

import re

import numpy as np
import pytest

from helpers.figures.training.descent import (
    CURVATURES,
    START,
    STEEPNESS,
    STEPS,
    VALLEY_START,
    cross_valley,
    fate,
    parabola_path,
    roll_down,
    valley_path,
)


@pytest.mark.parametrize("a", STEEPNESS)
@pytest.mark.parametrize("rate", [0.05, 0.5, 1.0, 2.1])
def test_the_digits_of_the_parabola(a, rate):
    live = roll_down()
    shown, said = live.move(a=a, rate=rate)
    assert "error" not in live.frame(live.state)
    factor = float(re.search(r"= \(?(-?\d+\.\d\d)\)? \\cdot x$", shown).group(1))
    assert factor == pytest.approx(1 - 2 * a * rate, abs=0.005)
    assert f"1/a = {1 / a:g}" in said
    assert parabola_path(a, rate) == pytest.approx(
        START * (1 - 2 * a * rate) ** np.arange(STEPS + 1)
    )
    diverges = rate > 1 / a
    assert ("it diverges" in said) == diverges == ("it diverges" in live.alt_text())
    assert ("for ever" in said) == (rate == 1 / a)


@pytest.mark.parametrize("curvature", CURVATURES)
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.2, 0.21, 0.42, 2.0, 2.1])
def test_the_digits_of_the_valley(curvature, rate):
    live = cross_valley()
    shown, said = live.move(curvature=curvature, rate=rate)
    assert "error" not in live.frame(live.state)
    x, y = re.findall(r"= \(?(-?\d+\.\d\d)\)? \\cdot ([xy])", shown)
    assert float(x[0]) == pytest.approx(1 - rate, abs=0.005)
    assert float(y[0]) == pytest.approx(1 - rate * curvature, abs=0.005)
    factors = np.array([1 - rate, 1 - rate * curvature])
    steps = np.arange(31)[:, None]
    assert valley_path(curvature, rate) == pytest.approx(
        np.array(VALLEY_START) * factors**steps
    )
    assert ("it diverges" in said) == (rate > 2 / curvature)


@pytest.mark.parametrize(
    "factor, said",
    [
        (0.8, "it comes nearer"),
        (-0.8, "it comes nearer, jumping from side to side"),
        (0.0, "it arrives in one step"),
        (-1.0, "it jumps to and fro for ever"),
        (1 - 2 * 10 * 0.1, "it jumps to and fro for ever"),  # rounding beside -1
        (1.0, "it never comes nearer"),
        (-1.1, "each step leads farther away: it diverges"),
    ],
)
def test_fates(factor, said):
    assert fate(factor) == said


def test_a_slider_can_stand_on_the_edge():
    """1/a for each steepness and 2/c for each curvature, and it goes beyond."""
    rates = roll_down()._controls["rate"].values
    assert {1 / a for a in STEEPNESS} <= set(rates) and max(rates) > 2
    rates = cross_valley()._controls["rate"].values
    edges = {2 / c for c in CURVATURES}
    assert edges <= set(rates) and max(rates) > max(edges)
