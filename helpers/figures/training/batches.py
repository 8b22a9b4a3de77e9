"""The noise of a gradient measured on batches of words, against their size."""

import time
from functools import cache

import numpy as np

from helpers import language
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, still
from helpers.live.style import PALETTE, figure
from helpers.maths import ngrams
from helpers.maths.fitting import table_slopes

SIZES = (16, 64, 256, 1024, 4096, 16384)
DRAWS = 80  # batches of each size
PAIRS = (("[end]", "one"), ("the", "park"))  # the two knobs that the cloud shows


@cache
def text_pairs():
    """The pairs of the training text: previous words (N,), words (N,)."""
    text = language.train()
    return np.r_[0, text[:-1]], text


@cache
def full_slopes():
    """The gradient on the whole training text, where all logits are 0: (V, V)."""
    V = len(language.VOCABULARY)
    return table_slopes(np.zeros((V, V)), ngrams.pair_counts(text_pairs()[1], V))


def batch_slopes(batch, rng):
    """The gradient on `batch` words drawn at random, at the same place: (V, V)."""
    V = len(language.VOCABULARY)
    previous, words = text_pairs()
    some = rng.integers(len(words), size=batch)  # (B,)
    pairs = np.bincount(previous[some] * V + words[some], minlength=V * V)
    return table_slopes(np.zeros((V, V)), pairs.reshape(V, V))


@cache
def noises():
    """Measured noise for each of `SIZES`, and the slopes of the two knobs drawn.

    The noise is the root of the mean squared distance from a batch's gradient to that
    of the whole text, over `DRAWS` batches: (S,). The slopes: (S, DRAWS, 2).
    """
    ids = {word: i for i, word in enumerate(language.VOCABULARY)}
    rows, columns = np.array([[ids[w] for w in pair] for pair in PAIRS]).T
    rng, full = np.random.default_rng(0), full_slopes()
    sizes, clouds = [], []
    for batch in SIZES:
        drawn = [batch_slopes(batch, rng) for _ in range(DRAWS)]
        sizes.append(np.sqrt(np.mean([np.sum((g - full) ** 2) for g in drawn])))
        clouds.append([g[rows, columns] for g in drawn])
    return np.array(sizes), np.array(clouds)


def noise_of_one():
    """The exact noise of a single word: √(mean of |g|² − |mean of g|²).

    That of B words is so much divided by √B, as each word is drawn by itself.
    """
    V = len(language.VOCABULARY)
    # One word's gradient is p − y in one row: at logits 0, |p − y|² = 1 − 1/V.
    return float(np.sqrt(1 - 1 / V - np.sum(full_slopes() ** 2)))


def fitted_power():
    """The power of B with which the measured noise falls: near −1/2."""
    return float(np.polyfit(np.log(SIZES), np.log(noises()[0]), 1)[0])


def batch_noise(batch=64):
    """A live figure: 80 batches of one size as a cloud, and the noise by size."""
    measured, clouds = noises()
    fig, (left, right) = figure("wide", 1, 2)
    (dots,) = left.plot([], [], "o", ms=4, color=PALETTE["blue"], alpha=0.5,
                        animated=True, label="a batch")  # fmt: skip
    names = [f"after {first}, knob of {second}" for first, second in PAIRS]
    exact = clouds[-1].mean(axis=0)
    left.plot(*exact, "+", ms=16, mew=2.4, color=PALETTE["ink"], label="the whole text")
    left.set(xlim=(-0.13, 0.02), ylim=(-0.13, 0.02), xlabel=f"slope {names[0]}",
             ylabel=f"slope {names[1]}")  # fmt: skip
    ticks = [-0.1, -0.05, 0]
    left.set(xticks=ticks, yticks=ticks)
    left.grid()
    sizes = np.array(SIZES)
    right.plot(sizes, noise_of_one() / np.sqrt(sizes), color=PALETTE["orange"], ls="--",
               label="1/√B")  # fmt: skip
    right.plot(sizes, measured, "o", ms=7, color=PALETTE["blue"], label="measured")
    (mark,) = right.plot([], [], "s", ms=13, mfc="none", mew=2.2, color=PALETTE["red"],
                         animated=True)  # fmt: skip
    right.set(xscale="log", yscale="log", xlabel="words in a batch, B",
              ylabel="noise of the gradient", ylim=(0.004, 0.6))  # fmt: skip
    right.set_xticks(SIZES, [f"{size:,}" for size in SIZES])
    right.set_yticks([0.01, 0.03, 0.1, 0.3], ["0.01", "0.03", "0.1", "0.3"])
    right.minorticks_off()
    right.grid()
    for ax in (left, right):
        ax.legend(loc="lower left" if ax is left else "upper right")

    def update(batch):
        k = SIZES.index(batch)
        dots.set_data(*clouds[k].round(4).T)
        mark.set_data([batch], [measured[k]])
        return (
            rf"\text{{noise}} \approx {digits(noise_of_one())} / "
            rf"\sqrt{{\text{{{batch:,}}}}} ="
            rf" {digits(noise_of_one() / np.sqrt(batch))}"
            rf"\qquad \text{{measured: }} {digits(measured[k])}"
        )

    def describe(batch):
        k = SIZES.index(batch)
        return (
            f"Left, the slopes of two knobs on 80 batches of {batch:,} words, round "
            f"those of the whole text. Right, noise against batch size on logarithmic "
            f"axes, a straight line; at {batch:,} words it is {measured[k]:.3f}."
        )

    return Live(
        fig, update, alt=describe,
        batch=Slider.over(SIZES, batch, "words in a batch", play=True),
    )  # fmt: skip


# ---- the time of a step


def seconds_a_word(batch, times=40):
    """Measured seconds that a word takes in a training step of the bigram network.

    The fastest of `times` steps, as whatever else the computer does can only add.
    """
    import torch
    from torch.nn import functional as F

    torch.set_num_threads(1)  # as in all of the course: see helpers/maths/models.py
    V = len(language.VOCABULARY)
    model = torch.nn.Embedding(V, V)
    adam = torch.optim.Adam(model.parameters(), lr=1e-3)
    words = torch.arange(batch) % V  # (B,) any words take as long
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        loss = F.cross_entropy(model(words), words)
        adam.zero_grad()
        loss.backward()
        adam.step()
        measured.append(time.perf_counter() - start)
    return min(measured) / batch


def time_a_word(sizes=(1, 4, 16, 64, 256, 1024, 4096)):
    """A still picture: measured time a word in a step, against the batch size."""
    fig, ax = figure()
    found = [1e6 * seconds_a_word(size) for size in sizes]
    ax.plot(sizes, found, "o-", color=PALETTE["orange"], ms=8)
    for size, micros in zip(sizes, found, strict=True):
        said = f"{micros:,.0f}" if micros >= 10 else f"{micros:.1f}"
        ax.text(size * 1.15, micros * 1.12, said, va="bottom")
    ax.set(xscale="log", yscale="log", xlabel="words in a batch",
           ylabel="microseconds a word", xlim=(0.8, sizes[-1] * 3))  # fmt: skip
    ax.set_xticks(sizes, [f"{size:,}" for size in sizes])
    powers = [
        10.0**k for k in range(-2, 6) if min(found) / 2 < 10.0**k < max(found) * 3
    ]
    ax.set_yticks(powers, [f"{power:,g}" for power in powers])
    ax.set_ylim(min(found) / 2, max(found) * 3)
    ax.minorticks_off()
    ax.grid()
    return still(
        fig,
        "The time that one word takes in a training step, measured in this run, "
        "against the number of words in a batch, on logarithmic axes: a falling line "
        "that becomes flat.",
    )
