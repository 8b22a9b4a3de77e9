"""Guess a word letter by letter: the rounds of a game, with what models said."""

from helpers import language

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
    """The rounds as keyword arguments of ``you.Round``: a list of dict.

    `letters` (V,) is the vocabulary of `table` (V, V), P(next | previous letter).
    """
    rounds = []
    for k, came in enumerate(WORD):
        previous = (" " + WORD)[k]
        choices = CHOICES[k]
        rounds.append(
            {
                "said": f"{BEFORE.capitalize()} {WORD[:k]}…   (the next letter)",
                "words": [*choices, "other"],
                "truth": choices.index(came),
                "models": {
                    "uniform": 1 / len(letters),
                    "letter bigram": float(
                        table[letters.index(previous), letters.index(came)]
                    ),
                    "exact": exact_letter(WORD[:k], came),
                },
            }
        )
    return rounds
