"""Byte-pair encoding, merge by merge: the pieces of a text grow in front of you."""

from functools import lru_cache

from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, board, boxes, columns, cut, visible
from helpers.live import Live, Slider, Text, counted
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.tokens import BYTES, bpe_pieces, bpe_steps, text_bytes

MOST = 16  # merges
HEIGHT, LEFT, TOP = 26, 20, 38  # px, of the text
GAP, LINE = 10, 25  # px, of the list of merges, which stands below
ROW, ROWS = 39, 3  # bytes of a row
SMALL = 12  # the same on a narrow page
CELL = {ROW: 21, SMALL: 28}  # px of a byte: three digits can be read


def clean(text):
    """`text` with halves of characters, which no encoding can write, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def rows_of(row):
    """As many rows of `row` bytes as hold what ROWS rows of ROW bytes hold."""
    return -(-ROW * ROWS // row)


def fitting(text, space=ROW):
    """As many of the first characters as the picture has room for: (text, rest)."""
    row = used = 0
    for n, c in enumerate(text):
        size = len(c.encode("utf-8"))
        if used + size > space:
            row, used = row + 1, 0
        if row == rows_of(space):
            return text[:n], len(text) - n
        used += size
    return text, 0


def places(text, space=ROW):
    """Row and column of each byte; a character never stands across two rows."""
    found, row, used = [], 0, 0
    for c in text:
        size = len(c.encode("utf-8"))
        if used + size > space:
            row, used = row + 1, 0
        found += [(row, used + k) for k in range(size)]
        used += size
    return found


@lru_cache(maxsize=64)
def learn(text):
    """All merges of a text, as `bpe_steps` finds them."""
    return bpe_steps(text_bytes(text), MOST)


def label(piece):
    """A piece as text, or its bytes as numbers if they are part of a character."""
    try:
        return "".join(map(visible, piece.decode("utf-8")))
    except UnicodeDecodeError:
        return " ".join(map(str, piece))


class Merges:
    """The text in boxes, one a token, and the list of merges, on a board.

    `row` bytes stand beside each other; `fig` is the figure.
    """

    def __init__(self, animated=False, row=ROW):
        self.row, self.cell = row, CELL[row]
        self.right = 860 if row == ROW else NARROW
        lines = 3 if row == ROW else 6
        text = TOP + (HEIGHT + GAP) * rows_of(row)
        self.fig, ax = board(self.right, text + 40 + LINE * lines)

        def shape(**style):
            return ax.add_patch(PathPatch(boxes([]), animated=animated, **style))

        def labels(**style):
            return Labels(ax, animated, va="center_baseline", **style)

        ink, soft, orange = PALETTE["ink"], PALETTE["soft"], PALETTE["orange"]
        self.fresh = shape(facecolor=orange, edgecolor=orange, alpha=0.25)
        self.boxes = shape(fill=False, edgecolor=soft, linewidth=1)
        self.thick = shape(fill=False, edgecolor=orange, linewidth=3)
        self.letters = labels(ha="center", fontsize=14)
        digits = 9.5 if row == ROW else 11
        self.bytes = labels(ha="center", fontsize=digits, color=ink)
        self.heads = labels(ha="left", color=soft, fontsize=12)
        self.learnt = labels(ha="left", fontsize=13)
        self.last = labels(ha="left", fontsize=13, color=ink, weight="bold")

    def show(self, text, ids, pieces, new, learnt, rest=0):
        """Draw the tokens `ids`; the boxes of id `new` are marked as just made.

        `pieces` holds the bytes of each id, `learnt` a (id, bytes) a merge, and
        `rest` says how many characters of the text had no room.
        """
        at, start, plain, marked = places(text, self.row), 0, [], []
        for i, piece in zip(ids, pieces, strict=True):
            end = start + len(piece)
            spans = self._spans(at[start:end])
            (marked if i == new else plain).extend(spans)
            start = end
        self.boxes.set_path(boxes(plain))
        self.thick.set_path(boxes(marked))
        self.fresh.set_path(boxes(marked))
        self._write(text, at, pieces)
        below = TOP + (HEIGHT + GAP) * (1 + at[-1][0]) + 18 if at else 0
        self._list(learnt, below + 28)
        count = counted(len(ids), "token")
        note = f"; the last {rest} characters of your text have no room" if rest else ""
        if rest and self.row < ROW:
            note = f"; {rest} more have no room"
        self.heads.show(
            [
                (LEFT, 20, f"The text as {count}{note}."),
                (LEFT, below, f"New ids learnt: {'' if learnt else 'none.'}"),
            ]
            if ids
            else [(LEFT, 20, "The text is empty: type something.")]
        )

    def _write(self, text, at, pieces):
        """Characters that lie whole in one piece, and the bytes of the others."""
        ends, total = set(), 0
        for piece in pieces:
            total += len(piece)
            ends.add(total)
        letters, rest, first = [], [], 0
        for c in text:
            size = len(c.encode("utf-8"))
            spot = at[first : first + size]
            if any(first + k in ends for k in range(1, size)):
                rest += [
                    (*self._middle([place]), str(byte))
                    for place, byte in zip(spot, c.encode("utf-8"), strict=True)
                ]
            else:
                shown = visible(c)
                where = letters if columns(shown) <= 2 else rest
                where.append((*self._middle(spot), shown))
            first += size
        self.letters.show(letters)
        self.bytes.show(rest)

    def _list(self, learnt, top):
        x, line, shown = LEFT, 0, []
        for new, piece in learnt:
            words = f"{new} {cut(label(piece), 10)}"
            width = 8.2 * columns(words) + 22
            if x + width > self.right - 10:
                x, line = LEFT, line + 1
            shown.append((x, top + LINE * line, words))
            x += width
        self.learnt.show(shown[:-1])
        self.last.show(shown[-1:])

    def _spans(self, at):
        """The box of a token: one rectangle for each row that it stands on."""
        rows = {}
        for row, column in at:
            rows.setdefault(row, []).append(column)
        return [
            (
                LEFT + self.cell * min(found) + 1, TOP + (HEIGHT + GAP) * row,
                self.cell * len(found) - 2, HEIGHT,
            )
            for row, found in rows.items()
        ]  # fmt: skip

    def _middle(self, at):
        row = at[0][0]
        column = sum(column for _, column in at) / len(at)
        middle = TOP + (HEIGHT + GAP) * row + HEIGHT / 2
        return LEFT + self.cell * (column + 0.5), middle


def watch_merges(text="how much wood would a woodchuck chuck"):
    """Live: play the merges of byte-pair encoding over any text."""

    def drawn(row=ROW):
        picture = Merges(animated=True, row=row)
        return picture.fig, lambda text, merges: update(picture, text, merges)

    def said(ids):
        count, noun = counted(len(ids), "token").split()
        return rf"{count}\text{{ {noun}, }}"

    def state(text, merges, row=ROW):
        text, rest = fitting(clean(text), row)
        return text, rest, text_bytes(text), learn(text)[:merges]

    def update(picture, text, merges):
        text, rest, ids, done = state(text, merges, picture.row)
        before = [ids, *[step.ids for step in done]]
        learnt = {step.pair: step.new for step in done}
        new = done[-1].new if 0 < len(done) == merges else None
        pieces = bpe_pieces(before[-1], learnt)
        names = bpe_pieces([step.new for step in done], learnt)
        listed = [(step.new, name) for step, name in zip(done, names, strict=True)]
        picture.show(text, before[-1], pieces, new, listed, rest)
        sizes = rf"V = {BYTES} + {len(done)} = {BYTES + len(done)}"
        if merges > len(done):
            stop = r"\text{No pair stands twice: nothing is left to merge.}"
            return [stop, rf"{said(before[-1])}{sizes}"]
        if not done:
            return [r"\text{No merge yet: every byte is a token.}",
                    rf"{said(ids)}{sizes}"]  # fmt: skip
        last, was, now = done[-1], len(before[-2]), len(before[-1])
        return [
            rf"({last.pair[0]},\ {last.pair[1]})\text{{ stands {last.count} times, "
            rf"and becomes }}{last.new}",
            rf"{was} - {was - now} = {said(before[-1])}{sizes}",
        ]

    def describe(text, merges):
        text, rest, ids, done = state(text, merges)
        if not ids:
            return "The text is empty: there are no bytes to merge."
        now = done[-1].ids if done else ids
        learnt = {step.pair: step.new for step in done}
        shown = " | ".join(label(piece) for piece in bpe_pieces(now, learnt))
        return (
            f"After {counted(len(done), 'merge')} the text has "
            f"{counted(len(now), 'token')}: {shown}"
        )

    return Live(
        *drawn(), narrow=lambda: drawn(SMALL), alt=describe,
        text=Text(text, "your text", 120, ["四是四，十是十", "🐈🐈🐈", ""]),
        merges=Slider(0, MOST, 1, 0, "merges", play=True),
    )  # fmt: skip
