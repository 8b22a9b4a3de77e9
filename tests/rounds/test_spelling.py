"""The letter game: what the exact model and the bigram gave, by enumeration."""

import math

import numpy as np
import pytest

from helpers import language
from helpers.maths import ngrams
from helpers.rounds.spelling import BEFORE, WORD, exact_letter, spell_a_word

TEXT = language.text(language.train()[:20_000]).lower()
LETTERS = sorted(set(TEXT))
IDS = [LETTERS.index(c) for c in TEXT]
TABLE = ngrams.bigram(IDS, len(LETTERS)).table


def test_letters_of_a_word_multiply_to_the_word():
    """The chain rule. Authority: the exact probability of the whole word."""
    product = math.prod(exact_letter(WORD[:k], c) for k, c in enumerate(WORD))
    word = language.next_word(BEFORE)[language.VOCABULARY.index(WORD)]
    assert product == pytest.approx(word) == pytest.approx(0.3)


@pytest.mark.parametrize("start", ["", "d", "do"])
def test_next_letters_sum_to_1(start):
    total = sum(exact_letter(start, c) for c in "abcdefghijklmnopqrstuvwxyz")
    assert total == pytest.approx(1)


def test_rounds():
    """The bigram's number is a share of counted pairs of letters."""
    rounds = spell_a_word(LETTERS, TABLE)
    assert [one.words[one.truth] for one in rounds] == list(WORD)
    for one, (a, b) in zip(rounds, [" d", "do", "og"], strict=True):
        starts = TEXT[:-1].count(a)
        pairs = sum(x == a and y == b for x, y in zip(TEXT, TEXT[1:], strict=False))
        assert one.models["letter bigram"] == pytest.approx(pairs / starts, rel=1e-6)
        assert one.models["uniform"] == 1 / len(LETTERS)
    assert np.prod([one.models["exact"] for one in rounds]) == pytest.approx(0.3)
