"""What scores reward. Authority: closed forms of the scores and of their minima."""

import math
import re

import numpy as np
import pytest

from helpers.figures.evaluation.scores import (
    GRID,
    LOOKS,
    TOP,
    curve,
    least,
    path,
    proper_scores,
)
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return proper_scores()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("truth, given", [(70, 50), (70, 70), (20, 90), (50, 50)])
def test_the_digits_shown(live, truth, given, narrow):
    live.lay_out(narrow)
    first, second = live.move(truth=truth, given=given)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    q, p = truth / 100, given / 100
    log = -q * math.log(p) - (1 - q) * math.log(1 - p)
    assert float(first.split("= ")[1]) == pytest.approx(log, abs=5e-4)
    brier = 2 * (q * (1 - p) ** 2 + (1 - q) * p**2)
    wrong = 0.5 if p == 0.5 else (1 - q if p > 0.5 else q)
    wanted = [brier, q * (1 - p) + (1 - q) * p, wrong]
    assert [float(x) for x in re.findall(r"\d\.\d{3}", second)] == pytest.approx(
        wanted, abs=5e-4
    )


@pytest.mark.parametrize("truth", range(0, 101, 5))
def test_only_two_are_least_at_the_truth_alone(truth):
    log, brier, absolute, wrong = (least(name, truth) for name in LOOKS)
    assert log.tolist() == brier.tolist() == [truth / 100]
    if truth != 50:
        assert absolute.tolist() == [float(truth > 50)]
        assert len(wrong) == 50 and (truth / 100 in wrong)


@pytest.mark.parametrize("truth", range(0, 101, 5))
def test_few_points_look_as_many(truth):
    """Nowhere is a drawn curve a pixel and a half off: 300 px are the whole height."""
    for name in LOOKS:
        x, y = path(name, truth)
        costs, seen = curve(name, truth), np.isfinite(curve(name, truth))
        seen &= (costs <= TOP) & (GRID != 0.5)  # where mistakes fall straight down
        off = np.interp(GRID[seen], x, y) - costs[seen]
        assert abs(off).max() < 1.5 / 300 * TOP, name
        assert len(x) < 40


@pytest.mark.parametrize("truth", [0, 100])
@pytest.mark.parametrize("given", [0, 100])
def test_the_ends(live, truth, given):
    first, _ = live.move(truth=truth, given=given)
    assert first.endswith("= 0.000" if truth == given else r"= \infty")
    assert "inf" not in live.alt_text() and "nan" not in live.alt_text()
    for line in live._fig.axes[0].lines:
        assert np.isfinite(line.get_xydata()).all()
