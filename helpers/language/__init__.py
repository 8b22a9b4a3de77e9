"""The course's own language: short stories whose every probability is known.

``stories.py`` holds the grammar as data, ``grammar.py`` the engine that makes any
such grammar speak, ``machine.py`` its arithmetic. The names below are the course's
language; a second one is ``Grammar(RULES)`` with the same methods. ``book.py`` holds a
few pages of English.

A stream of stories is one flat array of ids. Each story ends in [end], there is no
[start]: the first word of a story is predicted after the [end] of the one before
it, and after nothing at the beginning of the stream. A story has 29 to 40 words,
full stops counted and [end] not; loss is in nats per predicted word, where full
stops and [end] are words like any other.
"""

from functools import cache

from helpers.language.book import ALICE
from helpers.language.grammar import END, Grammar
from helpers.language.stories import CAPITALS, RULES

LANGUAGE = Grammar(RULES, CAPITALS)
VOCABULARY = LANGUAGE.vocabulary  # V words in a fixed order; [end] is id 0

next_word = LANGUAGE.next_word  # exact distribution after a prefix: (V,)
posterior = LANGUAGE.posterior  # {template: probability} after a prefix
story = LANGUAGE.story  # the story at u in [0, 1), a list of words
sample = LANGUAGE.sample  # n stories from a seed, flat ids (N,)
text = LANGUAGE.text  # words or ids as readable text
words = LANGUAGE.words  # a text as a list of words
losses = LANGUAGE.losses  # exact -ln p of each word of a stream: (N,)
next_words = LANGUAGE.next_words  # exact distribution before each word: (N, V)
entropy_per_story = LANGUAGE.entropy_per_story  # nats
entropy_per_word = LANGUAGE.entropy_per_word  # nats: the floor, of a window too
words_per_story = LANGUAGE.words_per_story
pair_frequencies = LANGUAGE.pair_frequencies  # exact share of each pair: (V, V)

TRAIN_STORIES, TRAIN_SEED = 20_000, 1
HELD_OUT_STORIES, HELD_OUT_SEED = 5_000, 4  # see held_out


@cache
def _stream(n, seed):
    return sample(n, seed)


def train():
    """The course's training text: 20,000 stories as flat ids (N,), always the same.

    Drawn from another stream of random numbers than `held_out`. Both are plain
    samples of the language, so a common story can stand in both, as it can in life.
    """
    return _stream(TRAIN_STORIES, TRAIN_SEED).copy()


def held_out():
    """The course's held-out text: 5,000 stories as flat ids (N,), never trained on.

    Of the seeds after `train`'s, this is the first whose text is so typical that the
    exact model's loss on it agrees with the entropy per word to three decimals. A
    loss measured here can therefore be compared with the floor to three decimals.
    """
    return _stream(HELD_OUT_STORIES, HELD_OUT_SEED).copy()


__all__ = [
    "ALICE",
    "END",
    "LANGUAGE",
    "VOCABULARY",
    "Grammar",
    "entropy_per_story",
    "entropy_per_word",
    "held_out",
    "losses",
    "next_word",
    "next_words",
    "pair_frequencies",
    "posterior",
    "sample",
    "story",
    "text",
    "train",
    "words",
    "words_per_story",
]
