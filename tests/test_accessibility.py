"""Colours that can be told apart, by contrast and without colour; words for pictures.

Contrast is computed as WCAG 2.2 defines it (relative luminance, success criteria
1.4.3 for text and 1.4.11 for graphics). What the browser shows, labels above all,
is tested in tests/browser.
"""

import itertools

import pytest

from helpers.live.style import DASHES, GRID, INK, PALETTE, PAPER, SOFT
from tests.notebooks import every_notebook, run

LIGHT, DARK = "#ffffff", "#111111"  # the grounds of JupyterLab's two themes
NEUTRAL = {"ink", "soft", "grid", "paper"}
DATA = sorted(set(PALETTE) - NEUTRAL)


def luminance(colour):
    """Relative luminance of "#rrggbb", 0 for black and 1 for white."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    """Contrast ratio of two colours, 1 to 21."""
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    "one, other, ratio",
    # The two ends, and the grey that is known to be just enough for text on white.
    [("#000000", "#ffffff", 21.0), ("#777777", "#777777", 1.0),
     ("#767676", "#ffffff", 4.54), ("#777777", "#ffffff", 4.48)],
)  # fmt: skip
def test_contrast(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@pytest.mark.parametrize("ground", [LIGHT, DARK])
@pytest.mark.parametrize("colour", DATA)
def test_data_stands_out(colour, ground):
    ratio = contrast(PALETTE[colour], ground)
    assert ratio >= 3, f"{colour} on {ground}: {ratio:.2f}"


def test_text_can_be_read():
    # In a dark theme the page's own colour of text takes their place.
    for name, colour in (("ink", INK), ("soft", SOFT)):
        assert contrast(colour, PAPER) >= 4.5, f"{name}: {contrast(colour, PAPER):.2f}"
    assert PALETTE["ink"] == INK and PALETTE["grid"] == GRID


def test_every_colour_has_its_own_dash():
    assert sorted(DASHES) == DATA
    for one, other in itertools.combinations(DATA, 2):
        assert DASHES[one] != DASHES[other], f"{one} and {other} have one dash"


def dashes_by_colour(ax):
    """The dashes and markers of the lines of an axes, by colour."""
    looks = {}
    for line in ax.get_lines():
        if line.get_visible() and len(line.get_xdata()) > 1:
            look = (line.get_linestyle(), line._dash_pattern, line.get_marker())
            looks.setdefault(line.get_color(), set()).add(str(look))
    return looks


@every_notebook
def test_lines_differ_in_more_than_colour(name):
    """Two lines of different colours in one axes have different dashes or markers."""
    faults = []
    for cell, figure in run(name).figures:
        for ax in figure._fig.axes:
            looks = dashes_by_colour(ax)
            for one, other in itertools.combinations(looks, 2):
                if looks[one] & looks[other]:
                    faults.append(f"{name}, cell {cell + 1}: {one} and {other}, "
                                  f"both {looks[one] & looks[other]}")  # fmt: skip
    assert not faults, "\n" + "\n".join(faults)


@every_notebook
def test_every_figure_is_described(name):
    for cell, figure in run(name).figures:
        alt = figure.alt_text()
        assert len(alt.split()) >= 4, f"{name}, cell {cell + 1}: alt is {alt!r}"


@every_notebook
def test_every_control_has_a_label_of_its_own(name):
    for cell, figure in run(name).figures:
        texts = [control.label.strip() for control in figure._controls.values()]
        assert all(texts), f"{name}, cell {cell + 1}: a control without a label"
        assert len(set(texts)) == len(texts), f"{name}, cell {cell + 1}: {texts}"
