"""Choosing a word by a number, counting many choices, and products that vanish."""

import math
import random

import numpy as np

from helpers.figures.parts.bars import columns
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import Distribution, two_lines
from helpers.live import Drag, Live, Slider, counted
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.probability import sample

TALLIES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000]
RUNS = 20
SMALLEST = math.ulp(0.0)  # the least number above 0 in float64: 4.9e-324


# ---- one choice


class Staircase:
    """The bars of p, each standing on the last, on `ax`; `show(u)` moves the line.

    The bar that the line at height u meets is the word that u chooses: the inverse
    of the cumulative distribution.
    """

    def __init__(self, ax, labels, p, u=0.0, animated=False):
        self.ends = np.cumsum(p)
        places = range(len(labels))
        ax.bar(places, p, bottom=self.ends - p, width=0.66, color=PALETTE["blue"],
               alpha=0.4)  # fmt: skip
        ax.bar(places, p, bottom=self.ends - p, width=0.66, fill=False, lw=1.4,
               edgecolor=PALETTE["blue"])  # fmt: skip
        for k in places:
            ax.text(k + 0.38, self.ends[k] - p[k] / 2, f"{p[k]:.2f}", va="center")
        ax.set(ylim=(0, 1), xlim=(-0.7, len(labels) - 0.3), ylabel="from 0 to 1")
        columns(ax, labels, grid=False)
        self.bar = ax.bar(0, 0, width=0.66, color=PALETTE["orange"], hatch="//",
                          edgecolor="white", animated=animated)[0]  # fmt: skip
        (self.line,) = ax.plot([], [], color=PALETTE["ink"], lw=1.8, ls="-",
                               animated=animated)  # fmt: skip
        (self.dot,) = ax.plot([], [], "o", color=PALETTE["ink"], ms=9, clip_on=False,
                              animated=animated)  # fmt: skip
        self.p = p
        self.show(u)

    def show(self, u):
        """Draw the line at height u, 0 <= u < 1; returns the index it chooses."""
        k = sample(self.p, u)
        self.bar.set_x(k - 0.33)
        self.bar.set_y(self.ends[k] - self.p[k])
        self.bar.set_height(self.p[k])
        self.line.set_data([-0.7, k], [u, u])
        self.dot.set_data([-0.7, k], [u, u])
        return k


def choose(labels, p):
    """A live figure: move u between 0 and 1 and see which word it chooses.

    `labels` are words such as "科技 (technology)", `p` their probabilities (K,).
    """
    p = np.asarray(p, dtype=float)
    fig, ax = figure()
    stairs = Staircase(ax, [two_lines(label) for label in labels], p, animated=True)

    def update(u):
        k = stairs.show(u)
        low, high = stairs.ends[k] - p[k], stairs.ends[k]
        return (
            rf"{low:.2f} \leq u = {u:.2f} < {high:.2f}"
            rf" \quad\rightarrow\quad \text{{word {k + 1}}}"
        )

    return Live(
        fig, update, drag=[Drag(ax, y="u")],
        alt=lambda u: (
            f"Steps that climb from 0 to 1, one a word, each as high as its "
            f"probability. The line at u = {u:.2f} meets {labels[sample(p, u)]}."
        ),
        u=Slider(0, 0.99, 0.01, 0.62, "u, the number drawn"),
    )  # fmt: skip


# ---- many choices


def whole(x, places=0):
    """A number in LaTeX with thousands set apart: "10{,}000"."""
    return f"{x:,.{places}f}".replace(",", "{,}")


def drawn(run, n):
    """Numbers in [0, 1) for one run: (n,), the same on every machine.

    Python guarantees the stream of ``random.Random(run).random()``.
    """
    draw = random.Random(run).random
    return np.array([draw() for _ in range(n)])  # (n,)


def shares(p, run, n):
    """How often each word has been chosen after 1 … n draws: (n, K) counts."""
    ends = np.cumsum(p)
    chosen = np.searchsorted(ends / ends[-1], drawn(run, n), side="right")  # (n,)
    return np.cumsum(chosen[:, None] == np.arange(len(p)), axis=0)  # (n, K)


def funnel(ax, p):
    """The band p ± 2·sqrt(p(1−p)/n) on `ax`, n along a logarithmic axis."""
    n = np.geomspace(1, TALLIES[-1], 40)
    wide = 2 * np.sqrt(p * (1 - p) / n)
    ax.fill_between(n, p - wide, p + wide, color=PALETTE["sky"], alpha=0.18, lw=0)
    ax.axhline(p, color=PALETTE["soft"], ls=DASHES["orange"], lw=1.5)
    ax.set(xscale="log", xlim=(1, 11_000), ylim=(0, 1), xlabel="draws n")
    ax.set_xticks([1, 10, 100, 1000, 10000], ["1", "10", "100", "1,000", "10,000"])
    ax.minorticks_off()


def sample_many(labels, p):
    """A live figure: draw n times from `p` (K,) and compare tallies with p.

    Left the share of each word beside its probability, right the share of the first
    word while the draws add up, in a band of two standard deviations.
    """
    p = np.asarray(p, dtype=float)
    counts = {run: shares(p, run, TALLIES[-1]) for run in range(1, RUNS + 1)}
    points = np.unique(np.geomspace(1, TALLIES[-1], 160).astype(int))
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1, 1.25))
    bars = Distribution(left, [two_lines(label) for label in labels], p, animated=True)
    left.set_ylabel("share of the draws")
    left.hlines(p, np.arange(len(p)) - 0.42, np.arange(len(p)) + 0.42, lw=2.2,
                color=PALETTE["ink"], ls=DASHES["orange"], zorder=3,
                animated=True)  # fmt: skip
    left.set_title("bars: counted, dashes: expected")
    funnel(right, p[0])
    right.set_title(f"share of {labels[0].split(' ')[0]}; band: 2 standard deviations")
    (path,) = right.plot([], [], color=PALETTE["blue"], lw=1.8, animated=True)
    (end,) = right.plot([], [], "o", color=PALETTE["blue"], ms=9, clip_on=False,
                        animated=True)  # fmt: skip

    def update(n, run):
        count = counts[run][n - 1]  # (K,)
        bars.show(count / n)
        for text, value, mark in zip(bars.texts, count, p, strict=True):
            text.set_text(f"{value:,}")
            text.set_y(max(value / n, mark) + 0.02)  # clear of the dashes
        shown = points[points <= n]
        if shown[-1] < n:
            shown = np.append(shown, n)
        path.set_data(shown, counts[run][shown - 1, 0] / shown)
        end.set_data([n], [count[0] / n])
        sd = math.sqrt(n * p[0] * (1 - p[0]))
        return [
            rf"\text{{expected: }} n\,p = {whole(n)} \cdot {p[0]:.2f} = "
            rf"{whole(n * p[0], 1)} \qquad \text{{counted: }} {whole(count[0])}",
            rf"\text{{standard deviation: }} \sqrt{{n\,p\,(1-p)}} = "
            rf"\sqrt{{{whole(n)} \cdot {p[0]:.2f} \cdot {1 - p[0]:.2f}}} = {sd:.1f}",
        ]

    def describe(n, run):
        count = counts[run][n - 1]
        return (
            f"Run {run} after {counted(n, 'draw')}: {each(labels, count, 0)}. The "
            f"share of {labels[0]} is {count[0] / n:.3f}, in a band that narrows "
            f"around {p[0]:.2f}."
        )

    return Live(
        fig, update, alt=describe,
        n=Slider.over(TALLIES, 10, "draws n", play=True),
        run=Slider(1, RUNS, 1, 1, "run number"),
    )  # fmt: skip


# ---- a product and its logarithm


def small(x):
    r"""A probability in LaTeX: "0.250", "1.03 \cdot 10^{-3}" below 0.1, and "0"."""
    if x == 0 or x >= 0.1:
        return digits(x) if x else "0"
    mantissa, exponent = f"{x:.2e}".split("e")
    return rf"{mantissa} \cdot 10^{{{int(exponent)}}}"


def product_of(p, T):
    """p multiplied by itself T times in float64, factor by factor."""
    product = 1.0
    for _ in range(T):
        product *= p
    return product


def underflow():
    """A live figure: p multiplied by itself T times, and T times ln p.

    The product is computed in float64, factor by factor, as a program would.
    """
    floor = math.log(SMALLEST)  # -744.4
    fig, ax = figure()
    ax.axhspan(-3100, floor, color=PALETTE["red"], alpha=0.12, lw=0)
    ax.axhline(floor, color=PALETTE["red"], lw=1.4, ls=DASHES["red"])
    ax.text(20, -2960, "here float64 holds only 0", va="bottom")
    ax.set(xlim=(0, 1010), ylim=(-3100, 60))
    ax.set(xlabel="words T", ylabel="ln of the product")
    ax.set_yticks([0, -1000, -2000, -3000], ["0", "−1,000", "−2,000", "−3,000"])
    ax.grid(axis="y")
    (sums,) = ax.plot([0, 1000], [0, 0], color=PALETTE["blue"], lw=2, animated=True)
    (here,) = ax.plot([], [], "o", color=PALETTE["blue"], ms=10, animated=True)

    def update(p, T):
        product, total = product_of(p, T), T * math.log(p)
        sums.set_ydata([0, 1000 * math.log(p)])
        here.set_data([T], [total])
        # An open ring where only the sum is left.
        here.set_markerfacecolor(PALETTE["blue"] if product else PALETTE["paper"])
        return [
            rf"\text{{product: }} {p:.2f}^{{{T}}} = {small(product)}",
            rf"\text{{sum of logs: }} {T} \cdot \ln {p:.2f} = "
            rf"{T} \cdot ({math.log(p):.3f}) = {total:.1f}",
        ]

    def describe(p, T):
        kept = "above" if product_of(p, T) else "below"
        return (
            f"A falling line, the sum of logarithms: at {T} words of probability "
            f"{p:.2f} it stands at {T * math.log(p):.1f}, {kept} the level of "
            f"{floor:.1f} under which float64 holds only 0."
        )

    return Live(
        fig, update, alt=describe, drag=[Drag(ax, x="T")],
        T=Slider(20, 1000, 20, 400, "words T"),
        p=Slider(0.05, 0.95, 0.05, 0.25, "probability of each word"),
    )  # fmt: skip
