"""Text as tokens, tokens as ids, ids as one-hot vectors; byte-pair encoding by hand.

A vocabulary is a list of different strings; a token's id is its place in that list.
Byte-pair encoding (Sennrich, Haddow and Birch 2016) starts here from the bytes of
the text in UTF-8, ids 0 to 255, so that it can write any language and any emoji;
each merge adds one id, 256 and up.
"""

import re
from collections import Counter
from typing import NamedTuple

import numpy as np

from helpers.maths.inputs import ids as whole_numbers
from helpers.maths.inputs import indices, positive, takes, text, whole, words

BYTES = 256


def _vocabulary(value, name, given=None):
    found = words(value, name)
    if len(set(found)) < len(found):
        twice = next(word for word, n in Counter(found).items() if n > 1)
        raise ValueError(f"{name} must hold each token once, but has {twice!r} twice.")
    return found


def _known(value, name, given):
    found = words(value, name)
    missing = set(found) - set(_vocabulary(given["vocabulary"], "vocabulary"))
    if missing:
        first = next(word for word in found if word in missing)
        raise ValueError(
            f"{first!r} is not in the vocabulary: add it, or leave it out."
        )
    return found


def _two_or_more(value, name, given=None):
    found = whole_numbers(value, name)
    if len(found) < 2:
        raise ValueError(f"{name} must hold at least two numbers to make a pair.")
    return found


def _pair(value, name, given=None):
    found = whole_numbers(value, name)
    if len(found) != 2:
        raise ValueError(f"{name} must hold two numbers, but holds {len(found)}.")
    return tuple(found)


@takes(tokens=_known, vocabulary=_vocabulary)
def encode(tokens, vocabulary):
    """Tokens as ids: list of N str, list of V str -> list of N int.

    ValueError if a token is not in the vocabulary. encode(["b", "a"], ["a", "b"])
    is [1, 0].
    """
    place = {token: i for i, token in enumerate(vocabulary)}
    return [place[token] for token in tokens]


@takes(vocabulary=words, ids=indices("vocabulary"))
def decode(ids, vocabulary):
    """Ids as tokens, the way back: list of N int, list of V str -> list of N str.

    ValueError if an id is not between 0 and V - 1. decode([1, 0], ["a", "b"]) is
    ["b", "a"].
    """
    return [vocabulary[i] for i in ids]


@takes(V=positive, ids=indices("V"))
def one_hot(ids, V):
    """Ids as vectors with a single 1: (N,), int -> (N, V).

    ValueError if an id is not between 0 and V - 1. one_hot([1], 3) is [[0, 1, 0]].
    """
    vectors = np.zeros((len(ids), V))  # (N, V)
    for row, i in enumerate(ids):
        vectors[row, i] = 1
    return vectors


@takes(ids=_two_or_more)
def most_common_pair(ids):
    """The two neighbours seen most often: list of N int -> (int, int).

    Of pairs seen equally often the first one wins. ValueError if there are fewer
    than two ids. most_common_pair([7, 8, 7, 8, 9]) is (7, 8).
    """
    pairs = Counter(zip(ids, ids[1:], strict=False))
    return max(pairs, key=pairs.get)


@takes(ids=whole_numbers, pair=_pair, new=whole)
def merge(ids, pair, new):
    """Put one new id where the pair stands: list of N int -> list of N or fewer int.

    From left to right, and an id is used once: merging (1, 1) in [1, 1, 1] leaves
    [new, 1]. ValueError if pair is not two ids. merge([7, 8, 9], (7, 8), 256) is
    [256, 9].
    """
    merged, i = [], 0
    while i < len(ids):
        if i + 1 < len(ids) and (ids[i], ids[i + 1]) == pair:
            merged.append(new)
            i += 2  # both are used up
        else:
            merged.append(ids[i])
            i += 1
    return merged


class Step(NamedTuple):
    """One merge: which pair, how often it stood there, its id, what it left."""

    pair: tuple[int, int]
    count: int
    new: int
    ids: list[int]


@takes(ids=whole_numbers, steps=whole)
def bpe_steps(ids, steps, first=BYTES):
    """Merge the most common pair, ``steps`` times: list of N int -> list of Step.

    New ids count up from ``first``. Stops early once no pair stands twice.
    ValueError if ids are not whole numbers. bpe_steps([7, 8, 7, 8], 5) is one step:
    it leaves [256, 256], where (256, 256) stands only once.
    """
    done = []
    while len(done) < steps and len(ids) > 1:
        pair = most_common_pair(ids)
        count = sum(both == pair for both in zip(ids, ids[1:], strict=False))
        if count < 2:
            break
        new = first + len(done)
        ids = merge(ids, pair, new)
        done.append(Step(pair, count, new, ids))
    return done


@takes(text=text)
def text_bytes(text):
    """The bytes of a text in UTF-8: str -> list of int, 0 to 255.

    ValueError if the text holds half of a character. text_bytes("hé") is
    [104, 195, 169]: the é takes two.
    """
    return list(text.encode("utf-8"))


def bpe_train(text, steps):
    """Learn merges from a text: str, int -> {(int, int): int}, in the order learnt.

    ValueError if text is not a string. bpe_train("abab", 1) is {(97, 98): 256}.
    """
    return {step.pair: step.new for step in bpe_steps(text_bytes(text), steps)}


def bpe_encode(text, merges):
    """A text as ids, by the merges in the order learnt: str, dict -> list of int.

    ValueError if text is not a string. bpe_encode("cab", {(97, 98): 256}) is
    [99, 256].
    """
    ids = text_bytes(text)
    for pair, new in merges.items():
        ids = merge(ids, pair, new)
    return ids


def cut_words(text):
    """A text in words, each with the space before it: str -> list of str.

    Marks and breaks stand alone; a simple form of what GPT-2 does. Joined they are
    the text again. cut_words("a cat.") is ["a", " cat", "."].
    """
    return re.findall(r" ?\w+| ?[^\w\s]+|\s+(?!\S)|\s", text)


@takes(text=text, steps=whole)
def bpe_train_words(text, steps):
    """`bpe_train` with no piece across two words: str, int -> {(int, int): int}.

    ValueError if text is not a string. bpe_train_words("abab ab", 1) is
    {(97, 98): 256}.
    """
    times = Counter(cut_words(text))
    ids, merges = {word: text_bytes(word) for word in times}, {}
    while len(merges) < steps:
        pairs = Counter()
        for word, found in ids.items():
            for pair in zip(found, found[1:], strict=False):
                pairs[pair] += times[word]
        best = max(pairs, key=pairs.get, default=None)
        if best is None or pairs[best] < 2:
            break
        new = merges[best] = BYTES + len(merges)
        for word, found in ids.items():
            if best in zip(found, found[1:], strict=False):
                ids[word] = merge(found, best, new)
    return merges


def bpe_encode_words(text, merges):
    """`bpe_encode`, word by word: str, dict -> list of int."""
    return [i for word in cut_words(text) for i in bpe_encode(word, merges)]


def bpe_pieces(ids, merges):
    """The bytes that each id stands for: list of N int, dict -> list of N bytes.

    ValueError if an id is neither a byte nor the result of a merge.
    bpe_pieces([256, 99], {(97, 98): 256}) is [b"ab", b"c"].
    """
    piece = {i: bytes([i]) for i in range(BYTES)}
    for (left, right), new in merges.items():
        piece[new] = piece[left] + piece[right]
    for i in ids:
        if i not in piece:
            raise ValueError(f"no merge made the id {i}: encode with the same merges.")
    return [piece[i] for i in ids]


def bpe_decode(ids, merges):
    """Ids as text, the way back: list of int, dict -> str.

    Bytes that are no whole character show as �. ValueError if an id is unknown.
    bpe_decode([99, 256], {(97, 98): 256}) is "cab".
    """
    return b"".join(bpe_pieces(ids, merges)).decode("utf-8", errors="replace")


def piece_label(piece):
    """A piece as something to read: its text, or its bytes in hex if it is part of one.

    piece_label(b"ab") is "ab"; piece_label(b"\\xe5\\xa5") is "<E5 A5>".
    """
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        return f"<{piece.hex(' ').upper()}>"
