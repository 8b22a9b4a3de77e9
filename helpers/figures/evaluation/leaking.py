"""Held-out stories in the training text: what three models' losses do with them."""

from functools import cache

import numpy as np
from matplotlib.lines import Line2D

from helpers import language
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, counted
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation.leaks import parts
from helpers.maths.evaluation.results import COPIES, MODELS, SHARES, one, shipped

ALL = (0.0, *SHARES)
HEIGHT = 0.3  # nats, the same in each of the three pictures
LOWEST = {"bigram": 0.86, "window MLP": -0.16, "Transformer": -0.16}
LOOKS = {
    "leaked": ("red", "v", "leaked stories"),
    "others": ("green", "^", "the other stories"),
    "all": ("blue", "o", "all 300: the score"),
}


def percent(share):
    """0.05 as "5 %"."""
    return f"{100 * share:g} %"


@cache
def floors():
    """What the exact model loses on each part: {part: (4,)}, nan for none."""
    by_share = [dict(zip(("all", "leaked", "others"), parts(share), strict=True))
                for share in ALL]  # fmt: skip
    return {
        part: np.array([
            language.losses(np.concatenate(one[part])).mean() if one[part] else np.nan
            for one in by_share
        ])
        for part in LOOKS
    }  # fmt: skip


def losses(runs, model, copies, part):
    """A model's losses by the share that leaked: (4, seeds), nan where there are none.

    `part` is "all", "leaked" or "others". Nothing has leaked in the first row.
    """
    rows = [
        one(runs, model=model, share=share, copies=copies if share else 1, change=None)
        for share in ALL
    ]
    return np.array([row[part] for row in rows], dtype=float)


def leak_the_test():
    """A live figure: loss against the share of the test that leaked, by copies.

    The runs are those that are shipped, drawn above what the exact model loses on the
    same stories. Each point is the mean over the seeds, its bar goes from the lowest
    to the highest.
    """
    runs, floor = shipped()["leaks"], floors()["all"][0]
    fig, axes = figure((860, 380), 1, 3)
    across = [100 * share for share in ALL]
    lines, bars, marks = {}, {}, {}
    for ax, model in zip(axes, MODELS, strict=True):
        for part, (colour, marker, name) in LOOKS.items():
            style = {"color": PALETTE[colour], "animated": True}
            (lines[model, part],) = ax.plot([], [], marker=marker, ms=6, label=name,
                                            ls=DASHES[colour], **style)  # fmt: skip
            bars[model, part] = ax.vlines([], [], [], lw=1.4, **style)
        (marks[model],) = ax.plot([], [], "D", ms=13, mfc="none", mew=2,
                                  color=PALETTE["ink"], animated=True)  # fmt: skip
        low = LOWEST[model]
        ax.set(xlim=(-1.5, 21.5), ylim=(low, low + HEIGHT), title=model,
               xlabel="leaked, % of the test")  # fmt: skip
        ax.set_xticks(across, ["0", " 1", "5", "20"])
        ax.grid(axis="y")
        if low < 0:
            ax.axhline(0, color=PALETTE["ink"], lw=1.4, ls="-")
            ax.text(12, -0.007, "the floor", ha="center", va="top", fontsize=12)
        else:
            ax.text(10, low + 0.01, "the floor, 0, lies far below", ha="center",
                    fontsize=12)  # fmt: skip
    axes[0].set_ylabel("above the floor, nats a word")
    handles, names = axes[0].get_legend_handles_labels()
    reach = Line2D([], [], ls="", marker="|", ms=14, mew=1.4, color=PALETTE["ink"])
    fig.legend(
        [*handles[::-1], reach, marks[MODELS[0]]],
        [*names[::-1], "lowest to highest of three", "share chosen"],
        loc="outside upper left", ncols=5,
    )  # fmt: skip

    def update(share, copies):
        for (model, part), line in lines.items():
            found = losses(runs, model, copies, part) - floors()[part][:, None]
            line.set_data(across, found.mean(axis=1))
            ends = zip(across, found.min(axis=1), found.max(axis=1), strict=True)
            bars[model, part].set_segments([[(x, a), (x, b)] for x, a, b in ends])
        said = []
        for model, mark in marks.items():
            means = losses(runs, model, copies, "all").mean(axis=1)
            here = means[ALL.index(share)]
            mark.set_data([100 * share], [here - floor])
            side = r"\text{, below the floor}" if here < floor else ""
            said.append(
                rf"\text{{{model}: }} {digits(means[0])} \to {digits(here)}{side}"
            )
        return [*said, rf"\text{{the floor of these stories: }} {digits(floor)}"]

    def describe(share, copies):
        said = []
        for model in MODELS:
            found = {
                part: losses(runs, model, copies, part).mean(axis=1)[ALL.index(share)]
                for part in LOOKS
            }
            apart = (
                f", {found['leaked']:.3f} on the leaked and {found['others']:.3f} on "
                "the others"
                if share
                else ""
            )
            said.append(f"{model} {found['all']:.3f}{apart}")
        return (
            f"Three pictures of the loss on 300 stories, against how many of them are "
            f"in the training text. With {percent(share)} of them there, "
            f"{counted(copies, 'time')} each: {'; '.join(said)} nats a word. The floor "
            f"is {floor:.3f}."
        )

    return Live(
        fig, update, alt=describe,
        share=Slider.over(ALL, 0.0, "share that leaked",
                          texts=[percent(share) for share in ALL]),
        copies=Slider.over(COPIES, 20, "copies of each"),
    )  # fmt: skip
