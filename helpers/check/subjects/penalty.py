"""08: BLEU's penalty for what is short."""

import math
from statistics import mean

from helpers.check.exercise import Function
from helpers.check.subjects.overlap import PARK, say, some_sentences, some_words
from helpers.maths.evaluation.overlap import brevity_penalty

NOTEBOOK = "08_evaluation"

KITE = say("the red kite")


def _closest(candidate, references):
    c = len(candidate)
    return min((abs(len(one) - c), len(one)) for one in references)[1]


def _penalty(c, r):
    return min(1.0, math.exp(1 - r / c)) if c else 0.0


def _length(choose):
    """The penalty, with r chosen from c and the lengths of the references."""
    return lambda c, rs: _penalty(len(c), choose(len(c), [len(one) for one in rs]))


def _formula(value, always=False):
    """The formula, with value(c, r) in place of e^(1 − r/c)."""

    def penalty(candidate, references):
        c, r = len(candidate), _closest(candidate, references)
        return value(c, r) if always or c < r else 1.0

    return penalty


def _distance(n):
    return lambda c, lengths: min(lengths, key=lambda r: (abs(r - c), n * r))


BREVITY_PENALTY = Function(
    reference=brevity_penalty,
    cases=(
        (KITE, [PARK]),
        (KITE, [[*PARK, "."], PARK]),
        ([*PARK, "."], [PARK]),
        (KITE, [["kites"], PARK]),
        (PARK, [KITE[1:], [*PARK, "by", "car"], [*PARK, "."]]),
        (KITE, [[*KITE, "."], ["a", "kite"], PARK]),
        (KITE, [["a", "kite"], PARK]),
        (PARK, [[*PARK, "."], ["kites"]]),
    ),
    random=lambda rng: (some_words(rng, 2), some_sentences(rng)),
    hard=(([], [PARK]),),
    surest={
        "On a tie this takes the longer reference, or the first one: {case}. Of two "
        "equally close the shorter one counts.": (
            _length(_distance(-1)),
            _length(_distance(0)),
            _length(lambda c, lengths: _distance(0)(c, lengths[::-1])),
        ),
    },
    mistakes={
        "There is no limit at 1: {case}. A candidate that is longer than r has a "
        "penalty of 1, and no reward.": _formula(
            lambda c, r: math.exp(1 - r / c), always=True
        ),
        "c and r are swapped: {case}. c is the length of the candidate, and r stands "
        "above it: r/c.": (
            _formula(lambda c, r: math.exp(1 - c / r)),
            lambda c, rs: _penalty(_closest(c, rs), len(c)),
            _formula(lambda c, r: math.exp(1 - c / r), always=True),
        ),
        "This takes the shortest reference: {case}. r is the length closest to c: the "
        "least abs(r - c), with abs.": _length(lambda c, lengths: min(lengths)),
        "This takes the longest reference: {case}. r is the length closest to "
        "c.": _length(lambda c, lengths: max(lengths)),
        "This takes the mean length: {case}. r is the length of one reference, the "
        "closest.": (
            _length(lambda c, lengths: mean(lengths)),
            _length(lambda c, lengths: round(mean(lengths))),
        ),
        "This adds up the lengths: {case}. r is the length of one reference, the "
        "closest.": _length(lambda c, lengths: sum(lengths)),
        "This takes the reference that comes first, or last: {case}. r is the length "
        "closest to c.": (
            _length(lambda c, lengths: lengths[0]),
            _length(lambda c, lengths: lengths[-1]),
        ),
        "This takes the number of references: {case}. r is the length of the closest "
        "one, in words.": _length(lambda c, lengths: len(lengths)),
        "This takes the reference that is farthest away: {case}. Of the distances "
        "abs(r - c) the smallest counts.": _length(
            lambda c, lengths: max(lengths, key=lambda r: (abs(r - c), -r))
        ),
        "This is the distance, and not the length: {case}. r is the length of the "
        "closest reference.": _length(
            lambda c, lengths: min(abs(r - c) for r in lengths)
        ),
        "This is c/r itself: {case}. The penalty is e to the power of 1 - "
        "r/c.": _formula(lambda c, r: c / r),
        "This is r/c itself: {case}. The penalty is np.exp(1 - r / c).": _formula(
            lambda c, r: r / c
        ),
        "The 1 is missing: {case}. It is e to the power of 1 - r/c.": (
            _formula(lambda c, r: math.exp(-r / c)),
            _formula(lambda c, r: math.exp(-r / c), always=True),
        ),
        "This is the power itself: {case}. Put it into np.exp.": (
            _formula(lambda c, r: 1 - r / c),
        ),
        "The sign is turned round: {case}. It is 1 - r/c, which is below 0 for a "
        "short candidate.": _formula(lambda c, r: math.exp(r / c - 1)),
        "This counts letters: {case}. Lengths are numbers of words.": (
            lambda c, rs: _penalty(
                len("".join(c)), _closest("".join(c), ["".join(one) for one in rs])
            ),
            lambda c, rs: _penalty(
                len(" ".join(c)), _closest(" ".join(c), [" ".join(one) for one in rs])
            ),
        ),
        "This is 0 or 1: {case}. A short candidate keeps a part, e to the power of "
        "1 - r/c.": _formula(lambda c, r: 0.0),
        "This punishes the long candidates and not the short ones: {case}. If c is "
        "smaller than r, it is np.exp(1 - r / c).": lambda c, rs: (
            math.exp(1 - r / len(c)) if len(c) > (r := _closest(c, rs)) else 1.0
        ),
    },
    hints=(
        "First r: of all len(reference) the one with the smallest abs(len(reference) "
        "- c).",
        "min of pairs (distance, length) settles a tie too: the smallest distance, and "
        "of equal ones the smallest length.",
        "If c >= r return 1.0. If c is 0 return 0.0. Else return np.exp(1 - r / c).",
    ),
)


EXERCISES = [BREVITY_PENALTY]
