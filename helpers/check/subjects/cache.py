"""07: one word more, with the keys and values of those before kept."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.attention import cached_step, scores
from helpers.maths.loss import softmax

NOTEBOOK = "07_attention"

STEP = (  # a query, key and value; the keys and values of two words before
    np.array([2.0, 0.0, 0.0, 0.0]),
    np.array([3.0, 0.0, 1.0, 0.0]),
    np.array([1.0, 1.0]),
    np.array([[1.0, 0.0, 2.0, 0.0], [2.0, 1.0, 0.0, 0.0]]),
    np.array([[10.0, 0.0], [0.0, 10.0]]),
)


def _step(rng):
    N, d, dv = rng.permutation(np.arange(2, 8))[:3]
    shapes = d, d, dv, (N, d), (N, dv)
    return tuple(rng.normal(0, 1.5, shape) for shape in shapes)


def _mixed(query, keys, values, divide=None):
    """The mix of one query, with another divisor."""
    z = query @ keys.T / (np.sqrt(len(query)) if divide is None else divide)
    return softmax(z) @ values


def _stepped(mix):
    """The right cache, with another mix: mix(query, all keys, all values)."""

    def step(q, k, v, K, V):
        _, keys, values = cached_step(q, k, v, K, V)
        return mix(q, keys, values), keys, values

    return step


def _first(q, k, v, K, V):
    keys, values = np.vstack([k, K]), np.vstack([v, V])
    return _mixed(q, keys, values), keys, values


def _flat(q, k, v, K, V):
    mix, _, _ = cached_step(q, k, v, K, V)
    return mix, np.append(K, k), np.append(V, v)


def _order(*places):
    return lambda *a: tuple(cached_step(*a)[i] for i in places)


CACHED_STEP = Function(
    reference=cached_step,
    cases=(
        STEP,
        (np.array([1.0, 1.0]), np.array([0.0, 2.0]), np.array([3.0, 4.0]),
         np.array([[1.0, 0.0]]), np.array([[5.0, 6.0]])),
        (np.array([0.0, 1.0]), np.array([2.0, 1.0]), np.array([1.0, 0.0]),
         np.array([[1.0, 2.0], [0.0, 1.0], [3.0, 0.0]]),
         np.array([[1.0, 2.0], [3.0, 5.0], [4.0, 0.0]])),
    ),
    random=_step,
    hard=(
        (np.array([1.0, 2.0]), np.array([3.0, 1.0]), np.array([5.0, 6.0, 7.0]),
         np.zeros((0, 2)), np.zeros((0, 3))),
        (np.array([900.0, 0.0]), np.array([3.0, 1.0]), np.array([5.0]),
         np.array([[2.0, 1.0]]), np.array([[7.0]])),
    ),
    mistakes={
        "The new word is not among those that are looked at: {case}. Put its key and "
        "value in first, then mix.": (
            lambda q, k, v, K, V: (
                _mixed(q, K, V), *cached_step(q, k, v, K, V)[1:]
            ),
            lambda q, k, v, K, V: (
                _mixed(q, K, V) if len(K) else np.zeros(len(v)),
                *cached_step(q, k, v, K, V)[1:],
            ),
        ),
        "The new key and value stand in front: {case}. They belong at the end of the "
        "cache.": _first,
        "The division by √d is missing: {case}. The step must give what the whole "
        "attention gives.": _stepped(lambda q, K, V: _mixed(q, K, V, 1)),
        "The scores are divided by d: {case}. Divide by √d.": _stepped(
            lambda q, K, V: _mixed(q, K, V, len(q))
        ),
        "The scores are divided by the root of the number of keys: {case}. d is the "
        "width of the query.": _stepped(lambda q, K, V: _mixed(q, K, V, len(K) ** 0.5)),
        "The cache did not grow: {case}. Return the keys and values with the new word "
        "at their end.": (
            lambda q, k, v, K, V: (cached_step(q, k, v, K, V)[0], K, V),
            lambda q, k, v, K, V: (_mixed(q, K, V), K, V),
        ),
        "The results stand in another order: {case}. Return mix, keys, values.": (
            _order(1, 2, 0), _order(2, 1, 0), _order(0, 2, 1), _order(1, 0, 2),
            _order(2, 0, 1),
        ),
        "Only the mix comes back: {case}. The next word needs the cache: return mix, "
        "keys, values.": lambda *a: cached_step(*a)[0],
        "Only the cache comes back: {case}. Return mix, keys, values.": (
            lambda *a: cached_step(*a)[1:]
        ),
        "np.append without axis=0 makes one long row: {case}. np.vstack([keys, key]) "
        "puts a row below a table.": _flat,
        "The query went into the cache in place of the key: {case}. No later word asks "
        "for an old query.": (
            lambda q, k, v, K, V: cached_step(q, q, v, K, V),
        ),
        "Key and value are swapped as they go into the cache: {case}.": (
            lambda q, k, v, K, V: cached_step(q, v, k, K, V)
        ),
        "Keys and values are swapped: {case}. The query meets the keys; what is mixed "
        "are the values.": _stepped(lambda q, K, V: _mixed(q, V, K)),
        "The mask hides all but the first word: {case}. A single row needs no mask: "
        "all that is in the cache came before.": (
            _stepped(lambda q, K, V: V[0]),
        ),
        "The new word asks with its key: {case}. It asks with its query; the key is "
        "what others find it by.": _stepped(
            lambda q, K, V: softmax(scores(K[-1:], K))[0] @ V
        ),
        "+ adds the new row to each of the rows: {case}. np.vstack([keys, key]) puts "
        "it below them.": lambda q, k, v, K, V: (
            _mixed(q, K + k, V + v) if len(K) else v, K + k, V + v
        ),
        "Softmax is missing: {case}. Scores become weights before they mix.": _stepped(
            lambda q, K, V: scores([q], K)[0] @ V
        ),
        "These are the weights in place of the mix: {case}. Mix the values with them, "
        "weights @ values.": _stepped(lambda q, K, V: softmax(scores([q], K))[0]),
        "The mix is a table of one row: {case}. One word has one row of numbers: take "
        "[0] of it.": _stepped(lambda q, K, V: softmax(scores([q], K)) @ V),
        "Every word in the cache has the same weight: {case}. The scores must come "
        "in.": _stepped(lambda q, K, V: V.mean(axis=0)),
        "This takes the one word with the largest score: {case}. A soft look-up mixes "
        "them all, by softmax.": _stepped(lambda q, K, V: V[(K @ q).argmax()]),
    },
    hints=(
        "Put the new key below the keys and the new value below the values: "
        "np.vstack([keys, key]).",
        "The scores of one query are a row: keys @ query / np.sqrt(d), (N + 1,). "
        "Softmax makes weights of it; no mask is needed.",
        "Return three things in this order: weights @ values, keys, values, where keys "
        "and values are the longer ones.",
    ),
)  # fmt: skip

EXERCISES = [CACHED_STEP]
