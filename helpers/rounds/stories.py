"""Rounds of "you are the model", kept here so that no cell gives the answer away."""

from helpers import language
from helpers.rounds.panel import Round

# What was said, the words to choose from, the word that came. In each, the last
# word alone says little, and what was said before says more.
QUESTIONS = [
    ("Ben had a", ["little", "big", "cat", "dog", "another word"], "dog"),
    (
        "Ben had a dog called Dot. Dot liked cheese but not bread. One day Dot ran "
        "away to the beach. Ben went there with some",
        ["bread", "cheese", "fish", "another word"],
        "cheese",
    ),
    (
        "One evening Mia and Tom ran a race. Tom was faster and won a red ribbon.",
        ["Anna", "Mia", "Tom", "she", "another word"],
        "Mia",
    ),
    (
        "One day Anna took a big red drum to the park. She came home without it. "
        "Ben went there and found the red",
        ["ball", "doll", "drum", "kite", "another word"],
        "drum",
    ),
    (
        "One day Anna took a big red drum to the park. She came home without it. "
        "Ben went there and found the red drum",
        ["under", "behind", "in", "another word"],
        "behind",
    ),
    (
        "One morning Tom took a blue kite to the farm. Anna was there with a green "
        "doll. They swapped toys. Tom went home with the",
        ["blue", "green", "red", "park", "another word"],
        "green",
    ),
]


# One story that stops six times: in front of which word, and what may come there.
STORY = 0.5
STOPS = [
    (1, ["day", "evening", "morning"]),
    (6, ["ball", "doll", "drum", "kite"]),
    (12, ["came", "lost", "ran"]),
    (23, ["blue", "green", "park", "red"]),
    (24, ["ball", "doll", "drum", "kite"]),
    (31, ["faster", "happy", "sad", "there"]),
]


def on_stories(bigram):
    """Six rounds, each with what three models gave to the word that came.

    `bigram` is a table (V, V) of P(next | previous) in the order of
    `language.VOCABULARY`. The floor is the grammar's exact probability.
    """
    return [_asked(bigram, *question) for question in QUESTIONS]


def in_a_story(bigram):
    """Six rounds along one story, with the models of `on_stories`."""
    story = language.story(STORY)  # a list of words
    return [
        _asked(bigram, language.text(story[:t]), [*words, "another word"], story[t])
        for t, words in STOPS
    ]


def _asked(bigram, said, choices, came):
    ids = {word: i for i, word in enumerate(language.VOCABULARY)}
    last, truth = ids[language.words(said)[-1]], ids[came.lower()]
    models = {
        "uniform": 1 / len(ids),
        "bigram": bigram[last, truth],
        "floor": language.next_word(said)[truth],
    }
    return Round.of(said, choices, came, models)


def first():
    """Two rounds for a beginner: a rhyme to know, and a story that nobody can know.

    The opponent leaves the bars even.
    """
    asked = [
        ("Humpty Dumpty sat on a", ["chair", "hill", "horse", "wall", "another word"],
         "wall"),
        ("One morning Anna took a red kite to the",
         ["beach", "farm", "park", "river"], "beach"),
    ]  # fmt: skip
    return [Round.of(*one, {"even bars": 1 / len(one[1])}) for one in asked]
