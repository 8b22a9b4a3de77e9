"""Matplotlib's SVG renderer, made to draw a few artists many times.

It draws what its parent draws. It differs in what it need not do at each move:
how wide words are and how high a font stands is measured once, and what a page
does not need is left out.
"""

import functools
import io
import re

from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.font_manager import fontManager, get_font

from helpers.live import style

# The neutral colours become the page's own, so that a picture follows the
# reader's theme; the view's style sheet gives them their values.
_THEME = {
    style.INK: "var(--live-ink)",
    style.SOFT: "var(--live-soft)",
    style.GRID: "var(--live-grid)",
    style.PAPER: "var(--live-paper)",
    # The renderer leaves out the fill of pure black text.
    "#000000": "var(--live-ink)",
}
# Words between the tags come first, as they may look like any of the rest.
# A hundredth of a pixel is enough, and packs to half the size. The view's style
# sheet names the fonts, once for all texts.
_REWRITTEN = re.compile(
    r">\s*[^<\s][^<]*|(?<=\.\d\d)\d+"
    rf"|; font-family: [^;\"]*|font-family: [^;\"]*;? ?|{'|'.join(_THEME)}"
)
# The end of a style rule for `*`, which would reach the whole page.
_HEAD_ENDS = "</defs>"
_NO_METADATA = dict.fromkeys(["Creator", "Date", "Format", "Type"])


class Renderer(RendererSVG):
    """Draws on a page of `width` by `height` px at 72 dots an inch."""

    def __init__(self, width, height):
        self._file = io.StringIO()
        super().__init__(width, height, self._file, image_dpi=72, metadata=_NO_METADATA)

    def inside(self):
        """What was drawn, as the inside of an <svg>, in the theme's colours."""
        self.finalize()
        text = self._file.getvalue()
        start = text.index(_HEAD_ENDS) + len(_HEAD_ENDS)
        return _REWRITTEN.sub(_rewrite, text[start : text.rindex("</svg>")].strip())

    def get_text_width_height_descent(self, s, prop, ismath):
        """Width, height and descent of a line of text, in px."""
        # A copy, as the font of a text can change and its hash with it.
        return _size(s, prop.copy(), ismath)

    def _get_font_height_metrics(self, prop):
        return _heights(prop.copy())


@functools.lru_cache(4096)
def _size(s, prop, ismath):
    return _ruler().get_text_width_height_descent(s, prop, ismath)


@functools.cache
def _ruler():
    return RendererSVG(1, 1, io.StringIO())


@functools.lru_cache(256)
def _heights(prop):
    """Ascent, descent and gap of a font in px, as `Text` itself reads them."""
    font = get_font(fontManager.findfont(prop))
    table = font.get_sfnt_table("OS/2")
    if table is None:
        return None, None, None  # `Text` measures a line instead
    px = prop.get_size_in_points() / font.get_sfnt_table("head")["unitsPerEm"]
    names = ["sTypoAscender", "sTypoDescender", "sTypoLineGap"]
    ascent, descent, gap = [table[name] * px for name in names]
    return ascent, -descent, gap


def _rewrite(match):
    text = match.group()
    return text if text[0] == ">" else _THEME.get(text, "")
