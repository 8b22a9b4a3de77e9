"""01: from counts to probabilities, along a sequence, and backwards."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.loss import softmax
from helpers.maths.probability import (
    bayes,
    conditional,
    entropy,
    normalise,
    sequence_log_probability,
)

NOTEBOOK = "01_probability"

P1 = np.array([0.40, 0.30, 0.15, 0.10, 0.05])
START = np.array([0.5, 0.3, 0.2])
TABLE = np.array([[0.1, 0.6, 0.3], [0.4, 0.2, 0.4], [0.7, 0.2, 0.1]])
PAIRS = np.array([[1.0, 6.0, 3.0], [2.0, 2.0, 4.0], [0.0, 5.0, 15.0]])


def _size(rng):
    return int(rng.integers(2, 8))


def _distribution(rng, *shape):
    return normalise(rng.integers(1, 50, shape))


def _sums_to_1(p):
    return np.allclose(p.sum(axis=-1), 1)


def _model(rng):
    V = _size(rng)
    return _distribution(rng, V), _distribution(rng, V, V)


def _sequence(rng):
    start, table = _model(rng)
    return start, table, rng.integers(0, len(start), _size(rng) + 1).tolist()


def _steps(table, ids, log=np.log):
    return [log(table[i, j]) for i, j in zip(ids, ids[1:], strict=False)]


def _product(start, table, ids):
    return start[ids[0]] * np.prod(_steps(table, ids, log=lambda p: p))


NORMALISE = Function(
    reference=normalise,
    cases=(
        (np.array([3.0, 1.0]),),
        (np.array([40.0, 30.0, 15.0, 10.0, 5.0]),),
        (np.array([[1.0, 3.0], [6.0, 2.0]]),),
        (np.array([[2.0, 1.0, 1.0], [0.0, 3.0, 7.0]]),),
    ),
    random=lambda rng: (rng.integers(1, 50, (_size(rng), _size(rng))).astype(float),),
    mistakes={
        "This looks like one sum for the whole table: {case}. Sum each row by itself: "
        "counts.sum(axis=-1, keepdims=True).": lambda c: c / c.sum(),
        "This looks like columns in place of rows: {case}. "
        "Sum over the last axis, axis=-1.": lambda c: c / c.sum(axis=0),
        "The sums of the rows are right, but they lie down as a row when you divide: "
        "{case}. Add keepdims=True to the sum.": lambda c: c / c.sum(axis=-1),
        "This looks like division by the largest count: {case}. "
        "Divide by the sum.": lambda c: c / c.max(axis=-1, keepdims=True),
        "This looks like softmax: {case}. Counts need no exponential, "
        "only a division.": softmax,
    },
    properties={"each row sums to 1": lambda f, c: _sums_to_1(f(c))},
    hints=(
        "A probability is a part of the whole. What is the whole in each row?",
        "counts.sum(axis=-1, keepdims=True) adds up each row and keeps it a column.",
        "Divide counts by that sum.",
    ),
)

CONDITIONAL = Function(
    reference=conditional,
    cases=((PAIRS, 0), (PAIRS, 1), (PAIRS, 2)),
    random=lambda rng: (
        rng.integers(1, 50, (n := _size(rng), n)).astype(float),
        int(rng.integers(n)),
    ),
    mistakes={
        "This looks like a column in place of a row: {case}. The row is the previous "
        "word: counts[previous].": lambda c, i: c[:, i] / c[:, i].sum(),
        "These are still counts: {case}. Divide the row by its sum.": lambda c, i: c[i],
        "This looks like division by the sums of the columns: {case}. Divide by the "
        "sum of the row itself.": lambda c, i: c[i] / c.sum(axis=0),
        "This looks like the row of the word before: {case}. "
        "Words are numbered from 0.": lambda c, i: c[i - 1] / c[i - 1].sum(),
        "This divides by how many words there are: {case}. Divide by the sum of the "
        "row.": lambda c, i: c[i] / len(c),
        "This looks like softmax: {case}. Counts need no exponential, only a "
        "division.": lambda c, i: softmax(c[i]),
        "This looks like the whole table: {case}. "
        "Only the row of the previous word is asked for.": lambda c, i: (
            c / c.sum(axis=-1, keepdims=True)
        ),
    },
    properties={"the result sums to 1": lambda f, c, i: _sums_to_1(f(c, i))},
    hints=(
        "Only pairs that begin with this previous word matter.",
        "They are one row of the table: counts[previous].",
        "Divide that row by its own sum.",
    ),
)

SEQUENCE = Function(
    reference=sequence_log_probability,
    cases=(
        (START, TABLE, [0, 1, 0]),
        (START, TABLE, [1, 2]),
        (START, TABLE, [2, 0, 1, 1]),
        (START, TABLE, [2]),
    ),
    random=_sequence,
    hard=((START, TABLE, [0, 1, 2, 0] * 250),),
    surest={
        "This is the logarithm of a sum: {case}. What is added up are the logarithms, "
        "one for each factor.": lambda s, t, x: np.log(
            s[x[0]] + sum(_steps(t, x, log=lambda p: p))
        ),
    },
    mistakes={
        "This looks like the probability itself: {case}. Add the logarithms of the "
        "factors.": _product,
        "This looks like the logarithm of the product, which is too small for float64 "
        "in a long text: {case}. Add the logarithms one by one.": lambda s, t, x: (
            np.log(_product(s, t, x))
        ),
        "The first word is missing: {case}. "
        "Begin with ln start[ids[0]].": lambda s, t, x: sum(_steps(t, x)),
        "This looks like rows and columns swapped: {case}. The previous word is the "
        "row: table[previous, current].": lambda s, t, x: (
            np.log(s[x[0]]) + sum(_steps(t.T, x))
        ),
        "This looks like a minus sign too many: {case}. A log-probability is below "
        "0.": lambda s, t, x: -np.log(s[x[0]]) - sum(_steps(t, x)),
        "This looks like the mean over the words: {case}. "
        "Here only the sum is asked for.": lambda s, t, x: (
            (np.log(s[x[0]]) + sum(_steps(t, x))) / len(x)
        ),
        "This looks like start used for every word: {case}. From the second word on "
        "use table[previous, current].": lambda s, t, x: sum(np.log(s[i]) for i in x),
        "This looks like start without its logarithm: {case}.": lambda s, t, x: (
            s[x[0]] + sum(_steps(t, x))
        ),
        "This looks like the logarithms multiplied: {case}. "
        "Add them.": lambda s, t, x: np.prod([np.log(s[x[0]]), *_steps(t, x)]),
        "The last word is missing: {case}.": lambda s, t, x: (
            np.log(s[x[0]]) + sum(_steps(t, x[:-1]))
        ),
    },
    hints=(
        "The chain rule multiplies: the first word, then each word given the last.",
        "The logarithm of a product is the sum of the logarithms.",
        "Begin with np.log(start[ids[0]]), then walk over zip(ids, ids[1:]).",
    ),
)

ENTROPY = Function(
    reference=entropy,
    cases=((np.array([0.5, 0.5]),), (np.array([0.7, 0.2, 0.1]),), (P1,)),
    random=lambda rng: (_distribution(rng, _size(rng)),),
    hard=tuple(
        (np.array(p),)
        for p in ([0.5, 0.5, 0.0], [1.0, 0.0], [0.0, 0.25, 0.0, 0.75], [0.0, 1.0])
    ),
    mistakes={
        "A probability of 0 spoils the sum: {case}. ln 0 is not a number to multiply "
        "by; leave out the words with p = 0.": lambda p: -np.sum(p * np.log(p)),
        "This looks like the surprises added up without weights: {case}. Weigh each "
        "by its probability, p · -ln p.": lambda p: -np.sum(np.log(p)),
        "This looks like a plain mean of the surprises: {case}. Weigh each by its "
        "probability, p · -ln p.": lambda p: -np.mean(np.log(p)),
        "This looks like the mean of p · -ln p: {case}. The weights already add up to "
        "1, so take the sum.": lambda p: -np.mean(p * np.log(p)),
    },
    properties={
        "the order of the words changes nothing": lambda f, p: np.isclose(
            f(p[::-1].copy()), f(p)
        ),
    },
    hints=(
        "A word with probability p surprises by -ln p. Entropy is the mean surprise.",
        "A mean over what happens weighs each surprise by its probability.",
        "Sum p * -np.log(p) over the words with p > 0: 0 ln 0 counts as 0.",
    ),
)

BAYES = Function(
    reference=bayes,
    cases=((START, TABLE, 1), (START, TABLE, 0), (START, TABLE, 2)),
    random=lambda rng: (*(model := _model(rng)), int(rng.integers(len(model[0])))),
    hard=((START, np.array([[0.0, 0.5, 0.5], [0.2, 0.0, 0.8], [0.0, 1.0, 0.0]]), 0),),
    mistakes={
        "The prior is missing: {case}. Multiply the column by P(previous) "
        "first.": lambda prior, t, n: t[:, n] / t[:, n].sum(),
        "This looks like P(previous and next), not yet divided: {case}. Divide by its "
        "own sum, P(next); a sum that is 1 already changes nothing.": (
            lambda prior, t, n: prior * t[:, n]
        ),
        "This divides by prior[next], which says how often that word comes before: "
        "{case}. P(next) is the sum of prior * table[:, next].": lambda prior, t, n: (
            prior * t[:, n] / prior[n]
        ),
        "This divides by the sum of the column alone: {case}. P(next) weighs it by the "
        "prior: the sum of prior * table[:, next].": lambda prior, t, n: (
            prior * t[:, n] / t[:, n].sum()
        ),
        "This looks like a row in place of a column: {case}. The next word is the "
        "column: table[:, next].": lambda prior, t, n: prior * t[n] / (prior @ t[n]),
        "This looks like P(next | previous), a row of the table: {case}. The question "
        "is the other way round.": lambda prior, t, n: t[n],
        "This looks like a column of the table as it stands: {case}. Multiply by the "
        "prior and divide by the sum.": lambda prior, t, n: t[:, n],
        "This looks like the prior, unchanged: {case}. "
        "The next word tells something about the one before.": lambda prior, t, n: (
            prior
        ),
        "This looks like P(next), one number: {case}. Divide P(previous and next) by "
        "it.": lambda prior, t, n: prior @ t[:, n],
    },
    properties={"the result sums to 1": lambda f, *args: _sums_to_1(f(*args))},
    hints=(
        "How probable is it that both happen, this previous word and that next word?",
        "prior * table[:, next] is P(previous and next) for each previous word.",
        "Divide by its sum, which is P(next).",
    ),
)

EXERCISES = [NORMALISE, CONDITIONAL, SEQUENCE, ENTROPY, BAYES]
