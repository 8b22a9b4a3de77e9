"""Bayes' rule in a square, against the counts read the other way round."""

import re

import numpy as np
import pytest

from helpers import language
from helpers.figures.probability.bayes import TIMES, Square, reweighted, smudged_word
from helpers.live.style import figure
from helpers.maths import ngrams

VERBS, NEXT = ["went", "came", "ran", "was"], ["home", "there", "away", "happy"]
WORD = language.VOCABULARY.index


@pytest.fixture(scope="module")
def counts():
    return ngrams.pair_counts(language.train(), len(language.VOCABULARY))


@pytest.fixture(scope="module")
def live(counts):
    return smudged_word(counts, language.VOCABULARY, VERBS, NEXT, "came")


@pytest.mark.parametrize("next_word", NEXT)
def test_posterior_is_the_share_in_the_column(live, counts, next_word):
    """Authority: P8, the same table read down its column, without the rule."""
    lines = live.move(next_word=next_word, times=1)
    column = counts[[WORD(v) for v in VERBS], WORD(next_word)]
    share = column / column.sum()
    assert lines[1].startswith(f"P(\\text{{{VERBS[int(share.argmax())]}}}")
    assert float(lines[1].split("= ")[-1]) == pytest.approx(share.max(), abs=0.0005)
    for verb, value in zip(VERBS, share, strict=True):
        assert re.search(rf"{verb} \S+ before and {value:.3f} after", live.alt_text())


@pytest.mark.parametrize("times", TIMES)
def test_more_of_a_word_is_as_if_its_rows_were_repeated(live, counts, times):
    """Authority: the counts of the row itself, times as many."""
    lines = live.move(next_word="home", times=times)
    column = counts[[WORD(v) for v in VERBS], WORD("home")].astype(float)
    column[1] *= times
    share = column / column.sum()
    assert float(lines[1].split("= ")[-1]) == pytest.approx(share.max(), abs=0.0005)
    assert len(lines) == 2


def test_the_lead_changes_hands(live):
    assert "went" in live.move(next_word="home", times=1)[1]
    assert "came" in live.move(next_word="home", times=1.5)[1]
    for times in TIMES:
        assert live.move(next_word="away", times=times)[1].endswith("= 1.000")


def test_every_position_draws(live):
    for k in range(len(NEXT)):
        for t in range(len(TIMES)):
            assert "error" not in live.frame([k, t])


def test_reweighted():
    """By hand: 0.5 and 0.5, the second three times as often."""
    np.testing.assert_allclose(reweighted([0.5, 0.5], 1, 3), [0.25, 0.75])
    np.testing.assert_allclose(reweighted([0.5, 0.5], 1, 0), [1, 0])


def test_filled_areas_are_the_joint_probabilities():
    """By hand: widths times heights."""
    _, ax = figure()
    square = Square(ax, ["a", "b"])
    square.show([0.75, 0.25], [0.2, 0.8])
    areas = [bar.get_width() * bar.get_height() for bar in square.filled]
    assert areas == pytest.approx([0.15, 0.2])
    assert square.filled[1].get_x() == 0.75
