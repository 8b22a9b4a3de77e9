"""What a judge's habits do to the strengths, and how many judgements it takes."""

import numpy as np
from matplotlib.patches import PathPatch

from helpers.figures.parts.bars import minus
from helpers.figures.parts.cells import Labels, boxes
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.live import Live, Slider, Toggle, counted
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure
from helpers.maths.evaluation.judging import (
    WIDE,
    bradley_terry,
    covariance,
    expected_wins,
    gap_error,
)

# Made up, the mean 0: from the worst to the best, the two best close together.
TRUE = {"bigram": -1.5, "window MLP": -0.3, "Transformer": 0.8, "grammar": 1.0}
LENGTHS = (2, 3, 4, 1)  # who writes longer: the best is the shortest
MEETINGS = [2, 4, 10, 20, 40, 100, 200, 400, 1000]
SECOND, BEST = 2, 3  # the pair of which the formula speaks
LIMIT = 4.2


def habit(percent):
    """What is added to a strength so that of two equal texts it wins so often."""
    return float(np.log(percent / (100 - percent)))


def judged(first, longer, both, each_pair):
    """Expected wins, fitted strengths and their covariance: (4, 4), (4,), (4, 4)."""
    wins = expected_wins(list(TRUE.values()), each_pair, habit(first), habit(longer),
                         LENGTHS, both)  # fmt: skip
    strengths = bradley_terry(wins)
    return wins, strengths, covariance(strengths, wins)


class Strengths:
    """A row for each model on `ax`, best at the top: dots, intervals and diamonds.

    `names` go from the worst to the best. `show` moves what is animated.
    """

    def __init__(self, ax, names, dots, diamonds, animated=True):
        rows = range(len(names))
        ax.axvline(0, color=PALETTE["soft"], lw=1.2, ls=":")
        ax.set(ylim=(-0.6, len(names) - 0.4), xlim=(-LIMIT, LIMIT), xlabel="strength s")
        ax.set_yticks(rows, names)
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x")
        (self.whiskers,) = ax.plot([], [], color=PALETTE["blue"], ls="-", lw=2.4,
                                   animated=animated)  # fmt: skip
        (self.dots,) = ax.plot([], [], "o", ms=6, color=PALETTE["blue"], label=dots,
                               animated=animated)  # fmt: skip
        style = {"ls": "", "color": PALETTE["blue"], "animated": animated}
        (self.caps,) = ax.plot([], [], "|", ms=18, mew=2, **style)
        self.further = {
            side: ax.plot(
                [], [], marker, ms=10, clip_on=False, in_layout=False, **style
            )[0]
            for side, marker in ((-1, "<"), (1, ">"))
        }  # an interval that the picture cuts
        (self.diamonds,) = ax.plot([], [], "D", ms=11, mfc="none", mew=1.8,
                                   color=PALETTE["orange"], label=diamonds,
                                   animated=animated)  # fmt: skip

    def legend(self):
        """Above the axes, where a narrow page has room for it."""
        self.dots.axes.legend(
            loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0.2, ncols=2,
            handletextpad=0.1, columnspacing=1,
        )  # fmt: skip

    def show(self, strengths, errors, others):
        """Strengths and their standard errors, (K,) each, and `others`, (K,)."""
        rows = np.arange(len(strengths))
        ends = strengths + WIDE * errors * [[-1], [1]]  # (2, K)
        seen = np.abs(ends) <= LIMIT
        both = np.array([rows, rows])
        self.caps.set_data(ends[seen], both[seen])
        for side, cut in zip((-1, 1), ~seen, strict=True):
            self.further[side].set_data([side * (LIMIT - 0.09)] * cut.sum(), rows[cut])
        ends = [*np.clip(ends, -LIMIT, LIMIT), np.full(len(rows), np.nan)]
        self.whiskers.set_data(np.array(ends).T.ravel(), np.repeat(rows, 3))
        self.dots.set_data(strengths, rows)
        self.diamonds.set_data(others, rows)


def biased_judge():
    """A live figure: a judge who likes the first text, or the longer, and the fit.

    The counts are those expected, so that nothing is left to chance.
    """
    names, true = list(TRUE), np.array(list(TRUE.values()))
    K = len(names)
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1, 1.15))
    fig.get_layout_engine().set(rect=(0.01, 0, 0.99, 1))  # room before the names
    left.set(xlim=(-0.5, K - 0.5), ylim=(-0.5, K - 0.5), aspect="auto",
             title="the row is chosen over the column")  # fmt: skip
    left.set_xticks(range(K), [name.replace(" ", "\n") for name in names])
    left.set_yticks(range(K), names)
    left.tick_params(length=0)
    for side in left.spines.values():
        side.set_visible(False)
    cells = [(i, j) for i in range(K) for j in range(K) if i != j]

    def around(chosen, gap):
        side = 1 - 2 * gap
        return boxes([(j - 0.5 + gap, i - 0.5 + gap, side, side) for i, j in chosen])

    left.add_patch(PathPatch(around(cells, 0), fill=False, ec=PALETTE["grid"], lw=1))
    wrong = left.add_patch(PathPatch(boxes([]), fill=False, ec=PALETTE["red"], lw=2.2,
                                     animated=True))  # fmt: skip
    middle = {"ha": "center", "va": "center_baseline", "fontsize": 13}
    plain, bold = Labels(left, **middle), Labels(left, weight="bold", **middle)
    strengths = Strengths(right, names, "fitted ± 2 standard errors", "true")
    strengths.legend()
    habits = Labels(right, fontsize=11, color=PALETTE["soft"])

    def found(first, longer, both, meetings):
        wins, s, spread = judged(first, longer, both, meetings)
        return wins / meetings, s, np.sqrt(spread.diagonal()), spread

    def update(first, longer, both, meetings):
        share, s, errors, spread = found(first, longer, both, meetings)
        turned = [(i, j) for i, j in cells
                  if round(float(share[max(i, j), min(i, j)]), 2) < 0.5]  # fmt: skip
        for labels, which in ((plain, False), (bold, True)):
            labels.show([(j, i, f"{share[i, j]:.2f}")
                         for i, j in cells if ((i, j) in turned) == which])  # fmt: skip
        wrong.set_path(around(turned, 0.05))
        strengths.show(s, errors, true)
        habits.show([(0.1 - LIMIT, i - 0.38, known(i, both)) for i in range(K)])
        gap, error = s[BEST] - s[SECOND], WIDE * gap_error(spread, BEST, SECOND)
        return [
            _chance(habit(first), habit(longer), both, share[SECOND, BEST]),
            rf"\text{{grammar − Transformer, fitted: }} {digits(gap, 2)} \pm "
            rf"{digits(error, 2)}, \quad \text{{true: }} "
            rf"{digits(true[BEST] - true[SECOND], 2)}",
            words(_verdict(gap, error, meetings)),
        ]

    def describe(first, longer, both, meetings):
        _, s, errors, spread = found(first, longer, both, meetings)
        gap, error = s[BEST] - s[SECOND], WIDE * gap_error(spread, BEST, SECOND)
        lengths = ", ".join(map("{} {}".format, names, LENGTHS))
        way = "both ways round" if both else "always in the order of the list"
        return (
            f"Each two of four models are judged {meetings:,} times, {way}. Of two "
            f"equal texts the first is chosen in {first} %, the longer in {longer} %. "
            f"Lengths: {lengths}. True strengths: {each(names, true)}. Fitted: "
            f"{each(names, s)}, with intervals of up to ± {WIDE * errors.max():.2f}. "
            f"{_verdict(gap, error, meetings)}."
        )

    return Live(
        fig, update, alt=describe,
        first=Slider(50, 95, 5, 55, "equal texts, first chosen", "%"),
        longer=Slider(50, 95, 5, 50, "equal texts, longer chosen",
                      "%"),
        both=Toggle(False, "each pair both ways round"),
        meetings=Slider.over(MEETINGS, 100, "judgements of each pair"),
    )  # fmt: skip


def known(i, both):
    """What a judge with habits goes by: the place of a model, and its text's length."""
    place = "" if both else f"shown {('1st', '2nd', '3rd', '4th')[i]}, "
    return f"{place}length {LENGTHS[i]}"


def _chance(first, longer, both, share):
    """How often the Transformer is chosen over the grammar, with its digits."""
    gap = f"{TRUE['Transformer']:.2f} - {TRUE['grammar']:.2f}"
    gap += f" + {digits(longer, 2)}" if longer else ""
    name = r"P(\text{Transformer over grammar})"
    if not first:
        return rf"{name} = \sigma({gap}) = {share:.2f}"
    one, other = (rf"\sigma({gap} {sign} {digits(first, 2)})" for sign in "+-")
    if not both:
        return rf"{name} = {one} = {share:.2f}"
    return rf"{name} = ({one} + {other}) / 2 = {share:.2f}"


def _verdict(gap, error, meetings):
    in_all = counted(meetings * len(TRUE) * (len(TRUE) - 1) // 2, "judgement")
    if abs(gap) < error:
        return f"{in_all} in all: the two best cannot be told apart"
    better = "grammar" if gap > 0 else "Transformer"
    right = "is right" if gap > 0 else "is wrong"
    return minus(f"{in_all} in all say that the {better} is better, which {right}")
