"""The residual road. Authority: helpers.maths.depth, which is tested against torch."""

import re

import pytest

from helpers.figures.attention.road import DEPTHS, SCALES, WAYS, residual_slopes
from helpers.figures.autograd.depth import HIGH, LOW
from helpers.maths.depth import FUNCTIONS, gradient_sizes
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return residual_slopes()


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("scale", [SCALES[0], 1.0, SCALES[-1]])
@pytest.mark.parametrize("depth", [DEPTHS[0], 30, DEPTHS[-1]])
def test_every_way_is_drawn_and_said(live, name, scale, depth):
    lines = live.move(name=name, scale=scale, depth=depth)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    drawn = live._fig.axes[0].get_lines()
    for k, (way, (road, norm)) in enumerate((w, v[0]) for w, v in WAYS.items()):
        sizes = gradient_sizes(name, scale, depth, road, norm)
        inside = (sizes >= LOW) & (sizes <= HIGH)
        line, cut = drawn[2 * k : 2 * k + 2]
        assert line.get_ydata() == pytest.approx(sizes[inside])
        assert len(cut.get_xdata()) == depth - inside.sum()
        shown = lines[k].split("layer 1: } ")[-1]
        shown = re.sub(r"\\cdot 10\^\{(-?\d+)\}?", r"e\1", shown).replace(" ", "")
        assert float(shown) == pytest.approx(
            sizes[0], rel=0.006, abs=0.0051 * (sizes[0] >= 0.005)
        )
        assert lines[k].startswith(rf"\text{{{way}: }}")
        assert f"{sizes[0]:.3g}" in live.alt_text()


def test_the_first_picture_shows_all_three_fates(live):
    """Plain fades, the road alone grows, with a norm the size stays near 1."""
    start = {n: c.values[c.initial] for n, c in live._controls.items()}
    plain, road, norm = (gradient_sizes(**start, road=r, norm=n)[0]
                         for (r, n), *_ in WAYS.values())  # fmt: skip
    assert plain < 1e-6 and road > 1e6 and 1 < norm < 10
