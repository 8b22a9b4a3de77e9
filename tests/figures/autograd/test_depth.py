"""Gradients by layer. Authority: helpers.maths.depth, which is tested against torch."""

import pytest

from helpers.figures.autograd.depth import HIGH, LOW, through_layers
from helpers.maths.depth import gradient_sizes
from tests.pictures import crowded


@pytest.mark.parametrize("name", ["sigmoid", "tanh", "ReLU"])
@pytest.mark.parametrize("scale, depth", [(0.2, 50), (1, 30), (4, 50), (4, 2)])
def test_every_layer_is_drawn(name, scale, depth):
    live = through_layers()
    live.move(name=name, scale=scale, depth=depth)
    line, cut, _ = live._fig.axes[0].get_lines()
    sizes = gradient_sizes(name, scale, depth)
    assert len(line.get_xdata()) + len(cut.get_xdata()) == depth
    outside = (sizes < LOW) | (sizes > HIGH)
    assert len(cut.get_xdata()) == outside.sum()
    assert line.get_ydata() == pytest.approx(sizes[~outside])
    assert "error" not in live.frame(live.state) and not crowded(live._fig)


def test_the_power_in_the_formula():
    """Authority: arithmetic on the digits shown, factor ** steps."""
    live = through_layers()
    left, right = live.move(name="sigmoid", scale=1, depth=30)[0].split(" = ")[1:]
    factor, steps = left.split("^")
    shown = float(right.replace(r"\cdot 10^{", "e").strip("}"))
    assert float(factor) ** float(steps.strip("{}")) == pytest.approx(shown, rel=0.05)
