"""Entropy plus KL divergence (E7). Authority: scipy.stats.entropy."""

import math

import numpy as np
import pytest
from scipy.stats import entropy

from helpers.figures.loss.divergence import TRUTHS, split_loss

WORDS = ["好 (good)", "晴朗 (sunny)", "糟糕 (awful)", "热 (hot)", "others"]
P1 = np.array([0.40, 0.30, 0.15, 0.10, 0.05])
MODELS = [
    [0.60, 0.15, 0.15, 0.05, 0.05],
    [0.40, 0.30, 0.15, 0.10, 0.05],
    [0.2] * 5,
    [1, 0, 0, 0, 0],
    [0, 0, 0, 0, 1],
]


@pytest.fixture(scope="module")
def figure():
    return split_loss(WORDS, P1, [60, 15, 15, 5, 5])


def last(line):
    text = line.split("= ")[-1]
    return math.inf if text == r"\infty" else float(text)


@pytest.mark.parametrize("name", TRUTHS)
@pytest.mark.parametrize("p", MODELS, ids=str)
def test_loss_is_entropy_plus_kl(figure, name, p):
    lines = figure.move(y=name, p=p)
    assert "error" not in figure.frame(figure.state)
    y = P1 if TRUTHS[name] is None else np.array(TRUTHS[name])
    floor, gap = entropy(y), entropy(y, p)
    assert last(lines[0]) == pytest.approx(floor + gap, abs=0.0005)
    assert last(lines[1]) == pytest.approx(floor + gap, abs=0.0005)
    assert f"Entropy {floor:.3f} plus KL" in figure.alt_text()


def test_the_truth_itself_leaves_the_floor(figure):
    lines = figure.move(y="as in the table", p=P1)
    assert lines[1].endswith("= 1.392 + 0.000 = 1.392")


def test_a_certain_truth_brings_back_the_loss_of_one_word(figure):
    # E2: −ln 0.60 = 0.511.
    lines = figure.move(y="always the first word", p=MODELS[0])
    assert lines[0].endswith(r"= 1.00\cdot 0.511 = 0.511")


def test_bars_stack(figure):
    figure.move(y="as in the table", p=MODELS[0])
    floor, gap = figure._fig.axes[1].patches
    assert floor.get_height() == pytest.approx(entropy(P1))
    assert gap.get_y() == floor.get_height()
    assert gap.get_height() == pytest.approx(entropy(P1, MODELS[0]))
    assert gap.get_hatch() and not floor.get_hatch()
