"""The numbers in the prose of 02_one_hot."""

from collections import Counter
from functools import cache

import numpy as np
from scipy.spatial.distance import cosine as cosine_distance
from scipy.spatial.distance import euclidean

from helpers import language
from helpers.maths.tokens import (
    bpe_encode_words,
    bpe_pieces,
    bpe_train_words,
    cut_words,
)


def letters_and_table():
    """The letter bigram, counted anew from the training stories."""
    text = language.text(language.train()).lower()
    pairs = Counter(zip(text, text[1:], strict=False))
    return sorted(set(text)), pairs


@cache
def letter_losses():
    _, pairs = letters_and_table()
    starts = Counter()
    for (first, _), n in pairs.items():
        starts[first] += n
    return [-np.log(pairs[a, b] / starts[a]) for a, b in [" c", "ca", "at"]]


def word_loss():
    ids = list(language.train())
    little, cat = (language.VOCABULARY.index(word) for word in ("little", "cat"))
    after = Counter(b for a, b in zip(ids, ids[1:], strict=False) if a == little)
    return -np.log(after[cat] / after.total())


EXACT = dict(
    zip(language.VOCABULARY, language.next_word("tom had a little"), strict=True)
)
V = len(language.VOCABULARY)
TEXT = b"banana bandana"
BAN = TEXT.replace(b"an", b"X").replace(b"bX", b"Y").replace(b"Xa", b"Z")

GIVEN = {
    "10000": "T2",
    "42": "T2",
    "120": "minutes to read",
    "160": "characters that the box takes, see helpers.figures.tokens.texts",
    "64": "numbers in a row of W, an example",
    "50257": "GPT-2: Radford and others 2019",
    "50000": "GPT-2: Radford and others 2019",
    "2016": "a year",
    "2003": "a year",
    "2013": "a year",
    "255": "the largest byte",
    "400": "merges to learn, in the cell below",
    "1865": "a year",
    "256": "how many bytes there are, and the first new id",
    "257": "the second new id",
    "258": "the third new id",
}
NUMBERS = {
    "656": 256 + 400,
    "43": 42 + 1,
    "1.414": euclidean(np.eye(8)[0], np.eye(8)[7]),
    "9999": 10_000 - 1,
    "16": 4**2,
    "0.6": 1 - cosine_distance([4, 3], [0, 2]),
    "-1": 1 - cosine_distance([3.5, 0], [-3.5, 0]),
    "192": 2 * V,
    "96": V,
    "1/96": 1 / V,
    "97": TEXT[1],
    "110": TEXT[2],
    "14": len(TEXT),
    "7.94": sum(letter_losses()),
    "1.89": word_loss(),
    "0.5": EXACT["cat"],
    "0.693": -np.log(EXACT["cat"]),
    "4.564": np.log(V),
}
assert len(TEXT.replace(b"an", b"X")) == 10 and len(BAN) == 6
PAGES = language.text(language.train()[:2000]) + "\n" + language.ALICE
MERGES = bpe_train_words(PAGES, 400)
TOKENS = bpe_pieces(
    bpe_encode_words("The rabbit, the Rabbit RABBIT robot", MERGES), MERGES
)
assert len(MERGES) == 400 and {b" rabbit", b" Rabbit"} < set(TOKENS)
assert b" RABBIT" not in TOKENS and b" robot" not in TOKENS and "RABBIT" not in PAGES
assert len(bpe_encode_words("故宫在哪里？", MERGES)) == 3 * 6
FIRST, LAST = (bpe_pieces([*MERGES.values()][part], MERGES)
               for part in (slice(15), slice(-15, None)))  # fmt: skip
WORDS = {word.encode() for word in cut_words(PAGES)}
IN_WORDS = [
    [sum(one in word for word in WORDS) for one in part] for part in (FIRST, LAST)
]
assert np.median(IN_WORDS[0]) > 10 and max(IN_WORDS[1]) < 5
