"""Words as vectors: a row looked up, two arrows and their angle, a map of words."""

import math

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, boxes
from helpers.live import Drag, Live, Slider
from helpers.live.narrow import NARROW
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.vectors import angle, cosine


def digits(x):
    """A number as a formula writes it inside a product: a negative one in brackets."""
    return f"({x:g})" if x < 0 else f"{x:g}"


class LookUp:
    """The product one-hot · W, drawn row by row; `show(i)` puts the 1 at id i.

    `words` (V,) name the rows of W, shape (V, D). On `ax` row i stands at y = i.
    """

    # Pixels: words, ids, the one-hot vector, W, the products, and the step of cells.
    WIDE, SMALL = (82, 130, 186, 246, 590, 76), (28, 64, 100, 128, 254, 39)

    def __init__(self, ax, words, W, animated=False, narrow=False):
        self.W, self.words = np.asarray(W), words
        *left, START, RESULT, CELL = self.SMALL if narrow else self.WIDE
        self.hot, self.start, self.result, self.cell = left[-1], START, RESULT, CELL
        V, D = self.W.shape
        soft, blue, orange = PALETTE["soft"], PALETTE["blue"], PALETTE["orange"]
        ax.set(xlim=(0, NARROW if narrow else 860), ylim=(V + 1.1, -1.5))
        ax.axis("off")
        middle = {"ha": "center", "va": "center_baseline"}
        heads = ["word", "id", "one-hot", "W", "each row times its number"]
        if narrow:
            heads[-1] = "each row\ntimes its number"
        half = CELL * D / 2
        for x, head in zip([*left, START + half, RESULT + half], heads, strict=True):
            ax.text(x, -1, head, color=soft, fontsize=12 if narrow else 13, **middle)
        for i, word in enumerate(words):
            ax.text(left[0], i, word, **middle)
            ax.text(left[1], i, str(i), weight="bold", **middle)
            for x, number in self._cells(START, i):
                ax.text(x, i, number, **middle)
        ax.text(RESULT - 12, V + 0.3, "sum", ha="right", color=soft,
                va="center_baseline")  # fmt: skip
        ax.plot([RESULT, RESULT + CELL * D], [V - 0.4] * 2,
                color=soft, linewidth=1)  # fmt: skip

        def shape(colour, width, fill):
            face = to_rgba(colour, 0.3)
            style = {"facecolor": face, "edgecolor": colour, "fill": fill}
            patch = PathPatch(boxes([]), animated=animated, linewidth=width, **style)
            return ax.add_patch(patch)

        self.one = shape(blue, 2, True)
        self.row = shape(orange, 2.5, False)
        zero = {**middle, "color": soft}
        self.ones = Labels(ax, animated, weight="bold", **middle)
        self.zeros = Labels(ax, animated, **zero)
        self.kept = Labels(ax, animated, weight="bold", **middle)
        self.nothing = Labels(ax, animated, **zero)

    def _cells(self, start, i):
        return [
            (start + self.cell * (d + 0.5), f"{number:g}".replace("-", "−"))
            for d, number in enumerate(self.W[i])
        ]

    def show(self, i):
        """Put the 1 at id `i`."""
        V, D = self.W.shape
        wide = self.cell * D
        self.one.set_path(boxes([(self.hot - 16, i - 0.4, 32, 0.8)]))
        self.row.set_path(
            boxes(
                [
                    (self.start, i - 0.42, wide, 0.84),
                    (self.result, i - 0.42, wide, 0.84),
                    (self.result, V - 0.12, wide, 0.84),
                ]
            )
        )
        self.ones.show([(self.hot, i, "1")])
        self.zeros.show([(self.hot, k, "0") for k in range(V) if k != i])
        row = self._cells(self.result, i)
        self.kept.show([(x, y, n) for y in (i, V + 0.3) for x, n in row])
        self.nothing.show([(x, k, "0") for k in range(V) if k != i for x, _ in row])


def look_up_a_row(words, W):
    """Live: move the 1 of a one-hot vector and see which row of W is left."""
    W = np.asarray(W)
    V, D = W.shape

    def drawn(narrow=False):
        fig, ax = figure((NARROW, 330) if narrow else "wide")
        picture = LookUp(ax, words, W, animated=True, narrow=narrow)
        return fig, lambda i: update(picture, i), [Drag(ax, y="i")]

    def update(picture, i):
        picture.show(i)
        lines = []
        for d in range(D):
            terms = [rf"{int(k == i)} \cdot {digits(W[k, d])}" for k in range(V)]
            lines.append(" + ".join(terms) + f" = {W[i, d]:g}")
        return lines

    def describe(i):
        row = ", ".join(f"{number:g}" for number in W[i])
        return (
            f"The one-hot vector of {words[i]}, id {i}, times W. All rows of the "
            f"product are zero but row {i}, so the sum is row {i} of W: {row}."
        )

    fig, shown, drag = drawn()
    return Live(
        fig, shown, alt=describe, drag=drag, narrow=lambda: drawn(True),
        i=Slider(0, V - 1, 1, 1, "id of the word"),
    )  # fmt: skip


class Arrow:
    """An arrow from the origin of `ax` with a marker at its tip; `show(x, y)`."""

    def __init__(self, ax, colour, marker, name="", animated=False):
        style = {"color": PALETTE[colour], "animated": animated}
        (self.line,) = ax.plot([0, 0], [0, 0], linestyle=DASHES[colour], **style)
        (self.tip,) = ax.plot([0], [0], marker, markersize=10, **style)
        middle = {"ha": "center", "va": "center_baseline"}
        self.name = ax.text(
            0, 0, name, animated=animated, weight="bold", fontsize=14, **middle
        )

    def show(self, x, y, side=1):
        """Point it at (x, y); its name stands on the left (1) or right (−1) of it."""
        self.line.set_data([0, x], [0, y])
        self.tip.set_data([x], [y])
        turned = math.atan2(y, x) + side * 0.9
        self.name.set_position(
            (x + 0.42 * math.cos(turned), y + 0.42 * math.sin(turned))
        )


class Angle:
    """The arc between two arrows from the origin of `ax`; `show(u, v)`."""

    def __init__(self, ax, animated=False):
        style = {"color": PALETTE["ink"], "linewidth": 1.4, "linestyle": ":"}
        (self.line,) = ax.plot([0, 0], [0, 0], animated=animated, **style)

    def show(self, u, v):
        """From the direction of `u` to that of `v`, the short way; none for zeros."""
        self.line.set_data([], [])
        if np.any(u) and np.any(v):
            turn = math.atan2(u[0] * v[1] - u[1] * v[0], np.dot(u, v))
            along = math.atan2(u[1], u[0]) + turn * np.linspace(0, 1, 24)
            self.line.set_data(0.9 * np.cos(along), 0.9 * np.sin(along))


def plane(ax, x, y):
    """A plane with both axes through the origin and equal units."""
    ax.set(xlim=(-x, x), ylim=(-y, y), aspect="equal")
    ax.grid()
    ax.hlines(0, -x, x, color=PALETTE["soft"], linewidth=1)
    ax.vlines(0, -y, y, color=PALETTE["soft"], linewidth=1)


def cosine_lines(u, v, names=("u", "v")):
    """The dot product, both lengths and the cosine, with the digits in them."""
    products = " + ".join(
        rf"{digits(a)} \cdot {digits(b)}" for a, b in zip(u, v, strict=True)
    )
    dot = float(np.dot(u, v))
    lengths = [float(np.linalg.norm(w)) for w in (u, v)]
    roots = [
        rf"\left|{name}\right| = \sqrt{{{digits(w[0])}^2 + {digits(w[1])}^2}} = {n:.3f}"
        for name, w, n in zip(names, (u, v), lengths, strict=True)
    ]
    last = r"\text{A vector of length 0 has no direction, so no cosine.}"
    if all(lengths):
        turn = angle(u, v)
        last = (
            rf"\cos\theta = {dot:g} / ({lengths[0]:.3f} \cdot "
            rf"{lengths[1]:.3f}) = {cosine(u, v):.3f} \qquad "
            rf"\theta = {turn:.1f}^\circ"
        )
    first = rf"{names[0]} \cdot {names[1]} = {products} = {dot:g}"
    return [first, r" \qquad ".join(roots), last]


def two_arrows(u=(4, 3), v=(0, 2)):
    """Live: two vectors in the plane, their dot product, lengths, cosine, angle."""
    fig, ax = figure()
    plane(ax, 6.4, 3.6)
    between = Angle(ax, animated=True)
    first = Arrow(ax, "blue", "o", "u", animated=True)
    second = Arrow(ax, "orange", "s", "v", animated=True)

    def update(ux, uy, vx, vy):
        u, v = np.array([ux, uy]), np.array([vx, vy])
        left = 1 if ux * vy - uy * vx >= 0 else -1  # the side of u that v is on
        first.show(ux, uy, -left)
        second.show(vx, vy, left)
        between.show(u, v)
        return cosine_lines(u, v)

    def describe(ux, uy, vx, vy):
        said = f"Arrows from the origin: u to ({ux:g}, {uy:g}), v to ({vx:g}, {vy:g})."
        if not ((ux or uy) and (vx or vy)):
            return f"{said} One has length 0, so there is no angle."
        theta = angle([ux, uy], [vx, vy])
        return f"{said} The angle between them is {theta:.1f} degrees."

    def number(value, reach, label):
        return Slider(-reach, reach, 0.5, value, label)

    return Live(
        fig, update, alt=describe,
        drag=[Drag(ax, x="ux", y="uy"), Drag(ax, x="vx", y="vy")],
        ux=number(u[0], 5, "u, first number"), uy=number(u[1], 3, "u, second number"),
        vx=number(v[0], 5, "v, first number"), vy=number(v[1], 3, "v, second number"),
    )  # fmt: skip
