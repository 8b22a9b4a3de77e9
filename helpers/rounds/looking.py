"""You are the head: the reader shares out 100 % of attention over words of a story.

The answer is the mixture of the words that were looked at, as a pointer network gives
it (Vinyals, Fortunato and Jaitly, 2015): a word gets what its places are given.
"""

from helpers import language
from helpers.maths import ngrams
from helpers.rounds.panel import Round

NOWHERE = "none"

# A story, the words to look at in the order in which they stand, the word that came.
QUESTIONS = [
    (
        "One day Tom took a blue drum to the park. He came home without it. Anna went "
        "there and found the",
        ["Tom", "blue", "drum", "park", "home", "Anna", NOWHERE],
        "blue",
    ),
    (
        "One day Anna and Tom ran a race. Tom was faster and won a red flag. Anna "
        "began to cry. So Tom gave",
        ["Anna", "Tom", "Tom", "flag", "Anna", "Tom", NOWHERE],
        "Anna",
    ),
    (
        "One morning Tom took a blue kite to the farm. Anna was there with a green "
        "doll. They swapped toys. Tom went home with the",
        ["Tom", "blue", "kite", "Anna", "green", "doll", NOWHERE],
        "green",
    ),
    (
        "Anna had a little cat called Pip. Pip liked fish but not",
        ["Anna", "little", "cat", "Pip", "Pip", "fish", NOWHERE],
        NOWHERE,
    ),
]


def where_to_look(model):
    """Four rounds; each with what the course's models gave to the word that came.

    `model`, the window MLP, is a function of ids that gives P(next), (V,). The bigram
    is counted, the floor is the grammar itself. To `NOWHERE` they give what they give
    to all words that the story does not hold.
    """
    bigram = ngrams.bigram(language.train(), len(language.VOCABULARY)).table  # (V, V)
    return [_asked(model, bigram, *question) for question in QUESTIONS]


def _asked(model, bigram, story, places, came):
    ids = {word: i for i, word in enumerate(language.VOCABULARY)}
    seen = [ids[word] for word in language.words(story)]
    new = [i for i in ids.values() if i not in seen]
    right = new if came == NOWHERE else [ids[came.lower()]]
    given = {
        "bigram": bigram[seen[-1]],
        "window MLP": model(seen),
        "floor": language.next_word(story),
    }
    # Rounding may carry a sum of probabilities a hair over 1.
    models = {name: min(1.0, p[right].sum()) for name, p in given.items()}
    return Round.of(story, places, came, models)
