"""Sampling and products: numpy's own search, scipy's binomial law, decimals."""

import re
from decimal import Decimal
from math import log, sqrt

import numpy as np
import pytest
from scipy.stats import binom, chi2

from helpers.figures.probability.draws import (
    RUNS,
    TALLIES,
    choose,
    drawn,
    product_of,
    sample_many,
    shares,
    small,
    underflow,
    whole,
)
from helpers.live import counted
from helpers.live.style import figure

TOPICS = ["科技 (technology)", "经济 (economy)", "文化 (culture)"]
P5 = [0.50, 0.30, 0.20]


def numbers(line):
    plain = line.replace("{,}", "")
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", plain)]


@pytest.mark.parametrize("u", [0, 0.49, 0.5, 0.51, 0.79, 0.8, 0.99])
def test_choose_names_the_word_that_u_falls_on(u):
    """Authority: the stretches 0–0.5, 0.5–0.8, 0.8–1 of P5, written out."""
    live = choose(TOPICS, P5)
    (line,) = live.move(u=u)
    low, shown, high, k = numbers(line)
    assert low <= shown == u < high
    assert (low, high) == [(0, 0.5), (0.5, 0.8), (0.8, 1)][int(k) - 1]
    assert TOPICS[int(k) - 1] in live.alt_text()


def test_choose_draws_at_every_position():
    live = choose(TOPICS, P5)
    for state in [*range(0, 100, 9), 99]:
        assert "error" not in live.frame([state])


def test_drawn_is_the_stream_that_python_guarantees():
    """Authority: the numbers of random.Random(1), as any Python 3 gives them."""
    np.testing.assert_allclose(
        drawn(1, 3), [0.13436424411240122, 0.8474337369372327, 0.763774618976614]
    )


@pytest.mark.parametrize("run", [1, 7, 20])
def test_shares_count_the_draws(run):
    """Authority: numpy's searchsorted on the same numbers; P5's 500/300/200."""
    count = shares(np.array(P5), run, 1000)
    chosen = np.searchsorted([0.5, 0.8, 1], drawn(run, 1000), side="right")
    np.testing.assert_array_equal(count[-1], np.bincount(chosen))
    np.testing.assert_array_equal(count[:, :].sum(axis=1), np.arange(1, 1001))
    assert np.abs(count[-1] - [500, 300, 200]).max() < 3 * 15.8


def test_runs_stray_as_the_binomial_law_says():
    """Authority: scipy's binomial; Σ ((tally − np)/sd)² is χ² with RUNS degrees."""
    tallies = np.array(
        [shares(np.array(P5), r, 1000)[-1, 0] for r in range(1, RUNS + 1)]
    )
    assert binom.std(1000, 0.5) == pytest.approx(15.8, abs=0.05)
    strayed = (((tallies - 500) / binom.std(1000, 0.5)) ** 2).sum()
    assert chi2.ppf(0.001, RUNS) < strayed < chi2.ppf(0.999, RUNS)


@pytest.mark.parametrize("n", [1, 100, 1000, 10000])
@pytest.mark.parametrize("run", [1, 10, 20])
def test_sample_many_shows_mean_and_deviation(n, run):
    """Authority: scipy's binomial law, and shares() for the tally."""
    live = sample_many(TOPICS, P5)
    first, second = live.move(n=n, run=run)
    assert numbers(first)[-2:] == pytest.approx(
        [binom.mean(n, 0.5), shares(np.array(P5), run, n)[-1, 0]]
    )
    assert numbers(second)[-1] == pytest.approx(binom.std(n, 0.5), abs=0.05)
    assert f"after {counted(n, 'draw')}:" in live.alt_text()


def test_sample_many_draws_at_every_position():
    live = sample_many(TOPICS, P5)
    for n in range(len(TALLIES)):
        for run in (0, RUNS - 1):
            assert "error" not in live.frame([n, run])


@pytest.mark.parametrize("p", [0.05, 0.45, 0.5, 0.95])
@pytest.mark.parametrize("T", [20, 500, 1000])
def test_underflow_against_exact_decimals(p, T):
    """Authority: decimal arithmetic, which does not underflow here."""
    live = underflow()
    product, total = live.move(p=p, T=T)
    exact = Decimal(str(p)) ** T
    shown = product.rpartition(" = ")[2]
    if exact < Decimal("2.4e-324"):  # under half of the least float64
        assert shown == "0" and "below" in live.alt_text()
    else:
        mantissa, _, power = shown.partition(r" \cdot 10^{")
        value = Decimal(mantissa).scaleb(int(power.rstrip("}") or 0))
        assert abs(value / exact - 1) < Decimal("0.006") and "above" in live.alt_text()
    assert numbers(total)[-1] == pytest.approx(float(exact.ln()), abs=0.06)


def test_product_in_float64():
    """Authority: numpy's product; P7."""
    for p in (0.3, 0.5, 0.95):
        assert product_of(p, 1000) == np.prod(np.full(1000, p))
    assert product_of(0.4, 1000) == 0 and 1000 * log(0.4) == pytest.approx(
        -916.29, abs=0.01
    )


def test_numbers_as_they_are_written():
    assert [small(x) for x in (0, 0.25, 1, 0.0315)] == [
        "0", "0.250", "1.000", r"3.15 \cdot 10^{-2}",
    ]  # fmt: skip
    assert whole(10000) == "10{,}000" and whole(4999.96, 1) == "5{,}000.0"


def test_funnel_is_two_standard_deviations_wide():
    """Authority: sqrt(p(1−p)/n), at n = 10,000."""
    from helpers.figures.probability.draws import funnel

    _, ax = figure()
    funnel(ax, 0.5)
    (band,) = ax.collections
    edge = band.get_paths()[0].vertices
    at_end = edge[edge[:, 0] == edge[:, 0].max(), 1]
    half = 2 * sqrt(0.25 / TALLIES[-1])
    assert at_end.max() == pytest.approx(0.5 + half)
    assert at_end.min() == pytest.approx(0.5 - half)
