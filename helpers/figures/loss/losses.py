"""Cross-entropy against squared error, for two classes: the loss and its slope."""

import numpy as np

from helpers.figures.parts.bars import minus
from helpers.figures.parts.digits import digits, powers
from helpers.live import Drag, Live, Slider
from helpers.live.style import PALETTE, figure

LIMIT = 8  # the logit goes from -LIMIT to LIMIT
POINTS = 65


def both_losses(z):
    """Cross-entropy, squared error and their slopes along the logit, arrays like z.

    Two classes with logits z for the truth and 0 for the other; the squared error
    is the mean over both, ((1 − p)² + (1 − p)²) / 2. Each slope is the loss's
    derivative along z.
    """
    p = 1 / (1 + np.exp(-np.asarray(z, dtype=float)))  # softmax of (z, 0)
    return -np.log(p), (1 - p) ** 2, p - 1, -2 * p * (1 - p) ** 2


class Curves:
    """A curve for each of two losses on `ax`, named, with a marker; `show` moves it."""

    looks = (("blue", "-", "o"), ("orange", "--", "s"))

    def __init__(self, ax, curves, animated=False):
        self.marks, self.tangents = [], []
        z = np.linspace(-LIMIT, LIMIT, POINTS)
        for values, (name, dash, marker) in zip(curves, self.looks, strict=True):
            colour = PALETTE[name]
            ax.plot(z, values, color=colour, linestyle=dash)
            self.tangents += ax.plot(
                [], [], color=PALETTE["ink"], linestyle="-", marker="|", markersize=9,
                animated=animated,
            )  # fmt: skip
            self.marks += ax.plot(
                [], [], marker, color=colour, markersize=11, linestyle="",
                markeredgecolor="white", clip_on=False, animated=animated,
            )  # fmt: skip
        ax.set(xlim=(-LIMIT, LIMIT), xlabel="logit z of the truth")
        ax.grid()

    def show(self, z, heights, slopes=None):
        """Put a marker at (z, height) on each curve, with a piece of its tangent."""
        for k, (mark, height) in enumerate(zip(self.marks, heights, strict=True)):
            mark.set_data([z], [height])
            if slopes is not None:
                x = np.array([z - 1.8, z + 1.8])
                self.tangents[k].set_data(x, height + slopes[k] * (x - z))


def compare_losses(z=-5.0):
    """A live figure: move the logit of the truth, compare two losses and slopes."""
    fig, (left, right) = figure("wide", 1, 2)
    everywhere = both_losses(np.linspace(-LIMIT, LIMIT, POINTS))
    losses = Curves(left, everywhere[:2], animated=True)
    slopes = Curves(right, everywhere[2:], animated=True)
    left.set(ylim=(-0.5, 8.6), title="loss")
    left.text(-3.6, 5, "cross-entropy", ha="left")
    left.text(-7.8, 1.3, "squared error", ha="left")
    right.set(ylim=(-1.1, 0.1), title="slope of the loss along z")
    right.text(0.6, -0.75, "cross-entropy", ha="left")
    right.text(-7.8, -0.13, "squared error", ha="left", va="top")
    state = left.text(LIMIT - 0.3, 8, "", ha="right", va="top", animated=True)

    def update(z):
        ce, se, ce_slope, se_slope = (float(v) for v in both_losses(z))
        p = float(np.exp(-ce))
        losses.show(z, (ce, se), (ce_slope, se_slope))
        slopes.show(z, (ce_slope, se_slope))
        state.set_text(f"p = {_plain(p)}\n{_mood(p)}")
        return [
            rf"-\ln\, {powers(p, 5)} = {digits(ce, 3 if ce > 0.1 else 4)}, \quad"
            rf" \mathrm{{slope}}\ p - 1 = {digits(p - 1, 4)}",
            rf"(1 - {powers(p, 4)})^2 = {powers(se, 3 if se > 0.1 else 4)}, \quad"
            rf" \mathrm{{slope}}\ -2p(1 - p)^2 = {powers(se_slope, 4)}",
        ]

    def describe(z):
        ce, se, ce_slope, se_slope = (float(v) for v in both_losses(z))
        return minus(
            f"At logit {z:g}: cross-entropy {ce:.3f} with slope {ce_slope:.3f}, "
            f"squared error {se:.3f} with slope {se_slope:.4f}."
        )

    return Live(
        fig, update, alt=describe,
        drag=[Drag(left, x="z"), Drag(right, x="z")],
        z=Slider(-LIMIT, LIMIT, 0.2, z, "logit z of the truth"),
    )  # fmt: skip


def square_the_misses(wanted=(0.8, 0.2), got=(0.6, 0.4)):
    """A live figure: two outputs, each squared miss as a square, and their mean."""
    fig, ax = figure()
    ax.set(xlim=(0, 2.04), ylim=(-0.05, 1.15), ylabel="output")  # as wide as high
    ax.set_xticks([0.4, 1.5], ["leaf", "flower"])
    ax.grid(axis="y")
    starts, squares, marks, texts = (0.4, 1.5), [], [], []
    for start, target in zip(starts, wanted, strict=True):
        ax.plot([start - 0.3, start + 0.3], [target, target], color=PALETTE["ink"],
                linestyle="--")  # fmt: skip
        ax.text(start - 0.3, target, "wanted", ha="left", va="bottom")
        squares += ax.bar(start, 0, align="edge", facecolor="none", hatch="//",
                          edgecolor=PALETTE["orange"], animated=True)  # fmt: skip
        marks += ax.plot([], [], "o", color=PALETTE["blue"], markersize=10,
                         animated=True)  # fmt: skip
        texts.append(ax.text(start + 0.1, 1.06, "", ha="center", animated=True))

    def update(leaf, flower):
        misses = [t - o for t, o in zip(wanted, (leaf, flower), strict=True)]
        rows = zip(starts, squares, marks, texts, wanted, misses, strict=True)
        for start, square, mark, text, target, miss in rows:
            mark.set_data([start], [target - miss])
            square.set_y(min(target, target - miss))
            square.set_height(abs(miss))
            square.set_width(abs(miss))
            text.set_text(minus(f"miss {miss:.2f}"))
        total = sum(miss * miss for miss in misses)
        said = " + ".join(rf"({digits(miss, 2)})^2" for miss in misses)
        return [
            rf"\text{{squared error}} = {said} = {digits(total, 4)}",
            rf"\text{{mean squared error}} = \frac{{{digits(total, 4)}}}{{2}} = "
            rf"{digits(total / 2, 4)}",
        ]

    def describe(leaf, flower):
        total = (wanted[0] - leaf) ** 2 + (wanted[1] - flower) ** 2
        return (
            f"Outputs {leaf:.2f} for leaf and {flower:.2f} for flower, wanted "
            f"{wanted[0]} and {wanted[1]}: the mean squared error is {total / 2:.4f}."
        )

    return Live(
        fig, update, alt=describe,
        leaf=Slider(0, 1, 0.05, got[0], "output for leaf"),
        flower=Slider(0, 1, 0.05, got[1], "output for flower"),
    )  # fmt: skip


def _plain(p):
    return f"{p:.4f}"


def _mood(p):
    if p < 0.1:
        return "confident and wrong"
    if p < 0.4:
        return "leaning the wrong way"
    if p <= 0.6:
        return "unsure"
    return "leaning the right way" if p < 0.9 else "confident and right"
