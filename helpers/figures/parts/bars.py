"""Bars up and down, a handle on each, and a frame around one."""

import re
from dataclasses import dataclass

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Drag
from helpers.live.style import PALETTE


def columns(ax, labels, grid=True):
    """One place a word along the bottom, no ticks, and lines across for reading."""
    ax.set_xticks(range(len(labels)), labels)
    ax.tick_params(axis="x", length=0)
    if grid:
        ax.grid(axis="y")


class Signed:
    """Bars up and down from zero on `ax`, with their numbers; `show` moves them.

    `values` has shape (K,), `limit` is the largest size shown. The bar of the
    word that came is hatched as well as coloured.
    """

    def __init__(self, ax, labels, values, limit, ylabel, places=1, animated=False):
        self.places, self.limit = places, limit
        spots = range(len(labels))
        self.bars = ax.bar(spots, values, width=0.66, animated=animated)
        self.texts = [ax.text(k, 0, "", ha="center", animated=animated) for k in spots]
        ax.spines["bottom"].set_visible(False)
        across = ax.get_yaxis_transform()
        ax.hlines(0, 0, 1, color=PALETTE["soft"], linewidth=1, transform=across)
        ax.set(ylim=(-1.3 * limit, 1.3 * limit), ylabel=ylabel)
        columns(ax, labels)
        self.show(values)

    def show(self, values, truth=None):
        """Set the bars to `values`, shape (K,), and mark the word that came."""
        for k, value in enumerate(values):
            bar, text, hit = self.bars[k], self.texts[k], k == truth
            bar.set_height(value)
            bar.set_facecolor(PALETTE["orange" if hit else "blue"])
            bar.set_hatch("//" if hit else None)
            bar.set_edgecolor("white" if hit else PALETTE["blue"])
            text.set_y(value + (0.02 if value >= 0 else -0.03) * self.limit)
            text.set_va("bottom" if value >= 0 else "top")
            text.set_text(minus(digits(value, self.places)))


@dataclass
class Column(Drag):
    """A handle on one bar: only the strip of the axes around `at` belongs to it."""

    def spec(self, names, height):
        whole = super().spec(names, height)
        x, y, width, tall = whole["box"]
        left, right = whole["xlim"]
        one = width / (right - left)
        whole["box"] = [x + (self.at - 0.5 - left) * one, y, one, tall]
        whole["xlim"] = [self.at - 0.5, self.at + 0.5]
        return whole


def bracket(spot, height):
    """A frame for bar `spot` up to `height`, open where its number stands: x, y."""
    left, right = spot - 0.42, spot + 0.42
    x = [left, left, left + 0.12, np.nan, right - 0.12, right, right]
    return x, [0, height, height, np.nan, height, height, 0]


def minus(text):
    """`text` with a true minus sign, longer than a hyphen, before each number."""
    return re.sub(r"-(?=\d)", "−", text)
