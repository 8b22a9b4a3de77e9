"""The map of leaves and flowers. Authority: the network itself, and counting."""

import itertools

import numpy as np
import pytest

from helpers.figures.autograd.leaf_or_flower import (
    STOPS,
    Map,
    by_hand,
    history,
    told,
    watch_training,
)
from helpers.live.style import figure
from helpers.maths import leaf_or_flower as lf
from tests.pictures import crowded

INPUTS, WANTED = lf.arrays()


def test_the_knobs_by_hand():
    """Authority: the unit written out, w · r + v · s + b."""
    live = by_hand()
    for red, volume, bias in itertools.product(
        [-0.5, -0.2, 0.5], [-0.5, 0.1, 0.5], [0, 0.4, 1]
    ):
        first, second = live.move(red=red, volume=volume, bias=bias)
        leaf = red * INPUTS[:, 0] + volume * INPUTS[:, 3] + bias
        wrong = int(((leaf > 0.5) != (WANTED[:, 0] > 0.5)).sum())
        loss = 2 * np.mean((leaf - WANTED[:, 0]) ** 2)
        assert rf"mistakes: }} {wrong} \text" in second
        assert f"= {loss:.3f}" in second
        assert float(first.split("= ")[-1]) == pytest.approx(leaf[0], abs=0.00501)
        assert "error" not in live.frame(live.state)
    assert not crowded(live._fig)


def test_eight_is_what_the_notebook_says():
    live = by_hand()
    assert "50" in live._run(live.state)[1]
    assert "mistakes: } 8" in live.move(red=-0.2, volume=0.1, bias=0.4)[1]


@pytest.mark.parametrize("hidden, wrong", [(1, 10), (2, 0), (3, 0)])
def test_the_training(hidden, wrong):
    """Authority: tests/maths/test_leaf_or_flower.py, where the run equals torch's."""
    live = watch_training()
    (line,) = live.move(hidden=hidden, epoch=lf.EPOCHS)
    assert rf"mistakes: }} {wrong} \text" in line
    for epoch in (0, STOPS[len(STOPS) // 2], lf.EPOCHS):
        live.move(epoch=epoch)
        assert "error" not in live.frame(live.state)
    assert not crowded(live._fig)


def test_the_border_is_where_the_outputs_are_equal():
    """Along the drawn line both outputs agree; its inside is the side of leaves."""
    _, ax = figure()
    drawing = Map(ax)
    weights = history(3)[-1]
    got = drawing.show(lambda x: lf.outputs(weights, x))
    assert got == pytest.approx(lf.outputs(weights, INPUTS))
    red, volume = drawing.border.get_path().vertices.T
    line = np.stack([red, 0 * red + 107, 0 * red + 56, volume], -1)
    leads = np.subtract(*lf.outputs(weights, lf.scaled(line)).T)
    assert abs(leads).max() < 0.02
    inside = drawing.side.get_path().contains_points([(32, 11.2), (200, 11), (40, 2)])
    assert inside.tolist() == [True, False, False]


def test_a_side_that_has_everything():
    _, ax = figure()
    drawing = Map(ax)
    for lead, full in ((1.0, True), (0.0, False)):
        drawing.show(lambda x, lead=lead: np.stack(
            [0 * x[..., 0] + lead, 0 * x[..., 0] + 1 - lead], -1))  # fmt: skip
        box = drawing.side.get_path().get_extents()
        assert bool(box.width > 200) is full
    assert len(drawing.wrong.get_xdata()) == 30


def test_crosses_mark_the_mistakes():
    _, ax = figure()
    drawing = Map(ax)
    weights = history(1)[-1]
    drawing.show(lambda x: lf.outputs(weights, x))
    assert len(drawing.wrong.get_xdata()) == 10


def test_the_digits():
    """By hand: two samples, 0.08 and 0 -> 0.04."""
    got, wanted = np.array([[0.6, 0.4], [0.2, 0.8]]), np.array([[0.8, 0.2], [0.2, 0.8]])
    assert told(got, wanted).startswith(r"\text{loss} = \frac{0.08}{2} = 0.040")
