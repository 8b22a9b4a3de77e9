"""06: one choice of a word."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.loss import softmax
from helpers.maths.sampling import temperature, top_k, top_p

NOTEBOOK = "06_autoregressive_sampling"

FOUR = np.array([0.3, 0.4, 0.1, 0.2])
SIX = np.array([0.05, 0.35, 0.12, 0.25, 0.03, 0.2])
TIED = np.array([0.4, 0.2, 0.2, 0.2])


def _distribution(rng, least=4):
    """No two probabilities alike, so that the order is clear."""
    size = int(rng.integers(least, 9))
    weights = rng.permutation(np.arange(1, size + 1)) + 0.13 * rng.permutation(size)
    return weights / weights.sum()


def _sums_to_1(f, *args):
    return np.isclose(np.sum(f(*args)), 1)


def _kept(p, places):
    kept = np.zeros_like(p)
    kept[places] = p[places]
    return kept


def _order(p):
    return np.argsort(-p, kind="stable")


TEMPERATURE = Function(
    reference=temperature,
    cases=(
        (np.array([0.6, 0.3, 0.1]), 0.5),
        (np.array([0.5, 0.25, 0.25]), 2.0),
        (FOUR, 0.25),
    ),
    random=lambda rng: (_distribution(rng), float(rng.uniform(0.3, 3))),
    hard=(
        (np.array([0.5, 0.5, 0.0]), 0.5),
        (np.array([0.9, 0.1]), 0.01),
        (np.full(1900, 1 / 1900), 0.01),
    ),
    mistakes={
        "This looks like p to the power T, or logits times T: {case}. Divide the "
        "logits by T, so that a low temperature sharpens.": lambda p, T: (
            p**T / (p**T).sum()
        ),
        "This looks like p / T made to sum to 1, which gives p back: {case}. Divide "
        "the logits ln p by T, not p.": lambda p, T: p / T / (p / T).sum(),
        "This looks like softmax of p / T: {case}. The logits are ln p, so take "
        "np.log first.": lambda p, T: softmax(p / T),
        "All the powers become 0 here, and 0/0 is nan: {case}. Make the largest "
        "exponent 0: divide ln p by T, then subtract the maximum.": lambda p, T: (
            p ** (1 / T) / (p ** (1 / T)).sum()
        ),
        "The powers do not sum to 1 yet: {case}. Divide by their sum.": lambda p, T: (
            p ** (1 / T)
        ),
        "These are the logits divided by T: {case}. Softmax makes probabilities of "
        "them.": lambda p, T: np.log(p) / T,
        "This is p / T, which does not sum to 1: {case}. Divide ln p by T, then take "
        "softmax.": lambda p, T: p / T,
    },
    properties={
        "the result sums to 1": _sums_to_1,
        "the order of the words stays": lambda f, p, T: (
            np.argmax(f(p, T)) == np.argmax(p)
        ),
    },
    promises={
        "A word with p = 0 can never be, whatever the temperature, and for "
        "p = [0.5, 0.5, 0] and T = 10 yours gives it a share. Take np.log(p) as it is, "
        "with nothing added and no lower limit: softmax makes 0 of -inf.": lambda f: (
            f(np.array([0.5, 0.5, 0.0]), 10.0)[2] == 0
        ),
    },
    hints=(
        "Softmax turns logits into p. Which logits would give this p? Try ln p.",
        "Divide these logits by T, then take softmax. It is p to the power 1/T.",
        "z = np.log(p), and for large numbers subtract z.max(); then np.exp(z / T), "
        "divided by its sum.",
    ),
)


def _one(p):
    with np.errstate(invalid="ignore"):
        return p / p.sum()


def _places(f, p, size):  # how many words stay
    return np.count_nonzero(f(p.copy(), size))


TOP_K = Function(
    reference=top_k,
    cases=((FOUR, 2), (SIX, 3), (FOUR, 1), (FOUR, 4), (TIED, 4)),
    random=lambda rng: (
        p := _distribution(rng), int(rng.integers(1, len(p) + 1))
    ),
    surest={
        "This is one word too few, as the smallest p that stays is not above itself: "
        "{case}. With >= too many would stay where some words have the same p, so "
        "choose by place: keep the words of np.argsort(-p)[:k].": lambda p, k: (
            _one(np.where(p > np.sort(p)[-k], p, 0))
        ),
    },
    mistakes={
        "What is kept does not sum to 1 yet: {case}. Divide by its "
        "sum.": lambda p, k: _kept(p, _order(p)[:k]),
        "These are the first k of the list: {case}. The k most probable may stand "
        "anywhere.": lambda p, k: _kept(p, range(k)) / p[:k].sum(),
        "These are the k least probable words: {case}. Sort downwards, "
        "np.argsort(-p).": lambda p, k: (
            _kept(p, np.argsort(p)[:k]) / np.sort(p)[:k].sum()
        ),
        "The words have lost their places: {case}. A word keeps its id, and what "
        "is out gets 0.": (
            lambda p, k: np.sort(p)[::-1][:k] / np.sort(p)[-k:].sum(),
            lambda p, k: np.sort(_one(_kept(p, _order(p)[:k])))[::-1],
        ),
        "These are the ids of the words, not their probabilities: {case}.": (
            lambda p, k: _order(p)[:k]
        ),
        "np.argsort(-p) holds ids, the most probable first, and not the rank of each "
        "word: {case}. Its first k entries are the words to keep.": lambda p, k: (
            _one(np.where(np.argsort(-p) < k, p, 0))
        ),
        "This is one word too few: {case}. With order = np.argsort(-p) the words to "
        "keep are order[:k], and the others order[k:].": lambda p, k: (
            _one(_kept(p, _order(p)[: k - 1]))
        ),
        "These are the k most probable words with equal shares: {case}. Keep their "
        "probabilities, and divide by their sum.": lambda p, k: (
            _kept(np.full(len(p), 1 / k), _order(p)[:k])
        ),
        "The most probable words are left out: {case}. A slice [k - 1:] goes from "
        "there to the end. The first k are [:k].": lambda p, k: (
            _one(_kept(p, _order(p)[k - 1 :]))
        ),
        "The k most probable words are left out: {case}. They are the ones to "
        "keep.": lambda p, k: _one(_kept(p, _order(p)[k:])),
    },
    properties={"the result sums to 1": _sums_to_1},
    promises={
        "Exactly k words stay, also where some have the same p: for "
        "p = [0.4, 0.2, 0.2, 0.2] and k = 2 yours keeps another number of them. "
        "Choose by place, np.argsort(-p)[:k], not by a smallest p.": lambda f: (
            _places(f, TIED, 2) == 2 and _places(f, TIED, 3) == 3
        ),
    },
    hints=(
        "np.argsort(-p) lists the ids of the words, the most probable first.",
        "Start from np.zeros(len(p)) and copy the k best to their own places.",
        "At the end divide by the sum.",
    ),
)  # fmt: skip


def _nucleus(p, share, more=0):
    """The smallest set with `more` words added, before it is made to sum to 1."""
    order = _order(p)
    n = int(np.sum(np.cumsum(p[order]) - p[order] < share - 1e-12)) + more
    return _kept(p, order[: max(n, 0)])


TOP_P = Function(
    reference=top_p,
    cases=(
        (np.array([0.5, 0.3, 0.2]), 0.7),
        (FOUR, 0.85),
        (np.array([0.15, 0.6, 0.25]), 0.55),
        (SIX, 0.9),
    ),
    random=lambda rng: (_distribution(rng), float(rng.uniform(0.1, 0.95))),
    # Powers of two have no rounding: the sum hits the share exactly.
    hard=(
        (np.array([0.5, 0.375, 0.125]), 0.5),
        (np.array([0.5, 0.375, 0.125]), 0.875),
        (np.array([0.5, 0.375, 0.125]), 1.0),
    ),
    mistakes={
        "This is one word too few: {case}. The word that carries the sum over the "
        "share belongs to the set.": lambda p, s: _one(_nucleus(p, s, -1)),
        "This is one word too many: {case}. Stop as soon as the sum reaches the "
        "share.": lambda p, s: _one(_nucleus(p, s, 1)),
        "One word too many stays where the sum is exactly the share: {case}. At least "
        "the share is enough.": lambda p, s: _one(
            _kept(p, _order(p)[: int(np.sum(np.cumsum(np.sort(p)[::-1]) <= s)) + 1])
        ),
        "What is kept does not sum to 1 yet: {case}. Divide by its sum.": lambda p, s: (
            _nucleus(p, s)
        ),
        "This looks like a share of the words: {case}. It is a share of the "
        "probability.": (
            lambda p, s: _one(_kept(p, _order(p)[: round(s * len(p))])),
            lambda p, s: _one(_kept(p, _order(p)[: int(s * len(p))])),
        ),
        "Only the most probable word stays: {case}. Add the next ones until their sum "
        "reaches the share.": lambda p, s: _one(_kept(p, _order(p)[:1])),
        "The words have lost their places: {case}. Each keeps its id, and what is out "
        "gets 0.": (
            lambda p, s: np.sort(_one(_nucleus(p, s)))[::-1],
            lambda p, s: np.sort(q := _one(_nucleus(p, s)))[::-1][: (q > 0).sum()],
        ),
        "This looks like words with p of at least the share: {case}. It is the sum of "
        "the set that must reach it.": lambda p, s: _one(np.where(p >= s, p, 0)),
        "This looks like words with p of at least 1 - share: {case}. Add the most "
        "probable ones up until their sum reaches the share.": lambda p, s: _one(
            np.where(p >= 1 - s, p, 0)
        ),
        "This adds the words up in the order of the list: {case}. Begin with the most "
        "probable.": lambda p, s: _one(np.where(np.cumsum(p) - p < s, p, 0)),
        "This begins with the least probable words: {case}. Sort downwards, "
        "np.argsort(-p).": lambda p, s: _one(
            _kept(p, np.argsort(p)[: int(np.sum(np.cumsum(np.sort(p)) < s)) + 1])
        ),
    },
    properties={"the result sums to 1": _sums_to_1},
    promises={
        "The set is the smallest that will do, also where some words have the same p: "
        "for p = [0.4, 0.2, 0.2, 0.2] and share = 0.55 two are enough, and yours keeps "
        "another number. Choose by place in the sorted order, not by a smallest "
        "p.": lambda f: _places(f, TIED, 0.55) == 2 and _places(f, TIED, 0.75) == 3,
        "A share of 1 keeps every word: for ten words of 0.1 each, which add up to "
        "0.9999999999999999 on a computer, yours leaves some out.": lambda f: (
            _places(f, np.full(10, 0.1), 1.0) == 10
        ),
    },
    hints=(
        "Sort downwards with order = np.argsort(-p), and add up with np.cumsum.",
        "A word belongs to the set if the sum before it is still below the share.",
        "before = np.cumsum(p[order]) - p[order]; keep order[before < share], each in "
        "its own place; divide by the sum.",
    ),
)

EXERCISES = [TEMPERATURE, TOP_K, TOP_P]
