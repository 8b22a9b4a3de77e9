"""The numbers in the prose of 07_attention."""

from math import e, log, sqrt

import numpy as np
from scipy.special import softmax

from helpers import language
from helpers.figures.attention.width import WIDTHS, weights
from helpers.maths.attention import cache_bytes, count_parameters, multiplications
from helpers.maths.models import WindowMLP
from helpers.maths.transformer import Config, stories

CONFIG = Config()
V, T, D = CONFIG.vocabulary, CONFIG.context, CONFIG.width
L, H = CONFIG.layers, CONFIG.heads
OURS, GPT2, GPT3 = (V, T, D, L), (50257, 1024, 768, 12), (50257, 2048, 12288, 96)

# Three words, red, kite and the: a query, a key and a value each.
QUERIES = np.array([[0, 2, 0, 0], [2, 0, 0, 0], [2, 1, 0, 0]])
KEYS = np.array([[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0]])
SCORES = QUERIES @ KEYS.T / sqrt(4)  # (3, 3)
WEIGHTS = softmax(SCORES + np.triu(np.full((3, 3), -np.inf), 1), axis=1)
MIXES = WEIGHTS @ (10 * np.eye(3))
assert (SCORES[2] == [2, 1, 0]).all()

NORMED = np.array([-3, -1, 1, 3]) / np.array([2, 4, 6, 8]).std()
STEP = softmax([1, 2, 3])  # the scores of the exercise's cached step
STEPPED = STEP @ [[10, 0], [0, 10], [1, 1]]
GPT3_CACHE = cache_bytes(96, 96, 128, 2048)
STORY = (
    "one evening mia took a green kite to the farm . she came home without it . "
    "ben went there and found the"
)
LOST = STORY.split()


def largest(d, divided):
    """The largest of 16 weights, in the mean of the picture's draws."""
    return weights(divided)[WIDTHS.index(d)].max(axis=1).mean()


def crossing(V, T, D, L):
    """How many words looked at make both parts of the work equal."""
    linear, one = multiplications(V, 1, D, L)
    return linear / one


def anew(N):
    """Multiplications for word N where nothing was kept: all places again."""
    return sum(sum(multiplications(V, n, D, L)) for n in range(1, N + 1))


def trained_on(steps, batch):
    """Words that so many steps read, in the mean: a story and its [end] each."""
    _, targets = stories(language.train(), T)  # (S, T), filled up with -100
    return steps * batch * (targets >= 0).sum().item() / len(targets)


_floor = language.entropy_per_word()
FIVE = "five trainings, each from another random start; the notebook measures its own"

GIVEN = {
    # sizes of published models
    "50257": "GPT-2's vocabulary",
    "1024": "GPT-2's context",
    "768": "GPT-2's width",
    "2048": "GPT-3's context",
    "2015": "a year",
    "2017": "a year",
    "2019": "a year",
    "2021": "a year",
    "2023": "a year",
    "360": "minutes, those of a new reader",
    "60": "at most so many lines, see tests/maths/test_grown_transformer.py",
    "100": "places further on, an example",
    "100%": "all of the attention",
    "600": "steps without a mask, in the cell below",
    "2100": "steps, in the cell below",
    "0.1": "an example of a slope; one of five trainings",
    "6.6": "the loss of an untrained model, five starts: 6.5 to 6.8",
    "300": "stories, in the cells",
    "-100": "models.PADDING",
    "0.426": "bound in 06, from the grammar",
    "0.69": FIVE,
    "0.73": FIVE,
    "54": FIVE,
    "58": FIVE,
    "0.4": FIVE,
    "3.9": FIVE,
    "0.12": FIVE,
    "-1": "the lower of two numbers, of a coin and of an example",
    "-3": "a distance from the mean: 2 - 5",
    "50": "layers at the start of the figure",
    "30": "tests/maths/test_depth.py tries every setting; millions in the figure",
    "0.00001": "the usual eps",
    "0.46": "trained in 06, in a band that the notebook itself checks",
    "0.354": FIVE,
    "0.358": FIVE,
    "0.98": FIVE,
    "0.28": FIVE,
    "0.99": FIVE,
    "0.25": FIVE,
    "1.2": FIVE,
}
NUMBERS = {
    "17": 16 + 1,
    "18": (len(LOST) - LOST.index("green"), 16 + 2),
    # a soft look-up
    "7.389": e**2,
    "2.718": e,
    "0.665": (WEIGHTS[2, 0], STEP[2]),
    "0.245": (WEIGHTS[2, 1], STEP[1]),
    "0.090": (WEIGHTS[2, 2], STEP[0]),
    "6.65": MIXES[2, 0],
    "2.45": MIXES[2, 1],
    "0.90": MIXES[2, 2],
    # the root
    "16": 2**4,
    "256": 2**8,
    "-2": -1 - 1,
    "8.0": 8.0,
    "64": T,
    "512": WIDTHS[-1],
    "0.44": largest(4, False),
    "0.83": largest(64, False),
    "0.94": largest(512, False),
    "0.24": [largest(d, True) for d in (4, 64, 512)],
    # the mask
    "0.731": softmax([2, 3])[1],
    "0.269": softmax([2, 3])[0],
    "2.69": 10 * softmax([2, 3])[0],
    "7.31": 10 * softmax([2, 3])[1],
    "0.881": WEIGHTS[1, 0],
    "8.81": MIXES[1, 0],
    "0.340": _floor,
    # the road and the norm
    "0.1^10": 0.1**10,
    "10^-10": 0.1**10,
    "2.59": 1.1**10,
    "-1.342": NORMED[0],
    "-0.447": NORMED[1],
    "0.447": NORMED[2],
    "1.342": NORMED[3],
    # counting
    "96": (V, 96),
    "48": D,
    "24": (4 * (4 + 2), 16 + 8),
    "94": count_parameters(5, 3, 2, 1),
    "124439808": count_parameters(*GPT2),
    "312": crossing(*OURS),
    "6702": crossing(*GPT2),
    "73990": crossing(*GPT3),
    "600000": 600_000,
    "0.2": 6 * count_parameters(*OURS) * 600_000 / 1e12,
    "20": (6 * count_parameters(*OURS) * 600_000 / 1e10 // 10 * 10, 9 + 1 + 1 + 9),
    # training
    "4.56": log(V),
    "5000": len(stories(language.held_out(), T)[1]),
    "0.693": log(2),
    "595000": round(trained_on(2100, 8), -3),
    "307000": round(600 * 512, -3),
    "63968": sum(one.numel() for one in WindowMLP(V, window=16).parameters()),
    "64320": count_parameters(*OURS),
    # the cache
    "1.57": STEPPED[0],
    "3.11": STEPPED[1],
    "58.6": anew(64) / sum(multiplications(V, 64, D, L)),
    "192": 2 * L * D,
    "49": cache_bytes(L, H, D // H, T, 4) / 1000,
    "4.7": GPT3_CACHE / 2048 / 1e6,
    "9.66": GPT3_CACHE / 1e9,
    "2.42": cache_bytes(96, 24, 128, 2048) / 1e9,
    "65": T + 1,
}
