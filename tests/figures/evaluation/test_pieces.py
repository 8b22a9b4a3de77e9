"""A sentence in pieces. Authority: the exact grammar and the counted bigram by hand."""

import math
import re

import numpy as np
import pytest

from helpers import language
from helpers.figures.evaluation.pieces import CUTS, NAMES, TEXT, WORDS, cut_in_pieces
from helpers.maths import ngrams
from tests.pictures import crowded

COUNT = dict(zip(CUTS, (28, 7, 4, 1), strict=True))


@pytest.fixture(scope="module")
def live():
    return cut_in_pieces()


def nats(model):
    """−ln of the product of the words' probabilities."""
    p, before = 1.0, 0
    table = ngrams.bigram(language.train(), 96).table
    for n, word in enumerate(WORDS):
        i = language.VOCABULARY.index(word)
        row = language.next_word(WORDS[:n]) if model == "grammar" else table[before]
        p, before = p * row[i], i
    return -math.log(p)


def test_areas_can_be_compared_from_words_on(live):
    tops = []
    for cut in CUTS:
        live.move(cut=cut)
        tops.append(live._fig.axes[0].get_ylim()[1])
    assert tops[0] > tops[1] == tops[2] == tops[3]
    highest = [nats(model) / np.log(2) / len(TEXT) for model in NAMES]
    assert tops[1] < 4 * max(highest)  # most of the height is used


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("model", NAMES)
@pytest.mark.parametrize("cut", CUTS)
def test_digits_and_area(live, cut, model, narrow):
    live.lay_out(narrow)
    first, second = live.move(cut=cut, model=model)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    total, K = nats(model), COUNT[cut]
    shown = float(first.split("= ")[-1])
    assert shown == pytest.approx(math.exp(total / K), abs=0.51 if K == 1 else 0.0051)
    mean = total / math.log(2) / 28
    assert float(re.search(r"= (\d\.\d{3})\\text", second)[1]) == pytest.approx(
        mean, abs=5e-4
    )
    path = live._fig.axes[0].patches[0].get_path()
    bottom, top = live._fig.axes[0].get_ylim()
    boxes = path.vertices.reshape(-1, 5, 2)  # (K, corners, 2)
    sides = boxes[:, 2] - boxes[:, 0]
    assert bottom == 0 and sides[:, 1].max() < top
    assert len(boxes) == K and sides[:, 0].sum() == len(TEXT)
    assert np.prod(sides, axis=1).sum() == pytest.approx(total / math.log(2))
