"""Loss against the share that leaked. Authority: the shipped runs, the exact model."""

import re

import numpy as np
import pytest

from helpers import language
from helpers.figures.evaluation.leaking import ALL, LOOKS, floors, leak_the_test
from helpers.maths.evaluation import leaks
from helpers.maths.evaluation.results import COPIES, MODELS, one, shipped
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return leak_the_test()


def test_floors():
    for share, all_of_them, leaked, others in zip(
        ALL, *(floors()[part] for part in ("all", "leaked", "others")), strict=True
    ):
        wanted = [
            language.losses(np.concatenate(part)).mean() if part else np.nan
            for part in leaks.parts(share)
        ]
        assert [all_of_them, leaked, others] == pytest.approx(wanted, nan_ok=True)


@pytest.mark.parametrize("copies", COPIES)
@pytest.mark.parametrize("share", ALL)
def test_the_digits_shown(live, share, copies):
    lines = live.move(share=share, copies=copies)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    runs = shipped()["leaks"]
    for model, line in zip(MODELS, lines, strict=False):
        honest, here = (
            np.mean(one(runs, model=model, share=s, copies=c, change=None)["all"])
            for s, c in ((0.0, 1), (share, copies if share else 1))
        )
        shown = [float(x) for x in re.findall(r"\d\.\d+", line)]
        assert shown == pytest.approx([honest, here], abs=0.00051)
        assert ("below" in line) == (here < floors()["all"][0])


def test_each_picture_says_where_the_floor_is(live):
    for ax in live._fig.axes:
        (text,) = [one.get_text() for one in ax.texts]
        assert ("far below" in text) == (ax.get_ylim()[0] > 0)
    legend = [text.get_text() for text in live._fig.legends[0].get_texts()]
    assert legend[3:] == ["lowest to highest of three", "share chosen"]


def test_every_point_is_in_its_picture(live):
    for share, copies in ((0.0, 1), (0.2, 20)):
        live.move(share=share, copies=copies)
        for ax in live._fig.axes:
            low, high = ax.get_ylim()
            for line in ax.lines:
                y = np.array(line.get_ydata(), dtype=float)
                y = y[np.isfinite(y)]
                assert not len(y) or (low <= y.min() and y.max() <= high)
    assert len(LOOKS) == 3
