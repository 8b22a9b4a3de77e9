"""Marks and ranks. Authority: scipy.stats.spearmanr and rankdata."""

import re

import numpy as np
import pytest
from scipy.stats import rankdata, spearmanr

from helpers.figures.evaluation.endings import (
    KITE,
    KITE_END,
    TEN,
    log_probability,
    ten_scores,
)
from helpers.figures.evaluation.ranking import FAR, HIDDEN, LETTERS, rank_ten
from tests.pictures import crowded

MARKS = [
    dict(zip(LETTERS, marks, strict=True))
    for marks in (
        [10, 3, 4, 4, 10, 9, 1, 8, 9, 5],
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        [5, 5, 5, 5, 5, 5, 5, 5, 5, 6],
    )
]


@pytest.fixture(scope="module")
def live():
    return rank_ten()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("marks", MARKS)
def test_what_is_shown(live, marks, narrow):
    live.lay_out(narrow)
    (line,) = live.move(others=True, **marks)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    mine, scores = np.array(list(marks.values())), ten_scores()
    wanted = [spearmanr(mine, rankdata(one)).statistic for one in scores.values()]
    shown = [float(x) for x in re.findall(r"-?\d\.\d\d", line)]
    assert shown == pytest.approx(wanted, abs=0.0051)
    ax = live._fig.axes[0]
    ranks = np.array([rankdata(-x) for x in (mine, *scores.values())])  # (4, 10)
    texts = [t for t in ax.texts if t.get_animated() and t.get_text()]
    assert [float(t.get_text()) for t in texts] == ranks.ravel().tolist()
    framed = (abs(ranks - ranks[0]) >= FAR).sum()
    (frames,) = [one for one in ax.patches if one.get_animated()]
    assert len(frames.get_path().vertices) // 5 == framed
    alt = live.alt_text()
    assert all(
        f"{x}, marked {marks[x]}: {TEN[k]}" in alt for k, x in enumerate(LETTERS)
    )
    dots = [strip.lines[1].get_xdata()[0] for strip in live._fig.axes[1:]]
    assert dots == list(marks.values())


def test_hidden_at_first_and_when_asked(live):
    for state in ({}, MARKS[0]):
        (line,) = live.move(others=False, **state)
        assert line == HIDDEN
        live.frame(live.state)
        shown = [t for t in live._fig.axes[0].texts if t.get_animated()]
        assert not any(text.get_text() for text in shown)


def test_equal_marks_have_a_sentence(live):
    (line,) = live.move(others=True, **dict.fromkeys(LETTERS, 7))
    assert "all equal: they put nothing in order" in line
    assert "error" not in live.frame(live.state)


def test_each_mark_can_be_dragged(live):
    live.lay_out(False)
    assert [drag["x"] for drag in live.drags] == list(range(len(LETTERS)))
    boxes = [drag["box"] for drag in live.drags]
    for one, other in zip(boxes, boxes[1:], strict=False):
        assert one[1] + one[3] < other[1]  # each has a strip of its own


def test_what_the_text_says():
    """The two overlaps agree, and put impossible ends above the possible ones."""
    scores = ten_scores()
    order = {name: rankdata(-one) for name, one in scores.items()}
    both = spearmanr(order["BLEU"], order["ROUGE-L"]).statistic
    truth = spearmanr(order["BLEU"], order["grammar"]).statistic
    assert both > 0.9 and truth < -0.2
    assert np.isfinite(scores["grammar"]).sum() == 4
    assert log_probability(KITE_END, KITE) > -np.inf and len(set(TEN)) == 10
    assert not np.isfinite(scores["grammar"][order["BLEU"] <= 4]).any()
