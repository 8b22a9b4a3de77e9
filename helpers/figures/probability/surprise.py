"""Surprise, −ln p, and entropy as an area."""

import math

import numpy as np
from matplotlib.patches import Rectangle

from helpers.figures.parts.cells import columns
from helpers.figures.parts.digits import digits
from helpers.live import Bars, Drag, Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.probability import entropy

TALLEST = 4.8  # nats: just above −ln 0.01, the rarest word that a bar can show
HATCHES = ["", "//", "", "//", ""]  # neighbours differ; each frame holds them
COLOURS = ["blue", "orange", "green", "red", "purple"]


def surprise(p):
    """−ln p in nats, without end for p = 0."""
    return math.inf if p == 0 else -math.log(p) + 0.0


def draw_curve(ax):
    """The curve −ln p on `ax`, p from 0 to 1."""
    p = np.geomspace(0.008, 1, 90)
    ax.plot(p, -np.log(p), color=PALETTE["blue"])
    ax.set(xlim=(0, 1.02), ylim=(0, TALLEST), xlabel="probability p",
           ylabel="surprise, nats")  # fmt: skip
    ax.set_xticks(np.arange(0, 1.01, 0.2))
    ax.grid()


def surprise_curve():
    """A live figure: move p along the curve −ln p."""
    fig, ax = figure()
    draw_curve(ax)
    (down,) = ax.plot([], [], color=PALETTE["soft"], lw=1.4, ls=DASHES["orange"],
                      animated=True)  # fmt: skip
    (dot,) = ax.plot([], [], "o", color=PALETTE["orange"], ms=11, animated=True,
                     clip_on=False)  # fmt: skip
    said = ax.text(0, 0, "", animated=True, va="bottom")

    def update(p):
        height = surprise(p)
        top = min(height, TALLEST)
        down.set_data([p, p, 0], [0, top, top])
        dot.set_data([p], [top])
        dot.set_marker("o" if height < TALLEST else "^")  # off the page, upwards
        # Above the curve, and inside the picture at both ends.
        said.set_position((p - 0.01 if p > 0.9 else p + 0.025, min(top + 0.2, 4.3)))
        said.set_ha("right" if p > 0.9 else "left")
        said.set_text(f"{height:.3f}" if p else "∞")
        if p == 0:
            return [r"-\ln 0 = \infty", r"\text{it would surprise without end}"]
        return [
            rf"-\ln {p:.2f} = {digits(height)}",
            rf"1/p = 1/{p:.2f} = {1 / p:.2f}",
        ]  # fmt: skip

    return Live(
        fig, update, drag=[Drag(ax, x="p")],
        alt=lambda p: (
            f"The curve of minus ln p falls from high on the left to 0 at p = 1. At "
            f"p = {p:.2f} it stands at {'∞' if p == 0 else f'{surprise(p):.3f}'} nats."
        ),
        p=Slider(0, 1, 0.01, 0.3, "probability p"),
    )  # fmt: skip


class Areas:
    """Each word a block on `ax`: p wide, −ln p high, so its area is −p ln p.

    Together the blocks are 1 wide. A line at the height of the entropy closes off
    the same area: it is the mean height. At most five words. Names of narrow blocks
    are moved apart, and a short line joins each to its block.
    """

    def __init__(self, ax, labels, animated=False):
        self.labels = labels
        self.blocks = []
        for k in range(len(labels)):
            block = Rectangle(
                (0, 0), 0, 0, facecolor=PALETTE[COLOURS[k]], hatch=HATCHES[k],
                edgecolor="white", lw=1, animated=animated,
            )  # fmt: skip
            self.blocks.append(ax.add_patch(block))
        self.texts = [ax.text(0, -0.12, "", ha="center", va="top", animated=animated)
                      for _ in labels]  # fmt: skip
        (self.ties,) = ax.plot([], [], color=PALETTE["soft"], lw=1, ls="-",
                               clip_on=False, animated=animated)  # fmt: skip
        (self.line,) = ax.plot([0, 1], [0, 0], color=PALETTE["ink"], lw=2,
                               ls=DASHES["orange"], animated=animated)  # fmt: skip
        self.said = ax.text(1.01, 0, "", va="center", animated=animated)
        ax.set(xlim=(0, 1), ylim=(0, TALLEST), ylabel="surprise, nats",
               xlabel="each word as wide as it is probable")  # fmt: skip
        ax.set_xticks([0, 1], [" \n ", " \n "])  # room for the moving words

    def show(self, p):
        """Set the blocks to the distribution `p`, shape (K,)."""
        left, named = 0.0, []
        for block, text, label, value in zip(
            self.blocks, self.texts, self.labels, p, strict=True
        ):
            height = surprise(value) if value else 0.0
            block.set_bounds(left, 0, value, height)
            text.set_text(f"{label}\n{value:.2f}" if value else "")
            if value:
                named.append((text, left + value / 2, max(columns(label), 4) * 9 + 2))
            left += value
        one = self.line.axes.get_window_extent().width  # px, of the probability 1
        middles = [middle for _, middle, _ in named]
        places = apart(middles, [px / one for *_, px in named])
        for (text, *_), x in zip(named, places, strict=True):
            text.set_x(x)
        ties = zip(middles, places, [np.nan] * len(places), strict=True)
        self.ties.set_data(np.ravel([*ties]), [0, -0.13, np.nan] * len(places))
        mean = entropy(p)
        self.line.set_ydata([mean, mean])
        self.said.set_y(mean)
        self.said.set_text(f"{mean:.3f}")


def apart(places, widths):
    """Places from left to right, moved so that so wide words do not touch: lists.

    The last ends at 1.04 at most. apart([0.5, 0.6], [0.2, 0.2]) is [0.5, 0.7].
    """
    moved = list(places)
    for k in range(1, len(moved)):
        moved[k] = max(moved[k], moved[k - 1] + (widths[k - 1] + widths[k]) / 2)
    moved[-1] = min(moved[-1], 1.04 - widths[-1] / 2)
    for k in reversed(range(len(moved) - 1)):
        moved[k] = min(moved[k], moved[k + 1] - (widths[k] + widths[k + 1]) / 2)
    return moved


def entropy_area(labels, percents):
    """A live figure: edit a distribution and see its entropy as an area.

    `labels` are at most five words such as "好 (good)", `percents` whole numbers
    that sum to 100.
    """
    fig, ax = figure()
    areas = Areas(ax, [label.split(" (")[0] for label in labels], animated=True)
    # The longest number at the right needs its room from the start.
    ax.text(1.01, TALLEST, "0.000", va="top", color=PALETTE["paper"], alpha=0)

    def update(p):
        areas.show(p)
        seen = [value for value in p if value > 0]
        terms = " + ".join(rf"{v:.2f} \cdot {digits(surprise(v), 2)}" for v in seen)
        return [r"\text{entropy} = \sum p \cdot (-\ln p) =",
                rf"{terms} = {digits(entropy(p))} \text{{ nats}}"]  # fmt: skip

    def describe(p):
        said = ", ".join(
            f"{w} {v:.2f} wide and {surprise(v):.2f} high" if v else f"{w} gone"
            for w, v in zip(labels, p, strict=True)
        )
        return (
            f"Blocks side by side: {said}. Their area, and the level of the dashed "
            f"line, is {entropy(p):.3f}."
        )

    return Live(
        fig, update, alt=describe, p=Bars(labels, percents, "probabilities"),
    )  # fmt: skip
