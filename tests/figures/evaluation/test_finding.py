"""The search for a leak. Authority: sets of tuples, one story at a time."""

import numpy as np
import pytest

from helpers import language
from helpers.figures.evaluation.finding import (
    GROUP,
    LOOKS,
    NS,
    RULES,
    SIZES,
    find_a_leak,
    reported,
    shares,
)
from helpers.maths.evaluation import leaks
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return find_a_leak()


@pytest.mark.parametrize("change", leaks.CHANGES)
def test_shares_by_tuples(change):
    stories = leaks.cut(language.held_out())[: 3 * GROUP]
    there = [leaks.near_duplicate(s, change) for s in stories[GROUP : 2 * GROUP]]
    text = leaks.cut(language.train())[: leaks.HONEST] + stories[:GROUP] + there
    n, flat = 13, np.concatenate(text).tolist()
    known = {tuple(flat[i : i + n]) for i in range(len(flat) - n + 1)}
    wanted = []
    for story in stories:
        grams = [tuple(story[i : i + n]) for i in range(len(story) - n + 1)]
        wanted.append(np.mean([gram in known for gram in grams]))
    shown = np.concatenate([shares(change)[group][NS.index(n)] for group in LOOKS])
    assert shown == pytest.approx(np.array(wanted))


def test_what_the_prose_says():
    word, name = (reported(c, "80 % of them") for c in ("one word", "a name"))
    assert all((each[0] == 1).all() for each in (
        [hits[:1] for hits in word.values()]))  # fmt: skip
    assert (word["leaked"] == 1).all()
    at = SIZES.index(20)
    assert word["near-duplicate"][at] > 3 * word["honest"][at]
    at = SIZES.index(16)
    assert abs(name["near-duplicate"][at] - name["honest"][at]) < 0.15
    assert (reported("a name", "one n-gram")["honest"][: NS.index(13) + 1] == 1).all()


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("n", [3, 13, "all"])
def test_the_picture(live, n, rule):
    lines = live.move(n=n, rule=rule, change="a colour")
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    hit = reported("a colour", rule)
    for group in LOOKS:
        assert f"{100 * hit[group][SIZES.index(n)]:.0f} %" in lines[1]
    heights = [bar.get_height() for bar in live._fig.axes[0].patches]
    assert np.reshape(heights, (3, 10)).sum(axis=1) == pytest.approx([1, 1, 1])
