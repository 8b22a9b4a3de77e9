"""Text made fit for a picture. What is expected was read off the Unicode tables."""

import unicodedata

import pytest

from helpers.figures.parts.cells import (
    Labels,
    Stressed,
    board,
    boxes,
    columns,
    cut,
    visible,
)


@pytest.mark.parametrize(
    "token, shown",
    [
        ("a", "a"),
        ("好", "好"),
        (" ", "␣"),
        ("\u200d", "U+200D"),  # joins emoji
        ("\ufe0f", "U+FE0F"),  # makes a sign an emoji
        ("\u0301", "◌\u0301"),  # an accent without its letter
        ("\t", "U+0009"),
        ("\u00a0", "U+00A0"),
        ("\ud83d", "U+D83D"),  # half of an emoji
        ("a b", "a␣b"),
        ("👩\u200d👧", "👩\u200d👧"),
        ("<b>$x$", "<b>$x$"),
    ],
)
def test_visible(token, shown):
    assert visible(token) == shown


def test_every_character_can_be_seen():
    """Authority: unicodedata; a shown character has a category with a shape."""
    for code in [*range(0x3000), *range(0xFE00, 0xFF00), *range(0x1F300, 0x1F700)]:
        for c in visible(chr(code)).lstrip("◌"):
            assert unicodedata.category(c)[0] not in "CZ", f"U+{code:04X}"


@pytest.mark.parametrize(
    "text, wide",
    [("", 0), ("abc", 3), ("今天", 4), ("🐈", 2), ("e\u0301", 1), ("ﾊ", 1)],
)
def test_columns(text, wide):
    assert columns(text) == wide


@pytest.mark.parametrize(
    "text, kept",
    [("short", "short"), ("exactly ten", "exactly t…"), ("今天天气真好", "今天天气…")],
)
def test_cut(text, kept):
    assert cut(text, 10) == kept
    assert columns(kept) <= 10


def test_boxes_stand_where_they_are_told():
    """Authority: Matplotlib's own extents of a path."""
    box = boxes([(10, 20, 30, 5), (100, 20, 10, 40)]).get_extents()
    assert (box.x0, box.y0, box.x1, box.y1) == (10, 20, 110, 60)


def test_labels_forget_what_they_showed():
    fig, ax = board(200, 100)
    labels = Labels(ax)
    labels.show([(10, 20, "one"), (30, 40, "two")])
    labels.show([(50, 60, "three")])
    assert [text.get_text() for text in labels.texts] == ["three", ""]
    assert labels.texts[0].get_position() == (50, 60)


def test_some_texts_are_bold():
    _, ax = board(100, 100)
    words = Stressed(ax, fontsize=12)
    for stressed in ({"b"}, set(), {"a", "b"}):
        words.show({"a": (1, 2, "one"), "b": (3, 4, "two")}, stressed)
        shown = {t.get_text(): t for t in ax.texts if t.get_text()}
        assert sorted(shown) == ["one", "two"]
        assert shown["two"].get_position() == (3, 4)
        for key, name in (("a", "one"), ("b", "two")):
            assert (shown[name].get_weight() == "bold") == (key in stressed)
