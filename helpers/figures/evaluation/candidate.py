"""BLEU in front of you: which words in a row of a typed sentence count, and why."""

from collections import Counter

from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, Stressed, board, boxes, cut
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, Text, counted
from helpers.live.formula import words as said
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.evaluation.overlap import (
    bleu,
    brevity_penalty,
    clipped_precision,
    ngrams,
)

CANDIDATE = "ben ran to the park and found a kite ."
REFERENCES = (
    "ben went to the park and found the red kite .",
    "ben found the red kite behind a tree .",
)
ORDER = 4  # of BLEU: the most words in a row
PAGE = 860  # px, where there is room
LEFT, HEAD, WORD, BAR = 20, 24, 22, 8  # px
LINE = WORD + ORDER * BAR + 12  # px of a row: words, the bars below them, and room
LONGEST = 52  # characters of a candidate: what has room
ROWS = {PAGE: 1, NARROW: 3}  # that these need at most
COUNTED, CLIPPED, MISSING = "counts", "clipped: stands too often", "in no reference"
LOOKS = {
    COUNTED: {"facecolor": PALETTE["green"], "edgecolor": PALETTE["green"], "lw": 1},
    CLIPPED: {"fill": False, "edgecolor": PALETTE["orange"], "lw": 1.6},
    MISSING: {"fill": False, "edgecolor": PALETTE["soft"], "lw": 1},
}


def marks(candidate, references, n):
    """What becomes of each n words in a row of the candidate: a list of the LOOKS.

    They count as often as they stand in the reference that has them most often.
    """
    allowed = [ngrams(reference, n) for reference in references]
    seen, found = Counter(), []
    for gram in _in_a_row(candidate, n):
        most = max(counts[gram] for counts in allowed)
        seen[gram] += 1
        found.append(COUNTED if seen[gram] <= most else CLIPPED if most else MISSING)
    return found


def lit(candidate, reference, n):
    """Where in a reference those n words in a row begin that the candidate has.

    Each no more often than in the candidate. A list of places from 0.
    """
    left, found = ngrams(candidate, n), []
    for i, gram in enumerate(_in_a_row(reference, n)):
        if left[gram] > 0:
            left[gram] -= 1
            found.append(i)
    return found


def _in_a_row(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]


def shown(token):
    """A word, or the beginning of one that is too long to be drawn."""
    return cut(token, 14)


def spots(tokens, px):
    """(row, x, width) of the room of each word, on a page of `px`: a list."""
    found, row, x = [], 0, LEFT
    for token in tokens:
        width = sum(8.6 if c < "\u0300" else 16 for c in shown(token)) + 12
        if x + width > px - 10 and x > LEFT:
            row, x = row + 1, LEFT
        found.append((row, x, width))
        x += width
    return found


class Sentence:
    """A sentence on a board of `px`, `top` px down, with bars under words in a row.

    What needs more than its `rows` is left out.
    """

    def __init__(self, ax, top, px, rows):
        self.top, self.px, self.rows = top, px, rows
        self.bars = {
            kind: ax.add_patch(PathPatch(boxes([]), animated=True, **look))
            for kind, look in LOOKS.items()
        }
        middle = {"ha": "center", "va": "center_baseline", "fontsize": 14}
        self.words = Stressed(ax, **middle)
        self.head = Labels(ax, color=PALETTE["soft"], fontsize=12, va="center")

    def show(self, head, tokens, kinds, n):
        """Draw `tokens` below the words of `head`.

        `kinds` has the look of the bar under each n words, by where they begin.
        """
        at = spots(tokens, self.px)
        self.head.show([(LEFT, self.top + 10, head)])
        strong = {
            i + k for i, kind in kinds.items() if kind == COUNTED for k in range(n)
        }
        placed = {
            i: (x + width / 2, self._y(row) + WORD / 2, shown(tokens[i]))
            for i, (row, x, width) in enumerate(at)
            if row < self.rows
        }
        self.words.show(placed, strong)
        for kind, patch in self.bars.items():
            bars = [bar for i, one in kinds.items() if one == kind
                    for bar in self._bars(i % n, at[i : i + n], kind)]  # fmt: skip
            patch.set_path(boxes(bars))

    def _y(self, row):
        return self.top + HEAD + LINE * row

    def _bars(self, level, at, kind):
        """The bar under some words: one for each row that these stand on."""
        ends = {}
        for row, x, width in at:
            ends[row] = min(x, ends.get(row, (x,))[0]), x + width
        flat = 2 if kind == MISSING else 0
        return [
            (left + 3, self._y(row) + WORD + 2 + BAR * level + flat,
             right - left - 6, 5 - 2 * flat)
            for row, (left, right) in ends.items() if row < self.rows
        ]  # fmt: skip


class Page:
    """A candidate above its references, on a page of `px`."""

    def __init__(self, references, px):
        tops, top = [], 12
        needed = [ROWS[px], *(1 + spots(one, px)[-1][0] for one in references)]
        for rows in needed:
            tops.append(top)
            top += HEAD + LINE * rows + 8
        self.fig, ax = board(px, top + 22 + 36 * (px == NARROW))
        pairs = zip(tops, needed, strict=True)
        self.sentences = [Sentence(ax, y, px, rows) for y, rows in pairs]
        x = LEFT
        for kind, look in LOOKS.items():
            thick = 1 if kind == MISSING else 5
            bar = boxes([(x, top - thick / 2, 30, thick)])
            ax.add_patch(PathPatch(bar, **look))
            ax.text(x + 38, top, kind, va="center", fontsize=12, color=PALETTE["soft"])
            if px == NARROW:
                top += 18
            else:
                x += 90 + 7 * len(kind)


def edit_candidate(candidate=CANDIDATE, references=REFERENCES):
    """Live: type a candidate, and see what of it the references have.

    `candidate` is a text, `references` a few, with spaces between all words. Bars
    mark each n words in a row; every factor of BLEU stands below with its digits.
    """
    references = [reference.split() for reference in references]

    def drawn(px=PAGE):
        page = Page(references, px)
        return page.fig, lambda text, n: update(page, text.split(), n)

    def update(page, tokens, n):
        c, r = len(tokens), closest(tokens, references)
        first, *others = page.sentences
        kinds = dict(enumerate(marks(tokens, references, n)))
        head = f"candidate, c = {c}" if c else "The candidate is empty: type a word."
        first.show(head, tokens, kinds, n)
        chosen = [len(one) for one in references].index(r)
        for k, (sentence, one) in enumerate(zip(others, references, strict=True)):
            ending = f", the closest in length: r = {r}" if k == chosen else ""
            head = f"reference {k + 1}, {counted(len(one), 'word')}{ending}"
            sentence.show(head, one, dict.fromkeys(lit(tokens, one, n), COUNTED), n)
        return [clipping(tokens, references, n), *factors(tokens, references)]

    def describe(text, n):
        tokens = text.split()
        kinds = marks(tokens, references, n)
        kept = [" ".join(tokens[i : i + n])
                for i, kind in enumerate(kinds) if kind == COUNTED]  # fmt: skip
        listed = f": {', '.join(kept)}" if kept else ""
        return (
            f"A candidate of {counted(len(tokens), 'word')} above "
            f"{counted(len(references), 'reference')}, with a bar under each "
            f"{counted(n, 'word')} in a row. Of {counted(len(kinds), 'bar')} "
            f"{len(kept)} count{listed}. BLEU is {bleu(tokens, references):.3f}."
        )

    examples = [
        "the the the the the",
        "ben found the red kite",
        "kite the found ben .",
        "",
    ]
    return Live(
        *drawn(), narrow=lambda: drawn(NARROW), alt=describe,
        text=Text(candidate, "candidate", LONGEST, examples),
        n=Slider(1, ORDER, 1, 1, "n, words in a row", ("word", "words")),
    )  # fmt: skip


def closest(candidate, references):
    """r: the length closest to the candidate's, of two equally close the shorter."""
    c = len(candidate)
    return min(map(len, references), key=lambda length: (abs(length - c), length))


def clipping(candidate, references, n):
    """The count of the n-gram that is clipped most, or else comes most often."""
    counts = ngrams(candidate, n)
    if not counts:
        none = f"{n} words in a row" if candidate else "words"
        return rf"\text{{The candidate has no {none}.}}"
    have = {gram: [ngrams(one, n)[gram] for one in references] for gram in counts}

    def lost(gram):
        most = max(have[gram])
        return (counts[gram] - most) * (most > 0), most, counts[gram]

    gram = max(counts, key=lost)  # the first of equals
    listed = " and ".join(map(str, have[gram]))
    count, most = counts[gram], max(have[gram])
    return (
        rf"{said(cut(' '.join(gram), 30))}\text{{: {count} in the candidate, {listed} "
        rf"in the references; it counts }}\min({count},\ {most}) = {min(count, most)}"
    )


def factors(candidate, references):
    """All precisions, the brevity penalty and BLEU with their digits: three lines."""
    pairs = [clipped_precision(candidate, references, n + 1) for n in range(ORDER)]
    shares = [rf"\frac{{{kept}}}{{{count}}}" for kept, count in pairs]
    precisions = r",\quad ".join(
        f"p_{n} = {share}" for n, share in enumerate(shares, start=1)
    )
    c, r = len(candidate), closest(candidate, references)
    penalty = brevity_penalty(candidate, references)
    if c >= r:
        brevity = rf"c = {c} \geq r = {r}\text{{, so no penalty: }} 1"
    elif c:
        power = rf"e^{{1 - {r}/{c}}} = {digits(penalty)}"
        brevity = rf"c = {c} < r = {r}\text{{, brevity penalty: }} {power}"
    else:
        brevity = rf"c = 0 < r = {r}\text{{, brevity penalty: }} 0"
    total = bleu(candidate, references, ORDER)
    for n, (kept, count) in enumerate(pairs, start=1):
        if kept == 0:
            zero = "0" if count else r"\frac{0}{0}\text{, as it is too short}"
            return [precisions, brevity, rf"\text{{BLEU}} = 0,\quad p_{n} = {zero}"]
    product = r" \cdot ".join(shares)
    kept = "1" if penalty == 1 else digits(penalty)
    mean = rf"{kept} \cdot \left({product}\right)^{{1/{ORDER}}}"
    result = rf"{kept} \cdot {digits(total / penalty)} = {digits(total)}"
    return [precisions, brevity, rf"\text{{BLEU}} = {mean} = {result}"]
