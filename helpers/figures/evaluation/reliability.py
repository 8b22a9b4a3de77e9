"""A reliability diagram under a temperature: is a model as often right as it says?"""

from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider, Toggle, counted
from helpers.live.style import PALETTE, figure
from helpers.maths.evaluation import calibration
from helpers.maths.loss import softmax

TEMPERATURES = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
BINS = (1, 5, 10, 20, 50, 1000)
MANY = 50  # bins: of more, the dots alone are drawn
SIZES = {0.01: 5, 0.03: 7, 0.1: 11, 0.3: 16, 1: 22}  # share of all words: px of a dot


def reliability(logits, truths, exact):
    """A live figure: bins of confidence against what came, and two curves over T.

    `logits` (N, V) are the model's at N places, `truths` (N,) the words that came, and
    `exact` (N, V) the grammar's own probabilities there.
    """
    rows = np.arange(len(truths))

    @cache
    def at(T):
        """Confidence, hits and exact P of the favourites (N,) each; the mean loss."""
        P = softmax(logits / T)  # (N, V)
        confidence, hits = calibration.favourites(P, truths)
        truth = exact[rows, P.argmax(axis=1)]  # (N,)
        return confidence, hits, truth, -np.log(P[rows, truths]).mean()

    def error(T, bins, known):
        confidence, hits, truth, _ = at(T)
        came = truth if known else hits
        return calibration.expected_calibration_error(confidence, came, bins)

    fig, (left, middle, right) = figure((860, 350), 1, 3, width_ratios=(1.6, 1, 1))
    left.plot([0, 1], [0, 1], "--", color=PALETTE["ink"], lw=1.4)
    (line,) = left.plot([], [], "-", color=PALETTE["blue"], lw=1.2, animated=True)
    gaps = left.vlines([], [], [], color=PALETTE["orange"], lw=4,
                       animated=True)  # fmt: skip
    dots = [left.plot([], [], "o", ms=px, mew=0, color=PALETTE["blue"], zorder=3,
                      animated=True)[0] for px in SIZES.values()]  # fmt: skip
    left.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="confidence in the favourite word",
             title="how often it came; large: many words")  # fmt: skip
    left.grid()
    losses = [at(T)[3] for T in TEMPERATURES]
    middle.plot(TEMPERATURES, losses, "-", color=PALETTE["green"])
    (mark,) = middle.plot([], [], "s", ms=11, mfc="none", mew=2.2, color=PALETTE["red"],
                          animated=True)  # fmt: skip
    low, high = min(losses), max(losses)
    middle.set(title="loss, nats a word", xlabel="temperature T",
               ylim=(low - 0.1 * (high - low), high + 0.1 * (high - low)))  # fmt: skip
    (errors,) = right.plot([], [], "-", color=PALETTE["purple"], animated=True)
    (mark2,) = right.plot([], [], "s", ms=11, mfc="none", mew=2.2, color=PALETTE["red"],
                          animated=True)  # fmt: skip
    top = max(error(T, max(BINS), False) for T in TEMPERATURES)
    right.set(title="calibration error", xlabel="temperature T", ylim=(0, 1.1 * top))
    for ax in (middle, right):
        ax.set_xlim(TEMPERATURES[0] - 0.1, TEMPERATURES[-1] + 0.1)
        ax.grid(axis="y")

    def update(T, bins, known):
        confidence, hits, truth, loss = at(T)
        count, said, came = calibration.reliability(
            confidence, truth if known else hits, bins
        )
        some = count > 0
        x, y, share = said[some], came[some], count[some] / len(truths)
        sizes = np.searchsorted([*SIZES], share)
        for k, dot in enumerate(dots):
            dot.set_data(x[sizes == k], y[sizes == k])
        dots[0].set_markersize(SIZES[0.01] if bins <= MANY else 2)
        if bins > MANY:
            x, y = x[:0], y[:0]
        line.set_data(x, y)
        gaps.set_segments([[(a, a), (a, b)] for a, b in zip(x, y, strict=True)])
        mark.set_data([T], [loss])
        curve = [error(each, bins, known) for each in TEMPERATURES]
        errors.set_data(TEMPERATURES, curve)
        mark2.set_data([T], [error(T, bins, known)])
        what = "exact" if known else "right"
        return [
            rf"\text{{in the mean: confidence }} {digits(confidence.mean())}, \quad "
            rf"\text{{{what} }} {digits((truth if known else hits).mean())}",
            rf"\text{{calibration error }} {digits(error(T, bins, known))}, \quad "
            rf"\text{{loss }} {digits(loss)}",
            rf"\text{{a word alone is off its exact P by }} "
            rf"{digits(np.abs(confidence - truth).mean())}",
        ]

    def describe(T, bins, known):
        # No number that was trained: this text is compared when it is run again.
        what = "its exact probability" if known else "how often it came"
        return (
            f"A reliability diagram of {counted(bins, 'bin')} at temperature {T:g}: "
            f"the confidence in the favourite word against {what}, beside the "
            "diagonal. On the right the loss and the calibration error against the "
            "temperature."
        )

    return Live(
        fig, update, alt=describe,
        T=Slider.over(TEMPERATURES, 1.0, "temperature T"),
        bins=Choice(BINS, 10, "bins"),
        known=Toggle(False, "exact P in place of counting"),
    )  # fmt: skip
