"""Tokens against characters. Authority: the encoding itself, and counting."""

import pytest

from helpers.figures.tokens.lengths import (
    SMALL,
    WIDE,
    count_tokens,
    token_places,
)
from helpers.maths.tokens import bpe_train, bpe_train_words
from tests.pictures import crowded


def test_both_counts():
    live = count_tokens(bpe_train("abababab", 2), ["abab", "天"])
    for text, characters, tokens in [("abab", 4, 1), ("ab", 2, 1), ("ba", 2, 2),
                                     ("天", 1, 3), ("", 0, 0)]:  # fmt: skip
        (line,) = live.move(text=text)
        assert f"characters: }}{characters} " in line and f"tokens: }}{tokens} " in line
        assert "error" not in live.frame(live.state)


@pytest.mark.parametrize("width, rows, _", [WIDE, SMALL])
@pytest.mark.parametrize("label", ["a", "word", "天天", "long" * 40])
def test_tokens_stand_beside_and_below_each_other(width, rows, _, label):
    places = token_places([label] * 200, width, rows)
    assert {row for row, _, _ in places} == set(range(rows))
    for (row, x, wide), (below, start, _) in zip(places, places[1:], strict=False):
        assert x + wide < width and (below > row or start > x + wide)


def test_ids_stand_beneath_their_tokens_and_in_the_vocabulary():
    """Authority: the merges by hand: ab is 256, and abab, which no space is in, 257."""
    live = count_tokens(bpe_train_words("abab abab", 2), ["abab ab"], browse=True,
                        words=True)  # fmt: skip
    assert live.values["first"] == 256  # the first merge
    live.move(text="abab x", first=240)
    frame = live.frame(live.state)
    for word in (">257<", ">abab<", ">32<", ">␣<", ">120<", ">x<"):
        assert word in frame["svg"], word
    assert "256 ab, 257 abab." in frame["alt"]
    assert not crowded(live._fig)


def test_more_than_has_room_is_said():
    live = count_tokens({}, ["天" * 100])
    frame = live.frame(live.state)
    shown = len(token_places(["<E5>"] * 300, *WIDE[:2]))
    assert f">and {300 - shown} more<" in frame["svg"]
