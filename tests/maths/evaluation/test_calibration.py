"""Calibration and proper scores.

Authorities: scipy's binned_statistic, the definition of Guo and others written as a
loop, closed forms of the scores, and a search over all p in steps of a hundredth.
"""

import math

import numpy as np
import pytest
from scipy import stats

from helpers import language
from helpers.maths import loss
from helpers.maths.evaluation import calibration as c

RNG = np.random.default_rng(3)


def guo(confidence, hits, M):
    """Equation 3 of the paper, as a loop over bins ((m − 1) / M, m / M]."""
    error = 0.0
    for m in range(1, M + 1):
        inside = [i for i, p in enumerate(confidence) if (m - 1) / M < p <= m / M]
        if inside:
            gap = np.mean(hits[inside]) - np.mean(confidence[inside])
            error += len(inside) / len(confidence) * abs(gap)
    return error


@pytest.mark.parametrize("bins", [1, 4, 8, 16, 64])
def test_the_error_is_that_of_the_paper(bins):
    confidence = np.r_[RNG.uniform(0.01, 1, 300), 0.25, 0.5, 0.75, 1]
    hits = (RNG.uniform(size=304) < confidence**2).astype(float)
    wanted = guo(confidence, hits, bins)
    error = c.expected_calibration_error(confidence, hits, bins)
    assert error == pytest.approx(wanted)


def test_bins_are_scipys():
    confidence, hits = RNG.uniform(0, 1, 500), RNG.integers(0, 2, 500).astype(float)
    count, said, came = c.reliability(confidence, hits, 10)
    edges = np.linspace(0, 1, 11)
    for values, ours in ((confidence, said), (hits, came)):
        theirs = stats.binned_statistic(confidence, values, "mean", edges).statistic
        assert ours == pytest.approx(theirs)
    assert count.sum() == 500


def test_empty_bins_and_the_ends():
    count, said, came = c.reliability([0.0, 1.0], [0.0, 1.0], 4)
    assert count.tolist() == [1, 0, 0, 1]
    assert np.isnan(said[1:3]).all() and came[[0, 3]].tolist() == [0, 1]
    assert c.expected_calibration_error([0.0, 1.0], [0.0, 1.0]) == 0
    assert c.expected_calibration_error([0.9, 0.9], [1.0, 0.0], 1) == pytest.approx(0.4)


def test_the_exact_grammar_is_calibrated():
    """Its favourites, with their exact P in place of hits: no gap at all."""
    ids = language.held_out()[:2000]
    P = language.next_words(ids)
    confidence, hits = c.favourites(P, ids)
    assert c.expected_calibration_error(confidence, confidence) == 0
    # Counted on so many words, what is left is chance: three errors of a share.
    allowed = 3 * np.sqrt((confidence * (1 - confidence)).sum()) / len(ids)
    assert abs((hits - confidence).mean()) < allowed


def test_favourites():
    P = np.array([[0.2, 0.8], [0.6, 0.4]])
    confidence, hits = c.favourites(P, np.array([1, 1]))
    assert confidence.tolist() == [0.8, 0.6] and hits.tolist() == [1, 0]


def test_the_best_temperature_mends_logits_that_were_multiplied():
    """Words are drawn from softmax(z); 2 z is twice as sure, and T = 2 undoes it."""
    z = RNG.normal(0, 1.5, (4000, 5))
    P = loss.softmax(z)
    truths = (P.cumsum(axis=1) < RNG.uniform(size=(4000, 1))).sum(axis=1)
    T, losses = c.best_temperature(2 * z, truths, [1, 1.5, 2, 2.5, 3])
    assert T == 2
    assert losses[2] == pytest.approx(loss.mean_cross_entropy(P, truths))
    before, after = (
        c.expected_calibration_error(*c.favourites(loss.softmax(2 * z / t), truths))
        for t in (1, T)
    )
    assert before > 0.1 and after < 0.03


GRID = [(k / 100, 1 - k / 100) for k in range(101)]


def least(score, y):
    """Where the expected score is least, over all p in hundredths."""
    costs = [c.expected_score(score, y, np.array(p)) for p in GRID]
    return [k for k, cost in enumerate(costs) if cost <= min(costs) + 1e-12]


@pytest.mark.parametrize("k", [0, 1, 20, 50, 70, 99, 100])
def test_only_the_truth_makes_a_proper_score_least(k):
    assert least(c.log_score, GRID[k]) == [k]
    assert least(c.brier, GRID[k]) == [k]


@pytest.mark.parametrize("k", [20, 70])
def test_what_is_not_proper(k):
    extreme = 100 if k > 50 else 0
    assert least(c.absolute_error, GRID[k]) == [extreme]
    right = [*range(51, 101)] if k > 50 else [*range(50)]
    assert least(c.mistake, GRID[k]) == right


@pytest.mark.parametrize("q, p", [(0.7, 0.7), (0.7, 0.9), (0.2, 0.5)])
def test_expected_scores_in_closed_form(q, p):
    y, given = (q, 1 - q), np.array([p, 1 - p])
    log = -q * math.log(p) - (1 - q) * math.log(1 - p)
    assert c.expected_score(c.log_score, y, given) == pytest.approx(log)
    square = 2 * (q * (1 - p) ** 2 + (1 - q) * p**2)
    assert c.expected_score(c.brier, y, given) == pytest.approx(square)
    # Above what the truth itself costs, they are KL and twice the squared distance.
    assert c.expected_score(c.brier, y, y) == pytest.approx(2 * q * (1 - q))
    assert square - 2 * q * (1 - q) == pytest.approx(2 * (p - q) ** 2)
    line = q * (1 - p) + (1 - q) * p
    assert c.expected_score(c.absolute_error, y, given) == pytest.approx(line)


def test_a_word_that_was_ruled_out():
    assert c.log_score(np.array([0.0, 1.0]), 0) == math.inf
    assert c.expected_score(c.log_score, (0, 1), np.array([0.0, 1.0])) == 0


def test_bad_input_gets_a_sentence():
    with pytest.raises(ValueError, match="confidence must lie from 0 to 1"):
        c.reliability([1.2], [1.0])
    with pytest.raises(ValueError, match="must have the same shape"):
        c.reliability([0.2], [1.0, 0.0])
    with pytest.raises(ValueError, match="bins must be at least 1"):
        c.reliability([0.2], [1.0], 0)
