"""Bars of a probability distribution, the picture that every notebook uses."""

import numpy as np

from helpers.figures.parts.bars import columns
from helpers.figures.parts.words import each
from helpers.live import Bars, Drag, Live
from helpers.live.style import PALETTE, figure


class Distribution:
    """Bars with their numbers on `ax`, one a word; `show` changes them.

    `labels` are the words, `p` their probabilities, shape (K,). The bar of the
    word that came, `truth`, is hatched as well as coloured. With
    ``animated=True`` the bars are the moving part of a live figure.
    """

    def __init__(self, ax, labels, p, truth=None, colour="blue", animated=False):
        self.colour = PALETTE[colour]
        places = range(len(labels))
        self.bars = ax.bar(places, p, width=0.66, animated=animated)
        self.texts = [
            ax.text(k, 0, "", ha="center", va="bottom", animated=animated)
            for k in places
        ]
        ax.set(ylim=(0, 1.08), ylabel="probability")
        ax.set_yticks(np.arange(0, 1.01, 0.2))
        columns(ax, labels)
        self.show(p, truth)

    def show(self, p, truth=None):
        """Set the bars to `p`, shape (K,), and mark the word that came."""
        for k, (bar, text, value) in enumerate(
            zip(self.bars, self.texts, p, strict=True)
        ):
            bar.set_height(value)
            bar.set_facecolor(PALETTE["orange"] if k == truth else self.colour)
            bar.set_hatch("//" if k == truth else None)
            bar.set_edgecolor("white" if k == truth else self.colour)
            text.set_y(value + 0.01)
            text.set_text(f"{value:.2f}")


def two_lines(label):
    """A word above its translation: "好 (good)" becomes two lines."""
    word, _, rest = label.partition(" (")
    return f"{word}\n{rest.rstrip(')')}" if rest else word


def edit_distribution(labels, percents, title=""):
    """A live figure: drag a bar, the rest rescale so that the sum stays 1.

    `labels` are words such as "好 (good)", `percents` whole numbers that sum
    to 100. The formula is the sum with its digits.
    """
    fig, ax = figure()
    bars = Distribution(
        ax, [two_lines(label) for label in labels], np.array(percents) / 100,
        animated=True,
    )  # fmt: skip
    ax.set_title(title)

    def update(p):
        bars.show(p)
        return " + ".join(f"{value:.2f}" for value in p) + f" = {p.sum():.2f}"

    def describe(p):
        return f"A bar for each word: {each(labels, p)}."

    return Live(
        fig, update, alt=describe, drag=[Drag(ax, y="p")],
        p=Bars(labels, percents, "probabilities"),
    )  # fmt: skip
