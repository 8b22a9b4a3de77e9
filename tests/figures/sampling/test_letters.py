"""A window of letters, one-hot in, probabilities out. Authority: NumPy and the text."""

import numpy as np
import pytest

from helpers.figures.sampling.letters import (
    OneHotWindow,
    letter_by_letter,
    two_histories,
)
from helpers.live.style import figure

LETTERS = ".abcdefghijklmnopqrstuvwxyz "
LINE = "humpty dumpty sat on a wall."
P = np.linspace(1, 2, len(LETTERS)) / np.linspace(1, 2, len(LETTERS)).sum()


def knows(text):
    """A model that knows the line."""
    p = np.full(len(LETTERS), 0.1 / 27)
    p[LETTERS.index(LINE[len(text)])] = 0.9
    return p


@pytest.fixture(scope="module")
def figure_of_line():
    return letter_by_letter(
        {"the line": knows, "nothing": lambda text: P}, LETTERS, LINE
    )


@pytest.mark.parametrize("step", [1, 3, len(LINE) - 12])
@pytest.mark.parametrize("trained", ["the line", "nothing"])
def test_the_digits_shown(figure_of_line, step, trained):
    first, second = figure_of_line.move(step=step, trained=trained)
    assert "error" not in figure_of_line.frame(figure_of_line.state)
    t = 11 + step
    p = knows(LINE[:t]) if trained == "the line" else P
    truth = p[LETTERS.index(LINE[t])]
    assert float(second.split("= ")[-1]) == pytest.approx(-np.log(truth), abs=0.0005)
    largest = LETTERS[int(p.argmax())].replace(" ", "␣")
    assert rf"\text{{largest: }}\text{{{largest}}}" in first
    assert f"that of {largest}." in figure_of_line.alt_text()


def test_a_one_of_each_letter_in_its_row():
    fig, ax = figure()
    grid = OneHotWindow(ax, LETTERS, 4)
    grid.show("xyab")
    corners = grid.ones.get_path().vertices.reshape(-1, 5, 2)  # (4, 5, 2)
    middles = corners[:, :4].mean(axis=1).round()
    rows = [LETTERS.index(c) for c in "xyab"]
    np.testing.assert_array_equal(middles, [[k, row] for k, row in enumerate(rows)])
    grid.show("ab")  # shorter than the window: it fills from the right
    assert [head.get_text() for head in grid.heads] == ["", "", "a", "b"]


def test_two_histories():
    """Authority: the model itself; a window of 3 sees three letters."""

    def model(text):
        p = np.full(len(LETTERS), 0.5 / (len(LETTERS) - 1))
        p[LETTERS.index("t") if text[-3:] == " ca" else 0] = 0.5
        return p

    live = two_histories(model, LETTERS, "a ca", "the ca", K=3)
    assert "sees" not in live.alt_text() and "“␣ca” and “␣ca”" in live.alt_text()
    first, second = live.move(one="A ca", other="my CA!")
    assert "equal" in first and second.endswith(" 0.000")
    first, second = live.move(other="dog")
    gap = 0.5 - 0.5 / (len(LETTERS) - 1)
    assert "different" in first and second.endswith(f" {gap:.3f}")
    live.move(one="", other="狗")
    assert "error" not in live.frame(live.state)
