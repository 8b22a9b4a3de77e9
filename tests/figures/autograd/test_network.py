"""The drawn network. Authority: the network in helpers/maths/leaf_or_flower.py."""

import re

import numpy as np
import pytest

from helpers.figures.autograd.network import WEIGHTS, forward_pass, products
from helpers.maths import leaf_or_flower as lf
from tests.pictures import crowded


@pytest.mark.parametrize("trained", WEIGHTS)
@pytest.mark.parametrize("thing", [lf.LEAF, (195, 105, 60, 12), (0, 255, 0, 24.8)])
def test_the_outputs(trained, thing):
    live = forward_pass()
    names = ("red", "green", "blue", "volume")
    lines = live.move(**dict(zip(names, thing, strict=True)), trained=trained)
    weights = lf.train(lf.start(), *lf.arrays())[WEIGHTS[trained]]
    got = lf.outputs(weights, lf.scaled(thing))
    said = [float(line.split("= ")[-1]) for line in lines[3:]]
    assert said == pytest.approx(got, abs=0.00501)
    assert f": {lf.LABELS[got.argmax()]}." in live.alt_text()
    assert "error" not in live.frame(live.state)
    assert not crowded(live._fig)


def test_every_product_stands_there():
    """Authority: the digits of a line, multiplied and added again."""
    line = products(np.array([0.5, -2.0]), np.array([-1.0, 0.25]), 0.1)
    assert line == r"0.50 \cdot (-1.00) + (-2.00) \cdot 0.25 + 0.10"
    lines = forward_pass().move(trained="at the start")
    counts = [len(re.findall(r"\\cdot", one)) for one in lines]
    assert counts == [4, 4, 4, 3, 3]
