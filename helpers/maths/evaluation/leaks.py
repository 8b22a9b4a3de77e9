"""Leaks: held-out stories that stand in the training text, and how to find them.

A text is a flat array of ids (N,). A story is an array of ids that ends in [end], id
0. Probabilities are those of the course's language.
"""

from functools import cache

import numpy as np

from helpers import language
from helpers.maths.inputs import positive

HONEST = 5000  # stories of a training text
# Of the held-out stories those of the test: the exact model's loss on these 300 agrees
# with the entropy to three decimals.
TEST = slice(2700, 3000)
# What a near-duplicate has changed: words that stand for each other, in circles.
CHANGES = {
    "one word": [("morning", "day", "evening")],
    "a colour": [("red", "blue", "green"), ("pip", "dot", "sam")],
    "a name": [("anna", "mia"), ("ben", "tom")],
}


def cut(text):
    """A text as its stories: (N,) -> list of arrays. What has no [end] is left out."""
    text = np.asarray(text)
    return np.split(text, np.flatnonzero(text == 0) + 1)[:-1]


def near_duplicate(story, change):
    """The story with one thing changed in all places: (L,) -> (L,).

    `change` is one of CHANGES: the time of day, which stands once; the first colour
    and the one that takes its place (in a story without colours, the pet's name); or
    the first child, who becomes another that is *she* or *he* alike. The language
    can say the new story too. ValueError for any other change.
    """
    if change not in CHANGES:
        known = ", ".join(f'"{one}"' for one in CHANGES)
        raise ValueError(f"There is no change {change!r}; there are {known}.")
    circles = [
        [language.VOCABULARY.index(word) for word in circle]
        for circle in CHANGES[change]
    ]
    story = np.asarray(story)
    for circle in circles:  # a circle whose words the story does not hold is passed
        for old in story[np.isin(story, circle)]:
            new = circle[(circle.index(old) + 1) % len(circle)]
            changed = story.copy()
            changed[story == old], changed[story == new] = new, old
            return changed
    raise ValueError(f"This story has nothing that {change!r} could change.")


# ---- a leak, made


def parts(share):
    """The 300 stories of the test, the first share of them, and the others: lists."""
    test = cut(language.held_out())[TEST]
    count = round(share * len(test))
    return test, test[:count], test[count:]


def leaky_text(share, copies=1, change=None, part=0):
    """5,000 honest stories and, so many times, a share of the test: (N,).

    `part`, from 0 to 3, says which of the training text's stories. With a `change`
    there are near-duplicates in place of the test's stories.
    """
    honest = cut(language.train())[part * HONEST : (part + 1) * HONEST]
    _, leaked, _ = parts(share)
    if change:
        leaked = [near_duplicate(story, change) for story in leaked]
    return np.concatenate([*honest, *leaked * copies])


# ---- the search


def found(stories, text, n):
    """The share of each story's n-grams that stand in a text: S stories -> (S,).

    An n-gram is n words that follow each other, [end] too. ValueError if a story has
    fewer than n words.
    """
    n = positive(n, "n")
    lengths = np.array([len(story) for story in stories])  # (S,)
    if lengths.min() < n:
        raise ValueError(
            f"The shortest story has {lengths.min()} words, so it holds no "
            f"{n} that follow each other: take a smaller n."
        )
    numbers = _numbered(np.concatenate([text, *stories]), n)  # (N + words − n + 1,)
    standing = np.zeros(numbers.max() + 1, dtype=bool)
    standing[numbers[: max(len(text) - n + 1, 0)]] = True
    known = standing[numbers]
    starts = len(text) + np.cumsum(lengths) - lengths  # (S,)
    ends = starts + lengths - n + 1
    return np.array([known[i:j].mean() for i, j in zip(starts, ends, strict=True)])


def _numbered(text, n):
    """A number for each n-gram of a text, the same for the same: -> (N − n + 1,).

    They are small: from 0 on, and none is left out.
    """
    ids = np.asarray(text, dtype=np.int64)
    V, most = int(ids.max()) + 1, np.iinfo(np.int64).max
    numbers, count = ids, V
    for k in range(1, n):
        if count > most // V:  # renumbered before they grow too large
            numbers, count = _small(numbers)
        numbers, count = numbers[:-1] * V + ids[k:], count * V
    return _small(numbers)[0]


def _small(numbers):
    different, numbers = np.unique(numbers, return_inverse=True)
    return numbers, len(different)


def standing(stories, text):
    """Which stories stand in a text as a whole: S stories -> (S,) of bool."""
    known = {tuple(story) for story in cut(text)}
    return np.array([tuple(story) in known for story in stories])


# ---- by chance


@cache
def story_probabilities():
    """P of every story that the language can tell, (441,936,): they sum to 1.

    All stories walk in step through the grammar's arcs.
    """
    machine = language.LANGUAGE.machine
    node, p, said = np.zeros(1, dtype=np.int64), np.ones(1), []
    while len(node):
        i, k = np.nonzero(machine.p[node])  # the arcs, (E,)
        p, node, k = p[i] * machine.p[node[i], k], node[i], k
        ends = machine.word[node, k] == machine.end
        said.append(p[ends])
        node, p = machine.next[node, k][~ends], p[~ends]
    return np.concatenate(said)


def expected_standing(count):
    """The share of stories that stand, by chance, among `count` others: exact.

    Σ P (1 − (1 − P)^count) over all stories: a story is drawn, and is not missed by
    every one of the others.
    """
    p = story_probabilities()
    return float(p @ -np.expm1(positive(count, "count") * np.log1p(-p)))
