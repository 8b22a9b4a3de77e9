"""Fitting, over-fitting and what holds it back: waves through points, and a table.

The points are twenty of a sum of two waves, 0.8 · cos 4πx + cos πx, with noise of
standard deviation 0.5, and twenty more are held out. A model with K knobs is
w₀ + w₁ cos πx + … + w_{K−1} cos (K−1)πx. The table is the bigram as a network:
logits W (V, V), one row for each previous word.
"""

import numpy as np

from helpers.maths.inputs import (
    like,
    matrix,
    numbers,
    pair_counts,
    positive,
    takes,
    vector,
)
from helpers.maths.loss import softmax
from helpers.maths.optimisers import descend, rate_above_0

# Drawn once, rounded, and listed, so that they are the same on every machine.
X = np.array([0.05, 0.10, 0.14, 0.14, 0.17, 0.35, 0.40, 0.41, 0.41, 0.51,
              0.54, 0.59, 0.66, 0.69, 0.73, 0.75, 0.81, 0.90, 0.93, 0.94])  # fmt: skip
Y = np.array([2.44, 0.89, 0.49, 0.21, 0.86, -0.94, 1.43, 0.24, 0.78, 0.64,
              1.31, -0.97, -0.98, -1.34, -0.87, -2.06, -1.50, -1.14, -0.45,
              -0.11])  # fmt: skip
X_HELD_OUT = np.array([0.00, 0.11, 0.24, 0.27, 0.35, 0.41, 0.43, 0.45, 0.57, 0.58,
                       0.62, 0.62, 0.62, 0.66, 0.75, 0.88, 0.90, 0.90, 0.95,
                       0.96])  # fmt: skip
Y_HELD_OUT = np.array([1.25, 1.66, 0.39, 0.14, 0.66, 0.28, 0.67, 0.33, 0.16, 0.45,
                       -0.67, -0.52, -0.66, -1.24, -1.85, -0.89, -1.26, -0.58,
                       0.49, 0.08])  # fmt: skip
KNOBS = 16
STEPS = 1000  # of `fit`; the fits of the course are exact to 1e-12 by then


def _strength(value, name, given=None):
    strength = numbers(value, name)
    if strength.ndim or not 0 <= strength < np.inf:
        raise ValueError(f"{name} must be one number of at least 0, such as 0.1.")
    return float(strength)


def truth(x):
    """The two waves that the points were made from, without noise: (N,) -> (N,)."""
    return np.cos(np.pi * x) + 0.8 * np.cos(4 * np.pi * x)


@takes(x=vector, knobs=positive)
def waves(x, knobs):
    """The value of each wave at each point: (N,), int -> (N, K).

    Column k is cos kπx, so that column 0 is all ones. waves([0, 1], 3) is
    [[1, 1, 1], [1, -1, 1]].
    """
    return np.cos(np.pi * np.outer(x, np.arange(knobs)))


def mean_squared_error(w, x, y):
    """The mean of (model − y)²: (K,), (N,), (N,) -> float."""
    return float(np.mean((waves(x, len(w)) @ w - y) ** 2))


@takes(w=numbers, g=like("w", numbers), rate=rate_above_0, strength=_strength)
def l2_step(w, g, rate, strength):
    """A step on loss + strength · Σ w², g being the slopes of the loss: -> new w.

    The penalty's slope is 2 · strength · w, so every knob shrinks by the same share:
    weight decay. l2_step(0.5, 0, 0.1, 1) is 0.4.
    """
    return (1 - 2 * rate * strength) * w - rate * g


@takes(w=numbers, g=like("w", numbers), rate=rate_above_0, strength=_strength)
def l1_step(w, g, rate, strength):
    """A step on loss + strength · Σ |w| that can land on 0: -> new w.

    First the plain step, then every knob moves towards 0 by rate · strength and stops
    there (the proximal step, or soft threshold, of Daubechies, Defrise and De Mol
    2004). l1_step([0.5, 0.05], [0, 0], 0.1, 1) is [0.4, 0].
    """
    moved = w - rate * g
    shorter = np.maximum(np.abs(moved) - rate * strength, 0)
    return np.sign(moved) * shorter


def fit(x, y, knobs=KNOBS, l1=0.0, l2=0.0):
    """The knobs that make mean squared error + l1 · Σ |w| + l2 · Σ w² least: (K,).

    w₀, the height of the whole curve, is not penalised. With l1 = 0 it is a linear
    system; else `l1_step`, carried on by a momentum that starts anew whenever it
    points uphill (Beck and Teboulle 2009, O'Donoghue and Candès 2015).
    """
    A, free = waves(x, knobs), np.arange(knobs) == 0  # (N, K), (K,)
    if l1 == 0:
        # The penalty as K more points at height 0 that each pull at one knob.
        pull = np.sqrt(len(x) * l2) * np.eye(knobs)[~free]
        stacked = np.vstack([A, pull]), np.r_[y, np.zeros(knobs - 1)]
        return np.linalg.lstsq(*stacked, rcond=None)[0]
    rate = 1 / (2 * np.linalg.eigvalsh(A.T @ A / len(x))[-1] + 2 * l2)
    w = ahead = np.zeros(knobs)
    pace = 1.0
    for _ in range(STEPS):
        g = 2 * A.T @ (A @ ahead - y) / len(x) + 2 * l2 * ahead * ~free
        new = np.where(free, ahead - rate * g, l1_step(ahead, g, rate, l1))
        if np.abs(new - w).max() < 1e-14:
            break
        pace = 1.0 if (ahead - new) @ (new - w) > 0 else pace
        faster = (1 + np.sqrt(1 + 4 * pace**2)) / 2
        ahead = new + (pace - 1) / faster * (new - w)
        w, pace = new, faster
    return w


# the bigram as a network


@takes(W=matrix, counts=pair_counts)
def table_loss(W, counts):
    """Mean loss of the network on a text with these pairs: (V, V), (V, V) -> nats.

    Row i of W holds the logits after word i. It is the mean cross-entropy over all
    words of the text, with equal pairs taken together.
    """
    top = W.max(axis=1, keepdims=True)  # (V, 1)
    log_sum = top + np.log(np.exp(W - top).sum(axis=1, keepdims=True))  # (V, 1)
    return float(np.sum(counts * (log_sum - W)) / counts.sum())


@takes(W=matrix, counts=pair_counts)
def table_slopes(W, counts):
    """The slopes of `table_loss` along W, p − y for each word of the text: (V, V).

    Row i is how often word i stood before another, times p, minus the counts.
    """
    before = counts.sum(axis=1, keepdims=True)  # (V, 1)
    return (before * softmax(W) - counts) / counts.sum()


def learning_curve(counts, held_out, steps, rate=0.1):
    """Train the table with Adam: losses after each step, on both texts.

    `counts` and `held_out` are pair counts (V, V). Starts from logits of 0. Returns
    two arrays (steps + 1,), the first loss being ln V.
    """
    start = np.zeros(np.shape(counts))
    path = descend("Adam", lambda W: table_slopes(W, counts), start, steps, rate)
    return tuple(
        np.array([table_loss(W, pairs) for W in path]) for pairs in (counts, held_out)
    )
