"""A straight line beside points, and the map of its two knobs."""

import numpy as np

from helpers.figures.parts.digits import signed
from helpers.live import Drag, Live, Slider
from helpers.live.style import DASHES, INK, PALETTE, figure
from helpers.maths.knobs import line

A, B = (-1, 4, 0.1), (-2, 6, 0.1)  # the knobs' ranges: low, high, step
HEIGHTS = (-3, 10)  # of the picture


def squared_error(points, a, b):
    """Sum of (y − f(x))² over the points, shape (N, 2) -> float.

    The sum is over the first axis of the points only, so that a and b may be
    arrays of one shape: the error of every pair comes back in that shape.
    """
    return sum((y - (a * x + b)) ** 2 for x, y in points)


class Line:
    """A line, the points it should meet and its misses, drawn on `ax`.

    `points` has shape (N, 2). The line begins at x = 0, at the height b. The misses
    are dotted, from the point to the line. `show` sets the knobs; with
    ``animated=True`` line and misses are the moving part of a live figure.
    """

    def __init__(self, ax, points, a, b, animated=False):
        self.points = np.asarray(points, dtype=float)  # (N, 2)
        x, y = self.points.T  # (N,) each
        self.ends = np.array([0, x.max() + 0.6])
        (self.line,) = ax.plot(self.ends, self.ends, color=PALETTE["blue"],
                               label="f(x)", animated=animated)  # fmt: skip
        self.misses = [
            ax.plot([one, one], [0, 0], color=PALETTE["orange"], ls=DASHES["red"],
                    lw=3, label="miss" if k == 0 else None, animated=animated)[0]
            for k, one in enumerate(x)
        ]  # fmt: skip
        # Above the line, and animated with it: the moving part lies on top.
        ax.plot(x, y, "o", ms=9, color=INK, label="point", zorder=5, animated=animated)
        ax.set(xlim=(-0.15, self.ends[1]), ylim=HEIGHTS, xlabel="x", ylabel="y")
        ax.set_xticks(np.arange(0, x.max() + 1))
        ax.set_yticks(np.arange(-2, 11, 2))
        ax.grid(axis="y")
        self.show(a, b)

    def show(self, a, b):
        """Set the two knobs."""
        self.line.set_ydata(line(self.ends, a, b))
        for miss, (x, y) in zip(self.misses, self.points, strict=True):
            miss.set_ydata([y, line(x, a, b)])


class KnobMap:
    """Every setting of the two knobs on `ax`, with curves of equal error.

    Across is a, up is b. `show` moves the diamond to a setting.
    """

    LEVELS = (1, 10, 50, 100, 200)

    def __init__(self, ax, points, a, b, animated=False):
        across, up = np.meshgrid(np.linspace(*A[:2], 161), np.linspace(*B[:2], 161))
        curves = ax.contour(
            across, up, squared_error(points, across, up), self.LEVELS,
            colors=PALETTE["sky"], linewidths=1.4,
        )  # fmt: skip
        ax.clabel(curves, fmt=lambda level: f"{level:g}", fontsize=11, colors=INK)
        dotted = {"color": PALETTE["grey"], "ls": DASHES["red"], "lw": 1.4}
        self.across = ax.axhline(b, animated=animated, **dotted)
        self.up = ax.axvline(a, animated=animated, **dotted)
        # Whole even in a corner of the map.
        (self.mark,) = ax.plot([a], [b], "D", ms=10, color=PALETTE["orange"],
                               clip_on=False, animated=animated)  # fmt: skip
        ax.set(xlim=A[:2], ylim=B[:2], xlabel="slope a", ylabel="intercept b")

    def show(self, a, b):
        """Move the diamond to the setting (a, b)."""
        self.mark.set_data([a], [b])
        self.across.set_ydata([b, b])
        self.up.set_xdata([a, a])


def line_through(points, a=2, b=1):
    """A live figure: two knobs move a line beside `points`, shape (N, 2).

    The formula shows the error with the misses in it, from left to right.
    """
    fig, ax = figure()
    drawing = Line(ax, points, a, b, animated=True)
    _legend(ax)

    def update(a, b):
        drawing.show(a, b)
        return formulas(points, a, b)

    return Live(fig, update, alt=_describe(points), **_knobs(a, b))


def line_and_map(points, a=2, b=1):
    """A live figure: the line beside the map of its knobs, with a diamond to drag."""
    fig, (left, right) = figure("wide", 1, 2)
    drawing = Line(left, points, a, b, animated=True)
    place = KnobMap(right, points, a, b, animated=True)
    left.set_title("The line")
    right.set_title("The map of its knobs: drag the diamond")

    def update(a, b):
        drawing.show(a, b)
        place.show(a, b)
        return formulas(points, a, b)

    def describe(a, b):
        where = f"On a map of both knobs a diamond stands at a = {a:.1f}, b = {b:.1f}."
        return f"{_describe(points)(a, b)} {where}"

    return Live(
        fig, update, alt=describe, drag=[Drag(right, x="a", y="b")], **_knobs(a, b)
    )


def formulas(points, a, b):
    """The line and its squared error with the digits in them, as LaTeX."""
    points = np.asarray(points, dtype=float)
    misses = [y - line(x, a, b) for x, y in points]
    squares = " + ".join(f"{signed(miss, 1)}^2" for miss in misses)
    error = squared_error(points, a, b)
    return [
        rf"f(x) = {signed(a, 1)} \cdot x + {signed(b, 1)}",
        rf"\text{{error}} = {squares} = {error:.2f}",
    ]


def _knobs(a, b):
    return {
        "a": Slider(*A, value=a, label="slope a"),
        "b": Slider(*B, value=b, label="intercept b"),
    }


def _legend(ax):
    ax.figure.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=3)


def _describe(points):
    said = ", ".join(f"({x:g}, {y:g})" for x, y in points)

    def describe(a, b):
        error = squared_error(points, a, b)
        return (
            f"A straight line of slope {a:.1f} and intercept {b:.1f} beside the "
            f"points {said}. The squared error is {error:.2f}."
        )

    return describe
