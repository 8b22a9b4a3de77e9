"""Two samples and one weight. Authority: the engine, and numpy's least squares."""

import numpy as np
import pytest

from helpers.figures.autograd.tug import HIGH, LOW, SAMPLES, formula, loss, pull, slope
from helpers.maths.autograd import Value
from tests.pictures import crowded


@pytest.mark.parametrize("w", [LOW, -0.138, 0.17, 0.57, HIGH])
def test_slopes(w):
    for name, (h, wanted, _) in SAMPLES.items():
        weight = Value(w)
        error = (weight * h + 0.515 - wanted) ** 2
        error.backward()
        assert loss(name, w) == pytest.approx(error.data)
        assert slope(name, w) == pytest.approx(weight.grad, abs=1e-12)


def test_the_digits():
    """By hand: 2 · (-0.2) · 0.5 = -0.2, 2 · 0.485 · 1 = 0.97, mean 0.385."""
    assert formula(0.17) == (
        r"\text{slope of the mean} = \frac{(-0.200) + 0.970}{2} = 0.385"
    )


def test_the_mean_is_lowest_where_least_squares_says():
    h = np.array([[0.5], [1.0]])
    ((best,), *_) = np.linalg.lstsq(h, np.array([0.8, 0.2]) - 0.515, rcond=None)
    assert best == pytest.approx(-0.138)
    assert sum(slope(name, best) for name in SAMPLES) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize("w", [LOW, 0.17, HIGH])
def test_every_place(w):
    live = pull()
    live.move(w=w)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    assert f"At weight {w:.2f}" in live.alt_text()
    (ax,) = live._fig.axes
    tops = [line.get_ydata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert len(tops) == 3 and max(tops) < ax.get_ylim()[1]  # all dots are seen
