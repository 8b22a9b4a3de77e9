"""You are the head. Authority: the stories themselves and the grammar."""

import numpy as np
import pytest

from helpers import language, rounds
from helpers.rounds.looking import NOWHERE, QUESTIONS, where_to_look

V = len(language.VOCABULARY)


@pytest.fixture(scope="module")
def played():
    return where_to_look(lambda ids: np.full(V, 1 / V))


def test_the_places_stand_in_the_story_in_this_order():
    for story, places, _ in QUESTIONS:
        words = iter(language.words(story))
        for place in places[:-1]:
            assert place.lower() in words, f"{place} in {story}"


def test_what_came_can_come(played):
    for one, (story, _, came) in zip(played, QUESTIONS, strict=True):
        p = language.next_word(story)
        said = {language.VOCABULARY.index(word) for word in language.words(story)}
        if came == NOWHERE:
            assert one.models["floor"] == pytest.approx(1 - p[list(said)].sum())
        else:
            word = language.VOCABULARY.index(came.lower())
            assert word in said and one.models["floor"] == p[word] > 0
        assert 0 < one.models["bigram"] <= 1


def test_the_floor_is_sure(played):
    """Who has read the whole story loses less than 0.2 nats in the mean."""
    assert np.mean([-np.log(one.models["floor"]) for one in played]) < 0.2


def test_places_of_one_word_add_up():
    word = rounds.Round("a b a", ["a", "b", "a"], truth=0, models={"x": 0.5})
    assert word.hit([0.3, 0.1, 0.6]) == pytest.approx(0.9)
    panel = rounds.you_are_the_model([word])
    panel.answer([0.25, 0.5, 0.25])
    assert panel.results()["you"][0] == pytest.approx(np.log(2))
    assert "0.50" in panel.board.value
