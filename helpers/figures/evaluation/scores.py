"""Two words: what a score rewards, over all probabilities that could be given."""

from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation import calibration

GRID = np.arange(101) / 100
# Where a curve is drawn, in percent: few points, close together where it is bent.
BENT = np.r_[0:6, 6:12:2, 12:20:3, 22, 26, 31, 36, 42, 50]
POINTS = {"−ln p, the loss": np.r_[BENT, 100 - BENT[-2::-1]],
          "Brier": np.arange(0, 101, 5), "1 − p": np.array([0, 100])}  # fmt: skip
PROPER = {"−ln p, the loss": calibration.log_score, "Brier": calibration.brier}
OTHERS = {"1 − p": calibration.absolute_error, "mistakes": calibration.mistake}
LOOKS = {"−ln p, the loss": ("blue", "o"), "Brier": ("green", "s"),
         "1 − p": ("orange", "D"), "mistakes": ("purple", "v")}  # fmt: skip
TOP = 1.5


@cache
def curve(name, percent):
    """The expected score, for each p of `GRID`, if the truth is so many percent."""
    score, q = (PROPER | OTHERS)[name], percent / 100
    return np.array([
        calibration.expected_score(score, (q, 1 - q), np.array([p, 1 - p]))
        for p in GRID
    ])  # fmt: skip


def least(name, percent):
    """All p of `GRID` at which the expected score is least."""
    costs = curve(name, percent)
    return GRID[costs <= costs.min() + 1e-12]


def path(name, percent):
    """The curve as it is drawn, x and y: the fewest points that look the same."""
    costs = curve(name, percent)
    if name == "mistakes":  # the favourite changes at a half
        return np.array([0, 0.5, 0.5, 1]), costs[[0, 49, 51, 100]]
    at = POINTS[name][np.isfinite(costs[POINTS[name]])]
    return GRID[at], costs[at]


def proper_scores():
    """A live figure: expected scores against p, with their lowest points marked."""
    fig, axes = figure((860, 350), 1, 2)
    artists = {}
    for ax, scores in zip(axes, (PROPER, OTHERS), strict=True):
        for name in scores:
            colour, marker = LOOKS[name]
            (line,) = ax.plot([], [], color=PALETTE[colour], ls=DASHES[colour],
                              animated=True)  # fmt: skip
            (low,) = ax.plot([], [], marker, ms=10, color=PALETTE[colour], mec="white",
                             ls="", animated=True, clip_on=False)  # fmt: skip
            artists[name] = line, low
        ax.set(
            xlim=(0, 1),
            ylim=(0, TOP),
            title="mean cost",
            xlabel="p, given to kite",
            ylabel="cost",
        )
        ax.grid(axis="y")
    truths = [ax.plot([], [], color=PALETTE["ink"], ls="--", lw=1.4,
                      animated=True)[0] for ax in axes]  # fmt: skip
    here = [ax.plot([], [], color=PALETTE["red"], ls=":", lw=2.2,
                    animated=True)[0] for ax in axes]  # fmt: skip
    lines = [*(line for line, _ in artists.values()), truths[0], here[0]]
    fig.legend(lines, [*artists, "the truth", "you say"], loc="outside upper left",
               ncols=6)  # fmt: skip

    def update(truth, given):
        q, p = truth / 100, given / 100
        for name, (line, low) in artists.items():
            costs = curve(name, truth)
            line.set_data(*path(name, truth))
            at = least(name, truth)
            at = at[:: max(1, len(at) // 5)]
            low.set_data(at, np.full(len(at), costs.min()))
        for one, x in ((truths, q), (here, p)):
            for line in one:
                line.set_data([x, x], [0, TOP])
        log, brier, absolute, wrong = (curve(name, truth)[given] for name in LOOKS)
        return [
            rf"-{q:.2f}\ln\,{p:.2f} - {1 - q:.2f}\ln\,{1 - p:.2f} = {digits(log)}",
            rf"\text{{Brier }} {digits(brier)}, \quad 1 - p: {digits(absolute)}, "
            rf"\quad \text{{mistakes }} {digits(wrong)}",
        ]

    def describe(truth, given):
        q = truth / 100
        lows = {name: least(name, truth) for name in LOOKS}
        said = "; ".join(
            f"{name} {curve(name, truth)[given]:.3f}, least at "
            + (f"{at[0]:.2f}" if len(at) == 1 else f"{at[0]:.2f} to {at[-1]:.2f}")
            for name, at in lows.items()
        )
        return (
            f"Four expected scores against the probability p given to the word kite, "
            f"which comes with probability {q:.2f}. At p = {given / 100:.2f}: {said}."
        ).replace("inf", "∞")

    return Live(
        fig, update, alt=describe,
        truth=Slider(0, 100, 5, 70, "kite comes, %"),
        given=Slider(0, 100, 2, 50, "p given to kite, %"),
    )  # fmt: skip
