"""Where the words of a figure land: off its edge, or on top of each other.

Measured with Matplotlib's own renderer. Its font is wider than most of those that
a browser takes, so that what fits here fits there.
"""

import warnings
from contextlib import contextmanager
from unittest import mock

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from helpers.live import svg

OFF = 4  # px that a word may reach over the figure's edge
SHARE = 0.2  # part of the smaller of two words that may lie under the other


def drawn_texts(fig):
    """(text, box in px) of every word that a figure draws, the moving ones too."""
    drawn = []
    draw = Text.draw

    def recorded(self, renderer, *args, **kwargs):
        if self.get_visible() and self.get_text().strip() and self.get_alpha() != 0:
            drawn.append(self)
        return draw(self, renderer, *args, **kwargs)

    patched = mock.patch.object(Text, "draw", recorded)
    with warnings.catch_warnings(), _everything(fig), patched:
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        fig.draw_without_rendering()
        renderer = FigureCanvasAgg(fig).get_renderer()
        return [(one, one.get_window_extent(renderer)) for one in drawn]


@contextmanager
def _everything(fig):
    moving = svg.moving_artists(fig)
    try:
        for artist in moving:
            artist.set_animated(False)
        yield
    finally:
        for artist in moving:
            artist.set_animated(True)


def crowded(fig):
    """What a reader could not read: a list of sentences, [] if all is well."""
    texts, faults = drawn_texts(fig), []
    width, height = fig.get_size_inches() * fig.dpi
    for text, box in texts:
        over = max(-box.x0, box.x1 - width, -box.y0, box.y1 - height)
        if over > OFF and not _cut_off(text, box):
            faults.append(f"{_name(text)} reaches {over:.0f} px over the edge")
    for i, (one, box) in enumerate(texts):
        for other, beside in texts[i + 1 :]:
            if one.get_rotation() % 90 or other.get_rotation() % 90:
                continue  # their boxes say little about them
            share = _overlap(box, beside)
            if share > SHARE:
                faults.append(f"{_name(one)} lies on {_name(other)} ({share:.0%})")
    return faults


def _overlap(a, b):
    """The part of the smaller box that lies in the other."""
    wide = min(a.x1, b.x1) - max(a.x0, b.x0)
    high = min(a.y1, b.y1) - max(a.y0, b.y0)
    if wide <= 2 or high <= 2:
        return 0.0
    return wide * high / max(min(a.width * a.height, b.width * b.height), 1)


def _cut_off(text, box):
    """Whether the axes hide a text that lies outside them altogether."""
    clip = text.get_clip_box() if text.get_clip_on() else None
    return clip is not None and not clip.overlaps(box)


def _name(text):
    return repr(text.get_text())
