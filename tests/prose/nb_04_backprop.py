"""The numbers in the prose of 04_backprop."""

from functools import cache
from math import log, sqrt, tanh

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import expit, softmax
from scipy.stats import norm

from helpers.figures.autograd import tug
from helpers.maths import autograd
from helpers.maths import leaf_or_flower as lf
from helpers.maths.depth import WIDTH, factor, gradient_sizes

P = softmax([2.0, 1.0, 0.0, -1.0])  # (4,)
INPUTS, WANTED = lf.arrays()
RATE, SLOPE = 0.05, 2 * (0.6 - 0.8) * 0.5  # N3
KINDS = lf.KINDS


@cache
def run(hidden):
    """Losses and numbers of mistakes at every epoch."""
    got = [lf.outputs(w, INPUTS) for w in lf.train(lf.start(hidden), INPUTS, WANTED)]
    return (
        [((one - WANTED) ** 2).sum(axis=1).mean() for one in got],
        [(one.argmax(1) != WANTED.argmax(1)).sum() for one in got],
    )


def straight(red, volume, bias):
    """Mistakes of one unit without a bend."""
    leaf = red * INPUTS[:, 0] + volume * INPUTS[:, 3] + bias > 0.5
    return int((leaf != (WANTED[:, 0] > 0.5)).sum())


@cache
def fewest():
    """The fewest mistakes over every setting of the sliders."""
    ways, biases = np.arange(-10, 11) / 20, np.arange(21) / 20
    return min(straight(r, v, b) for r in ways for v in ways for b in biases)


@cache
def values_made():
    """Values that the whole training makes: a graph for each of 101 epochs."""
    parts = [np.vectorize(autograd.Value, otypes=[object])(p) for p in lf.start()]
    total = 0
    for x, y in zip(INPUTS, WANTED, strict=True):
        hidden = [
            sum((w * i for w, i in zip(row, x, strict=True)), b).tanh()
            for row, b in zip(parts[0], parts[1], strict=True)
        ]
        got = [
            sum((w * i for w, i in zip(row, hidden, strict=True)), b)
            for row, b in zip(parts[2], parts[3], strict=True)
        ]
        total += sum((g - t) ** 2 for g, t in zip(got, y, strict=True))
    return 101 * (len((total / 60).nodes()) - 23)


def exact(thing, truth):
    """P(truth | thing) by Bayes' rule, with scipy's densities."""
    leaf, flower = (
        sum(
            count * norm.pdf(thing[0], *red) * norm.pdf(thing[3], *volume)
            for label, count, red, volume in KINDS.values()
            if label == wanted
        )
        for wanted in lf.LABELS
    )
    return (leaf if truth == "leaf" else flower) / (leaf + flower)


ASKED = [exact(*lf.things(seed)[k]) for seed, k in lf.ASKED]
LOWEST = minimize_scalar(lambda w: sum(tug.loss(s, w) for s in tug.SAMPLES)).x
assert (0.6 - 0.8) ** 2 * 2 / 60 < 1 and values_made() > 350_000
assert abs(lf.scaled([thing for thing, _ in lf.things()])).max() < 3

GIVEN = {
    "280": "minutes to read",
    "10^10": "the step of the upright axis of helpers.figures.autograd.depth",
    "0.001": "a small step; the distance from 1 is checked below",
    "-1": "a slope of a difference; an input; an end of tanh",
    "0.5": "an example; the hidden value of N3; a start of weights",
    "-0.5": "a start of weights",
    "-1000": "an x whose power overflows",
    "1000": "the same in the power",
    "-1.2": "an example",
    "0.8": "E4",
    "0.2": "E4; an input of an exercise",
    "0.6": "E4",
    "0.4": "E4",
    "0.17": "N3",
    "0.515": "N3: what else comes to the output",
    "0.05": "N3: the rate",
    "-1.5": "a factor of an exercise",
    "-3": "a sum of an exercise; checked as the root of c + d below",
    "255": "the largest part of a colour",
    "30": "KINDS",
    "32": "N1",
    "107": "N1",
    "56": "N1",
    "11.2": "N1",
    "100": "an example of an input",
    "96": "what is taken from a colour, leaf_or_flower.CENTRE",
    "1.8": "KINDS",
    "40": "KINDS",
    "14": "KINDS",
    "190": "KINDS",
    "25": "KINDS; about the largest volume",
    "4.5": "KINDS",
    "50": "KINDS; the mistakes at the start, checked below",
    "17": "mistakes at epoch 10, checked below",
    "18": "KINDS",
    "3.2": "KINDS",
    "19": "KINDS",
    "1.5": "KINDS",
    "105": "GREEN",
    "15": "GREEN and BLUE",
    "60": "BLUE; the number of things",
    "350000": "a lower bound, checked below",
    "323": "a volume of Nature",
    "1986": "a year",
    "2010": "a year",
    "2015": "a year",
    "2020": "a year",
}
NUMBERS = {
    "36": ((3 * 2) ** 2, 2 * 6 * 3),
    "0.003": 3 * 0.001,
    "0.036": 36 * 0.001,
    "0.644": P[0],
    "0.237": P[1],
    "0.087": P[2],
    "0.032": P[3],
    "0.04": (0.6 - 0.8) ** 2,
    "0.08": 2 * (0.6 - 0.8) ** 2,
    "-0.2": (0.6 - 0.8, SLOPE),
    "-0.4": 2 * (0.6 - 0.8),
    "0.18": (0.17 - RATE * SLOPE, 2 * 0.3**2),
    "0.01": -RATE * SLOPE,
    "0.535": 0.515 - RATE * 2 * (0.6 - 0.8) * 1,
    "0.02": -RATE * 2 * (0.6 - 0.8) * 1,
    "0.002": RATE * SLOPE**2,
    "0.038": 0.04 - RATE * SLOPE**2,
    "0.57": (0.8 - 0.515) / 0.5,
    "0.345": 0.17 * -1 + 0.515,
    "64": lf.WIDTH[0],
    "0.24": (11.2 - 10) / 5,
    "-0.20": -0.2,
    "0.10": 0.1,
    "0.40": 0.4,
    "23": sum(part.size for part in lf.start()),
    "0.858": run(3)[0][0],
    "0.014": run(3)[0][100],
    "101": len(run(3)[0]),
    "-0.315": 0.2 - 0.515,
    "0.685": 0.17 + 0.515,
    "0.485": 0.17 + 0.515 - 0.2,
    "0.97": 2 * (0.17 + 0.515 - 0.2),
    "-0.138": LOWEST,
    "0.25": expit(0) * (1 - expit(0)),
    "48": WIDTH,
    "0.239": factor(gradient_sizes("sigmoid", 1.0, 30)),
    "0.69": factor(gradient_sizes("ReLU", 1.0, 30)),
    "0.71": 1 / sqrt(2),
    "1.4": sqrt(2),
    "0.173": -np.log(ASKED).mean(),
    "0.693": log(2),
    "0.70": min(ASKED),
}
assert ASKED[1] == min(ASKED)  # the second answer
assert [run(3)[1][epoch] for epoch in (0, 10)] == [9, 17]
assert straight(0.1, 0.1, 0.5) == 50  # where the sliders start
assert straight(-0.2, 0.1, 0.4) == fewest() == 8
assert [run(hidden)[1][-1] for hidden in (1, 2, 3)] == [10, 0, 0]
assert (-3 + 1) + (1 + 1) == 0  # c + d at a = -3 and b = 1
assert 1 - tanh(4) < 0.001
assert 0.5e-6 < 0.25**10 < 2e-6  # about one millionth
