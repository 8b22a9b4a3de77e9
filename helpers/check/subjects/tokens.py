"""02: tokens to ids to vectors, and one merge of byte-pair encoding."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.tokens import decode, encode, merge, one_hot

NOTEBOOK = "02_one_hot"

WORDS = ["the", "fox", "ate", "a", "plum"]
LETTERS = list("abcdefgh")


def _some_words(rng):
    vocabulary = [f"w{n}" for n in rng.permutation(int(rng.integers(4, 9)))]
    return [vocabulary[i] for i in _ids(rng, len(vocabulary))], vocabulary


def _ids(rng, V):
    return rng.integers(0, V, int(rng.integers(3, 8))).tolist()


def _first_seen(tokens):
    return {token: i for i, token in enumerate(dict.fromkeys(tokens))}


ENCODE = Function(
    reference=encode,
    cases=(
        (["fox", "ate"], WORDS),
        (["the", "fox", "ate", "the", "plum"], WORDS),
        (["h", "a"], LETTERS),
    ),
    random=_some_words,
    mistakes={
        "This looks like counting from 1: {case}. The first word of the vocabulary "
        "has id 0.": lambda x, v: [v.index(t) + 1 for t in x],
        "This looks like places in the text: {case}. The id is the place in the "
        "vocabulary.": lambda x, v: [x.index(t) for t in x],
        "This looks like a new numbering made from the text: {case}. The id is the "
        "place in the vocabulary.": lambda x, v: [_first_seen(x)[t] for t in x],
        "This looks like the order of the alphabet: {case}. Keep the vocabulary in "
        "the order it has.": lambda x, v: [sorted(v).index(t) for t in x],
        "These are the tokens themselves: {case}. Give the place of each in the "
        "vocabulary.": lambda x, v: x,
        "This looks like lengths of words: {case}. The id is the place in the "
        "vocabulary.": lambda x, v: [len(t) for t in x],
    },
    hints=(
        "A token's id is its place in the vocabulary, counted from 0.",
        "vocabulary.index(token) finds one place; a dict finds them all faster.",
        "Return a list: one id for each of tokens.",
    ),
)

DECODE = Function(
    reference=decode,
    cases=(
        ([1, 2], WORDS),
        ([0, 1, 2, 0, 4], WORDS),
        ([7, 0], LETTERS),
    ),
    random=lambda rng: (_ids(rng, len(v := _some_words(rng)[1])), v),
    mistakes={
        "This looks like counting from 1: {case}. Id 0 is the first word of the "
        "vocabulary.": lambda x, v: [v[i - 1] for i in x],
        "This looks like one place too far: {case}. "
        "Id 0 is the first word.": lambda x, v: [v[i + 1] for i in x],
        "This is one string: {case}. "
        "Return a list with a word for each id.": lambda x, v: " ".join(
            v[i] for i in x
        ),
        "This is one string: {case}. "
        "Return a list, one word for each id.": lambda x, v: "".join(v[i] for i in x),
        "These are still ids: {case}. Look each up with vocabulary[i].": lambda x, v: x,
        "This looks like one word: {case}. Return a list with a word for each "
        "id.": lambda x, v: v[x[0]],
    },
    hints=(
        "This is encode the other way round: from a place to the word there.",
        "vocabulary[i] is the word with id i.",
        "Return a list: one word for each of ids.",
    ),
)

ONE_HOT = Function(
    reference=one_hot,
    cases=(
        (np.array([0, 2]), 3),
        (np.array([2, 0, 2]), 5),
        (np.array([1, 2, 0]), 3),
        (np.array([1]), 3),
    ),
    random=lambda rng: (np.array(_ids(rng, V := int(rng.integers(3, 9)))), V),
    mistakes={
        "The 1 stands one place too early: {case}. Counting starts at "
        "0.": lambda x, V: np.eye(V)[np.asarray(x) - 1],
        "The 1 stands one place too late: {case}. Counting starts at 0.": lambda x, V: (
            np.eye(V)[(np.asarray(x) + 1) % V]
        ),
        "This looks like one vector for all ids together: {case}. Make a row for "
        "each: (N, V).": lambda x, V: np.isin(np.arange(V), x),
        "This looks like counts of the ids: {case}. Make a row for "
        "each: (N, V).": lambda x, V: np.bincount(x, minlength=V),
        "Where a 1 should stand you have the id itself: {case}.": lambda x, V: (
            np.eye(V)[x] * np.asarray(x)[:, None]
        ),
        "Zeros and ones are swapped: {case}.": lambda x, V: 1 - np.eye(V)[x],
        "This is a table for the whole vocabulary: {case}. "
        "Pick the row of each id from it.": lambda x, V: np.eye(V),
        "All of it is zeros: {case}. Put a 1 in each row.": lambda x, V: np.zeros(
            (len(x), V)
        ),
        "Every row has a 1 for every id: {case}. Row n has a 1 at ids[n] alone: "
        "vectors[n, ids[n]] = 1.": lambda x, V: np.tile(
            np.isin(np.arange(V), x), (len(x), 1)
        ),
    },
    properties={
        "each row holds a single 1": lambda f, x, V: (f(x, V).sum(axis=1) == 1).all(),
    },
    hints=(
        "Begin with zeros: np.zeros((len(ids), V)), a row for each id.",
        "Row n gets its 1 in the column ids[n].",
        "Write vectors[row, i] = 1 in a loop over enumerate(ids).",
    ),
)


def _overlapping(ids, pair, new):
    hits = [n for n in range(len(ids) - 1) if (ids[n], ids[n + 1]) == pair]
    merged = {n: new for n in hits}
    used = {n + 1 for n in hits} - set(hits)
    return [merged.get(n, x) for n, x in enumerate(ids) if n not in used]


def _first_only(ids, pair, new):
    for n in range(len(ids) - 1):
        if (ids[n], ids[n + 1]) == pair:
            return [*ids[:n], new, *ids[n + 2 :]]
    return ids


def _last_forgotten(ids, pair, new):
    kept = merge(ids, pair, new)
    return kept if tuple(ids[-2:]) == pair and kept[-1] == new else kept[:-1]


def _past_the_end(ids, pair, new):
    merged, n = [], 0
    while n < len(ids):
        hit = (ids[n], ids[n + 1]) == pair
        merged.append(new if hit else ids[n])
        n += 2 if hit else 1
    return merged


def _second_kept(ids, pair, new):
    both = zip(ids, [*ids[1:], None], strict=True)
    return [new if here == pair else here[0] for here in both]


def _merge_where(ids, new, found):
    merged, n = [], 0
    while n < len(ids):
        two = tuple(ids[n : n + 2])
        hit = len(two) == 2 and found(two)
        merged.append(new if hit else ids[n])
        n += 2 if hit else 1
    return merged


def _each_alone(ids, pair, new):
    return [new if x in pair else x for x in ids]


def _first_half(ids, pair, new):
    made, n = [], 0
    while n < len(ids):
        made.append(new if ids[n] == pair[0] else ids[n])
        n += 2 if ids[n] == pair[0] else 1
    return made


def _dropped(ids, pair, new):
    return [x for x in merge(ids, pair, new) if x != new]


MERGE = Function(
    reference=merge,
    cases=(
        ([7, 8, 9, 7, 8, 5], (7, 8), 256),
        ([5, 7, 8], (7, 8), 256),
        ([8, 7, 9, 8], (7, 8), 256),
        ([1, 1, 1], (1, 1), 256),
        ([1, 1, 1, 1], (1, 1), 257),
        ([4], (4, 4), 256),
    ),
    random=lambda rng: (
        rng.integers(0, 3, int(rng.integers(4, 15))).tolist(),
        tuple(rng.integers(0, 3, 2).tolist()),
        int(rng.integers(256, 300)),
    ),
    mistakes={
        "This looks like only the first place: {case}. "
        "Go on to the end of the list.": _first_only,
        "This looks like pairs that overlap: {case}. An id that is used up cannot be "
        "half of the next pair: move on by 2.": _overlapping,
        "The new id is there, but the second half of the pair stays: {case}. Move on "
        "by 2 after a merge.": _second_kept,
        "The last id gets lost: {case}. "
        "It has no neighbour, but it must be kept.": _last_forgotten,
        "This looks past the end of the list: {case}. "
        "Ask first whether there is a next id.": _past_the_end,
        "Only the first half of the pair is looked at: {case}. The next id must be its "
        "second half.": _first_half,
        "This replaces each id by itself: {case}. "
        "Only both, one right after the other, make the pair.": _each_alone,
        "The pair is gone, but the new id is not put in its place: {case}.": _dropped,
        "This merges the pair turned round as well: {case}. (8, 7) is another pair "
        "than (7, 8): compare (ids[i], ids[i + 1]) with `pair` alone.": (
            lambda x, p, new: _merge_where(x, new, lambda two: two in (p, p[::-1])),
            lambda x, p, new: _merge_where(x, new, lambda two: {*two} <= {*p}),
        ),
        "This merges the pair turned round: {case}. "
        "The order of the two matters.": lambda x, p, new: merge(x, p[::-1], new),
        "Nothing is merged: {case}. "
        "Compare two neighbours with the pair as a tuple.": lambda x, p, new: x,
    },
    hints=(
        "Walk from left to right with an index i and build a new list.",
        "If ids[i] and ids[i + 1] are the pair, append new and move on by 2.",
        "Otherwise append ids[i] and move on by 1; the last id has no neighbour.",
    ),
)

EXERCISES = [ENCODE, DECODE, ONE_HOT, MERGE]
