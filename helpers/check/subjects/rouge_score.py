"""08: ROUGE-L."""

from helpers.check.exercise import Function
from helpers.check.subjects.rouge_lcs import bag, common_run, say, some_words
from helpers.maths.evaluation.overlap import longest_common_subsequence, rouge_l

NOTEBOOK = "08_evaluation"


def _f(recall, precision):
    total = recall + precision
    return 2 * recall * precision / total if total else 0.0


def _shared(count):
    """ROUGE, with count(candidate, reference) for the words that are shared."""

    def rouge(candidate, reference):
        k = count(candidate, reference)
        recall, precision = k / len(reference), k / len(candidate)
        return recall, precision, _f(recall, precision)

    return rouge


def _scores(change):
    """What change makes of (recall, precision, F)."""
    return lambda c, r: change(*rouge_l(c, r))


def _lengths(change):
    """What change makes of the shared length, len(candidate) and len(reference)."""
    return lambda c, r: change(longest_common_subsequence(c, r), len(c), len(r))


def _in_letters(candidate, reference):
    k = longest_common_subsequence(candidate, reference)
    recall, precision = k / len("".join(reference)), k / len("".join(candidate))
    return recall, precision, _f(recall, precision)


ROUGE_L = Function(
    reference=rouge_l,
    cases=(
        (say("anna took the kite"), say("anna took a red kite to the park")),
        (["the", "kite", "went"], ["the", "red", "kite"]),
        (say("anna went to the park"), say("the park went to anna")),
        (["a", "b"], ["b", "c", "c", "a", "b"]),
    ),
    random=lambda rng: (["a", *some_words(rng)], ["a", *some_words(rng)]),
    hard=((["a"], ["b", "c"]), ([], ["a"]), (["a"], []), (["a"], ["a"]), ([], [])),
    where={
        "Where nothing is shared all three are 0: {case}. If k is 0, return 0.0, 0.0, "
        "0.0 before anything is divided.": lambda c, r: not {*c} & {*r},
    },
    mistakes={
        "Recall and precision are swapped: {case}. Recall is the share of the "
        "reference, precision the share of the candidate.": _scores(
            lambda recall, precision, f: (precision, recall, f)
        ),
        "This is the common mean of the two: {case}. F is 2PR / (P + R), which lies "
        "nearer to the smaller one.": _scores(
            lambda recall, precision, f: (recall, precision, (recall + precision) / 2)
        ),
        "This is the root of P times R: {case}. F is 2PR / (P + R).": _scores(
            lambda recall, precision, f: (
                recall,
                precision,
                (recall * precision) ** 0.5,
            )
        ),
        "The 2 is missing: {case}. F is 2PR / (P + R), so that it is P where both are "
        "equal.": _scores(lambda recall, precision, f: (recall, precision, f / 2)),
        "This is the product of the two: {case}. Divide 2PR by P + R.": _scores(
            lambda recall, precision, f: (recall, precision, recall * precision)
        ),
        "This is twice the product: {case}. Divide it by P + R.": _scores(
            lambda recall, precision, f: (recall, precision, 2 * recall * precision)
        ),
        "This divides by the product: {case}. It is 2PR above and P + R "
        "below.": _scores(
            lambda recall, precision, f: (
                recall,
                precision,
                (recall + precision) / (2 * recall * precision),
            )
        ),
        "This is F alone: {case}. Return all three, (recall, precision, F).": _scores(
            lambda recall, precision, f: f
        ),
        "F is missing: {case}. Return three numbers, (recall, precision, F).": _scores(
            lambda recall, precision, f: (recall, precision)
        ),
        "The order is another one: {case}. Return (recall, precision, F).": (
            _scores(lambda recall, precision, f: (f, recall, precision)),
            _scores(lambda recall, precision, f: (f, precision, recall)),
            _scores(lambda recall, precision, f: (precision, f, recall)),
            _scores(lambda recall, precision, f: (recall, f, precision)),
        ),
        "This counts the longest common run without gaps: {case}. ROUGE-L takes the "
        "subsequence, longest_common_subsequence.": _shared(common_run),
        "This counts shared words in any order, which is ROUGE-1: {case}. ROUGE-L "
        "takes longest_common_subsequence.": (
            _shared(bag),
            _shared(lambda c, r: len({*c} & {*r})),
            _shared(lambda c, r: sum(word in r for word in c)),
            _shared(lambda c, r: sum(word in c for word in r)),
        ),
        "Both are divided by the length of the reference: {case}. Precision is the "
        "share of the candidate.": _lengths(lambda k, c, r: (k / r, k / r, k / r)),
        "Both are divided by the length of the candidate: {case}. Recall is the share "
        "of the reference.": _lengths(lambda k, c, r: (k / c, k / c, k / c)),
        "This divides by both lengths together: {case}. Recall is divided by the "
        "reference's, precision by the candidate's.": _lengths(
            lambda k, c, r: (k / (c + r), k / (c + r), _f(k / (c + r), k / (c + r)))
        ),
        "The lengths are those of the texts in letters: {case}. Count words, "
        "len(reference) and len(candidate).": _in_letters,
    },
    hints=(
        "k = longest_common_subsequence(candidate, reference) is what both share.",
        "Recall is k / len(reference), precision k / len(candidate), and F is "
        "2 * precision * recall / (precision + recall).",
        "If k is 0, return 0.0, 0.0, 0.0 first, or something is divided by 0.",
    ),
)


EXERCISES = [ROUGE_L]
