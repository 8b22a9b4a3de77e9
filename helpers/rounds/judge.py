"""You are the judge: two ends of a story by two models, and which is better.

The names are hidden until all pairs are judged. Then the choices become a table of
wins and strengths with intervals (`helpers.maths.evaluation.judging`), beside what the
exact grammar would have chosen.
"""

import itertools
from html import escape

import ipywidgets as widgets
import numpy as np
from matplotlib.patches import PathPatch

from helpers import language
from helpers.figures.evaluation.judge import Strengths
from helpers.figures.parts.cells import Labels, boxes
from helpers.live import still
from helpers.live.style import PALETTE, figure
from helpers.maths.evaluation.judging import (
    WIDE,
    bradley_terry,
    covariance,
    gap_error,
    table_of_wins,
)
from helpers.rounds.pairs import MODELS, judged, shipped
from helpers.rounds.panel import html_table

PULL = 0.1  # the λ of L2: without it a model that never lost would have no strength
SIDES = ("A", "B")
OVERLAP = (
    " (Two bars may overlap and the models be told apart all the same: what counts "
    "is the interval of the gap.)"
)


def you_are_the_judge():
    """The panel that shows the shipped pairs, one after the other."""
    return Judge(shipped())


class Judge(widgets.VBox):
    """Pairs judged with two buttons; `choose`, `back` and `begin` do what they do.

    `chosen` holds 0 for A or 1 for B, one for each pair judged. The buttons keep
    their places, so that Enter can be pressed again and again.
    """

    def __init__(self, pairs):
        self.pairs = list(pairs)
        self.page, self.board = widgets.HTML(), widgets.HTML()
        self.buttons = {
            name: widgets.Button(description=name, layout={"width": "auto"})
            for name in ("A is better", "B is better", "One back", "Begin again")
        }
        for side, name in zip(SIDES, self.buttons, strict=False):
            self.buttons[name].button_style = "primary"
            self.buttons[name].on_click(lambda _, side=side: self.choose(side))
        self.buttons["One back"].on_click(lambda _: self.back())
        self.buttons["Begin again"].on_click(lambda _: self._again())
        super().__init__()
        layout = widgets.Layout(flex_flow="row wrap")
        self.row = widgets.Box(list(self.buttons.values()), layout=layout)
        self.begin()

    @property
    def over(self):
        """Whether every pair is judged."""
        return len(self.chosen) == len(self.pairs)

    def choose(self, side):
        """Say that "A" or "B" is better; nothing happens when all are judged."""
        if side not in SIDES:
            raise ValueError(f"Choose 'A' or 'B', not {side!r}.")
        if not self.over:
            self.chosen.append(SIDES.index(side))
            self._draw()

    def back(self):
        """Take the last choice back; nothing happens before the first."""
        self.chosen = self.chosen[:-1]
        self._draw()

    def begin(self):
        """Begin again with the first pair."""
        self.chosen = []
        self._draw()

    def wins(self):
        """How often the model of the row was chosen over that of the column: (K, K)."""
        shown = zip(self.pairs, self.chosen, strict=False)
        choices = [(one["by"][k], one["by"][1 - k]) for one, k in shown]
        return table_of_wins(choices, len(MODELS))

    def results(self):
        """Strength and standard error by model, from the choices so far."""
        strengths, spread = fitted(self.wins())
        errors = np.sqrt(spread.diagonal())
        rows = zip(MODELS, strengths, errors, strict=True)
        return {name: (float(s), float(error)) for name, s, error in rows}

    def _again(self):
        self.begin()
        self.buttons["A is better"].focus()  # its own button can be pressed no more

    def _draw(self):
        self.buttons["Begin again"].disabled = not self.over
        self.page.value = self._end() if self.over else self._pair()
        self.picture = self._strengths() if self.over else self._so_far()
        self.board.value = self._tables() if self.over else ""
        self.children = [self.page, self.row, self.picture, self.board]

    def _pair(self):
        now = self.pairs[len(self.chosen)]
        begins = language.text(now["begins"])
        boxes = "".join(
            '<div style="flex: 1 1 15em; border: 1px solid; border-radius: 4px; '
            f'padding: 6px 10px"><strong>{side}</strong><br>'
            f"{escape(_written(now['begins'], end))}</div>"
            for side, end in zip(SIDES, now["ends"], strict=True)
        )
        return _page(
            f"Pair {len(self.chosen) + 1} of {len(self.pairs)}. The story begins:<br>"
            f"<strong>{escape(begins)}</strong><br>Which end is better?"
            '<div style="display: flex; flex-wrap: wrap; gap: 8px; margin-top: 6px; '
            f'min-height: 6.5em">{boxes}</div>'
        )

    def _end(self):
        firsts = self.chosen.count(0)
        return _page(
            f"All {len(self.pairs)} pairs are judged. You chose A {firsts} times and B "
            f"{len(self.pairs) - firsts} times. Below are your strengths, and those of "
            "the exact grammar, had it been the judge: to it a possible end is better "
            "than an impossible one, and of two impossible ones the one that goes "
            "wrong later."
        )

    def _so_far(self):
        fig, ax = figure((560, 100))
        ax.axis("off")
        ax.set(xlim=(-0.5, len(self.pairs) - 0.5), ylim=(-0.72, 0.72))
        ax.set_title("your choices so far")
        now, chosen = len(self.chosen), [SIDES[k] for k in self.chosen]
        for colour, width, places in (
            ("grid", 1.2, range(len(self.pairs))),
            ("blue", 2.4, [now]),
        ):
            path = boxes([(k - 0.4, -0.4, 0.8, 0.8) for k in places])
            ax.add_patch(PathPatch(path, fill=False, ec=PALETTE[colour], lw=width))
        Labels(ax, False, ha="center", va="center_baseline", fontsize=14).show(
            [(k, 0, side) for k, side in enumerate(chosen)]
        )
        said = ", ".join(chosen) or "none"
        return still(
            fig, f"Judged {now} of {len(self.pairs)} pairs. Your choices: {said}."
        )

    def _strengths(self):
        mine, theirs = self.results(), fitted(exact_wins(self.pairs))[0]
        strengths, errors = np.array([mine[name] for name in MODELS]).T
        fig, ax = figure((560, 270))
        rows = Strengths(ax, MODELS, "yours ± 2 standard errors", "the exact grammar’s",
                         animated=False)  # fmt: skip
        rows.show(strengths, errors, theirs)
        rows.legend()
        said = "; ".join(
            f"{name} {s:.2f} ± {WIDE * e:.2f}, by the grammar {other:.2f}"
            for name, s, e, other in zip(MODELS, strengths, errors, theirs, strict=True)
        )
        return still(fig, f"Strengths from your choices: {said}.".replace("-", "−"))

    def _tables(self):
        wins = self.wins()
        rows = [
            [name, *(" " if i == j else f"{n:.0f}" for j, n in enumerate(row)),
             f"{row.sum():.0f}"]
            for i, (name, row) in enumerate(zip(MODELS, wins, strict=True))
        ]  # fmt: skip
        table = html_table(["wins of … over …", *MODELS, "all"], rows)
        told = "".join(
            f"<li>{_told(one, choice)}</li>"
            for one, choice in zip(self.pairs, self.chosen, strict=True)
        )
        return _page(
            f'<div style="overflow-x: auto">{table}</div><p>{self._apart()}</p>'
            "<details><summary>Which model wrote what, and what the grammar says of it "
            f"(your choice in bold)</summary><ol>{told}</ol></details>"
        )

    def _apart(self):
        apart, count = told_apart(self.wins()), len(MODELS) * (len(MODELS) - 1) // 2
        if not apart:
            return f"Your choices tell none of the {count} pairs of models apart."
        said = ", ".join(f"{MODELS[i]} above {MODELS[j]}" for i, j in apart)
        return (
            f"Of the {count} pairs of models your choices tell {len(apart)} apart: "
            f"{said}.{OVERLAP if self._overlap(apart) else ''}"
        )

    def _overlap(self, apart):
        """Whether the bars of a pair that is told apart overlap in the picture."""
        low, high = (
            {name: s + side * WIDE * e for name, (s, e) in self.results().items()}
            for side in (-1, 1)
        )
        return any(low[MODELS[i]] < high[MODELS[j]] for i, j in apart)

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        picture = self.picture._repr_mimebundle_(**options)
        data, metadata = picture if isinstance(picture, tuple) else (picture, {})
        data = {**data, **(bundle[0] if isinstance(bundle, tuple) else bundle)}
        data["text/plain"] = f"You are the judge. {self.picture.alt_text()}"
        return data, metadata


def fitted(wins):
    """Strengths and their covariance, with a small L2: (K, K) -> (K,), (K, K)."""
    strengths = bradley_terry(wins, PULL)
    return strengths, covariance(strengths, wins, PULL)


def told_apart(wins):
    """Pairs (better, worse) of models whose gap has an interval without 0."""
    s, spread = fitted(wins)
    pairs = itertools.permutations(range(len(s)), 2)
    return [(i, j) for i, j in pairs if s[i] - s[j] > WIDE * gap_error(spread, i, j)]


def exact_wins(pairs):
    """The wins (K, K) where the exact grammar judges; equals win half each."""
    wins = np.zeros((len(MODELS), len(MODELS)))
    for one in pairs:
        (a, b), ends = one["by"], one["ends"]
        places = [judged(one["begins"], end)[1] for end in ends]
        one_far, other_far = (np.inf if place is None else place for place in places)
        share = (one_far > other_far) + (one_far == other_far) / 2
        wins[a, b] += share
        wins[b, a] += 1 - share
    return wins


def _written(begins, end):
    """An end as readable text; "…" where it was cut, words where it is empty."""
    whole = language.text([*begins, *end])
    text = whole.removeprefix(language.text(begins)).strip()
    if end[-1] != language.END:
        return f"{text} …"
    return text or "(The story ends here.)"


def _told(one, choice):
    """Who wrote A and B, as HTML, and what the exact grammar says of them."""
    told = [
        f"{side}, {MODELS[by]}: {escape(_verdict(one['begins'], end))}"
        for side, by, end in zip(SIDES, one["by"], one["ends"], strict=True)
    ]
    told[choice] = f"<strong>{told[choice]}</strong>"
    return "<br>".join(told)


def _verdict(begins, end):
    log_p, place = judged(begins, end)
    if place is None:
        return f"possible, ln P {log_p:.2f} a word".replace("-", "−")
    if end[place] == language.END:
        return "impossible: it cannot end there"
    here = " ".join([*begins, *end[: place + 1]][-3:])
    return f"impossible: “… {here}”"


def _page(inside):
    # No wider than the page, however wide a table in it is.
    style = "width: 0; min-width: 100%; font-size: 15px; line-height: 1.5"
    return f'<div style="{style}">{inside}</div>'
