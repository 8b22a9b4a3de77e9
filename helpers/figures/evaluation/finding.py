"""The search for a leak by n-grams: what it finds, and what it takes for one."""

from functools import cache

import numpy as np

from helpers import language
from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation import leaks

GROUP = 200  # stories
NS = (3, 5, 8, 10, 13, 16, 20, 25, 29)
WHOLE = "all"  # of the story's words at once
SIZES = (*NS, WHOLE)
RULES = {"one n-gram": 1e-9, "80 % of them": 0.8, "all of them": 1.0}
LOOKS = {
    "leaked": ("red", "v", "//"),
    "near-duplicate": ("orange", "s", "\\\\"),
    "honest": ("green", "^", ""),
}
BINS = np.linspace(0, 1, 11)


@cache
def shares(change):
    """The share of found n-grams by group and size of n: {group: (10, GROUP)}.

    The text holds the stories of the first group as they are, those of the second
    with one thing changed, and none of the third but by chance.
    """
    stories = leaks.cut(language.held_out())[: 3 * GROUP]
    leaked, near, honest = (stories[i : i + GROUP] for i in range(0, 3 * GROUP, GROUP))
    there = [leaks.near_duplicate(story, change) for story in near]
    text = leaks.cut(language.train())[: leaks.HONEST]
    text = np.concatenate([*text, *leaked, *there])
    found = [leaks.found(stories, text, n) for n in NS]
    found.append(leaks.standing(stories, text).astype(float))
    return dict(zip(LOOKS, np.split(np.array(found), 3, axis=1), strict=True))


def reported(change, rule):
    """The share of each group's stories that a rule reports, by n: {group: (10,)}."""
    return {
        group: (found >= RULES[rule] - 1e-12).mean(axis=1)
        for group, found in shares(change).items()
    }


def words_of(n):
    """n as the reader sees it: "3 words", or "the whole story"."""
    return "the whole story" if n == WHOLE else f"{n} words"


def find_a_leak():
    """A live figure: shares of found n-grams, and whom a rule reports, by n."""
    fig, (left, right) = figure((860, 380), 1, 2)
    width, bars = 0.03, {}
    for k, (group, (colour, _, hatch)) in enumerate(LOOKS.items()):
        spots = BINS[:-1] + 0.05 + (k - 1) * width
        bars[group] = left.bar(spots, np.zeros(10), width, color=PALETTE[colour],
                               hatch=hatch, edgecolor=PALETTE["paper"],
                               label=group, animated=True)  # fmt: skip
    (limit,) = left.plot([], [], color=PALETTE["ink"], lw=1.6, ls="-", animated=True)
    left.set(xlim=(0, 1.02), ylim=(0, 1.04), xlabel="share of its n-grams found",
             title="stories of each group, in bins of 10 %")  # fmt: skip
    left.set_xticks(BINS, minor=True)
    left.grid(axis="x", which="both")  # the bars between two lines are of one bin
    ends = [0, 0.2, 0.4, 0.6, 0.8, 1]
    names = [f"{100 * x:.0f} %" for x in ends]
    left.set_xticks(ends, names)
    places, lines, marks = range(len(SIZES)), {}, {}
    for group, (colour, marker, _) in LOOKS.items():
        (lines[group],) = right.plot([], [], marker=marker, ms=7, ls=DASHES[colour],
                                     color=PALETTE[colour], label=group,
                                     animated=True)  # fmt: skip
        (marks[group],) = right.plot([], [], "D", ms=13, mfc="none", mew=2,
                                     color=PALETTE["ink"], animated=True)  # fmt: skip
    right.set(xlim=(-0.5, len(SIZES) - 0.5), ylim=(-0.04, 1.08), xlabel="n, in words",
              title="reported as leaked")  # fmt: skip
    right.set_xticks(places, [str(n) for n in SIZES])
    for ax in (left, right):
        ax.set_yticks(ends, names)
        ax.grid(axis="y")
    fig.legend(*right.get_legend_handles_labels(), loc="outside upper left", ncols=3)

    def update(n, rule, change):
        i, found, hit = SIZES.index(n), shares(change), reported(change, rule)
        for group in LOOKS:
            heights = np.histogram(found[group][i], BINS)[0] / GROUP
            for bar, height in zip(bars[group], heights, strict=True):
                bar.set_height(height)
            lines[group].set_data(places, hit[group])
            marks[group].set_data([i], [hit[group][i]])
        at = max(RULES[rule], 0.004)
        limit.set_data([at, at], [0, 1.04])
        said = [rf"\text{{{g}: {100 * hit[g][i]:.0f} %}}" for g in LOOKS]
        return [r"\text{reported as leaked: }", r", \quad ".join(said)]

    def describe(n, rule, change):
        i, hit = SIZES.index(n), reported(change, rule)
        said = ", ".join(f"{100 * hit[g][i]:.0f} percent of the {g}" for g in LOOKS)
        return (
            f"Left, bars in bins of 10 percent: how large a share of a story's n-grams "
            f"stands in the text, n being {words_of(n)}. Right, against n, the stories "
            f"that are reported if {rule} must stand there: {said}. The "
            f"near-duplicates differ by {change}."
        )

    return Live(
        fig, update, alt=describe,
        n=Slider.over(SIZES, 13, "n", texts=[words_of(n) for n in SIZES]),
        rule=Choice(list(RULES), "80 % of them", "reported if found"),
        change=Choice(list(leaks.CHANGES), "one word", "near-duplicates: changed"),
    )  # fmt: skip
