"""Where the mask stands, and who leaks.

Authority: torch's softmax over the two axes, with masked_fill and with tril; and
each weight written out as a quotient.
"""

import itertools
import re

import numpy as np
import pytest
import torch

from helpers.figures.attention.mask import (
    AFTER,
    ALONG,
    BEFORE,
    DOWN,
    NONE,
    OTHER,
    SCORES,
    SWAPPED,
    WORDS,
    mask_the_future,
    moved,
    tables,
)
from tests.pictures import crowded

EVERY = list(itertools.product((BEFORE, AFTER, NONE), (ALONG, DOWN), (False, True)))


@pytest.fixture(scope="module")
def live():
    return mask_the_future()


def by_torch(scores, mask, axis):
    z = torch.tensor(scores)
    ahead = torch.ones(z.shape).triu(1).bool()
    if mask == BEFORE:
        z = z.masked_fill(ahead, -torch.inf)
    weights = z.softmax(1 if axis == ALONG else 0)
    return (weights.tril() if mask == AFTER else weights).numpy()


@pytest.mark.parametrize("mask, axis, other", EVERY)
def test_weights(mask, axis, other):
    scores = SWAPPED if other else SCORES
    _, weights = tables(scores, mask, axis)
    assert weights == pytest.approx(by_torch(scores, mask, axis), abs=1e-12)


def test_only_one_way_keeps_the_future_out():
    """The last word moves the last row alone under −∞ along the row, to the last bit;
    everywhere else some earlier row moves."""
    for mask, axis in {pair[:2] for pair in EVERY}:
        early = moved(mask, axis)[:-1].any()
        assert early != ((mask, axis) == (BEFORE, ALONG)), (mask, axis)
        assert moved(mask, axis)[-1].any()


def test_made_to_sum_to_1_again_it_is_the_same():
    _, weights = tables(SCORES, AFTER, ALONG)
    again = weights / weights.sum(axis=1, keepdims=True)
    assert again == pytest.approx(tables(SCORES, BEFORE, ALONG)[1], abs=1e-12)
    assert (weights.sum(axis=1)[:-1] < 1).all()


def test_the_last_word_alone_was_swapped():
    same = SCORES == SWAPPED
    assert same[:-1, :-1].all() and not same[-1].any() and not same[:, -1].any()


@pytest.mark.parametrize("mask, axis, other", EVERY)
def test_what_is_shown(live, mask, axis, other):
    first, second = live.move(mask=mask, axis=axis, other=other)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    weights = by_torch(SWAPPED if other else SCORES, mask, axis)
    last = live._fig.axes[3]
    shown = {}
    for text in last.texts:
        if text.get_text():
            x, y = text.get_position()
            shown[round(y, 1), round(x, 1)] = text.get_text()
    for i, j in itertools.product(range(5), range(5)):
        assert float(shown[i, j]) == pytest.approx(weights[i, j], abs=0.0051)
        assert (shown[i, j] == "0") == (weights[i, j] == 0)
    frames = [len(ax.patches[-1].get_path().vertices) // 5 for ax in live._fig.axes]
    pairs = zip(*(tables(z, mask, axis) for z in (SCORES, SWAPPED)), strict=True)
    ready, weighted = ((was != now).sum() * other for was, now in pairs)
    assert frames == [(SWAPPED != SCORES).sum() * other, 0, ready, weighted]
    sums = [float(shown[i, 5.1]) for i in range(5)]
    assert sums == pytest.approx(weights.sum(axis=1), abs=0.0051)
    assert (OTHER in shown.values()) == other == (WORDS[-1] not in shown.values())
    top, below = re.search(r"\} e\^\{(.*?)\} / \((.*)\) = ", first).groups()
    total = sum(np.exp(float(x)) for x in re.findall(r"\{(.*?)\}", below))
    assert np.exp(float(top)) / total == pytest.approx(weights[2, 0], abs=1e-9)
    assert float(first.split("= ")[-1]) == pytest.approx(weights[2, 0], abs=0.0051)
    if other:
        assert ("no word has read" in second) == ((mask, axis) == (BEFORE, ALONG))
