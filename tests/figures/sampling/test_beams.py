"""The tree and its beams. Authority: row A7, and every text of the tree, enumerated."""

import math
import re

import pytest

from helpers.figures.sampling.beams import (
    DEEP,
    TREE,
    TREE_WORDS,
    every_node,
    factors,
    kept_beams,
    tree_model,
    walk_beams,
)

A7_GREEDY, A7_BEST = 0.5 * 0.4 * 0.4 * 0.6, 0.5 * 0.3 * 0.6 * 0.6


@pytest.fixture(scope="module")
def walking():
    return walk_beams()


def every_text(prefix=(0,), p=1.0):
    """(P, words) of each text of at most four words that the model can say."""
    for word, share in enumerate(tree_model(prefix)):
        if share > 0:
            text = (*prefix, word)
            if word == 0 or len(text) == 1 + DEEP:
                yield p * share, tuple(TREE_WORDS[i] for i in text[1:])
            else:
                yield from every_text(text, p * share)


def test_a7():
    assert (round(A7_GREEDY, 3), round(A7_BEST, 3)) == (0.048, 0.054)
    ((p, text),) = kept_beams(1, DEEP)[-1]
    assert p == pytest.approx(A7_GREEDY)
    assert factors(text) == pytest.approx([0.5, 0.4, 0.4, 0.6])
    p, text = kept_beams(2, DEEP)[-1][0]
    assert p == pytest.approx(A7_BEST)
    assert factors(text) == pytest.approx([0.5, 0.3, 0.6, 0.6])


def test_the_best_of_the_tree_is_the_best_of_all():
    texts = list(every_text())
    assert sum(p for p, _ in texts) == pytest.approx(1)
    p, text = max(texts)
    assert p == pytest.approx(A7_BEST) and text == kept_beams(2, DEEP)[-1][0][1]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_every_kept_text_stands_in_the_picture(width):
    nodes = set(every_node())
    for level in kept_beams(width, DEEP):
        assert {text for _, text in level} <= nodes
        assert len(level) <= width


def test_rows_are_distributions():
    for row in TREE.values():
        assert 0 < sum(row.values()) < 1
        assert list(row.values()) == sorted(row.values(), reverse=True)


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("step", [1, 2, 3, DEEP])
def test_the_digits_shown(walking, width, step):
    """Authority: the best of the level by hand through the rows of the tree."""
    product, asked = walking.move(width=width, step=step)
    assert "error" not in walking.frame(walking.state)
    levels = kept_beams(width, step)
    assert len(levels) == step + 1
    p, text = levels[-1][0]
    by_hand = math.prod(TREE[text[:n]][text[n]] for n in range(len(text)))
    assert p == pytest.approx(by_hand)
    assert float(product.split("= ")[-1]) == pytest.approx(by_hand, abs=0.0005)
    counted = int(re.search(r"\d+$", asked)[0])  # the sum, or its one term
    assert counted == sum(len(level) for level in levels[:-1])


def test_what_the_beams_cost(walking):
    """The prose: 4, 7 and 10 distributions."""
    cost = {w: int(walking.move(width=w, step=DEEP)[1].split("= ")[-1])
            for w in (1, 2, 3)}  # fmt: skip
    assert cost == {1: 4, 2: 7, 3: 10}
