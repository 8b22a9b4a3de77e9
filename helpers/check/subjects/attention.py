"""07: one head: its scores, its mask, and what it mixes."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.attention import attend, causal_mask, scores
from helpers.maths.loss import softmax

NOTEBOOK = "07_attention"

QUERIES = np.array([[2.0, 1.0, 0.0, 1.0], [0.0, 2.0, 2.0, 0.0]])
KEYS = np.array([[1.0, 2.0, 0.0, 0.0], [1.0, 0.0, 3.0, 1.0], [0.0, 4.0, 1.0, 2.0]])


def _size(rng, least=2):
    return int(rng.integers(least, 7))


def _tables(rng, *shapes):
    return tuple(rng.normal(0, 1.5, shape) for shape in shapes)


def _rows_and_keys(rng):
    N, M, d = rng.permutation(np.arange(2, 8))[:3]  # three sizes, no two alike
    return _tables(rng, (N, d), (M, d))


def _divided(by):
    return lambda Q, K: Q @ K.T / by(Q, K)


SCORES = Function(
    reference=scores,
    cases=((QUERIES, KEYS), (QUERIES[:1, :2], KEYS[:, :2]), (KEYS, QUERIES)),
    random=_rows_and_keys,
    hard=((np.array([[3.0]]), np.array([[2.0]])),),
    mistakes={
        "The division by √d is missing: {case}. d is the width of a query, "
        "queries.shape[-1].": lambda Q, K: Q @ K.T,
        "This is divided by d, or twice by √d: {case}. Divide once, by "
        "np.sqrt(d).": _divided(lambda Q, K: Q.shape[1]),
        "This is divided by the root of the number of keys: {case}. d is the width of "
        "a query, queries.shape[-1].": _divided(lambda Q, K: len(K) ** 0.5),
        "This is divided by the root of the number of queries: {case}. d is the width "
        "of a query, queries.shape[-1].": _divided(lambda Q, K: len(Q) ** 0.5),
        "This is divided by the number of keys: {case}. Divide by √d, where d is the "
        "width of a query.": _divided(lambda Q, K: len(K)),
        "This is divided by the root of how many numbers all the queries hold: {case}. "
        "d is the width of one, queries.shape[-1].": _divided(lambda Q, K: Q.size**0.5),
        "This is divided by the lengths, which makes cosines: {case}. Divide by √d "
        "alone.": (
            _divided(
                lambda Q, K: (
                    np.linalg.norm(Q, axis=1)[:, None] * np.linalg.norm(K, axis=1)
                )
            ),
            _divided(lambda Q, K: np.linalg.norm(Q) * np.linalg.norm(K)),
        ),
        "This is multiplied by √d: {case}. Divide by it.": lambda Q, K: (
            Q @ K.T * Q.shape[1] ** 0.5
        ),
        "Queries and keys are swapped: {case}. A row belongs to a query, a column to a "
        "key.": lambda Q, K: scores(K, Q),
        "These are the numbers added up and not the products: {case}. A score is a dot "
        "product, query @ key.": lambda Q, K: (
            (Q.sum(1)[:, None] + K.sum(1)) / Q.shape[1] ** 0.5
        ),
        "These are weights already: {case}. Leave softmax out; scores are what goes "
        "into it.": lambda Q, K: softmax(scores(Q, K)),
        "These are weights, and the division by √d is missing: {case}. Return the "
        "scores, without softmax.": lambda Q, K: softmax(Q @ K.T),
    },
    properties={
        "queries twice as long double every score": lambda f, Q, K: np.allclose(
            f(2 * Q, K), 2 * f(Q, K)
        ),
    },
    hints=(
        "The score of query n for key m is the dot product of row n with row m.",
        "One matrix product gives them all: (N, d) @ (d, M). So the keys are turned, "
        "keys.T.",
        "d = queries.shape[-1]; return queries @ keys.T / np.sqrt(d).",
    ),
)

THREE = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], [7.0, 8.0, 9.0]])
LARGE = (1e9, 1e10, 1e12, 1e20, 1e30, 1e5, 1e6, 1e4, 1e3, 9999, 999, 1e8, 1e7, 1e15,
         np.finfo(np.float64).max, float(np.finfo(np.float32).max))  # fmt: skip


def _ahead(z, k=1):
    return np.triu(np.ones_like(z), k).astype(bool)


def _put(number, ahead=_ahead):
    """The mistake that something else stands in place of -inf, or elsewhere."""
    return lambda z: np.where(ahead(z), number, z)


def _no_mask(z):
    return z


def _added(number):
    return lambda z: z + number * _ahead(z)


CAUSAL_MASK = Function(
    reference=causal_mask,
    cases=((THREE,), (np.array([[2.0, 0.5], [-1.0, 3.0]]),), (np.zeros((3, 3)),)),
    random=lambda rng: (rng.normal(0, 2, (n := _size(rng), n)),),
    hard=((np.array([[4.0]]),), (np.array([[1e12, 2e12], [-1e12, 3e12]]),)),
    whole=False,  # scores, which are divided by a root, are never whole numbers alone
    mistakes={
        "This hides the word itself too: {case}. A word may look at itself, so the "
        "diagonal stays: np.triu with k=1.": _put(-np.inf, lambda z: _ahead(z, 0)),
        "This hides the past and shows the future: {case}. In row n the columns after "
        "n are hidden: that is the upper triangle.": (
            _put(-np.inf, lambda z: _ahead(z).T),
            _put(-np.inf, lambda z: _ahead(z, 0).T),
        ),
        "The next word can still be seen: {case}. Hide from column n + 1 on.": _put(
            -np.inf, lambda z: _ahead(z, 2)
        ),
        "One later word is hidden in each row, and not all of them: {case}. In row n "
        "every column after n is hidden.": (
            _put(-np.inf, lambda z: np.eye(len(z), k=1, dtype=bool)),
            _put(-np.inf, lambda z: _ahead(z) & (np.arange(len(z)) == len(z) - 1)),
        ),
        "Only the first row is masked: {case}. Every row hides what comes after "
        "it.": _put(-np.inf, lambda z: _ahead(z) & (np.arange(len(z)) == 0)[:, None]),
        "The hidden places are gone, so the rows have different lengths: {case}. They "
        "stay, with -np.inf in them.": lambda z: [
            row[: n + 1] for n, row in enumerate(z)
        ],
        "The other words are hidden, before and after: {case}. A word may look at all "
        "those before it.": _put(-np.inf, lambda z: ~np.eye(len(z), dtype=bool)),
        "What is hidden has a score of 0, or next to it: {case}. e⁰ is 1, so softmax "
        "would give it a share. Only -np.inf gives it none; 1e-9 is a billionth.": (
            *(_put(n) for n in (0.0, -1e-6, 1e-6)),
        ),
        "What lies above the diagonal is kept here, and that is the future: {case}. "
        "Keep the rest, and put -np.inf above.": (np.triu, lambda z: np.triu(z, 1)),
        "This asks for scores that are not 0: {case}. Whether a word comes later is a "
        "matter of its place: np.triu of a table of ones.": (
            lambda z: np.where(np.triu(z, 1) != 0, -np.inf, z),
            lambda z: np.where(np.triu(z, 1) > 0, -np.inf, z),
        ),
        "Nothing is hidden: {case}. Adding -1e-9, a billionth, changes nothing either. "
        "Add -np.inf, or put it in.": (_no_mask, _added(-1e-9)),
        "A large number below 0 stands where -∞ belongs: {case}. It works as long as "
        "all scores are small beside it. -np.inf always does.": (
            *(_put(-n) for n in LARGE),
            *(_added(-n) for n in LARGE),
        ),
        "+∞ stands where -∞ belongs: {case}. Softmax would look at nothing else.": _put(
            np.inf
        ),
        "0 times ∞ is nan: {case}. Make a table that is 0 or -inf with np.where, or "
        "np.triu of a table full of -np.inf.": (
            lambda z: z + np.triu(np.ones_like(z), 1) * -np.inf,
            lambda z: z + np.where(_ahead(z), -np.inf, np.nan),
            lambda z: z * np.where(_ahead(z), -np.inf, 1.0),
        ),
        "This is the mask alone: {case}. Return the scores, with -inf where the mask "
        "hides them.": (
            lambda z: np.where(_ahead(z), -np.inf, 0),
            lambda z: np.tril(np.ones_like(z)),
            lambda z: _ahead(z),
        ),
        "These are weights already: {case}. Leave softmax out; the mask goes over the "
        "scores before it.": lambda z: softmax(causal_mask(z)),
        "These are weights, and the mask comes after softmax: {case}. Then the rows "
        "no longer sum to 1. Put -inf into the scores, and return "
        "them.": lambda z: np.tril(softmax(z)),
    },
    promises={
        "Your function stops where -∞ is wanted. Write it -np.inf: nothing can be "
        "divided by 0, and math.log(0) has no value.": lambda f: (
            np.shape(f(np.ones((2, 2)))) == (2, 2)
        ),
    },
    hints=(
        "Row n is the word at place n. Which columns are words that come after it?",
        "np.triu(np.ones((N, N)), k=1) is 1 above the diagonal, and 0 elsewhere.",
        "return np.where(np.triu(np.ones(scores.shape), k=1) == 1, -np.inf, scores).",
    ),
)


def _attend(score=scores, mask=causal_mask, weigh=softmax):
    """attend, with one of its steps made another."""
    return lambda Q, K, V: weigh(mask(score(Q, K))) @ V


def _columns(z):  # softmax down the columns
    return softmax(z.T).T


def _whole(z):  # one softmax over all the table
    return softmax(z.reshape(-1)).reshape(z.shape)


def _unmasked(z):
    return np.tril(softmax(z))


def _strict(z):
    """The mask that hides the word itself; its first row is nan."""
    masked = np.where(_ahead(z, 0), -np.inf, z)
    e = np.exp(masked - masked.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


ATTEND = Function(
    reference=attend,
    cases=(
        (QUERIES, KEYS[:2], np.array([[10.0, 0.0], [0.0, 10.0]])),
        (KEYS[:, :2], KEYS[:, 1:3], KEYS[:, 2:]),
        (KEYS, KEYS[::-1].copy(), np.array([[1.0], [2.0], [4.0]])),
    ),
    random=lambda rng: _tables(
        rng, (N := _size(rng, 3), d := _size(rng)), (N, d), (N, d)
    ),
    hard=(
        (QUERIES[:1], KEYS[:1], np.array([[3.0, 5.0, 7.0]])),
        (900 * QUERIES, KEYS[:2], np.array([[1.0], [2.0]])),
        (KEYS - 1, KEYS, QUERIES[:1].T[:3]),
    ),
    mistakes={
        "The mask is missing: {case}. Row n must not look at words after n.": _attend(
            mask=_no_mask
        ),
        "The division by √d is missing: {case}. Your scores has it already.": _attend(
            score=lambda Q, K: Q @ K.T
        ),
        "The scores are divided by d, or twice by √d: {case}. Divide once, by "
        "√d.": _attend(score=lambda Q, K: Q @ K.T / Q.shape[1]),
        "Softmax runs down the columns: {case}. Each query shares out its own 100 %: "
        "the sum of a row is 1, axis=-1. Down a column the future leaks in, in spite "
        "of the mask.": _attend(weigh=_columns),
        "Softmax runs down the columns, and there is no mask: {case}. Each query "
        "shares out its own 100 %: axis=-1.": _attend(mask=_no_mask, weigh=_columns),
        "This is one softmax over the whole table: {case}. Each row by itself, "
        "axis=-1.": _attend(weigh=_whole),
        "The mask comes after softmax, so the rows no longer sum to 1: {case}. Put "
        "-inf into the scores first.": _attend(mask=_no_mask, weigh=_unmasked),
        "-inf stands among the weights here: {case}. The mask belongs before softmax, "
        "which makes 0 of it.": _attend(
            mask=_no_mask, weigh=lambda z: causal_mask(softmax(z))
        ),
        "A masked score is 0 here, or next to it: {case}. e⁰ is 1, so it gets a share. "
        "It must be -inf before softmax.": (
            _attend(mask=np.tril),
            _attend(mask=_put(-1e-6)),
        ),
        "The mask hides the word itself: {case}. The first word has nothing left, "
        "which gives nan. The diagonal stays.": _attend(mask=_no_mask, weigh=_strict),
        "The mask hides the past and shows the future: {case}. Hide the upper "
        "triangle, where the column comes after the row.": _attend(
            mask=lambda z: causal_mask(z.T).T
        ),
        "Keys and values are swapped: {case}. Queries meet keys; what is mixed are the "
        "values.": lambda Q, K, V: attend(Q, V, K),
        "Queries and keys are swapped: {case}. The rows of the scores belong to the "
        "queries.": lambda Q, K, V: attend(K, Q, V),
        "The keys are mixed in place of the values: {case}. Queries meet keys; what is "
        "mixed are the values.": lambda Q, K, V: attend(Q, K, K),
        "Softmax is missing: {case}. Scores become weights that sum to 1 before they "
        "mix.": (
            lambda Q, K, V: np.tril(scores(Q, K)) @ V,
            lambda Q, K, V: causal_mask(scores(Q, K)) @ V,
            lambda Q, K, V: scores(Q, K) @ V,
        ),
        "These are the weights: {case}. Mix the values with them, weights @ "
        "values.": lambda Q, K, V: softmax(causal_mask(scores(Q, K))),
        "The weights lie on their side when they mix: {case}. Row n of the weights "
        "belongs to word n: weights @ values, without .T.": lambda Q, K, V: (
            softmax(causal_mask(scores(Q, K))).T @ V
        ),
        "This is the mix of the last word alone: {case}. Give a row for each "
        "word.": lambda Q, K, V: attend(Q, K, V)[-1],
        "Every word before has the same weight: {case}. The scores must come "
        "in.": lambda Q, K, V: np.cumsum(V, axis=0) / np.arange(1, len(V) + 1)[:, None],
        "This takes the one word with the largest score: {case}. A soft look-up mixes "
        "them all, by softmax.": lambda Q, K, V: V[
            causal_mask(scores(Q, K)).argmax(axis=1)
        ],
    },
    hints=(
        "Four steps: the scores, the mask, softmax, and the mix.",
        "You have the first three: scores, causal_mask, and softmax, which goes along "
        "a row, its last axis.",
        "weights = softmax(causal_mask(scores(queries, keys))); return weights @ "
        "values.",
    ),
)

EXERCISES = [SCORES, CAUSAL_MASK, ATTEND]
