"""The controls. Authority: arithmetic on whole percents, by exact fractions."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.live import Bars, Choice, Slider, Text, Toggle, counted
from helpers.live.controls import rescale

percents = (
    st.lists(st.integers(0, 100), min_size=2, max_size=8)
    .filter(sum)
    .map(lambda raw: _to_hundred(raw))
)


def _to_hundred(raw):
    shares = [x * 100 // sum(raw) for x in raw]
    shares[0] += 100 - sum(shares)
    return shares


@given(percents, st.data())
def test_rescale_keeps_the_sum_and_the_proportions(start, data):
    bar = data.draw(st.integers(0, len(start) - 1))
    percent = data.draw(st.integers(0, 100))
    after = rescale(start, bar, percent)
    assert after[bar] == percent and sum(after) == 100 and min(after) >= 0
    rest = 100 - start[bar]
    for i, old in enumerate(start):
        if i != bar and rest:
            exact = Fraction(old * (100 - percent), rest)
            assert abs(after[i] - exact) < 1


def test_rescale_of_p1_by_hand():
    # P1 with 好 raised from 40 to 70: 30/60 of the rest is left, 15, 7.5, 5, 2.5.
    assert rescale([40, 30, 15, 10, 5], 0, 70) == [70, 15, 8, 5, 2]


def test_a_rest_of_zeros_is_shared_out_evenly():
    assert rescale([100, 0, 0], 0, 40) == [40, 30, 30]


def test_setting_a_bar_to_where_it_stands_changes_nothing():
    assert rescale([40, 30, 15, 10, 5], 2, 15) == [40, 30, 15, 10, 5]


def test_slider_values_are_as_written():
    # 0.1 * 3 is 0.30000000000000004; a reader sees and gets 0.3.
    slider = Slider(0, 1, 0.1, 0.3, "x")
    assert slider.value(slider.initial) == 0.3
    assert slider.texts[3] == "0.3"
    assert len(slider.along()) == 11
    assert Slider(-1, 1, 0.25, 0, "x").texts[0] == "−1.00"


def test_about_a_hundred_states_travel_along():
    states = Slider(0, 1000, 1, 555, "k").along()
    assert len(states) <= 102 and {0, 555, 1000} <= set(states)
    bars = Bars(["a", "b"], [41, 59], "p").along()
    assert [0, 100] in bars and [100, 0] in bars and len(bars) == 2 * 51


def test_whole_sliders_give_whole_numbers():
    assert [type(v) for v in Slider(1, 3, 1, 1, "n").values] == [int] * 3


def test_listed_slider_and_choice():
    slider = Slider.over([1, 10, 10_000], 10, "samples")
    assert slider.texts == ["1", "10", "10,000"]
    assert slider.value(2) == 10_000
    choice = Choice(["red", "blue"], "blue", "colour")
    assert choice.initial == 1 and choice.value(0) == "red"
    assert Toggle(True, "on").value(0) is False


def test_units_and_counts_by_how_many_there_are():
    told = Slider(0, 2, 1, 1, "step", ("word", "words")).told()
    assert told == ["0 words", "1 word", "2 words"]
    assert Slider(0, 90, 45, 0, "angle", "°").told() == ["0 °", "45 °", "90 °"]
    assert Slider(0, 1, 1, 0, "x").spec()["texts"] == ["0", "1"]
    assert counted(1, "story", "stories") == "1 story"
    assert counted(0, "story", "stories") == "0 stories"
    assert counted(1200, "word") == "1,200 words"


def test_a_state_outside_is_kept_inside():
    assert Slider(0, 5, 1, 0, "x").value(99) == 5
    assert Slider(0, 5, 1, 0, "x").value(-3) == 0


def test_text_is_cut_and_stays_text():
    text = Text("hi", "type", longest=4)
    assert text.value("<script>") == "<scr"


def test_bars_give_probabilities():
    bars = Bars(["a", "b"], [40, 60], "p")
    assert list(bars.value(bars.initial)) == [0.4, 0.6]
    assert bars.state([0.29, 0.71]) == [29, 71]  # 0.29 * 100 is 28.999999999999996


@pytest.mark.parametrize(
    ("build", "says"),
    [
        (lambda: Slider(1, 1, 1, 1, "x"), "low < high"),
        (lambda: Slider(0, 1, 0, 0, "x"), "step above 0"),
        (lambda: Slider(0, 1, 0.1, 2, "x"), "goes from 0.0 to 1.0"),
        (lambda: Choice(["a"], "b", "x"), "no option 'b'"),
        (lambda: Bars(["a", "b"], [40, 40], "p"), "sum to 100"),
        (lambda: Bars(["a", "b"], [100], "p"), "2 whole percents"),
    ],
)
def test_bad_settings_say_what_is_wanted(build, says):
    with pytest.raises(ValueError, match=says):
        build()
