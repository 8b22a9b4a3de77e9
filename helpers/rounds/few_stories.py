"""Rounds of "you are the model" for a reader who has seen ten stories only.

The reader gets what a bigram gets: how often each word came after one word in those
ten stories. The word that came is the first that stands after it in the held-out text,
and it need not be one of those seen.
"""

import numpy as np

from helpers import language
from helpers.figures.training.learning import RATE, held_out_counts, pair_counts
from helpers.maths.fitting import table_slopes
from helpers.maths.loss import softmax
from helpers.maths.optimisers import descend
from helpers.rounds.panel import Round

STORIES = 10
STOP, LONG = 30, 200  # steps of training of the two networks that play
PREVIOUS = ("to", "with", "red", "tom")
OTHER = "another word"
TIMES = {1: "once", 2: "twice"}


def first_after(word):
    """The first word after `word` in the held-out text."""
    text, i = language.held_out(), language.VOCABULARY.index(word)
    return language.VOCABULARY[text[np.flatnonzero(text[:-1] == i)[0] + 1]]


def tables():
    """Name -> (V, V) of the three networks that play."""
    few, many = pair_counts(STORIES), pair_counts()
    start = np.zeros(few.shape)
    path = descend("Adam", lambda W: table_slopes(W, few), start, LONG, RATE)
    all_ = many / many.sum(axis=1, keepdims=True)
    return {
        f"{STORIES} stories, {STOP} steps": softmax(path[STOP]),
        f"{STORIES} stories, {LONG} steps": softmax(path[LONG]),
        "20,000 stories": all_,
    }


def on_few_stories():
    """The rounds, with what each network gave to the word that came."""
    made, played = [], tables()
    for word in PREVIOUS:
        i = language.VOCABULARY.index(word)
        seen = pair_counts(STORIES)[i]
        order = [int(k) for k in np.argsort(-seen, kind="stable") if seen[k]]
        words = [language.VOCABULARY[k] for k in order] + [OTHER]
        came = first_after(word)
        truth = words.index(came) if came in words else len(words) - 1
        models = {}
        for name, table in played.items():
            p = [table[i, k] for k in order]
            models[name] = float([*p, max(0.0, 1 - sum(p))][truth])
        counted = ", ".join(
            f"{_shown(language.VOCABULARY[k])} {_times(int(seen[k]))}" for k in order
        )
        said = (
            f"In ten stories, after “{word}” came: {counted}. Now a new story: {word} …"
        )
        made.append(Round(said, [_shown(w) for w in words], truth, models))
    return made


def never_seen():
    """The share of held-out pairs that stand nowhere in the ten stories."""
    held_out = held_out_counts()
    return float(held_out[pair_counts(STORIES) == 0].sum() / held_out.sum())


def _shown(word):
    return "full stop" if word == "." else word


def _times(count):
    return TIMES.get(count, f"{count} times")
