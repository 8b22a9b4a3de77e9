"""Rounds of "you are the model" in two languages: does the reader forget?"""

from helpers import language
from helpers.maths.forgetting import island
from helpers.rounds.panel import Round

HOME, ISLAND = language.LANGUAGE, island.LANGUAGE
# Whose story, what was said, the words to choose from, the word that came.
QUESTIONS = [
    (
        HOME,
        "One evening Mia took a big blue ball to the farm. Tom came with a",
        ["blue", "green", "red", "another word"],
        "red",
    ),
    (
        ISLAND,
        "Anna had a little dog called Kim. Kim liked",
        ["bread", "cake", "cheese", "fish", "milk", "nuts"],
        "cake",
    ),
    (
        HOME,
        "Anna had a little dog called Pip. Pip liked",
        ["bread", "cake", "cheese", "fish", "milk", "nuts"],
        "cheese",
    ),
    (
        HOME,
        "One day Ben took a red kite to the park. He came home without it.",
        ["Anna", "Ben", "Mia", "Tom", "another word"],
        "Anna",
    ),
]


def on_both(before, after):
    """Four rounds, with what two models and the exact one gave to what came.

    `before` and `after` are functions from ids to the probabilities of all words.
    """
    ids = {word: i for i, word in enumerate(island.VOCABULARY)}
    rounds = []
    for grammar, said, choices, came in QUESTIONS:
        words, truth = grammar.words(said), ids[came.lower()]
        prefix = [ids[word] for word in words]
        models = {
            "before": before(prefix)[truth],
            "after": after(prefix)[truth],
            "exact": grammar.next_word(words)[truth],
        }
        where = "at home" if grammar is HOME else "on the island"
        rounds.append(Round.of(f"A story {where}: {said}", choices, came, models))
    return rounds
