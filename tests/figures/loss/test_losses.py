"""Cross-entropy against squared error (N9). Authority: central differences."""

import numpy as np
import pytest
import torch
from scipy.special import expit

from helpers.figures.loss.losses import both_losses, compare_losses, square_the_misses


@pytest.fixture(scope="module")
def figure():
    return compare_losses()


def losses(z):
    """The two losses from their definitions, for two words."""
    p = expit(z)
    wanted, got = np.array([1, 0]), np.array([p, 1 - p])
    return -np.log(p), np.mean((wanted - got) ** 2)


@pytest.mark.parametrize("z", [-8, -5, -0.6, 0, 1, 5, 8])
def test_losses_and_slopes(z):
    found, h = both_losses(z), 1e-5
    assert found[:2] == pytest.approx(losses(z))
    up, down = losses(z + h), losses(z - h)
    measured = [(a - b) / (2 * h) for a, b in zip(up, down, strict=True)]
    assert found[2:] == pytest.approx(measured, abs=1e-8)


@pytest.mark.parametrize("z", [-8, -5, 0, 5, 8])
def test_the_formula_holds_its_digits(figure, z):
    lines = figure.move(z=z)
    assert "error" not in figure.frame(figure.state)
    ce, se = losses(z)
    assert float(lines[0].split("= ")[1].split(",")[0]) == pytest.approx(ce, abs=5e-4)
    assert float(lines[0].split("= ")[-1]) == pytest.approx(expit(z) - 1, abs=5e-5)
    assert f"squared error {se:.3f}" in figure.alt_text()


def test_n9_at_the_confident_mistake(figure):
    # p = 1 / (1 + e⁵) = 0.0067; p − 1 and −2p(1 − p)² by hand, 75 times apart.
    first, second = figure.move(z=-5)
    assert first.endswith("-0.9933") and second.endswith("-0.0132")


def test_curves_differ_in_dash_and_marker(figure):
    for ax in figure._fig.axes:
        curves = [one for one in ax.lines if len(one.get_xdata()) > 2]
        assert [one.get_linestyle() for one in curves] == ["-", "--"]


@pytest.mark.parametrize(
    "z, mood",
    [(-8, "confident and wrong"), (0, "unsure"), (8, "confident and right")],
)
def test_the_mood_is_named(figure, z, mood):
    figure.move(z=z)
    assert any(mood in text.get_text() for text in figure._fig.axes[0].texts)


@pytest.mark.parametrize("leaf, flower", [(0.6, 0.4), (0, 1), (0.8, 0.2), (1, 0.05)])
def test_squared_misses(leaf, flower):
    """Authority: torch's mean squared error; row E4 for (0.6, 0.4)."""
    figure = square_the_misses()
    sums, mean = figure.move(leaf=leaf, flower=flower)
    wanted, got = torch.tensor([[0.8, 0.2], [leaf, flower]], dtype=torch.float64)
    loss = float(torch.nn.functional.mse_loss(got, wanted))
    assert float(mean.split("= ")[-1]) == pytest.approx(loss, abs=6e-5)
    assert float(sums.split("= ")[-1]) == pytest.approx(2 * loss, abs=6e-5)
    for square in figure._fig.axes[0].patches:  # as wide as high: a square
        assert square.get_width() == square.get_height()
