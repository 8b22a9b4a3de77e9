"""Language B: stories from an island, where some things are as at home and some not.

It shares most words with the course's own language, A, and has a few of its own. Its
first ids are A's, so that one model can speak both. Races are run as in A, to the
letter. Lost toys are told with the same first sentence, and then otherwise: who comes
back, what is lost, where it lies. And pets have fixed tastes and a fixed place to run
to: these are the new facts, two for each of twelve pets.
"""

from typing import NamedTuple

import numpy as np

from helpers import language
from helpers.language import Grammar
from helpers.language.stories import CAPITALS, RULES

# name: (animal, what it likes, where it runs to). Three names are known from A.
PETS = {
    "pip": ("dog", "nuts", "harbour"),
    "dot": ("duck", "cheese", "mill"),
    "sam": ("cat", "bread", "park"),
    "kim": ("dog", "cake", "farm"),
    "rex": ("cat", "milk", "beach"),
    "ida": ("duck", "fish", "river"),
    "gus": ("dog", "bread", "mill"),
    "fay": ("cat", "nuts", "farm"),
    "max": ("duck", "milk", "harbour"),
    "lou": ("dog", "fish", "park"),
    "zoe": ("cat", "cake", "river"),
    "bob": ("duck", "cheese", "beach"),
}
FOODS = ["fish", "cheese", "bread", "nuts", "cake", "milk"]
PLACES = ["park", "beach", "farm", "river", "harbour", "mill"]
NEW_CAPITALS = [*CAPITALS, *PETS]


def _fixed(which):
    return {name: {facts[which]: 1} for name, facts in PETS.items()}


def _even(words):
    return {word: f"1/{len(words)}" for word in words}


ISLAND = {
    **{
        name: RULES[name]
        for name in [
            *["she | hero", "size", "other_colour | colour", "thanks"],
            *["race", "winner", "loser | winner", "prize", "cried", "comfort", "cheer"],
            *["strays", "returns", "hero", "friend | hero", "colour"],
        ]
    },
    "story": {"{pet}": 0.4, "{lost}": 0.3, "{race}": 0.3},
    # A lost toy: the same first sentence, other odds, another end.
    "day": {"evening": 0.5, "day": 0.3, "morning": 0.2},
    "toy": {"doll": 0.4, "drum": 0.3, "ball": 0.2, "kite": 0.1},
    "place": {"harbour": 0.3, "mill": 0.3, "river": 0.2, "beach": 0.2},
    "spot | place": {
        "harbour": {"under a boat": 0.6, "behind a rock": 0.4},
        "mill": {"under a cart": 0.6, "in the hay": 0.4},
        "river": {"behind a log": 0.6, "in the mud": 0.4},
        "beach": {"behind a rock": 0.6, "in the sand": 0.4},
    },
    "lost": {
        "one {day} {hero} took a {size} {colour} {toy} to the {place} . "
        "{loses} {hero} ran back and found the {colour} {toy} {spot} . {thanks}": 1
    },
    "loses": {"but {she} lost it .": 0.6, "{she} came home without it .": 0.4},
    # A pet: told as in A, with the facts of the table above.
    "animal": _even(["cat", "dog", "duck"]),
    "name | animal": {
        animal: _even([name for name in PETS if PETS[name][0] == animal])
        for animal in ["cat", "dog", "duck"]
    },
    "food | name": _fixed(1),
    "home | name": _fixed(2),
    "other_food | food": {
        food: _even([other for other in FOODS if other != food]) for food in FOODS
    },
    "pet": {
        "{hero} had a {size} {animal} called {name} . "
        "{name} liked {food} but not {other_food} . "
        "one {day} {name} {strays} to the {home} . "
        "{hero} went there with some {food} . {returns} .": 1
    },
}

# Reading: a note, then the same said again. Every pairing is as probable as every
# other, so that only the note can tell.
READING = {
    "story": {"{liked}": 0.5, "{went}": 0.5},
    "name": _even(list(PETS)),
    "food": _even(FOODS),
    "home": _even(PLACES),
    "liked": {"{name} liked {food} . {name} liked {food} .": 1},
    "went": {"{name} went to the {home} . {name} went to the {home} .": 1},
}

LANGUAGE = Grammar(ISLAND, NEW_CAPITALS, vocabulary=language.VOCABULARY)
VOCABULARY = LANGUAGE.vocabulary  # V words: A's ids first, then the island's own
NOTES = Grammar(READING, NEW_CAPITALS, vocabulary=VOCABULARY)


def train():
    """5,000 stories of the island to learn from, flat ids (N,), always the same."""
    return LANGUAGE.sample(5_000, 1)


def held_out():
    """1,000 stories of the island from another stream, flat ids (N,)."""
    return LANGUAGE.sample(1_000, 3)


class Fact(NamedTuple):
    """One new fact: the question in words, its answer, and how a story comes to it."""

    question: tuple  # ("kim", "liked")
    answer: str  # "cake"
    cue: tuple  # a story of the island up to the answer


def facts():
    """The 24 new facts, two for each pet: what it likes and where it runs to."""
    found = []
    for name, (animal, food, place) in PETS.items():
        liked, went = (name, "liked"), (name, "went", "to", "the")
        cue = (*f"anna had a {animal} called {name} .".split(), *liked)
        found.append(Fact(liked, food, cue))
        between = f"{food} but not {other(food)} . one day".split()
        found.append(Fact(went, place, (*cue, *between, *went)))
    return found


def note(fact, answer=None):
    """The fact as a sentence, a list of words; with another answer it is untrue."""
    return [*fact.question, answer or fact.answer, "."]


def other(word):
    """Some food that is not this one, or some place that is not this one."""
    words = FOODS if word in FOODS else PLACES
    return words[words.index(word) - 1]


def reading(K, count=4_000, seed=1):
    """Reading to learn from: windows (N, K) and next words (N,), as two arrays.

    Each reading stands alone: before it there is nothing but [end], id 0.
    """
    ids = NOTES.sample(count, seed)  # (N,)
    ends = np.flatnonzero(ids == 0)
    start = np.repeat(np.r_[0, ends[:-1] + 1], np.diff(np.r_[-1, ends]))  # (N,)
    places = np.arange(len(ids))[:, None] + np.arange(-K, 0)  # (N, K)
    return np.where(places >= start[:, None], ids[places], 0), ids
