"""Formulas in pieces. Authority: the formula in one piece, and XML's own parser."""

import re
import xml.etree.ElementTree as ET

import pytest
from latex2mathml.converter import convert

from helpers.live.formula import mathml
from helpers.live.wrapping import in_pieces


def pieces(latex):
    """The text of each piece, spaces left out."""
    whole = ET.fromstring(f"<p>{in_pieces(convert(latex))}</p>")
    return [re.sub(r"\s", "", "".join(piece.itertext())) for piece in whole]


@pytest.mark.parametrize(
    "latex, expected",
    [
        ("p = 0.5", ["p", "=0.5"]),
        ("-2 + 3", ["−2", "+3"]),
        (r"f(a + b) \cdot c", ["f(a+b)", "·c"]),
        (r"(1 - p)^2 < 2", ["(1−p)2", "<2"]),
        (r"\frac{1 + x}{2}", ["1+x2"]),
        (r"\left(a + b\right) - c", ["(a+b)", "−c"]),
        (r"a,\quad b", ["a,", "b"]),
        (r"\text{two words} = 1", ["two", "words", "=1"]),
        ("P(a, b)", ["P(a,b)"]),
        ("p = (1, 2, 3, 4)", ["p", "=(1,", "2,", "3,", "4)"]),
    ],
)
def test_where_a_line_may_end(latex, expected):
    assert pieces(latex) == expected


@pytest.mark.parametrize("latex", [r"x = -3 + 4", r"\text{a b} \leq \sqrt{2} - 1"])
def test_nothing_is_lost(latex):
    whole = "".join(ET.fromstring(convert(latex)).itertext())
    assert "".join(pieces(latex)) == re.sub(r"\s", "", whole)


def test_an_operator_in_front_stays_one():
    """A plus at the start of a row would be a sign, set close to its number."""
    made = mathml("a + b")
    assert '<math><mo form="infix">+</mo>' in made


def test_a_sign_stays_with_its_number():
    assert "<mo>=</mo><mo form" in mathml("x = -3")


def test_what_is_no_formula_is_left_alone():
    assert in_pieces("") == "" and in_pieces("<math><mi>x</math>").count("math") == 2
