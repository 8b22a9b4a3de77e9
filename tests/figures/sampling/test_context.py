"""Windows over a text: what they keep, and what they cost.

Authorities: counting by hand on short texts, scipy's entropy, the prose's rhyme, and
torch's own count of a model's weights.
"""

from collections import Counter

import numpy as np
import pytest
from scipy.stats import entropy

from helpers.figures.sampling.context import (
    LINE,
    LONGEST,
    Page,
    multiplications,
    next_letters,
    seconds_per_word,
    slide_window,
    time_against_context,
    window_floor,
    window_losses,
)
from helpers.live.style import figure
from helpers.maths.models import WindowMLP
from tests.pictures import crowded

RHYME = (
    "humpty dumpty sat on a wall humpty dumpty had a great fall "
    "all the kings horses and all the kings men couldnt put humpty together again."
)


@pytest.fixture(scope="module")
def sliding():
    return slide_window(RHYME)


def test_next_letters_by_hand():
    assert next_letters("abab", 1) == {"·": {"a": 1}, "a": {"b": 2}, "b": {"a": 1}}
    assert next_letters("ab", 2) == {"··": {"a": 1}, "·a": {"b": 1}}


@pytest.mark.parametrize("K", [1, 2, 12, 20])
def test_floor_is_a_conditional_entropy(K):
    """Authority: H(window, next) − H(window), by scipy's entropy."""
    padded = "#" * K + RHYME
    places = range(len(RHYME))
    both = Counter(padded[t : t + K + 1] for t in places)
    alone = Counter(padded[t : t + K] for t in places)
    wanted = entropy(list(both.values())) - entropy(list(alone.values()))
    assert window_floor(RHYME, K) == pytest.approx(wanted, abs=1e-12)


def test_twelve_letters_leave_four_places_open():
    """By hand: two windows, each followed by two different letters."""
    assert window_floor(RHYME, 12) == pytest.approx(4 * np.log(2) / len(RHYME))
    assert window_floor(RHYME, 15) > 0 == window_floor(RHYME, 16)


@pytest.mark.parametrize("place", [1, 15, 29, len(RHYME)])
@pytest.mark.parametrize("K", [1, 12, 15, LONGEST])
def test_the_digits_shown(sliding, place, K):
    """Authority: str.count on the padded rhyme, and the floor."""
    first, second = sliding.move(place=place, K=K)
    assert "error" not in sliding.frame(sliding.state)
    padded, t = "#" * K + RHYME, place - 1
    window, letter = padded[t : t + K], RHYME[t]
    same = [i for i in range(len(RHYME)) if padded[i : i + K] == window]
    hits = sum(RHYME[i] == letter for i in same)
    assert rf"\frac{{{hits}}}{{{len(same)}}}" in first
    assert float(first.split("= ")[-1]) == pytest.approx(
        -np.log(hits / len(same)), abs=0.0005
    )
    assert float(second.rpartition("}")[2]) == pytest.approx(
        window_floor(RHYME, K), abs=0.00005
    )


def test_a_window_over_a_line_s_end_is_framed_twice():
    fig, ax = figure()
    page = Page(ax, RHYME)
    assert page.strips(0, 5) == [(0, 0.0, 5, 1.1)]
    parts = page.strips(LINE - 4, LINE + 3)
    assert [part[2] for part in parts] == [4, 3]
    assert page.strips(-6, 2) == [(0, 0.0, 2, 1.1)]
    assert page.strips(-6, 0) == []


def test_window_losses_tells_nothing_that_varies():
    shown = window_losses({2: 0.78, 4: 0.54, 16: 0.46}, 0.34, bigram=1.355)
    assert "0.78" not in shown.alt_text() and "0.34" in shown.alt_text()
    assert window_losses({2: 0.7, 4: 0.5}, 0.3).alt_text()
    both = window_losses({2: 0.78, 4: 0.54}, 0.34, floors={2: 0.773, 4: 0.528})
    assert "each window allows: 0.773, 0.528." in both.alt_text()
    assert not crowded(both._fig)


def test_multiplications_are_the_weights_that_meet():
    """Authority: each weight of torch's two layers multiplies once, biases do not."""
    model = WindowMLP(window=7)
    layers = model.hidden.weight.numel() + model.head.weight.numel()
    assert multiplications(7) == layers
    assert multiplications(256) == 13 * multiplications(16)


def test_time_is_measured_and_not_told():
    assert seconds_per_word(2) > 0
    alt = time_against_context((2, 4)).alt_text().replace("window of 2", "")
    assert not any(c.isdigit() for c in alt)
