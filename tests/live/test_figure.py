"""A live figure in the kernel. Authority: its documented behaviour and F1."""

import base64
import gzip
import json
import os
import subprocess
import sys
import time

import pytest

from helpers.live import Drag, Live, Slider, Text, still
from helpers.live.figure import _AHEAD_SECONDS, crowding, key, packed
from helpers.live.style import figure


def example(update=None, **controls):
    fig, ax = figure()
    (line,) = ax.plot([0, 3], [0, 3], animated=True)

    def f(a, b):
        if a == 13:
            raise ValueError("13 is not allowed here")
        line.set_ydata([b, 3 * a + b])
        return rf"f(3) = {a}\cdot 3 + {b} = {3 * a + b}"

    return Live(
        fig, update or f, alt=lambda a, b: f"A line of slope {a}, height {b}.",
        a=Slider(-20, 20, 1, 0, "slope a"), b=Slider(-5, 5, 1, 0, "b"),
    )  # fmt: skip


def sent(figure, message):
    got = []
    figure.send = lambda content, buffers=None: got.append(content)
    figure._handle_custom_msg(message, [])
    return got


def test_f1():
    live = example()
    assert live.move(a=2, b=1) == [r"f(3) = 2\cdot 3 + 1 = 7"]
    assert live.values == {"a": 2, "b": 1}
    assert live.alt_text() == "A line of slope 2, height 1."


def test_a_request_is_answered_with_the_frame_of_that_state():
    live = example()
    (answer,) = sent(live, {"now": [22, 6]})
    ((name, frame),) = answer["frames"]
    assert name == "[22,6]"
    assert frame == live.frame([22, 6])
    assert "A line of slope 2" in frame["alt"]


def test_a_settled_state_is_python_s_and_goes_back_to_no_slider():
    """Else a slider that has moved on since would jump back."""
    live, messages = example(), []
    live._send = lambda message, buffers=None: messages.append(message)
    assert sent(live, {"settled": [22, 6]}) == []
    assert live.values == {"a": 2, "b": 1} and messages == []


def test_frames_ahead_come_in_order_within_the_time_allowed(monkeypatch):
    live = example()
    states = [[k, 0] for k in range(30)]
    (answer,) = sent(live, {"ahead": states})
    assert answer["ahead"]
    names = [name for name, _ in answer["frames"]]
    assert names == [key(state) for state in states[: len(names)]]
    monkeypatch.setattr("helpers.live.figure._AHEAD_SECONDS", 0)
    (answer,) = sent(live, {"ahead": states})
    assert len(answer["frames"]) == 1


def test_what_is_asked_for_now_waits_for_one_frame_ahead_at_the_most():
    """Authority: a frame that alone takes all the time that a message may take."""
    drawn = []

    def slow(a, b):
        drawn.append(a)
        time.sleep(2 * _AHEAD_SECONDS)

    live = example(slow)
    drawn.clear()
    sent(live, {"ahead": [[k, 0] for k in range(8)]})
    assert len(drawn) == 1
    sent(live, {"now": [40, 0]})
    assert drawn[1:] == [20]


def test_an_answer_ahead_says_how_crowded_the_processor_is():
    """Authority: the scheduler, which shares each core between three processes."""
    (answer,) = sent(example(), {"ahead": [[1, 0]]})
    assert answer["crowd"] >= 1
    assert crowding(1.0, 1.01) == 1 and crowding(0.3, 0.1) == 3
    assert crowding(0.01, 0.0) == 1  # a clock that has not ticked
    spin = "while True: pass"
    count = 2 * os.cpu_count()
    busy = [subprocess.Popen([sys.executable, "-c", spin]) for _ in range(count)]
    try:
        start, computed = time.perf_counter(), time.thread_time()
        while time.thread_time() - computed < 0.3:
            sum(range(1000))
        seen = crowding(time.perf_counter() - start, time.thread_time() - computed)
    finally:
        for process in busy:
            process.kill()
            process.wait()
    assert seen > 1.3


def test_a_frame_depends_on_the_state_alone():
    live = example()
    first = live.frame([25, 5])
    live.frame([0, 0])
    live.frame([33, 2])  # the one that raises
    assert live.frame([25, 5]) == first


def test_an_error_is_one_line_with_its_traceback_and_the_figure_lives_on():
    live = example()
    frame = live.frame([33, 5])
    assert frame["error"] == "ValueError: 13 is not allowed here"
    assert "raise ValueError" in frame["traceback"]
    assert "svg" in live.frame([20, 5])
    with pytest.raises(ValueError, match="13 is not"):
        live.move(a=13)


def test_wrong_controls_say_what_is_wanted():
    live = example()
    with pytest.raises(KeyError, match="there are a, b"):
        live.move(c=1)
    with pytest.raises(ValueError, match="outside"):
        live.move(a=99)
    with pytest.raises(TypeError, match="must be a Slider"):
        Live(figure()[0], alt="x", a=3)


def test_the_bundle_serves_every_place():
    live = example()
    live.move(a=2, b=1)
    data, metadata = live._repr_mimebundle_()
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == "A line of slope 2, height 1."
    assert metadata["image/png"]["alt"] == data["text/plain"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_the_pack_holds_the_frames_along_each_control():
    live = example()
    frames = live.frames_along()
    # 41 slopes and 11 heights from the start, which both share.
    assert len(frames) == 41 + 11 - 1
    text = gzip.decompress(base64.b64decode(packed(frames)))
    assert json.loads(text) == frames
    assert packed(frames) == packed(live.frames_along())


def test_the_pack_is_made_only_when_a_notebook_is_executed(monkeypatch):
    assert example().pack == ""
    monkeypatch.setenv("COURSE_PACK", "1")
    assert example().pack != ""


def test_a_still_picture_has_no_controls():
    fig, _ = figure()
    live = still(fig, "An empty figure.")
    assert live.controls == [] and live.alt_text() == "An empty figure."


def test_text_reaches_the_update_function_as_typed():
    got = []
    fig, _ = figure()
    live = Live(fig, lambda t: got.append(t), alt="x", t=Text("a", "type"))
    live.frame(["<b>$x$"])
    assert got[-1] == "<b>$x$"


def test_dragging_knows_where_the_axes_are():
    from helpers.live import Drag

    fig, ax = figure()
    ax.set(xlim=(0, 10), ylim=(-1, 1))
    live = Live(fig, lambda a: None, alt="x", drag=[Drag(ax, y="a")],
                a=Slider(-1, 1, 0.1, 0, "a"))  # fmt: skip
    (handle,) = live.drags
    box = ax.get_window_extent()
    x, y, width, height = handle["box"]
    assert handle["y"] == 0 and handle["x"] is None
    assert [x, width, height] == pytest.approx([box.x0, box.width, box.height])
    # SVG counts downwards from the top.
    assert y == pytest.approx(330 - box.y1)
    assert handle["ylim"] == [-1, 1]


def test_a_narrow_page_gets_the_columns_below_each_other():
    """Authority: the boxes of the axes, and the wide picture, which comes back."""
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1, 2))
    (line,) = left.plot([0, 1], [0, 1], animated=True)

    def update(a):
        line.set_ydata([0, a])
        return f"a = {a}"

    live = Live(fig, update, alt="Two axes.", drag=[Drag(left, y="a")],
                a=Slider(0, 3, 1, 1, "a"))  # fmt: skip
    wide = {name: getattr(live, name) for name in ("start", "size", "drags")}
    live.pack = "what was fetched"
    live.move(a=3)
    live._handle_custom_msg({"narrow": True}, [])
    assert live.size == [374, 660] and live.wide == 860
    boxes = [ax.get_window_extent() for ax in (left, right)]
    assert boxes[0].y0 > boxes[1].y1  # in Matplotlib y goes up
    assert all(box.width > 300 for box in boxes)
    x, y, width, height = live.drags[0]["box"]
    assert (x, width) == pytest.approx((boxes[0].x0, boxes[0].width))
    assert y + height < 330  # in the upper half
    # Frames of the one do not serve the other.
    assert live.pack == "" and live.values == {"a": 3}
    live._handle_custom_msg({"narrow": False}, [])
    assert {name: getattr(live, name) for name in wide} == wide
    assert live.pack == "what was fetched"


def test_what_fits_keeps_its_picture():
    small, ax = figure((300, 200))
    live = Live(small, alt="A picture.")
    start = live.start
    live.lay_out(True)
    assert live.start == start


def test_a_figure_in_pixels_is_drawn_anew():
    """Once, with its own update function and handles; the wide one comes back."""
    drawn = []

    def draw(width):
        drawn.append(width)
        fig, ax = figure((width, 300))
        ax.set_position([0, 0, 1, 1])
        word = ax.text(0.5, 0.5, "", animated=True)

        def update(a):
            word.set_text(f"{a} of {width}")
            return f"a = {a}"

        return fig, update, [Drag(ax, x="a")]

    fig, update, drag = draw(860)
    live = Live(fig, update, alt="A word.", drag=drag, narrow=lambda: draw(374),
                a=Slider(0, 3, 1, 1, "a"))  # fmt: skip
    wide = {name: getattr(live, name) for name in ("start", "size", "drags")}
    for _ in range(2):
        live.lay_out(True)
        assert live.size == [374, 300] and live.wide == 860
        assert live.drags[0]["box"][2] == 374
        assert "2 of 374" in live.frame([2])["svg"]
        live.lay_out(False)
        assert {name: getattr(live, name) for name in wide} == wide
        assert "2 of 860" in live.frame([2])["svg"]
    assert drawn == [860, 374]
