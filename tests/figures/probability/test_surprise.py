"""Surprise and entropy in pictures, against scipy and closed forms."""

import re

import numpy as np
import pytest
from scipy.stats import entropy as scipy_entropy

from helpers.figures.probability.surprise import Areas, entropy_area, surprise_curve
from helpers.live.controls import rescale
from helpers.live.style import figure
from tests.pictures import crowded

WORDS = ["好 (good)", "晴朗 (sunny)", "糟糕 (awful)", "热 (hot)", "others"]
SPREADS = [
    [0.40, 0.30, 0.15, 0.10, 0.05],
    [1, 0, 0, 0, 0],
    [0, 0, 0, 0, 1],
    [0.2] * 5,
    [0.01, 0.97, 0.02, 0, 0],
]


@pytest.mark.parametrize(
    "p, shown",
    [(0.3, "1.204"), (0.8, "0.223"), (0.6, "0.511"), (1, "0.000"), (0.01, "4.605")],
)
def test_surprise_at_the_worked_examples(p, shown):
    """Authority: rows E1, P4 and E2; ln 1 and ln 100."""
    live = surprise_curve()
    first, second = live.move(p=p)
    assert first == rf"-\ln {p:.2f} = {shown}"
    assert second.endswith(f"= {1 / p:.2f}")
    assert shown in live.alt_text()


def test_surprise_of_the_impossible():
    live = surprise_curve()
    assert r"\infty" in live.move(p=0)[0] and "∞" in live.alt_text()


def test_the_curve_draws_everywhere_with_two_lines():
    live = surprise_curve()
    for state in [0, 1, *range(2, 100, 14), 99, 100]:
        frame = live.frame([state])
        assert "error" not in frame and frame["formula"].count("<div>") == 2


@pytest.mark.parametrize("p", SPREADS)
def test_entropy_in_the_formula(p):
    """Authority: scipy.stats.entropy, natural logarithms."""
    live = entropy_area(WORDS, [40, 30, 15, 10, 5])
    lines = live.move(p=p)
    shown = re.findall(r"= ([\d.]+) \\text", lines[1])
    assert len(lines) == 2
    assert float(shown[0]) == pytest.approx(scipy_entropy(p), abs=0.0005)
    assert f"{scipy_entropy(p):.3f}" in live.alt_text()


@pytest.mark.parametrize("p", SPREADS)
def test_the_area_is_the_entropy(p):
    """Authority: width times height of the blocks drawn, against scipy."""
    _, ax = figure()
    areas = Areas(ax, WORDS)
    areas.show(np.array(p))
    area = sum(block.get_width() * block.get_height() for block in areas.blocks)
    assert area == pytest.approx(scipy_entropy(p), abs=1e-12)
    assert areas.line.get_ydata()[0] == pytest.approx(area)
    assert sum(block.get_width() for block in areas.blocks) == pytest.approx(1)


@pytest.mark.parametrize("bar", range(5))
def test_each_bar_to_its_ends_and_middle(bar):
    live = entropy_area(WORDS, [40, 30, 15, 10, 5])
    for percent in (0, 50, 100):
        frame = live.frame([rescale([40, 30, 15, 10, 5], bar, percent)])
        assert "error" not in frame and frame["formula"].count("<div>") == 2


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize(
    "percents",
    [(40, 30, 15, 10, 5), (96, 1, 1, 1, 1), (1, 1, 1, 1, 96), (1, 1, 96, 1, 1)],
)
def test_every_word_is_named_and_none_touches_another(percents, narrow):
    live = entropy_area(WORDS, [40, 30, 15, 10, 5])
    live.lay_out(narrow)
    frame = live.frame([list(percents)])
    for word in WORDS:
        assert f">{word.split(' (')[0]}<" in frame["svg"], word
    assert not crowded(live._fig)
