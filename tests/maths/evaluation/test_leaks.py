"""Leaks and how they are found.

Authorities: plain Python's tuples and sets, the grammar's own sampling and entropy,
and hypothesis.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import language
from helpers.maths.evaluation import leaks

TEXT = language.train()[:40_000]
STORIES = leaks.cut(language.held_out())[:200]
words = st.lists(st.integers(1, 3), min_size=4, max_size=9)


def plainly(stories, text, n):
    """The share of n-grams that stand in the text, by sets of tuples."""
    text = list(text)
    known = {tuple(text[i : i + n]) for i in range(len(text) - n + 1)}
    shares = []
    for story in stories:
        grams = [tuple(story[i : i + n]) for i in range(len(story) - n + 1)]
        shares.append(sum(gram in known for gram in grams) / len(grams))
    return np.array(shares)


def test_cutting_and_joining():
    assert (
        np.concatenate(leaks.cut(TEXT)) == TEXT[: np.flatnonzero(TEXT == 0)[-1] + 1]
    ).all()
    assert all(story[-1] == 0 and (story[:-1] > 0).all() for story in leaks.cut(TEXT))
    assert leaks.cut([1, 2]) == [] and len(leaks.cut([])) == 0


@pytest.mark.parametrize("n", [1, 2, 3, 8, 9, 10, 13, 20, 29])
def test_found_as_by_tuples(n):
    shares = leaks.found(STORIES, TEXT, n)
    assert shares == pytest.approx(plainly(STORIES, TEXT, n), abs=1e-12)
    assert (leaks.found(STORIES, np.concatenate(STORIES), n) == 1).all()


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=4), words, st.integers(1, 4))
def test_found_in_any_text(stories, text, n):
    assert leaks.found(stories, text, n) == pytest.approx(plainly(stories, text, n))


def test_a_text_shorter_than_n_holds_nothing():
    assert leaks.found([[1, 2, 3, 0]], [1, 2], 3).tolist() == [0]


@pytest.mark.parametrize(
    ("n", "words"), [(0, "at least 1"), (2.5, "whole number"), (30, "has 4 words")]
)
def test_what_cannot_be_searched_for(n, words):
    with pytest.raises(ValueError, match=words):
        leaks.found([[1, 2, 3, 0]], TEXT, n)


def test_standing_as_by_strings():
    """Authority: lines of readable text."""
    text = set(language.text(TEXT).splitlines())
    wanted = [language.text(story) in text for story in STORIES]
    assert leaks.standing(STORIES, TEXT).tolist() == wanted and any(wanted)


@pytest.mark.parametrize("change", leaks.CHANGES)
def test_a_near_duplicate_is_another_possible_story(change):
    """Authority: the grammar, which gives it a probability."""
    for story in STORIES:
        near = leaks.near_duplicate(story, change)
        assert len(near) == len(story) and 0 < (near != story).sum() <= 9
        assert np.isfinite(language.losses(near)).all()
        pairs = {*zip(story.tolist(), near.tolist(), strict=True)}
        assert len({a for a, _ in pairs}) == len(pairs)  # one word for each, everywhere
    if change == "one word":
        assert all((leaks.near_duplicate(s, change) != s).sum() == 1 for s in STORIES)


def test_a_change_that_there_is_not():
    with pytest.raises(ValueError, match='"a name"'):
        leaks.near_duplicate(STORIES[0], "a smell")
    with pytest.raises(ValueError, match="has nothing"):
        leaks.near_duplicate([1, 0], "a name")


def test_every_story_once():
    """Authorities: the entropy by the grammar's nodes, and the sum."""
    p = leaks.story_probabilities()
    assert len(p) == 441_936 and p.sum() == pytest.approx(1, abs=1e-9)
    assert -p @ np.log(p) == pytest.approx(language.entropy_per_story(), abs=1e-9)


def test_stories_that_stand_in_train_by_chance():
    """Authority: what is counted, within four standard errors of what is expected."""
    held_out, text = leaks.cut(language.held_out()), language.train()
    counted = leaks.standing(held_out, text).mean()
    expected = leaks.expected_standing(language.TRAIN_STORIES)
    error = np.sqrt(expected * (1 - expected) / len(held_out))
    assert abs(counted - expected) < 4 * error
    assert leaks.expected_standing(1) == pytest.approx(
        (leaks.story_probabilities() ** 2).sum(), rel=1e-6
    )
