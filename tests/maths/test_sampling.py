"""The objective, the choices and the search.

Authorities: scipy's softmax and χ², enumeration of every text of a small model,
every subset of a small vocabulary, torch's own loss, and the worked examples A7, P5
and P6.
"""

import itertools
import math
import random

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import softmax
from scipy.stats import chisquare
from torch.nn import functional as F

from helpers import language
from helpers.maths import models, ngrams
from helpers.maths.probability import sample
from helpers.maths.sampling import (
    adjust,
    beam_search,
    beam_step,
    generate,
    greedy,
    length_score,
    next_word,
    sequence_loss,
    shifted_targets,
    temperature,
    top_k,
    top_p,
)

P = np.array([0.4, 0.1, 0.3, 0.15, 0.05])
V = len(language.VOCABULARY)


def exact(prefix):
    """The course's grammar as a model; [end] before the story is left out."""
    return language.next_word([language.VOCABULARY[i] for i in prefix if i])


@st.composite
def distributions(draw):
    counts = draw(st.lists(st.integers(0, 50), min_size=1, max_size=7))
    counts[0] += 1
    return np.array(counts) / sum(counts)


def uniforms(n, seed=0):
    draw = random.Random(seed).random
    return [draw() for _ in range(n)]


def small_model(seed, V=3):
    """A function prefix -> (V,) that depends on the whole prefix."""

    def model(prefix):
        return np.random.default_rng([seed, *prefix]).dirichlet(np.ones(V))

    return model


def every_text(model, prompt, V, most, end=0):
    """{text: P} of all that can follow a prompt: closed by end, or `most` long."""
    found = {}
    for n in range(1, most + 1):
        for added in itertools.product(range(V), repeat=n):
            closed = added[-1] == end
            if end in added[:-1] or not (closed or n == most):
                continue
            p, text = 1.0, list(prompt)
            for word in added:
                p *= model(text)[word]
                text.append(word)
            found[tuple(text)] = p
    return found


# ---- the objective


def test_targets_are_the_next_words():
    """By hand."""
    assert shifted_targets([7, 1, 4]) == ([7, 1], [1, 4])
    inputs, targets = shifted_targets(np.arange(100))
    assert all(b - a == 1 for a, b in zip(inputs, targets, strict=True))
    assert len(inputs) == len(targets) == 99


@pytest.mark.parametrize("text", [[], [3]])
def test_one_word_has_no_target(text):
    with pytest.raises(ValueError, match="at least two"):
        shifted_targets(text)


def test_sequence_loss_by_hand():
    """By hand: 0.5 · 0.25 · 0.125 = 1/64."""

    def model(prefix):
        p = 0.5 ** (len(prefix) + 1)
        return np.array([p, 1 - p])

    assert sequence_loss(model, [0, 0, 0]) == pytest.approx(math.log(64))
    assert math.exp(-sequence_loss(model, [0, 1])) == pytest.approx(0.5 * 0.75)


def test_sequence_loss_of_a_story_is_exact():
    """Authority: language.losses, which walks the grammar's own arcs."""
    ids = language.sample(3, seed=9)
    story = ids[: list(ids).index(0) + 1]
    wanted = language.losses(story).sum()
    assert sequence_loss(exact, story) == pytest.approx(wanted)


def test_sequence_loss_is_what_training_sums():
    """Authority: torch's cross_entropy over the same windows and targets."""
    model = models.WindowMLP(window=4, seed=3)
    ids = language.sample(2, seed=5)
    windows, targets = models.windows(ids, 4)
    wanted = F.cross_entropy(model(windows), targets, reduction="sum").item()
    assert sequence_loss(models.probabilities(model), ids) == pytest.approx(wanted)


def test_what_cannot_be_costs_without_end():
    assert sequence_loss(lambda prefix: np.array([1.0, 0.0]), [0, 1]) == math.inf


# ---- one choice


@given(distributions(), st.floats(0.01, 100))
@settings(max_examples=100)
def test_temperature_is_softmax_of_scaled_logits(p, T):
    """Authority: scipy's softmax of ln p / T."""
    with np.errstate(divide="ignore"):
        wanted = softmax(np.log(p) / T)
    np.testing.assert_allclose(temperature(p, T), wanted, atol=1e-12)


def test_temperature_at_its_limits():
    """Closed forms: T = 1 changes nothing, T → 0 is greedy, T → ∞ is uniform."""
    np.testing.assert_allclose(temperature(P, 1), P)
    np.testing.assert_allclose(temperature(P, 1e-3), np.eye(5)[0], atol=1e-12)
    np.testing.assert_allclose(temperature(P, 1e-300), np.eye(5)[0], atol=1e-12)
    np.testing.assert_allclose(temperature(P, 1e12), np.full(5, 0.2), atol=1e-9)
    assert temperature([0.5, 0.5, 0], 9)[2] == 0


@given(distributions(), st.data())
def test_top_k_keeps_the_best_set_of_k(p, data):
    """Authority: no set of k words has a larger sum, over all such sets."""
    k = data.draw(st.integers(1, len(p)))
    kept = np.flatnonzero(top_k(p, k))
    best = max(sum(p[list(s)]) for s in itertools.combinations(range(len(p)), k))
    assert len(kept) <= k and p[kept].sum() == pytest.approx(best)
    np.testing.assert_allclose(top_k(p, k)[kept], p[kept] / p[kept].sum())


@given(distributions(), st.integers(1, 100))
def test_top_p_keeps_the_smallest_set(p, percent):
    """Authority: the smallest size among all subsets that reach the share."""
    share = percent / 100
    kept = np.flatnonzero(top_p(p, share))
    sizes = [
        n for n in range(1, len(p) + 1)
        for s in itertools.combinations(range(len(p)), n)
        if p[list(s)].sum() >= share - 1e-9
    ]  # fmt: skip
    assert len(kept) == min(sizes)
    assert p[kept].sum() >= share - 1e-9
    np.testing.assert_allclose(top_p(p, share)[kept], p[kept] / p[kept].sum())


def test_top_p_forgives_rounding():
    """0.1 + 0.2 is not 0.3 in floating point, and yet two words hold 0.9 here."""
    assert np.count_nonzero(top_p([0.7, 0.2, 0.1], 0.9)) == 2
    assert np.count_nonzero(top_p(np.full(10, 0.1), 0.3)) == 3
    assert np.count_nonzero(top_p(P, 1)) == 5
    assert np.count_nonzero(top_p([1 - 1e-14, 1e-14], 1)) == 2


def test_adjust_goes_in_order():
    """Authority: the three steps one by one."""
    wanted = top_p(top_k(temperature(P, 2), 4), 0.8)
    np.testing.assert_allclose(adjust(P, T=2, k=4, share=0.8), wanted)
    np.testing.assert_allclose(adjust(P), P)


@pytest.mark.parametrize(
    "p",
    [P, temperature(P, 0.5), temperature(P, 3), top_k(P, 3), top_p(P, 0.8),
     np.array([0.5, 0.3, 0.2])],
)  # fmt: skip
def test_choices_come_as_often_as_p_says(p):
    """Authority: scipy's χ² test on 20,000 fixed numbers; the last is P5."""
    tallies = np.bincount([sample(p, u) for u in uniforms(20_000)], minlength=len(p))
    seen = p > 0
    assert tallies[~seen].sum() == 0
    assert chisquare(tallies[seen], 20_000 * p[seen]).pvalue > 0.01


def test_greedy_takes_the_first_of_the_largest():
    """P6: 在 has 0.20, 东 0.15, so greedy must choose 在."""
    assert greedy([0.20, 0.15, 0.13, 0.52 / 2, 0.52 / 2]) == 3
    assert greedy([0.20, 0.15, 0.13] + [0.052] * 10) == 0
    assert greedy([0.5, 0.5]) == 0


# ---- a whole text


def test_generate_stops_at_end_or_at_its_limit():
    def model(prefix):
        return np.eye(3)[0 if len(prefix) == 4 else 1]

    assert generate(model, [2], greedy) == [2, 1, 1, 1, 0]
    assert generate(model, [2], greedy, most=2) == [2, 1, 1]
    assert generate(model, [2], greedy, end=1) == [2, 1]


def test_generated_stories_are_stories():
    """Authority: the grammar, which refuses a text that it cannot say."""
    numbers = iter(uniforms(400, seed=2))
    text = generate(exact, [0], lambda p: sample(p, next(numbers)), most=60)
    assert text[-1] == 0
    assert np.isfinite(language.losses(np.array(text[1:]))).all()


def test_generate_draws_from_the_chain_rule():
    """Authority: χ² of 5,000 texts against the enumeration of all of them."""
    model = small_model(1)
    p_of = every_text(model, [1], V=3, most=2)
    numbers = iter(uniforms(10_000, seed=3))
    counts = dict.fromkeys(p_of, 0)
    for _ in range(5_000):
        choose = lambda p: sample(p, next(numbers))  # noqa: E731
        counts[tuple(generate(model, [1], choose, most=2))] += 1
    expected = 5_000 * np.array(list(p_of.values()))
    assert chisquare(list(counts.values()), expected).pvalue > 0.01


@pytest.mark.parametrize("seed", range(8))
def test_wide_beams_find_the_best_of_all_texts(seed):
    """Authority: the enumeration of every text of at most four words."""
    model = small_model(seed)
    p_of = every_text(model, [2, 1], V=3, most=4)
    assert sum(p_of.values()) == pytest.approx(1)
    found = beam_search(model, [2, 1], width=3**4, most=4)
    best = sorted(p_of.values(), reverse=True)
    assert np.exp([score for score, _ in found]) == pytest.approx(best)
    for score, text in found:
        assert math.exp(score) == pytest.approx(p_of[tuple(text)])


@pytest.mark.parametrize("alpha", [0, 0.5, 1, 2])
@pytest.mark.parametrize("seed", range(8))
def test_a_length_penalty_ranks_the_texts(seed, alpha):
    """Authority: the enumeration of every text, ranked by ln P / N^alpha."""
    model = small_model(seed)
    p_of = every_text(model, [2, 1], V=3, most=4)
    ranked = sorted((math.log(p) / (len(t) - 2) ** alpha for t, p in p_of.items()),
                    reverse=True)  # fmt: skip
    found = beam_search(model, [2, 1], width=3**4, most=4, alpha=alpha)
    scores = [length_score(log_p, len(text) - 2, alpha) for log_p, text in found]
    assert scores == pytest.approx(ranked)
    assert all(log_p == pytest.approx(math.log(p_of[tuple(t)])) for log_p, t in found)


def test_a_length_penalty_by_hand():
    assert length_score(-6.0, 4, 0.5) == -3.0
    assert length_score(-6.0, 4, 0) == -6.0
    assert length_score(-6.0, 4, 1) == -1.5  # the mean of a word


@pytest.mark.parametrize("seed", range(8))
def test_a_beam_of_one_is_greedy(seed):
    model = small_model(seed)
    ((score, text),) = beam_search(model, [2], width=1, most=5)
    assert text == generate(model, [2], greedy, most=5)
    assert -score == pytest.approx(
        sequence_loss(lambda p: model([2, *p]), text[1:])
    )  # fmt: skip


@given(st.integers(1, 5), st.integers(2, 6), st.integers(1, 12), st.integers(0, 99))
def test_beam_step_is_the_best_of_all_sums(B, V, width, seed):
    """Authority: sorted over every pair in plain Python."""
    rng = np.random.default_rng(seed)
    scores, logs = -rng.random(B), np.log(rng.dirichlet(np.ones(V), B))
    pairs = itertools.product(range(B), range(V))
    ranked = sorted(pairs, key=lambda way: -(scores[way[0]] + logs[way]))
    assert beam_step(scores, logs, width) == ranked[:width]


def test_beam_step_leaves_out_what_cannot_be():
    assert beam_step([0.0], [[-1.0, -math.inf]], 5) == [(0, 0)]


def test_searching_stories():
    """By hand from the grammar: a cat without a size has 0.5 · 0.5, “little” 0.3."""
    prompt = [0] + [language.VOCABULARY.index(w) for w in ("anna", "had", "a")]
    ((greedy_score, _),) = beam_search(exact, prompt, 1)
    (best_score, best), _ = beam_search(exact, prompt, 2)
    cat = language.VOCABULARY.index("cat")
    assert best[4] == cat
    # food, other food, day, verb, place, return: the likeliest of each; name Pip.
    rest = 0.5 * 0.5 * 0.6 * 0.5 * 0.6 * 0.4 * 0.5
    assert math.exp(best_score) == pytest.approx(0.5 * 0.5 * rest)
    assert math.exp(greedy_score) == pytest.approx(0.3 * 0.5 * rest)


# ---- what a reader may get wrong

BAD = [
    (lambda: temperature(P, 0), "limit towards 0 take the most probable"),
    (lambda: temperature(P, 1e-308), "take the most probable"),
    (lambda: temperature(P, -1), "finite and above 0, not -1"),
    (lambda: temperature(P, math.inf), "finite and above 0"),
    (lambda: temperature(P, math.nan), "nan"),
    (lambda: temperature(P, "warm"), "must be one number"),
    (lambda: temperature([0.5, math.nan], 1), "holds nan"),
    (lambda: temperature([0.5, 0.6], 1), "must sum to 1"),
    (lambda: top_k(P, 0), "between 1 and 5, the number of words, not 0"),
    (lambda: top_k(P, 6), "between 1 and 5, the number of words, not 6"),
    (lambda: top_k(P, 2.5), "whole number"),
    (lambda: top_p(P, 0), "above 0 and not above 1"),
    (lambda: top_p(P, -0.1), "above 0 and not above 1"),
    (lambda: top_p(P, 1.01), "above 0 and not above 1"),
    (lambda: top_p(P, math.nan), "nan"),
    (lambda: top_p([], 0.9), "empty"),
    (lambda: adjust(P, T=0), "greedy"),
    (lambda: adjust(P, k=9), "between 1 and 5"),
    (lambda: generate(exact, [0], greedy, most=0), "at least 1"),
    (lambda: beam_search(exact, [0], 0), "at least 1"),
    (lambda: beam_search(exact, [0], 1, alpha=-1), "between 0 and 10, not -1"),
    (lambda: length_score(-6.0, 0, 1), "at least 1"),
    (lambda: length_score(-6.0, 4, math.nan), "nan"),
    (lambda: beam_step([-1.0], [[0.5, 0.5]], 1), "give ln p, not p"),
    (lambda: beam_step([-1.0], [[-1.0], [-2.0]], 1), "1 rows"),
    (lambda: sequence_loss(exact, []), "empty"),
    (lambda: sequence_loss(P, [0]), "must be a function"),
    (lambda: sequence_loss(exact, [-1]), "-1 stands for no word"),
    (lambda: sequence_loss(exact, [999]), "999 stands for no word"),
    (lambda: sequence_loss(lambda p: [math.nan, 1.0], [0]), "holds nan"),
    (lambda: generate(lambda p: [0.5, 0.5], [7], greedy), "7 stands for no word"),
    (lambda: generate(lambda p: [0.5, 0.6], [0], greedy), "must sum to 1"),
    (lambda: next_word(lambda p: [math.nan, 1.0], [0]), "holds nan"),
]


@pytest.mark.parametrize("call, said", BAD)
def test_bad_settings_get_a_sentence(call, said):
    with pytest.raises(ValueError, match=said) as caught:
        call()
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence


def test_bigram_as_a_model():
    """A counted model generates too: greedy follows the largest of each row."""
    table = ngrams.bigram(language.train(), V)
    text = generate(table.probabilities, [0], greedy, most=8)
    for before, word in zip(text, text[1:], strict=False):
        assert word == table.table[before].argmax()


def test_windows_of_a_network_need_no_full_window():
    model = models.probabilities(models.WindowMLP(window=16, seed=1))
    assert len(generate(model, [0], greedy, most=3)) <= 4
    with torch.no_grad():
        assert model([]).shape == (V,)
