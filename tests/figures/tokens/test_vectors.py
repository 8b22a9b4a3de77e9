"""The look-up and the arrows, against NumPy's product and scipy's cosine."""

import itertools
import math
import re

import numpy as np
import pytest
from scipy.spatial.distance import cosine as cosine_distance

from helpers.figures.tokens.vectors import Angle, look_up_a_row, two_arrows
from helpers.live.style import figure

WORDS = ["the", "fox", "ate", "plum"]
W = np.array([[0.1, 0.0], [0.9, -0.5], [-0.7, 0.8], [0.6, -0.9]])


@pytest.mark.parametrize("i", range(4))
def test_look_up(i):
    """T4. Authority: NumPy's matrix product with a unit vector."""
    lines = look_up_a_row(WORDS, W).move(i=i)
    row = np.eye(4)[i] @ W
    assert [float(line.rsplit("=", 1)[1]) for line in lines] == row.tolist()
    for d, line in enumerate(lines):
        terms = re.findall(r"(\d) \\cdot \(?(-?[\d.]+)\)?", line)
        assert [(int(a), float(b)) for a, b in terms] == [
            (int(k == i), W[k, d]) for k in range(4)
        ]


@pytest.mark.parametrize("i", range(4))
def test_the_sum_stands_under_the_products(i):
    figure = look_up_a_row(WORDS, W)
    figure.frame([i])
    texts = [text.get_text() for text in figure._fig.axes[0].texts]
    row = [f"{number:g}".replace("-", "−") for number in W[i]]
    assert "".join(texts).count("".join(row)) >= 2  # in the product, and as the sum


ENDS = [(-5, -3), (5, 3), (0, 2), (4.5, -1)]


@pytest.mark.parametrize("u, v", list(itertools.product(ENDS, ENDS)))
def test_arrows(u, v):
    """T5. Authority: scipy's cosine distance and the math module."""
    dot, lengths, last = two_arrows().move(ux=u[0], uy=u[1], vx=v[0], vy=v[1])
    product = u[0] * v[0] + u[1] * v[1]
    assert dot.endswith(f"= {product:g}")
    found = [float(n) for n in re.findall(r"= ([\d.]+)", lengths)]
    assert found == [round(math.hypot(*u), 3), round(math.hypot(*v), 3)]
    cosine = 1 - cosine_distance(u, v)
    assert float(re.search(r"\) = (-?[\d.]+)", last)[1]) == round(cosine, 3) + 0.0
    turn = math.degrees(math.acos(np.clip(cosine, -1, 1)))
    assert float(re.search(r"= ([\d.]+)\^", last)[1]) == pytest.approx(turn, abs=0.051)


@pytest.mark.parametrize("zero", [{"ux": 0, "uy": 0}, {"vx": 0, "vy": 0}])
def test_no_direction_is_said(zero):
    lines = two_arrows().move(**zero)
    assert "no direction" in lines[2] and len(lines) == 3


def test_negative_numbers_stand_in_brackets():
    first, second, _ = two_arrows().move(ux=-1.5, uy=2, vx=3, vy=-2)
    assert r"(-1.5) \cdot 3 + 2 \cdot (-2)" in first
    assert r"\sqrt{(-1.5)^2 + 2^2}" in second


@pytest.mark.parametrize(
    "u, v", list(itertools.product([(3, 1), (-2, -2)], [(0, 1), (-3, 1)]))
)
def test_the_arc_runs_from_arrow_to_arrow(u, v):
    """Authority: atan2 of its two ends, and its length, radius times angle."""
    _, ax = figure()
    arc = Angle(ax)
    arc.show(u, v)
    x, y = arc.line.get_data()
    for end, arrow in [(0, u), (-1, v)]:
        assert math.atan2(y[end], x[end]) == pytest.approx(
            math.atan2(arrow[1], arrow[0])
        )
    length = np.hypot(np.diff(x), np.diff(y)).sum()
    theta = math.acos(1 - cosine_distance(u, v))
    assert length == pytest.approx(0.9 * theta, rel=1e-3)
