"""The longest common subsequence: its table filled cell by cell, and the way back."""

from dataclasses import dataclass

from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, Stressed, board, boxes
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider
from helpers.live.formula import words as said
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.evaluation.overlap import lcs_table, rouge_l

REFERENCE = ["ben", "went", "there", "and", "found", "the", "kite"]
TEXTS = {  # all of six words, for one slider
    "with gaps": "ben found the kite and ran",
    "one word short": "went there and found the kite",
    "a word twice": "ben and ben found the kite",
    "scrambled": "kite the found and there went",
    "nothing shared": "she came home without it .",
}
CANDIDATES = {name: text.split() for name, text in TEXTS.items()}
M, N = 6, len(REFERENCE)
UP, LEFT, DIAGONAL = (-1, 0), (0, -1), (-1, -1)


def cell(step):
    """The row and column that step 1, 2, … fills: row after row, from (1, 1)."""
    return 1 + (step - 1) // N, 1 + (step - 1) % N


def came_from(words, table, i, j):
    """Where the number of a cell came from; of two equal neighbours, from above."""
    if words[i - 1] == REFERENCE[j - 1]:
        return DIAGONAL
    return UP if table[i - 1][j] >= table[i][j - 1] else LEFT


def way_back(words, table):
    """The cells from the last one to an edge, [(i, j)]: each to where it came from."""
    i, j, found = M, N, []
    while i and j:
        found.append((i, j))
        move = came_from(words, table, i, j)
        i, j = i + move[0], j + move[1]
    return found


TABLES = {name: lcs_table(words, REFERENCE) for name, words in CANDIDATES.items()}
BACK = {name: way_back(words, TABLES[name]) for name, words in CANDIDATES.items()}
LAST = M * N + max(map(len, BACK.values()))


@dataclass(frozen=True)
class State:
    """What stands in the table after some steps.

    `here` is the cell of this step, None at the start and when all is done, `move`
    where its number came from, `path` the cells of the way back so far, and `taken`
    those of them with equal words.
    """

    filled: int
    here: tuple | None
    move: tuple | None
    path: list
    taken: list

    @classmethod
    def of(cls, name, step):
        words, table = CANDIDATES[name], TABLES[name]
        path = BACK[name][: max(0, step - M * N)]
        taken = [one for one in path if came_from(words, table, *one) == DIAGONAL]
        here = None
        if 0 < step <= M * N + len(BACK[name]):
            here = path[-1] if path else cell(step)
        move = here and came_from(words, table, *here)
        return cls(min(step, M * N), here, move, path, taken)


@dataclass(frozen=True)
class Place:
    """Where a page of `px` has the table: its left edge, and a cell's size."""

    px: int
    left: int
    top: int
    wide: int
    high: int
    tilt: int


WIDE = Place(700, left=110, top=50, wide=72, high=34, tilt=0)
SMALL = Place(NARROW, left=68, top=66, wide=37, high=34, tilt=45)


class Table:
    """The table on a board, a row for each word of the candidate."""

    def __init__(self, place):
        self.place = place
        self.fig, ax = board(place.px, place.top + place.high * (M + 1) + 12)
        grid = self._boxes([(i, j) for i in range(M + 1) for j in range(N + 1)], 0)
        ax.add_patch(PathPatch(grid, fill=False, ec=PALETTE["grid"], lw=1))
        blue, orange = PALETTE["blue"], PALETTE["orange"]

        def shape(**style):
            return ax.add_patch(PathPatch(boxes([]), animated=True, **style))

        self.path = shape(facecolor=blue, edgecolor="none", alpha=0.2)
        self.taken = shape(fill=False, edgecolor=blue, lw=2.4)
        self.source = shape(fill=False, edgecolor=orange, lw=1.6, ls=(0, (3, 2)))
        self.here = shape(fill=False, edgecolor=orange, lw=3)
        style = {"va": "center_baseline", "ha": "right"}
        self.digits = Stressed(ax, **{**style, "ha": "center"}, fontsize=14)
        self.rows = Stressed(ax, **style, fontsize=13)
        self.heads = Stressed(
            ax, ha="left" if place.tilt else "center", fontsize=13,
            rotation=place.tilt, rotation_mode="anchor",
        )  # fmt: skip
        nothing = Labels(ax, False, **style, fontsize=12, color=PALETTE["soft"])
        nothing.show([(*self._row(0), "nothing")])

    def _at(self, i, j):
        place = self.place
        return place.left + place.wide * j, place.top + place.high * i

    def _row(self, i):
        x, y = self._at(i, 0)
        return x - 8, y + self.place.high / 2

    def _head(self, j):
        x, y = self._at(0, j)
        return x + self.place.wide / 2 - 4 * bool(self.place.tilt), y - 10

    def _boxes(self, cells, gap):
        place = self.place
        return boxes([
            (x + gap, y + gap, place.wide - 2 * gap, place.high - 2 * gap)
            for x, y in (self._at(*one) for one in cells)
        ])  # fmt: skip

    def show(self, words, table, state):
        """Draw the first cells of `table` for the candidate `words`, see `State`."""
        here = state.here
        seen = [(i, j) for i in range(M + 1) for j in range(N + 1)
                if i * j == 0 or (i - 1) * N + j <= state.filled]  # fmt: skip
        strong = {*state.taken, *([here] if here else [])}
        self.digits.show({one: self._digit(table, one) for one in seen}, strong)
        self.path.set_path(self._boxes(state.path, 1))
        self.taken.set_path(self._boxes(state.taken, 3))
        self.here.set_path(self._boxes([here] if here else [], 1))
        source = [(here[0] + state.move[0], here[1] + state.move[1])] if here else []
        self.source.set_path(self._boxes(source, 4))
        rows = {i: (*self._row(i), word) for i, word in enumerate(words, start=1)}
        heads = {j: (*self._head(j), word) for j, word in enumerate(REFERENCE, start=1)}
        self.rows.show(rows, {i for i, _ in strong})
        self.heads.show(heads, {j for _, j in strong})

    def _digit(self, table, one):
        x, y = self._at(*one)
        number = str(table[one[0]][one[1]])
        return x + self.place.wide / 2, y + self.place.high / 2, number


def fill_table():
    """Live: the table of the longest common subsequence, a step at a time.

    First each cell gets its number, row after row; then the way back from the last
    cell shows the common words. ROUGE-L stands below with its digits.
    """

    def drawn(place=WIDE):
        table = Table(place)
        return table.fig, lambda pair, step: update(table, pair, step)

    def update(table, pair, step):
        state = State.of(pair, step)
        table.show(CANDIDATES[pair], TABLES[pair], state)
        return [rule(pair, state), common(pair, state), *score(pair, state)]

    def describe(pair, step):
        state = State.of(pair, step)
        words = TEXTS[pair]
        way = f", and {len(state.path)} of the way back" if state.path else ""
        last = f" The last cell holds {TABLES[pair][M][N]}."
        return (
            f"A table of {M} by {N} cells, the candidate {words} downwards, the "
            f"reference {' '.join(REFERENCE)} across. {state.filled} of {M * N} cells "
            f"are filled{way}.{last if state.filled == M * N else ''}"
        )

    return Live(
        *drawn(), narrow=lambda: drawn(SMALL), alt=describe,
        pair=Choice(list(CANDIDATES), "with gaps", "candidate"),
        step=Slider(0, LAST, 1, 0, "step", play=True),
    )  # fmt: skip


def rule(pair, state):
    """What this step does, with its digits, as LaTeX."""
    if state.here is None and not state.path:
        return r"\text{With no word there is nothing in common: } 0"
    if state.here is None:
        return r"\text{The way back has come to the edge.}"
    (i, j), table = state.here, TABLES[pair]
    one, other = said(CANDIDATES[pair][i - 1]), said(REFERENCE[j - 1])
    diagonal, up, left = table[i - 1][j - 1], table[i - 1][j], table[i][j - 1]
    if state.path:
        if state.move == DIAGONAL:
            return rf"{one} = {other}\text{{: a common word, go up and to the left}}"
        where = "up" if state.move == UP else "to the left"
        return rf"{one} \neq {other}\text{{: above {up}, left {left}, go {where}}}"
    if state.move == DIAGONAL:
        return (
            rf"{one} = {other}\text{{: one more than up and to the left, }}"
            rf"{diagonal} + 1 = {table[i][j]}"
        )
    return (
        rf"{one} \neq {other}\text{{: the larger of above and left, }}"
        rf"\max({up},\ {left}) = {table[i][j]}"
    )


def common(pair, state):
    """The common words that the way back has shown so far."""
    if not state.path:
        return r"\text{The common words stand here on the way back.}"
    words = " ".join(CANDIDATES[pair][i - 1] for i, _ in reversed(state.taken))
    return rf"\text{{common words, in order: {words or 'none'}}}"


def score(pair, state):
    """ROUGE-L, with its digits once the table is full: two lines."""
    if state.filled < M * N:
        return [rf"R = \frac{{?}}{{{N}}},\quad P = \frac{{?}}{{{M}}}",
                r"F = \frac{2PR}{P + R}"]  # fmt: skip
    length = TABLES[pair][M][N]
    recall, precision, F = rouge_l(CANDIDATES[pair], REFERENCE)
    if not length:
        return [rf"R = \frac{{0}}{{{N}}},\quad P = \frac{{0}}{{{M}}}", "F = 0"]
    return [
        rf"R = \frac{{{length}}}{{{N}}} = {digits(recall)},\quad "
        rf"P = \frac{{{length}}}{{{M}}} = {digits(precision)}",
        rf"F = \frac{{2PR}}{{P + R}} = {digits(F)}",
    ]
