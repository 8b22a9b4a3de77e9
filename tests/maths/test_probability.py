"""Probabilities from counts, along a sequence and backwards."""

import itertools
import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.maths.probability import (
    bayes,
    conditional,
    entropy,
    normalise,
    sample,
    sequence_log_probability,
)

START = np.array([0.5, 0.3, 0.2])
TABLE = np.array([[0.1, 0.6, 0.3], [0.4, 0.2, 0.4], [0.7, 0.2, 0.1]])
P5 = [0.50, 0.30, 0.20]


def test_normalise_gives_the_tables_of_the_weather():
    """Authority: worked examples P1 and P2, which sum to 1."""
    np.testing.assert_allclose(
        normalise([40, 30, 15, 10, 5]), [0.40, 0.30, 0.15, 0.10, 0.05]
    )
    np.testing.assert_allclose(normalise([12, 4, 3, 1]), [0.60, 0.20, 0.15, 0.05])


@settings(max_examples=50)
@given(st.lists(st.lists(st.integers(1, 999), min_size=3, max_size=3), min_size=1))
def test_normalise_keeps_the_ratios(rows):
    """Authority: closed form, exact in fractions."""
    for row, p in zip(rows, normalise(rows), strict=True):
        assert p.sum() == pytest.approx(1)
        assert p[0] * row[1] == pytest.approx(p[1] * row[0])


def test_conditional_is_a_row_divided_by_its_sum():
    """Authority: counted by hand; the word 0 was followed 1, 6 and 3 times."""
    counts = [[1, 6, 3], [2, 2, 4], [0, 5, 15]]
    np.testing.assert_allclose(conditional(counts, 0), [0.1, 0.6, 0.3])
    np.testing.assert_allclose(conditional(counts, 2), [0, 0.25, 0.75])


def test_the_sequences_of_one_length_sum_to_1():
    """Authority: enumeration of all 3 to the power of 4 sequences."""
    every = itertools.product(range(3), repeat=4)
    logs = [sequence_log_probability(START, TABLE, list(ids)) for ids in every]
    assert np.exp(logs).sum() == pytest.approx(1)


def test_log_of_the_product_is_the_sum_of_the_logs():
    """Authority: worked example P7, closed form; the long product underflows."""
    short = sequence_log_probability(START, TABLE, [0, 1, 0])
    assert short == pytest.approx(math.log(0.5 * 0.6 * 0.4))
    half = np.array([0.5, 0.5])
    ids = [0, 1] * 1000
    assert np.prod(np.full(2000, 0.5)) == 0
    total = sequence_log_probability(half, [half, half], ids)
    assert total == pytest.approx(-2000 * math.log(2))


def test_an_impossible_sequence():
    """Authority: ln 0 = -inf."""
    assert sequence_log_probability([1, 0], [[0, 1], [1, 0]], [0, 0]) == -math.inf


@settings(max_examples=50)
@given(st.lists(st.integers(0, 99), min_size=2, max_size=8).filter(any))
def test_entropy_is_scipys(counts):
    """Authority: scipy.stats.entropy, zeros included."""
    p = normalise(counts)
    assert entropy(p) == pytest.approx(scipy.stats.entropy(p), abs=1e-12)


def test_entropy_at_its_ends():
    """Authority: closed forms, 0 and ln V; zero prints without a minus sign."""
    assert str(entropy([1, 0, 0])) == "0.0"
    assert entropy(np.full(10_000, 1e-4)) == pytest.approx(math.log(10_000))


def test_bayes_turns_the_table_round():
    """Authority: worked example P8, by enumerating the joint probabilities."""
    joint = START[:, None] * TABLE  # (V, V)
    for column in range(3):
        expected = joint[:, column] / joint[:, column].sum()
        np.testing.assert_allclose(bayes(START, TABLE, column), expected)


def test_sample_is_the_inverse_of_the_cumulative_distribution():
    """Authority: worked example P5; evenly spread numbers meet 500, 300 and 200."""
    u = (np.arange(1000) + 0.5) / 1000
    tally = np.bincount([sample(P5, x) for x in u], minlength=3)
    np.testing.assert_array_equal(tally, [500, 300, 200])
    assert math.sqrt(1000 * 0.5 * 0.5) == pytest.approx(15.8, abs=0.02)


def test_sample_at_the_edges():
    """Authority: the definition; a word without probability is never chosen."""
    nearly_1 = np.nextafter(1, 0)
    assert sample([0, 0.5, 0.5, 0], 0) == 1
    assert sample([0, 0.5, 0.5, 0], nearly_1) == 2
    assert sample(np.full(10, 0.1), nearly_1) == 9
    assert type(sample(P5, 0.7)) is int


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: normalise([0, 0]), "counts add up to 0"),
        (lambda: normalise([1, -1]), "none may be below 0"),
        (lambda: normalise(["a"]), "counts must hold numbers"),
        (lambda: normalise([[1], [1, 2]]), "rows of equal length"),
        (lambda: normalise([]), "counts is empty"),
        (lambda: normalise([1, np.nan]), "counts holds nan"),
        (lambda: normalise(3), "a list or an array"),
        (lambda: conditional([[0, 0], [1, 1]], 0), "row 0 of counts is all zeros"),
        (lambda: conditional([[1, 1], [1, 1]], 2), "between 0 and 1, not 2"),
        (lambda: conditional([[1, 1]], 0), "as many rows as columns"),
        (lambda: sequence_log_probability(START, TABLE, []), "ids is empty"),
        (lambda: sequence_log_probability(START, TABLE, [3]), "between 0 and 2"),
        (lambda: sequence_log_probability(P5[:2], TABLE, [0]), "start must sum to 1"),
        (lambda: sequence_log_probability([1, 0], TABLE, [0]), "2 rows and 2 columns"),
        (lambda: entropy([0.5, 0.4]), "p must sum to 1, but sums to 0.9"),
        (lambda: entropy([1.5, -0.5]), "a probability below 0"),
        (lambda: entropy([[0.5, 0.5]]), "one row of numbers"),
        (lambda: bayes([1, 0], [[1, 0], [0, 1]], 1), "next = 1 cannot happen"),
        (lambda: sample(P5, 1), "from 0 up to, not including, 1"),
        (lambda: sample(P5, "x"), "from 0 up to, not including, 1"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    """Authority: the docstrings, which promise a ValueError."""
    with pytest.raises(ValueError, match=sentence):
        call()
