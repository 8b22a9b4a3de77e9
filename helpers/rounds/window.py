"""Rounds of "you are the model" in which the reader sees no more than the network."""

from helpers import language
from helpers.rounds.panel import Round

# The whole story so far, the words to choose from, the word that came.
QUESTIONS = [
    (
        "One morning Anna took a little green doll to the beach. Tom came with a blue "
        "ball. They swapped toys. Tom went home with the",
        ["blue", "green", "red", "little", "another word"],
        "green",
    ),
    (
        "One day Mia took a blue drum to the park. She came home without it. Ben went "
        "there and found the",
        ["blue", "green", "red", "drum", "another word"],
        "blue",
    ),
    (
        "Anna had a cat called Pip. Pip liked fish but not cheese. One day Pip went to "
        "the river. Anna went there with some",
        ["bread", "cheese", "fish", "another word"],
        "fish",
    ),
    (
        "One evening Ben and Mia ran a race. Ben was faster and won a green cup. Mia "
        "was sad. So Ben gave Mia the green",
        ["cup", "flag", "ribbon", "drum", "another word"],
        "cup",
    ),
]


def through_a_window(model, bigram, K):
    """Four rounds on stories of which only the last K words are shown.

    `model` is a function of ids that gives P(next), (V,), `bigram` a table (V, V).
    The floor is the grammar itself, which knows the whole story.
    """
    ids = {word: i for i, word in enumerate(language.VOCABULARY)}
    rounds = []
    for story, choices, came in QUESTIONS:
        words = language.words(story)
        seen, truth = [ids[word] for word in words], ids[came.lower()]
        models = {
            "uniform": 1 / len(ids),
            "bigram": bigram[seen[-1], truth],
            "window MLP": model(seen)[truth],
            "floor": language.next_word(story)[truth],
        }
        rounds.append(Round.of(_shown(words, K), choices, came, models))
    return rounds


def _shown(words, K):
    """The last K words as text, begun in the middle of a sentence if need be."""
    text = language.text(words[-K:])
    if words[-K - 1] != "." and words[-K] not in language.LANGUAGE.capitals:
        text = text[0].lower() + text[1:]
    return f"… {text}"
