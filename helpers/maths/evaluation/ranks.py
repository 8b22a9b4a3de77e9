"""Ranks, and how far two orders of the same things agree: Spearman's correlation."""

import numpy as np

from helpers.maths.inputs import like, takes, vector


def _scores(value, name, given=None):
    """At least two numbers, of which any may be infinite -> (N,)."""
    array = vector(value, name)
    if len(array) < 2:
        raise ValueError(f"{name} has one number, which has no order: give it two.")
    return array


def _ordered(value, name, given=None):
    """Scores that put something in order -> (N,)."""
    array = _scores(value, name)
    if (array == array[0]).all():
        raise ValueError(
            f"All numbers of {name} are equal. They put nothing in order, so there is "
            "no rank correlation: give at least two different numbers."
        )
    return array


@takes(scores=vector)
def ranks(scores):
    """The rank of each score, the largest first: (N,) -> (N,), from 1 to N.

    Equal scores share the mean of their places. ranks([5, 9, 5]) is [2.5, 1, 2.5].
    """
    above = scores[:, None] < scores  # (N, N): who stands before whom
    equal = scores[:, None] == scores  # (N, N), with itself
    return above.sum(axis=1) + (equal.sum(axis=1) + 1) / 2  # (N,)


@takes(a=_ordered, b=like("a", _ordered))
def rank_correlation(a, b):
    """Spearman's rank correlation of two rows of scores: (N,), (N,) -> float, -1 to 1.

    Pearson's correlation of their ranks: the cosine of the two rows, each less its
    mean. Scores may be infinite, as ln 0 is. ValueError for fewer than two scores,
    or scores that are all equal. rank_correlation([1, 2, 3], [1, 3, 2]) is 0.5.
    Spearman, "The Proof and Measurement of Association between Two Things", 1904.
    """
    x, y = (ranks(scores) - (len(scores) + 1) / 2 for scores in (a, b))  # mean 0
    return float((x * y).sum() / np.sqrt((x**2).sum() * (y**2).sum()))
