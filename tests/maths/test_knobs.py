"""The straight line and the parameter count."""

import numpy as np
import pytest
import torch

from helpers.maths.knobs import count_knobs, line


def test_line_worked_examples():
    """Authority: worked examples F1 (a=2, b=1) and F2 (a=1, b=4)."""
    assert line(3, a=2, b=1) == 7
    np.testing.assert_array_equal(line([2, 3], a=1, b=4), [6, 7])


@pytest.mark.parametrize(("inputs", "outputs"), [(1, 1), (4, 2), (784, 10)])
def test_count_knobs_is_what_torch_counts(inputs, outputs):
    """Authority: the parameters of torch.nn.Linear."""
    layer = torch.nn.Linear(inputs, outputs)
    assert count_knobs(inputs, outputs) == sum(p.numel() for p in layer.parameters())


def test_count_knobs_refuses_what_is_no_count():
    """Authority: the docstring."""
    with pytest.raises(ValueError, match="inputs must be at least 1, not 0"):
        count_knobs(0, 3)
    with pytest.raises(ValueError, match="outputs must be a whole number"):
        count_knobs(2, 1.5)
