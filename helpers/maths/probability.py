"""Probabilities of the next token: from counts, along a sequence, and backwards.

A distribution p has shape (V,): one probability for each word of the vocabulary.
A table has shape (V, V): row = previous word, column = next word. Natural
logarithms throughout, so surprise and entropy are in nats.
"""

import numpy as np

from helpers.maths.inputs import (
    counts,
    distribution,
    index,
    indices,
    pair_counts,
    square_like,
    takes,
)


def _followed(value, name, given):
    """A row of the counts in which something was counted."""
    previous = index("counts", axis=0)(value, name, given)
    if given["counts"][previous].sum() == 0:
        raise ValueError(
            f"row {previous} of counts is all zeros: this word was never followed "
            "by another, so its next word has no distribution."
        )
    return previous


def _possible(value, name, given):
    """A next word that some previous word leads to."""
    column = index("table", axis=1)(value, name, given)
    if (given["prior"] * given["table"][:, column]).sum() == 0:
        raise ValueError(
            f"{name} = {column} cannot happen under this prior and table, "
            "so nothing can be said about the word before it."
        )
    return column


def _unit_interval(value, name, given):
    try:
        u = float(value)
    except (TypeError, ValueError):
        u = -1.0
    if not 0 <= u < 1:
        raise ValueError(f"{name} must be a number from 0 up to, not including, 1.")
    return u


@takes(counts=counts)
def normalise(counts):
    """Counts as probabilities: (..., V) -> (..., V), each row sums to 1.

    ValueError if a count is negative or a row adds up to 0.
    normalise([3, 1]) is [0.75, 0.25].
    """
    totals = counts.sum(axis=-1, keepdims=True)  # (..., 1)
    return counts / totals


@takes(counts=pair_counts, previous=_followed)
def conditional(counts, previous):
    """P(next | previous) from a table of pair counts: (V, V), int -> (V,).

    counts[i, j] says how often word j came right after word i. ValueError if the
    word ``previous`` was never followed by another. conditional([[1, 3], [2, 2]], 0)
    is [0.25, 0.75].
    """
    row = counts[previous]  # (V,) what came after this word
    return row / row.sum()


@takes(
    start=distribution,
    table=square_like("start"),
    ids=indices("start", least=1),
)
def sequence_log_probability(start, table, ids):
    """ln P(x1) + sum of ln P(xt | xt-1): (V,), (V, V), list of int -> float, nats.

    The chain rule of probability, with only the last word as the condition; -inf
    for a sequence that cannot happen. ValueError if ids is empty.
    With start [0.5, 0.5], table [[0.2, 0.8], [0.6, 0.4]] and ids [0, 1, 0] it is
    ln(0.5 · 0.8 · 0.6) = -1.427.
    """
    total = np.log(start[ids[0]])
    for previous, current in zip(ids, ids[1:], strict=False):
        total += np.log(table[previous, current])
    return float(total)


@takes(p=distribution)
def entropy(p):
    """The mean surprise of a distribution, sum of p ln(1/p): (V,) -> float, nats.

    0 ln 0 counts as 0 (Shannon 1948, section 6). ValueError if p does not sum to 1.
    entropy([0.5, 0.5]) is ln 2 = 0.693.
    """
    seen = p[p > 0]  # what never happens adds nothing: 0 ln 0 = 0
    surprise = np.log(1 / seen)  # nats
    return float(np.sum(seen * surprise))


@takes(prior=distribution, table=square_like("prior"), next=_possible)
def bayes(prior, table, next):
    """P(previous | next) by Bayes' rule: (V,), (V, V), int -> (V,).

    prior is P(previous), table[i, j] is P(next = j | previous = i). ValueError if
    the word ``next`` cannot happen. bayes([0.5, 0.5], [[0.9, 0.1], [0.6, 0.4]], 1)
    is [0.2, 0.8].
    """
    joint = prior * table[:, next]  # (V,) P(previous and next)
    return joint / joint.sum()


@takes(p=distribution, u=_unit_interval)
def sample(p, u):
    """Choose a word by a number u in [0, 1): (V,), float -> int.

    The words are laid end to end on the line from 0 to 1, each as long as it is
    probable; u falls on one of them (the inverse of the cumulative distribution).
    ValueError if u is outside [0, 1). sample([0.5, 0.3, 0.2], 0.6) is 1.
    """
    ends = np.cumsum(p)  # (V,) where each word's stretch ends
    ends = ends / ends[-1]  # exactly 1 at the end, whatever the rounding
    return int(np.searchsorted(ends, u, side="right"))
