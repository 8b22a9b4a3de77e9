"""08: the longest common subsequence, which ROUGE-L counts."""

from collections import Counter

from helpers.check.exercise import Function
from helpers.maths.evaluation.overlap import longest_common_subsequence

NOTEBOOK = "08_evaluation"


def say(text):
    return text.split()


def some_words(rng):
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


def bag(a, b):
    return (Counter(a) & Counter(b)).total()


def _greedy(a, b):
    """Takes each word of a at the first place of b that is still free."""
    place = found = 0
    for word in a:
        if word in b[place:]:
            place = b.index(word, place) + 1
            found += 1
    return found


def _row_of(a, b):
    """The longest row of b without gaps whose words stand in a in this order."""
    places = range(len(b) + 1)
    rows = [b[i:j] for j in places for i in range(j)]
    kept = [row for row in rows if longest_common_subsequence(a, row) == len(row)]
    return max(map(len, kept), default=0)


def _several(a, b):
    """As `_greedy`, without a break where a word is found."""
    last, found = -1, 0
    for word in a:
        for j, other in enumerate(b):
            if word == other and j > last:
                last, found = j, found + 1
    return found


def _walk(drop):
    """Goes through both at once; where two words differ, drop(a, b) takes one off a."""

    def length(a, b):
        found = 0
        while a and b:
            same = a[0] == b[0]
            found += same
            a, b = a[same or drop(a, b) :], b[same or not drop(a, b) :]
        return found

    return length


def _wrapped(a, b):
    """The table without its empty row and column; [-1] is the last one."""
    table = [[0] * len(b) for _ in a]
    for i, word in enumerate(a):
        for j, other in enumerate(b):
            table[i][j] = _lcs(
                word == other, table[i - 1][j - 1], table[i - 1][j], table[i][j - 1]
            )
    return table[-1][-1]


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
        (say("the red kite went up"), say("up went the kite")),
        (["a", "b", "a"], ["a", "a", "b"]),
        (["a", "a", "b"], ["a", "b", "b", "b"]),
        (["c", "a", "b"], ["a", "b", "c"]),
        (["a", "x", "b", "y"], ["z", "a", "b"]),
        (["a"], ["a", "a"]),
        (["b", "a"], ["a", "b"]),
    ),
    random=lambda rng: (some_words(rng), some_words(rng)),
    hard=(([], ["a"]), (["a"], []), (["a"], ["a"])),
    mistakes={
        "This is the longest common run without gaps: {case}. In a subsequence words "
        "may stand between; where two words differ, take the larger of the entry above "
        "and the one on the left.": common_run,
        "This is the last entry of the table of runs without gaps: {case}. Where two "
        "words differ, take the larger of the entry above and the one on the left, and "
        "not 0.": _table(_run),
        "This counts shared words in any order: {case}. In a subsequence they stand in "
        "the same order in both.": (bag, lambda a, b: sum(word in b for word in a)),
        "This counts shared words once, in any order: {case}. In a subsequence "
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
        "This is 0 in any case: {case}. Where two words are the same it is 1 more than "
        "up and to the left; and range(1, len(a) + 1) reaches the last "
        "row.": lambda a, b: 0,
        "Only the first row of the table is filled: {case}. Does a return stand inside "
        "a loop? Put it behind both loops: return table[-1][-1].": (
            lambda a, b: longest_common_subsequence(a[:1], b),
            lambda a, b: longest_common_subsequence(a[:1], b[:1]),
        ),
        "Words may stand between in one of the two alone: {case}. In a subsequence "
        "they may do so in both.": (_row_of, lambda a, b: _row_of(b, a)),
        "One word of a takes several places of b: {case}. Once it is found the next "
        "word is looked for.": _several,
        "The empty row and the empty column are missing: {case}. At i = 0 the row "
        "i - 1 is the last one. Make len(a) + 1 rows and len(b) + 1 columns, and begin "
        "with 1.": _wrapped,
        "This walks through both texts once: {case}. Where two words differ it drops "
        "one for good; the table tries both.": (
            _walk(lambda a, b: len(a) > len(b)),
            _walk(lambda a, b: len(a) >= len(b)),
            _walk(lambda a, b: len(a) < len(b)),
            _walk(lambda a, b: len(a) <= len(b)),
            _walk(lambda a, b: True),
            _walk(lambda a, b: False),
        ),
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


EXERCISES = [LONGEST_COMMON_SUBSEQUENCE]
