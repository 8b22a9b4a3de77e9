"""02: a look-up as a product, and how alike two vectors are."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.tokens import one_hot
from helpers.maths.vectors import cosine, look_up

NOTEBOOK = "02_one_hot"

W = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])


def _one_hots(rng, V):
    return one_hot(rng.integers(0, V, int(rng.integers(3, 8))), V)


LOOK_UP = Function(
    reference=look_up,
    cases=(
        (np.array([[0.0, 1.0, 0.0]]), W),
        (np.array([[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]), W),
        (np.array([[0.0, 1.0], [1.0, 0.0]]), W[:2]),
    ),
    random=lambda rng: (
        _one_hots(rng, V := int(rng.integers(3, 7))),
        rng.integers(1, 20, (V, int(rng.integers(2, 6)))).astype(float),
    ),
    mistakes={
        "This looks like columns of W in place of rows: {case}. "
        "W needs no .T here.": lambda x, W: x @ W.T,
        "The two are multiplied the wrong way round: {case}. "
        "The one-hot vectors come first.": lambda x, W: W @ x,
        "This looks like * in place of @: {case}. "
        "The matrix product is one_hots @ W.": lambda x, W: x * W,
        "These are the places of the ones: {case}. Return the rows of W that stand "
        "there.": lambda x, W: x.argmax(axis=1),
        "The rows are added up: {case}. Keep one row for each word.": lambda x, W: (
            x @ W
        ).sum(axis=0),
        "This looks like W itself: {case}. Pick a row for each word.": lambda x, W: W,
    },
    hints=(
        "A row of zeros with a single 1, times W: which row of W is left?",
        "The shapes say the order: (N, V) @ (V, D) gives (N, D).",
        "One matrix product is all: one_hots @ W.",
    ),
)


def _norm(u):
    return np.linalg.norm(u)


COSINE = Function(
    reference=cosine,
    cases=(
        (np.array([1.0, 0.0]), np.array([1.0, 1.0])),
        (np.array([3.0, 4.0]), np.array([4.0, 3.0])),
        (np.array([1.0, 2.0, 2.0]), np.array([-2.0, 1.0, -2.0])),
    ),
    random=lambda rng: tuple(rng.normal(0, 3, (2, int(rng.integers(2, 9))))),
    hard=(
        (np.array([3.0, 4.0]), np.array([-3.0, -4.0])),
        (np.array([2.0]), np.array([5.0])),
    ),
    mistakes={
        "This looks like the dot product alone: {case}. Divide it by both "
        "lengths.": lambda u, v: u @ v,
        "This looks like a division by one length only: {case}. Divide by both, "
        "np.linalg.norm(u) and of v.": lambda u, v: u @ v / _norm(u),
        "This looks like a division by one length only: {case}. Divide by both, "
        "np.linalg.norm(v) and of u.": lambda u, v: u @ v / _norm(v),
        "np.cos is no part of it: {case}. The dot product divided by both lengths is "
        "the cosine already.": (
            lambda u, v: np.cos(u @ v),
            lambda u, v: np.cos(cosine(u, v)),
        ),
        "len counts the numbers of an array: {case}. The length of an arrow is "
        "np.linalg.norm(u).": lambda u, v: u @ v / (len(u) * len(v)),
        "The square root of the lengths is missing: {case}.": lambda u, v: (
            u @ v / ((u @ u) * (v @ v))
        ),
        "This looks like division by the sum of the lengths: {case}. "
        "Divide by their product.": lambda u, v: u @ v / (_norm(u) + _norm(v)),
        "This looks like the angle in radians: {case}. "
        "Its cosine is asked for.": lambda u, v: np.arccos(cosine(u, v)),
        "This looks like the angle in degrees: {case}. "
        "Its cosine is asked for.": lambda u, v: np.degrees(np.arccos(cosine(u, v))),
        "This looks like the distance between the two: {case}. "
        "The cosine needs their dot product.": lambda u, v: _norm(u - v),
        "This divides by the lengths in the wrong place: {case}. Mind the brackets: "
        "u @ v / (length · length).": lambda u, v: u @ v / _norm(u) * _norm(v),
    },
    properties={
        "making u ten times as long changes nothing": lambda f, u, v: np.isclose(
            f(10 * u, v), f(u, v)
        ),
        "swapping u and v changes nothing": lambda f, u, v: np.isclose(
            f(v, u), f(u, v)
        ),
    },
    hints=(
        "The dot product u @ v is length times length times cosine.",
        "np.linalg.norm(u) is the length of u.",
        "Divide the dot product by the product of both lengths.",
    ),
)

EXERCISES = [LOOK_UP, COSINE]
