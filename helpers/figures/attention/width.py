"""Why scores are divided by √d: what softmax does with them as the width d grows."""

from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.figures.probability.draws import drawn
from helpers.live import Live, Slider, Toggle
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.loss import softmax

WIDTHS = [2**k for k in range(10)]  # 1, 2, 4 … 512
KEYS = 16
DRAWS = 100  # of a query and its keys, for the means
LOOKS = {True: ("blue", "o", "divided by √d"), False: ("orange", "s", "not divided")}


@cache
def dot_products():
    """Of queries with their keys, by width: (10, DRAWS, KEYS), the same everywhere.

    Every number is drawn evenly from -√3 to √3, with mean 0 and variance 1. A wider
    vector begins as the narrower one does.
    """
    most = WIDTHS[-1]
    flat = np.array(drawn(7, DRAWS * (1 + KEYS) * most))
    numbers = (2 * flat - 1) * np.sqrt(3)
    q, k = np.split(numbers.reshape(DRAWS, 1 + KEYS, most), [1], axis=1)
    return (q * k).cumsum(axis=2)[:, :, np.array(WIDTHS) - 1].transpose(2, 0, 1)


@cache
def weights(scaled):
    """softmax of the dot products, by width: bool -> (10, DRAWS, KEYS)."""
    size = np.sqrt(WIDTHS)[:, None, None] if scaled else 1
    return softmax(dot_products() / size)


def entropies(p):
    """The entropy of each row, nats: (..., K) -> (...)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return -np.where(p > 0, p * np.log(p), 0.0).sum(axis=-1)


def slopes(p):
    """Σ p(1 − p) of each row: (..., K) -> (...).

    Each p(1 − p) is the slope of a weight along its own score, as softmax has it.
    """
    return (p * (1 - p)).sum(axis=-1)


def grow_d():
    """A live figure: 16 weights of one query, and means of many, as d grows."""
    fig, (left, middle, right) = figure("wide", 1, 3, width_ratios=(1.3, 1, 1))
    bars = left.bar(range(KEYS), np.zeros(KEYS), width=0.7, color=PALETTE["blue"],
                    animated=True)  # fmt: skip
    most = left.text(0, 0, "", ha="center", va="bottom", animated=True)
    left.set(ylim=(0, 1.1), xlabel="key", title="one query: its 16 weights")
    left.set_xticks(range(0, KEYS, 5), [str(k) for k in range(1, KEYS + 1, 5)])
    left.grid(axis="y")
    means = {
        ax: {s: measure(weights(s)).mean(axis=1) for s in LOOKS}
        for ax, measure in ((middle, entropies), (right, slopes))
    }  # two of {scaled: (10,)}
    marks = []
    for ax, top, title in (
        (middle, np.log(KEYS), "entropy, nats"),
        (right, 1 - 1 / KEYS, "slope, sum of p(1 − p)"),
    ):
        ax.axhline(top, color=PALETTE["soft"], lw=1.2, ls=":")
        for scaled, (colour, marker, name) in LOOKS.items():
            ax.plot(WIDTHS, means[ax][scaled], marker, color=PALETTE[colour],
                    ls=DASHES[colour], ms=6, label=name)  # fmt: skip
        marks += ax.plot([], [], "D", ms=13, mfc="none", mew=2, color=PALETTE["ink"],
                         animated=True)  # fmt: skip
        ax.set(xscale="log", xlim=(0.7, 730), ylim=(0, 1.15 * top), xlabel="d",
               title=title)  # fmt: skip
        shown = WIDTHS[::3]
        ax.set_xticks(shown, [str(d) for d in shown])
        ax.minorticks_off()
    middle.text(0.8, np.log(KEYS) + 0.05, "ln 16 = 2.773", va="bottom", fontsize=12)
    right.text(0.8, 1 - 1 / KEYS + 0.02, "15/16: all alike", va="bottom", fontsize=12)
    fig.legend(*right.get_legend_handles_labels(), loc="outside upper right", ncols=2)

    def found(d, scaled):
        i = WIDTHS.index(d)
        p = weights(scaled)[i]  # (DRAWS, KEYS)
        return i, p[0], p.max(axis=1).mean()

    def update(d, scaled):
        i, p, largest = found(d, scaled)
        colour, _, _ = LOOKS[scaled]
        for bar, height in zip(bars, p, strict=True):
            bar.set(height=height, facecolor=PALETTE[colour])
            bar.set(hatch=None if scaled else "//", edgecolor="white")
        k = int(p.argmax())
        most.set_position((min(max(k, 1), KEYS - 2), p[k] + 0.01))
        most.set_text(f"{p[k]:.2f}")
        for mark, ax in zip(marks, (middle, right), strict=True):
            mark.set_data([d], [means[ax][scaled][i]])
        divided = rf"{d} / {d}" if scaled else f"{d}"
        return [
            rf"\text{{variance of a score: }} {divided} = 1" if scaled else
            rf"\text{{variance of a score: }} d = {d}",
            rf"\text{{means of {DRAWS} draws: largest weight }} {digits(largest, 2)}, "
            rf"\quad \text{{entropy }} {digits(means[middle][scaled][i], 2)}, "
            rf"\quad \text{{slope }} {digits(means[right][scaled][i], 2)}",
        ]  # fmt: skip

    def describe(d, scaled):
        i, p, largest = found(d, scaled)
        return (
            f"Bars: the weights of one query for {KEYS} keys of width {d}, scores "
            f"{'' if scaled else 'not '}divided by the root of d; the largest weight "
            f"is {p.max():.2f}, in the mean of {DRAWS} draws {largest:.2f}. Two curves "
            f"against d: the mean entropy is {means[middle][scaled][i]:.2f} nats of "
            f"2.77, the mean slope {means[right][scaled][i]:.2f}."
        )

    return Live(
        fig, update, alt=describe,
        d=Slider.over(WIDTHS, 64, "width d of query and keys", ("number", "numbers")),
        scaled=Toggle(False, "scores divided by √d"),
    )  # fmt: skip
