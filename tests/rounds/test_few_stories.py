"""Rounds on ten stories.

Authority: the stories, read off by eye (“red” came before doll 4 times, drum 3, flag
2), and the counted bigram.
"""

import numpy as np
import pytest

from helpers import language
from helpers.maths import ngrams
from helpers.rounds.few_stories import (
    OTHER,
    first_after,
    never_seen,
    on_few_stories,
    tables,
)

NAMES = ["10 stories, 30 steps", "10 stories, 200 steps", "20,000 stories"]


def test_the_rounds_say_what_the_stories_hold():
    red = on_few_stories()[2]
    assert red.said == (
        "In ten stories, after “red” came: doll 4 times, drum 3 times, flag twice. "
        "Now a new story: red …"
    )
    assert red.words == ["doll", "drum", "flag", OTHER]


def test_what_came():
    """Authority: the first held-out stories, read by eye."""
    assert [first_after(w) for w in ("red", "tom", "little")] == ["kite", "and", "blue"]
    came = [one.words[one.truth] for one in on_few_stories()]
    assert came == ["the", "a", OTHER, OTHER]


def test_each_model_gives_what_its_table_says():
    """Authority: the bigram counted from the whole text."""
    played, ids = tables(), language.VOCABULARY.index
    table = ngrams.bigram(language.train(), len(language.VOCABULARY)).table
    np.testing.assert_allclose(played[NAMES[2]], table)
    to, *_, tom = on_few_stories()
    assert list(to.models) == NAMES
    assert to.models[NAMES[2]] == pytest.approx(table[ids("to"), ids("the")])
    seen = [ids(w) for w in (".", "was", "took", "went", "ran", "gave")]
    assert tom.models[NAMES[2]] == pytest.approx(1 - table[ids("tom"), seen].sum())


def test_the_longer_learnt_the_less_is_left_for_the_unseen():
    for one in on_few_stories()[2:]:
        soon, late, all_ = (one.models[name] for name in NAMES)
        assert late < 0.01 < 0.05 < soon and late < all_


def test_the_share_never_seen():
    """Authority: the held-out text walked word by word."""
    first = language.train()[: np.flatnonzero(language.train() == 0)[9] + 1]
    seen = set(zip(np.r_[0, first[:-1]].tolist(), first.tolist(), strict=True))
    text = language.held_out()
    pairs = zip(np.r_[0, text[:-1]].tolist(), text.tolist(), strict=True)
    missed = [pair not in seen for pair in pairs]
    assert never_seen() == pytest.approx(np.mean(missed))
    assert 0.2 < never_seen() < 0.3
