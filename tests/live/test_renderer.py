"""Drawing a few artists many times. Authority: Matplotlib's own SVG renderer."""

import io
import re
import xml.etree.ElementTree as ET

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_svg import RendererSVG

from helpers.live import style, svg
from helpers.live.style import figure
from tests.notebooks import every_notebook, run

NUMBER = re.compile(r"-?\d+\.?\d*(?:e-?\d+)?")
ROOT = (
    '<svg xmlns="http://www.w3.org/2000/svg" '
    'xmlns:xlink="http://www.w3.org/1999/xlink">'
)
THEME = {
    style.INK: "ink", style.SOFT: "soft", style.GRID: "grid", style.PAPER: "paper",
    "#000000": "ink",
}  # fmt: skip


def drawn_by_matplotlib(fig):
    """The elements of the moving artists, from a renderer that knows nothing yet."""
    file = io.StringIO()
    renderer = RendererSVG(*fig.get_size_inches() * 72, file, image_dpi=72)
    for artist in sorted(svg.moving_artists(fig), key=lambda a: a.get_zorder()):
        artist.draw(renderer)
    renderer.finalize()
    head = 2  # the metadata and the style rule
    return ET.fromstring(file.getvalue())[head:]


def elements(tops):
    """(tag, text, attributes), the style taken apart, without the fonts' names."""
    found = []
    for element in [one for top in tops for one in top.iter()]:
        attributes = dict(element.attrib)
        rules = re.split("; ?", attributes.pop("style", ""))
        rules = [r for r in rules if r and not r.startswith("font-family")]
        attributes |= {f"style {k}": v for k, v in (r.split(": ") for r in rules)}
        for name, value in attributes.items():
            value = THEME.get(value, value)
            attributes[name] = re.sub(r"var\(--live-(\w+)\)", r"\1", value)
        found.append((element.tag, (element.text or "").strip(), attributes))
    return found


def differences(fig):
    """Where `moving_part` is not what Matplotlib draws, to 0.01 px."""
    ours = elements(ET.fromstring(f"{ROOT}{svg.moving_part(fig)}</svg>"))
    theirs = elements(drawn_by_matplotlib(fig))
    if len(ours) != len(theirs):
        return [f"{len(ours)} elements, not {len(theirs)}"]
    found = []
    for (tag, text, our), (their_tag, their_text, their) in zip(
        ours, theirs, strict=True
    ):
        same = tag == their_tag and text == their_text and our.keys() == their.keys()
        if not same or not all(alike(our[name], their[name]) for name in our):
            found.append(f"{tag} {text!r} {our}, not {their_tag} {their}")
    return found


def alike(one, other):
    if NUMBER.sub("", one) != NUMBER.sub("", other):
        return False
    numbers = [np.array(NUMBER.findall(text), dtype=float) for text in (one, other)]
    return np.allclose(*numbers, rtol=0, atol=0.011)


@every_notebook
def test_figures_are_drawn_as_matplotlib_draws_them(name):
    for number, live in run(name).figures:
        ends = [control.along()[-1] for control in live._controls.values()]
        for state in [[control.initial for control in live._controls.values()], ends]:
            if "error" not in live.frame(state):
                assert not differences(live._fig), f"{name}, cell {number}, {state}"


def test_what_changes_in_place_is_drawn_anew():
    fig, ax = figure()
    (line,) = ax.plot([0, 1, 2], [0, 1, 4], "o-", animated=True)
    points = ax.scatter([0, 1], [1, 0], animated=True)
    arrow = ax.annotate("there", (1, 1), (0, 2), arrowprops={}, animated=True)
    box = ax.text(1, 2, "two\nlines", bbox={"fc": "white"}, clip_on=True, animated=True)
    (bar,) = ax.bar([1], [1], hatch="/", animated=True)
    word = ax.text(0, 0, "好 <&>", rotation=30, animated=True)
    svg.still_part(fig)
    before = svg.moving_part(fig)
    changes = [
        lambda: line.get_ydata(orig=False).__setitem__(1, 3),
        lambda: points.get_offsets().__setitem__((0, 1), 0.5),
        lambda: bar.set_hatch("x"),
        lambda: arrow.arrow_patch.set_color("red"),
        lambda: box.get_bbox_patch().set_linewidth(3),
        lambda: word.get_fontproperties().set_size(20),
        lambda: word.get_fontproperties().set_weight("bold"),
        lambda: box.set_linespacing(2),
        lambda: ax.set_xlim(-1, 5),
    ]
    for change in changes:
        assert not differences(fig)
        change()
        before, last = svg.moving_part(fig), before
        assert before != last
    assert not differences(fig)


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.text(st.sampled_from("aQjy|gÉ好<&> .0123😀"), max_size=12),
    st.sampled_from([9, 13, 13.5]), st.sampled_from(["left", "center", "right"]),
    st.sampled_from(["top", "center", "baseline", "bottom", "center_baseline"]),
    st.sampled_from([0, 90, 33]), st.sampled_from(["default", "anchor"]),
)  # fmt: skip
def test_any_text_lies_where_matplotlib_puts_it(said, size, ha, va, angle, mode):
    fig, ax = figure()
    ax.text(0.5, 0.5, said, size=size, ha=ha, va=va, rotation=angle,
            rotation_mode=mode, animated=True)  # fmt: skip
    assert not differences(fig)
