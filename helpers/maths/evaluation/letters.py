"""The same model read word by word and letter by letter."""

import numpy as np

from helpers.maths.inputs import ids as whole_numbers
from helpers.maths.inputs import table, takes


def spelled(word):
    """A word as it stands in a text, with what ends it: a space, or a new line."""
    return "\n" if word == "[end]" else word + " "


@takes(P=table, ids=whole_numbers)
def letter_losses(P, ids, vocabulary):
    """−ln p of each letter of a text: P (N, V), ids (N,) -> (C,) nats, C characters.

    Row n of P is what a model of words gave before word n. The next letter has the
    share of those words that go on with it, among the words that begin with the
    letters so far. As no word is the beginning of another, with what ends it, the
    losses of a word's letters add up to the word's.
    """
    spellings = [spelled(word) for word in vocabulary]
    losses = []
    for p, word in zip(P, ids, strict=True):
        said = spellings[word]
        begun = [
            sum(q for q, other in zip(p, spellings, strict=True)
                if q > 0 and other.startswith(said[:k]))
            for k in range(len(said) + 1)
        ]  # fmt: skip
        losses.extend(-np.diff(np.log(begun)))
    return np.array(losses)
