"""Two models on the same stories. Authority: scipy's paired and unpaired tests."""

import re

import numpy as np
import pytest
from scipy import stats

from helpers.figures.evaluation.intervals import COUNTS, tell_apart
from tests.pictures import crowded

RNG = np.random.default_rng(8)
HARD = RNG.normal(14, 2, 5000)
A, B = HARD + RNG.normal(0.8, 0.5, 5000), HARD + RNG.normal(0, 0.5, 5000)


@pytest.fixture(scope="module")
def live():
    return tell_apart(mlp=A, transformer=B)


@pytest.mark.parametrize("paired", [False, True])
@pytest.mark.parametrize("n", [10, 50, 5000])
@pytest.mark.parametrize("narrow", [False, True])
def test_the_digits_shown(live, n, paired, narrow):
    live.lay_out(narrow)
    first, second = live.move(n=n, paired=paired)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    a, b = A[:n], B[:n]
    one = stats.ttest_rel(a, b) if paired else stats.ttest_ind(a, b, equal_var=False)
    gap = a.mean() - b.mean()
    error = gap / one.statistic
    assert float(first.split("= ")[-1]) == pytest.approx(error, abs=5e-4)
    shown = float(re.match(r"-?\d+\.\d+", second)[0])
    assert shown == pytest.approx(gap, abs=0.0051)
    assert ("outside" in second) == (abs(one.statistic) > 2)


@pytest.mark.parametrize("paired", [False, True])
def test_the_interval_drawn(live, paired):
    live.move(n=100, paired=paired)
    k = COUNTS.index(100)
    lines = {len(line.get_xdata()): line for line in live._fig.axes[1].lines}
    ends = lines[3 * (k + 1)].get_ydata().reshape(-1, 3)  # low, high, a gap
    a, b = A[:100], B[:100]
    error = stats.sem(a - b) if paired else np.hypot(stats.sem(a), stats.sem(b))
    wanted = (a - b).mean() + 2 * error * np.array([-1, 1])
    assert ends[k, :2] == pytest.approx(wanted)


@pytest.mark.parametrize("n", COUNTS)
def test_more_stories_than_chosen_are_not_told(live, n):
    live.move(n=n)
    for line in live._fig.axes[1].lines[:3]:  # intervals, means and the mark
        assert max(line.get_xdata()) == n
    alt = live.alt_text()
    assert all(f"{other:,} stories" not in alt for other in COUNTS if other > n)


def test_nothing_trained_is_told(live):
    """What is stored of the alternative text is the same on every machine."""
    other = tell_apart(mlp=A + 1, transformer=B)
    assert other.alt_text() == tell_apart(mlp=A, transformer=B).alt_text()


def test_few_stories_and_bad_input():
    live = tell_apart(one=A[:20], two=B[:20])
    assert live.values["n"] == 10
    live.move(n=20)
    with pytest.raises(ValueError, match="goes from 10 to 20"):
        live.move(n=50)
    for wrong in ({"a": A}, {"a": A, "b": B[:-1]}, {"a": A[:9], "b": B[:9]},
                  {"a": 1.0, "b": 2.0}, {"a": A, "b": B, "c": B}):  # fmt: skip
        with pytest.raises(ValueError, match="Give two models by name"):
            tell_apart(**wrong)
