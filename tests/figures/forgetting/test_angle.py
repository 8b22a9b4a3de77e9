"""Two tasks at an angle. Authority: row F7 and trigonometry."""

from math import cos, radians, sin

import pytest

from helpers.figures.forgetting.angle import turn_the_task


@pytest.mark.parametrize(
    ("degrees", "error"),
    [(0, "0.0000"), (15, "0.0625"), (30, "0.1875"), (45, "0.2500"), (90, "0.0000")],
)
def test_the_digits_shown(degrees, error):
    live = turn_the_task()
    first, second = live.move(degrees=degrees)
    assert "error" not in live.frame(live.state)
    assert second.endswith(f"= {error}")
    w = sin(radians(degrees)) * cos(radians(degrees)), sin(radians(degrees)) ** 2
    assert first.endswith(f"({w[0]:.3f}, {w[1]:.3f})")
    assert f"{error}." in live.alt_text()
