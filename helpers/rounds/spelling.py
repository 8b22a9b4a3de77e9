"""Rounds of "you are the model": guess a word letter by letter."""

from helpers import language
from helpers.rounds.panel import Round

BEFORE, WORD = "tom had a little", "dog"
# For each letter of the word: what the reader may bet on, besides "other".
CHOICES = ["bcd", "aou", "glt"]


def exact_letter(start, letter, before=BEFORE):
    """P(next letter) under the course's language, after the `start` of a word.

    The words that go on with the letter, among those that begin so far: the exact
    next-word probabilities added up.
    """
    p = language.next_word(before)
    shares = dict(zip(language.VOCABULARY, p, strict=True))
    fit = sum(share for word, share in shares.items() if word.startswith(start))
    on = sum(s for word, s in shares.items() if word.startswith(start + letter))
    return float(on / fit)


def spell_a_word(letters, table):
    """A round a letter of the word.

    `letters` (V,) is the vocabulary of `table` (V, V), P(next | previous letter).
    """
    rounds = []
    for k, came in enumerate(WORD):
        previous, choices = (" " + WORD)[k], CHOICES[k]
        models = {
            "uniform": 1 / len(letters),
            "letter bigram": float(table[letters.index(previous), letters.index(came)]),
            "exact": exact_letter(WORD[:k], came),
        }
        said = f"{BEFORE.capitalize()} {WORD[:k]}…   (the next letter)"
        rounds.append(Round(said, [*choices, "other"], choices.index(came), models))
    return rounds
