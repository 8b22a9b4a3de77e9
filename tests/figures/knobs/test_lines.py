"""The line and the map of its knobs.

Authority: rows F1 and F2 of the worked examples, and numpy's least squares.
"""

import itertools
import re

import numpy as np
import pytest

from helpers.figures.knobs.lines import (
    A,
    B,
    KnobMap,
    Line,
    formulas,
    line_and_map,
    line_through,
    squared_error,
)
from helpers.live.style import figure

FOUR = [(0, 1), (1, 3), (2, 4), (3, 7)]
TWO = [(2, 6), (3, 7)]  # F2
FIGURES = [(line_through, FOUR), (line_and_map, FOUR), (line_and_map, TWO)]
ENDS = [(A[0], 1.5, A[1]), (B[0], 2, B[1])]


def test_the_line_is_f1():
    """F1: a = 2 and b = 1 give f(3) = 7, so the last point is met."""
    fig, ax = figure()
    drawing = Line(ax, FOUR, a=2, b=1)
    x, y = drawing.line.get_data()
    assert np.interp(3, x, y) == pytest.approx(7)
    assert [list(miss.get_ydata()) for miss in drawing.misses] == [
        [1, 1], [3, 3], [4, 5], [7, 7],
    ]  # fmt: skip


def test_f2_has_no_error():
    assert squared_error(TWO, 1, 4) == 0
    assert formulas(TWO, 1, 4)[1] == r"\text{error} = 0.0^2 + 0.0^2 = 0.00"


def test_no_setting_is_better_than_least_squares():
    """Authority: numpy.polyfit, and every setting that the sliders can reach."""
    best, residual, *_ = np.polyfit(*np.transpose(FOUR), 1, full=True)
    assert best == pytest.approx([1.9, 0.9])
    a, b = np.meshgrid(np.arange(A[0], A[1] + 0.05, 0.1), np.arange(B[0], B[1], 0.1))
    errors = squared_error(FOUR, a, b)
    assert errors.min() == pytest.approx(residual[0]) == pytest.approx(0.70)
    assert [a.flat[errors.argmin()], b.flat[errors.argmin()]] == pytest.approx(best)


@pytest.mark.parametrize("make, points", FIGURES)
@pytest.mark.parametrize("a, b", list(itertools.product(*ENDS)))
def test_the_digits_shown(make, points, a, b):
    """Authority: numpy's polyval and the norm of the misses."""
    live = make(points)
    _, shown = live.move(a=a, b=b)
    assert "error" not in live.frame(live.state)
    x, y = np.transpose(points)
    misses = y - np.polyval([a, b], x)
    left, total = shown.removeprefix(r"\text{error} = ").split(" = ")
    digits = [float(re.sub(r"\^2$|[()]", "", one)) for one in left.split(" + ")]
    assert digits == pytest.approx(misses, abs=0.05)
    assert float(total) == pytest.approx(np.linalg.norm(misses) ** 2, abs=0.005)
    assert f"{total}." in live.alt_text()


def test_minus_signs_stand_in_brackets():
    first, second = formulas(FOUR, -1, -2)
    assert first == r"f(x) = (-1.0) \cdot x + (-2.0)"
    assert "-0.0" not in " ".join(formulas(FOUR, 2, 1 + 1e-12))
    assert formulas([(0, 1)], 1, 2)[1] == r"\text{error} = (-1.0)^2 = 1.00"


def test_the_map_tells_the_error():
    """Every curve of the map runs through settings of just that error."""
    fig, ax = figure()
    KnobMap(ax, TWO, 2, 1)
    (curves,) = (one for one in ax.collections if hasattr(one, "levels"))
    for level, path in zip(curves.levels, curves.get_paths(), strict=True):
        errors = squared_error(TWO, *path.vertices.T)
        assert errors == pytest.approx(np.full(len(errors), level), rel=0.05)
        assert len(errors) > 10


def test_dragging_goes_by_both_knobs():
    live = line_and_map(TWO)
    (handle,) = live.drags
    labels = [live.controls[handle[axis]]["label"] for axis in "xy"]
    assert labels == ["slope a", "intercept b"]
    assert (handle["xlim"], handle["ylim"]) == (list(A[:2]), list(B[:2]))
