"""The noise of the gradient against batch size.

Authority: the law 1/√B for means of independent draws, and the exact variance.
"""

import re

import numpy as np
import pytest

from helpers import language
from helpers.figures.training.batches import (
    SIZES,
    batch_noise,
    batch_slopes,
    fitted_power,
    full_slopes,
    noise_of_one,
    noises,
    seconds_a_word,
    text_pairs,
    time_a_word,
)

V = len(language.VOCABULARY)


def test_noise_of_one_word():
    """Authority: the variance over all words of the text, pair by pair."""
    previous, words = text_pairs()
    pairs, times = np.unique(previous * V + words, return_counts=True)
    total = 0.0
    for pair, count in zip(pairs, times, strict=True):
        g = np.zeros((V, V))
        g[pair // V] = 1 / V
        g[pair // V, pair % V] -= 1
        total += count * np.sum((g - full_slopes()) ** 2)
    assert noise_of_one() == pytest.approx(np.sqrt(total / len(words)))


def test_noise_falls_with_the_root_of_the_batch():
    measured, clouds = noises()
    assert fitted_power() == pytest.approx(-0.5, abs=0.02)
    assert measured == pytest.approx(noise_of_one() / np.sqrt(SIZES), rel=0.03)
    assert clouds.shape == (len(SIZES), 80, 2)


def test_batches_of_everything_are_right_on_average():
    rng = np.random.default_rng(1)
    mean = np.mean([batch_slopes(4096, rng) for _ in range(50)], axis=0)
    assert np.abs(mean - full_slopes()).max() < 0.002


@pytest.mark.parametrize("batch", SIZES)
def test_the_digits_shown(batch):
    live = batch_noise()
    (shown,) = live.move(batch=batch)
    assert "error" not in live.frame(live.state)
    law, measured = map(float, re.findall(r"(?:= |measured: \} )(\d\.\d+)", shown))
    assert law == pytest.approx(noise_of_one() / batch**0.5, abs=5e-4)
    assert measured == pytest.approx(law, rel=0.05)
    assert f"batches of {batch:,} words" in live.alt_text()


def test_many_words_at_once_are_quicker():
    """A word of 1,024 takes far less than a word alone: 3 stands for some hundred."""
    assert seconds_a_word(1) > 3 * seconds_a_word(1024) > 0
    alt = time_a_word((1, 2)).alt_text()
    assert not any(c.isdigit() for c in alt)  # measured, so not compared
