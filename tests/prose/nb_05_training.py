"""The numbers in the prose of 05_training."""

from functools import cache
from math import exp, log

import numpy as np

from helpers import language
from helpers.figures.training import batches, fits, learning, race
from helpers.maths import ngrams
from helpers.maths.fitting import X_HELD_OUT, Y_HELD_OUT, X, Y, waves
from helpers.rounds import few_stories

V = len(language.VOCABULARY)
ETA, BETA = 0.1, 0.9
SPEEDS = [6.0]  # momentum on w² from 3, by hand
PLACES = [3.0, 3 - ETA * 6]
for _ in range(2):
    SPEEDS.append(BETA * SPEEDS[-1] + 2 * PLACES[-1])
    PLACES.append(PLACES[-1] - ETA * SPEEDS[-1])
WRONG = 1 / (1 + exp(5))  # the truth's probability at logit −5, as in 03


def least_squares(knobs):
    """Errors on the points and held out, by numpy."""
    w = np.linalg.lstsq(waves(X, knobs), Y, rcond=None)[0]
    pairs = (X, Y), (X_HELD_OUT, Y_HELD_OUT)
    return [np.mean((waves(x, knobs) @ w - y) ** 2) for x, y in pairs]


@cache
def least_held_out(kind):
    """(held-out error, strength) of the best strength on the slider."""
    return min((fits.penalised(kind, s)[2], s) for s in fits.STRENGTHS)


def two_waves():
    """The smallest strength of L1 that leaves the two true waves alone."""
    for strength in fits.STRENGTHS:
        if list(np.flatnonzero(fits.penalised("L1", strength)[0][1:]) + 1) == [1, 4]:
            return strength


PAIRS = ngrams.pair_counts(language.train(), V)
BIGRAM = ngrams.bigram(language.train(), V).loss(language.held_out())
TEN = learning.curves(10)[1]

GIVEN = {
    "150": "minutes to read",
    "0.1": "the learning rate; N7",
    "0.05": "a learning rate; a knob of the example",
    "0.2": "a learning rate; the edge is checked below",
    "0.3": "a learning rate; the loss (w − 0.3)²",
    "0.03": "a learning rate",
    "0.01": "a learning rate",
    "0.001": "a slope of the example; the usual rate of Adam",
    "-1": "the factor that the text derives",
    "-3": "the other side of 3",
    "100": "steps; the gradients of the noise cell",
    "20": "a curvature of the slider",
    "0.9": "the usual beta",
    "0.99": "the usual alpha",
    "0.999": "the usual beta2",
    "0.06": "a slope of the example",
    "-5": "a slope of the example",
    "512": "words a batch",
    "256": "words a batch",
    "200": "steps of the longer training",
    "0.5": "a knob of the example",
    "-0.5": "a knob of the example",
    "2015": "a year",
    "2017": "a year",
    "2009": "a year",
}
NUMBERS = {
    "1.14": BETA * 0.6 + (1 - BETA) * 6,
    "0.19": 1 - BETA**2,
    "0.9^2": BETA**2,
    "2.4": PLACES[1],
    "0.8": 1 - 2 * ETA,
    "21%": 0.95**30,
    "0.95^30": 0.95**30,
    "0.81": BETA**2,
    "4.8": 2 * PLACES[1],
    "10.2": SPEEDS[1],
    "1.38": PLACES[2],
    "0.186": PLACES[3],
    "11.94": SPEEDS[2],
    "2.9": 3 - ETA,
    "0.36": (1 - 0.99) * 6**2,
    "36": (6**2, 0.036 / (1 - 0.999)),
    "0.6": (((1 - 0.99) * 6**2) ** 0.5, (1 - BETA) * 6, 2 * 0.3),
    "0.036": (1 - 0.999) * 6**2,
    "20000": (2e4, language.TRAIN_STORIES),
    "1385": -(-len(language.train()) // 512),
    "50": race.STEPS,
    "96": V,
    "9216": V * V,
    "708698": len(language.train()),
    "353": (PAIRS > 0).sum(),
    "30": (30, few_stories.STOP, TEN.argmin()),
    "1.355": BIGRAM,
    "0.340": language.entropy_per_word(),
    "1000": 1000,
    "4.564": log(V),
    "0.9933": 1 - WRONG,
    "0.0132": 2 * WRONG * (1 - WRONG) ** 2,
    "0.040": least_squares(16)[0],
    "0.220": least_squares(5)[1],
    "22.965": least_squares(16)[1],
    "23%": few_stories.never_seen(),
    "2.354": TEN.min(),
    "2.754": TEN[200],
    "0.4": 0.5 - ETA,
    "-0.4": -0.5 + ETA,
    "0.230": least_held_out("L2")[0],
    "0.150": least_held_out("L1")[0],
    "0.316": (two_waves(), least_held_out("L2")[1]),
    "0.147": least_held_out("L1")[1],
}
assert [least_squares(k)[1] for k in range(1, 6)] == sorted(
    (least_squares(k)[1] for k in range(1, 6)), reverse=True
)
assert learning.curves(10)[0][200] < BIGRAM  # below the counted bigram
assert np.abs(np.subtract(*learning.curves(1000))).max() < 0.05  # one curve
assert abs(batches.fitted_power() + 0.5) < 0.02
assert least_held_out("L1")[1] < two_waves()
