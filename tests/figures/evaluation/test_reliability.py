"""The reliability diagram. Authorities: scipy's softmax and binned_statistic."""

import re

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import binned_statistic

from helpers import language
from helpers.figures.evaluation.reliability import reliability
from tests.pictures import crowded

IDS = language.held_out()[:1500]
EXACT = language.next_words(IDS)
LOGITS = 2 * np.log(EXACT + 1e-3) + np.random.default_rng(2).normal(0, 0.5, EXACT.shape)


@pytest.fixture(scope="module")
def live():
    return reliability(LOGITS, IDS, EXACT)


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("known", [False, True])
@pytest.mark.parametrize(
    "T, bins", [(0.5, 1), (0.5, 5), (1.0, 10), (3.0, 50), (1.0, 1000)]
)
def test_the_digits_shown(live, T, bins, known, narrow):
    live.lay_out(narrow)
    first, second, third = live.move(T=T, bins=bins, known=known)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    P = softmax(LOGITS / T, axis=1)
    said, best = P.max(axis=1), P.argmax(axis=1)
    exact = EXACT[np.arange(len(IDS)), best]
    came = exact if known else (best == IDS).astype(float)
    edges = np.linspace(0, 1, bins + 1)
    count = np.histogram(said, edges)[0]
    gap = binned_statistic(said, came - said, "mean", edges).statistic
    error = np.nansum(count * abs(gap)) / len(IDS)
    loss = -np.log(P[np.arange(len(IDS)), IDS]).mean()

    def numbers(line):
        return [float(x) for x in re.findall(r"\d\.\d{3}", line)]

    assert numbers(first) == pytest.approx([said.mean(), came.mean()], abs=5.1e-4)
    assert numbers(second) == pytest.approx([error, loss], abs=5.1e-4)
    assert numbers(third) == pytest.approx([abs(said - exact).mean()], abs=5.1e-4)
    lines = [one for one in live._fig.axes[0].lines if one.get_marker() == "o"]
    dots = np.vstack([one.get_xydata() for one in lines])
    wanted = binned_statistic(said, came, "mean", edges).statistic
    assert dots[dots[:, 0].argsort(), 1] == pytest.approx(wanted[count > 0])


def test_a_larger_dot_holds_more_words(live):
    live.move(T=1.0, bins=10, known=False)
    said = softmax(LOGITS, axis=1).max(axis=1)
    count = np.histogram(said, np.linspace(0, 1, 11))[0]
    most = 0
    for line in live._fig.axes[0].lines:
        if line.get_marker() == "o" and len(line.get_xdata()):
            words = count[np.ceil(10 * line.get_xdata()).astype(int) - 1]
            assert words.min() > most
            most = words.max()


def test_nothing_trained_is_told(live):
    live.move(T=1.0, bins=10, known=False)
    other = reliability(LOGITS * 0.9, IDS, EXACT)
    assert other.alt_text() == live.alt_text()
