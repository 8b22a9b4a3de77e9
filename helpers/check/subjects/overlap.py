"""08: BLEU's counts, each clipped at what one reference has."""

from statistics import mean

from helpers.check.exercise import Function
from helpers.maths.evaluation.overlap import clipped_precision, ngrams

NOTEBOOK = "08_evaluation"


def say(text):
    return text.split()


THE = ["the"] * 4
PARK = say("anna went to the park")


def some_words(rng, least=3):
    return rng.choice(list("abc"), int(rng.integers(least, 9))).tolist()


def some_sentences(rng, least=2):
    return [some_words(rng) for _ in range(int(rng.integers(least, 4)))]


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


def _each_time(candidate, references, n):
    counts, found = ngrams(candidate, n), [ngrams(one, n) for one in references]
    kept = sum(k * min(k, max(one[g] for one in found)) for g, k in counts.items())
    return kept, counts.total()


def _recall(candidate, references, n):
    found = [clipped_precision(one, [candidate], n) for one in references]
    return tuple(map(sum, zip(*found, strict=True)))


def _last_left_out(candidate, references, n):
    return clipped_precision(candidate[:-1], [one[:-1] for one in references], n)


CLIPPED_PRECISION = Function(
    reference=clipped_precision,
    cases=(
        (THE, [["the", "kite"], ["on", "the", "mat", "the"]], 1),
        (say("the kite went up"), [say("up went the kite"), PARK], 2),
        (["the", "the", "the"], [["the", "park"], ["the", "kite"]], 1),
        (say("a red kite"), [say("tom had a red ball"), ["the", "kite"]], 1),
        (say("an old he"), [say("the old man"), ["anna"]], 1),
        (say("the old"), [say("the older man")], 2),
    ),
    random=lambda rng: (some_words(rng), some_sentences(rng), int(rng.integers(1, 4))),
    hard=(
        ([], [["the"]], 1),
        (["the"], [["the", "kite"]], 2),
        (["the"], [["the", "kite"]], 3),
        (["the"], [[]], 1),
    ),
    mistakes={
        "The count falls below 0: {case}. A candidate of fewer than n words has no n "
        "in a row, so both are 0.": _pair(
            lambda kept, count, c, rs, n: (kept, len(c) - n + 1)
        ),
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
            lambda c, rs, n: clipped_precision(c, [max(rs, key=len)], n),
        ),
        "The references are counted as one text: {case}. Count each by itself, and "
        "take the largest.": lambda c, rs, n: clipped_precision(c, [sum(rs, [])], n),
        "This goes through every occurrence, and keeps an n-gram as often as it "
        "stands each time: {case}. Go through the different ones, once "
        "each.": _each_time,
        "This counts how much of the references is found: {case}. Go through the "
        "n-grams of the candidate.": _recall,
        "This adds 1 for each reference that has the n-gram: {case}. Add the smaller "
        "of its count and the largest of theirs, once.": _kept(
            lambda k, found: sum(map(bool, found))
        ),
        "This drops an n-gram that stands too often: {case}. It is kept as often as "
        "the reference has it, min of the two.": _kept(
            lambda k, found: k if k <= max(found) else 0
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


EXERCISES = [CLIPPED_PRECISION]
