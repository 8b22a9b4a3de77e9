"""A line that learns a third point: what moves, what counts, and what is lost."""

import numpy as np

from helpers.figures.parts.bars import minus
from helpers.live import Choice, Live, Slider, counted
from helpers.live.style import DASHES, INK, PALETTE, figure
from helpers.maths.forgetting.formulas import descend
from helpers.maths.knobs import line

OLD, NEW = [(2, 6), (3, 7)], [(4, 13)]  # F2, F3
START = (1.0, 4.0)
STEPS = [0, 1, 2, 3, 5, 10, 20, 50, 100, 300, 1000, 3000]
MOVING = {"both": (True, True), "b alone": (False, True), "a alone": (True, False)}
COUNTING = {"the new one": NEW, "all three": OLD + NEW, "the old two": OLD}
B_RANGE, A_RANGE = (-4.0, 12.0), (-1.5, 7.5)


def knobs_after(knobs, points, steps):
    """(a, b) from (1, 4): `knobs` may move, `points` count, by their names."""
    return descend(*START, COUNTING[points], steps, moving=MOVING[knobs])


class Facts:
    """Three points and the line on `ax`, misses dotted; `show` sets the knobs."""

    def __init__(self, ax, animated=False):
        self.points = OLD + NEW
        self.ends = np.array([0, 4.6])
        (self.line,) = ax.plot(self.ends, self.ends, color=PALETTE["blue"],
                               animated=animated)  # fmt: skip
        self.misses = [
            ax.plot([x, x], [y, y], color=PALETTE["orange"], ls=DASHES["red"], lw=3,
                    animated=animated)[0]
            for x, y in self.points
        ]  # fmt: skip
        ax.plot(*zip(*OLD, strict=True), "o", ms=9, color=INK, zorder=5,
                label="old", animated=animated)  # fmt: skip
        ax.plot(*zip(*NEW, strict=True), "D", ms=9, color=PALETTE["purple"], zorder=5,
                label="new", animated=animated)  # fmt: skip
        ax.set(xlim=(-0.1, 4.6), ylim=(-3, 16.5), xlabel="x", ylabel="y")
        ax.grid(axis="y")
        ax.legend(loc="upper left", ncols=2)

    def show(self, a, b):
        """Set the two knobs."""
        self.line.set_ydata(line(self.ends, a, b))
        for miss, (x, y) in zip(self.misses, self.points, strict=True):
            miss.set_ydata([y, line(x, a, b)])


class KnobPlane:
    """Every setting of the knobs on `ax`, in which each point is a straight line.

    Across is b, up is a, in one scale, so that a right angle looks like one. `show`
    draws the way that was gone.
    """

    def __init__(self, ax, animated=False):
        b = np.array(B_RANGE)
        looks = {"grey": OLD, "purple": NEW}
        for colour, (x, y) in [(c, one) for c, all_ in looks.items() for one in all_]:
            dash = DASHES["purple"] if colour == "purple" else "-"
            ax.plot(b, (y - b) / x, color=PALETTE[colour], ls=dash, lw=1.6)
        # Each name stands at an end of its line where no other line passes.
        places = [(-3.7, 5.1, "left"), (-3.7, 2.4, "left"), (11.8, 1.0, "right")]
        for (x, y), (at, up, side) in zip(OLD + NEW, places, strict=True):
            ax.text(at, up, f"({x}, {y})", ha=side, fontsize=11, color=INK)
        ax.plot(START[1], START[0], "o", ms=8, mfc="none", mec=INK)
        (self.way,) = ax.plot(
            [], [], color=PALETTE["orange"], ls=DASHES["orange"], animated=animated
        )
        (self.mark,) = ax.plot([], [], "D", ms=9, color=PALETTE["orange"],
                               animated=animated)  # fmt: skip
        ax.set(xlim=B_RANGE, ylim=A_RANGE, xlabel="intercept b", ylabel="slope a")
        ax.set_aspect("equal")

    def show(self, way):
        """The settings gone through, a list of (a, b)."""
        a, b = zip(*way, strict=True)
        self.way.set_data(b, a)
        self.mark.set_data(b[-1:], a[-1:])


def learn_a_point():
    """A live figure: gradient descent from (1, 4) after the point (4, 13) came."""
    fig, (left, right) = figure("wide", 1, 2, width_ratios=[1, 1.25])
    facts, plane = Facts(left, animated=True), KnobPlane(right, animated=True)
    right.set_title("All settings that meet a point")

    def update(knobs, points, steps):
        gone = {0, steps, *np.geomspace(1, 3000, 60).astype(int)}
        way = [knobs_after(knobs, points, s) for s in sorted(gone) if s <= steps]
        facts.show(*way[-1])
        plane.show(way)
        return formulas(*way[-1])

    def describe(knobs, points, steps):
        a, b = knobs_after(knobs, points, steps)
        said = ", ".join(f"f({x}) = {line(x, a, b):.2f}" for x, _ in OLD + NEW)
        return minus(
            f"A line after {counted(steps, 'step')} with a = {a:.3f} and b = {b:.3f}: "
            f"{said}. The points are 6, 7 and 13 high. Beside it the plane of both "
            "knobs, with one straight line for each point."
        )

    return Live(
        fig,
        update,
        alt=describe,
        knobs=Choice(list(MOVING), "both", "may move"),
        points=Choice(list(COUNTING), "the new one", "what counts"),
        steps=Slider.over(STEPS, 1, "steps of descent", play=True),
    )


def formulas(a, b):
    """The line and its heights with the digits in them, as LaTeX."""
    heights = r" \quad ".join(f"f({x}) = {line(x, a, b):.2f}" for x, _ in OLD + NEW)
    wanted = ", ".join(str(y) for _, y in OLD + NEW)
    b = f"({b:.3f})" if b < 0 else f"{b:.3f}"
    return [
        rf"f(x) = {a:.3f} \cdot x + {b}",
        rf"{heights} \quad \text{{wanted: {wanted}}}",
    ]
