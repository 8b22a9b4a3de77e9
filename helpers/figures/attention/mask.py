"""The causal mask: scores, mask and weights of five words as tables of digits."""

import numpy as np
from matplotlib.patches import PathPatch

from helpers.figures.parts.bars import minus
from helpers.figures.parts.cells import Labels, boxes
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Toggle
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure
from helpers.maths.attention import causal_mask
from helpers.maths.loss import softmax

WORDS = ("tom", "lost", "his", "red", "ball")
OTHER = "kite"  # in the place of the last word
# Scores QKᵀ/√d with one digit: the row asks, the column is asked.
SCORES = np.array([
    [0.9, 0.2, -0.4, 0.5, 1.1],
    [1.6, 0.3, 0.4, -0.2, 0.8],
    [1.3, 0.6, -0.5, 0.1, 0.7],
    [0.2, -0.3, 0.4, 0.6, 1.8],
    [0.7, 1.2, -0.1, 1.5, 0.4],
])  # fmt: skip
# Another last word asks with another query, its row, and has another key, its column.
SWAPPED = SCORES.copy()
SWAPPED[-1] = [0.1, 1.4, 0.3, 0.8, -0.6]
SWAPPED[:-1, -1] = [-0.7, 0.2, 1.9, -0.3]
BEFORE, AFTER, NONE = "−∞ before softmax", "× 0 after softmax", "no mask"
ALONG, DOWN = "along the row", "down the column"
ROW = 2  # whose weights the formula writes out


def tables(scores, mask, axis):
    """What goes into the last step, and the weights: (5, 5), str, str -> two (5, 5)."""
    ready = causal_mask(scores) if mask == BEFORE else scores
    weights = softmax(ready) if axis == ALONG else softmax(ready.T).T
    if mask == AFTER:
        return weights, np.tril(weights)
    return ready, weights


def moved(mask, axis):
    """Which weights change with the last word, (5, 5) of bool."""
    (_, one), (_, other) = tables(SCORES, mask, axis), tables(SWAPPED, mask, axis)
    return one != other


class Table:
    """A square table of digits on `ax`, a row and a column for each word."""

    def __init__(self, ax, sums=False):
        N = len(WORDS)
        ax.set(xlim=(-0.5, N - 0.5 + 1.1 * sums), ylim=(N - 0.5, -0.5))
        names = [*WORDS[:-1], " " * 8]  # the last word is a moving text
        ax.set_xticks([*range(N), N + 0.1][: N + sums], [*names, "sum"][: N + sums])
        ax.set_yticks(range(N), names)
        ax.xaxis.tick_top()
        ax.tick_params(length=0)
        for side in ax.spines.values():
            side.set_visible(False)
        grid = [(j - 0.5, i - 0.5, 1, 1) for i in range(N) for j in range(N)]
        ax.add_patch(PathPatch(boxes(grid), fill=False, ec=PALETTE["grid"], lw=1))

        def shape(**style):
            return ax.add_patch(PathPatch(boxes([]), animated=True, **style))

        self.shut = shape(facecolor=PALETTE["grid"], edgecolor="none", alpha=0.7)
        self.framed = shape(fill=False, edgecolor=PALETTE["red"], lw=2.2)
        middle = {"ha": "center", "va": "center_baseline", "fontsize": 12}
        self.digits = Labels(ax, **middle)
        self.moved = Labels(ax, weight="bold", **middle)
        ax.set_title(" ", pad=8)  # room for the moving one

        def words(x, y, up, left, **style):
            return ax.annotate("", (x, y), (left, up), textcoords="offset points",
                               animated=True, **style)  # fmt: skip

        self.title = words(-0.5, -0.5, 22, 0, fontsize=13)
        self.last = (
            words(N - 1, -0.5, 6, 0, fontsize=12, ha="center"),
            words(-0.5, N - 1, 0, -4, fontsize=12, ha="right", va="center_baseline"),
        )

    def show(self, title, texts, last, moved=None, sums=()):
        """`texts` is a table of strings; cells that hold "−∞" or "0" are shut.

        `last` is the last word, `moved` (5, 5) of bool frames cells, and `sums` stand
        at the ends of the rows.
        """
        N = len(WORDS)
        moved = np.zeros((N, N), bool) if moved is None else moved
        cells = [(i, j) for i in range(N) for j in range(N)]

        def around(chosen, gap):
            side = 1 - 2 * gap
            return boxes([(j - 0.5 + gap, i - 0.5 + gap, side, side)
                          for i, j in chosen])  # fmt: skip

        shut = [(i, j) for i, j in cells if texts[i][j] in ("−∞", "0")]
        self.shut.set_path(around(shut, 0))
        self.framed.set_path(around([cell for cell in cells if moved[cell]], 0.06))
        ends = [(N + 0.1, i, text) for i, text in enumerate(sums)]
        for labels, which, more in ((self.digits, False, ends), (self.moved, True, [])):
            found = [(j, i, texts[i][j]) for i, j in cells if moved[i, j] == which]
            labels.show(found + more)
        for text in self.last:
            text.set_text(last)
        self.title.set_text(title)


def written(table, places):
    """Digits of a table; −∞ and an exact 0 as such."""
    return [
        ["0" if x == 0 else "−∞" if np.isinf(x) else minus(f"{x:.{places}f}")
         for x in row]
        for row in table
    ]  # fmt: skip


def mask_the_future():
    """A live figure: where the mask stands, over which axis softmax runs, who leaks.

    With another last word every weight that changes is framed. Where a row above the
    last one has such a weight, its word has read the future.
    """
    fig, axes = figure((860, 500), 2, 2)
    given, shape, ready, final = (Table(ax, sums=ax is axes[1, 1]) for ax in axes.flat)
    tril = np.tril(np.ones(SCORES.shape))

    def update(mask, axis, other):
        scores, last = (SWAPPED, OTHER) if other else (SCORES, WORDS[-1])
        before, weights = tables(scores, mask, axis)
        was = tables(SCORES, mask, axis)
        given.show("scores QKᵀ/√d", written(scores, 1), last, scores != SCORES)
        if mask == NONE:
            shape.show("no mask: all may look at all", written(tril**0, 0), last)
        else:
            shape.show("the mask: 1 may look, 0 may not", written(tril, 0), last)
        softmaxed = f"softmax {axis}"
        titles = {
            BEFORE: ("the scores, masked", f"{softmaxed}: the weights"),
            AFTER: (softmaxed, "times the mask: the weights"),
            NONE: ("the scores as they are", f"{softmaxed}: the weights"),
        }[mask]
        places = 2 if mask == AFTER else 1
        ready.show(titles[0], written(before, places), last, before != was[0])
        sums = [f"{total:.2f}" for total in weights.sum(axis=1)]
        final.show(titles[1], written(weights, 2), last, weights != was[1], sums)
        return [first_weight(scores, mask, axis, weights[ROW, 0]),
                words(verdict(mask, axis, other, sums))]  # fmt: skip

    def describe(mask, axis, other):
        scores = SWAPPED if other else SCORES
        _, weights = tables(scores, mask, axis)
        sums = [f"{total:.2f}" for total in weights.sum(axis=1)]
        where = "no mask" if mask == NONE else f"the mask as {mask}"
        return (
            f"Four tables for {', '.join(WORDS[:-1])} and "
            f"{OTHER if other else WORDS[-1]}: scores, mask, what follows, weights. "
            f"With {where} and softmax {axis}, {verdict(mask, axis, other, sums)}."
        )

    return Live(
        fig, update, alt=describe,
        mask=Choice([BEFORE, AFTER, NONE], BEFORE, "mask"),
        axis=Choice([ALONG, DOWN], ALONG, "softmax runs"),
        other=Toggle(False, f"another last word, {OTHER} for {WORDS[-1]}"),
    )  # fmt: skip


def first_weight(scores, mask, axis, weight):
    """The weight of the first word for word `ROW`, with its digits, as LaTeX."""
    ready = causal_mask(scores) if mask == BEFORE else scores
    line = ready[ROW] if axis == ALONG else ready[:, 0]
    powers = [rf"e^{{{score:.1f}}}" for score in line if np.isfinite(score)]
    return (
        rf"\text{{{WORDS[ROW]} looks at {WORDS[0]}: }} e^{{{scores[ROW, 0]:.1f}}} / "
        rf"({' + '.join(powers)}) = {digits(weight, 2)}"
    )


def verdict(mask, axis, other, sums):
    """Which rows moved with the last word, or what the rows sum to."""
    if not other:
        return f"the rows of weights sum to {', '.join(sums)}"
    rows = moved(mask, axis).any(axis=1)
    early = [word for word, row in zip(WORDS[:-1], rows, strict=False) if row]
    if not early:
        return "the last row moved and no other: no word has read the future"
    return f"rows that moved above the last: {', '.join(early)}; they read the future"
