"""The first rungs of the ladder: uniform, unigram and bigram, counted from text.

Each is one table (V, V): row = previous word, column = next word, rows sum to 1.
Text is a flat array of ids (N,). What stands before its first word is id 0, [end].

The counts are taken as they are, with no smoothing: each pair of words that the
course's language can say stands at least fifty times in its training text, so no
held-out loss is infinite. Other texts need ``smoothing``, which adds so much to
every count (1 is Laplace's rule) before normalising.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from helpers import language


@dataclass(frozen=True)
class Model:
    """A next-word table with its name; loss is in nats per word."""

    name: str
    table: np.ndarray  # (V, V) P(next | previous)

    def probabilities(self, prefix=()):
        """P(next word) after a prefix of ids, of which the last one counts: (V,)."""
        return self.table[_ids(prefix, len(self.table))[-1] if len(prefix) else 0]

    def losses(self, ids):
        """−ln p of each word of a text: (N,) ids -> (N,) nats, inf where p is 0."""
        ids = _ids(ids, len(self.table))
        with np.errstate(divide="ignore"):
            return -np.log(self.table[_previous(ids), ids])

    def loss(self, ids):
        """Mean of `losses`: the cross-entropy on a text, nats per word."""
        if len(ids) == 0:
            raise ValueError("The loss of a text without words has no meaning.")
        return float(self.losses(ids).mean())

    def expected_loss(self, pairs):
        """Mean loss if each pair comes as often as its share in ``pairs`` (V, V).

        With ``language.pair_frequencies()`` it is exact: the cross-entropy of the
        whole language, which the loss on a long text approaches.
        """
        on = np.asarray(pairs) > 0
        with np.errstate(divide="ignore"):
            return float(-(pairs[on] * np.log(self.table[on])).sum())


def pair_counts(ids, V):
    """How often word j came right after word i: (N,) ids -> (V, V) whole numbers."""
    ids = _ids(ids, V)
    return np.bincount(_previous(ids) * V + ids, minlength=V * V).reshape(V, V)


def uniform(V):
    """Every word has probability 1/V; its loss is ln V."""
    return Model("uniform", np.full((V, V), 1 / V))


def unigram(ids, V, smoothing=0):
    """The share of each word in the text, whatever the word before it."""
    counts = np.bincount(_ids(ids, V), minlength=V)  # (V,)
    return Model("unigram", np.tile(_shares(counts[None, :], smoothing), (V, 1)))


def bigram(ids, V, smoothing=0):
    """The share of each word among those that followed the previous word.

    A previous word that the text does not have gets the uniform distribution.
    """
    return Model("bigram", _shares(pair_counts(ids, V), smoothing))


@cache
def rungs():
    """``{name: held-out loss}`` on the course's split, in nats per word, top first.

    Uniform, unigram and bigram are counted from ``language.train()`` and measured
    on ``language.held_out()``; the floor is the language's exact entropy per word.
    """
    V = len(language.VOCABULARY)
    train, held_out = language.train(), language.held_out()
    models = uniform(V), unigram(train, V), bigram(train, V)
    losses = {model.name: model.loss(held_out) for model in models}
    return losses | {"floor": language.entropy_per_word()}


def _previous(ids):
    """The word before each word, [end] before the first: (N,) -> (N,)."""
    return np.r_[0, ids[:-1]].astype(np.int64)


def _shares(counts, smoothing):
    """Rows of counts as probabilities; a row of zeros becomes uniform."""
    if not smoothing >= 0:
        raise ValueError(f"smoothing must be 0 or more, not {smoothing}.")
    counts = counts + float(smoothing)
    counts[counts.sum(axis=1) == 0] = 1.0
    return counts / counts.sum(axis=1, keepdims=True)


def _ids(ids, V):
    ids = np.asarray(ids)
    if ids.ndim != 1 or (ids.size and ids.dtype.kind not in "iu"):
        raise TypeError("A text must be a flat list or array of whole-number ids.")
    if ids.size and not (ids.min() >= 0 and ids.max() < V):
        raise ValueError(f"Ids must lie from 0 to {V - 1}, the last of {V} words.")
    return ids.astype(np.int64)
