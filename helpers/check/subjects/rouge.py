"""08: ROUGE, and the longest common subsequence that it counts."""

from collections import Counter

from helpers.check.exercise import Function
from helpers.maths.evaluation.overlap import longest_common_subsequence, rouge_l

NOTEBOOK = "08_evaluation"


def _say(text):
    return text.split()


def _words(rng):
    return rng.choice(list("abc"), int(rng.integers(3, 9))).tolist()


def _table(fill, last=lambda table: table[-1][-1]):
    """A walk over the table: fill(same, up-left, above, left) makes each entry."""

    def length(a, b):
        table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
        for i, word in enumerate(a):
            for j, other in enumerate(b):
                table[i + 1][j + 1] = fill(
                    word == other, table[i][j], table[i][j + 1], table[i + 1][j]
                )
        return last(table)

    return length


def _largest(table):
    return max(map(max, table))


def _run(same, corner, above, left):
    return corner + 1 if same else 0


common_run = _table(_run, _largest)


def _bag(a, b):
    return (Counter(a) & Counter(b)).total()


def _greedy(a, b):
    """Takes each word of a at the first place of b that is still free."""
    place = found = 0
    for word in a:
        if word in b[place:]:
            place = b.index(word, place) + 1
            found += 1
    return found


def _together(a, b):
    return sum(x == y for x, y in zip(a, b, strict=False))


def _prefix(a, b):
    return next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
        min(len(a), len(b)),
    )


def _subsequence(a, b):
    """The words themselves."""
    table = [[[] for _ in range(len(b) + 1)] for _ in range(len(a) + 1)]
    for i, word in enumerate(a):
        for j, other in enumerate(b):
            above, left = table[i][j + 1], table[i + 1][j]
            longer = above if len(above) > len(left) else left
            table[i + 1][j + 1] = table[i][j] + [word] if word == other else longer
    return table[-1][-1]


def _lcs(same, corner, above, left):
    return corner + 1 if same else max(above, left)


LONGEST_COMMON_SUBSEQUENCE = Function(
    reference=longest_common_subsequence,
    cases=(
        (["a", "b", "c", "d"], ["b", "x", "d"]),
        (_say("the red kite went up"), _say("up went the kite")),
        (["a", "b", "a"], ["a", "a", "b"]),
        (["a", "a", "b"], ["a", "b", "b", "b"]),
        (["c", "a", "b"], ["a", "b", "c"]),
        (["a", "x", "b", "y"], ["z", "a", "b"]),
        (["a"], ["a", "a"]),
        (["b", "a"], ["a", "b"]),
    ),
    random=lambda rng: (_words(rng), _words(rng)),
    hard=(([], ["a"]), (["a"], []), (["a"], ["a"])),
    mistakes={
        "This is the longest common run without gaps: {case}. In a subsequence words "
        "may stand between; where two words differ, take the larger of the entry above "
        "and the one on the left.": common_run,
        "This is the last entry of the table of runs without gaps: {case}. Where two "
        "words differ, take the larger of the entry above and the one on the left, and "
        "not 0.": _table(_run),
        "This counts shared words in any order: {case}. In a subsequence they stand in "
        "the same order in both.": (_bag, lambda a, b: sum(word in b for word in a)),
        "This counts shared words once, in any order: {case}. In a subsequence they "
        "stand in the same order, and may come again.": (lambda a, b: len({*a} & {*b})),
        "This compares place by place: {case}. The same word may stand at another "
        "place, as long as the order is the same.": _together,
        "This stops at the first difference: {case}. Words may be left out, on either "
        "side.": _prefix,
        "This takes the first place that it finds, and stays with it: {case}. Leaving "
        "a word out can be better: the table tries both.": (
            _greedy,
            lambda a, b: _greedy(b, a),
        ),
        "Where two words are the same this adds 1 to a neighbour above or on the left: "
        "{case}. Then one word may count twice. Take the entry up and to the "
        "left.": (
            _table(lambda same, corner, above, left: max(above, left) + same),
            _table(lambda s, corner, above, left: above + 1 if s else max(above, left)),
            _table(lambda s, corner, above, left: left + 1 if s else max(above, left)),
        ),
        "Where two words differ only one neighbour is looked at: {case}. Take the "
        "larger of the entry above and the one on the left.": (
            _table(lambda same, corner, above, left: corner + 1 if same else above),
            _table(lambda same, corner, above, left: corner + 1 if same else left),
        ),
        "Where two words differ this takes the entry up and to the left: {case}. Take "
        "the larger of the one above and the one on the left.": (
            _table(lambda same, corner, above, left: corner + same)
        ),
        "Where two words differ this takes the smaller neighbour: {case}. Take the "
        "larger, max.": _table(
            lambda same, corner, above, left: corner + 1 if same else min(above, left)
        ),
        "Where two words differ this adds the neighbours: {case}. Take the larger of "
        "the two, max.": _table(
            lambda same, corner, above, left: corner + 1 if same else above + left
        ),
        "Where two words are the same this puts 1: {case}. It is 1 more than the entry "
        "up and to the left.": _table(
            lambda same, corner, above, left: 1 if same else max(above, left)
        ),
        "This is the whole table: {case}. Return its last entry, table[-1][-1].": (
            _table(_lcs, lambda table: table)
        ),
        "This is the last row of the table: {case}. Return its last entry.": _table(
            _lcs, lambda table: table[-1]
        ),
        "These are the words themselves: {case}. Return how many there "
        "are.": _subsequence,
        "This is 0 in any case: {case}. Do your loops reach the last row and the last "
        "column? range(1, len(a) + 1) does.": lambda a, b: 0,
        "The first words are left out: {case}. Row 1 of the table belongs to a[0], and "
        "column 1 to b[0].": lambda a, b: longest_common_subsequence(a[1:], b[1:]),
        "The last words are left out: {case}. The table has len(a) + 1 rows and "
        "len(b) + 1 columns.": lambda a, b: longest_common_subsequence(a[:-1], b[:-1]),
    },
    properties={
        "the order of the two sentences does not matter": lambda f, a, b: (
            f(a, b) == f(b, a)
        ),
    },
    hints=(
        "Make a table of zeros with len(a) + 1 rows and len(b) + 1 columns. Row 0 and "
        "column 0 stay 0: there nothing of a, or of b, has been read.",
        "Entry [i][j] is for the first i words of a and the first j of b, so it "
        "compares a[i - 1] with b[j - 1].",
        "If they are the same: table[i - 1][j - 1] + 1. If not: max(table[i - 1][j], "
        "table[i][j - 1]). The answer is table[-1][-1].",
    ),
)


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
        (_say("anna took the kite"), _say("anna took a red kite to the park")),
        (["the", "kite", "went"], ["the", "red", "kite"]),
        (_say("anna went to the park"), _say("the park went to anna")),
        (["a", "b"], ["b", "c", "c", "a", "b"]),
    ),
    random=lambda rng: (["a", *_words(rng)], ["a", *_words(rng)]),
    hard=((["a"], ["b", "c"]), ([], ["a"]), (["a"], []), (["a"], ["a"]), ([], [])),
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
            _shared(_bag),
            _shared(lambda c, r: len({*c} & {*r})),
        ),
        "Both are divided by the length of the reference: {case}. Precision is the "
        "share of the candidate.": _lengths(lambda k, c, r: (k / r, k / r, k / r)),
        "Both are divided by the length of the candidate: {case}. Recall is the share "
        "of the reference.": _lengths(lambda k, c, r: (k / c, k / c, k / c)),
        "This divides by both lengths together: {case}. Recall is divided by the "
        "reference's, precision by the candidate's.": _lengths(
            lambda k, c, r: (k / (c + r), k / (c + r), _f(k / (c + r), k / (c + r)))
        ),
        "In two empty texts nothing is shared: {case}. Return 0.0, 0.0, 0.0 if k is "
        "0.": lambda c, r: rouge_l(c, r) if c != r else (1.0, 1.0, 1.0),
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


EXERCISES = [LONGEST_COMMON_SUBSEQUENCE, ROUGE_L]
