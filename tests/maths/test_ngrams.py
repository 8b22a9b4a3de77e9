"""The counted models against counts by hand, closed forms and the exact language."""

import math
from collections import Counter

import numpy as np
import pytest

from helpers import language
from helpers.maths import ngrams

V = len(language.VOCABULARY)
TEXT = [1, 2, 1, 2, 1, 1, 0]  # of three words; [end] is 0


def test_pair_counts_by_hand():
    """Authority: pairs of TEXT counted on paper, the first one after [end]."""
    counts = ngrams.pair_counts(TEXT, 3)
    np.testing.assert_array_equal(counts, [[0, 1, 0], [1, 1, 2], [0, 2, 0]])


def test_pair_counts_equal_a_plain_count():
    """Authority: collections.Counter on a thousand words of the course's text."""
    ids = language.train()[:1000].tolist()
    seen = Counter(zip([0, *ids[:-1]], ids, strict=True))
    counts = ngrams.pair_counts(ids, V)
    assert counts.sum() == 1000
    assert {pair: counts[pair] for pair in seen} == seen


def test_tables_by_hand():
    np.testing.assert_allclose(ngrams.uniform(4).table, 0.25)
    np.testing.assert_allclose(
        ngrams.unigram(TEXT, 3).table, [[1 / 7, 4 / 7, 2 / 7]] * 3
    )
    np.testing.assert_allclose(
        ngrams.bigram(TEXT, 3).table, [[0, 1, 0], [0.25, 0.25, 0.5], [0, 1, 0]]
    )
    # Laplace: (count + 1) / (row + V)
    np.testing.assert_allclose(
        ngrams.bigram(TEXT, 3, smoothing=1).table[1], [2 / 7, 2 / 7, 3 / 7]
    )


def test_a_word_never_seen_before_another_gets_the_uniform_row():
    np.testing.assert_allclose(ngrams.bigram([1, 0], 3).table[2], 1 / 3)


def test_probabilities_look_at_the_last_word_only():
    bigram = ngrams.bigram(TEXT, 3)
    np.testing.assert_array_equal(bigram.probabilities([2, 1]), bigram.table[1])
    np.testing.assert_array_equal(bigram.probabilities(), bigram.table[0])


def test_loss_by_hand():
    """Authority: TEXT's own pairs, −(1·ln 1 + 2 ln ½ + 2 ln 1 + 2 ln ¼) / 7."""
    bigram = ngrams.bigram(TEXT, 3)
    assert bigram.loss(TEXT) == pytest.approx(6 * math.log(2) / 7)
    assert ngrams.uniform(3).loss(TEXT) == pytest.approx(math.log(3))
    assert bigram.loss([2]) == math.inf  # never seen after [end]
    assert bigram.losses(TEXT).shape == (7,)


def test_expected_loss_is_the_loss_for_counts_as_shares():
    """Closed form: the mean over a text is the mean over its pairs."""
    ids = language.held_out()
    pairs = ngrams.pair_counts(ids, V) / len(ids)
    bigram = ngrams.bigram(language.train(), V)
    assert bigram.expected_loss(pairs) == pytest.approx(bigram.loss(ids), abs=1e-12)


def test_no_smoothing_is_needed():
    """Authority: the exact pairs of the language; all stand in the training text."""
    possible = language.pair_frequencies() > 0
    counts = ngrams.pair_counts(language.train(), V)
    assert counts[possible].min() >= 50
    assert counts[~possible].sum() == 0


def test_rungs():
    """Exact whole-number counts, so the third decimal is the same everywhere."""
    rungs = ngrams.rungs()
    assert {name: f"{loss:.3f}" for name, loss in rungs.items()} == {
        "uniform": "4.564",
        "unigram": "3.943",
        "bigram": "1.355",
        "floor": "0.340",
    }
    assert rungs["uniform"] == pytest.approx(math.log(96))


def test_counted_models_come_close_to_the_best_of_their_kind():
    """Gibbs: no unigram or bigram beats the language's own; these lose under 0.1 %."""
    pairs, train = language.pair_frequencies(), language.train()
    words = pairs.sum(axis=0)
    best_unigram = -(words * np.log(words)).sum()
    on = pairs > 0
    given = pairs / pairs.sum(axis=1, keepdims=True)
    best_bigram = -(pairs[on] * np.log(given[on])).sum()
    for model, best in [
        (ngrams.unigram(train, V), best_unigram),
        (ngrams.bigram(train, V), best_bigram),
    ]:
        assert best < model.expected_loss(pairs) < best * 1.001


def test_bad_input_is_named():
    with pytest.raises(ValueError, match="Ids must lie from 0 to 2"):
        ngrams.bigram([0, 3], 3)
    with pytest.raises(TypeError, match="whole-number ids"):
        ngrams.unigram([0.5], 3)
    with pytest.raises(ValueError, match="smoothing must be 0 or more"):
        ngrams.bigram(TEXT, 3, smoothing=-1)
    with pytest.raises(ValueError, match="without words"):
        ngrams.uniform(3).loss([])
    with pytest.raises(ValueError, match="Ids must lie"):
        ngrams.uniform(3).probabilities([5])
