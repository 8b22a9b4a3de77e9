"""The bigram table: its picture, and one of its rows."""

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.draws import whole
from helpers.live import Drag, Live, Slider
from helpers.live.formula import words as said
from helpers.live.style import PALETTE, figure

SHOWN = 7  # next words in a picture; what is left becomes one bar
NAMES = {".": "full stop"}  # a dot alone is hard to see


class Row:
    """The likeliest next words as lying bars on `ax`; `show` changes the row.

    At most `shown` words; the rest is one grey bar, "all others". The bar of the
    chosen word is hatched as well as coloured.
    """

    def __init__(self, ax, vocabulary, shown=SHOWN, animated=False):
        self.vocabulary, self.shown = vocabulary, shown
        places = np.arange(shown + 1)
        self.bars = ax.barh(places, 0 * places, height=0.66, animated=animated)
        self.words = [ax.text(-0.02, k, "", ha="right", va="center",
                              animated=animated) for k in places]  # fmt: skip
        self.texts = [ax.text(0, k, "", va="center", animated=animated)
                      for k in places]  # fmt: skip
        ax.set(xlim=(0, 1.18), ylim=(shown + 0.5, -0.6), xlabel="probability")
        ax.set_xticks(np.arange(0, 1.01, 0.25))
        # Blank labels as wide as the longest word keep the room for it.
        ax.set_yticks(places, [" " * 18] * len(places))
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x")

    def show(self, p, chosen=None):
        """Draw the distribution `p`, shape (V,), its likeliest word first."""
        order = [int(i) for i in np.argsort(-p, kind="stable")[: self.shown] if p[i]]
        if chosen is not None and chosen not in order:
            order[-1] = chosen
        rest = 1 - p[order].sum()
        rows = [(self.vocabulary[i], p[i], i == chosen) for i in order]
        if rest > 1e-9:
            rows.append(("all others", rest, None))
        for k, (bar, word, text) in enumerate(
            zip(self.bars, self.words, self.texts, strict=True)
        ):
            name, value, hit = rows[k] if k < len(rows) else ("", 0.0, False)
            colour = "grey" if hit is None else "orange" if hit else "blue"
            bar.set_width(value)
            bar.set_facecolor(PALETTE[colour])
            bar.set_hatch("//" if hit else None)
            bar.set_edgecolor("white" if hit else PALETTE[colour])
            word.set_text(NAMES.get(name, name))
            text.set_text(f"{value:.3f}" if name else "")
            text.set_x(value + 0.02)


SIZES = [(0.0, 0.4), (0.1, 0.65), (0.5, 1.0)]  # P from, half a square's side
EVERY = 8  # rows and columns from one named word to the next


def draw_table(ax, table, vocabulary):
    """The table (V, V) on `ax`: a square for each pair, in three sizes by P.

    Up to 0.1, up to 0.5, and above. Both axes name one word in `EVERY`.
    """
    V = len(table)
    ax.set(xlim=(-2, V + 1), ylim=(V + 1, -2), xlabel="next word",
           ylabel="previous word")  # fmt: skip
    places = range(0, V, EVERY)
    names = [NAMES.get(vocabulary[k], vocabulary[k]) for k in places]
    ax.set_xticks(places, names, rotation=90)
    ax.set_yticks(places, names)
    ax.tick_params(labelsize="small", length=2)
    kind = np.digitize(table, [start for start, _ in SIZES[1:]], right=True)
    for k, (_, half) in enumerate(SIZES):
        pairs = np.argwhere((table > 0) & (kind == k))
        ends = [point for i, j in pairs for point in ((j - half, i), (j + half, i))]
        # One path of short thick lines: artists of their own would make the
        # picture ten times longer.
        codes = [Path.MOVETO, Path.LINETO] * len(pairs)
        ax.add_patch(PathPatch(Path(ends, codes), fill=False, lw=5 * half,
                               edgecolor=PALETTE["blue"], capstyle="butt"))  # fmt: skip


def read_row(counts, vocabulary, word):
    """A live figure: the whole table of pair counts (V, V), and one row of it.

    Dragging in the table, or the slider, chooses the previous word; `word` is
    where it starts.
    """
    totals = counts.sum(axis=1)  # (V,)
    table = counts / totals[:, None]  # (V, V)
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1, 1.3))
    draw_table(left, table, vocabulary)
    band = left.axhspan(-1, 1, color=PALETTE["orange"], alpha=0.3, lw=0,
                        animated=True)  # fmt: skip
    bars = Row(right, vocabulary, animated=True)
    title = right.text(0, -0.95, "", animated=True)

    def best(row):
        return int(np.argmax(counts[row]))

    def update(row):
        band.set_y(row - 1)
        bars.show(table[row])
        title.set_text(f"after {vocabulary[row]}")
        j = best(row)
        return (
            rf"P(\text{{next}} = {said(vocabulary[j])} \mid {said(vocabulary[row])}) = "
            rf"\frac{{{whole(counts[row, j])}}}{{{whole(totals[row])}}} = "
            rf"{digits(table[row, j])}"
        )

    def describe(row):
        order = np.argsort(-table[row], kind="stable")[:3]
        words = [vocabulary[j] for j in order]
        likeliest = each(words, table[row, order], 3, unless=0)
        return (
            f"A table of squares, {len(vocabulary)} rows and columns, mostly empty. "
            f"Its row for {vocabulary[row]} beside it as bars: {likeliest}."
        )

    return Live(
        fig, update, alt=describe, drag=[Drag(left, y="row")],
        row=Slider.over(
            list(range(len(vocabulary))), vocabulary.index(word), "previous word",
            texts=vocabulary,
        ),
    )  # fmt: skip
