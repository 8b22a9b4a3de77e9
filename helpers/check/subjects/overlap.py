"""08: BLEU, from the counts that are clipped to the penalty for what is short."""

import math
from statistics import mean

from helpers.check.exercise import Function
from helpers.maths.evaluation.overlap import brevity_penalty, clipped_precision, ngrams

NOTEBOOK = "08_evaluation"


def _say(text):
    return text.split()


THE = ["the"] * 4
KITE = _say("the red kite")
PARK = _say("anna went to the park")


def _words(rng, least=3):
    return rng.choice(list("abc"), int(rng.integers(least, 9))).tolist()


def _many(rng, least=2):
    return [_words(rng) for _ in range(int(rng.integers(least, 4)))]


def _kept(clip):
    """(kept, count), with clip(count, its counts in the references) for the least."""

    def precision(candidate, references, n):
        counts = ngrams(candidate, n)
        found = [ngrams(one, n) for one in references]
        kept = sum(clip(k, [one[gram] for one in found]) for gram, k in counts.items())
        return kept, counts.total()

    return precision


def _pair(change):
    """What change makes of (kept, count) and the arguments."""
    return lambda c, rs, n: change(*clipped_precision(c, rs, n), c, rs, n)


def _as_text(count):
    """n-grams looked for in the text of the references, letters and all."""

    def precision(candidate, references, n):
        counts, texts = ngrams(candidate, n), [" ".join(one) for one in references]
        kept = sum(
            min(k, max(count(text, " ".join(gram)) for text in texts))
            for gram, k in counts.items()
        )
        return kept, counts.total()

    return precision


def _any(k, found):
    return k if any(found) else 0


def _distinct(candidate, references, n):
    shared = set().union(*(ngrams(one, n) for one in references))
    return len(shared & set(ngrams(candidate, n)))


def _one_reference(choose):
    return lambda c, rs, n: choose([clipped_precision(c, [one], n) for one in rs])


def _last_left_out(candidate, references, n):
    return clipped_precision(candidate[:-1], [one[:-1] for one in references], n)


CLIPPED_PRECISION = Function(
    reference=clipped_precision,
    cases=(
        (THE, [["the", "kite"], ["on", "the", "mat", "the"]], 1),
        (_say("the kite went up"), [_say("up went the kite"), PARK], 2),
        (["the", "the", "the"], [["the", "park"], ["the", "kite"]], 1),
        (_say("a red kite"), [_say("tom had a red ball"), ["the", "kite"]], 1),
        (_say("an old he"), [_say("the old man"), ["anna"]], 1),
        (_say("the old"), [_say("the older man")], 2),
    ),
    random=lambda rng: (_words(rng), _many(rng), int(rng.integers(1, 4))),
    hard=(([], [["the"]], 1), (["the"], [["the", "kite"]], 2), (["the"], [[]], 1)),
    mistakes={
        "Nothing is clipped: {case}. A word counts at most as often as it stands in "
        "the reference that has it most often.": _kept(_any),
        "This clips at the sum of all references: {case}. Take the one that has it "
        "most often: the largest count, not the sum.": _kept(
            lambda k, found: min(k, sum(found))
        ),
        "Each reference is counted by itself, and all are added up: {case}. A word of "
        "the candidate is kept once, at the largest of its counts.": _kept(
            lambda k, found: sum(min(k, one) for one in found)
        ),
        "This clips at the smallest count: {case}. One reference that has the word is "
        "enough, so take the largest.": _kept(lambda k, found: min(k, *found)),
        "This clips at the mean count of the references: {case}. Take the largest.": (
            _kept(lambda k, found: min(k, mean(found)))
        ),
        "Only one reference is looked at: {case}. For each word take the largest of "
        "its counts in all of them.": (
            _one_reference(lambda found: found[0]),
            _one_reference(lambda found: found[-1]),
        ),
        "This takes the one reference that fits best: {case}. Each n-gram has a best "
        "reference of its own.": _one_reference(max),
        "Each n-gram counts once, as in a set: {case}. Count how often it stands.": (
            lambda c, rs, n: (_distinct(c, rs, n), len(ngrams(c, n))),
            lambda c, rs, n: (_distinct(c, rs, n), ngrams(c, n).total()),
        ),
        "This is the quotient: {case}. Return both numbers, (kept, count): a text of "
        "many sentences adds them up first.": _pair(
            lambda kept, count, *rest: kept / count if count else 0.0
        ),
        "The two are swapped: {case}. First how many are kept, then how many there "
        "are.": _pair(lambda kept, count, *rest: (count, kept)),
        "The count is that of the words: {case}. There are fewer n-grams than words, "
        "by n - 1.": _pair(lambda kept, count, c, rs, n: (kept, len(c))),
        "The count is that of the references: {case}. Precision asks how much of the "
        "candidate is right.": (
            _pair(lambda kept, _, c, rs, n: (kept, ngrams(rs[0], n).total())),
            _pair(
                lambda kept, _, c, rs, n: (
                    kept,
                    sum(ngrams(one, n).total() for one in rs),
                )
            ),
        ),
        "The count is that of the different n-grams: {case}. One that stands three "
        "times counts three.": _pair(
            lambda kept, count, c, rs, n: (kept, len(ngrams(c, n)))
        ),
        "This looks at single words alone: {case}. n says how many in a row.": (
            lambda c, rs, n: clipped_precision(c, rs, 1)
        ),
        "All lengths up to n are counted: {case}. Count those of n words alone.": (
            lambda c, rs, n: tuple(
                map(
                    sum,
                    zip(
                        *(clipped_precision(c, rs, k + 1) for k in range(n)),
                        strict=True,
                    ),
                )
            )
        ),
        "The last n-gram is missing: {case}. There are len(tokens) - n + 1 of "
        "them.": _last_left_out,
        "This finds letters within words: {case}. Compare words with words, not the "
        "texts that they make.": (
            _as_text(str.count),
            _as_text(lambda text, gram: len(text) * (gram in text)),
        ),
    },
    hints=(
        "ngrams(candidate, n) has the counts of the candidate, and ngrams(one, n) "
        "those of one reference.",
        "For each n-gram: the largest of its counts in the references, and of that and "
        "its count in the candidate the smaller.",
        "for gram in counts: kept += min(counts[gram], max(ngrams(one, n)[gram] for "
        "one in references)). The second number is sum(counts.values()).",
    ),
)


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
    ),
    random=lambda rng: (_words(rng, 2), _many(rng)),
    hard=(([], [PARK]),),
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
        "On a tie this takes the longer reference, or the first one: {case}. Of two "
        "equally close the shorter one counts.": (
            _length(_distance(-1)),
            _length(_distance(0)),
            _length(lambda c, lengths: _distance(0)(c, lengths[::-1])),
        ),
        "This takes the shortest reference: {case}. r is the length closest to "
        "c.": _length(lambda c, lengths: min(lengths)),
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


EXERCISES = [CLIPPED_PRECISION, BREVITY_PENALTY]
