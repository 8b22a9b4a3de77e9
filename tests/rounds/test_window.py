"""The rounds through a window. Authority: the stories themselves and the grammar."""

import numpy as np
import pytest

from helpers import language
from helpers.maths import ngrams
from helpers.rounds.window import QUESTIONS, through_a_window

V = len(language.VOCABULARY)
K = 16


@pytest.fixture(scope="module")
def rounds():
    table = ngrams.bigram(language.train(), V).table
    return through_a_window(lambda ids: np.full(V, 1 / V), table, K)


def test_the_reader_sees_what_the_network_sees(rounds):
    for one, (story, _, came) in zip(rounds, QUESTIONS, strict=True):
        shown = language.words(one.said.strip("… "))
        assert shown == language.words(story)[-K:]
        assert one.words[one.truth] == came
        assert one.said.startswith("… ") and one.said.endswith(" …")


def test_the_word_that_came_can_come(rounds):
    """Authority: the grammar, from the whole story."""
    for one, (story, choices, came) in zip(rounds, QUESTIONS, strict=True):
        p = language.next_word(story)
        assert p[language.VOCABULARY.index(came)] == one.models["floor"] > 0
        assert set(choices[:-1]) <= set(language.VOCABULARY)
        assert 0 < one.models["bigram"] < 1
        assert one.models["window MLP"] == one.models["uniform"] == 1 / V


def test_the_window_hides_what_decides(rounds):
    """In the first two the word that came has left the window."""
    for one, (story, _, came) in zip(rounds[:2], QUESTIONS[:2], strict=True):
        assert came in language.words(story)
        assert came not in language.words(one.said.strip("… "))
