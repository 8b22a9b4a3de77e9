"""The two parts of a picture. Authority: Matplotlib's own SVG of the same figure."""

import io
import re
import warnings
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from matplotlib.backends.backend_svg import FigureCanvasSVG
from PIL import Image

from helpers.live import svg
from helpers.live.style import INK, figure


def example():
    fig, ax = figure()
    ax.plot([0, 1], [0, 1], gid="still line")
    (line,) = ax.plot([0, 1], [1, 0], animated=True, gid="moving line")
    return fig, ax, line


def parsed(part):
    root = '<svg xmlns:xlink="http://www.w3.org/1999/xlink">'
    return ET.fromstring(f"{root}{part}</svg>")


def numbers_of(part, gid):
    group = next(e for e in parsed(part).iter() if e.get("id") == gid)
    path = next(e for e in group.iter() if e.tag.endswith("path"))
    return [float(x) for x in re.findall(r"-?\d+\.?\d*", path.get("d"))]


def test_each_artist_is_in_one_part_only():
    fig, _, _ = example()
    still, moving = svg.still_part(fig), svg.moving_part(fig)
    assert "still line" in still and "moving line" not in still
    assert "moving line" in moving and "still line" not in moving


def test_both_parts_lie_where_matplotlib_draws_them():
    fig, _, line = example()
    parts = {
        "still line": svg.still_part(fig),
        "moving line": svg.moving_part(fig),
    }
    line.set_animated(False)
    file = io.StringIO()
    FigureCanvasSVG(fig).print_svg(file)
    whole = file.getvalue()
    whole = whole[whole.index("<svg") :].replace("xmlns=", "ignored=")
    for gid, part in parts.items():
        theirs = numbers_of(whole, gid)
        assert np.allclose(numbers_of(part, gid), theirs, atol=0.011)


def test_a_change_moves_only_the_moving_part():
    fig, _, line = example()
    svg.still_part(fig)
    before = svg.moving_part(fig)
    line.set_ydata([0.2, 0.9])
    assert svg.moving_part(fig) != before
    line.set_ydata([1, 0])
    assert svg.moving_part(fig) == before


def test_no_rule_reaches_the_page_and_nothing_depends_on_the_date():
    fig, _, _ = example()
    part = svg.still_part(fig)
    assert "<style" not in part and "<metadata" not in part
    fig, _, _ = example()
    assert svg.still_part(fig) == part


def test_words_are_escaped_and_left_as_they_are():
    fig, ax = figure()
    said = f"<b>{INK} 1.2345 font-family: x; $x$"
    ax.text(0.5, 0.5, said, animated=True)
    part = svg.moving_part(fig)
    assert "<b>" not in part
    assert said in "".join(parsed(part).itertext())


def test_neutral_colours_follow_the_theme():
    fig, ax, _ = example()
    ax.set_title("title")
    part = svg.still_part(fig)
    assert INK not in part
    assert "var(--live-ink)" in part


def test_a_figure_of_another_resolution_is_refused():
    fig, _ = figure()
    fig.set_dpi(100)
    with pytest.raises(ValueError, match="72 dots an inch"):
        svg.still_part(fig)


def test_the_png_holds_the_moving_artists_and_leaves_the_figure_as_it_was():
    fig, ax, line = example()
    svg.still_part(fig)
    before = svg.moving_part(fig)
    with_line = svg.png(fig)
    line.set_visible(False)
    without = svg.png(fig)
    line.set_visible(True)
    assert with_line != without
    assert svg.moving_part(fig) == before
    assert fig.get_dpi() == 72 and line.get_animated()


@pytest.mark.parametrize("width", [500, 860])
def test_the_png_leaves_axes_of_a_fixed_aspect_to_the_last_digit(width):
    """Else a moving part would name a clip path that the still part does not hold."""
    fig, axes = figure((width, 350), 1, 2, width_ratios=(1, 1.13))
    for ax in axes:
        ax.set_aspect("equal")
        ax.plot([0, 3], [0, 1.7])
        ax.plot([0, 9], [0, 9], animated=True, clip_on=True)
    svg.still_part(fig)
    places, moving = [ax.bbox.bounds for ax in axes], svg.moving_part(fig)
    svg.png(fig)
    assert [ax.bbox.bounds for ax in axes] == places
    assert svg.moving_part(fig) == moving and all(ax.get_in_layout() for ax in axes)


def test_the_png_keeps_pale_colours_pale_on_white_paper():
    fig, ax = figure()
    ax.axhspan(0, 1, color="#ff0000", alpha=0.2, lw=0)
    picture = Image.open(io.BytesIO(svg.png(fig))).convert("RGB")
    red, green, blue = picture.getpixel((picture.width // 2, picture.height // 2))
    # Red at 0.2 over white is 255 and 0.8 · 255 = 204.
    assert red == 255 and abs(green - 204) <= 2 and abs(blue - 204) <= 2
    assert picture.getpixel((2, 2)) == (255, 255, 255)


def test_formula_lines_make_the_png_taller():
    fig, _, _ = example()
    plain = Image.open(io.BytesIO(svg.png(fig)))
    noted = Image.open(io.BytesIO(svg.png(fig, [r"\frac{1}{2}"], "move it")))
    assert noted.width == plain.width
    assert noted.height > plain.height


def test_a_long_remark_is_broken_into_lines():
    fig, _, _ = example()
    heights = {}
    for words in (3, 40):
        remark = " ".join(["slider"] * words)
        heights[words] = Image.open(io.BytesIO(svg.png(fig, [], remark))).height
    assert heights[40] > heights[3]


def test_a_glyph_that_no_font_has_makes_no_warning(recwarn):
    fig, ax = figure()
    ax.text(0.5, 0.5, "\U000e1234", animated=True)
    ax.set_title("\U000e1234")
    svg.still_part(fig)
    svg.moving_part(fig)
    svg.png(fig)
    assert not recwarn.list


def test_two_threads_may_draw_at_once():
    """Authority: each picture drawn alone, and the filters of warnings before."""

    def drawn(k):
        fig, ax = figure()
        ax.plot([0, k], [0, 1])
        ax.set_title(f"好 {k}")
        return svg.still_part(fig)

    alone, before = [drawn(k) for k in range(1, 9)], warnings.filters[:]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(drawn, range(1, 9))) == alone
    assert warnings.filters == before


def test_a_thin_orange_line_stays_orange():
    """Authority: the colour that was drawn, among hundreds of others."""
    orange = (199, 112, 0)
    picture = Image.linear_gradient("L").resize((400, 300)).convert("RGB")
    picture.paste((255, 255, 255), (0, 0, 400, 150))
    picture.paste(orange, (20, 41, 60, 42))
    kept = svg.in_few_colours(picture)
    assert len(kept.getcolors()) <= 32
    assert kept.convert("RGB").getpixel((40, 41)) == orange
