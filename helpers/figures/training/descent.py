"""Gradient descent with one knob on a parabola, and with two in a valley."""

import numpy as np

from helpers.figures.parts.bars import minus
from helpers.figures.parts.digits import digits, signed
from helpers.live import Choice, Live, Slider
from helpers.live.formula import words
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.optimisers import descend

START, STEPS = 3.0, 20  # of the parabola
RATES = (0.05, 2.1, 0.05)  # low, high, step
STEEPNESS = (0.5, 1, 2)
VALLEY_START, VALLEY_STEPS = (-4.0, 1.0), 30
CURVATURES = (1, 5, 10, 20)
# The edge 2/c of each curvature, and a rate on either side of it.
VALLEY_RATES = (
    0.01, 0.03, 0.05, 0.08, 0.09, 0.1, 0.11, 0.15, 0.19, 0.2, 0.21, 0.3, 0.38, 0.4,
    0.42, 0.6, 1, 1.5, 1.9, 2, 2.1,
)  # fmt: skip
FAR = 1e6  # paths are drawn no farther than this


def parabola_path(a, rate, steps=STEPS, start=START):
    """Places of gradient descent on f(x) = a·x²: (steps + 1,)."""
    return descend("SGD", lambda x: 2 * a * x, start, steps, rate)


def valley_path(curvature, rate, steps=VALLEY_STEPS, start=VALLEY_START):
    """Places of gradient descent on f(x, y) = (x² + c·y²) / 2: (steps + 1, 2)."""
    curves = np.array([1, curvature])
    return descend("SGD", lambda w: curves * w, start, steps, rate)


def fate(factor):
    """What multiplying by `factor` at each step comes to, in words."""
    size = abs(factor)
    if np.isclose(size, 0, atol=1e-9):
        return "it arrives in one step"
    if np.isclose(size, 1):
        return "it never comes nearer" if factor > 0 else "it jumps to and fro for ever"
    if size > 1:
        return "each step leads farther away: it diverges"
    return "it comes nearer" + (", jumping from side to side" if factor < 0 else "")


class Path:
    """A path of steps on `ax`, its end marked; `show` moves it.

    With ``dots=True`` every place has a dot.
    """

    def __init__(self, ax, name, marker="o", label=None, dots=True):
        self.line = ax.plot(
            [], [], color=PALETTE[name], ls=DASHES[name], lw=1.8, label=label,
            marker="." if dots else "", ms=11, animated=True,
        )[0]  # fmt: skip
        (self.end,) = ax.plot([], [], marker, color=PALETTE[name], ms=10, mec="white",
                              animated=True)  # fmt: skip

    def show(self, x, y):
        """Set the places, (N,) each, the last one large."""
        x, y = np.clip(x, -FAR, FAR).round(4), np.clip(y, -FAR, FAR)
        self.line.set_data(x, y)
        self.end.set_data(x[-1:], y[-1:])


def roll_down(a=1, rate=0.1):
    """A live figure: the learning rate on f(x) = a·x², and how far each step is off."""
    fig, (left, right) = figure("wide", 1, 2)
    x = np.linspace(-4.2, 4.2, 85)
    (curve,) = left.plot(x, x**2, color=PALETTE["blue"], animated=True)
    path = Path(left, "orange")
    left.set(xlim=(-4.2, 4.2), ylim=(-0.8, 20), xlabel="x", ylabel="f(x) = a x²",
             title="20 steps from x = 3")  # fmt: skip
    left.set_yticks(range(0, 21, 5))
    left.grid()
    far = _distances(right, STEPS, (1e-3, 1e3))
    size = Path(right, "orange", dots=False)
    far.set(title="distance from the lowest point")

    def update(rate, a):
        places = parabola_path(a, rate)
        curve.set_ydata(a * x**2)
        path.show(places, a * places**2)
        size.show(np.arange(STEPS + 1), np.maximum(np.abs(places), 1e-9))
        factor = 1 - 2 * a * rate
        return [
            rf"x - \eta \cdot 2ax = (1 - 2 \cdot {a:g} \cdot {rate:.2f}) \cdot x"
            rf" = {signed(factor, 2)} \cdot x",
            words(f"{fate(factor)}; 1/a = {1 / a:g}"),
        ]

    def describe(rate, a):
        factor = 1 - 2 * a * rate
        return (
            f"A parabola with a = {a:g} and twenty steps at learning rate {rate:.2f}. "
            f"Each step multiplies x by {minus(digits(factor, 2))}: {fate(factor)}."
        )

    return Live(
        fig, update, alt=describe,
        rate=Slider(*RATES, value=rate, label="learning rate η"),
        a=Choice(STEEPNESS, a, "steepness a"),
    )  # fmt: skip


def cross_valley(curvature=10, rate=0.05):
    """A live figure: one learning rate for two knobs, one steep and one flat."""
    fig, (left, right) = figure("wide", 1, 2)
    turn = np.linspace(0, 2 * np.pi, 33)
    levels = np.array([0.5, 4, 11])
    (rings,) = left.plot([], [], color=PALETTE["sky"], lw=1.2, ls="-", animated=True)
    path = Path(left, "orange")
    left.plot(0, 0, "+", ms=12, mew=2, color=PALETTE["ink"])
    left.set(xlim=(-5.2, 5.2), ylim=(-3, 3), xlabel="x, the flat way",
             ylabel="y, the steep way", title="30 steps from (−4, 1)")  # fmt: skip
    far = _distances(right, VALLEY_STEPS, (1e-3, 1e3))
    along = Path(right, "blue", "o", "x", dots=False)
    across = Path(right, "red", "s", "y", dots=False)
    far.set(title="distance left, for each knob")
    fig.legend(handles=[along.line, across.line], loc="outside upper right", ncols=2)

    def update(rate, curvature):
        places = valley_path(curvature, rate)
        x = np.sqrt(2 * levels)[:, None] * np.r_[np.cos(turn), np.nan]
        y = np.sqrt(2 * levels / curvature)[:, None] * np.r_[np.sin(turn), np.nan]
        rings.set_data(x.ravel(), y.ravel())
        path.show(*places.T)
        for one, sizes in zip((along, across), np.abs(places).T, strict=True):
            one.show(np.arange(VALLEY_STEPS + 1), np.maximum(sizes, 1e-9))
        steep = 1 - rate * curvature
        return [
            rf"x \to (1 - {rate:.2f} \cdot 1) \cdot x = {signed(1 - rate, 2)} \cdot x"
            rf"\qquad y \to (1 - {rate:.2f} \cdot {curvature}) \cdot y"
            rf" = {signed(steep, 2)} \cdot y",
            words(f"y: {fate(steep)}; 2 / {curvature} = {2 / curvature:g}"),
        ]

    def describe(rate, curvature):
        places = valley_path(curvature, rate)
        return (
            f"Thirty steps through a valley with curvatures 1 and {curvature} at "
            f"learning rate {rate:.2f}. Along y, {fate(1 - rate * curvature)}. "
            f"Along x, {_share(places)} of the way is left."
        )

    return Live(
        fig, update, alt=describe,
        rate=Slider.over(VALLEY_RATES, rate, "learning rate η"),
        curvature=Choice(CURVATURES, curvature, "curvature along y"),
    )  # fmt: skip


def _share(places):
    return f"{100 * abs(places[-1, 0] / places[0, 0]):.0f}%"


def _distances(ax, steps, heights):
    ax.set(yscale="log", xlim=(-0.02 * steps, 1.02 * steps), ylim=heights,
           xlabel="step")  # fmt: skip
    ax.set_yticks([0.001, 0.1, 10, 1000], ["0.001", "0.1", "10", "1000"])
    ax.set_yticks([], minor=True)
    ax.set_xticks(range(0, steps + 1, 5))
    ax.grid()
    return ax
