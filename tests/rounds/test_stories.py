"""Rounds on the course's stories. Authority: the grammar, and counts of the text."""

import numpy as np
import pytest

from helpers import language
from helpers.rounds.stories import QUESTIONS, STORY, first, in_a_story, on_stories

V = len(language.VOCABULARY)


@pytest.fixture(scope="module")
def table():
    text, pairs = language.train(), np.zeros((V, V))
    np.add.at(pairs, (np.r_[0, text[:-1]], text), 1)
    return pairs / pairs.sum(axis=1, keepdims=True)


def test_each_round_can_happen_and_has_its_truth(table):
    for now, (said, words, came) in zip(on_stories(table), QUESTIONS, strict=True):
        assert language.next_word(said)[language.VOCABULARY.index(came.lower())] > 0
        assert now.words[now.truth] == came
        assert now.said.startswith(said)
        assert len(set(words)) == len(words)


def test_models_give_what_they_would_give(table):
    first = on_stories(table)[0]
    assert first.models["uniform"] == 1 / V
    # The grammar: no size (0.5), then a dog (0.3).
    assert first.models["floor"] == pytest.approx(0.5 * 0.3)
    a, dog = language.VOCABULARY.index("a"), language.VOCABULARY.index("dog")
    text = language.train()
    after = text[1:][text[:-1] == a]
    assert first.models["bigram"] == pytest.approx(np.mean(after == dog), abs=1e-4)


def test_the_whole_story_helps(table):
    """What the rounds are for: the floor knows more than the last word says."""
    for now in on_stories(table):
        assert now.models["floor"] > now.models["bigram"] > now.models["uniform"]


def test_one_story_is_told_on_from_round_to_round(table):
    """At the end only the story says what comes; at the start nothing does."""
    told, rounds = language.text(language.story(STORY)), in_a_story(table)
    said = [now.said.removesuffix(" …") for now in rounds]
    assert all(
        later.startswith(one) for one, later in zip(said, said[1:], strict=False)
    )
    for now, text in zip(rounds, said, strict=True):
        assert told.startswith(f"{text} {now.words[now.truth]}")
        assert len(set(now.words)) == len(now.words)
    gains = [np.log(now.models["floor"] / now.models["bigram"]) for now in rounds]
    assert max(gains[:3]) < 0.3 < min(gains[3:])


def test_a_story_of_each_kind():
    kinds = {max(language.posterior(said), key=language.posterior(said).get)
             for said, _, _ in QUESTIONS}  # fmt: skip
    assert kinds == {"pet", "race", "lost", "swap"}


def test_the_first_rounds():
    """The bars name every word that can come, and no other."""
    rhyme, story = first()
    assert rhyme.words[rhyme.truth] == "wall"
    assert rhyme.models == {"even bars": 0.2}
    p = language.next_word(story.said.removesuffix(" …"))
    assert set(story.words) == {language.VOCABULARY[i] for i in p.nonzero()[0]}
    came = language.VOCABULARY.index(story.words[story.truth])
    assert p[came] == pytest.approx(0.3)
    assert story.models == {"even bars": 0.25}
