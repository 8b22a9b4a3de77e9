"""Logits, softmax and temperature; the slope of the loss along each logit."""

import numpy as np

from helpers.figures.parts.bars import Column, Signed, bracket
from helpers.figures.parts.digits import digits, listed, powers
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import Distribution, two_lines
from helpers.live import Choice, Live, Slider
from helpers.live.style import PALETTE, figure
from helpers.maths.loss import softmax

LIMIT = 5  # logits go from -LIMIT to LIMIT


def edit_logits(labels, logits):
    """A live figure: drag logits, turn the temperature, watch the probabilities.

    `labels` are words such as "好 (good)", `logits` a number from -5 to 5 for
    each. The formula is softmax(z / T) with its digits.
    """
    fig, (left, right) = figure("wide", 1, 2)
    words = [two_lines(label) for label in labels]
    scores = Signed(left, words, logits, LIMIT, "logit z", animated=True)
    bars = Distribution(right, words, softmax(np.array(logits)), animated=True)
    left.set_title("what the network gives")
    right.set_title("what softmax makes of it")

    def update(T, **z):
        z = np.array(list(z.values()))  # (K,)
        e = np.exp(z / T)  # (K,) at most exp(50)
        scores.show(z)
        bars.show(e / e.sum())
        left_side = " + ".join(rf"e^{{{value:.4g}}}" for value in z / T)
        parts = " + ".join(powers(value, 2) for value in e)
        return [
            rf"z / T = {listed(z, 1)} / {T:g} = {listed(z / T, 2)}",
            f"{left_side} = {parts} = {powers(e.sum(), 2)}",
            rf"p_1 = \frac{{{powers(e[0], 2)}}}{{{powers(e.sum(), 2)}}} = "
            rf"{digits(e[0] / e.sum())}, \quad p = {listed(e / e.sum())}",
        ]

    def describe(T, **z):
        z = np.array(list(z.values()))
        said = each(labels, softmax(z / T))
        return f"Logits {each(labels, z, 1)}; at temperature {T:g} they become {said}."

    return Live(
        fig, update, alt=describe, drag=_columns(left, labels),
        T=Slider.over(
            [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0], 1.0,
            "temperature T",
        ),
        **_sliders(labels, logits, 0.2),
    )  # fmt: skip


def follow_gradient(labels, logits, truth=0):
    """A live figure: drag logits, choose the truth, see p, the loss and p − y.

    An arrow at each logit points the way that makes the loss smaller.
    """
    fig, axes = figure("wide", 1, 3)
    words = [two_lines(label) for label in labels]
    spots = np.arange(len(labels))
    scores = Signed(axes[0], words, logits, LIMIT, "", animated=True)
    bars = Distribution(axes[1], words, softmax(np.array(logits)), animated=True)
    slopes = Signed(axes[2], words, 0 * np.array(logits), 1, "", 2, animated=True)
    axes[0].set_title("logits; the arrows lower the loss")
    axes[1].set_title("probabilities p")
    axes[1].set_ylabel("")
    axes[2].set_title("slope of the loss, p − y")
    (wanted,) = axes[1].plot(
        [], [], color=PALETTE["ink"], linestyle=":", linewidth=1.6, animated=True
    )
    arrows = [_Arrow(axes[0], k) for k in spots]

    def update(truth, **z):
        z = np.array(list(z.values()))  # (K,)
        t = labels.index(truth)
        y = (spots == t).astype(float)  # (K,) one-hot
        p = softmax(z)
        scores.show(z, t)
        bars.show(p, t)
        slopes.show(p - y, t)
        wanted.set_data(bracket(t, 1))
        for arrow, start, slope in zip(arrows, z, p - y, strict=True):
            arrow.show(start, -slope)
        terms = r",\ ".join(
            f"{digits(a, 2)} - {b:.0f}" for a, b in zip(p, y, strict=True)
        )  # fmt: skip
        return [
            rf"L = -\ln\, {powers(p[t])} = {digits(-np.log(p[t]))}",
            f"p - y = ({terms}) = {listed(p - y, 2)}",
        ]

    def describe(truth, **z):
        z = np.array(list(z.values()))
        t = labels.index(truth)
        p = softmax(z)
        slope = p - (spots == t)
        return (
            f"Logits {each(labels, z, 1)} give {each(labels, p)}. The truth is "
            f"{truth}: loss {-np.log(p[t]):.3f}, slopes {each(labels, slope)}."
        )

    return Live(
        fig, update, alt=describe, drag=_columns(axes[0], labels),
        truth=Choice(labels, labels[truth], "the word that came"),
        **_sliders(labels, logits, 0.5),
    )  # fmt: skip


class _Arrow:
    """An arrow beside bar k of the logits, from its end up or down."""

    def __init__(self, ax, k):
        self.k = k
        style = {"color": PALETTE["green"], "animated": True, "clip_on": False}
        (self.shaft,) = ax.plot([], [], linestyle="-", linewidth=2.4, **style)
        (self.head,) = ax.plot([], [], linestyle="", markersize=9, **style)

    def show(self, start, length):
        x = self.k + 0.43
        self.shaft.set_data([x, x], [start, start + length])
        self.head.set_data([x], [start + length])
        self.head.set_marker("^" if length > 0 else "v")
        for part in (self.shaft, self.head):
            part.set_visible(abs(length) > 0.05)


def _sliders(labels, logits, step):
    return {
        f"z{k}": Slider(-LIMIT, LIMIT, step, value, f"logit of {label}")
        for k, (label, value) in enumerate(zip(labels, logits, strict=True))
    }


def _columns(ax, labels):
    ax.set_xlim(-0.6, len(labels) - 0.4)
    return [Column(ax, y=f"z{k}", at=k) for k in range(len(labels))]
