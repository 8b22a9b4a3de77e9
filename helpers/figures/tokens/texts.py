"""Text as tokens, ids and one-hot vectors: what the reader types and watches."""

from dataclasses import dataclass

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, board, boxes, columns, cut, visible
from helpers.live import Choice, Drag, Live, Slider, Text, counted
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE, figure
from helpers.maths.tokens import encode

CUTS = {"words": str.split, "characters": list}
ROWS = 10  # that have room in the picture
HEIGHT, TOP = 26, 92  # px of a cell, and above the first


@dataclass(frozen=True)
class Place:
    """Where a picture of so many px has what: right edge of tokens, ids, cells."""

    px: int
    token: int
    id: int
    left: int
    cell: int
    columns: int
    letters: int  # of a token


WIDE = Place(860, token=136, id=184, left=216, cell=30, columns=20, letters=14)
SMALL = Place(NARROW, token=92, id=114, left=132, cell=26, columns=9, letters=9)


class OneHots:
    """A row of cells for each token: its id as the place of a single 1.

    `show(tokens)` draws the first ROWS tokens; the vocabulary is the different
    tokens in the order they come. A dot stands for a 0.
    """

    def __init__(self, ax, animated=False, place=WIDE):
        self.place = place

        def labels(**style):
            return Labels(ax, animated, va="center_baseline", **style)

        def shape(**style):
            patch = PathPatch(boxes([]), animated=animated, **style)
            return ax.add_patch(patch)

        blue, soft = PALETTE["blue"], PALETTE["soft"]
        self.frames = shape(fill=False, edgecolor=PALETTE["grid"], linewidth=1)
        self.ones = shape(facecolor=to_rgba(blue, 0.3), edgecolor=blue, linewidth=2)
        self.dots = [
            ax.plot([], [], color=soft, linewidth=2.4, animated=animated,
                    dashes=(1, place.cell / 2.4 - 1))[0]
            for _ in range(ROWS)
        ]  # fmt: skip
        self.tokens = labels(ha="right")
        self.ids = labels(ha="center", weight="bold")
        self.heads = labels(ha="center", fontsize=12, weight="bold")
        self.flat = labels(ha="center", fontsize=12)
        self.steep = labels(ha="left", fontsize=12, rotation=38, rotation_mode="anchor")
        self.digits = labels(ha="center", weight="bold")
        self.notes = labels(ha="left", color=soft, fontsize=12)
        for x, word in [(place.token, "token"), (place.id, "id")]:
            where = "right" if word == "token" else "center"
            ax.text(x, TOP - 16, word, ha=where, color=soft, fontsize=12)

    def show(self, tokens):
        """Draw `tokens`, a list of str of any length."""
        vocabulary = list(dict.fromkeys(tokens))
        place, cell = self.place, self.place.cell
        drawn, V = tokens[:ROWS], min(len(vocabulary), place.columns)
        ids = encode(drawn, vocabulary) if drawn else []
        y = [TOP + HEIGHT * (row + 0.5) for row in range(len(ids))]
        x = [place.left + cell * (column + 0.5) for column in range(V)]
        names = [visible(token) for token in vocabulary[:V]]
        self.tokens.show(
            [
                (place.token, at, cut(visible(t), place.letters))
                for at, t in zip(y, drawn, strict=True)
            ]
        )
        self.ids.show([(place.id, at, str(i)) for at, i in zip(y, ids, strict=True)])
        self.heads.show([(at, TOP - 12, str(i)) for i, at in enumerate(x)])
        short = [columns(name) <= 2 for name in names]
        self.flat.show([(x[i], TOP - 32, names[i]) for i in range(V) if short[i]])
        self.steep.show(
            [(x[i] - 4, TOP - 26, cut(names[i], 9)) for i in range(V) if not short[i]]
        )
        self.frames.set_path(
            boxes([(place.left, at - HEIGHT / 2, cell * V, HEIGHT) for at in y])
        )
        self.ones.set_path(
            boxes(
                [
                    (x[i] - cell / 2 + 2, at - 11, cell - 4, 22)
                    for at, i in zip(y, ids, strict=True)
                ]
            )
        )
        self.digits.show([(x[i], at, "1") for at, i in zip(y, ids, strict=True)])
        for dots, at in zip(self.dots, [*y, *[None] * ROWS], strict=False):
            # Half a dash to the left, so that dots stand in the middle of cells.
            first = place.left + cell / 2 - 1.2
            dots.set_data(*([], []) if at is None else ([first, x[-1] + 1.3], [at, at]))
        self.notes.show(self._remarks(tokens, vocabulary))

    def _remarks(self, tokens, vocabulary):
        if not tokens:
            return [(20, TOP + 40, "There are no tokens yet: type something.")]
        left_out = [
            f"the first {shown} of {count} {what}"
            for shown, count, what in [
                (ROWS, len(tokens), "tokens"),
                (self.place.columns, len(vocabulary), "columns"),
            ]
            if count > shown
        ]
        joined = " and\n" if self.place is SMALL else " and "
        remark = f"Drawn: {joined.join(left_out)}." if left_out else ""
        return [(20, TOP + HEIGHT * ROWS + 20, remark)]


def type_a_text(text="the cat saw the dog and the dog ran home"):
    """Live: any text as tokens, ids and one-hot vectors, by words or characters."""

    def drawn(place=WIDE):
        fig, ax = board(place.px, TOP + HEIGHT * ROWS + (34 if place is WIDE else 44))
        picture = OneHots(ax, animated=True, place=place)
        return fig, lambda text, by: update(picture, text, by)

    def update(picture, text, by):
        tokens = CUTS[by](text)
        picture.show(tokens)
        vocabulary = list(dict.fromkeys(tokens))
        N, V = len(tokens), len(vocabulary)
        ids = encode(tokens, vocabulary) if tokens else []
        numbers = counted(N * V, "number").split()[1]
        listed = ",\\ ".join(map(str, ids[:16])) + (r",\ \dots" if N > 16 else "")
        return [
            rf"\text{{ids}} = [{listed}]",
            rf"N \times V = {N} \times {V} = {N * V}\text{{ {numbers}, of which }}"
            rf"{N}\text{{ {'is' if N == 1 else 'are'} 1}}",
        ]

    def describe(text, by):
        tokens = CUTS[by](text)
        if not tokens:
            return "No tokens: the text is empty."
        vocabulary = list(dict.fromkeys(tokens))
        said = ", ".join(
            f"{visible(token)} has id {i}"
            for token, i in zip(
                tokens[:ROWS], encode(tokens[:ROWS], vocabulary), strict=True
            )
        )
        return (
            f"{counted(len(tokens), 'token')}, {len(vocabulary)} of them different. "
            f"{said}. Each row of the table has a single 1 in the column of its id."
        )

    examples = ["今天天气真好", "I ♥ 🐈 and 👨‍👩‍👧", ""]
    return Live(
        *drawn(), narrow=lambda: drawn(SMALL), alt=describe,
        text=Text(text, "your text", 160, examples),
        by=Choice(list(CUTS), "words", "cut into"),
    )  # fmt: skip


class Distances:
    """Stems on `ax`: how far each letter is from one of them, `show(far, k)`."""

    def __init__(self, ax, letters, colour, animated=False):
        places = np.arange(len(letters))
        self.colour = PALETTE[colour]
        self.stems = ax.vlines(
            places, 0, 0, color=self.colour, linewidth=5, animated=animated
        )
        (self.dots,) = ax.plot(
            places, places, "o", color=self.colour, markersize=9, animated=animated
        )
        (self.mark,) = ax.plot(
            [0], [0], "s", color=PALETTE["orange"], markersize=13, animated=animated
        )
        self.texts = [
            ax.text(k, 0, "", ha="center", va="bottom", animated=animated)
            for k in places
        ]
        ax.set(ylim=(-0.3, 8.4), xlim=(-0.6, len(letters) - 0.4))
        ax.set_xticks(places, letters)
        ax.grid(axis="y")

    def show(self, far, k):
        """Set the heights to `far`, shape (V,), and mark letter `k`."""
        self.stems.set_segments([[(i, 0), (i, d)] for i, d in enumerate(far)])
        self.dots.set_ydata(far)
        self.mark.set_data([k], [far[k]])
        for text, d in zip(self.texts, far, strict=True):
            text.set_y(d + 0.35)
            text.set_text(f"{d:.3g}")


def two_numberings(letters="abcdefgh"):
    """Live: how far letters are apart when numbered, and when one-hot."""
    fig, (left, right) = figure("wide", 1, 2)
    V = len(letters)
    numbered = Distances(left, list(letters), "purple", animated=True)
    hot = Distances(right, list(letters), "blue", animated=True)
    left.set_title("numbered a = 1, b = 2, …")
    right.set_title("one-hot vectors")
    left.set_ylabel("distance")

    def update(one, other):
        numbered.show(np.abs(np.arange(V) - one), other)
        differ = np.eye(V)[one] - np.eye(V)  # (V, V)
        hot.show(np.sqrt((differ**2).sum(axis=1)), other)
        first = rf"\text{{numbered: }}\left|{one + 1} - {other + 1}\right| "
        roots = r"\sqrt{(1 - 0)^2 + (0 - 1)^2} = \sqrt{2} = 1.414"
        if one == other:
            roots = r"\sqrt{(1 - 1)^2 + (0 - 0)^2} = \sqrt{0} = 0"
        return [rf"{first}= {abs(one - other)}", rf"\text{{one-hot: }}{roots}"]

    def describe(one, other):
        far = "0" if one == other else "1.414"
        a, b = letters[one], letters[other]
        return (
            f"Distances from {a}. Numbered, they grow from letter to letter: {b} is "
            f"{abs(one - other)} away. One-hot, every other letter is 1.414 away: "
            f"{b} is {far} away."
        )

    def letter(value, label):
        return Slider.over(range(V), value, label, texts=list(letters))

    return Live(
        fig, update, alt=describe,
        drag=[Drag(left, x="other"), Drag(right, x="other")],
        one=letter(0, "from the letter"), other=letter(1, "to the letter"),
    )  # fmt: skip
