"""The map of words, against scipy's cosine."""

import re

import pytest
from scipy.spatial.distance import cosine as cosine_distance

from helpers.figures.tokens.word_map import CHINESE, WEATHER, place_a_word


@pytest.mark.parametrize("at", [(-4.5, -3), (4.5, 3), (1, -0.5)])
def test_bars_and_formula(at):
    """T5. Every bar and the formula show scipy's cosine."""
    figure = place_a_word()
    for other, place in WEATHER.items():
        last = figure.move(x=at[0], y=at[1], other=other)[2]
        shown = float(re.search(r"\) = (-?[\d.]+)", last)[1])
        assert shown == pytest.approx(1 - cosine_distance(at, place), abs=5.01e-4)
    bars = figure._fig.axes[1].patches
    assert [bar.get_width() for bar in bars] == pytest.approx(
        [1 - cosine_distance(at, place) for place in WEATHER.values()]
    )


def test_the_origin_has_no_direction():
    figure = place_a_word()
    lines = figure.move(x=0, y=0)
    assert "no direction" in lines[2] and len(lines) == 3
    assert {text.get_text() for text in figure._fig.axes[1].texts} == {"none"}


def test_good_and_awful_are_opposite():
    """The prose says so: −1."""
    assert cosine_distance(WEATHER["good"], WEATHER["awful"]) == pytest.approx(2)


def test_something_like_sunny_has_nothing_to_do_with_cool():
    """The prose asks for such a place: there is one on the sliders' grid."""
    grid = [(x / 2, y / 2) for x in range(-9, 10) for y in range(-6, 7) if x or y]
    assert any(
        1 - cosine_distance(at, WEATHER["sunny"]) > 0.9
        and abs(1 - cosine_distance(at, WEATHER["cool"])) < 0.05
        for at in grid
    )


@pytest.mark.parametrize("word", ["", "<b>$x$</b>", "多云", "x" * 50])
def test_any_word_can_be_placed(word):
    figure = place_a_word()
    figure.move(word=word)
    frame = figure.frame(figure.state)
    assert "error" not in frame and "<b>" not in frame["svg"]


def test_every_word_has_its_translation():
    assert CHINESE.keys() == WEATHER.keys()
