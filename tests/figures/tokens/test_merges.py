"""Merges as they are drawn, against a byte-pair encoding by text replacement."""

import re
from collections import Counter

import pytest

from helpers.figures.tokens.merges import (
    ROW,
    ROWS,
    clean,
    fitting,
    label,
    places,
    watch_merges,
)
from helpers.maths.tokens import bpe_pieces, bpe_steps, text_bytes

WOOD = "how much wood would a woodchuck chuck if a woodchuck could chuck wood"
FOUR = "四是四，十是十，十四是十四，四十是四十"


def by_replacement(text, merges):
    """Authority: pieces joined as text, each one a private character at first."""
    pieces = [bytes([b]) for b in text.encode("utf-8")]
    for _ in range(merges):
        pairs = Counter(zip(pieces, pieces[1:], strict=False))
        if not pairs or max(pairs.values()) < 2:
            break
        left, right = max(pairs, key=pairs.get)
        done, rest = [], pieces
        while rest:
            if rest[:2] == [left, right]:
                done, rest = [*done, left + right], rest[2:]
            else:
                done, rest = [*done, rest[0]], rest[1:]
        pieces = done
    return pieces


@pytest.mark.parametrize("text", [WOOD, FOUR, "aaaa", "🐈🐈🐈", "no two", ""])
@pytest.mark.parametrize("merges", [0, 1, 3, 10, 16])
def test_the_formula_counts(text, merges):
    lines = watch_merges().move(text=text, merges=merges)
    now = by_replacement(text, merges)
    numbers = [int(n) for n in re.findall(r"\d+", lines[1])]
    V = len({piece for k in range(merges + 1) for piece in by_replacement(text, k)
             if len(piece) > 1})  # fmt: skip
    assert len(lines) == 2
    assert numbers[-1] == 256 + V
    assert f"{len(now)}\\text{{ token{'s' * (len(now) != 1)}, " in lines[1]


def test_the_first_merges_of_the_prose():
    """Read off by hand: uc stands five times, and 四 is whole after two merges."""
    first, second = watch_merges().move(text=WOOD, merges=1)
    assert r"(117,\ 99)\text{ stands 5 times, and becomes }256" in first
    assert second.startswith("69 - 5 = 64")
    steps = bpe_steps(text_bytes(FOUR), 2)
    merges = {step.pair: step.new for step in steps}
    assert [label(p) for p in bpe_pieces([256, 257], merges)] == ["229 155", "四"]


def test_pairs_that_overlap():
    """In aaaa the pair stands three times, and two merges use up all four."""
    first, second = watch_merges().move(text="aaaa", merges=1)
    assert "stands 3 times" in first
    assert second.startswith("4 - 2 = 2")


def test_at_the_end_it_says_that_nothing_is_left():
    first, _ = watch_merges().move(text=WOOD, merges=16)
    assert "nothing is left to merge" in first


@pytest.mark.parametrize("text", [WOOD, FOUR, "👨\u200d👩\u200d👧" * 9, "é" * 70, ""])
def test_no_character_stands_across_two_rows(text):
    kept, left = fitting(text)
    at = places(kept)
    assert len(at) == len(kept.encode("utf-8")) and len(kept) + left == len(text)
    assert all(row < ROWS and column < ROW for row, column in at)
    assert len(set(at)) == len(at)
    first = 0
    for c in kept:
        size = len(c.encode("utf-8"))
        assert len({row for row, _ in at[first : first + size]}) == 1
        first += size


def test_what_has_no_room_is_told():
    figure = watch_merges()
    frame = figure.frame(["x" * 120, 0])
    assert f"the last {120 - ROW * ROWS} characters" in frame["svg"]


def test_half_a_character_is_replaced():
    assert clean("a\ud83db") == "a?b"


def test_markup_is_text():
    frame = watch_merges().frame(["<b><b><b>", 16])
    assert "<b>" not in frame["svg"] and "error" not in frame
