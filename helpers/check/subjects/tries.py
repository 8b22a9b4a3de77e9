"""08: several tries at one task."""

import math

from helpers.check.exercise import Function
from helpers.maths.evaluation.writing import pass_at_k, plain_pass_at_k

NOTEBOOK = "08_evaluation"


def _drawn(rng):
    n = int(rng.integers(4, 30))
    return n, int(rng.integers(1, n)), int(rng.integers(2, n))


def _ways(of, k):
    """C(of, k), and 0 where there are fewer than k."""
    return math.comb(max(of, 0), k)


def _overflowing(n, c, k):
    """1 − (n − c)! (n − k)! / ((n − c − k)! n!) in floating point."""
    up, down = (
        math.prod(float(x) for m in pair for x in range(1, m + 1))
        for pair in ((n - c, n - k), (n - c - k, n))
    )
    return 1 - up / down if n - c >= k else 1.0


PASS_AT_K = Function(
    reference=pass_at_k,
    cases=((5, 2, 2), (10, 3, 4), (6, 4, 3), (8, 1, 5)),
    random=_drawn,
    hard=((3, 0, 2), (4, 4, 1), (5, 4, 3), (1, 1, 1), (2000, 1, 1000), (3000, 7, 900)),
    # Whatever lists them: in order, with the same one again.
    groups=lambda n, c, k: n**k,
    slow="It is right for small n, but it lists all C(n, k) groups, and n may be "
    "in the thousands. Multiply fractions, one for each of the k.",
    where={
        "With fewer than k wrong samples one of the k must be right: {case}. Return 1 "
        "there.": lambda n, c, k: n - c < k,
        "With just k wrong samples all that are drawn may be wrong: {case}. It is "
        "1 only if n - c < k.": lambda n, c, k: n - c == k,
    },
    mistakes={
        "The factorials become too large for a float: {case}. Multiply fractions, one "
        "for each of the k, or take math.comb.": _overflowing,
        "This is the plain estimate: {case}. 1 − (1 − c/n)^k draws the same sample "
        "again; no sample may be drawn twice here.": plain_pass_at_k,
        "This is the share of right samples, whatever k is: {case}. One of k has to be "
        "right.": lambda n, c, k: c / n,
        "This is the probability that all k are right: {case}. One right sample is "
        "enough, so begin with all k wrong.": (
            lambda n, c, k: _ways(c, k) / _ways(n, k),
            lambda n, c, k: (c / n) ** k,
        ),
        "This is the probability that all k are wrong: {case}. Take it away from 1.": (
            lambda n, c, k: 1 - pass_at_k(n, c, k),
            lambda n, c, k: (1 - c / n) ** k,
        ),
        "All k are taken from the right samples: {case}. The k are to be wrong: choose "
        "them from the n - c wrong ones.": lambda n, c, k: (
            1 - _ways(c, k) / _ways(n, k)
        ),
        "c and n are swapped somewhere: {case}. n is how many samples there are, c how "
        "many of them are right.": lambda n, c, k: (
            1 - _ways(n - c, k) / _ways(max(c, k), k)
        ),
        "There are C(n, k) ways to draw k of n: {case}. The power n**k counts them in "
        "order, and with the same sample again.": lambda n, c, k: (
            1 - _ways(n - c, k) / n**k
        ),
        "C(n - c, k) are the ways to draw k wrong ones: {case}. C(n, n - c) says how "
        "many ways there are to place the wrong ones.": lambda n, c, k: (
            1 - _ways(n, n - c) / _ways(n, k)
        ),
        "The brackets of the fraction are missing: {case}. Write (n - c - i) / (n - "
        "i).": lambda n, c, k: 1 - math.prod(n - c - i / n - i for i in range(k)),
        "Of k samples exactly one is right here: {case}. More than one may be "
        "right.": lambda n, c, k: c * _ways(n - c, k - 1) / _ways(n, k),
        "This adds up the k tries: {case}. Two of them may be right at once, so it is "
        "too much. Begin with all k wrong.": (
            lambda n, c, k: k * c / n,
            lambda n, c, k: min(k * c / n, 1),
            lambda n, c, k: sum(c / (n - i) for i in range(k)),
        ),
        "The number of samples stays n in every fraction: {case}. What was drawn is "
        "gone, so n falls by 1 each time as well.": lambda n, c, k: (
            1 - math.prod(max(n - c - i, 0) / n for i in range(k))
        ),
        "The number of wrong samples stays n − c in every fraction: {case}. A wrong "
        "one that was drawn is gone.": lambda n, c, k: (
            1 - math.prod((n - c) / (n - i) for i in range(k))
        ),
    },
    properties={
        "one try is right with c/n": lambda f, n, c, k: abs(f(n, c, 1) - c / n) < 1e-9,
    },
    hints=(
        "Draw k of the n samples, none twice. What is the probability that all of them "
        "are wrong? Take it away from 1.",
        "The first is wrong with (n − c)/n. Then one wrong sample and one sample fewer "
        "are left: (n − c − 1)/(n − 1). And so on, k times; multiply.",
        "all_wrong = 1; for i in range(k): all_wrong *= max(n - c - i, 0) / (n - i); "
        "return 1 - all_wrong.",
    ),
)

EXERCISES = [PASS_AT_K]
