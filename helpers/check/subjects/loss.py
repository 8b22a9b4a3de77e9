"""03: from logits to a loss."""

import numpy as np

from helpers.check.exercise import Function
from helpers.check.run import endless
from helpers.maths.loss import (
    cross_entropy,
    kl,
    mean_cross_entropy,
    softmax,
)
from helpers.maths.probability import entropy, normalise

NOTEBOOK = "03_cross_entropy"

P1 = np.array([0.40, 0.30, 0.15, 0.10, 0.05])
P2 = np.array([0.60, 0.15, 0.20, 0.05])
BATCH = np.array([[0.7, 0.2, 0.1], [0.1, 0.6, 0.3]])


def _size(rng):
    return int(rng.integers(2, 8))


def _distribution(rng, *shape):
    return normalise(rng.integers(1, 50, shape))


def _exp(z):
    return np.exp(z - z.max(axis=-1, keepdims=True))


SOFTMAX = Function(
    reference=softmax,
    cases=(
        (np.array([1.0, 2.0, 3.0]),),
        (np.array([0.0, 0.0]),),
        (np.array([[1.0, 2.0], [5.0, 3.0]]),),
        (np.array([[1.0, 2.0, 3.0], [2.0, 0.0, -2.0]]),),
    ),
    random=lambda rng: (rng.normal(0, 2, (_size(rng), _size(rng) + 1)),),
    hard=(
        (np.array([123.0, 456.0, 789.0]),),
        (np.array([-1000.0, -1001.0]),),
        (np.array([[1000.0, 1000.0], [-1000.0, -1001.0]]),),
        (np.array([[0.0, 800.0], [-800.0, 0.0]]),),
        (np.array([0.0, 0.0, 0.0, 3000.0]),),  # its mean is far from its maximum
    ),
    surest={
        "The maximum of e^z is taken away here: {case}. Take the maximum of z away "
        "from z, before np.exp.": lambda z: (
            (e := np.exp(z) - np.exp(z).max(axis=-1, keepdims=True))
            / e.sum(axis=-1, keepdims=True)
        ),
    },
    mistakes={
        "This overflows, as exp of a large number is more than float64 holds: {case}. "
        "Subtract the maximum of each row from z first.": lambda z: (
            np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True)
        ),
        "This looks like one maximum for the whole array, under which a row of far "
        "smaller logits vanishes: {case}. Take the maximum of each row.": lambda z: (
            (e := np.exp(z - z.max())) / e.sum(axis=-1, keepdims=True)
        ),
        "This looks like one softmax over the whole array: {case}. Sum each row by "
        "itself: axis=-1, keepdims=True.": lambda z: (
            (e := np.exp(z - z.max())) / e.sum()
        ),
        "This looks like softmax along the wrong axis, down the columns: {case}. "
        "Use axis=-1.": lambda z: softmax(z.T).T,
        "The exponential is missing: {case}. Divide exp(z) by its sum, "
        "not z.": lambda z: z / z.sum(axis=-1, keepdims=True),
        "This looks like powers of 2: {case}. Use np.exp.": lambda z: softmax(
            z * np.log(2)
        ),
        "The largest logit gets the smallest probability: {case}. "
        "There is a minus sign too many.": lambda z: softmax(-z),
    },
    properties={
        "each row sums to 1": lambda f, z: np.allclose(f(z).sum(axis=-1), 1),
        "adding 5 to every logit changes nothing": lambda f, z: np.allclose(
            f(z + 5), f(z)
        ),
    },
    hints=(
        "Make every logit positive with np.exp, then divide by the sum.",
        "Each row by itself: .sum(axis=-1, keepdims=True).",
        "Subtract z.max(axis=-1, keepdims=True) first, so that exp cannot overflow.",
    ),
)

CROSS_ENTROPY = Function(
    reference=cross_entropy,
    cases=((P1, 1), (P2, 0), (np.array([0.8, 0.1, 0.05, 0.05]), 0), (P1, 4)),
    random=lambda rng: (p := _distribution(rng, _size(rng)), int(rng.integers(len(p)))),
    hard=((np.array([0.0, 1.0]), 1),),
    mistakes={
        "A word with p = 0 spoils the sum, as 0 · ln 0 is nan: {case}. Pick p[truth] "
        "alone.": lambda p, t: -(np.eye(len(p))[t] * np.log(p)).sum(),
        "This is the probability of the truth: {case}. "
        "Take -np.log of it.": lambda p, t: p[t],
        "This looks like 1 - p: {case}. Take -np.log of p.": lambda p, t: 1 - p[t],
        "This looks like all the words added up: {case}. Only the truth counts: "
        "p[truth].": lambda p, t: -np.log(p).sum(),
        "These are the surprises of all words: {case}. "
        "Pick the truth's, p[truth].": lambda p, t: -np.log(p),
        "This looks like the entropy of p: {case}. "
        "Only the truth counts: p[truth].": lambda p, t: entropy(p),
        "This looks like p · -ln p: {case}. The truth has weight 1, "
        "so leave the factor p out.": lambda p, t: -p[t] * np.log(p[t]),
        "This looks like the word before the truth: {case}. "
        "Words are numbered from 0.": lambda p, t: -np.log(p[t - 1]),
        "This looks like the most probable word: {case}. Take the one that came, "
        "p[truth].": lambda p, t: -np.log(p.max()),
        "This divides by the number of words: {case}. There is one prediction, so "
        "there is nothing to divide by.": lambda p, t: -np.log(p[t]) / len(p),
    },
    promises={
        "The loss of a truth with p = 0 has no end, and for p = [0, 1] and truth = 0 "
        "yours is a number. Take np.log of p[truth] as it is, which makes inf: add "
        "nothing to it, set it no lower limit, and write no case for 0.": lambda f: (
            endless(f, np.array([0.0, 1.0]), 0)
        ),
    },
    hints=(
        "Which probability did the model give to the word that came?",
        "p[truth]. The loss is how surprising that is.",
        "The surprise is the natural logarithm with a minus sign: -np.log(p[truth]).",
    ),
)


def _picked(P, truths):
    return P[np.arange(len(truths)), truths]


def _batch(rng):
    P = _distribution(rng, _size(rng) + 1, _size(rng) + 1)
    return P, rng.integers(0, P.shape[1], len(P))


MEAN_CROSS_ENTROPY = Function(
    reference=mean_cross_entropy,
    cases=(
        (BATCH, np.array([0, 2])),
        (np.array([[0.5, 0.5], [0.8, 0.2], [0.1, 0.9]]), np.array([0, 0, 0])),
        (np.array([P1, P1[::-1]]), np.array([1, 4])),
    ),
    random=_batch,
    mistakes={
        "This looks like the sum, not the mean: {case}. Divide by the number of "
        "predictions, N.": lambda P, t: -np.log(_picked(P, t)).sum(),
        "This looks like a division by the number of words, V: {case}. Divide by the "
        "number of predictions, N.": lambda P, t: (
            -np.log(_picked(P, t)).sum() / P.shape[1]
        ),
        "This looks like the logarithm of the mean: {case}. First the logarithm of "
        "each, then the mean.": lambda P, t: -np.log(_picked(P, t).mean()),
        "This looks like the mean of the probabilities: {case}. "
        "Take -np.log of each first.": lambda P, t: _picked(P, t).mean(),
        "This looks like the mean over every word of every row: {case}. Each row "
        "counts with its truth alone.": lambda P, t: -np.log(P).mean(),
        "This takes every truth from every row, and divides by N alone: {case}. Each "
        "row has one truth, P[n, truths[n]].": lambda P, t: (
            -np.log(P[:, t]).sum() / len(t)
        ),
        "This takes every truth from every row: {case}. P[:, truths] is N by N; use "
        "P[np.arange(N), truths].": lambda P, t: -np.log(P[:, t]).mean(),
        "This looks like rows and columns swapped: {case}. The row is the prediction, "
        "the column the truth.": lambda P, t: -np.log(P[t, np.arange(len(t))]).mean(),
        "This looks like the most probable word of each row: {case}. "
        "Take the truth.": lambda P, t: -np.log(P.max(axis=1)).mean(),
    },
    properties={
        "the order of the predictions changes nothing": lambda f, P, t: np.isclose(
            f(P[::-1].copy(), t[::-1].copy()), f(P, t)
        ),
    },
    promises={
        "One truth with p = 0 makes the mean infinite, and for P = [[0, 1], "
        "[0.5, 0.5]] and truths = [0, 0] yours is a number. Take the logarithms of "
        "what was picked as it is: add nothing, and leave no row out.": lambda f: (
            endless(f, np.array([[0.0, 1.0], [0.5, 0.5]]), np.array([0, 0]))
        ),
    },
    hints=(
        "Each row has one loss, as in cross_entropy: -ln of what it gave its truth.",
        "P[np.arange(len(truths)), truths] picks one number from each row.",
        "Take -np.log of these, then the mean.",
    ),
)


def _terms(p, q, log=np.log):
    return p * log(p / q)


KL = Function(
    reference=kl,
    cases=(
        (np.array([0.5, 0.5]), np.array([0.25, 0.75])),
        (np.array([0.7, 0.2, 0.1]), np.array([0.2, 0.3, 0.5])),
        (np.array([0.2, 0.8]), np.array([0.2, 0.8])),
    ),
    random=lambda rng: tuple(_distribution(rng, 2, _size(rng))),
    hard=(
        (np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.5, 0.25])),
        (np.array([0.5, 0.0, 0.5]), np.array([0.25, 0.5, 0.25])),
        (np.array([0.5, 0.5, 0.0]), np.array([0.5, 0.5, 0.0])),
    ),
    surest={
        "This looks like the sum of the absolute terms: {case}. abs is too much: some "
        "terms are below 0, and stay so.": lambda p, q: np.nansum(abs(_terms(p, q))),
    },
    mistakes={
        "This looks like y and p swapped: {case}. The truth y weighs the terms and "
        "stands above p.": lambda p, q: kl(q, p) if q.all() and p.all() else np.inf,
        "The weights are missing: {case}. Multiply each ln(y/p) by y before adding "
        "up.": lambda p, q: np.log(p / q).sum(),
        "The weights are p in place of y: {case}. What happens is up to y, the "
        "truth.": lambda p, q: (q * np.log(p / q)).sum(),
        "This looks like the cross-entropy: {case}. Take away the entropy of y, "
        "or use ln(y/p).": lambda p, q: -(p * np.log(q)).sum(),
        "This looks like the entropy of y: {case}. p must come in.": lambda p, q: (
            entropy(p)
        ),
        "This looks like the mean of the terms: {case}. The weights already add up to "
        "1, so take the sum.": lambda p, q: _terms(p, q).mean(),
        "A probability of 0 spoils the sum: {case}. "
        "Leave out the words with y = 0.": lambda p, q: _terms(p, q).sum(),
        "The wrong words are left out: {case}. Leave out the words with y = 0, not "
        "those with p = 0.": lambda p, q: _terms(p[q > 0], q[q > 0]).sum(),
        "Where y and p are both 0 this is infinite: {case}. Leave out every word with "
        "y = 0: put no small number in its place, and look at p only where y > 0.": (
            lambda p, q: np.inf if (p + q == 0).any() else kl(p, q)
        ),
        "This looks like squared differences: {case}. Sum y ln(y/p).": lambda p, q: (
            (p - q) ** 2
        ).sum(),
    },
    properties={
        "the result is not below 0": lambda f, p, q: f(p, q) > -1e-9,
        "y against itself gives 0": lambda f, p, q: abs(f(p, p)) < 1e-9,
    },
    promises={
        "A word that the model rules out and that yet comes makes KL infinite, and "
        "for y = [0.5, 0.5] and p = [1, 0] yours is a number. Leave out the words with "
        "y = 0 alone, and add nothing to a probability.": lambda f: endless(
            f, np.array([0.5, 0.5]), np.array([1.0, 0.0])
        ),
    },
    hints=(
        "Compare word by word: ln(y/p) says how much more y expects it than p.",
        "Weigh each of these by y, as y says how often it happens.",
        "Sum y * np.log(y / p) over the words with y > 0.",
    ),
)

EXERCISES = [SOFTMAX, CROSS_ENTROPY, MEAN_CROSS_ENTROPY, KL]
