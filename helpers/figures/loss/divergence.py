"""The floor of a loss: cross-entropy is entropy plus KL divergence."""

import numpy as np

from helpers.figures.loss.terms import surprise
from helpers.figures.parts.bars import columns
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import two_lines
from helpers.live import Bars, Choice, Drag, Live
from helpers.live.style import PALETTE, figure
from helpers.maths.loss import kl
from helpers.maths.probability import entropy

TRUTHS = {
    "as in the table": None,
    "always the first word": (1.0, 0.0, 0.0, 0.0, 0.0),
    "all five alike": (0.2, 0.2, 0.2, 0.2, 0.2),
}


class Pairs:
    """One of the two bars that stand side by side for each word; `show` moves them."""

    def __init__(self, ax, labels, shift, **look):
        spots = np.arange(len(labels))
        self.bars = ax.bar(spots + shift, 0, width=0.38, animated=True, **look)
        self.texts = [
            ax.text(k + shift, 0, "", ha="center", va="bottom", animated=True)
            for k in spots
        ]
        ax.set(ylim=(0, 1.08), ylabel="probability")
        columns(ax, [two_lines(label) for label in labels])

    def show(self, values):
        """Set the bars to `values`, shape (K,)."""
        for bar, text, value in zip(self.bars, self.texts, values, strict=True):
            bar.set_height(value)
            bar.set_visible(value > 0)
            text.set_y(value + 0.01)
            text.set_text(f"{value:.2f}")


def split_loss(labels, truth, percents):
    """A live figure: drag the model p; its loss is entropy plus KL divergence.

    `truth` are the true probabilities of the five `labels`, shape (5,), and
    `percents` the model's at the start, whole numbers that sum to 100.
    """
    fig, (left, right) = figure("wide", 1, 2, gridspec_kw={"width_ratios": [3, 2]})
    true_bars = Pairs(
        left,
        labels,
        -0.21,
        facecolor="none",
        edgecolor=PALETTE["ink"],
        linestyle="--",
        linewidth=1.6,
    )
    bars = Pairs(left, labels, 0.21, facecolor=PALETTE["blue"])  # fmt: skip
    left.set_title("dashed: the truth y; filled: the model p")
    top = 4.0
    floor = right.bar([0], [0], width=0.5, color=PALETTE["green"],
                      edgecolor="white", animated=True)[0]  # fmt: skip
    gap = right.bar([0], [0], width=0.5, color=PALETTE["red"], hatch="\\\\",
                    edgecolor="white", animated=True)[0]  # fmt: skip
    low = right.text(-0.3, 0, "", ha="right", va="center", animated=True)
    high = right.text(0.3, 0, "", ha="left", va="center", animated=True)
    right.set(xlim=(-1.25, 1.25), ylim=(0, top), ylabel="nats")
    right.set_xticks([])
    right.set_title("mean loss = entropy + KL")
    right.grid(axis="y")

    def values(y, p):
        kind = TRUTHS[y]
        y = np.array(truth if kind is None else kind, dtype=float)
        return y, entropy(y), kl(y, p)

    def update(y, p):
        y, base, extra = values(y, p)
        true_bars.show(y)
        bars.show(p)
        shown = min(extra, top - base - 0.25)
        floor.set_height(base)
        gap.set_y(base)
        gap.set_height(shown)
        low.set_y(max(base / 2, 0.3))
        low.set_text(f"entropy\n{base:.3f}")
        high.set_y(max(base + shown / 2, 0.3))
        high.set_text("KL\n∞" if np.isinf(extra) else f"KL\n{extra:.3f}")
        terms = " + ".join(
            rf"{a:.2f}\cdot {digits(s)}"
            for a, s in zip(y, surprise(p), strict=True)
            if a > 0
        )
        return [
            rf"H(y, p) = {terms} = {digits(base + extra)}",
            rf"H(y) + \mathrm{{KL}}(y \parallel p) = {digits(base)} + {digits(extra)}"
            rf" = {digits(base + extra)}",
        ]

    def describe(y, p):
        _, base, extra = values(y, p)
        return (
            f"The model gives {each(labels, p)}. Entropy {base:.3f} plus KL "
            f"{extra:.3f} is a mean loss of {base + extra:.3f} nats."
        ).replace("inf", "∞")

    return Live(
        fig, update, alt=describe, drag=[Drag(left, y="p")],
        y=Choice(TRUTHS, "as in the table", "the truth y is"),
        p=Bars(labels, percents, "the model p"),
    )  # fmt: skip
