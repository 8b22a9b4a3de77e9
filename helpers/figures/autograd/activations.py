"""Sigmoid, tanh and ReLU with their slopes."""

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, INK, PALETTE, figure
from helpers.maths import autograd

FUNCTIONS = {
    "sigmoid": autograd.sigmoid,
    "tanh": autograd.tanh,
    "ReLU": autograd.relu,
}
X = np.linspace(-5, 5, 201)  # holds 0, the kink of ReLU
REACH = 1.2  # of the tangent, to both sides


def follow_slope(name="tanh", x=1.0):
    """A live figure: an activation with its tangent at x, and its slope below."""
    fig, (left, right) = figure("wide", 1, 2)
    curve, tangent, dot = _moving(left, "blue")
    slope, _, mark = _moving(right, "orange")
    left.set_title("the function, with its tangent")
    right.set_title("its slope")
    for ax in (left, right):
        ax.set(xlim=(-5, 5), xlabel="x")
        ax.grid(axis="y")
    left.set(ylim=(-1.3, 5.2))
    right.set(ylim=(-0.1, 1.15))

    def update(name, x):
        function = FUNCTIONS[name]
        values, slopes = np.transpose([function(one) for one in X])  # (201,) each
        curve.set_ydata(values)
        slope.set_ydata(np.where((name == "ReLU") & (X == 0), np.nan, slopes))
        y, s = function(x)
        run = REACH / np.hypot(1, s)
        tangent.set_data([x - run, x + run], [y - run * s, y + run * s])
        dot.set_data([x], [y])
        mark.set_data([x], [s])
        return formulas(name, x)

    def describe(name, x):
        y, s = FUNCTIONS[name](x)
        return f"{name} of {x:.1f} is {y:.3f}, and its slope there is {s:.3f}."

    return Live(
        fig, update, alt=describe,
        name=Choice(list(FUNCTIONS), name, "activation"),
        x=Slider(-5, 5, 0.1, x, "x"),
    )  # fmt: skip


def _moving(ax, colour):
    (line,) = ax.plot(X, 0 * X, color=PALETTE[colour], ls=DASHES[colour], animated=True)
    (tangent,) = ax.plot([], [], color=INK, ls=(0, (5, 1)), lw=2, animated=True)
    (dot,) = ax.plot([], [], "o", color=INK, ms=8, zorder=4, clip_on=False,
                     animated=True)  # fmt: skip
    return line, tangent, dot


def formulas(name, x):
    """Value and slope with the digits in them, two lines of LaTeX."""
    y, s = FUNCTIONS[name](x)
    at, value, slope = digits(x, 1), digits(y), digits(s)
    if name == "ReLU":
        side = "above" if x > 0 else "not above"
        return [
            rf"\text{{ReLU}}({at}) = \max(0, {at}) = {value}",
            rf"\text{{slope}} = {slope} \quad \text{{as }} x \text{{ is {side} }} 0",
        ]
    if name == "tanh":
        up, down = (f"e^{{{digits(one, 1)}}}" for one in (x, -x))
        squared = digits(y) if y >= 0 else f"({value})"
        return [
            rf"t = \tanh({at}) = \frac{{{up} - {down}}}{{{up} + {down}}} = {value}",
            rf"\text{{slope}} = 1 - t^2 = 1 - {squared}^2 = {slope}",
        ]
    return [
        rf"\sigma({at}) = \frac{{1}}{{1 + e^{{{digits(-x, 1)}}}}} = {value}",
        rf"\text{{slope}} = {value} \cdot (1 - {value}) = {slope}",
    ]
