"""How sure a loss is.

Authorities: scipy's sem, ttest_rel, ttest_ind and t intervals, log2 of the probability
of a text, and the exact grammar, whose every story is walked through once.
"""

import math

import numpy as np
import pytest
from scipy import stats

from helpers import language
from helpers.maths import ngrams
from helpers.maths.evaluation.sureness import (
    bits_per_character,
    loss_standard_error,
    paired_standard_error,
    standard_error,
    stories_to_tell,
    story_losses,
    unpaired_standard_error,
)

RNG = np.random.default_rng(5)
# The losses of two models on ten stories, nats a story.
TEN = np.array([
    [12.5, 12.3, 12.7, 12.4, 13.3, 12.6, 12.2, 14.6, 11.6, 13.5],
    [11.1, 12.0, 11.8, 12.8, 12.0, 12.7, 10.7, 13.1, 10.2, 13.4],
])  # fmt: skip


@pytest.mark.parametrize("S", [2, 3, 8, 400])
def test_standard_errors_are_scipys(S):
    a, b = RNG.normal(12, 3, S), RNG.normal(13, 2, S)
    assert standard_error(a) == pytest.approx(stats.sem(a))
    paired, apart = stats.ttest_rel(a, b), stats.ttest_ind(a, b, equal_var=False)
    gap = a.mean() - b.mean()
    assert paired_standard_error(a, b) == pytest.approx(gap / paired.statistic)
    assert paired_standard_error(a, b) == pytest.approx(stats.sem(a - b))
    assert unpaired_standard_error(a, b) == pytest.approx(gap / apart.statistic)
    low, high = paired.confidence_interval(0.9)
    reach = stats.t.ppf(0.95, S - 1) * paired_standard_error(a, b)
    assert (gap - reach, gap + reach) == pytest.approx((low, high))


def test_an_unpaired_test_on_pairs_loses_what_the_pairs_know():
    """Ten stories, one model a little better on nearly each: p .008 becomes .081."""
    a, b = TEN
    assert stats.ttest_rel(a, b).pvalue == pytest.approx(0.008, abs=5e-4)
    assert stats.ttest_ind(a, b).pvalue == pytest.approx(0.081, abs=5e-4)


def test_n_minus_1_is_right_in_the_mean():
    """All pairs that can be drawn from 0 and 2: in the mean the variance is theirs."""
    pairs = [[x, y] for x in (0, 2) for y in (0, 2)]
    assert np.mean([2 * standard_error(pair) ** 2 for pair in pairs]) == 1


def test_bits_are_log2_of_the_probability_of_the_text():
    p, text = RNG.uniform(0.01, 1, 9), "one day tom lost a ball ."
    bits = -math.log2(math.prod(p)) / len(text)
    assert bits_per_character(-np.log(p), text) == pytest.approx(bits)
    assert bits_per_character([math.log(2)], "我") == pytest.approx(1)
    assert bits_per_character([0.0], " ") == 0


def test_stories_are_added_up():
    ids = np.array([3, 1, 0, 0, 4, 0, 2])
    losses = np.array([1.0, 2.0, 3.0, 5.0, 7.0, 11.0, 13.0])
    assert story_losses(losses, ids).tolist() == [6, 5, 18, 13]
    ids = language.held_out()
    nats = story_losses(language.losses(ids), ids)
    assert len(nats) == language.HELD_OUT_STORIES
    assert nats.sum() == pytest.approx(language.losses(ids).sum())
    words = story_losses(np.ones(len(ids)), ids)
    assert words.mean() == pytest.approx(language.words_per_story(), rel=0.01)


@pytest.mark.parametrize("gap, spread", [(0.5, 0.7), (4, 2), (0.02, 1.0)])
def test_so_many_stories_and_no_fewer(gap, spread):
    S = stories_to_tell(gap, spread)
    assert spread / math.sqrt(S) * 2 <= gap
    assert S == 2 or spread / math.sqrt(S - 1) * 2 > gap


def moments(nats):
    """Exact sums over the grammar: (W, Σ, Σ²) by words, and (1, Σ, Σ²) by stories.

    `nats` (S, K) is the loss of each arc. All stories walk in step; at each node stand
    their probability, and its products with the nats so far and with their square.
    """
    machine = language.LANGUAGE.machine
    now = np.zeros((3, len(machine.p)))
    now[0, 0] = 1
    words, stories, ends = np.zeros(3), np.zeros(3), machine.word == 0
    while now.any():
        mass, once, twice = (one[:, None] * machine.p for one in now)
        words += [mass.sum(), (mass * nats).sum(), (mass * nats**2).sum()]
        after = mass, once + mass * nats, twice + 2 * once * nats + mass * nats**2
        stories += [one[ends].sum() for one in after]
        now = np.array([
            np.bincount(machine.next.ravel(), np.where(ends, 0, one).ravel(),
                        minlength=len(machine.p)) for one in after
        ])  # fmt: skip
    return words, stories


def test_words_of_a_story_hang_together():
    """Authority: the grammar, walked through. Over words it is twice as large."""
    machine, ids = language.LANGUAGE.machine, language.held_out()
    nats = -np.log(machine.p, where=machine.p > 0, out=np.zeros_like(machine.p))
    _, (_, once, twice) = moments(nats)
    spread = math.sqrt(twice - once**2)
    losses = language.losses(ids)
    assert spread == pytest.approx(1.333, abs=5e-4)
    assert story_losses(losses, ids).std(ddof=1) == pytest.approx(spread, rel=0.02)
    # By the word: of each the mean loss is taken off, so that length costs nothing.
    (W, _, by_words), (_, _, by_stories) = moments(nats - once / machine.visits.sum())
    ratio = math.sqrt(by_stories / by_words)  # over W words both, by their sums
    assert ratio == pytest.approx(0.510, abs=5e-4)
    found = loss_standard_error(losses, ids)
    assert found == pytest.approx(math.sqrt(by_stories / 5000) / W, rel=0.02)
    assert found / standard_error(losses) == pytest.approx(ratio, rel=0.03)
    bigram = ngrams.bigram(language.train(), 96).losses(ids)
    found = loss_standard_error(bigram, ids) / standard_error(bigram)
    assert found == pytest.approx(1.13, abs=0.02)


def test_the_error_of_a_loss_a_word_is_that_of_the_jackknife():
    """Authority: the loss anew with each story left out in turn (Tukey 1958)."""
    ids = language.held_out()[:1791]  # 50 stories of 29 to 41 words
    losses = language.losses(ids)
    nats = story_losses(losses, ids)
    words = story_losses(np.ones(len(ids)), ids)
    left = (nats.sum() - nats) / (words.sum() - words)  # (50,)
    jackknife = math.sqrt(49 * left.var())
    assert loss_standard_error(losses, ids) == pytest.approx(jackknife, rel=0.01)
    assert loss_standard_error(np.full(1791, 0.3), ids) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    "call, sentence",
    [
        (lambda: bits_per_character([1.0], ""), "text is empty"),
        (lambda: bits_per_character([], "a"), "losses is empty"),
        (lambda: bits_per_character([1.0], ["a"]), "text must be a string"),
        (lambda: paired_standard_error([1.0], [2.0]), "give it at least two"),
        (lambda: paired_standard_error([1.0, 2.0], [2.0]), "give it at least two"),
        (lambda: paired_standard_error([1, 2], [1, 2, 3]), "must have the same shape"),
        (lambda: standard_error([4]), "give it at least two"),
        (lambda: story_losses([1.0], [1, 0]), "one loss for each id, not 1 for 2"),
        (lambda: stories_to_tell(0, 1), "two equal models"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence):
        call()
