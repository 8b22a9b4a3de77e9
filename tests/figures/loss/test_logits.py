"""Logits and their slopes. Authority: scipy's softmax, and worked example E6."""

import re

import numpy as np
import pytest
from scipy.special import softmax

from helpers.figures.loss.logits import LIMIT, edit_logits, follow_gradient

WORDS = ["好 (good)", "晴朗 (sunny)", "糟糕 (awful)", "热 (hot)"]
START = [2, 1, 0, -1]
NAMES = [f"z{k}" for k in range(4)]


def row(line):
    """The numbers of the last round brackets in a formula."""
    inner = re.findall(r"\(([^()]*)\)", line)[-1]
    return [float(number) for number in inner.split(r",\ ")]


@pytest.fixture(scope="module")
def scores():
    return edit_logits(WORDS, START)


@pytest.fixture(scope="module")
def slopes():
    return follow_gradient(WORDS, START, truth=1)


def settings():
    """Each logit at both ends and in the middle, the others at the start."""
    for k in range(4):
        for value in (-LIMIT, 0, LIMIT):
            z = list(START)
            z[k] = value
            yield z
    yield [LIMIT] * 4
    yield [-LIMIT] * 4


SETTINGS = list(settings())


@pytest.mark.parametrize("T", [0.1, 1.0, 10.0])
@pytest.mark.parametrize("z", SETTINGS, ids=str)
def test_probabilities_at_every_end(scores, T, z):
    lines = scores.move(T=T, **dict(zip(NAMES, z, strict=True)))
    expected = softmax(np.array(z) / T)
    assert "error" not in scores.frame(scores.state)
    assert row(lines[2]) == pytest.approx(expected, abs=0.0005)
    assert row(lines[0]) == pytest.approx(np.array(z) / T, abs=0.005)
    assert f"{WORDS[3]} {expected[3]:.2f}." in scores.alt_text()


def test_the_sum_of_the_powers_by_hand(scores):
    # e² + e + 1 + 1/e = 7.389 + 2.718 + 1 + 0.368 = 11.475, as the text says.
    lines = scores.move(T=1.0, **dict(zip(NAMES, START, strict=True)))
    assert lines[1].endswith("7.39 + 2.72 + 1.00 + 0.37 = 11.48")
    assert lines[2].startswith(r"p_1 = \frac{7.39}{11.48} = 0.644")


def test_the_same_for_all_logits_changes_nothing(scores):
    """Authority: E6, only differences count."""
    low = scores.move(T=1.0, z0=1, z1=0, z2=-1, z3=-2)[2]
    high = scores.move(T=1.0, z0=5, z1=4, z2=3, z3=2)[2]
    assert row(low) == row(high)


@pytest.mark.parametrize("truth", range(4))
@pytest.mark.parametrize("z", SETTINGS, ids=str)
def test_slopes_are_p_minus_y(slopes, truth, z):
    """Authority: central differences of −ln softmax(z)[truth]."""
    lines = slopes.move(truth=WORDS[truth], **dict(zip(NAMES, z, strict=True)))
    assert "error" not in slopes.frame(slopes.state)

    def loss(z):
        return -np.log(softmax(z)[truth])

    h = 1e-5
    z = np.array(z, dtype=float)
    measured = [(loss(z + s) - loss(z - s)) / (2 * h) for s in h * np.eye(4)]
    assert row(lines[1]) == pytest.approx(measured, abs=0.0051)
    assert float(lines[0].split("= ")[-1]) == pytest.approx(loss(z), abs=0.0005)


def test_arrows_point_against_the_slope(slopes):
    slopes.move(truth=WORDS[1], **dict(zip(NAMES, START, strict=True)))
    lines = [one for one in slopes._fig.axes[0].lines if one.get_linestyle() == "-"]
    climbs = [np.sign(np.diff(one.get_ydata())[0]) for one in lines]
    assert climbs == [-1, 1, -1, -1]


def test_each_bar_has_a_handle_of_its_own(scores):
    boxes = [handle["box"] for handle in scores.drags]
    assert [handle["at"] for handle in scores.drags] == [0, 1, 2, 3]
    for one, other in zip(boxes, boxes[1:], strict=False):
        assert one[0] + one[2] == pytest.approx(other[0])
    # Authority: where Matplotlib draws the bars.
    bars = [bar.get_window_extent() for bar in scores._fig.axes[0].patches]
    for box, bar in zip(boxes, bars, strict=True):
        assert box[0] + box[2] / 2 == pytest.approx((bar.x0 + bar.x1) / 2)
