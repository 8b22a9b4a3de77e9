"""Two models on the same stories: how sure is their difference?"""

import numpy as np

from helpers.figures.loss.ladder import label
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, Toggle
from helpers.live.style import PALETTE, figure
from helpers.maths.evaluation.sureness import (
    paired_standard_error,
    standard_error,
    unpaired_standard_error,
)

COUNTS = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000)
LINES = 10  # stories that are drawn one by one
LOOKS = {True: ("blue", "o"), False: ("orange", "s")}


def found(a, b, n, paired):
    """The mean difference of the first n stories, and its standard error, in nats."""
    error = paired_standard_error if paired else unpaired_standard_error
    return float((a[:n] - b[:n]).mean()), error(a[:n], b[:n])


def tell_apart(**models):
    """A live figure: the losses of two models and their difference, with intervals.

    ``tell_apart(mlp=nats, transformer=others)`` takes the nats of each story, two of
    (S,) in the same order. Intervals reach two standard errors each way. ValueError
    unless there are two models, and one number for each of the same 20 stories or
    more.
    """
    (name_a, a), (name_b, b) = _two(models)
    counts = [n for n in COUNTS if n <= len(a)]
    fig, (left, right) = figure((860, 350), 1, 2, width_ratios=(1, 1.25))
    for x, y in zip(a[:LINES], b[:LINES], strict=True):
        left.plot([0, 1], [x, y], "-", color=PALETTE["grey"], lw=1.2, marker="o", ms=4)
    means = [left.plot([], [], "D-", color=PALETTE["red"], lw=3, ms=8, markevery=[1],
                       animated=True)[0] for _ in range(2)]  # fmt: skip
    left.set(xlim=(-0.4, 1.4), title=f"{LINES} stories; red: the two means")
    left.set_ylabel("nats a story")
    left.set_xticks([0, 1], [label(name_a), label(name_b)])
    left.grid(axis="y")
    gaps = {
        paired: np.array([found(a, b, n, paired) for n in counts]) for paired in LOOKS
    }  # of (counts, 2)
    (bars,) = right.plot([], [], lw=2, animated=True)
    (dots,) = right.plot([], [], ls="", ms=7, animated=True)
    (mark,) = right.plot([], [], "s", ms=14, mfc="none", mew=2.2, color=PALETTE["red"],
                         animated=True)  # fmt: skip
    reach = np.concatenate([gap[:, 0] + 2 * k * gap[:, 1] for k in (-1, 1)
                            for gap in gaps.values()])  # fmt: skip
    low, high = min(0, reach.min()), max(0, reach.max())
    room = 0.08 * (high - low)
    right.axhline(0, color=PALETTE["ink"], lw=1.2)
    right.set(xscale="log", xlim=(0.7 * counts[0], 1.4 * counts[-1]),
              ylim=(low - room, high + room), xlabel="stories",
              title=f"{label(name_a)} − {label(name_b)}, nats a story")  # fmt: skip
    right.set_xticks(counts[::2], [f"{n:,}" for n in counts[::2]])
    right.minorticks_off()
    right.grid(axis="y")

    def update(n, paired):
        for x, nats, line in ((-0.2, a[:n], means[0]), (1.2, b[:n], means[1])):
            mean, two = nats.mean(), 2 * standard_error(nats)
            line.set_data([x] * 3, [mean - two, mean, mean + two])
        colour, marker = LOOKS[paired]
        k = counts.index(n)
        gap, error = gaps[paired][: k + 1].T  # no more: the rest is to be predicted
        ends = np.column_stack(
            [gap - 2 * error, gap + 2 * error, np.full(len(gap), np.nan)]
        )
        bars.set_data(np.repeat(counts[: k + 1], 3), ends.ravel())
        dots.set_data(counts[: k + 1], gap)
        for artist in (bars, dots):
            artist.set(color=PALETTE[colour], marker=marker if artist is dots else "")
        mark.set_data([n], [gap[k]])
        if paired:
            spread = np.std(a[:n] - b[:n], ddof=1)
            by = rf"\frac{{{digits(spread, 2)}}}{{\sqrt{{{n}}}}}"
        else:
            each = [digits(standard_error(nats[:n]), 3) for nats in (a, b)]
            by = rf"\sqrt{{{each[0]}^2 + {each[1]}^2}}"
        sure = abs(gap[k]) > 2 * error[k]
        verdict = "0 lies outside: told apart" if sure else "0 lies inside: not told"
        return [
            rf"\text{{standard error}} = {by} = {digits(error[k])}",
            rf"{digits(gap[k], 2)} \pm 2 \cdot {digits(error[k])}: \quad "
            rf"\text{{{verdict}}}",
        ]

    def describe(n, paired):
        # No number that was trained: this text is compared when it is run again.
        how = "of the differences, story by story" if paired else "as if unpaired"
        more = f" and more, up to {n:,}" if n > counts[0] else ""
        return (
            f"On the left {LINES} stories as lines from their loss by {label(name_a)} "
            f"to that by {label(name_b)}, with the two means of {n:,} stories and "
            f"their intervals. On the right the mean difference with its interval, "
            f"{how}, for {counts[0]} stories{more}."
        )

    return Live(
        fig, update, alt=describe,
        n=Slider.over(counts, counts[0], "stories"),
        paired=Toggle(False, "paired"),
    )  # fmt: skip


def _two(models):
    sizes = {np.shape(nats) for nats in models.values()}
    if len(models) != 2 or len(sizes) != 1 or len(*sizes) != 1 or sizes.pop()[0] < 20:
        raise ValueError(
            "Give two models by name, each with one number for each of the same "
            "stories, 20 at least, as in tell_apart(mlp=nats, transformer=others)."
        )
    return [(name, np.asarray(nats, dtype=float)) for name, nats in models.items()]
