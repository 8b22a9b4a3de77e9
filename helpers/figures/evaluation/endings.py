"""Endings of two stories, and how each score and the exact grammar judge them."""

from functools import cache

import numpy as np

from helpers import language
from helpers.maths.evaluation.overlap import bleu, rouge_l, rouge_n

# A race, whose end is changed in one way or another.
RACE = "one day anna and ben ran a race ."
RACE_END = (
    "anna was faster and won a red ribbon . ben was sad . "
    "so anna gave ben the red ribbon . ben was happy again ."
)
CHANGES = {
    "nothing": RACE_END,
    "not added": RACE_END.replace("was happy", "was not happy"),
    "two names swapped": RACE_END.replace("anna gave ben", "ben gave anna"),
    "the other wins": " ".join(
        {"anna": "ben", "ben": "anna"}.get(word, word) for word in RACE_END.split()
    ),
    "same sense": RACE_END.replace("was sad", "began to cry"),
    "own words": "anna came first and got a red ribbon . ben began to cry . "
    "then anna gave him her ribbon , and he was glad .",
    "scrambled": "ribbon won was sad . faster again red ben happy and ben . "
    "anna . . red so ribbon a the anna was ben was gave",
}

# A lost kite, with ten ends to put in order.
KITE = "one evening mia took a green kite to the farm . she came home without it ."
KITE_END = "ben went there and found the green kite in the hay . mia was happy again ."
TEN = (
    "ben went there and found the green kite behind the barn . mia was happy again .",
    "ben went there and found the green kite in the hay . mia was not happy again .",
    "mia went there and found the green kite in the hay . ben was happy again .",
    "ben went there and found the red kite in the hay . mia was happy again .",
    "ben went there and found the green kite in the hay . then mia and ben played "
    "with the kite .",
    "anna went there and found the green kite under a cart . mia said thank you to "
    "anna .",
    "the green kite went there and found ben in the hay . mia was happy again .",
    "in the hay ben found the kite . so mia was happy .",
    "tom went there and found the green kite under a cart . then mia and tom played "
    "with the kite .",
    "mia was happy again .",
)


def chain(ending, beginning):
    """P of each word of an ending after a beginning, both texts, by the grammar.

    [end] is the last word, and the list stops early with a 0 at a word that cannot
    come there. Raises ValueError for an impossible beginning.
    """
    story, found = beginning.split(), []
    for word in [*ending.split(), language.END]:
        p = dict(zip(language.VOCABULARY, language.next_word(story), strict=True))
        found.append(float(p.get(word, 0)))
        if found[-1] == 0:
            break
        story.append(word)
    return found


@cache
def log_probability(ending, beginning):
    """ln P of an ending after a beginning, in nats: −∞ where it cannot come."""
    with np.errstate(divide="ignore"):
        return float(np.log(chain(ending, beginning)).sum())


@cache
def overlaps(candidate, reference):
    """The four scores of a text, by name: F of the ROUGEs, and BLEU."""
    tokens, other = candidate.split(), reference.split()
    return {
        "ROUGE-1": rouge_n(tokens, other, 1)[2],
        "ROUGE-2": rouge_n(tokens, other, 2)[2],
        "ROUGE-L": rouge_l(tokens, other)[2],
        "BLEU": bleu(tokens, [other]),
    }


def ten_scores():
    """The ten endings by three judges: {name: (10,)}, the grammar in ln P."""
    found = [overlaps(ending, KITE_END) for ending in TEN]
    return {
        "BLEU": np.array([one["BLEU"] for one in found]),
        "ROUGE-L": np.array([one["ROUGE-L"] for one in found]),
        "grammar": np.array([log_probability(ending, KITE) for ending in TEN]),
    }
