"""Boards of cells in pixels, and text made fit to stand in them."""

import unicodedata
import warnings

from matplotlib.path import Path

from helpers.live.style import figure

# A reader types any script; the browser has its letters where Matplotlib's
# fonts have not, and the still picture shows a box.
warnings.filterwarnings("ignore", message="Glyph .* missing from font")


def board(width, height):
    """A figure with one axis in pixels, y downwards and no frame: fig, ax."""
    fig, ax = figure((width, height))
    ax.set_position([0, 0, 1, 1])
    ax.set(xlim=(0, width), ylim=(height, 0))
    ax.axis("off")
    return fig, ax


def columns(text):
    """How wide a text stands: a Chinese character or an emoji counts 2, a mark 0."""
    wide = {"W": 2, "F": 2}
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf")
        else wide.get(unicodedata.east_asian_width(c), 1)
        for c in text
    )  # fmt: skip


def cut(text, most):
    """`text`, or its beginning and "…" if it is wider than `most` columns."""
    if columns(text) <= most:
        return text
    kept = text
    while kept and columns(kept) > most - 1:
        kept = kept[:-1]
    return kept + "…"


def visible(token):
    """A token as something to see: a space is ␣, what has no shape its code.

    visible(" ") is "␣"; visible("\\u200d") is "U+200D"; a lone accent stands on ◌.
    """
    return "".join(_visible(c, len(token) == 1) for c in token)


def _visible(c, alone):
    if c == " ":
        return "␣"
    kind = unicodedata.category(c)
    if kind in ("Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"):
        return f"U+{ord(c):04X}"
    if alone and (kind == "Cf" or "\ufe00" <= c <= "\ufe0f"):
        return f"U+{ord(c):04X}"  # it shapes its neighbours, and has none
    return "◌" + c if alone and kind in ("Mn", "Mc", "Me") else c


def boxes(rectangles):
    """Rectangles (x, y, width, height) as one path, which draws fast."""
    paths = [
        Path(
            [(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)],
            [Path.MOVETO, Path.LINETO, Path.LINETO, Path.LINETO, Path.CLOSEPOLY],
        )
        for x, y, w, h in rectangles
    ]
    return Path.make_compound_path(*paths) if paths else Path([(0, 0)])


class Labels:
    """As many texts as are needed on `ax`, kept and used again."""

    def __init__(self, ax, animated=True, **style):
        self.ax, self.animated, self.style, self.texts = ax, animated, style, []

    def show(self, places):
        """Show (x, y, text) each, and nothing else."""
        while len(self.texts) < len(places):
            text = self.ax.text(0, 0, "", animated=self.animated, **self.style)
            self.texts.append(text)
        for text in self.texts[len(places) :]:
            text.set_text("")
        for text, (x, y, words) in zip(self.texts, places, strict=False):
            text.set_position((x, y))
            text.set_text(words)


class Stressed:
    """Texts on `ax` as `Labels` has them, some of them bold."""

    def __init__(self, ax, **style):
        self.plain, self.bold = Labels(ax, **style), Labels(ax, weight="bold", **style)

    def show(self, places, stressed):
        """Show (x, y, text) by key; those whose key is in `stressed` are bold."""
        for labels, wanted in ((self.plain, False), (self.bold, True)):
            labels.show([one for k, one in places.items() if (k in stressed) == wanted])
