"""Quality and variety on one plane. Authority: the shipped runs."""

import numpy as np
import pytest

from helpers.figures.evaluation.plane import LOOKS, paths, quality_and_variety
from helpers.maths.evaluation.results import (
    GRAMMAR,
    TEMPERATURES,
    TOP_P,
    WRITERS,
    one,
    shipped,
)
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return quality_and_variety()


@pytest.mark.parametrize("top_p", TOP_P)
@pytest.mark.parametrize("T", [TEMPERATURES[0], 1.0, TEMPERATURES[-1]])
def test_the_digits_shown(live, T, top_p):
    lines = live.move(T=T, top_p=top_p)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    runs = shipped()["writing"]
    for writer, line in zip(WRITERS, lines, strict=True):
        run = one(runs, model=writer, T=T, top_p=top_p)
        assert f"{100 * np.mean(run['possible']):.0f} % possible" in line
        assert ("new" in line) == (None not in run["new"])


def test_every_point_is_in_its_picture(live):
    assert set(LOOKS) == set(WRITERS)
    for top_p in TOP_P:
        live.move(top_p=top_p)
        for ax in live._fig.axes:
            (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
            for line in ax.lines:
                x, y = (np.array(part, dtype=float) for part in line.get_data())
                inside = (x >= left) & (x <= right) & (y >= low) & (y <= high)
                assert (inside | np.isnan(x + y)).all()


def test_paths():
    found = paths(0.9)[GRAMMAR]["possible"]
    assert found.shape == (len(TEMPERATURES), 3) and (found == 1).all()
