"""03: the loss of a text as a number of choices."""

import numpy as np

from helpers.check.exercise import Function
from helpers.check.run import endless
from helpers.check.subjects.loss import NOTEBOOK
from helpers.maths.loss import perplexity

PERPLEXITY = Function(
    reference=perplexity,
    cases=(
        (np.array([0.25, 0.25]),),
        (np.array([0.5, 0.01]),),
        (np.array([0.8, 0.8, 0.8, 0.8, 0.1]),),
        (np.array([1e-4, 1e-4]),),
        (np.array([0.5, 0.1, 0.9]),),
    ),
    random=lambda rng: (rng.integers(1, 100, int(rng.integers(3, 9))) / 100,),
    hard=((np.full(1000, 0.1),),),
    mistakes={
        "This looks like the sum in place of the mean, or like the product of 1/p "
        "without its N-th root: {case}. Divide the sum of the logarithms by the number "
        "of words before exp.": lambda p: np.exp(-np.log(p).sum()),
        "The exponential is missing: {case}. "
        "This is the loss; perplexity is exp of it.": lambda p: -np.log(p).mean(),
        "The minus sign is missing: {case}. Surprise is -ln p.": lambda p: np.exp(
            np.log(p).mean()
        ),
        "This mixes two bases, 2 to the power of nats: {case}. "
        "np.exp goes with np.log.": lambda p: 2 ** -np.log(p).mean(),
        "This mixes two bases, e to the power of bits: {case}. "
        "np.exp goes with np.log.": lambda p: np.exp(-np.log2(p).mean()),
        "This looks like the mean of 1/p: {case}. Take the mean of the logarithms, "
        "then exp.": lambda p: (1 / p).mean(),
        "This looks like 1 over the mean probability: {case}. Take the mean of the "
        "logarithms, then exp.": lambda p: 1 / p.mean(),
        "This multiplies all the probabilities first, which is too small for float64 "
        "in a long text: {case}. Take the mean of the logarithms.": lambda p: (
            np.prod(p) ** (-1 / len(p))
        ),
        "These are one by one: {case}. "
        "Take the mean of the logarithms first.": lambda p: np.exp(-np.log(p)),
    },
    properties={
        "the same words twice over have the same perplexity": lambda f, p: np.isclose(
            f(np.concatenate([p, p])), f(p)
        ),
    },
    promises={
        "A word with p = 0 makes the perplexity infinite, and for p_truth = [0.5, 0] "
        "yours is a number. Take the logarithm of p_truth as it is: add nothing to it, "
        "and leave no word out.": lambda f: endless(f, np.array([0.5, 0.0])),
    },
    hints=(
        "First the loss: the mean of -ln p.",
        "Perplexity undoes the logarithm of that loss.",
        "np.exp(np.mean(-np.log(p_truth))).",
    ),
)

EXERCISES = [PERPLEXITY]
__all__ = ["EXERCISES", "NOTEBOOK"]
