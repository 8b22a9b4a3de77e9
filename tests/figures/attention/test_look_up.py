"""The soft look-up. Authority: torch's scaled_dot_product_attention."""

import itertools
import re

import numpy as np
import pytest
import torch
from torch.nn.functional import scaled_dot_product_attention

from helpers.figures.attention.look_up import (
    KEYS,
    MOVED,
    REACH,
    TOKENS,
    VALUES,
    clear_spot,
    soft_look_up,
)
from tests.pictures import crowded

ENDS = [(-REACH, -REACH), (0, 0), (0.5, -1.5), (REACH, REACH)]


@pytest.fixture(scope="module")
def live():
    return soft_look_up()


def number(text):
    return float(text.replace("−", "-"))


@pytest.mark.parametrize("q, k, v", list(itertools.product(ENDS, ENDS, ENDS[::3])))
def test_the_digits_shown(live, q, k, v):
    lines = live.move(qx=q[0], qy=q[1], kx=k[0], ky=k[1], vx=v[0], vy=v[1])
    assert "error" not in live.frame(live.state)
    keys, values = KEYS.copy(), VALUES.copy()
    keys[MOVED], values[MOVED] = k, v
    query, keys, values = (
        torch.tensor(np.array(x, float)) for x in ([q], keys, values)
    )
    mix = scaled_dot_product_attention(query, keys, values)[0].numpy()
    weights = scaled_dot_product_attention(query, keys, torch.eye(3).double())[0]
    scores = (keys @ query[0] / 2**0.5).numpy()
    for line, score, weight in zip(lines, scores, weights.tolist(), strict=False):
        shown = [float(x) for x in re.findall(r"= (-?[\d.]+)", line)]
        assert shown == pytest.approx([score, weight], abs=0.0006)
        power, total = re.search(r"e\^\{(.*?)\} / ([\d.]+)", line).groups()
        assert np.exp(float(power)) / float(total) == pytest.approx(weight, abs=0.002)
    pair = re.search(r"= \((-?[\d.]+),\\ (-?[\d.]+)\)$", lines[3]).groups()
    assert [float(x) for x in pair] == pytest.approx(mix, abs=0.0051)
    said = re.search(r"their mix, \((.*), (.*)\)\.$", live.alt_text()).groups()
    assert [number(x) for x in said] == pytest.approx(mix, abs=0.0051)


def test_what_is_drawn_is_what_is_said(live):
    """The bars are the weights, the arrows' tips the keys, the values and the mix."""
    live.move(qx=2, qy=0.5, kx=1, ky=1.5, vx=2, vy=1.5)
    left, middle, right = live._fig.axes
    heights = [bar.get_height() for bar in middle.patches]
    assert sum(heights) == pytest.approx(1)
    tips = [
        line.get_xydata()[0]
        for line in right.get_lines()
        if line.get_marker() != "None"
    ]
    assert tips[:3] == [pytest.approx(v) for v in VALUES]
    assert tips[3] == pytest.approx(np.array(heights) @ VALUES)
    assert [t.get_text() for t in left.texts] == [*TOKENS, "query"]


def test_a_query_of_zero_asks_all_alike(live):
    live.move(qx=0, qy=0)
    assert "tom 0.33, red 0.33, ball 0.33" in live.alt_text()


@pytest.mark.parametrize("q, v", list(itertools.product(ENDS, ENDS)))
def test_no_name_lies_on_another(live, q, v):
    live.move(qx=q[0], qy=q[1], kx=q[0], ky=q[1], vx=v[0], vy=v[1])
    assert not crowded(live._fig)


def test_a_name_stands_outwards_where_nothing_is_in_the_way():
    x, y = clear_spot(1, 1, [(-1, 1)])
    assert x > 1 and y > 1
    assert clear_spot(1, 1, [(-1, 1), (x, y)]) != (x, y)
