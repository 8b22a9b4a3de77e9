"""The numbers in the prose of 06_autoregressive_sampling."""

import random
from collections import Counter, defaultdict
from functools import cache
from math import log, prod, sqrt

import numpy as np
from scipy.stats import binom

from helpers import language
from helpers.figures.sampling.settings import STORIES

V = len(language.VOCABULARY)
RHYME = (
    "humpty dumpty sat on a wall humpty dumpty had a great fall "
    "all the kings horses and all the kings men couldnt put humpty together again."
)
LETTERS = 28  # a to z, the space and the full stop
BETTER, GREEDY = [0.5, 0.3, 0.6, 0.6], [0.5, 0.4, 0.4, 0.6]  # A7


def floor(K):
    """Entropy of the next letter of the rhyme given the K before it, by counting."""
    padded, after = "\n" * K + RHYME, defaultdict(Counter)
    for t, letter in enumerate(RHYME):
        after[padded[t : t + K]][letter] += 1
    losses = [
        -n * log(n / sum(counts.values()))
        for counts in after.values()
        for n in counts.values()
    ]
    return sum(losses) / len(RHYME)


def needed(piece):
    """The shortest window that tells the places after a piece of the rhyme apart."""
    ends = [
        t + len(piece) for t in range(len(RHYME)) if RHYME[t:].startswith(piece)
    ]  # fmt: skip
    padded = "\n" * 40 + RHYME
    return next(
        K for K in range(1, 40)
        if len({padded[40 + t - K : 40 + t] for t in ends}) == len(ends)
    )  # fmt: skip


@cache
def bigram_loss():
    """The counted bigram on the held-out text, straight from the text."""
    text, held_out = language.train(), language.held_out()
    pairs = np.zeros((V, V))
    np.add.at(pairs, (np.r_[0, text[:-1]], text), 1)
    table = pairs / pairs.sum(axis=1, keepdims=True)
    return -np.log(table[np.r_[0, held_out[:-1]], held_out]).mean()


@cache
def characters_a_token():
    ids = language.held_out()
    return len(language.text(ids)) / len(ids)


def technology():
    """How often 科技 comes in 1,000 choices by the first numbers of seed 1."""
    draw = random.Random(1).random
    return sum(draw() < 0.5 for _ in range(1000))


def colour_comes_back(lost):
    """From the colour of a lost toy to its next mention, in words."""
    words = language.words(
        f"one morning anna took a red kite to the park . {lost} . "
        "ben went there and found the red kite"
    )
    language.next_word(words)  # it is a story's beginning
    first, second = (i for i, word in enumerate(words) if word == "red")
    return second - first


SQUARES = 0.8**2, 0.2**2
GIVEN = {
    "250": "minutes to read",
    "13": "a letter more than the window",
    "0.007": "three runs with ids as they are; the notebook checks the band",
    "0.0006": "the same with one-hot vectors",
    "0.05": "an example of top-p; the least of three runs on the rhyme",
    "0.07": "above the most of three runs on the rhyme",
    "0.021": "the rhyme with one-hot vectors; its floor is bound below",
    "200": "merges of the cell",
    "21.1": "the least of three networks, 400 stories each",
    "21.9": "the most of the three",
    "322": "the least of three networks; the notebook checks the band",
    "343": "the most of the three",
    "0.01": "a low temperature; the check tries it",
    "0.5": "A7; an example; a temperature",
    "0.3": "A7; the grammar's P(little); a temperature",
    "0.6": "A7",
    "0.4": "A7; an example",
    "0.8": "an example",
    "0.2": "an example; an edge of the tree",
    "0.25": "P7; the grammar's P(cat), checked below",
    "1000": "P5, P7",
    "32": "hidden units of the network of the rhyme",
    "300": "steps of training",
    "600": "steps of training",
    "24": "numbers a word of the window MLP",
    "128": "hidden units of the window MLP",
    "2003": "a year",
    "2018": "a year",
    "2020": "a year",
    "1948": "a year",
    "2016": "a year",
    "30": "beams to search with, asserted in tests/figures/sampling/test_lengths.py",
    "0.46": "trained, in a band that the notebook itself checks",
    "0.50": "P5; the band that the notebook itself checks",
    "0.30": "P5",
    "0.20": "P5, P6, A7",
    "0.15": "P6; A7; an example of top-p",
    "0.13": "P6",
    "0.45": "an example of top-p",
    "0.35": "an example of top-p",
    "0.75": "an example of top-p",
    "0.90": "a top-p to set",
    "0.95": "a top-p to set",
    "0.9": "a top-p to set",
    "0.7": "a usual temperature",
    "1.5": "a share that makes no sense",
    "128000": "A3",
    "256": "words of a window to compare",
}
NUMBERS = {
    "400": STORIES,
    "60": 32 + LETTERS,
    "11708": (12 * LETTERS + 1) * 32 + (32 + 1) * LETTERS,
    "0.054": prod(BETTER),
    "0.048": prod(GREEDY),
    "0.16": 0.5 * 0.8 * 0.4,
    "1.833": -log(0.5 * 0.8 * 0.4),
    "28": LETTERS,
    "336": 12 * LETTERS,
    "3.332": log(LETTERS),
    "15": (len(" sat on the wal"), needed("humpty dumpty ")),
    "14": len("humpty dumpty "),
    "16": needed("all the kings "),
    "136": len(RHYME),
    "0.693": log(2),
    "0.0204": (floor(12), 4 * log(2) / 136),
    "1.282": floor(1),
    "96": V,
    "4.564": log(V),
    "0.340": language.entropy_per_word(),
    "1.355": bigram_loss(),
    "63968": 96 * 24 + (16 * 24 + 1) * 128 + (128 + 1) * 96,
    "49152": 16 * 24 * 128,
    "0.426": language.entropy_per_word(window=16),
    "0.086": language.entropy_per_word(window=16) - language.entropy_per_word(),
    "17": colour_comes_back("but she lost it"),
    "18": colour_comes_back("she came home without it"),
    "500": binom(1000, 0.5).mean(),
    "15.8": (binom(1000, 0.5).std(), sqrt(1000 * 0.5 * 0.5)),
    "473": technology(),
    "27": 500 - technology(),
    "0.64": SQUARES[0],
    "0.04": SQUARES[1],
    "0.68": sum(SQUARES),
    "0.941": SQUARES[0] / sum(SQUARES),
    "0.059": SQUARES[1] / sum(SQUARES),
    "0.80": 0.45 + 0.35,
    "0.5625": 0.45 / 0.80,
    "0.4375": 0.35 / 0.80,
    "35": language.words_per_story(),
    "6.6": 96**10 / 1e19,
    "10^19": 1e19,
    "0.08": 0.20 * 0.4,
    "0.06": 0.20 * 0.3,
    "0.09": 0.15 * 0.6,
    "0.03": 0.15 * 0.2,
    "61440": 16 * 24 * 128 + 128 * 96,
    "4.1": characters_a_token(),
    "525000": round(128_000 * characters_a_token(), -3),
}
assert floor(15) > 0 == floor(16)
assert all(n == 1 for n in Counter(RHYME[t - 20 : t] for t in range(20, 136)).values())
after = {w: language.next_word(f"anna had a{w}") for w in ("", " little")}
cat, little = map(language.VOCABULARY.index, ("cat", "little"))
assert np.isclose(after[""][[cat, little]], [0.25, 0.3]).all()
assert np.isclose(after[" little"][cat], 0.5) and np.isclose(0.25 / 0.15, 5 / 3)
assert [np.count_nonzero(language.next_word(w)) for w in ("one", "one day anna took a")
        ] == [3, 5]  # fmt: skip
assert np.isclose((256 * 24 * 128 + 128 * 96) / 61440, 13)
