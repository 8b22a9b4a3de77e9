"""The numbers in the prose of 03_cross_entropy."""

from functools import cache
from math import e, exp, floor, log, log10

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import rel_entr, softmax
from scipy.stats import entropy

from helpers import language
from helpers.rounds.stories import QUESTIONS

V = len(language.VOCABULARY)
LOGITS = np.array([2.0, 1.0, 0.0, -1.0])
P = softmax(LOGITS)  # (4,)
P1 = np.array([0.40, 0.30, 0.15, 0.10, 0.05])
AFTER = np.log(P1) - (P1 - [0, 1, 0, 0, 0])  # one step downhill
TRUTH, MODEL = np.array([1 / 2, 1 / 4, 1 / 4]), np.array([1 / 4, 1 / 4, 1 / 2])
LARGEST = np.finfo(np.float64).max
WRONG = 1 / (1 + exp(5))  # the truth's probability at logit −5

# A hundred words by hand, with the logarithms as rounded in the text.
BY_HAND = 60 * 0.693, 30 * 1.386, 10 * 2.996
SURE = 63 * -log(0.7)  # 63 of the 64 losses
ONE_MILLIONTH = -log(1e-6)


def squared_error_slope(z):
    p = 1 / (1 + exp(-z))
    return -2 * p * (1 - p) ** 2


STEEPEST = minimize_scalar(squared_error_slope, bounds=(-8, 8), method="bounded")


@cache
def shares():
    """The counted bigram (V, V) and unigram (V,), straight from the text."""
    text = language.train()
    pairs = np.zeros((V, V))
    np.add.at(pairs, (np.r_[0, text[:-1]], text), 1)
    return pairs / pairs.sum(axis=1, keepdims=True), pairs.sum(axis=0) / len(text)


@cache
def held_out_losses():
    """Mean loss of unigram, bigram and the exact model on the held-out text."""
    text = language.held_out()
    bigram, unigram = shares()
    rows = np.r_[0, text[:-1]]
    exact = language.losses(text).mean()
    return -np.log(unigram[text]).mean(), -np.log(bigram[rows, text]).mean(), exact


@cache
def round_losses():
    """Mean loss of the bigram and of the exact model in the six rounds."""
    bigram, ids = shares()[0], {w: i for i, w in enumerate(language.VOCABULARY)}
    seen, known = [], []
    for said, _, came in QUESTIONS:
        word = ids[came.lower()]
        seen.append(-log(bigram[ids[language.words(said)[-1]], word]))
        known.append(-log(language.next_word(said)[word]))
    return np.mean(seen), np.mean(known)


def kl_on(count):
    """Mean KL divergence of the bigram on the first words of the held-out text."""
    text = language.held_out()[:count]
    rows = shares()[0][np.r_[0, text[:-1]]]
    return rel_entr(language.next_words(text), rows).sum(axis=1).mean()


UNIGRAM, BIGRAM, EXACT = held_out_losses()

GIVEN = {
    "210": "minutes to read",
    "60": "words of the 100, an example of E3",
    "75": "the factor is checked below",
    ".3": "digits in an f-string",
    "1e-5": "the step of the exercise, the default of the reference",
    "40%": "where to drag, half of 0.80",
    "-1": "a logit of the example; a slope that the text derives",
    "0.1": "a temperature to try",
    "123": "E6",
    "456": "E6",
    "789": "E6",
    "0.40": "P1",
    "0.30": "P1",
    "0.15": "P1, P2",
    "0.10": "P1",
    "0.05": "P1, P2; an example of E3",
    "0.3": "P1, and half of it",
    "0.5": "an example",
    "0.60": "P2",
    "0.20": "P2",
    "0.80": "P4",
    "80%": "where to drag",
    "100%": "where to drag",
    "0%": "where to drag",
    "0.25": "an example of E3; the slope at z = 0, checked below",
    "30": "words of the 100, an example of E3; Shannon's volume",
    "64": "E3",
    "63": "E3, all but one",
    "0.7": "an example of E3",
    "0.000001": "an example of E3",
    "10000": "E5",
    "0.01": "an example",
    "0.8": "E4",
    "0.2": "E4; five words alike",
    "0.6": "E4; Shannon 1951, the lower bound",
    "0.4": "E4",
    "-5": "a logit to look at",
    "1.3": "Shannon 1951, the upper bound",
    "1951": "a year",
    "2006": "a year",
    "2016": "a year",
    "6.2": "a section",
    "2000": "words to check on",
}
NUMBERS = {
    "2.66": -log(0.07),  # 30 % of the 90 that gave way, of the 20 that are left
    "2.718": (e, P[0] / P[1]),
    "7.389": e**2,
    "0.368": exp(-1),
    "11.475": np.exp(LOGITS).sum(),
    "0.644": P[0],
    "1.8": LARGEST / 1e308,
    "10^308": 10.0 ** floor(log10(LARGEST)),
    "709": floor(log(LARGEST)),
    "710": floor(log(LARGEST)) + 1,
    "-666": 123 - 789,
    "-333": 456 - 789,
    "10^-289": 10.0 ** round(log10(exp(-666))),
    "0.693": log(2),
    "1.386": log(4),
    "2.996": -log(0.05),
    "1.204": -log(0.30),
    "1.2": -log(0.30),
    "0.511": -log(0.60),
    "0.223": -log(0.80),
    "1.897": -log(0.15),
    "0.916": -log(0.40),
    "1.609": log(5),
    "100": (60 + 30 + 10, 1 / 0.01),
    "41.58": BY_HAND[:2],
    "29.96": BY_HAND[2],
    "113.12": sum(BY_HAND),
    "1.131": (sum(BY_HAND) / 100, 0.6 * log(2) + 0.3 * log(4) - 0.1 * log(0.05)),
    "3.10": 0.5**-0.6 * 0.25**-0.3 * 0.05**-0.1,
    "3.1": 0.5**-0.6 * 0.25**-0.3 * 0.05**-0.1,
    "0.357": -log(0.7),
    "0.001": 1e-3,
    "6.908": -log(0.001),
    "24%": -log(0.001) / (SURE - log(0.001)),
    "38%": ONE_MILLIONTH / (SURE + ONE_MILLIONTH),
    "2.303": log(10),
    "9.210": log(10_000),
    "1.792": log(6),
    "96": V,
    "1/96": 1 / V,
    "4.564": log(V),
    "14.142": (2 * 100) ** 0.5,
    "9.006001": 3.001**2,
    "8.994001": 2.999**2,
    "0.012": 3.001**2 - 2.999**2,
    "0.002": 3.001 - 2.999,
    "-0.70": P1[1] - 1,
    "0.634": -log(softmax(AFTER)[1]),
    "0.04": (0.8 - 0.6) ** 2,
    "0.16": 0.4**2 + 0,
    "0.08": 2 * (0.8 - 0.6) ** 2,
    "-2": -2,  # the factor in the slope, checked by 0.0132
    "0.9933": 1 - WRONG,
    "0.0132": -squared_error_slope(-5),
    "-0.693": STEEPEST.x,
    "-0.296": STEEPEST.fun,
    "1.213": entropy(TRUTH) + entropy(TRUTH, MODEL),
    "1.040": entropy(TRUTH),
    "0.173": entropy(TRUTH, MODEL),
    "20000": language.TRAIN_STORIES,
    "5000": language.HELD_OUT_STORIES,
    "2.386": round_losses()[0],
    "10.87": exp(round_losses()[0]),
    "1.68": exp(round_losses()[1]),
    "0.340": (EXACT, language.entropy_per_word()),
    "1.355": BIGRAM,
    "1.015": BIGRAM - language.entropy_per_word(),
    "1.02": kl_on(2000),
    "51.6": exp(UNIGRAM),
    "3.88": exp(BIGRAM),
    "1.40": exp(EXACT),
}
assert round((1 - WRONG) / -squared_error_slope(-5)) == 75
assert squared_error_slope(0) == -0.25
assert abs(1 / (1 + exp(-STEEPEST.x)) - 1 / 3) < 1e-4  # where it pulls hardest
