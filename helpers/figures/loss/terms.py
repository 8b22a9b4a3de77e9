"""The loss −ln p of one prediction, and its mean over a batch."""

import numpy as np

from helpers.figures.parts.bars import columns
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import Distribution, two_lines
from helpers.live import Bars, Choice, Drag, Live, Slider, still
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure

N = 64  # samples in the batch with an outlier


def surprise(p):
    """−ln p, shape like p; inf where p is 0, and no minus before 0."""
    with np.errstate(divide="ignore"):
        return -np.log(p) + 0.0


# ---- one prediction


def halves(ax):
    """The curve −ln p on `ax`, with its equal steps from 1 to 1/2, 1/4, 1/8."""
    p = np.geomspace(0.02, 1, 200)
    ax.plot(p, -np.log(p), color=PALETTE["blue"])
    for k, text in enumerate(["1", "1/2", "1/4", "1/8", "1/16"]):
        x, y = 0.5**k, k * np.log(2)
        ax.plot([0, x, x], [y, y, 0], color=PALETTE["soft"], linestyle=":", lw=1.2)
        ax.plot([x], [y], "o", color=PALETTE["orange"], markersize=7, clip_on=False)
        ax.text(x + 0.02, y + 0.05, f"p = {text}", va="bottom")
    ax.set(xlim=(0, 1.12), ylim=(0, 3.9), xlabel="probability given to the truth, p")
    ax.set_ylabel("−ln p")
    ax.set_yticks(np.arange(6) * np.log(2), [f"{k * np.log(2):.3f}" for k in range(6)])


def show_halves():
    """A still picture of `halves`."""
    fig, ax = figure()
    halves(ax)
    return still(
        fig,
        "The curve −ln p falls from high on the left to 0 at p = 1. From p = 1 to "
        "1/2, 1/4, 1/8 and 1/16 it climbs by the same step each time, 0.693.",
    )


def watch_terms(labels, percents, truth=0):
    """A live figure: drag probabilities, watch −Σ y ln p term by term.

    `labels` are words such as "好 (good)", `percents` whole numbers that sum to
    100, `truth` the index of the word that came.
    """
    fig, (left, right) = figure("wide", 1, 2)
    names = [two_lines(label) for label in labels]
    bars = Distribution(left, names, np.array(percents) / 100, animated=True)
    left.set_title("what the model gave, p")
    top = 5.0
    towers = right.bar(range(len(names)), 0, width=0.66, animated=True)
    texts = [
        right.text(k, 0, "", ha="center", animated=True) for k in range(len(names))
    ]
    right.set(ylim=(0, top * 1.1), ylabel="−ln p, nats")
    right.set_title("each word's surprise; only the hatched one counts")
    columns(right, names)

    def update(p, truth):
        t = labels.index(truth)
        bars.show(p, t)
        for k, (tower, text, height) in enumerate(
            zip(towers, texts, surprise(p), strict=True)
        ):
            tower.set_height(min(height, top))
            tower.set_facecolor(PALETTE["orange"] if k == t else "none")
            tower.set_edgecolor("white" if k == t else PALETTE["blue"])
            tower.set_hatch("//" if k == t else None)
            tower.set_linestyle("-" if k == t else "--")
            text.set_y(min(height, top) + 0.06)
            text.set_text("∞" if np.isinf(height) else f"{height:.3f}")
        terms = " + ".join(
            # What did not come counts nothing, even where −ln p has no end.
            "0" if np.isinf(s) and k != t else rf"{k == t:d}\cdot {digits(s)}"
            for k, s in enumerate(surprise(p))
        )
        loss = digits(surprise(p[t]))
        return [
            rf"L = -\sum_i y_i\, \ln\, p_i = {terms}",
            rf"L = -\ln\, {p[t]:.2f} = {loss}",
        ]

    def describe(p, truth):
        t = labels.index(truth)
        loss = "without end" if p[t] == 0 else f"{surprise(p[t]):.3f}"
        said = f"Probabilities: {each(labels, p)}."
        return f"{said} The word was {truth}; the loss is {loss}."

    return Live(
        fig, update, alt=describe, drag=[Drag(left, y="p")],
        truth=Choice(labels, labels[truth], "the word that came"),
        p=Bars(labels, percents, "probabilities"),
    )  # fmt: skip


# ---- a model that knows nothing


def know_nothing(V=10_000):
    """A live figure: the loss ln V of a model that gives each of `V` words 1/V."""
    sizes = [2, 5, 6, 10, 25, 50, 96, 250, 1_000, 2_500, 10_000, 50_257, 100_000]
    fig, ax = figure()
    ax.plot(sizes, np.log(sizes), color=PALETTE["blue"])
    ax.set(xscale="log", xlim=(1.6, 150_000), ylim=(0, 12.5))
    ax.set(xlabel="V, the number of words")
    ax.set_xticks(10 ** np.arange(1, 6), [f"{10**k:,}" for k in range(1, 6)])
    ax.set_ylabel("loss ln V, nats")
    ax.grid()
    (mark,) = ax.plot([], [], "o", color=PALETTE["orange"], markersize=11,
                      animated=True)  # fmt: skip

    def update(V):
        mark.set_data([V], [np.log(V)])
        size, loss = f"{V:,}".replace(",", "{,}"), digits(np.log(V))
        return [
            rf"L = -\ln \frac{{1}}{{{size}}} = \ln\, {size} = {loss}",
            rf"\text{{PPL}} = e^{{\ln {size}}} = {size}",
        ]

    def describe(V):
        return f"With {V:,} words the loss is {np.log(V):.3f} and the perplexity {V:,}."

    return Live(
        fig, update, alt=describe,
        V=Slider.over(sizes, V, "V", texts=[f"{size:,}" for size in sizes]),
    )  # fmt: skip


# ---- a batch


def batch_with_outlier():
    """A live figure: the losses of 64 samples, 63 alike and one outlier."""
    fig, ax = figure("wide")
    odd, top = 41, 15.0
    # One path for all bars: a step up and a step down for each sample.
    edges = np.sort(np.concatenate([np.arange(N) + 0.62, np.arange(N) + 1.38]))
    row = ax.stairs(np.zeros(2 * N - 1), edges, fill=True, color=PALETTE["blue"],
                    animated=True)  # fmt: skip
    tower = ax.bar([odd + 1], [0], width=0.76, color=PALETTE["orange"], hatch="//",
                   edgecolor="white", animated=True)[0]  # fmt: skip
    above = ax.text(odd + 1, 0, "", ha="center", va="bottom", animated=True)
    (mean,) = ax.plot(
        [0, N + 1],
        [0, 0],
        color=PALETTE["ink"],
        linestyle="--",
        linewidth=1.8,
        animated=True,
    )
    name = ax.text(1, 0, "", va="bottom", animated=True)
    ax.set(xlim=(0, N + 1), ylim=(0, top), xlabel="sample", ylabel="loss −ln p, nats")
    ax.set_xticks([1, 16, 32, 48, 64])
    ax.grid(axis="y")

    def update(p, odd_p):
        alike, alone = surprise(p), surprise(odd_p)
        loss = (alike * (N - 1) + alone) / N
        heights = np.zeros(2 * N - 1)
        heights[::2] = alike
        heights[2 * odd] = 0
        row.set_data(heights)
        tower.set_height(min(alone, top - 1.2))
        above.set_y(min(alone, top - 1.2) + 0.15)
        above.set_text("∞" if np.isinf(alone) else f"{alone:.3f}")
        mean.set_ydata([loss, loss])
        mean.set_visible(np.isfinite(loss))
        name.set_y(loss + 0.2 if np.isfinite(loss) else top - 1)
        name.set_text(f"mean {'∞' if np.isinf(loss) else f'{loss:.3f}'}")
        total = alike * (N - 1) + alone
        share = words("One probability of 0 makes the mean of all 64 infinite.")
        if np.isfinite(alone):
            share = words("the outlier's share: ") + (
                rf"\frac{{{digits(alone)}}}{{{digits(total)}}}"
                rf" = {100 * alone / total:.0f}\%"
            )
        return [
            rf"L = \frac{{63 \cdot {digits(alike, 5)} + {digits(alone)}}}{{64}}"
            rf" = \frac{{{digits(total)}}}{{64}} = {digits(loss)}",
            share,
        ]

    def describe(p, odd_p):
        alike, alone = surprise(p), surprise(odd_p)
        loss = (alike * (N - 1) + alone) / N
        return (
            f"64 losses: 63 at {alike:.3f} and one at {alone:.3f}; "
            f"the mean is {loss:.3f}."
        ).replace("inf", "∞")

    return Live(
        fig, update, alt=describe,
        odd_p=Slider.over(
            [0.5, 0.3, 0.1, 0.05, 0.01, 0.001, 1e-4, 1e-5, 1e-6, 0], 0.001,
            "p of the outlier",
            texts=["0.5", "0.3", "0.1", "0.05", "0.01", "0.001", "0.0001", "0.00001",
                   "0.000001", "0"],
        ),
        p=Slider.over([0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99], 0.7, "p of the other 63"),
    )  # fmt: skip
