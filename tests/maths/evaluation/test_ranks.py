"""Ranks and their correlation. Authority: scipy.stats.rankdata and spearmanr."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import rankdata, spearmanr

from helpers.maths.evaluation.ranks import rank_correlation, ranks

# Few different values, so that ties are usual; ln 0 is one of them.
score = st.sampled_from([-np.inf, -4.5, -1, 0, 0.25, 2, 3]) | st.floats(-9, 9)
pairs = st.lists(st.tuples(score, score), min_size=2, max_size=12)


@settings(max_examples=500)
@given(pairs)
def test_ranks_are_scipys(rows):
    a, _ = np.array(rows).T
    np.testing.assert_array_equal(ranks(a), rankdata(-a))


@settings(max_examples=500)
@given(pairs)
def test_correlation_is_scipys(rows):
    a, b = np.array(rows).T
    if len(set(a)) == 1 or len(set(b)) == 1:
        with pytest.raises(ValueError, match="put nothing in order"):
            rank_correlation(a, b)
        return
    expected = spearmanr(rankdata(a), rankdata(b)).statistic  # ranks: no inf in there
    assert rank_correlation(a, b) == pytest.approx(expected, abs=1e-12)


def test_every_order_of_five():
    """Authority: 1 − 6 Σ d² / (N (N² − 1)), which holds without ties."""
    for order in itertools.permutations(range(5)):
        d = sum((x - y) ** 2 for x, y in enumerate(order))
        assert rank_correlation(range(5), order) == pytest.approx(1 - 6 * d / 120)


def test_only_the_order_counts():
    a, b = [0.2, -1, 5, 5, 0], [3, 2, 9, 1, 1]
    assert rank_correlation(a, b) == rank_correlation(np.exp(a), b)
    assert rank_correlation(a, b) == -rank_correlation(a, np.negative(b))


@pytest.mark.parametrize(
    "a, b, sentence",
    [
        ([1, 1, 1], [1, 2, 3], "All numbers of a are equal. They put nothing in order"),
        ([1, 2, 3], [2, 2, 2], "All numbers of b are equal"),
        ([-np.inf] * 2, [1, 2], "All numbers of a are equal"),
        ([1], [1], "a has one number, which has no order"),
        ([1, 2], [1, 2, 3], "b and a must have the same shape"),
        ([1, np.nan], [1, 2], "a holds nan"),
        ([], [], "a is empty"),
    ],
)
def test_bad_input_gets_a_sentence(a, b, sentence):
    with pytest.raises(ValueError, match=sentence):
        rank_correlation(a, b)
