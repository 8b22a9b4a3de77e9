"""Leaf or flower: a small set of things with labels, and a small network for it.

A thing is (R, G, B, volume): its mean colour, each part from 0 to 255, and its size
in cm³. The course draws the things itself, from the normal distributions in KINDS,
so that nothing is downloaded and the best possible answer is known.
"""

import random
from statistics import NormalDist

import numpy as np

from helpers.maths.inputs import columns_for, like, one_for_each_row, takes, vector

LEAF = (32, 107, 56, 11.2)  # the course's example
LABELS = ("leaf", "flower")
WANTED = {"leaf": (0.8, 0.2), "flower": (0.2, 0.8)}

# label, how many, then mean and standard deviation of red and of volume
KINDS = {
    "green leaf": ("leaf", 30, (40, 14), (11, 1.8)),
    "orange flower": ("flower", 14, (190, 25), (11, 4.5)),
    "green bud": ("flower", 8, (50, 18), (3.2, 1.0)),
    "green bloom": ("flower", 8, (50, 18), (19, 1.5)),
}
GREEN, BLUE = (105, 15), (60, 15)  # alike for every kind: they tell nothing

# What is taken away from R, G, B and volume, and what they are then divided by.
CENTRE = np.array([96, 96, 96, 10])  # (4,)
WIDTH = np.array([64, 64, 64, 5])  # (4,)

RATE, EPOCHS = 0.3, 100  # of the training that the notebook shows
ASKED = ((2, 5), (8, 26), (2, 58), (3, 16))  # draws, and places in them, to ask about


def things(seed=0):
    """The labelled set: a list of 60 pairs ((R, G, B, volume), label), LEAF first.

    Drawn by inverse CDF from random.random and rounded, the same on any machine.
    """
    rng = random.Random(seed)
    drawn = [
        (_thing(rng, red, volume), label)
        for label, count, red, volume in KINDS.values()
        for _ in range(count)
    ]
    drawn[0] = (LEAF, "leaf")
    return drawn


def _thing(rng, red, volume):
    colours = [min(max(round(_draw(rng, kind)), 0), 255) for kind in (red, GREEN, BLUE)]
    return *colours, round(_draw(rng, volume), 1)


def _draw(rng, kind):
    return NormalDist(*kind).inv_cdf(rng.random())


def scaled(samples):
    """Inputs of about the same size, around 0: (..., 4) -> (..., 4)."""
    return (np.asarray(samples, dtype=float) - CENTRE) / WIDTH


def arrays(seed=0):
    """Scaled inputs (N, 4) and wanted outputs (N, 2) of `things`."""
    samples, labels = zip(*things(seed), strict=True)
    return scaled(samples), np.array([WANTED[label] for label in labels])


def probability_of_leaf(thing):
    """P(leaf | thing) by Bayes' rule from the distributions in KINDS -> float.

    Green and blue are alike for every kind, so they cancel.
    """
    red, volume = thing[0], thing[3]
    weights = dict.fromkeys(LABELS, 0.0)
    for label, count, *kinds in KINDS.values():
        of_red, of_volume = (NormalDist(*kind) for kind in kinds)
        weights[label] += count * of_red.pdf(red) * of_volume.pdf(volume)
    return weights["leaf"] / sum(weights.values())


# The network: 4 inputs, hidden units with tanh, 2 outputs.


def start(hidden=3, seed=2):
    """Weights to begin with: W1 (H, 4), b1 (H,), W2 (2, H), b2 (2,), in a list.

    The weights are drawn evenly from -0.5 to 0.5 and rounded, the biases are 0.
    """
    rng = random.Random(seed)

    def drawn(rows, columns):
        return np.array(
            [[round(rng.random() - 0.5, 2) for _ in range(columns)]
             for _ in range(rows)]
        )  # fmt: skip

    return [drawn(hidden, 4), np.zeros(hidden), drawn(2, hidden), np.zeros(2)]


@takes(
    x=vector,
    W1=columns_for("x"),
    b1=one_for_each_row("W1"),
    W2=columns_for("b1"),
    b2=one_for_each_row("W2"),
)
def forward_pass(x, W1, b1, W2, b2):
    """The outputs for one thing: (D,), (H, D), (H,), (K, H), (K,) -> (K,).

    ValueError where the sizes do not fit together. With one input, one hidden unit
    and one output, forward_pass([0], [[1]], [0], [[2]], [3]) is [3].
    """
    hidden = np.tanh(W1 @ x + b1)  # (H,)
    return W2 @ hidden + b2  # (K,)


def outputs(weights, inputs):
    """`forward_pass` for all things at once: inputs (..., 4) -> (..., 2)."""
    W1, b1, W2, b2 = weights
    return np.tanh(inputs @ W1.T + b1) @ W2.T + b2


def squared_error(got, wanted):
    """Squared error over the two outputs, mean over the samples: (N, 2) -> float."""
    return float(((got - wanted) ** 2).sum(axis=-1).mean())


def mistakes(got, wanted):
    """Which samples get the wrong label: (N, 2), (N, 2) -> (N,) of True or False."""
    return got.argmax(axis=-1) != wanted.argmax(axis=-1)


def gradient(weights, inputs, wanted):
    """Slopes of the squared error along every weight, shaped like `weights`.

    The chain rule written out for this one network.
    """
    W1, b1, W2, b2 = weights
    hidden = np.tanh(inputs @ W1.T + b1)  # (N, H)
    by_output = 2 * (hidden @ W2.T + b2 - wanted) / len(inputs)  # (N, 2)
    by_sum = (by_output @ W2) * (1 - hidden**2)  # (N, H) before tanh
    return [by_sum.T @ inputs, by_sum.sum(0), by_output.T @ hidden, by_output.sum(0)]


def train(weights, inputs, wanted, rate=RATE, epochs=EPOCHS):
    """Gradient descent on all samples at once: the weights at each epoch, a list.

    The first is the start, so the list has epochs + 1 entries.
    """
    history = [weights]
    for _ in range(epochs):
        slopes = gradient(weights, inputs, wanted)
        weights = [w - rate * s for w, s in zip(weights, slopes, strict=True)]
        history.append(weights)
    return history


@takes(w=vector, x=like("w", vector))
def training_step(w, x, wanted, rate):
    """One step of gradient descent for one linear unit: (D,), (D,) -> (D,).

    The unit gives w · x, its loss is (w · x - wanted)², and the new weights are
    w - rate · slope. ValueError unless w and x have one length.
    training_step([0.5], [2], 0, 0.1) is [0.1].
    """
    miss = w @ x - wanted
    slope = 2 * miss * x  # (D,) the chain rule: outside times inside
    return w - rate * slope


def questions():
    """Rounds of "you are the model": (said, words, truth, models), four of them.

    The things are new ones, drawn as the others were; the exact model is Bayes' rule.
    """
    asked = [things(seed)[k] for seed, k in ASKED]
    rounds = []
    for thing, label in asked:
        red, green, blue, volume = thing
        leaf = probability_of_leaf(thing)
        exact = leaf if label == "leaf" else 1 - leaf
        said = (
            f"Red {red}, green {green}, blue {blue}, volume {volume} cm³: "
            "is it a leaf or a flower?"
        )
        models = {"even bars": 0.5, "exact": exact}
        rounds.append((said, list(LABELS), LABELS.index(label), models))
    return rounds
