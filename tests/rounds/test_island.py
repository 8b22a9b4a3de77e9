"""The rounds in two languages. Authority: both grammars."""

import numpy as np
import pytest

from helpers.maths.forgetting import island
from helpers.maths.forgetting.diary import SAID
from helpers.rounds import island as island_rounds


def test_the_exact_model_is_the_grammar_of_the_place():
    V = len(island.VOCABULARY)
    rounds = island_rounds.on_both(
        lambda ids: np.full(V, 1 / V), lambda ids: np.eye(V)[0]
    )
    for now, (grammar, said, _, came) in zip(
        rounds, island_rounds.QUESTIONS, strict=True
    ):
        words = grammar.words(said)
        expected = grammar.next_word(words)[grammar.vocabulary.index(came.lower())]
        assert now.models["exact"] == pytest.approx(expected) and expected > 0
        assert now.models["before"] == pytest.approx(1 / V)
        assert now.words[now.truth] == came
        # The short list holds all that can come, or says that there is more.
        could = {
            grammar.vocabulary[i] for i in np.flatnonzero(grammar.next_word(words))
        }
        listed = {word.lower() for word in now.words}
        assert could <= listed or "another word" in listed


def test_no_round_asks_what_the_picture_before_it_shows():
    assert not {said for _, said, *_ in island_rounds.QUESTIONS} & set(SAID)
