"""Five optimisers on one surface: two hollows, a low pass between, steep walls."""

from functools import cache

import numpy as np

from helpers.live import Choice, Live, Slider, counted
from helpers.live.formula import words
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.optimisers import RULES, descend

STEPS = 50
RATES = (0.003, 0.01, 0.03, 0.1, 0.2, 0.3)
STARTS = {
    "the right wall": (1.7, -1.0),
    "the left wall": (-1.8, 1.2),
    "the pass": (0.16, 0.06),
}
LOOKS = {
    "SGD": ("blue", "o"),
    "momentum": ("orange", "s"),
    "AdaGrad": ("green", "^"),
    "RMSprop": ("purple", "D"),
    "Adam": ("red", "v"),
}
FAR = 8.0  # a path that leaves the map is drawn no farther


def height(x, y):
    """The surface, for x and y of one shape.

    f(x, y) = (x² − 1)² / 4 + 0.15 x + 3 (y − 0.4 x)².
    """
    return (x**2 - 1) ** 2 / 4 + 0.15 * x + 3 * (y - 0.4 * x) ** 2


def slopes(w):
    """Its slopes along x and y at w, (2,) -> (2,)."""
    x, y = w
    tilt = 6 * (y - 0.4 * x)
    return np.array([x * (x**2 - 1) + 0.15 - 0.4 * tilt, tilt])


@cache
def hollows():
    """The two lowest places near x = −1 and x = 1, and the pass between: x of each.

    On all three y = 0.4 x, and x³ − x + 0.15 = 0.
    """
    left, middle, right = np.sort(np.roots([1, 0, -1, 0.15]).real)
    return left, right, middle


def lowest():
    """The height of the deeper hollow."""
    x = hollows()[0]
    return float(height(x, 0.4 * x))


@cache
def path(name, start, rate):
    """The places of one rule from a start on the map: (STEPS + 1, 2)."""
    return descend(name, slopes, STARTS[start], STEPS, rate)


def above(places):
    """Height above the deeper hollow: (N, 2) -> (N,); inf for what ran away."""
    with np.errstate(all="ignore"):
        found = height(*places.T) - lowest()
    return np.where(np.isfinite(found), found, np.inf)


class Map:
    """The surface from above on `ax`, as curves of equal height."""

    LEVELS = (-0.1, 0.05, 0.18, 0.26, 0.7, 2, 6)

    def __init__(self, ax):
        x, y = np.meshgrid(np.linspace(-2.2, 2.2, 45), np.linspace(-1.7, 1.7, 35))
        ax.contour(x, y, height(x, y), self.LEVELS, colors=PALETTE["grey"],
                   linewidths=0.8, negative_linestyles="solid")  # fmt: skip
        left, right, _ = hollows()
        ax.plot(left, 0.4 * left, "+", ms=13, mew=2, color=PALETTE["ink"])
        ax.plot(right, 0.4 * right, "x", ms=9, mew=2, color=PALETTE["ink"])
        ax.set(xlim=(-2.2, 2.2), ylim=(-1.7, 1.7), xlabel="x", ylabel="y")


def race(rate=0.03, start="the right wall", steps=10):
    """A live figure: five rules from one place, step by step, and their heights."""
    fig, (left, right) = figure((860, 350), 1, 2)
    Map(left)
    left.set_title("the map: + deep hollow, × shallow one")
    right.set(yscale="log", xlim=(-1, STEPS + 1), ylim=(1e-3, 30), xlabel="step",
              title="height above the deep hollow")  # fmt: skip
    right.set_yticks([0.001, 0.01, 0.1, 1, 10], ["0.001", "0.01", "0.1", "1", "10"])
    right.set_yticks([], minor=True)
    right.grid(axis="y")
    ways, ends, falls = {}, {}, {}
    for name, (colour, marker) in LOOKS.items():
        look = {"color": PALETTE[colour], "ls": DASHES[colour], "lw": 1.8}
        (ways[name],) = left.plot([], [], animated=True, **look)
        (falls[name],) = right.plot([], [], animated=True, **look)
        (ends[name],) = left.plot([], [], marker, color=PALETTE[colour], ms=9,
                                  mec="white", animated=True)  # fmt: skip
        # For the legend: dash and marker in one.
        left.plot([], [], marker=marker, label=name, **look)
    fig.legend(loc="outside upper left", ncols=5)

    def update(steps, rate, start):
        for name in RULES:
            places = path(name, start, rate)[: steps + 1]
            away = np.abs(places).max(axis=1) > FAR  # (N,)
            x, y = places[: away.argmax()].T if away.any() else places.T
            ways[name].set_data(x.round(2), y.round(2))
            ends[name].set_data(x[-1:], y[-1:])
            heights = np.clip(above(places), 1e-4, 1e4)
            falls[name].set_data(np.arange(len(heights)), heights)
        return [
            words(f"height above the deep hollow after {counted(steps, 'step')}:"),
            r"\qquad ".join(
                rf"\text{{{name} }} {said}"
                for name, said in standing(steps, rate, start)
            ),
        ]

    def describe(steps, rate, start):
        said = ", ".join(f"{n} {s}" for n, s in standing(steps, rate, start))
        return (
            f"Five paths on a map of heights, {counted(steps, 'step')} from {start} at "
            f"learning rate {rate:g}. Heights above the deep hollow: {said}."
        ).replace(r"\infty", "∞")

    return Live(
        fig, update, alt=describe,
        steps=Slider(0, STEPS, 2, value=steps, label="steps", play=True),
        rate=Slider.over(RATES, rate, "learning rate η"),
        start=Choice(STARTS, start, "start from"),
    )  # fmt: skip


def standing(steps, rate, start):
    """(name, height as text) of each rule after so many steps."""
    ends = [(n, above(path(n, start, rate)[[steps]])[0]) for n in RULES]
    return [(n, r"\infty" if end > 9999 else f"{end:.3f}") for n, end in ends]
