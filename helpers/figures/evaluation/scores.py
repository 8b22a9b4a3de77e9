"""Two words: what a score rewards, over all probabilities that could be given."""

from functools import cache

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation import calibration

GRID = np.arange(101) / 100
PROPER = {"−ln p, the loss": calibration.log_score, "Brier": calibration.brier}
OTHERS = {"1 − p": calibration.absolute_error, "mistakes": calibration.mistake}
LOOKS = {"−ln p, the loss": ("blue", "o"), "Brier": ("green", "s"),
         "1 − p": ("orange", "D"), "mistakes": ("purple", "v")}  # fmt: skip
TOP = 2.2


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


def proper_scores():
    """A live figure: expected scores against p, with their lowest points marked."""
    fig, axes = figure((860, 350), 1, 2)
    artists = {}
    for ax, scores, top, title in zip(
        axes, (PROPER, OTHERS), (TOP, 1.1),
        ("proper: least at the truth", "not proper"), strict=True,
    ):  # fmt: skip
        for name in scores:
            colour, marker = LOOKS[name]
            (line,) = ax.plot([], [], color=PALETTE[colour], ls=DASHES[colour],
                              animated=True)  # fmt: skip
            (low,) = ax.plot([], [], marker, ms=10, color=PALETTE[colour], mec="white",
                             ls="", animated=True, clip_on=False)  # fmt: skip
            artists[name] = line, low
        ax.set(
            xlim=(0, 1),
            ylim=(0, top),
            title=title,
            xlabel="p, given to kite; dashed: the truth",
        )
        ax.grid(axis="y")
    lines = [line for line, _ in artists.values()]
    fig.legend(lines, [*artists], loc="outside upper left", ncols=4)
    truths = [ax.plot([], [], color=PALETTE["ink"], ls="--", lw=1.4,
                      animated=True)[0] for ax in axes]  # fmt: skip
    here = [ax.plot([], [], color=PALETTE["red"], ls=":", lw=2.2,
                    animated=True)[0] for ax in axes]  # fmt: skip

    def update(truth, given):
        q, p = truth / 100, given / 100
        for name, (line, low) in artists.items():
            costs = curve(name, truth)
            seen = np.isfinite(costs)
            line.set_data(GRID[seen][::2], costs[seen][::2])  # 0.01 … 0.99 or 0 … 1
            at = least(name, truth)
            at = at[:: max(1, len(at) // 5)]
            low.set_data(at, np.full(len(at), costs.min()))
        for one, x in ((truths, q), (here, p)):
            for line, ax in zip(one, axes, strict=True):
                line.set_data([x, x], [0, 0.8 * ax.get_ylim()[1]])
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
