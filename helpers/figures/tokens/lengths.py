"""A text of the reader's own in tokens and in characters."""

from functools import lru_cache

from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import Labels, board, boxes, columns, cut, visible
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, Text
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.tokens import (
    BYTES,
    bpe_encode,
    bpe_pieces,
    cut_words,
    piece_label,
)

LEFT, ROW, HIGH, TOP = 20, 56, 26, 42  # px: margin, a row of tokens, a box, the first
SHOWN = 30  # tokens of the vocabulary at a time
# Width of the picture, rows of tokens, columns of the vocabulary.
WIDE, SMALL = (860, 4, 5), (NARROW, 6, 3)


def token_places(labels, width, rows):
    """Where tokens stand: (row, x, width) each, for as many as `rows` rows hold."""
    found, row, x = [], 0, LEFT
    for label in labels:
        wide = 10 * max(columns(label), 3) + 6
        if x + wide > width - LEFT and x > LEFT:
            row, x = row + 1, LEFT
        if row == rows:
            break
        found.append((row, x, min(wide, width - 2 * LEFT)))
        x += wide + 4
    return found


class Tokens:
    """Tokens in boxes, the id of each beneath it, and a page of a vocabulary."""

    def __init__(self, space, vocabulary, browse):
        self.width, self.rows, self.columns = space
        self.vocabulary, below = vocabulary, TOP + ROW * self.rows
        self.lines = -(-SHOWN // self.columns)
        self.fig, ax = board(self.width, below + browse * (34 + 25 * self.lines))
        soft = PALETTE["soft"]
        ax.text(LEFT, 20, "its tokens, and the id of each", va="center", color=soft)
        self.boxes = ax.add_patch(
            PathPatch(boxes([]), fill=False, edgecolor=PALETTE["blue"], animated=True)
        )
        middle = {"ha": "center", "va": "center_baseline"}
        self.labels = Labels(ax, fontsize=14, **middle)
        self.ids = Labels(ax, fontsize=12, color=soft, **middle)
        self.more = Labels(ax, color=soft, fontsize=12, va="center")
        self.places = Labels(ax, ha="right", va="center", color=soft, fontsize=12)
        self.entries = Labels(ax, va="center", fontsize=14)
        self.below = below + 10
        if browse:
            words = "from the vocabulary"
            ax.text(LEFT, self.below, words, va="center", color=soft)

    def show(self, ids, first=None):
        """The tokens of a text, and SHOWN of the vocabulary from id `first` on."""
        names = [self.vocabulary[i] for i in ids]
        places = token_places(names, self.width, self.rows)
        y = [TOP + ROW * row for row, _, _ in places]
        x = [left + wide / 2 for _, left, wide in places]
        n = len(places)
        self.boxes.set_path(
            boxes(
                [(left, TOP + ROW * row - 4, wide, HIGH) for row, left, wide in places]
            )
        )
        self.labels.show(
            [
                (x[k], y[k] + HIGH / 2 - 4, cut(names[k], int(places[k][2] / 10)))
                for k in range(n)
            ]
        )
        self.ids.show([(x[k], y[k] + HIGH + 8, str(ids[k])) for k in range(n)])
        left_out = f"and {len(ids) - n} more" if len(ids) > n else ""
        self.more.show([(self.width - 110, 20, left_out)])
        if first is not None:
            self._show_page(first)

    def _show_page(self, first):
        pitch = (self.width - 2 * LEFT) / self.columns
        room = int((pitch - 50) / 9)
        page = enumerate(self.vocabulary[first : first + SHOWN])
        spots = [
            (
                LEFT + pitch * (k // self.lines),
                self.below + 28 + 25 * (k % self.lines),
                k,
                word,
            )
            for k, word in page
        ]
        self.places.show([(x + 30, y, str(first + k)) for x, y, k, _ in spots])
        self.entries.show([(x + 40, y, cut(word, room)) for x, y, _, word in spots])


def count_tokens(merges, texts, browse=False, words=False):
    """A live figure: type a text; its tokens by byte-pair encoding, and its characters.

    `merges` come from `bpe_train`, or with `words` from `bpe_train_words`; `texts`
    are examples, the first is shown. With `browse` a slider walks through the
    vocabulary.
    """
    everything = bpe_pieces([*range(BYTES), *merges.values()], merges)
    vocabulary = [visible(piece_label(piece)) for piece in everything]
    size = len(vocabulary)
    pages = [*range(0, BYTES, SHOWN), *range(BYTES, size, SHOWN)]
    cutting = cut_words if words else lambda text: [text]

    @lru_cache(maxsize=512)
    def encoded(piece):
        return bpe_encode(piece, merges)

    def ids_of(text):
        return [i for piece in cutting(text) for i in encoded(piece)]

    def drawn(space=WIDE):
        picture = Tokens(space, vocabulary, browse)
        return picture.fig, lambda text, first=None: update(picture, text, first)

    def update(picture, text, first):
        ids = ids_of(text)
        picture.show(ids, first)
        each = digits(len(text) / len(ids), 2) if ids else "-"
        return (
            rf"\text{{characters: }}{len(text)} \quad \text{{tokens: }}{len(ids)}"
            rf" \quad \text{{characters a token: }}{each}"
        )

    def describe(text, first=None):
        said = f"A text of {len(text)} characters, cut into {len(ids_of(text))} tokens."
        if first is None:
            return said
        page = [f"{first + k} {w}" for k, w in enumerate(vocabulary[first:][:SHOWN])]
        return f"{said} From the vocabulary: {', '.join(page)}."

    controls = {"text": Text(texts[0], "your text", longest=120, examples=texts[1:])}
    if browse:
        # It begins with the first merge.
        controls["first"] = Slider.over(pages, BYTES, "vocabulary from id")
    return Live(*drawn(), narrow=lambda: drawn(SMALL), alt=describe, **controls)
