"""What the pictures of tokens show, against str.split, scipy and rows T1 and T3."""

import itertools
import re

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from helpers.figures.parts.cells import board
from helpers.figures.tokens.texts import (
    ROWS,
    WIDE,
    OneHots,
    two_numberings,
    type_a_text,
)

TYPED = [
    ("the cat and the dog", "words"),
    ("the cat and the dog", "characters"),
    ("今天天气真好", "words"),
    ("今天天气真好", "characters"),
    ("👨\u200d👩\u200d👧 ♥\ufe0f नमस्ते שלום", "characters"),
    ("<script>alert(1)</script> $x_1$ \\frac &amp;", "words"),
    ("one " * 40, "words"),
    ("abcdefghijklmnopqrstuvwxyz" * 6, "characters"),
    ("", "words"),
    ("   ", "words"),
    ("\ud83d", "characters"),
]


@pytest.mark.parametrize("text, by", TYPED)
def test_the_formula_counts_tokens_and_vocabulary(text, by):
    """Authority: Python's own split and set."""
    text = text[:160]
    tokens = text.split() if by == "words" else list(text)
    N, V = len(tokens), len(set(tokens))
    ids, numbers = type_a_text().move(text=text, by=by)
    assert rf"{N} \times {V} = {N * V}" in numbers
    assert f"}}{N}\\text{{ {'is' if N == 1 else 'are'} 1}}" in numbers
    shown = [int(n) for n in re.findall(r"\d+", ids)]
    first = {}
    for token in tokens:
        first.setdefault(token, len(first))
    assert shown == [first[token] for token in tokens][:16]
    assert (r"\dots" in ids) == (N > 16)


def drawn(tokens):
    """(ids as drawn, places of the 1s, remarks) of a static picture."""
    _, ax = board(860, 400)
    picture = OneHots(ax)
    picture.show(tokens)
    ids = [int(t.get_text()) for t in picture.ids.texts if t.get_text()]
    heads = {t.get_position()[0]: int(t.get_text()) for t in picture.heads.texts}
    ones = [heads[t.get_position()[0]] for t in picture.digits.texts if t.get_text()]
    assert {t.get_text() for t in picture.digits.texts} <= {"1", ""}
    return ids, ones, "".join(t.get_text() for t in picture.notes.texts)


def test_each_row_has_its_1_under_its_id():
    ids, ones, remark = drawn(["the", "fox", "ate", "the", "plum"])
    assert ids == ones == [0, 1, 2, 0, 3]
    assert remark == ""


def test_row_T1():
    """T1: 晴朗 (sunny) among five words is [0, 1, 0, 0, 0]."""
    ids, ones, _ = drawn(["好", "晴朗", "糟糕", "热", "others"])
    assert ids[1] == ones[1] == 1


def test_a_long_text_is_cut_and_says_so():
    ids, ones, remark = drawn([f"word{n}" for n in range(30)])
    assert ids == ones == list(range(ROWS))
    assert remark == f"Drawn: the first {ROWS} of 30 tokens and the first " \
        f"{WIDE.columns} of 30 columns."  # fmt: skip


def test_an_empty_text_says_what_to_do():
    ids, ones, remark = drawn([])
    assert ids == ones == []
    assert "type something" in remark


def test_markup_is_text():
    """A tag typed by the reader must reach the page escaped."""
    figure = type_a_text()
    frame = figure.frame(["<img/src=x> <b>bold</b>", 0])
    assert "<img" not in frame["svg"] and "<b>" not in frame["svg"]
    assert "&lt;b&gt;" in frame["svg"]


LETTERS = "abcdefgh"


@pytest.mark.parametrize("one, other", list(itertools.product([0, 3, 7], [0, 1, 7])))
def test_distances(one, other):
    """Authority: scipy's Euclidean distances of the numbers and of the unit vectors."""
    numbers = np.arange(1, 9.0)[:, None]
    numbered, hot = two_numberings().move(one=one, other=other)
    expected = cdist(numbers, numbers)[one, other]
    assert numbered.endswith(f"|{one + 1} - {other + 1}\\right| = {expected:.0f}")
    expected = cdist(np.eye(8), np.eye(8))[one, other]
    assert float(hot.rsplit("=", 1)[1]) == pytest.approx(expected, abs=5e-4)


def test_row_T3():
    """T3: h = 8, and every pair of one-hot letters is √2 apart."""
    figure = two_numberings()
    assert "|8 - 1" in figure.move(one=7, other=0)[0]
    assert r"\sqrt{2} = 1.414" in figure.move(one=7, other=0)[1]
    figure.frame([7, 0])
    far = [text.get_text() for text in figure._fig.axes[1].texts]
    assert far == ["1.41"] * 7 + ["0"]
    far = [text.get_text() for text in figure._fig.axes[0].texts]
    assert far == ["7", "6", "5", "4", "3", "2", "1", "0"]
