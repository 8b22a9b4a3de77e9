"""How wrong a model is: softmax, cross-entropy, KL divergence, perplexity.

z are logits and p probabilities, both of shape (V,), or (N, V) for N predictions.
Natural logarithms throughout, so every loss is in nats.
"""

import numpy as np

from helpers.maths.inputs import (
    distribution,
    index,
    indices,
    like,
    numbers,
    table,
    takes,
    vector,
)


def _logits(value, name, given=None):
    """Scores; -inf stands for a word that is ruled out."""
    z = numbers(value, name)
    if z.ndim == 0:
        raise ValueError(f"{name} must be a list or an array, not one number.")
    if not np.isfinite(z.max(axis=-1)).all() or (z == np.inf).any():
        raise ValueError(
            f"{name} must have a finite number in each row, and no infinity."
        )
    return z


def _truths(value, name, given):
    found = indices("P", least=1)(value, name, given)
    if len(found) != len(given["P"]):
        raise ValueError(
            f"{name} must hold one number for each of the {len(given['P'])} rows "
            f"of P, but holds {len(found)}."
        )
    return np.array(found)


def _probabilities(value, name, given=None):
    p = vector(value, name)
    if (p < 0).any() or (p > 1).any():
        raise ValueError(f"{name} must hold probabilities, from 0 to 1.")
    return p


def _step(value, name, given=None):
    h = numbers(value, name)
    if h.ndim or not 0 < h < np.inf:
        raise ValueError(f"{name} must be one small number above 0, such as 1e-5.")
    return float(h)


@takes(z=_logits)
def softmax(z):
    """Logits as probabilities, exp(z) / sum of exp(z): (..., V) -> (..., V).

    Subtracting the maximum changes nothing, as it cancels, and keeps exp from
    overflowing. ValueError if z holds nan or +inf. softmax([0, ln 3]) is
    [0.25, 0.75].
    """
    shifted = z - z.max(axis=-1, keepdims=True)  # (..., V) the largest is 0
    powers = np.exp(shifted)  # (..., V) from 0 to 1
    return powers / powers.sum(axis=-1, keepdims=True)


@takes(p=distribution, truth=index("p"))
def cross_entropy(p, truth):
    """The surprise at the truth, -ln p[truth]: (V,), int -> float, nats.

    inf if the truth was given probability 0. ValueError if p does not sum to 1.
    cross_entropy([0.7, 0.3], 1) is -ln 0.3 = 1.204.
    """
    return float(-np.log(p[truth]))


@takes(P=table, truths=_truths)
def mean_cross_entropy(P, truths):
    """The mean of -ln p(truth) over N predictions: (N, V), (N,) -> float, nats.

    Row n of P is the prediction, truths[n] the word that came. ValueError unless
    there is one truth for each row. mean_cross_entropy([[0.5, 0.5], [0.8, 0.2]],
    [0, 0]) is (0.693 + 0.223) / 2 = 0.458.
    """
    rows = np.arange(len(truths))  # (N,)
    p_truth = P[rows, truths]  # (N,) what each row gave the truth
    return float(np.mean(-np.log(p_truth)))


@takes(y=distribution, p=like("y", distribution))
def kl(y, p):
    """The KL divergence, sum of y ln(y/p): (V,), (V,) -> float, nats.

    What is lost by predicting p where y is true (Kullback and Leibler 1951); inf if
    p rules out something that happens. ValueError if y or p does not sum to 1.
    kl([0.5, 0.5], [0.25, 0.75]) is 0.144.
    """
    seen = y > 0  # what never happens adds nothing
    return float(np.sum(y[seen] * np.log(y[seen] / p[seen])))


@takes(p_truth=_probabilities)
def perplexity(p_truth):
    """exp(mean of -ln p): the probabilities given to the true words (N,) -> float.

    As unsure as a choice among that many equally probable words; inf if one of them
    was given 0. ValueError if one is outside 0 to 1. perplexity([0.25, 0.25]) is 4.
    """
    loss = np.mean(-np.log(p_truth))  # nats
    return float(np.exp(loss))


@takes(z=numbers, h=_step)
def numerical_gradient(f, z, h=1e-5):
    """The slope of f along each number of z, by central differences.

    f takes an array shaped like z and gives a number; the result has the shape of z.
    The error shrinks with h². ValueError if h is not above 0. For f(z) = sum of z²
    and z = [3, 5] it is [6, 10].
    """
    gradient = np.zeros_like(z)
    for i in np.ndindex(z.shape):
        step = np.zeros_like(z)
        step[i] = h  # move one number, keep the rest
        gradient[i] = (f(z + step) - f(z - step)) / (2 * h)
    return gradient
