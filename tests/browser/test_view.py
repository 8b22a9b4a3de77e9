"""The view of a live figure, alone in a page, with a model that the test answers.

Authority: the Python side's own rule for the bars, and what the view promises:
one request at a time, the newest state next, a state seen before without asking.
"""

import io
import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from helpers.live.controls import rescale
from helpers.live.figure import Live
from helpers.live.parts import packed, packed_frames, unpacked, unpacked_frames

PAGE = """
async ([{ code, style, font }, traits]) => {
  document.head.innerHTML = "";
  document.body.innerHTML = '<div id="here"></div>';
  const blob = new Blob([code], { type: "text/javascript" });
  window.module = await import(URL.createObjectURL(blob));
  module.dress(style, font);
  window.asked = []; window.listeners = {};
  const model = {
    get: (name) => traits[name],
    set: (name, value) => { traits[name] = value; },
    send: (message) => asked.push(message),
    on: (name, f) => { listeners[name] = f; },
    off: (name) => { delete listeners[name]; },
  };
  const el = document.getElementById("here");
  window.stop = await module.render({ model, el });
}
"""
ANSWER = """
(states) => listeners["msg:custom"]({ frames: states.map((s) => [JSON.stringify(s),
  { svg: `<text y="50">at ${s}</text>`, formula: `<b>${s}</b>`, alt: `at ${s}` }]) })
"""


@pytest.fixture
def page(chromium):
    page = chromium.new_page()
    yield page
    page.close()


def show(page, controls, state, still="", first=None, **traits):
    first = first or {"svg": "<text>first</text>", "formula": "", "alt": "first"}
    start = {"still": still, "first": {"state": state, **first}, "room": [],
             "controls": controls}  # fmt: skip
    page.evaluate(
        PAGE,
        [
            unpacked(Live.view),
            {
                "drags": [], "size": [300, 100],
                "start": packed(start), "state": state, "pack": "", **traits,
            },
        ],
    )  # fmt: skip


def ranged(count):
    return {
        "kind": "range", "label": "x", "play": False,
        "texts": [str(k) for k in range(count)], "numbers": list(range(count)),
    }  # fmt: skip


def move(page, *values):
    """Move the first slider to each value, with no time between them."""
    page.locator("input[type=range]").first.evaluate(
        "(input, values) => values.forEach((value) => { input.value = value;"
        " input.dispatchEvent(new Event('input')); })",
        [str(value) for value in values],
    )


def requests(page):
    asked = page.evaluate("asked")
    return [message["now"] for message in asked if "now" in message]


def picture(page):
    return page.locator(".live-moving").text_content()


def busy(page):
    """Whether a screen reader is told that the picture is about to change."""
    return page.locator(".live-picture").get_attribute("aria-busy") == "true"


def test_one_request_at_a_time_and_the_newest_next(page):
    show(page, [ranged(1000)], [0])
    assert not busy(page)
    move(page, 100, 200, 300)
    assert requests(page) == [[100]] and busy(page)
    page.evaluate(ANSWER, [[100]])
    assert requests(page) == [[100], [300]] and busy(page)
    page.evaluate(ANSWER, [[300]])
    assert not busy(page)
    assert picture(page) == "at 300"
    assert page.locator("svg").get_attribute("aria-label") == "at 300"


def test_a_picture_in_which_nothing_moves_is_shown(page):
    first = {"svg": "", "formula": "", "alt": "a still", "state": []}
    show(page, [], [], still="<text>still</text>", first=first)
    assert page.locator(".live-picture").text_content() == "still"
    assert page.locator("svg").get_attribute("aria-label") == "a still"


def test_a_state_seen_before_is_painted_without_asking(page):
    show(page, [ranged(1000)], [0])
    move(page, 100)
    page.evaluate(ANSWER, [[100]])
    move(page, 0)
    assert picture(page) == "first"
    move(page, 100)
    assert picture(page) == "at 100"
    assert requests(page) == [[100]]


def test_python_sees_the_settled_state_only(page):
    show(page, [ranged(1000)], [0])
    move(page, *range(5, 10))
    page.wait_for_function("asked.some((message) => message.settled)")
    assert [m["settled"] for m in page.evaluate("asked") if "settled" in m] == [[9]]


def test_frames_are_fetched_ahead_nearest_first(page):
    show(page, [ranged(1000)], [500])
    page.evaluate(ANSWER, [])  # Python is there
    page.wait_for_function("asked.some((message) => (message.ahead || []).length)")
    ahead = [m["ahead"] for m in page.evaluate("asked") if m.get("ahead")][0]
    assert ahead[:4] == [[501], [499], [502], [498]]


AHEAD = """
(crowd) => {
  const said = asked.filter((message) => (message.ahead || []).length);
  listeners["msg:custom"]({ ahead: true, crowd, frames: said.at(-1).ahead.map(
    (s) => [JSON.stringify(s), { svg: `<text>${s}</text>`, formula: "", alt: "" }]) });
  return performance.now();
}
"""
EMPTY = 0.001  # a processor so idle that only the shortest pause is left
# How many messages asked for states ahead.
ASKED_AHEAD = "() => asked.filter((message) => (message.ahead || []).length).length"


def test_nothing_is_fetched_ahead_while_a_picture_is_wanted_now(page):
    show(page, [ranged(1000)], [500])
    page.wait_for_function(f"({ASKED_AHEAD})() === 1")
    move(page, 100)
    assert requests(page) == [[100]]  # at once, though an answer ahead is due
    page.evaluate(AHEAD, EMPTY)
    page.wait_for_timeout(400)
    assert page.evaluate(ASKED_AHEAD) == 1
    page.evaluate(ANSWER, [[100]])
    page.wait_for_function(f"({ASKED_AHEAD})() === 2")


def test_a_touch_fetches_a_hundred_states_ahead_and_no_more(page):
    """Authority: counting; a class of thirty asks for 3000 pictures at the most."""
    show(page, [ranged(1000)], [500])
    page.locator("input[type=range]").focus()
    asked, count = set(), 0
    while len(asked) < 100:
        count += 1
        page.wait_for_function(f"({ASKED_AHEAD})() === {count}")
        page.evaluate(AHEAD, EMPTY)
        asked = ahead_of(page)
    with suppress(Late):  # and no more
        page.wait_for_function(f"({ASKED_AHEAD})() > {count}", timeout=1500)
    assert ahead_of(page) == {*range(450, 551)} - {500}


def ahead_of(page):
    """The states that the view has asked for ahead."""
    said = page.evaluate("asked")
    return {state for message in said for (state,) in message.get("ahead", [])}


def test_a_crowded_processor_makes_the_pauses_longer(page):
    """Each answer takes as long; only what it says of the processor differs."""
    show(page, [ranged(1000)], [500])
    page.locator("input[type=range]").focus()
    pauses = page.evaluate(
        """async () => {
          const pauses = { 1: [], 6: [] };
          const ahead = () => asked.filter((m) => (m.ahead || []).length).length;
          const until = async (count) => {
            while (ahead() < count) await new Promise((f) => setTimeout(f, 1));
            return performance.now();
          };
          await until(1);
          for (let turn = 1; turn <= 8; turn++) {
            const crowd = turn % 2 ? 1 : 6;
            await new Promise((f) => setTimeout(f, 30));
            const said = answer(crowd);
            pauses[crowd].push(await until(turn + 1) - said);
          }
          return pauses;
        }""".replace("answer(crowd)", f"({AHEAD})(crowd)")
    )
    free, crowded = min(pauses["1"]), min(pauses["6"])
    assert crowded > 2 * free


def test_a_move_elsewhere_on_the_page_comes_first(page):
    """What one figure reads ahead waits while another one is in use."""
    show(page, [ranged(1000)], [500])
    page.wait_for_function(f"({ASKED_AHEAD})() === 1")
    page.evaluate("liveFigures.used = performance.now() + 1e9")
    page.evaluate(AHEAD, EMPTY)
    page.wait_for_timeout(400)
    assert page.evaluate(ASKED_AHEAD) == 1
    page.evaluate("liveFigures.used = 0")
    page.wait_for_function(f"({ASKED_AHEAD})() === 2")


def test_an_error_is_said_and_the_next_value_draws_again(page):
    show(page, [ranged(1000)], [0])
    move(page, 7)
    page.evaluate(
        "listeners['msg:custom']({frames: [['[7]', {error: '<b>ValueError: no', "
        "traceback: 'line 1'}]]})"
    )
    fault = page.locator(".live-fault")
    assert fault.is_visible()
    assert fault.locator("summary").text_content() == "<b>ValueError: no"
    assert picture(page) == "first"
    move(page, 8)
    page.evaluate(ANSWER, [[8]])
    assert not fault.is_visible()
    assert picture(page) == "at 8"


def test_silence_is_said(page):
    show(page, [ranged(1000)], [0])
    move(page, 7)
    note = page.locator(".live-note")
    note.wait_for(state="visible")
    assert "Run the cell" in note.text_content()
    page.evaluate(ANSWER, [[7]])
    assert not note.is_visible()


def test_without_python_the_packed_frames_move_one_control(page):
    frame = {"formula": "", "alt": ""}
    pack = packed_frames(
        {
            "[0,1]": {"svg": "<text>b moved</text>", **frame},
            "[1,0]": {"svg": "<text>a moved</text>", **frame},
        }
    )
    show(page, [ranged(2), ranged(2)], [0, 0], pack=pack, offline=True)
    first, second = page.locator("input").all()
    first.press("ArrowRight")
    expect(page.locator(".live-moving")).to_have_text("a moved")  # when it is unpacked
    second.press("ArrowRight")
    assert picture(page) == "b moved"
    assert first.input_value() == "0"
    assert "one control" in page.locator(".live-note").text_content()


def test_without_python_a_move_goes_on_to_the_next_frame_there_is(page):
    frame = {"formula": "", "alt": ""}
    pack = packed_frames(
        {f"[{k}]": {"svg": f"<text>{k}</text>", **frame} for k in (3, 6)}
    )
    show(page, [ranged(9)], [0], pack=pack, offline=True)
    slider = page.locator("input")
    slider.press("ArrowRight")
    expect(page.locator(".live-moving")).to_have_text("3")  # when it is unpacked
    seen = [slider.input_value()]
    for press in ["ArrowRight", "ArrowLeft", "ArrowLeft"]:
        slider.press(press)
        seen.append((picture(page), slider.input_value()))
    assert seen == ["3", ("6", "6"), ("3", "3"), ("first", "0")]


def test_the_cache_is_bounded(page):
    show(page, [ranged(1000)], [0])
    page.evaluate(
        "const big = 'x'.repeat(5e5);"
        "for (let k = 1; k < 40; k++) listeners['msg:custom']({ahead: true, frames:"
        "[[`[${k}]`, {svg: big, formula: '', alt: ''}]]})"
    )
    for k in range(1, 40):
        move(page, k)
        page.evaluate(ANSWER, [[k]])
    # 4 MB hold 7 of these; all the others were dropped and asked for again.
    assert len(requests(page)) >= 30


def test_a_removed_view_leaves_nothing_behind(page):
    show(page, [ranged(9)], [0])
    page.evaluate("stop()")
    assert page.evaluate("Object.keys(listeners)") == []


def test_labels_are_text(page):
    show(page, [{**ranged(9), "label": "<img src=x onerror=alert(1)>"}], [0])
    assert page.locator("img").count() == 0
    assert page.locator("label").text_content().startswith("<img")


def test_both_sides_share_out_the_bars_alike(page):
    show(page, [ranged(2)], [0])
    cases = []

    @settings(max_examples=200, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.integers(0, 100), min_size=2, max_size=8), st.data())
    def gather(percents, data):
        bar = data.draw(st.integers(0, len(percents) - 1))
        cases.append([percents, bar, data.draw(st.integers(0, 100))])

    gather()
    theirs = page.evaluate("cases => cases.map((c) => module.rescale(...c))", cases)
    assert json.dumps(theirs) == json.dumps([rescale(*case) for case in cases])


@pytest.mark.parametrize("theme, light", [("true", True), ("false", False)])
def test_the_track_of_a_slider_has_the_tone_of_the_page(page, theme, light):
    """Authority: the browser's own pixels, at the end that the handle is far from."""
    show(page, [ranged(10)], [0])
    page.evaluate(
        "(theme) => { document.body.dataset.jpThemeLight = theme;"
        " document.body.style.background = theme === 'true' ? '#fff' : '#111'; }",
        theme,
    )
    box = page.locator("input[type=range]").bounding_box()
    clip = {"x": box["x"] + 0.8 * box["width"], "y": box["y"] + box["height"] / 2,
            "width": 4, "height": 1}  # fmt: skip
    pixels = Image.open(io.BytesIO(page.screenshot(clip=clip))).convert("L")
    level = pixels.getpixel((1, 0))
    assert (level > 180) is light and (level < 100) is not light, level


def test_both_sides_pack_frames_alike(page):
    """Authority: Python's packing, which the browser reads and writes."""
    show(page, [ranged(2)], [0])
    frames = {
        f"[{k}]": {"svg": f'<g x="{k / 7:.2f}" y="3"/>' * (1 + k % 2), "alt": f"{k} é",
                   "formula": "" if k else "12"}
        for k in range(9)
    }  # fmt: skip
    read = page.evaluate("(text) => module.unpackedFrames(text)", packed_frames(frames))
    assert read == frames
    written = page.evaluate("(frames) => module.packedFrames(frames)", frames)
    assert unpacked_frames(written) == frames


def test_frames_put_together_at_another_width_are_left_out(page):
    """A page that becomes narrow draws anew; its wide frames would not fit."""
    show(page, [ranged(2)], [0])
    frames = {"[0]": {"svg": '<g x="3"/>', "alt": "a", "formula": ""}}
    for width, read in ((600, frames), (374, {})):
        text = page.evaluate("(frames) => module.packedFrames(frames, 600)", frames)
        ask = "([text, width]) => module.unpackedFrames(text, width)"
        assert page.evaluate(ask, [text, width]) == read
