"""Activations with their slopes. Authority: torch in float64."""

import pytest
import torch

from helpers.figures.autograd.activations import follow_slope
from tests.pictures import crowded

TORCH = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": torch.relu}
LIVE = follow_slope()


@pytest.mark.parametrize("name", TORCH)
@pytest.mark.parametrize("x", [-5, -0.3, 0, 1, 5])
def test_value_and_slope(name, x):
    at = torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
    value = TORCH[name](at)
    value.backward()
    live = LIVE
    first, second = live.move(name=name, x=x)
    assert first.endswith(f"= {value.item():.3f}")
    shown = second.split(r" \quad")[0].split("= ")[-1]
    assert float(shown) == pytest.approx(at.grad.item(), abs=0.00051)
    assert f"is {value.item():.3f}, and" in live.alt_text()
    assert "error" not in live.frame(live.state) and not crowded(live._fig)


def test_the_tangent_touches():
    """The tangent at 0 of tanh has slope 1 and passes through (0, 0)."""
    live = follow_slope()
    live.move(name="tanh", x=0)
    (tangent,) = (
        line for line in live._fig.axes[0].get_lines() if len(line.get_xdata()) == 2
    )
    (x0, x1), (y0, y1) = tangent.get_data()
    assert (y1 - y0) / (x1 - x0) == pytest.approx(1) and y0 + y1 == pytest.approx(0)
