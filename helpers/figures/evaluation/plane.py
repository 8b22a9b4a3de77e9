"""Quality and variety of what models write, on one plane, by temperature and top-p."""

import numpy as np

from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation.results import (
    GRAMMAR,
    QUALITIES,
    TEMPERATURES,
    TOP_P,
    WRITERS,
    one,
    shipped,
)

LOOKS = {
    "bigram": ("red", "v"),
    "window MLP": ("orange", "s"),
    "Transformer": ("blue", "o"),
    GRAMMAR: ("ink", "*"),
}


def paths(top_p):
    """What was measured, by writer: {writer: {quality: (temperatures, seeds)}}."""
    runs = shipped()["writing"]
    found = {}
    for writer in WRITERS:
        rows = [one(runs, model=writer, T=T, top_p=top_p) for T in TEMPERATURES]
        found[writer] = {
            quality: np.array([row[quality] for row in rows], dtype=float)
            for quality in QUALITIES
        }
    return found


def percents(x, places=0):
    """0.123 as "12 %"."""
    return f"{100 * x:.{places}f} %"


def quality_and_variety():
    """A live figure: the share of possible stories against distinct 4-grams.

    Each writer is a path through the temperatures. The runs are those that are
    shipped: 1,000 stories a point and seed; a point is the mean over the seeds, and
    its bars go from the lowest to the highest.
    """
    found = {top_p: paths(top_p) for top_p in TOP_P}
    fig, (left, right) = figure((860, 400), 1, 2, width_ratios=(1.6, 1))
    left_lines, right_lines, marks, bars = {}, {}, {}, {}
    for writer, (colour, marker) in LOOKS.items():
        style = {"color": PALETTE[colour], "ls": DASHES.get(colour, "-"),
                 "marker": marker, "ms": 7 if marker == "*" else 5, "lw": 1.6,
                 "animated": True}  # fmt: skip
        (left_lines[writer],) = left.plot([], [], label=writer, **style)
        (right_lines[writer],) = right.plot([], [], **style)
        (marks[writer],) = left.plot([], [], "D", ms=15, mfc="none", mew=1.4,
                                     color=PALETTE["ink"], animated=True)  # fmt: skip
        (bars[writer],) = left.plot([], [], lw=2, ls="-", color=PALETTE["ink"],
                                    animated=True)  # fmt: skip
    (line,) = right.plot([], [], color=PALETTE["soft"], lw=1.2, ls=":", animated=True)
    ends = [0, 0.2, 0.4, 0.6, 0.8, 1]
    left.set(xscale="log", xlim=(0.0024, 1.1), xlabel="variety: distinct 4-grams",
             ylim=(-0.05, 1.06), ylabel="quality: possible stories",
             title="at the diamonds: lowest to highest of three")  # fmt: skip
    left.set_yticks(ends, [percents(x) for x in ends])
    steps = [0.003, 0.01, 0.03, 0.1, 0.3, 1]
    left.set_xticks(steps, [f"{100 * x:g} %" for x in steps])
    left.minorticks_off()
    right.set(xlim=(0.2, 2.1), xlabel="temperature T",
              title="the grammar's probability, covered")  # fmt: skip
    tops = [0, 0.005, 0.01, 0.015, 0.02]
    right.set(ylim=(-0.001, 0.023))
    right.set_yticks(tops, [percents(x, 1) for x in tops])
    for ax in (left, right):
        ax.grid()
    fig.legend(*left.get_legend_handles_labels(), loc="outside upper left", ncols=4)

    def update(T, top_p):
        i, said = TEMPERATURES.index(T), []
        for writer in WRITERS:
            each = found[top_p][writer]
            x, y = each["variety"], each["possible"]  # (temperatures, seeds)
            left_lines[writer].set_data(x.mean(axis=1), y.mean(axis=1))
            right_lines[writer].set_data(TEMPERATURES, each["coverage"].mean(axis=1))
            marks[writer].set_data([x[i].mean()], [y[i].mean()])
            bars[writer].set_data(
                [x[i].min(), x[i].max(), np.nan, x[i].mean(), x[i].mean()],
                [y[i].mean(), y[i].mean(), np.nan, y[i].min(), y[i].max()],
            )
            new = each["new"][i].mean()
            more = "" if np.isnan(new) else f" ({percents(new)} new)"
            said.append(rf"\text{{{writer}: {percents(y[i].mean())} possible{more}}}")
        line.set_data([T, T], [-0.001, 0.023])
        return said

    def describe(T, top_p):
        i = TEMPERATURES.index(T)
        said = "; ".join(
            f"{writer}: {percents(each['possible'][i].mean())} possible, "
            f"{percents(each['variety'][i].mean(), 1)} distinct 4-grams"
            for writer, each in found[top_p].items()
        )
        return (
            f"Left a plane of variety and quality, a path for each of four writers; at "
            f"temperature {T:g} and top-p {top_p:g}, {said}. Right, how much of the "
            "grammar's probability 1,000 stories cover, against the temperature."
        )

    return Live(
        fig, update, alt=describe,
        T=Slider.over(TEMPERATURES, 1.0, "temperature T"),
        top_p=Choice(TOP_P, 1.0, "top-p"),
    )  # fmt: skip
