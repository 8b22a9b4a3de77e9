"""1. What may be compared with what."""

from math import exp, log

import numpy as np

from helpers import language
from helpers.figures.evaluation import pieces
from helpers.maths import ngrams
from helpers.maths.evaluation.letters import letter_losses, spelled
from helpers.maths.evaluation.sureness import bits_per_character

STORIES = 50
IDS = language.held_out()[: np.flatnonzero(language.held_out() == 0)[STORIES - 1] + 1]
TEXT = "".join(spelled(language.VOCABULARY[i]) for i in IDS)
BY_WORD = language.losses(IDS)
BY_LETTER = letter_losses(language.next_words(IDS), IDS, language.VOCABULARY)
ROWS = ngrams.bigram(language.train(), 96).table[np.append(0, IDS[:-1])]
BIGRAM = letter_losses(ROWS, IDS, language.VOCABULARY)
# The bigram by letters looks better than the grammar by words, and needs 4 × the bits.
assert exp(BIGRAM.mean()) < exp(BY_WORD.mean())
assert round(BIGRAM.sum() / BY_LETTER.sum()) == 4
RED = 4 * -log(0.8) - log(0.1)


def sentence(model, cut, what):
    nats = pieces.pieces(model, cut)[1]
    return (
        exp(nats.mean())
        if what == "perplexity"
        else bits_per_character(nats, pieces.TEXT)
    )


GIVEN = {
    "0.8": "given to red",
    "0.1": "given to green and to blue",
    "0.5": "of the grammar, shown in the cell",
    "0.3": "of the grammar",
}
NUMBERS = {
    "0.223": -log(0.8),
    "2.303": -log(0.1),
    "3.195": RED,
    "1.2": (9 * 1 + 1 * 3) / 10,
    "3.32": exp(1.2),
    "2.72": exp(1),
    "20.09": exp(3),
    "11.40": (exp(1) + exp(3)) / 2,
    "0.6": (0.3 / 0.5, bits_per_character([log(2), log(4), 0], "a cat")),
    "50": STORIES,
    "583.656": (BY_WORD.sum(), BY_LETTER.sum()),
    "7643": (len(TEXT), len(BY_LETTER)),
    "1791": len(IDS),
    "1.385": exp(BY_WORD.mean()),
    "1.079": exp(BY_LETTER.mean()),
    "0.693": log(2),
    "0.237": sentence("grammar", "words", "bits"),
    "0.578": sentence("bigram", "words", "bits"),
    "1.18": sentence("grammar", "letters", "perplexity"),
    "1.93": sentence("grammar", "words", "perplexity"),
    "100": sentence("grammar", "one piece", "perplexity"),
    "29": len("today I go to the supermarket"),
}
