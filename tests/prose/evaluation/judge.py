"""Entries for GIVEN and NUMBERS of nb_08_evaluation.py: section 8, the judge."""

import itertools
from math import comb, exp, log, sqrt

import numpy as np

from helpers.figures.evaluation.judge import TRUE, judged
from helpers.maths.evaluation.judging import (
    WIDE,
    bradley_terry,
    covariance,
    expected_win,
    gap_error,
    table_of_wins,
)
from helpers.rounds.judge import PULL, fitted, told_apart
from helpers.rounds.pairs import MODELS, MOST, shipped
from helpers.rounds.pairs import judged as by_grammar

_GAP = log(7 / 3)
_ERROR = 1 / sqrt(10 * 0.7 * 0.3)
_THREE = np.array([[0, 2, 1], [8, 0, 3], [9, 7, 0]])
_S3 = bradley_terry(_THREE)
_PAIRS = shipped()


def _places(one):
    """How many words each end has before its first impossible one."""
    found = [by_grammar(one["begins"], end)[1] for end in one["ends"]]
    return [MOST if place is None else place for place in found]


def _told_apart(choices):
    """How many pairs of models the twelve choices tell apart."""
    chosen = zip(_PAIRS, choices, strict=True)
    wins = [one["by"][:: 1 if side == "A" else -1] for one, side in chosen]
    return len(told_apart(table_of_wins(wins, len(MODELS))))


_FAR = [_places(one) for one in _PAIRS]
_BETTER = ["A" if a > b else "B" if b > a else "AB" for a, b in _FAR]
assert [_BETTER.count(side) for side in ("A", "B", "AB")] == [5, 3, 4]
assert max(map(_told_apart, itertools.product(*_BETTER))) == 2
for _one, _both in zip(_PAIRS, _FAR, strict=True):
    if sorted(_one["by"]) == [2, 3]:
        assert _both == [MOST, MOST]
# Nothing is surer than choices that leave all strengths equal: p(1 - p) is largest.
_SUREST = WIDE * np.sqrt(fitted(np.ones((4, 4)) - np.eye(4))[1][0, 0])
assert _SUREST > 1.1 and PULL == 0.1
assert _THREE.sum(axis=1).tolist() == [3, 11, 16]
_, _FIRST, _ = judged(80, 50, False, 100)
_, _BOTH, _ = judged(80, 50, True, 100)
_, _LONG, _LONG_C = judged(50, 80, True, 1000)
_, _SLIGHT, _ = judged(50, 55, True, 100)
assert _SLIGHT[2] > _SLIGHT[3]
_TRUE_GAP = TRUE["grammar"] - TRUE["Transformer"]
for _n, _told in ((200, False), (400, True)):
    _, _s, _c = judged(50, 50, True, _n)
    assert (_s[3] - _s[2] > WIDE * gap_error(_c, 3, 2)) == _told
for _n, _told in ((26, False), (27, True)):
    assert (WIDE / sqrt(_n * 0.21) < _GAP) == _told

GIVEN = {
    "80": "of 100 cases, an example",
    "80%": "where the slider is to be set",
    "55%": "where the slider is to be set; asserted above",
    "50": "a guess to choose from",
    "15": "a guess to choose from",
    "25": "a guess to choose from",
    "26": "asserted above",
    "27": "asserted above",
    "1.1": "asserted above",
    "100": "a shift of both strengths; of 100 trials",
    "100.847": "the gap of 0.847 on top of 100",
    "0.1": "PULL",
    "400": "choices in the cell, and the unit of Elo",
    "200": "judgements of each pair; asserted above",
    "1000": "a position of the slider",
    "0.6": "a gap to try",
    "1.2": "a gap to try",
    "20": "MOST; a bigram's choices in the example",
}
NUMBERS = {
    "0.5": expected_win(0, 0),
    "0.7": 7 / 10,
    "0.731": expected_win(1, 0),
    "0.847": _GAP,
    "0.424": _GAP / 2,
    "-0.424": -_GAP / 2,
    "7/3": exp(_GAP),
    "0.3": 3 / 10,
    "0.357": -log(0.7),
    "1.204": -log(0.3),
    "6.109": -7 * log(0.7) - 3 * log(0.3),
    "16": _THREE[2].sum(),
    "9.02": 10 * expected_win(_S3[2], _S3[0]),
    "17": 100 * sum(comb(10, k) for k in range(7, 11)) / 2**10,
    "2.1": 10 * 0.7 * 0.3,
    "0.690": _ERROR,
    "1.380": WIDE * _ERROR,
    "-0.53": _GAP - WIDE * _ERROR,
    "2.23": _GAP + WIDE * _ERROR,
    "0.2": 2 * WIDE / sqrt(400),
    "2.13": np.ptp(bradley_terry([[0, 2], [0, 0]], PULL)),
    "3.36": np.ptp(bradley_terry([[0, 10], [0, 0]], PULL)),
    "1.386": log(80 / 20),
    "1.00": TRUE["grammar"],
    "-0.04": _FIRST[3],
    "-1.50": TRUE["bigram"],
    "-0.44": _FIRST[0],
    "0.20": _TRUE_GAP,
    "0.14": _BOTH[3] - _BOTH[2],
    "-1.76": _LONG[3] - _LONG[2],
    "0.13": WIDE * gap_error(_LONG_C, 3, 2),
    "2400": 6 * 400,
    "173.7": 400 / log(10),
    "147": 400 / log(10) * _GAP,
}
# Four times as many choices, half the width.
assert np.isclose(
    gap_error(covariance(_S3, 4 * _THREE), 0, 1),
    gap_error(covariance(_S3, _THREE), 0, 1) / 2,
)
