"""Walks and texts over the bigram table."""

import re

import numpy as np
import pytest

from helpers import language
from helpers.figures.probability.draws import drawn
from helpers.figures.probability.walks import (
    DEEPEST,
    LONGEST,
    READ,
    cut,
    factors,
    lines_of,
    minus,
    path,
    score_text,
    step_from,
    walk,
)
from helpers.maths import ngrams

VOCABULARY = language.VOCABULARY
WORD = VOCABULARY.index


@pytest.fixture(scope="module")
def table():
    return ngrams.bigram(language.train(), len(VOCABULARY)).table


@pytest.fixture(scope="module")
def walking(table):
    return walk(table, VOCABULARY)


@pytest.fixture(scope="module")
def scoring(table):
    return score_text(table, VOCABULARY, "one day anna took a red kite")


def test_step_from_by_hand():
    """By hand: 0.5, 0.3, 0.2 laid end to end, the likeliest first."""
    row = np.array([0.2, 0.5, 0.3])
    assert step_from(row, 0.0) == (1, 0.0, 0.5)
    assert step_from(row, 0.6) == pytest.approx((2, 0.5, 0.8))
    assert step_from(row, 0.99) == pytest.approx((0, 0.8, 1.0))
    assert step_from(row) == (1, 0.0, 0.5)


def test_steps_come_as_often_as_their_probability(table):
    """Closed form: each word owns as much of [0, 1) as its probability."""
    row = table[WORD("the")]
    middles = (np.arange(2_000) + 0.5) / 2_000
    tallies = np.bincount([step_from(row, u)[0] for u in middles], minlength=len(row))
    np.testing.assert_allclose(tallies / 2_000, row, atol=1e-3)


def test_a_walk_takes_only_steps_that_occur(table):
    for run in range(1, 13):
        ids = [0, *(i for i, *_ in path(table, run))]
        assert len(ids) == LONGEST + 1
        assert all(table[a, b] > 0 for a, b in zip(ids, ids[1:], strict=False))


def test_the_greedy_walk_goes_in_a_circle(table):
    """Authority: numpy's argmax of each row; the loop that the prose tells of."""
    ids = [i for i, *_ in path(table, 1, greedy=True)]
    last = 0
    for i in ids:
        assert i == table[last].argmax()
        last = i
    story = ids[: ids.index(WORD("[end]")) + 1]
    assert ids[: 2 * len(story)] == story * 2
    assert VOCABULARY[story[0]] == "one" and VOCABULARY[story[1]] == "morning"


@pytest.mark.parametrize("way", ["by chance", "the most probable"])
@pytest.mark.parametrize("step", [1, 15, LONGEST])
@pytest.mark.parametrize("run", [1, 3, 12])
def test_the_walk_shows_its_probability(walking, table, way, step, run):
    """Authority: the table itself at the two last words of the text told."""
    (line,) = walking.move(way=way, step=step, run=run)
    told = ["[end]", *walking.alt_text().rpartition(": ")[2].rstrip(".").split()]
    if told[-1] == "":  # a text that ends in a full stop
        told[-1] = "."
    ids = [i for i, *_ in path(table, run, way != "by chance")][:step]
    before = ids[-2] if step > 1 else 0
    p = table[before, ids[-1]]
    assert float(line.split("= ")[-1]) == pytest.approx(p, abs=0.0005)
    if way == "by chance":
        low, u, high = re.match(
            r"([\d.]+) \\leq u = ([\d.]+) < ([\d.]+)", line
        ).groups()
        assert float(low) <= float(u) <= float(high)
        assert float(u) == pytest.approx(drawn(run, step)[-1], abs=0.0005)
        assert float(high) - float(low) == pytest.approx(p, abs=0.0015)
    assert VOCABULARY[ids[0]] == told[1]


def test_the_walk_draws_at_ends_and_middle(walking):
    for way in (0, 1):
        for run in (0, 11):
            for step in (0, LONGEST // 2, LONGEST - 1):
                frame = walking.frame([step, way, run])
                assert "error" not in frame and frame["formula"].count("<div>") == 1


@pytest.mark.parametrize(
    "text",
    ["one day anna took a red kite", "Anna and Ben ran a race.", "she", "one morning"],
)
def test_a_text_against_its_log_probability(scoring, table, text):
    """Authority: ngrams' losses, counted and indexed apart from the figure."""
    product, total = scoring.move(text=text)
    ids = np.array([WORD(w) for w in language.words(text)])
    loss = ngrams.bigram(language.train(), len(VOCABULARY)).losses(ids)
    if np.isinf(loss).any():
        assert product.endswith("= 0") and r"-\infty" in total
        return
    assert float(total.split("= ")[-1]) == pytest.approx(-loss.sum(), abs=0.006)
    mantissa, _, power = product.split("= ")[-1].partition(r" \cdot 10^{")
    value = float(mantissa) * 10.0 ** int(power.rstrip("}") or 0)
    assert value == pytest.approx(np.exp(-loss.sum()), rel=0.006)


@pytest.mark.parametrize(
    "text",
    ["", " ", "kangaroo", "<b>$x$ \\frac{1}{0} & % #", "好 天气", "🐈" * 30,
     "[end] one", "the " * 15, "a" * 60],
)  # fmt: skip
def test_any_text_is_answered(scoring, text):
    frame = scoring.frame([text])
    assert "error" not in frame and frame["formula"].count("<div>") == 2
    lines = scoring.move(text=text)
    assert len(lines) == 2


def test_unknown_words_have_no_probability(table):
    words, p = factors(table, VOCABULARY, "one kangaroo day")
    assert words == ["one", "kangaroo", "day"]
    assert p == pytest.approx([table[0, WORD("one")], 0, 0])
    assert len(factors(table, VOCABULARY, "the " * 30)[0]) == READ


def test_lines_and_cuts():
    assert lines_of(["a", "b", "[end]", "c"]) == ["a b [end]", "c"]
    assert lines_of(["word"] * 3, width=9) == ["word word", "word"]
    assert (cut("swapped"), cut("kangaroos")) == ("swapped", "kangaro…")
    assert [minus(x) for x in (-1.44, 0.0, -0.01, -np.inf)] == [
        "−1.4",
        "0.0",
        "0.0",
        "−∞",
    ]
    assert DEEPEST < 0
