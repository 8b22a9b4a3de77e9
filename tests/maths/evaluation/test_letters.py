"""Word by word and letter by letter.

Authority: every story of a small grammar written out, so that the probability of a
beginning is a sum over the stories that begin so.
"""

import math

import numpy as np
import pytest

from helpers import language
from helpers.language.grammar import Grammar
from helpers.maths import ngrams
from helpers.maths.evaluation.letters import letter_losses, spelled
from helpers.maths.evaluation.sureness import bits_per_character

SMALL = Grammar(
    {
        "story": {"{lost}": 0.6, "{gift}": 0.4},
        "hero": {"anna": 0.5, "ann": 0.2, "ben": 0.3},
        "she | hero": {"anna": {"she": 1}, "ann": {"she": 1}, "ben": {"he": 1}},
        "lost": {"{hero} ran . {she} fell .": 0.7, "{hero} fell .": 0.3},
        "gift": {"{hero} sang . {she} smiled .": 1},
    }
)


def every_story(begin=(), p=1.0):
    """All stories of the small grammar, as written, with their probability."""
    for word, q in zip(SMALL.vocabulary, SMALL.next_word(begin), strict=True):
        if q and word == "[end]" and begin:
            yield [*begin, word], p * q
        elif q:
            yield from every_story([*begin, word], p * q)


STORIES = [(words, "".join(map(spelled, words)), p) for words, p in every_story()]


@pytest.mark.parametrize("words, text, p", STORIES)
def test_letters_are_those_of_all_stories_written_out(words, text, p):
    ids = [SMALL.ids[word] for word in words]
    losses = letter_losses(SMALL.next_words(ids), ids, SMALL.vocabulary)

    def begins(so_far):
        return sum(q for _, other, q in STORIES if other.startswith(so_far))

    wanted = [
        -math.log(begins(text[: k + 1]) / begins(text[:k])) for k in range(len(text))
    ]
    assert losses == pytest.approx(wanted, abs=1e-12)
    assert losses.sum() == pytest.approx(-math.log(p))


def test_all_stories_are_written_out():
    assert len(STORIES) == 9 and sum(p for *_, p in STORIES) == pytest.approx(1)
    assert len({text for _, text, _ in STORIES}) == 9


def test_total_and_bits_a_character_stay():
    """For the course's own language, and for a bigram of it."""
    ids = language.held_out()[:350]
    text = "".join(spelled(language.VOCABULARY[i]) for i in ids)
    rows = ngrams.bigram(language.train(), 96).table[np.r_[0, ids[:-1]]]
    for P in (language.next_words(ids), rows):
        words = -np.log(P[np.arange(len(ids)), ids])
        letters = letter_losses(P, ids, language.VOCABULARY)
        assert len(letters) == len(text) and letters.sum() == pytest.approx(words.sum())
        bits = [bits_per_character(one, text) for one in (words, letters)]
        assert bits[0] == pytest.approx(bits[1])
        assert np.exp(words.mean()) > 1.2 * np.exp(letters.mean())
