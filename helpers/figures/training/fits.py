"""Waves fitted through noisy points: too many knobs, and penalties on them."""

from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider, counted
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure
from helpers.maths.fitting import (
    KNOBS,
    X_HELD_OUT,
    Y_HELD_OUT,
    X,
    Y,
    fit,
    mean_squared_error,
    truth,
    waves,
)

STRENGTHS = (0, *(round(10**k, 4) for k in np.arange(-3, 0.51, 1 / 6)))
KINDS = ("L1", "L2")


@cache
def errors(knobs=KNOBS, **penalty):
    """Knobs (K,), mean squared error on the points, and on the held-out ones."""
    w = fit(X, Y, knobs, **penalty)
    held_out = mean_squared_error(w, X_HELD_OUT, Y_HELD_OUT)
    return w, mean_squared_error(w, X, Y), held_out


@cache
def penalised(kind, strength):
    """`errors` of all sixteen knobs with an L1 or L2 penalty."""
    return errors(**{kind.lower(): strength})


class Waves:
    """The points, the fitted curve and, if asked for, the held-out points on `ax`."""

    def __init__(self, ax, held_out=True):
        self.x = np.linspace(0, 1, 81)
        ax.plot(self.x, truth(self.x), color=PALETTE["grey"], ls=":", lw=1.8,
                label="truth")  # fmt: skip
        if held_out:
            ax.plot(X_HELD_OUT, Y_HELD_OUT, "s", ms=6, mfc="none", mew=1.6, ls="",
                    color=PALETTE["red"], label="held out")  # fmt: skip
        (self.curve,) = ax.plot(self.x, 0 * self.x, color=PALETTE["blue"], ls="-",
                                animated=True, label="fit")  # fmt: skip
        ax.plot(X, Y, "o", ms=7, ls="", color=PALETTE["ink"], label="points")
        ax.set(xlim=(-0.02, 1.02), ylim=(-3.2, 3.4), xlabel="x", ylabel="y")

    def show(self, w):
        """Draw the curve of the knobs w, (K,)."""
        y = waves(self.x, len(w)) @ w
        self.curve.set_ydata(np.clip(y, -20, 20).round(3))


def _legend(fig, ax):
    fig.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=6)


class Errors:
    """Two errors against a setting on `ax`, with a mark on each; `show` moves them."""

    def __init__(self, ax, x, train, held_out, moving=False):
        look = {"animated": moving}
        (self.train,) = ax.plot(x, train, color=PALETTE["blue"], ls="-", **look)
        (self.held,) = ax.plot(x, held_out, color=PALETTE["red"], ls="--", **look)
        (self.mark,) = ax.plot([], [], "_:", ms=13, mew=3, lw=1.4, color=PALETTE["ink"],
                               animated=True)  # fmt: skip
        ax.set(yscale="log", ylim=(0.02, 50), title="mean squared error")
        ax.set_yticks([0.1, 1, 10], ["0.1", "1", "10"])
        ax.set_yticks([], minor=True)
        ax.grid(axis="y")

    def show(self, x, train, held_out):
        """Mark the setting x."""
        self.mark.set_data([x, x], [train, held_out])


def overfit(knobs=2):
    """A live figure: more knobs, and the error on points seen and held out."""
    fig, (left, right) = figure("wide", 1, 2)
    curve = Waves(left)
    counts = np.arange(1, KNOBS + 1)
    found = [errors(int(k)) for k in counts]
    marks = Errors(right, counts, *([one[i] for one in found] for i in (1, 2)))
    right.set(xlabel="knobs", xticks=[1, 4, 8, 12, 16])
    marks.train.set_label("error on the points")
    marks.held.set_label("error held out")
    right.legend(loc="upper left")
    _legend(fig, left)

    def update(knobs):
        w, train, held_out = errors(knobs)
        curve.show(w)
        marks.show(knobs, train, held_out)
        return (
            rf"\text{{{counted(knobs, 'knob')}: }}"
            rf"\text{{on the points }} {digits(train)} \qquad "
            rf"\text{{held out }} {digits(held_out)}"
        )

    def describe(knobs):
        _, train, held_out = errors(knobs)
        return (
            f"A curve with {counted(knobs, 'knob')} through twenty points. Its mean "
            f"squared error is {train:.3f} on them and {held_out:.3f} on twenty "
            "held out."
        )

    return Live(
        fig, update, alt=describe,
        knobs=Slider(1, KNOBS, 1, value=knobs, label="knobs", play=True),
    )  # fmt: skip


def penalise(kind="L1", strength=0.01):
    """A live figure: L1 or L2 on sixteen knobs, its strength and the held-out error."""
    fig, (left, middle, right) = figure((900, 330), 1, 3)
    curve = Waves(left, held_out=False)
    spots = np.arange(1, KNOBS)
    middle.axhline(0, color=PALETTE["soft"], lw=1)
    bars = middle.bar(spots, 1, width=0.7, color=PALETTE["blue"], animated=True)
    (zeros,) = middle.plot([], [], "o", ms=8, mfc="none", mew=2, label="exactly 0",
                           color=PALETTE["orange"], animated=True)  # fmt: skip
    middle.set(xlim=(0.3, KNOBS - 0.3), ylim=(-3.8, 3.8), xlabel="wave",
               title="the knobs", xticks=[1, 4, 8, 12, 15])  # fmt: skip
    middle.grid(axis="y")
    middle.legend(loc="lower right")
    places = np.arange(len(STRENGTHS))
    blank = np.full(len(STRENGTHS), 0.1)
    marks = Errors(right, places, blank, blank, moving=True)
    marks.train.set_label("on the points")
    marks.held.set_label("held out")
    shown = [0] + [STRENGTHS.index(s) for s in (0.01, 0.1, 1)]
    right.set_xticks(shown, [f"{STRENGTHS[k]:g}" for k in shown])
    right.set_xlabel("strength λ")
    right.legend(loc="upper right")
    _legend(fig, left)

    def update(strength, kind):
        found = [penalised(kind, s) for s in STRENGTHS]
        marks.train.set_ydata([one[1] for one in found])
        marks.held.set_ydata([one[2] for one in found])
        w, train, held_out = penalised(kind, strength)
        curve.show(w)
        for bar, value in zip(bars, w[1:], strict=True):
            bar.set_height(value)
        none = spots[w[1:] == 0]
        zeros.set_data(none, 0 * none)
        marks.show(STRENGTHS.index(strength), train, held_out)
        size = np.abs(w[1:]).sum() if kind == "L1" else np.sum(w[1:] ** 2)
        sign = r"|w|" if kind == "L1" else "w^2"
        return [
            rf"\text{{error}} + \lambda \sum {sign} = {digits(train)} +"
            rf" {strength:g} \cdot {digits(size)}"
            rf" = {digits(train + strength * size)}",
            words(f"held-out error {held_out:.3f}; {_zeros(len(none))}"),
        ]

    def describe(strength, kind):
        w, train, held_out = penalised(kind, strength)
        return (
            f"Sixteen knobs with an {kind} penalty of strength {strength:g}: error "
            f"{train:.3f} on the points, {held_out:.3f} held out; "
            f"{_zeros(int((w[1:] == 0).sum()))}."
        )

    return Live(
        fig, update, alt=describe,
        strength=Slider.over(STRENGTHS, strength, "strength λ"),
        kind=Choice(KINDS, kind, "penalty"),
    )  # fmt: skip


def _zeros(count):
    return f"{count} of 15 waves exactly 0"
