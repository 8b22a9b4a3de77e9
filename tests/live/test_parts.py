"""What figures share. Authority: the widgets' own state, which is what is saved."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ipywidgets import Widget

from helpers.live import Live, Slider
from helpers.live.parts import Parts, packed, packed_frames, unpacked, unpacked_frames
from helpers.live.style import figure


def live():
    fig, ax = figure()
    (line,) = ax.plot([0, 1], [0, 1], animated=True)
    slope = Slider(0, 3, 1, 1, "slope")
    return Live(fig, lambda a: line.set_ydata([0, a]), a=slope, alt="A line")


@pytest.mark.parametrize("value", [{}, {"[1]": {"svg": "<g/>", "alt": "é 好"}}])
def test_packing_loses_nothing(value):
    assert unpacked(packed(value)) == value
    assert packed(value) == packed(json.loads(json.dumps(value)))


def test_frames_are_packed_without_loss_and_smaller():
    frames = {
        f"[{k}]": {
            "svg": f"<g id='a{k % 7}'/>" * 20,
            "alt": f"at {k}" * 9,
            "formula": "",
        }
        for k in range(50)
    }
    assert unpacked_frames(packed_frames(frames)) == frames
    assert len(packed_frames(frames)) < len(packed(frames))
    assert len(packed_frames(frames)) < len(packed(frames))
    fault = {"[0]": {"error": "no", "traceback": "line 1"}}
    assert unpacked_frames(packed_frames(fault)) == fault
    assert unpacked_frames(packed_frames({})) == {}


def test_two_figures_share_one_view():
    one, two = live(), live()
    assert one.get_state()["_parts"] == two.get_state()["_parts"]
    assert one.get_state()["_parts"].startswith("IPY_MODEL_")


def test_a_figure_alone_is_light():
    """What it saves of the view is the loader; the code is in no figure's state."""
    state = live().get_state()
    assert len(state["_esm"]) < 1200 and not state.get("_css")
    assert "Play" not in json.dumps(state)


def test_a_view_that_was_closed_is_sent_again():
    before = live()._parts
    Widget.close_all()
    after = live()._parts
    assert after is not before and after.comm is not None
    assert isinstance(after, Parts) and after.parts == Live.view


def test_the_view_holds_code_style_and_font():
    held = unpacked(Live.view)
    assert "function render" in held["code"] and ".live-formula" in held["style"]
    assert len(held["font"]) > 20_000


@given(
    st.dictionaries(
        st.text(max_size=6),
        st.fixed_dictionaries(
            {"svg": st.text("a1. 23é", max_size=9), "alt": st.text()}
        ),
    )
)
def test_any_frames_are_packed_without_loss(frames):
    assert unpacked_frames(packed_frames(frames)) == frames
