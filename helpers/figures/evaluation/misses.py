"""One story's end, changed: how far each score falls, and what the grammar says."""

from difflib import SequenceMatcher

from matplotlib.patches import PathPatch

from helpers.figures.evaluation.candidate import PAGE, spots
from helpers.figures.evaluation.endings import (
    CHANGES,
    RACE,
    RACE_END,
    chain,
    log_probability,
    overlaps,
)
from helpers.figures.parts.cells import Labels, Stressed, board, boxes
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.live import Choice, Live
from helpers.live.formula import words as said
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE

SCORES = ["ROUGE-1", "ROUGE-2", "ROUGE-L", "BLEU"]
LEFT, LINE, BAR = 20, 24, 30  # px
LONGEST = max(CHANGES.values(), key=len).split()


def changed(tokens, reference):
    """The places of the tokens that are not those of the reference.

    Beside what both share in order, or place by place if that leaves fewer.
    """
    same = SequenceMatcher(None, reference, tokens, autojunk=False)
    kept = {block.b + k for block in same.get_matching_blocks()
            for k in range(block.size)}  # fmt: skip
    beside = [i for i in range(len(tokens)) if i not in kept]
    if len(tokens) != len(reference):
        return beside
    moved = [i for i, token in enumerate(tokens) if token != reference[i]]
    return min(moved, beside, key=len)


class Page:
    """The reference, the changed end, and a bar for each score, `px` wide."""

    def __init__(self, px):
        self.px, reference = px, RACE_END.split()
        self.top = 46 + LINE * self._rows(reference)
        self.bars_at = self.top + 22 + LINE * self._rows(LONGEST) + 12
        self.fig, ax = board(px, self.bars_at + BAR * len(SCORES) + 30)
        soft = {"color": PALETTE["soft"], "fontsize": 12, "va": "center"}
        middle = {"ha": "center", "va": "center_baseline", "fontsize": 14}
        heads = [(LEFT, 16, "reference"), (LEFT, self.top, "changed")]
        Labels(ax, animated=False, **soft).show(heads)
        Labels(ax, animated=False, **middle).show(self._words(reference, 16))
        self.words = Stressed(ax, **middle)
        orange, blue = PALETTE["orange"], PALETTE["blue"]
        self.lines = ax.add_patch(
            PathPatch(boxes([]), animated=True, fill=False, ec=orange, lw=2.2)
        )
        self.zero, self.unit = LEFT + 76, px - LEFT - 76 - 80  # of the bars
        whole = [self._bar(k, 1) for k in range(len(SCORES))]
        ax.add_patch(PathPatch(boxes(whole), fill=False, ec=PALETTE["soft"], lw=1))
        self.bars = ax.add_patch(
            PathPatch(boxes([]), animated=True, fc=blue, ec=blue, lw=1)
        )
        right = {"ha": "right", "va": "center", "fontsize": 13}
        Labels(ax, animated=False, **right).show(
            [(self.zero - 8, self._y(k), name) for k, name in enumerate(SCORES)]
        )
        self.numbers = Labels(ax, va="center", fontsize=13)
        Labels(ax, animated=False, ha="center", **soft).show(
            [(self.zero + self.unit * x, self._y(len(SCORES)) - 4, f"{x:g}")
             for x in (0, 0.5, 1)]
        )  # fmt: skip

    def _rows(self, tokens):
        return 1 + spots(tokens, self.px)[-1][0]

    def _words(self, tokens, top):
        return [
            (x + width / 2, top + 8 + LINE * (row + 0.5), token)
            for token, (row, x, width) in zip(
                tokens, spots(tokens, self.px), strict=True
            )
        ]

    def _y(self, k):
        return self.bars_at + BAR * (k + 0.5)

    def _bar(self, k, score):
        return self.zero, self._y(k) - 9, self.unit * score, 18

    def show(self, tokens, scores):
        """Draw the changed end, and a bar for each of `scores`, {name: 0 to 1}."""
        new = changed(tokens, RACE_END.split())
        placed, at = self._words(tokens, self.top), spots(tokens, self.px)
        self.words.show(dict(enumerate(placed)), new)
        self.lines.set_path(boxes([
            (at[i][1] + 4, self.top + 8 + LINE * (at[i][0] + 1) - 3, at[i][2] - 8, 0)
            for i in new
        ]))  # fmt: skip
        values = [scores[name] for name in SCORES]
        self.bars.set_path(boxes([self._bar(k, x) for k, x in enumerate(values)]))
        right = self.zero + self.unit + 10
        self.numbers.show(
            [(right, self._y(k), f"{x:.3f}") for k, x in enumerate(values)]
        )


def change_an_end():
    """Live: the end of a race changed in seven ways, by four scores and the grammar."""

    def drawn(px=PAGE):
        page = Page(px)
        return page.fig, lambda change: update(page, change)

    def update(page, change):
        scores = overlaps(CHANGES[change], RACE_END)
        page.show(CHANGES[change].split(), scores)
        falls = [
            rf"\text{{{name} falls by }}1 - {digits(scores[name])} = "
            f"{digits(1 - scores[name])}"
            for name in ("BLEU", "ROUGE-L")
        ]
        return [r",\quad ".join(falls), verdict(CHANGES[change])]

    def describe(change):
        scores = overlaps(CHANGES[change], RACE_END)
        values = [scores[name] for name in SCORES]
        p = log_probability(CHANGES[change], RACE)
        possible = f"has ln P {p:.2f}" if p > -1e9 else "calls it impossible"
        return (
            f"The end of a race, changed: {change}. It reads: {CHANGES[change]} "
            f"Its scores are {each(SCORES, values, 3)}. The grammar {possible}."
        ).replace(" -", " −")

    return Live(
        *drawn(), narrow=lambda: drawn(NARROW), alt=describe,
        change=Choice(list(CHANGES), "nothing", "what is changed"),
    )  # fmt: skip


def verdict(ending):
    """What the exact grammar says about an end of the race, as LaTeX."""
    p, mine = log_probability(ending, RACE), log_probability(RACE_END, RACE)
    if p > -1e9:
        return (
            rf"\text{{grammar: possible, }}\ln P = {digits(p, 2)}"
            rf"\text{{, and of the reference }}\ln P = {digits(mine, 2)}"
        )
    tokens = ending.split()
    t = len(chain(ending, RACE)) - 1  # the first word that cannot come
    word, before = said(tokens[t]), said(" ".join(tokens[max(0, t - 2) : t]))
    where = rf"\text{{ cannot come after “}}{before}\text{{”}}"
    if t == 0:
        where = r"\text{ cannot come first}"
    return (
        r"\text{grammar: impossible, }\ln P = \text{−∞, as here “}"
        rf"{word}\text{{”}}{where}"
    )
