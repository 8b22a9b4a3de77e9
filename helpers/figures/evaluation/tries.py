"""Several tries at one task: two estimates of pass@k, in the mean."""

import math
from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation.writing import pass_at_k, plain_pass_at_k

SAMPLES = (2, 5, 10, 20)
LOOKS = {
    "in the mean: none twice, 1 − C(n−c, k)/C(n, k)": ("blue", "o", 12, pass_at_k),
    "in the mean: plain, 1 − (1 − c/n)ᵏ": ("orange", "s", 6, plain_pass_at_k),
}


@cache
def means(p, n):
    """The mean of each estimate for k = 1 … n, over every c that can come: (2, n).

    A model that is right with probability p has c right ones of n as often as the
    binomial distribution says.
    """
    chance = [math.comb(n, c) * p**c * (1 - p) ** (n - c) for c in range(n + 1)]
    return np.array([
        [sum(w * estimate(n, c, k) for c, w in enumerate(chance))
         for k in range(1, n + 1)]
        for *_, estimate in LOOKS.values()
    ])  # fmt: skip


def several_tries():
    """A live figure: P(one of k tries is right), and what two estimates make of it."""
    fig, ax = figure((700, 360))
    most = SAMPLES[-1]
    ks = np.arange(1, most + 1)
    (truth,) = ax.plot([], [], color=PALETTE["ink"], lw=1.4, ls="-", animated=True,
                       label="the truth, 1 − (1 − p)ᵏ")  # fmt: skip
    lines = [
        ax.plot([], [], marker=marker, ms=ms, ls=DASHES[colour], color=PALETTE[colour],
                mfc="none" if marker == "o" else None, mew=2, label=name,
                animated=True)[0]
        for name, (colour, marker, ms, _) in LOOKS.items()
    ]  # fmt: skip
    (mark,) = ax.plot([], [], color=PALETTE["soft"], lw=1.2, ls=":", animated=True)
    ax.set(xlim=(0, most + 1), ylim=(0, 1.05), xlabel="k, tries",
           ylabel="at least one is right")  # fmt: skip
    ax.set_xticks([1, 5, 10, 15, 20])
    ax.grid(axis="y")
    fig.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=1)

    def update(p, n, k):
        truth.set_data(ks, 1 - (1 - p) ** ks)
        for line, row in zip(lines, means(p, n), strict=True):
            line.set_data(ks[:n], row)
        k = min(k, n)
        mark.set_data([k, k], [0, 1.05])
        good, plain = means(p, n)[:, k - 1]
        return [
            rf"k = {k}: \quad \text{{the truth }} {digits(1 - (1 - p) ** k)}",
            rf"\text{{in the mean: none twice }} {digits(good)}, \quad "
            rf"\text{{plain }} {digits(plain)}",
        ]

    def describe(p, n, k):
        k = min(k, n)
        good, plain = means(p, n)[:, k - 1]
        return (
            f"Three curves against the number of tries k, for a model that is right "
            f"with probability {p:g} and was asked {n} times. At k = {k} the truth is "
            f"{1 - (1 - p) ** k:.3f}, the mean of the unbiased estimate {good:.3f}, "
            f"that of the plain one {plain:.3f}."
        )

    return Live(
        fig, update, alt=describe,
        p=Slider.over((0.05, 0.1, 0.2, 0.4, 0.7), 0.1, "a try is right with p ="),
        n=Slider.over(SAMPLES, 10, "samples n"),
        k=Slider(1, most, 1, 5, "tries k, at most n"),
    )  # fmt: skip
