"""The bigram table in pictures, against pairs counted with a dictionary."""

import re
from collections import Counter

import numpy as np
import pytest

from helpers import language
from helpers.figures.probability.tables import NAMES, SHOWN, Row, draw_table, read_row
from helpers.live.style import figure
from helpers.maths import ngrams

WORD = language.VOCABULARY.index


@pytest.fixture(scope="module")
def counts():
    return ngrams.pair_counts(language.train(), len(language.VOCABULARY))


@pytest.fixture(scope="module")
def live(counts):
    return read_row(counts, language.VOCABULARY, "anna")


@pytest.fixture(scope="module")
def pairs():
    ids = language.train().tolist()
    return Counter(zip([0, *ids], ids, strict=False))


@pytest.mark.parametrize("word", ["[end]", "anna", "the", "thank", "bread"])
def test_the_formula_holds_the_counts(live, pairs, word):
    """Authority: a dictionary of pairs, counted one by one."""
    (line,) = live.move(row=WORD(word))
    row = {b: n for (a, b), n in pairs.items() if a == WORD(word)}
    top, total, p = re.search(
        r"frac\{([\d{},]+?)\}\{([\d{},]+?)\} = ([\d.]+)", line.replace("{,}", "")
    ).groups()
    assert (int(top), int(total)) == (max(row.values()), sum(row.values()))
    assert float(p) == pytest.approx(int(top) / int(total), abs=0.0005)


def test_rows_draw_at_ends_and_between(live):
    for row in [*range(0, len(language.VOCABULARY), 10), 95]:
        frame = live.frame([row])
        assert "error" not in frame and frame["formula"].count("<div>") == 1


def test_a_row_shows_all_its_probability(counts):
    """Closed form: the bars of a row sum to 1, the rest in one of them."""
    table = counts / counts.sum(axis=1, keepdims=True)
    _, ax = figure()
    row = Row(ax, language.VOCABULARY)
    for i in range(len(table)):
        row.show(table[i])
        widths = [bar.get_width() for bar in row.bars]
        assert sum(widths) == pytest.approx(1)
        assert widths[:SHOWN] == sorted(widths[:SHOWN], reverse=True)


def test_a_chosen_word_is_always_among_the_bars(counts):
    table = counts / counts.sum(axis=1, keepdims=True)
    _, ax = figure()
    row = Row(ax, language.VOCABULARY)
    rare = int(np.argsort(table[WORD("the")] + (table[WORD("the")] == 0))[0])
    row.show(table[WORD("the")], chosen=rare)
    assert language.VOCABULARY[rare] in [word.get_text() for word in row.words]
    assert sum(bar.get_hatch() == "//" for bar in row.bars) == 1


def test_the_picture_has_a_square_for_each_pair(counts, pairs):
    """Authority: pairs in a dictionary; a square stands at row and column."""
    _, ax = figure()
    table = counts / counts.sum(axis=1, keepdims=True)
    draw_table(ax, table, language.VOCABULARY)
    for axis in (ax.xaxis, ax.yaxis):
        for tick in axis.get_major_ticks():
            name = language.VOCABULARY[round(tick.get_loc())]
            assert tick.label1.get_text() == NAMES.get(name, name)
        assert len(axis.get_major_ticks()) == 12
    drawn = set()
    for patch, least in zip(ax.patches, (0, 0.1, 0.5), strict=True):
        for left, right in patch.get_path().vertices.reshape(-1, 2, 2):
            (j, i) = (left + right) / 2
            assert table[round(i), round(j)] > least
            drawn.add((round(i), round(j)))
    assert drawn == set(pairs) and len(drawn) == 353
