"""Attention: one head, its mask, its cache, and what stands around it.

A head has a query, a key and a value for each of N words: (N, d), (N, d), (N, dv).
d is the width of the head. The formulas write Q, K and V for the three tables
(Vaswani and others 2017).
"""

import math

import numpy as np

from helpers.maths.inputs import matrix, numbers, positive, real, takes, vector
from helpers.maths.loss import softmax


def _finite(rule):
    """The same rule, and no infinity."""

    def finite(value, name, given=None):
        array = rule(value, name, given)
        if np.isinf(array).any():
            raise ValueError(f"{name} holds an infinity: give it finite numbers.")
        return array

    return finite


def _as_wide_as(other, rule):
    """A finite rule, and rows as wide as those of the argument called ``other``."""

    def wide(value, name, given):
        array, width = _finite(rule)(value, name), np.shape(given[other])[-1]
        if array.shape[-1] != width:
            raise ValueError(
                f"{name} must be as wide as {other}, {width}, but its width is "
                f"{array.shape[-1]}."
            )
        return array

    return wide


def _as_long_as(other, rule):
    """A rule, and as many rows as the argument called ``other``."""

    def long(value, name, given):
        array, rows = rule(value, name, given), len(given[other])
        if len(array) != rows:
            raise ValueError(
                f"{name} must have as many rows as {other}, {rows}, but has "
                f"{len(array)}."
            )
        return array

    return long


def _kept(other):
    """The cache: (N, width of other), where N may be 0, also as []."""

    def kept(value, name, given):
        if hasattr(value, "__len__") and len(value) == 0:
            return np.zeros((0, len(given[other])))
        return _as_wide_as(other, matrix)(value, name, given)

    return kept


def _square(value, name, given=None):
    """(N, N): each word's scores for each word; no +inf and no nan."""
    array = matrix(value, name)
    if array.shape[0] != array.shape[1]:
        raise ValueError(
            f"{name} must have as many columns as rows, a score of each word for "
            f"each word, but its shape is {array.shape}."
        )
    if (array == np.inf).any():
        raise ValueError(f"{name} holds inf: only -inf, a score ruled out, may stand.")
    return array


def _rows(value, name, given=None):
    """(..., D): one row of numbers, or any table of such rows."""
    array = _finite(numbers)(value, name)
    if array.ndim == 0:
        raise ValueError(f"{name} must be a list or an array, not one number.")
    return array


def _small(value, name, given=None):
    eps = real(value, name)
    if not 0 < eps < math.inf:
        raise ValueError(f"{name} must be a small number above 0, such as 1e-5.")
    return eps


def _pairs(value, name, given=None):
    """(d,) or (N, d) with an even d, so that neighbours can be paired."""
    array = _rows(value, name)
    if array.ndim > 2:
        raise ValueError(f"{name} must be one vector, or a table with one in each row.")
    if array.shape[-1] % 2:
        raise ValueError(
            f"{name} must be even in width, as its numbers are turned in pairs, but "
            f"it is {array.shape[-1]} wide."
        )
    return array


def _places(value, name, given):
    """One place, or one for each row of x."""
    places, rows = _finite(numbers)(value, name), np.shape(given["x"])[:-1]
    if places.shape not in ((), rows):
        raise ValueError(
            f"{name} must be one number"
            + (f", or one for each of the {rows[0]} rows of x" if rows else "")
            + f", but its shape is {places.shape}."
        )
    return places


def _base(value, name, given=None):
    base = real(value, name)
    if not 1 <= base < math.inf:
        raise ValueError(f"{name} must be finite and at least 1, not {base:g}.")
    return base


# ---- one head


@takes(queries=_finite(matrix), keys=_as_wide_as("queries", matrix))
def scores(queries, keys):
    """How well each query meets each key, QKᵀ/√d: (N, d), (M, d) -> (N, M).

    Row n holds the scores of query n for every key. √d keeps their size the same for
    every width d, the width of the head. ValueError unless queries and keys are
    equally wide. scores([[2, 0, 0, 0]], [[1, 0, 0, 0]]) is [[1]], as √4 = 2.
    """
    d = queries.shape[-1]
    return queries @ keys.T / np.sqrt(d)  # (N, d) @ (d, M) = (N, M)


@takes(scores=_square)
def causal_mask(scores):
    """The scores, -inf where a word would look ahead: (N, N) -> (N, N).

    Row n is the word at place n: the columns after n become -inf, and softmax makes
    0 of them. A copy; the scores given stay as they are. ValueError unless there are
    as many rows as columns. causal_mask([[1, 2], [3, 4]]) is [[1, -inf], [3, 4]].
    """
    ahead = np.triu(np.ones(scores.shape), k=1)  # (N, N) 1 above the diagonal
    return np.where(ahead == 1, -np.inf, scores)


@takes(
    queries=_finite(matrix),
    keys=_as_long_as("queries", _as_wide_as("queries", matrix)),
    values=_as_long_as("keys", _finite(matrix)),
)
def attend(queries, keys, values):
    """One causal head, softmax(QKᵀ/√d, masked)·V: (N, d), (N, d), (N, dv) -> (N, dv).

    Row n is the values of the words up to n, mixed by the weights of row n
    (Vaswani and others 2017). ValueError unless all three have a row for each word.
    """
    masked = causal_mask(scores(queries, keys))  # (N, N)
    weights = softmax(masked)  # (N, N) each row sums to 1
    return weights @ values  # (N, N) @ (N, dv) = (N, dv)


@takes(
    query=_finite(vector),
    key=_as_wide_as("query", vector),
    value=_finite(vector),
    keys=_kept("key"),
    values=_as_long_as("keys", _kept("value")),
)
def cached_step(query, key, value, keys, values):
    """The last row of attend alone, with what was kept for the words before.

    The new word's query, key and value, (d,), (d,), (dv,), and the cache, keys
    (N, d) and values (N, dv), where N may be 0 -> the mix (dv,), and the cache with
    the new word at its end, (N + 1, d) and (N + 1, dv). Nothing given is changed.
    ValueError where a width or the number of rows does not fit.
    """
    keys = np.vstack([keys, key])  # (N + 1, d) it looks at itself too
    values = np.vstack([values, value])  # (N + 1, dv)
    weights = softmax(keys @ query / np.sqrt(len(query)))  # (N + 1,)
    return weights @ values, keys, values


# ---- what stands around the heads


@takes(
    x=_rows,
    gain=_as_wide_as("x", vector),
    shift=_as_wide_as("x", vector),
    eps=_small,
)
def layer_norm(x, gain, shift, eps=1e-5):
    """Each word's vector with mean 0 and variance 1, then gain and shift.

    (..., D), (D,), (D,) -> (..., D). The mean and the variance, divided by D, are of
    the last axis, one word's own numbers (Ba, Kiros and Hinton 2016); eps stands
    below the root, so that D equal numbers divide by no zero. ValueError unless gain
    and shift are D wide. layer_norm([1, 3], [1, 1], [0, 0]) is about [-1, 1].
    """
    mean = x.mean(axis=-1, keepdims=True)  # (..., 1)
    variance = x.var(axis=-1, keepdims=True)  # (..., 1)
    return gain * (x - mean) / np.sqrt(variance + eps) + shift


@takes(x=_pairs, place=_places, base=_base)
def rotate(x, place, base=10000.0):
    """A query or key turned by its place: (d,) or (N, d), place -> the same shape.

    The neighbours 2i and 2i + 1 are an arrow in the plane, turned by the angle
    place · base^(-2i/d), in radians (RoPE, Su and others 2021). The score of two
    turned vectors depends on the distance of their places alone. place is a number,
    or (N,), one for each row. ValueError if d is odd.
    """
    d = x.shape[-1]
    speeds = base ** (-np.arange(0, d, 2) / d)  # (d/2,) radians a place
    angles = np.multiply.outer(place, speeds)  # (d/2,) or (N, d/2)
    cos, sin = np.cos(angles), np.sin(angles)
    first, second = x[..., 0::2], x[..., 1::2]  # each (..., d/2)
    turned = np.empty_like(x)  # (..., d)
    turned[..., 0::2] = first * cos - second * sin
    turned[..., 1::2] = first * sin + second * cos
    return turned


# ---- counting


@takes(vocabulary=positive, context=positive, width=positive, layers=positive)
def count_parameters(vocabulary, context, width, layers):
    """How many numbers a Transformer of GPT-2's shape learns: four ints -> int.

    With V words, T places, width D and L layers: a vector of D for each word and each
    place; in a layer two norms, queries, keys, values and the matrix after the heads
    with biases, and the two matrices D -> 4D -> D with biases; a norm at the end. The
    output's matrix is the words' own, counted once; the number of heads changes
    nothing. count_parameters(50257, 1024, 768, 12) is GPT-2 small's 124,439,808.
    """
    D = width
    norm = 2 * D  # gain and shift
    heads = 4 * (D * D + D)  # queries, keys, values, and what follows them
    mlp = (D * 4 * D + 4 * D) + (4 * D * D + D)  # up, and down again
    layer = 2 * norm + heads + mlp
    return (vocabulary + context) * D + layers * layer + norm


@takes(vocabulary=positive, context_so_far=positive, width=positive, layers=positive)
def multiplications(vocabulary, context_so_far, width, layers):
    """What one next word costs: four ints -> (the same for every word, growing part).

    Products of two numbers in the matrix products, with a cache, in the shape of
    count_parameters: 12D² a layer and V·D for the logits, whatever the place; and 2ND
    a layer, for the scores and the mix of the N words looked at, the word itself
    among them (context_so_far). They are equal where N = 6D + V/(2L).
    """
    linear = layers * 12 * width**2 + vocabulary * width
    growing = layers * 2 * context_so_far * width
    return linear, growing


@takes(
    layers=positive,
    kv_heads=positive,
    head_width=positive,
    context=positive,
    bytes_each=positive,
)
def cache_bytes(layers, kv_heads, head_width, context, bytes_each=2):
    """The memory of a full cache of keys and values: five ints -> int, bytes.

    One key and one value for each place, layer and key head; heads that share their
    keys and values (grouped queries, Ainslie and others 2023) keep them once.
    cache_bytes(96, 96, 128, 2048), in the shape of GPT-3, is 9,663,676,416.
    """
    return 2 * layers * kv_heads * head_width * context * bytes_each
