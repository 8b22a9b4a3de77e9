"""From a Matplotlib figure to the two strings that a live figure shows.

`still_part` draws everything that is not animated, once. `moving_part` draws
only the animated artists, through the same renderer, and is what each move of
a control costs. Both rely on 72 dots an inch: at any other the renderer would
scale the one and not the other.
"""

import contextlib
import io
import textwrap
import threading
import warnings
from base64 import b64encode

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.transforms import Bbox
from PIL import Image, ImageColor

from helpers.live import style
from helpers.live.renderer import Renderer


def still_part(fig):
    """The figure without its animated artists, as the inside of an <svg>."""
    _check_dpi(fig)
    renderer = _renderer(fig)
    with _any_glyph():
        fig.draw(renderer)
    # The layout is settled; from here on the axes must not move.
    fig.set_layout_engine("none")
    return renderer.inside()


def moving_part(fig):
    """The animated artists alone, lowest zorder first, as SVG elements."""
    renderer = _renderer(fig)
    with _any_glyph():
        for artist in sorted(moving_artists(fig), key=lambda a: a.get_zorder()):
            artist.draw(renderer)
    return renderer.inside()


def moving_artists(fig):
    """The animated artists of the figure and of its axes."""
    artists = list(fig.texts) + list(fig.lines) + list(fig.patches)
    for ax in fig.axes:
        artists += ax.get_children()
    return [artist for artist in artists if artist.get_animated()]


def png(fig, lines=(), remark=""):
    """The whole figure as PNG bytes, with formula lines in LaTeX beneath it.

    It has 1.5 pixels for each of the page's, fewer where it is very wide. This is
    the picture for every place that cannot run the view. A glyph that no installed
    font has is drawn as a box, silently.
    """
    moving = moving_artists(fig)
    notes = _notes_below(fig, lines, remark)
    # Axes of a fixed aspect are placed anew at another dpi, a rounding error away, and
    # the names of clip paths depend on every digit of a place.
    places = [(ax, ax.get_position(), ax.get_in_layout()) for ax in fig.axes]
    try:
        for artist in moving:
            artist.set_animated(False)
        with _any_glyph():
            width, height = fig.get_size_inches()
            scale = min(1.5, _WIDEST / (72 * width))
            depth = len(notes) * _LINE / height
            box = Bbox.from_bounds(0, -depth * height, width, height * (1 + depth))
            file = io.BytesIO()
            FigureCanvasAgg(fig).print_figure(file, dpi=72 * scale, bbox_inches=box)
    finally:
        for artist in moving:
            artist.set_animated(True)
        for note in notes:
            note.remove()
        fig.set_dpi(72)
        for ax, place, in_layout in places:
            ax.set_position(place, which="active")  # which takes it out of the layout
            ax.set_in_layout(in_layout)
    drawn = Image.open(file).convert("RGBA")
    paper = Image.new("RGBA", drawn.size, style.PAPER)
    picture = Image.alpha_composite(paper, drawn).convert("RGB")
    # A palette makes the picture a third of the size.
    small = io.BytesIO()
    in_few_colours(picture).save(small, "PNG", optimize=True)
    return small.getvalue()


def in_few_colours(picture, count=32):
    """An RGB picture with a palette of `count` colours, its own kept as they are.

    The course's colours come first, then the commonest, in two thirds of the places.
    A palette that is mixed from all colours turns a thin orange line grey.
    """
    found = picture.getcolors(picture.width * picture.height)
    found.sort(key=lambda one: (one[1] in _OWN, one[0]), reverse=True)
    colours = np.array([one for _, one in found], np.float32)  # (U, 3), kept ones first
    kept = colours[: 2 * count // 3]
    quarter = picture.resize([side // 2 for side in picture.size], Image.NEAREST)
    mixed = quarter.quantize(count - len(kept)).getpalette()
    palette = np.vstack([kept, np.reshape(mixed, (-1, 3))])[:count]  # (C, 3)
    # |a - b|² without |a|², which is the same for all of the palette.
    away = (palette**2).sum(1) - 2 * colours @ palette.T  # (U, C)
    # From a colour's 24 bits to its place; Pillow's own way there is coarser.
    places = np.empty(1 << 24, np.uint8)
    places[_bits(colours.astype(np.uint32))] = away.argmin(1)
    small = Image.fromarray(places[_bits(np.asarray(picture).astype(np.uint32))])
    small.putpalette(palette.astype(np.uint8).tobytes())
    return small


_OWN = {ImageColor.getrgb(colour) for colour in style.PALETTE.values()}


def _bits(colours):
    """Colours of shape (..., 3) as whole numbers of shape (...)."""
    return colours[..., 0] << 16 | colours[..., 1] << 8 | colours[..., 2]


def png_base64(fig, lines=(), remark=""):
    """`png` as the text that an output bundle holds."""
    return b64encode(png(fig, lines, remark)).decode("ascii")


@contextlib.contextmanager
def _any_glyph():
    """Draw in silence what no installed font has: the browser's fonts have it.

    One drawing at a time: a panel that trains draws in a thread of its own, and
    neither Matplotlib nor the list of warnings is made for two at once.
    """
    with _drawing, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        yield


_drawing = threading.RLock()
_LINE = 0.36  # inches a line of notes
_WIDEST = 900  # pixels: half of the weight of a notebook is its stills


def _notes_below(fig, lines, remark):
    width, height = fig.get_size_inches()
    notes = []
    said = textwrap.wrap(remark, round(72 * width / 6))  # a letter is 6 px wide
    formulas = [(one, True) for one in lines if one]
    for text, maths in formulas + [(one, False) for one in said]:
        y = -(len(notes) + 0.5) * _LINE / height
        note = fig.text(
            0.02, y, f"${text}$" if maths else text, va="center", parse_math=maths,
            color=style.INK if maths else style.SOFT, fontsize=15 if maths else 11,
        )  # fmt: skip
        notes.append(note)
    return notes


def _renderer(fig):
    return Renderer(*fig.get_size_inches() * 72)


def _check_dpi(fig):
    if fig.get_dpi() != 72:
        raise ValueError(
            f"A live figure needs 72 dots an inch, this one has "
            f"{fig.get_dpi():g}: make it with helpers.live.style.figure()."
        )
