"""The network's rows and its learning curves.

Authority: scipy's relative entropy, the counted bigram, and the entropy plus KL that
a loss is made of (E7).
"""

import re

import numpy as np
import pytest
from scipy.stats import entropy

from helpers import language
from helpers.figures.training.learning import (
    STEPS,
    STORIES,
    WORDS,
    curves,
    entropy_of_text,
    few_stories,
    losses,
    pair_counts,
    row,
    watch_row,
)
from helpers.maths import ngrams

V = len(language.VOCABULARY)


def test_counts_of_the_first_stories():
    for stories in (3, 20_000):
        assert pair_counts(stories)[:, 0].sum() == stories
    counts = ngrams.pair_counts(language.train(), V)
    np.testing.assert_array_equal(pair_counts(), counts)


def test_the_loss_is_entropy_plus_kl():
    """E7, summed over the rows, each by its share of the text."""
    counts = pair_counts()
    before = counts.sum(axis=1) / counts.sum()
    base = sum(b * entropy(c) for b, c in zip(before, counts, strict=True))
    assert entropy_of_text() == pytest.approx(base)
    model = ngrams.bigram(language.train(), V)
    assert entropy_of_text() == pytest.approx(model.loss(language.train()))
    assert losses()[0] == pytest.approx(np.log(V))
    assert (np.diff(losses()) < 0).all() and 0 < losses()[-1] - base < 1e-3


@pytest.mark.parametrize("previous", WORDS)
@pytest.mark.parametrize("step", [0, 30, 1000])
def test_the_digits_of_a_row(previous, step):
    live = watch_row()
    first, second = live.move(previous=previous, step=step)
    assert "error" not in live.frame(live.state)
    shares, p = row(previous, step)
    assert p.sum() == pytest.approx(1)
    kl = float(re.search(r"= (\d+\.\d+)", first).group(1))
    assert kl == pytest.approx(entropy(shares, p), abs=5e-4)
    base, rest, loss = map(float, re.findall(r"\d+\.\d+", second))
    assert base + rest == pytest.approx(loss, abs=0.0015)
    assert loss == pytest.approx(losses()[STEPS.index(step)], abs=5e-4)


@pytest.mark.parametrize("stories", STORIES)
@pytest.mark.parametrize("step", [0, 50, 200])
def test_the_digits_of_the_curves(stories, step):
    live = few_stories()
    first, second = live.move(stories=stories, step=step)
    assert "error" not in live.frame(live.state)
    train, held = curves(stories)
    numbers = list(map(float, re.findall(r"-?\d+\.\d+", first)))
    assert numbers == pytest.approx([held[step], train[step], held[step] - train[step]],
                                    abs=6e-4)  # fmt: skip
    assert f"{held.min():.3f}, at step {held.argmin()}" in second


def test_more_stories_close_the_gap():
    gaps = [curves(n)[1][-1] - curves(n)[0][-1] for n in STORIES]
    assert (np.diff(gaps[:5]) < 0).all() and gaps[0] > 2
    assert max(np.abs(gaps[4:])) < 0.01
    for stories in STORIES[:4]:
        held = curves(stories)[1]
        assert held.argmin() < 200 and held[-1] > held.min()  # it turns back
