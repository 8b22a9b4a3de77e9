"""Ten endings of a story: the reader's marks, beside the order of three judges."""

from dataclasses import dataclass

import numpy as np
from matplotlib.patches import PathPatch

from helpers.figures.evaluation.endings import KITE, KITE_END, TEN, ten_scores
from helpers.figures.parts.cells import Labels, board, boxes
from helpers.figures.parts.digits import digits
from helpers.figures.probability.walks import lines_of
from helpers.live import Drag, Live, Slider, Toggle
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.evaluation.ranks import rank_correlation, ranks

LETTERS = "ABCDEFGHIJ"
BEST = 10  # the highest mark
FAR = 4  # ranks apart from the reader's: framed


@dataclass(frozen=True)
class Place:
    """Where a page of `px` has what, in px; texts have lines of so many letters."""

    px: int
    letters: int
    row: int  # from one ending to the next
    strip: tuple  # of the marks: left, below the row's top, width
    ranks: tuple  # the columns of ranks
    below: int  # of their numbers, below the row's top


WIDE = Place(860, 54, 42, (436, 4, 176), (644, 696, 758, 826), 17)
SMALL = Place(NARROW, 48, 74, (30, 40, 110), (172, 218, 268, 330), 53)
LINE, TOP = 16, 20


def wrapped(text, letters):
    """Lines of at most so many letters; a full stop stays with its word."""
    return lines_of(text.replace(" .", "\u00a0.").split(" "), letters)


class Page:
    """The story, its reference, and a row for each of the ten endings."""

    def __init__(self, place):
        self.place = place
        head = [
            line
            for text in (f"beginning: {KITE}", f"reference: {KITE_END}")
            for line in wrapped(text, 110 if place is WIDE else 50)
        ]
        self.top = TOP + LINE * len(head) + 34
        self.fig, ax = board(place.px, self.top + place.row * len(TEN) + 6)
        self.height = self.top + place.row * len(TEN) + 6
        style = {"fontsize": 13 if place is WIDE else 12, "va": "center"}
        texts = Labels(ax, animated=False, **style)
        texts.show(
            [(20, TOP + LINE * k, line) for k, line in enumerate(head)]
            + [
                (30, self._y(k) + 9 + LINE * i, line)
                for k, ending in enumerate(TEN)
                for i, line in enumerate(wrapped(ending, place.letters))
            ]
        )
        names = [(8, self._y(k) + 9, letter) for k, letter in enumerate(LETTERS)]
        Labels(ax, animated=False, weight="bold", **style).show(names)
        soft = {**style, "color": PALETTE["soft"], "ha": "center", "fontsize": 12}
        rouge = "ROUGE-L" if place is WIDE else "ROUGE"
        heads = zip(place.ranks, ["you", "BLEU", rouge, "grammar"], strict=True)
        Labels(ax, animated=False, **soft).show(
            [(x, self.top - 12, name) for x, name in heads]
            + [
                (
                    place.strip[0] + place.strip[2] / 2,
                    self.top - 12,
                    "your mark, 1 to 10",
                )
            ]
        )
        self.strips = [self._strip(k) for k in range(len(TEN))]
        middle = {"ha": "center", "va": "center_baseline", "fontsize": 14}
        self.numbers = Labels(ax, **middle)
        self.frames = ax.add_patch(
            PathPatch(boxes([]), animated=True, fill=False, ec=PALETTE["red"], lw=2)
        )

    def _y(self, k):
        return self.top + self.place.row * k

    def _strip(self, k):
        """An axes of its own for each mark, so that it can be dragged: ax, dot."""
        left, below, width = self.place.strip
        px, tall = self.place.px, self.height
        y = self._y(k) + below
        ax = self.fig.add_axes([left / px, 1 - (y + 26) / tall, width / px, 26 / tall])
        ax.patch.set_alpha(0)
        ax.set(xlim=(0.5, BEST + 0.5), ylim=(-1, 1))
        ax.axis("off")
        ax.plot([1, BEST], [0, 0], color=PALETTE["grid"], lw=2, ls="-")
        (dot,) = ax.plot([1], [0], "o", color=PALETTE["blue"], ms=11, animated=True)
        return ax, dot

    def show(self, marks, judges):
        """`marks` (10,), and the ranks of the three `judges`, (3, 10), or None."""
        for (_, dot), mark in zip(self.strips, marks, strict=True):
            dot.set_xdata([mark])
        mine = ranks(marks)
        columns = [] if judges is None else [mine, *judges]
        where = [
            (x, k, column[k])
            for x, column in zip(self.place.ranks, columns, strict=False)
            for k in range(len(TEN))
        ]
        self.numbers.show(
            [(x, self._y(k) + self.place.below, f"{rank:g}") for x, k, rank in where]
        )
        self.frames.set_path(boxes([
            (x - 19, self._y(k) + self.place.below - 12, 38, 24)
            for x, k, rank in where if abs(rank - mine[k]) >= FAR
        ]))  # fmt: skip


def rank_ten():
    """Live: mark ten endings from 1 to 10, and see how three judges rank them."""
    scores = ten_scores()
    orders = [ranks(column) for column in scores.values()]

    def drawn(place=WIDE):
        page = Page(place)
        strips = zip(page.strips, LETTERS, strict=True)
        drags = [Drag(ax, x=letter) for (ax, _), letter in strips]

        def update(others, **marks):
            marks = np.array(list(marks.values()))
            page.show(marks, orders if others else None)
            return agreement(marks, scores) if others else HIDDEN

        return page.fig, update, drags

    def describe(others, **marks):
        said = "; ".join(
            f"{letter}, marked {mark}: {ending}"
            for (letter, mark), ending in zip(marks.items(), TEN, strict=True)
        )
        found = f"A story begins: {KITE} The reference: {KITE_END} Ten ends: {said}"
        if not others:
            return found
        ranked = "; ".join(
            f"{name} {', '.join(f'{rank:g}' for rank in order)}"
            for name, order in zip(scores, orders, strict=True)
        )
        return f"{found} Ranks from A to J: {ranked}."

    fig, update, drags = drawn()
    marks = {letter: Slider(1, BEST, 1, 5, letter) for letter in LETTERS}
    return Live(
        fig, update, alt=describe, drag=drags, narrow=lambda: drawn(SMALL),
        **marks, others=Toggle(False, "show the ranks"),
    )  # fmt: skip


HIDDEN = r"\text{Mark all ten, then show the ranks.}"


def agreement(marks, scores):
    """The rank correlation of the marks with each judge, as LaTeX."""
    if len(set(marks.tolist())) == 1:
        return (
            r"\text{Your marks are all equal: they put nothing in order, so there is "
            r"no rank correlation.}"
        )
    said = [
        rf"\text{{{name}}} = {digits(rank_correlation(marks, column), 2)}"
        for name, column in scores.items()
    ]
    return r"\text{rank correlation with your marks: }" + r",\quad ".join(said)
