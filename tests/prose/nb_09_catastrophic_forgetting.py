"""The numbers in the prose of 09_catastrophic_forgetting."""

from functools import cache
from math import log, radians, sin

import numpy as np

from helpers.maths.forgetting import diary, island, measure
from helpers.maths.forgetting.results import (
    SEEDS,
    STRENGTHS,
    at_same_learning,
    middle,
    shipped,
)

# F5: from (1, 4) straight to the line 4a + b = 13; F6: least squares.
NEAREST = np.array([1.0, 4.0]) + 5 * np.array([4.0, 1.0]) / 17
X, Y = np.array([2.0, 3.0, 4.0]), np.array([6.0, 7.0, 13.0])
AT = np.polyval(NEAREST, X)
AFTER = ((Y - AT) ** 2).sum()
LEAST = np.polyfit(X, Y, 1, full=True)[1][0]

RESULTS = shipped()
BEFORE, NOTHING, JOINT = (
    np.mean(RESULTS[name][None], axis=0) for name in ("before", "nothing", "joint")
)
NOTES = [island.note(fact) for fact in island.facts()]
KIM = sum("kim" in note for note in NOTES)


@cache
def own_words():
    return len(island.VOCABULARY) - len(measure.language.VOCABULARY)


GIVEN = {
    "0.33": "one run",
    "0.11": "one run",
    "20": "one run, a step",
    "230": "minutes to read",
    "0.005": "the rate, bound below",
    "1.64": "the least of three models that learned B alone, in 1,100 steps of 512",
    "1.88": "the most of the three",
    "1.78": "the upper line of the picture, an argument of watch_forgetting",
    "2900": "below the least of three ratios at 4,096 samples",
    "4100": "about the most of the three",
    "128": "half of a batch of 256",
    "0.16": "three replay runs with 128 old and 128 new windows: 0.163 to 0.165",
    "100": "a strength of STRENGTHS",
    "600": "steps of learning to read",
    "90": "an angle",
    "13": "F3",
    "17": "F5: 4 · 4 + 1",
    "200": "steps in the cell",
    "45": "F7",
    "15": "F7: an angle; how many words the island has of its own, bound below",
    "30": "F7",
    "300": "steps of fine-tuning, helpers.maths.forgetting.measure.THEN",
    "0.1": "a share; the other word's probability",
    "256": "the batch of helpers.maths.forgetting.tuning",
    "0.9": "the first word's probability",
    "0.5": "how far both weights moved; BM25's constant",
    "0.02": "an information",
    "512": "samples in the cell",
    "1.0": "a share",
    "0.20": "where the curves are read; replay with half batches: 0.198 to 0.204",
    "0.15": "where the curves are read; joint training, bound below",
    "100000": "a strength of STRENGTHS",
    "24": "facts and notes, bound below; volume of a journal",
    "1989": "year", "1999": "year", "114": "volume", "2017": "year", "2018": "year",
    "2021": "year", "2024": "year", "2020": "year", "2009": "year",
}  # fmt: skip
AT_02 = {name: middle(runs)[0] for name, runs in at_same_learning(RESULTS, 0.2).items()}
NUMBERS = {
    "4096": measure.SAMPLES,
    "0.244": AT_02["EWC, wrong Fisher"],
    "0.232": AT_02["EWC"],
    "20/17": NEAREST[0] - 1,
    "5/17": NEAREST[1] - 4,
    "2.176": NEAREST[0],
    "4.294": NEAREST[1],
    "8.647": AT[0],
    "10.824": AT[1],
    "21.626": AFTER,
    "4.167": LEAST,
    "17.46": AFTER - LEAST,
    "0.0625": sin(radians(30)) ** 2 / 4,
    "111": len(island.VOCABULARY),
    "0.14": (BEFORE[0], NOTHING[1]),
    "0.50": NOTHING[0],
    "0.22": (NOTHING[0] - BEFORE[0]) / (1.78 - BEFORE[0]),
    "12000": diary.WORDS,
    "0.95": BEFORE[1],
    "0.13": JOINT[1],
    "-0.9": -0.9,
    "0.01": 0.1**2,
    "0.81": 0.9**2,
    "0.09": 0.9 * 0.1,
    "0.25": 0.5**2,
    "126": sum(map(len, STRENGTHS.values())) * len(SEEDS),
    "22.5": len(NOTES) - KIM + 0.5,
    "2.5": KIM + 0.5,
    "2.303": log(10),
}
assert len(NOTES) == 24 and KIM == 2 and own_words() == 15
assert round(JOINT[0], 2) == 0.15 and 100_000 in STRENGTHS["EWC, wrong Fisher"]
assert measure.THEN == 300
assert measure.RATE == 0.005
