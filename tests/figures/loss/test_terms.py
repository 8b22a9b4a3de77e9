"""The loss −ln p. Authority: closed forms and worked examples E1 to E3."""

import math

import numpy as np
import pytest
import scipy.stats

from helpers.figures.loss.terms import (
    batch_with_outlier,
    know_nothing,
    show_halves,
    watch_terms,
)

WORDS = ["好 (good)", "晴朗 (sunny)", "糟糕 (awful)", "热 (hot)", "others"]
P1 = [0.40, 0.30, 0.15, 0.10, 0.05]


@pytest.fixture(scope="module")
def terms():
    return watch_terms(WORDS, [40, 30, 15, 10, 5], truth=1)


@pytest.fixture(scope="module")
def batch():
    return batch_with_outlier()


def last(line):
    text = line.split("= ")[-1]
    return math.inf if text == r"\infty" else float(text)


def minus_ln(p):
    return math.inf if p == 0 else -math.log(p)


def test_e1(terms):
    sums, short = terms.move(p=P1, truth=WORDS[1])
    assert short == r"L = -\ln\, 0.30 = 1.204"
    assert r"0\cdot 0.916 + 1\cdot 1.204 + 0\cdot 1.897" in sums


def test_e2(terms):
    lines = terms.move(p=[0.60, 0.15, 0.20, 0, 0.05], truth=WORDS[0])
    assert last(lines[1]) == 0.511


@pytest.mark.parametrize("truth", range(5))
@pytest.mark.parametrize("bar", range(5))
@pytest.mark.parametrize("percent", [0, 50, 100])
def test_the_loss_at_every_end(terms, truth, bar, percent):
    p = [(1 - percent / 100) / 4] * 5
    p[bar] = percent / 100
    if percent == 50:
        p = [0.5 if k == bar else 0.5 * (k == (bar + 1) % 5) for k in range(5)]
    lines = terms.move(p=p, truth=WORDS[truth])
    assert last(lines[1]) == pytest.approx(minus_ln(p[truth]), abs=0.0005)
    assert "error" not in terms.frame(terms.state)
    # Only the truth has the factor 1.
    assert lines[0].count(r"1\cdot") == 1


def test_a_word_ruled_out_that_came_is_infinite(terms):
    lines = terms.move(p=[1, 0, 0, 0, 0], truth=WORDS[4])
    assert lines[1].endswith(r"\infty")
    assert "the loss is without end" in terms.alt_text()


def test_certain_and_right_is_no_loss(terms):
    assert terms.move(p=[1, 0, 0, 0, 0], truth=WORDS[0])[1].endswith("= 0.000")


@pytest.mark.parametrize("p", [0.5, 0.7, 0.99])
@pytest.mark.parametrize("odd_p", [0.5, 0.001, 1e-6, 0])
def test_mean_of_64(batch, p, odd_p):
    """Authority: E3, the sum of the 64 losses divided by 64."""
    lines = batch.move(p=p, odd_p=odd_p)
    assert "error" not in batch.frame(batch.state)
    expected = sum([minus_ln(p)] * 63 + [minus_ln(odd_p)]) / 64
    assert last(lines[0]) == pytest.approx(expected, abs=0.0005)
    assert len(lines) == 2
    assert ("infinite" in lines[1]) == (odd_p == 0)


def test_share_of_the_outlier(batch):
    # 6.908 of 63 · 0.357 + 6.908 = 29.378 is 23.5 %; 13.816 of 36.286 is 38.1 %.
    assert batch.move(p=0.7, odd_p=0.001)[1].endswith(r"= 24\%")
    assert batch.move(p=0.7, odd_p=1e-6)[1].endswith(r"= 38\%")


def test_the_mean_line_stands_at_the_mean(batch):
    batch.move(p=0.7, odd_p=0.001)
    (line,) = batch._fig.axes[0].lines
    assert line.get_ydata()[0] == pytest.approx(
        -(63 * math.log(0.7) + math.log(0.001)) / 64
    )
    batch.move(odd_p=0)
    assert not line.get_visible()


def test_halves_are_equal_steps():
    assert "0.693" in show_halves().alt_text()


@pytest.mark.parametrize("V", [2, 96, 10_000, 100_000])
def test_who_knows_nothing_loses_ln_v(V):
    """Authority: scipy's entropy of V equal words; row E5."""
    lines = know_nothing().move(V=V)
    loss = scipy.stats.entropy(np.full(V, 1 / V))
    assert float(lines[0].split("= ")[-1]) == pytest.approx(loss, abs=5e-4)
    assert int(lines[1].split("= ")[-1].replace("{,}", "")) == V
