"""Bradley–Terry. Authority: closed forms, scipy, the MM steps of Hunter (2004).

David R. Hunter, "MM algorithms for generalized Bradley–Terry models", The Annals of
Statistics 32, 2004. Where no strengths fit best: every way to part the models.
"""

import itertools
from math import comb, log, sqrt

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from helpers.maths.evaluation.judging import (
    WIDE,
    bradley_terry,
    covariance,
    expected_win,
    expected_wins,
    gap_error,
    preference_loss,
    table_of_wins,
)

SEVEN = [[0, 7], [3, 0]]


def some_wins(K, seed, most=9):
    wins = np.random.default_rng(seed).integers(1, most, (K, K)).astype(float)
    np.fill_diagonal(wins, 0)
    return wins


TABLES = [some_wins(K, seed) for K in (2, 3, 4, 6) for seed in range(4)]


def by_mm(wins):
    """Hunter's steps: each weight becomes its wins / Σ games / (own + other weight)."""
    w, games = np.ones(len(wins)), wins + wins.T
    for _ in range(20_000):
        w = wins.sum(axis=1) / (games / (w[:, None] + w)).sum(axis=1)
        w /= w.sum()
    return np.log(w) - np.log(w).mean()


def loss(s, wins, pull=0.0):
    """One choice after the other, with scipy's σ."""
    each = [-n * log_expit(s[i] - s[j]) for (i, j), n in np.ndenumerate(wins) if i != j]
    return sum(each) + pull * sum(x**2 for x in s)


def test_two_models_have_the_log_of_the_odds():
    s = bradley_terry(SEVEN)
    assert s[0] - s[1] == pytest.approx(log(7 / 3), abs=1e-12)
    assert expected_win(*s) == pytest.approx(0.7, abs=1e-12)


@pytest.mark.parametrize("wins", TABLES)
def test_strengths_are_those_of_the_mm_algorithm(wins):
    s = bradley_terry(wins)
    assert s == pytest.approx(by_mm(wins), abs=1e-8)
    assert abs(s.mean()) < 1e-12


@pytest.mark.parametrize("pull", [0, 0.1, 3])
@pytest.mark.parametrize("wins", TABLES)
def test_strengths_are_where_scipy_finds_the_least_loss(wins, pull):
    found = minimize(loss, np.zeros(len(wins)), (wins, pull), tol=1e-10)
    s = bradley_terry(wins, pull)
    assert s == pytest.approx(found.x - found.x.mean(), abs=2e-4)
    assert preference_loss(s, wins, pull) <= found.fun + 1e-9
    assert preference_loss(found.x, wins, pull) == pytest.approx(found.fun)


@pytest.mark.parametrize("each", [1, 1000, 1e6])
def test_a_model_that_won_all_has_an_end_with_a_pull(each):
    wins = np.array([[0, each, each], [0, 0, each], [0, each, 0]])
    s = bradley_terry(wins, 0.1)
    found = minimize(loss, s + 0.1, (wins, 0.1), tol=1e-12)
    assert preference_loss(s, wins, 0.1) <= found.fun * (1 + 1e-9)
    assert s[0] > 0 > s[1] == pytest.approx(s[2])


def test_no_choices_and_a_pull_are_no_opinion():
    assert bradley_terry(np.zeros((3, 3)), 0.1) == pytest.approx([0, 0, 0])


def test_without_an_end_it_says_so():
    """Ford 1957: an end there is unless some models never lost to all others."""
    for bits in itertools.product([0, 1], repeat=6):
        wins = np.zeros((3, 3))
        wins[~np.eye(3, dtype=bool)] = bits
        parts = [set(c) for n in (1, 2) for c in itertools.combinations(range(3), n)]
        open_ended = [
            part
            for part in parts
            if not any(wins[j, i] for i in part for j in {0, 1, 2} - part)
        ]
        if not open_ended:
            assert np.isfinite(bradley_terry(wins)).all()
            continue
        with pytest.raises(ValueError, match="never lost to .* pull above 0") as found:
            bradley_terry(wins)
        named = str(found.value).split("never")[0].removeprefix("Model ")
        assert {int(k) for k in named.split(", ")} in open_ended


def test_a_likelihood_sums_to_one_over_all_that_could_be_chosen():
    s, pairs = [0.4, -1.0, 0.6], [(0, 1), (1, 2), (0, 2), (0, 1)]
    total = 0
    for turned in itertools.product([1, -1], repeat=len(pairs)):
        choices = [pair[::way] for pair, way in zip(pairs, turned, strict=True)]
        total += np.exp(-preference_loss(s, table_of_wins(choices, 3)))
    assert total == pytest.approx(1, abs=1e-12)


# ---- how sure


def test_the_error_of_a_gap_in_closed_form():
    spread = covariance(bradley_terry(SEVEN), SEVEN)
    assert gap_error(spread, 0, 1) == pytest.approx(1 / sqrt(10 * 0.7 * 0.3))


@pytest.mark.parametrize("pull", [0, 0.1])
@pytest.mark.parametrize("wins", TABLES[::3])
def test_covariance_inverts_the_second_differences_of_the_loss(wins, pull):
    s, h, K = bradley_terry(wins, pull), 1e-3, len(wins)
    E = h * (np.eye(K) - 1 / K)  # steps that keep the mean
    second = np.array([
        [(loss(s + a + b, wins, pull) - loss(s + a - b, wins, pull)
          - loss(s - a + b, wins, pull) + loss(s - a - b, wins, pull)) / (4 * h * h)
         for b in E] for a in E
    ])  # fmt: skip
    assert covariance(s, wins, pull) @ second == pytest.approx(
        np.eye(K) - 1 / K, abs=1e-4
    )


def test_the_interval_holds_the_truth_in_19_of_20():
    """Authority: every outcome of n choices with its binomial probability."""
    n, p, held = 100, 0.7, 0.0
    for k in range(1, n):
        wins = np.array([[0, k], [n - k, 0]])
        s = bradley_terry(wins)
        error = WIDE * gap_error(covariance(s, wins), 0, 1)
        inside = abs(s[0] - s[1] - log(p / (1 - p))) <= error
        held += float(inside) * comb(n, k) * p**k * (1 - p) ** (n - k)
    assert 0.93 < held < 0.97


def test_a_bootstrap_agrees():
    """Choices drawn again, with fixed numbers: the fits scatter by the same amount."""
    wins = 40 * some_wins(4, 1)
    games = (wins + wins.T).astype(int)
    p, draw = wins / np.maximum(games, 1), np.random.default_rng(0).binomial
    fits = []
    for _ in range(600):
        again = np.triu(draw(games, p), 1)
        fits.append(bradley_terry(again + np.triu(games - again, 1).T))
    spread = covariance(bradley_terry(wins), wins)
    ours = np.sqrt(spread.diagonal())
    assert np.std(fits, axis=0) == pytest.approx(ours, rel=0.1)


# ---- a judge with habits


@pytest.mark.parametrize("first", [0, 0.7, -2])
@pytest.mark.parametrize("both", [True, False])
def test_expected_wins_are_each_judgement_added_up(first, both):
    s, lengths, longer = [0.3, -1, 0.7], [5, 5, 2], 0.4
    wins = np.zeros((3, 3))
    for i, j in itertools.combinations(range(3), 2):
        shown = [(i, j), (j, i)] if both else [(i, j), (i, j)]
        for a, b in shown:
            more = longer * ((lengths[a] > lengths[b]) - (lengths[a] < lengths[b]))
            p = expit(s[a] - s[b] + first + more)
            wins[a, b] += p
            wins[b, a] += 1 - p
    ours = expected_wins(s, 2, first, longer, lengths, both)
    assert ours == pytest.approx(wins)


def test_swapped_sides_keep_the_order_and_shrink_the_gaps():
    s = np.array([-1.5, -0.3, 0.8, 1.0])
    gaps = [np.diff(bradley_terry(expected_wins(s, 10, b))) for b in (0, 0.5, 1, 2, 4)]
    assert gaps[0] == pytest.approx(np.diff(s))
    assert (np.array(gaps) > 0).all() and (np.diff(gaps, axis=0) < 0).all()
    always_first = bradley_terry(expected_wins(s, 10, 2, both=False))
    assert always_first[0] > always_first[-1]


def test_swapped_sides_do_nothing_for_the_longer():
    s, lengths = [0.2, 0, -0.2], [1, 2, 3]
    one, other = (expected_wins(s, 4, 0, 1, lengths, both) for both in (True, False))
    assert one == pytest.approx(other)
    assert (np.diff(bradley_terry(one)) > 0).all()  # the order of the lengths


def test_extremes_do_not_overflow():
    assert expected_win(1e4, -1e4) == 1 and expected_win(-1e4, 1e4) == 0
    assert preference_loss([500, -500], [[0, 0], [1, 0]]) == pytest.approx(1000)


@pytest.mark.parametrize(
    "build",
    [
        lambda: bradley_terry([[0, 1]]),
        lambda: bradley_terry([[0]]),
        lambda: bradley_terry([[0, -1], [1, 0]]),
        lambda: bradley_terry([[0, float("nan")], [1, 0]]),
        lambda: bradley_terry([[1, 1], [1, 0]]),
        lambda: bradley_terry(SEVEN, -1),
        lambda: table_of_wins([(0, 3)], 3),
        lambda: table_of_wins([(1, 1)], 3),
    ],
)
def test_bad_input_is_refused_with_a_sentence(build):
    with pytest.raises(ValueError, match=r"\w+ .*\."):
        build()
