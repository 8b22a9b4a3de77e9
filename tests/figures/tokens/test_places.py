"""A single 1 in a long vector. Authority: NumPy, on the vector itself; row T2."""

import re

import numpy as np
import pytest

from helpers.figures.tokens.places import SIDE, V, one_of_many


@pytest.mark.parametrize("index", [0, 42, 99, 100, 4_999, V - 1])
def test_zeros_before_and_after(index):
    vector = np.zeros(V)
    vector[index] = 1
    row, column = divmod(index, SIDE)
    (line,) = one_of_many().move(row=row, column=column)
    numbers = [int(n.replace(",", "")) for n in re.findall(r"[\d,]*\d", line)]
    before, one, after, first, place, length = numbers
    assert one == first == 1
    assert vector[:before].sum() == 0 and vector[before] == 1
    assert vector[before + 1 :].sum() == 0 and after == len(vector[before + 1 :])
    assert (place, length) == (before + 1, len(vector))


def test_it_starts_as_the_text_says():
    assert "42 zeros, a 1, then 9,957 zeros" in one_of_many().alt_text()
