"""Gradients through depth, against torch's autograd and the limits of theory."""

import numpy as np
import pytest
import torch

from helpers.maths.depth import (
    DEEPEST,
    FUNCTIONS,
    WIDTH,
    factor,
    gradient_sizes,
    size,
    weights,
)

TORCH = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": torch.relu}


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("scale, depth", [(0.2, 6), (1.0, 10), (1.4, 30), (4.0, 12)])
@pytest.mark.parametrize("road", [False, True])
@pytest.mark.parametrize("norm", [False, True])
def test_against_torch(name, scale, depth, road, norm):
    """Authority: torch's autograd in float64, the gradient at each layer's output."""
    W, inputs = weights()
    h, outputs = torch.tensor(inputs), []
    for k in range(depth):
        seen = torch.nn.functional.layer_norm(h, (WIDTH,)) if norm else h
        out = TORCH[name](scale * seen @ torch.tensor(W[k]).T)
        h = h + out if road else out
        h.requires_grad_(True).retain_grad()
        outputs.append(h)
    h.backward(torch.tensor(inputs / size(inputs)))
    expected = [size(one.grad.numpy()) for one in outputs]
    found = gradient_sizes(name, scale, depth, road, norm)
    assert found == pytest.approx(expected, rel=1e-9)


def test_the_weights_are_as_stated():
    """Authority: the standard deviation 1/√D, to within 1%."""
    W, inputs = weights()
    assert W.shape == (DEEPEST, WIDTH, WIDTH)
    assert W.std() * np.sqrt(WIDTH) == pytest.approx(1, rel=0.01)
    assert abs(W.mean()) < 0.01 / np.sqrt(WIDTH) * 3
    assert inputs.std() == pytest.approx(1, rel=0.05)


def test_what_theory_says():
    """Authority: the slope of sigmoid is at most 1/4; ReLU passes half, so 1/√2."""
    assert factor(gradient_sizes("sigmoid", 1.0, 30)) == pytest.approx(0.25, abs=0.02)
    assert factor(gradient_sizes("ReLU", 1.0, 30)) == pytest.approx(2**-0.5, abs=0.03)
    assert factor(gradient_sizes("ReLU", 1.4, 30)) == pytest.approx(1, abs=0.05)
    assert factor(gradient_sizes("tanh", 1.0, 30)) == pytest.approx(1, abs=0.05)
    assert factor(gradient_sizes("tanh", 0.2, 30)) == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("scale", [0.2, 1.0, 4.0])
def test_a_road_with_a_norm_lets_every_gradient_through(name, scale):
    """Of 50 layers: where plain ones leave 1e-64 to 1e22, it stays from 1 to 30."""
    assert 1 <= gradient_sizes(name, scale, 50, road=True, norm=True)[0] < 30


def test_the_top_has_size_one():
    for name in FUNCTIONS:
        assert gradient_sizes(name, 1.0, 1) == pytest.approx([1])
        assert factor(gradient_sizes(name, 1.0, 1)) == 1


def test_bad_input():
    with pytest.raises(ValueError, match="use sigmoid, tanh, ReLU"):
        gradient_sizes("sine", 1.0, 3)
    with pytest.raises(ValueError, match="between 1 and 50"):
        gradient_sizes("tanh", 1.0, 51)
