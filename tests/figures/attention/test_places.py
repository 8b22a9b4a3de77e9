"""Turned queries and keys. Authority: multiplication by e^{iθ} in complex numbers."""

import cmath
import itertools
import re

import numpy as np
import pytest

from helpers.figures.attention.places import FURTHER, KEY, LAST, QUERY, turn_places
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return turn_places()


def score(distance, angle):
    q, k = complex(*QUERY), complex(*KEY)
    return (q * cmath.exp(1j * np.radians(distance * angle)) * k.conjugate()).real


@pytest.mark.parametrize("m, n", list(itertools.product((0, 3, LAST), repeat=2)))
@pytest.mark.parametrize("on", [0, 5, FURTHER])
@pytest.mark.parametrize("angle", [0, 20, 60])
def test_the_digits_shown(live, m, n, on, angle):
    turns, product = live.move(m=m, n=n, on=on, angle=angle)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    assert float(product.split("= ")[-1]) == pytest.approx(
        score(m - n, angle), abs=0.0006
    )
    a, b, c, d = (float(x) for x in re.findall(r"(-?\d\.\d+)", product)[:4])
    assert a * b + c * d == pytest.approx(score(m - n, angle), abs=0.01)
    degrees = [int(x) for x in re.findall(r"(-?\d+)\^\\circ(?!\s*=)", turns)]
    assert degrees == [(m + on) * angle, (n + on) * angle, (m - n) * angle]


def test_moving_both_keeps_the_score_and_turns_the_arrows(live):
    products, tips = set(), set()
    for on in range(FURTHER + 1):
        _, product = live.move(m=4, n=2, on=on, angle=20)
        products.add(product.split("= ")[-1])
        tips.add(tuple(np.round(live._fig.axes[0].get_lines()[-1].get_xydata()[0], 6)))
    assert len(products) == 1 and len(tips) == FURTHER + 1


@pytest.mark.parametrize("angle", [0, 30, 60])
def test_the_curve(live, angle):
    live.move(m=LAST, n=0, on=0, angle=angle)
    curve, here = live._fig.axes[1].get_lines()
    distances = range(-LAST, LAST + 1)
    assert curve.get_ydata() == pytest.approx([score(s, angle) for s in distances])
    assert here.get_xydata()[0] == pytest.approx([LAST, score(LAST, angle)])
