"""A text of the reader's own in tokens and in characters."""

from helpers.figures.parts.cells import Labels, board, columns, visible
from helpers.figures.parts.digits import digits
from helpers.live import Live, Text
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE
from helpers.maths.tokens import bpe_encode, bpe_pieces, piece_label

LINE, LINES = 62, 6  # columns of a line, lines of the picture
SMALL = 34, 9  # the same on a narrow page
MARK = " │ "  # between two tokens


def token_lines(labels, line=LINE, most=LINES):
    """Labels of tokens with marks between, in `most` lines of `line` columns."""
    lines = [""]
    for label in labels:
        piece = visible(label) + MARK
        if columns(lines[-1]) + columns(piece) > line and lines[-1]:
            lines.append("")
        lines[-1] += piece
    return lines if len(lines) <= most else [*lines[: most - 1], "…"]


def count_tokens(merges, texts):
    """A live figure: type a text; its tokens by byte-pair encoding, and its characters.

    `merges` come from `bpe_train`; `texts` are examples, the first is shown.
    """

    def drawn(px=860, space=(LINE, LINES)):
        fig, ax = board(px, 40 + 30 * space[1])
        ax.text(20, 20, "its tokens", va="center", color=PALETTE["soft"])
        labels = Labels(ax, va="center", fontsize=14)
        return fig, lambda text: update(labels, space, text)

    def pieces(text):
        return [
            piece_label(one) for one in bpe_pieces(bpe_encode(text, merges), merges)
        ]

    def update(labels, space, text):
        found = pieces(text)
        lines = token_lines(found, *space)
        labels.show([(20, 54 + 30 * k, line) for k, line in enumerate(lines)])
        each = digits(len(text) / len(found), 2) if found else "-"
        return (
            rf"\text{{characters: }}{len(text)} \quad \text{{tokens: }}{len(found)}"
            rf" \quad \text{{characters a token: }}{each}"
        )

    def describe(text):
        return f"A text of {len(text)} characters, cut into {len(pieces(text))} tokens."

    return Live(
        *drawn(), narrow=lambda: drawn(NARROW, SMALL), alt=describe,
        text=Text(texts[0], "your text", longest=120, examples=texts[1:]),
    )  # fmt: skip
