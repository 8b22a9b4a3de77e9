"""How a number stands in a formula. What each should be was written by hand."""

import math

import pytest

from helpers.figures.parts.digits import digits, listed, powers, signed


@pytest.mark.parametrize(
    "x, text",
    [
        (1.20397, "1.204"),
        (-0.5, "-0.500"),
        (-0.0, "0.000"),
        (-0.0001, "0.000"),
        (math.inf, r"\infty"),
        (-math.inf, r"-\infty"),
    ],
)
def test_digits(x, text):
    assert digits(x) == text


@pytest.mark.parametrize(
    "x, text",
    [
        (7.389, "7.389"),
        (0.0, "0.000"),
        (0.0005, "0.001"),
        (0.00049, r"4.90\cdot 10^{-4}"),
        (9999.0, "9999.000"),
        (485165195.4, r"4.85\cdot 10^{8}"),
        (-2.2487e-7, r"-2.25\cdot 10^{-7}"),
        (math.inf, r"\infty"),
    ],
)
def test_powers_say_something_at_any_size(x, text):
    assert powers(x) == text


def test_listed():
    assert listed([0.4, -0.1], 2) == r"(0.40,\ -0.10)"


@pytest.mark.parametrize(
    "x, text",
    [
        (0.5, "0.50"),
        (-0.5, "(-0.50)"),
        (-0.001, "0.00"),
        (0.0, "0.00"),
        (-1e-16, "0.00"),
    ],
)
def test_negative_numbers_stand_in_brackets(x, text):
    """Authority: the rule, written out."""
    assert signed(x, 2) == text
