"""Judging what a model writes: many stories at once, and four shares of them.

A story is a list of ids, without the [end] before it and with its own [end], id 0,
unless the model never came to it. Possible, and how probable, is what the course's
language says it is.
"""

import numpy as np

from helpers import language
from helpers.maths.inputs import positive, takes, whole

GRAMS = 4  # words that follow each other, for the variety


# ---- writing


def stories(model, numbers, T=1.0, share=1.0):
    """What a model writes at a temperature and a top-p: S lists of ids.

    `numbers` (S, M), each from 0 to 1, choose the words, so that a story has at most M.
    All are written at once, a word of each at a time; a model that has `rows`, as
    `models.probabilities` gives it, answers for all of them together.
    """
    texts, writing = [[0] for _ in numbers], list(range(len(numbers)))
    for t in range(numbers.shape[1]):
        p = adjusted(_rows(model, [texts[i] for i in writing]), T, share)  # (N, V)
        u = numbers[writing, t][:, None]  # (N, 1)
        ends = p.cumsum(axis=1)
        chosen = (ends / ends[:, -1:] <= u).sum(axis=1)  # (N,) as `sample` does
        for i, word in zip(writing, chosen, strict=True):
            texts[i].append(int(word))
        writing = [i for i in writing if texts[i][-1] != 0]
        if not writing:
            break
    return [text[1:] for text in texts]


def _rows(model, texts):
    if hasattr(model, "rows"):
        return model.rows(texts)
    return np.array([model(ids) for ids in texts])


def adjusted(p, T, share):
    """`sampling.adjust` for many rows at once, temperature then top-p: (N, V)."""
    with np.errstate(divide="ignore"):
        z = np.log(p) / T
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    if share < 1:
        order = np.argsort(-p, axis=1, kind="stable")
        ranked = np.take_along_axis(p, order, axis=1)
        ranked[ranked.cumsum(axis=1) - ranked >= share - 1e-12] = 0
        np.put_along_axis(p, order, ranked, axis=1)
        p /= p.sum(axis=1, keepdims=True)
    return p


def grammar():
    """The exact grammar as a model, for `stories`: a function of ids with `rows`."""
    machine, after = language.LANGUAGE.machine, {(0,): 0}  # {what was said: node}

    def node(ids):
        ids = tuple(ids)
        if ids not in after:
            before = node(ids[:-1])
            (arc,) = np.flatnonzero(
                (machine.word[before] == ids[-1]) & (machine.p[before] > 0)
            )
            after[ids] = machine.next[before, arc]
        return after[ids]

    def next_word(ids):
        return next_word.rows([ids])[0]  # (V,)

    next_word.rows = lambda texts: machine.distributions([node(ids) for ids in texts])
    return next_word


# ---- judging


def chances(stories):
    """P of each story by the exact grammar, 0 for what it never tells: -> (S,)."""
    return np.array([_chance(story) for story in stories])


def _chance(story):
    if len(story) == 0 or story[-1] != 0:
        return 0.0  # it is not at its end
    try:
        return float(np.exp(-language.losses(story).sum()))
    except ValueError:
        return 0.0


def novelty(stories, known):
    """The share of stories that are none of the `known` ones: S stories -> float.

    Both are lists of stories. ValueError if there is no story.
    """
    _some(stories)
    known = {tuple(story) for story in known}
    return sum(tuple(story) not in known for story in stories) / len(stories)


def distinct(stories, n=GRAMS):
    """Different n-grams over all n-grams of the stories: S stories -> float.

    Known as distinct-n (Li and others 2016, "A Diversity-Promoting Objective Function
    for Neural Conversation Models"). More stories make it smaller, so it compares
    texts of the same length only. ValueError if no story has n words.
    """
    n = positive(n, "n")
    grams = [
        tuple(story[i : i + n]) for story in stories for i in range(len(story) - n + 1)
    ]
    if not grams:
        raise ValueError(f"No story has {n} words that follow each other.")
    return len(set(grams)) / len(grams)


def coverage(stories):
    """How much of the grammar's probability was written: the sum of P, each once."""
    return float(chances({tuple(story) for story in stories}).sum())


def judged(stories, known):
    """{"possible", "new", "variety", "coverage"} of S stories.

    possible: the share that the grammar could have told. new: the share of these
    that are none of the `known`, a set of tuples; nan if none is possible. variety:
    `distinct` 4-grams. coverage: see there.
    """
    _some(stories)
    possible = [s for s, p in zip(stories, chances(stories), strict=True) if p > 0]
    return {
        "possible": len(possible) / len(stories),
        "new": novelty(possible, known) if possible else np.nan,
        "variety": distinct(stories),
        "coverage": coverage(possible) if possible else 0.0,
    }


def _some(stories):
    if not len(stories):
        raise ValueError("There is no story to judge: give at least one.")


# ---- several tries


def _right(value, name, given):
    right = whole(value, name)
    if not 0 <= right <= given["n"]:
        raise ValueError(
            f"{name} is how many of the n samples are right: from 0 to "
            f"{given['n']}, not {right}."
        )
    return right


def _tries(value, name, given):
    tries = positive(value, name)
    if tries > given["n"]:
        raise ValueError(
            f"{name} must be at most n, as {tries} different samples cannot be drawn "
            f"out of {given['n']}: write more samples, or take a smaller {name}."
        )
    return tries


@takes(n=positive, c=_right, k=_tries)
def pass_at_k(n, c, k):
    """P(one of k is right), from n samples of which c are right: 1 − C(n−c, k)/C(n, k).

    k of the n are drawn, none twice, and all k are wrong with the probability
    C(n−c, k)/C(n, k), a product of k fractions. In the mean over many n samples it is
    1 − (1 − p)^k exactly (Chen and others 2021, "Evaluating Large Language Models
    Trained on Code"). ValueError for k > n or c > n. pass_at_k(5, 2, 2) is 0.7.
    """
    all_wrong = 1.0
    for i in range(k):
        all_wrong *= max(n - c - i, 0) / (n - i)  # wrong ones left / all left
    return 1 - all_wrong


@takes(n=positive, c=_right, k=positive)
def plain_pass_at_k(n, c, k):
    """1 − (1 − c/n)^k, as if c/n were the true share: too low in the mean if k > 1."""
    return 1 - (1 - c / n) ** k
