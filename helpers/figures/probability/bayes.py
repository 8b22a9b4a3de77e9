"""Bayes' rule as areas in a square of side 1."""

import numpy as np

from helpers.figures.parts.bars import columns
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider
from helpers.live.formula import words as said
from helpers.live.style import PALETTE, figure

TIMES = [0, 0.25, 0.5, 1, 1.5, 2, 3, 4]


def reweighted(prior, index, times):
    """`prior` (K,) with one word `times` as frequent; the rest share what is left."""
    weights = np.array(prior, dtype=float)
    weights[index] *= times
    return weights / weights.sum()


class Square:
    """Columns as wide as the prior, filled as high as P(next | previous)."""

    def __init__(self, ax, labels, animated=False):
        self.columns = ax.bar(range(len(labels)), 1, align="edge", lw=1.4, fill=False,
                              edgecolor=PALETTE["soft"], animated=animated)  # fmt: skip
        self.filled = ax.bar(range(len(labels)), 0, align="edge", hatch="//",
                             color=PALETTE["blue"], edgecolor="white",
                             animated=animated)  # fmt: skip
        self.labels = labels
        self.texts = [ax.text(0, -0.03, "", ha="center", va="top", animated=animated)
                      for _ in labels]  # fmt: skip
        ax.set(xlim=(0, 1), ylim=(0, 1), ylabel="P(next | previous)")
        ax.set_xticks([0, 1], [" \n ", " \n "])
        ax.set_xlabel("P(previous): how often each word occurs")

    def show(self, prior, likelihood):
        """Set the widths `prior` (K,) and the heights `likelihood` (K,)."""
        left = 0.0
        for k, width in enumerate(prior):
            self.columns[k].set(x=left, width=width)
            self.filled[k].set(x=left, width=width, height=likelihood[k])
            self.texts[k].set_x(left + width / 2)
            self.texts[k].set_text(
                f"{self.labels[k]}\n{width:.2f}" if width >= 0.075 else ""
            )
            left += width


def smudged_word(counts, vocabulary, previous, next_words, changed):
    """A live figure: which of the `previous` words stood before a known next word?

    `counts` (V, V) are pair counts; `previous` and `next_words` are words. One
    slider makes the word `changed` more or less frequent.
    """
    ids = [vocabulary.index(word) for word in previous]
    totals = counts[ids].sum(axis=1)  # (K,)
    table = {
        word: counts[ids, vocabulary.index(word)] / totals for word in next_words
    }  # each (K,)
    place = previous.index(changed)
    fig, (left, right) = figure("wide", 1, 2)
    square = Square(left, previous, animated=True)
    places = np.arange(len(previous))
    hollow = right.bar(places - 0.2, 0 * places, 0.36, fill=False, lw=1.4,
                       edgecolor=PALETTE["soft"], animated=True)  # fmt: skip
    full = right.bar(places + 0.2, 0 * places, 0.36, color=PALETTE["blue"],
                     hatch="//", edgecolor="white", animated=True)  # fmt: skip
    texts = [right.text(0, 0, "", ha="center", va="bottom", fontsize=11, animated=True)
             for _ in range(2 * len(previous))]  # fmt: skip
    right.set(ylim=(0, 1.1), ylabel="probability")
    right.set_title("hollow: prior, hatched: posterior")
    columns(right, previous, grid=False)
    title = left.text(0, 1.04, "", animated=True)

    def values(next_word, times):
        prior = reweighted(totals, place, times)
        columns = np.stack([table[next_word], 1 - table[next_word]], axis=1)  # (K, 2)
        joint = prior * columns[:, 0]
        return prior, columns[:, 0], joint, joint / joint.sum()

    def update(next_word, times):
        prior, likelihood, joint, posterior = values(next_word, times)
        square.show(prior, likelihood)
        title.set_text(f"filled: followed by {next_word}")
        for k in places:
            for bar, text, value, x in (
                (hollow[k], texts[2 * k], prior[k], k - 0.2),
                (full[k], texts[2 * k + 1], posterior[k], k + 0.2),
            ):
                bar.set_height(value)
                text.set_position((x, value + 0.01))
                text.set_text(f"{value:.2f}")
        terms = " + ".join(
            rf"{p:.3f} \cdot {q:.3f}" for p, q in zip(prior, likelihood, strict=True)
        )
        k = int(np.argmax(posterior))
        return [
            rf"P({said(next_word)}) = {terms} = {digits(joint.sum())}",
            rf"P({said(previous[k])} \mid {said(next_word)}) = "
            rf"\frac{{{prior[k]:.3f} \cdot {likelihood[k]:.3f}}}{{{joint.sum():.3f}}}"
            rf" = {digits(posterior[k])}",
        ]

    def describe(next_word, times):
        prior, _, _, posterior = values(next_word, times)
        each = ", ".join(
            f"{w} {a:.3f} before and {b:.3f} after"
            for w, a, b in zip(previous, prior, posterior, strict=True)
        )
        return f"The word before {next_word}: {each}."

    return Live(
        fig, update, alt=describe,
        next_word=Choice(next_words, next_words[0], "the next word is"),
        times=Slider.over(TIMES, 1, f"{changed} occurs", unit="× as often"),
    )  # fmt: skip
