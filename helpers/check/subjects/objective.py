"""06: what an autoregressive model is trained to say, and what a text costs."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.sampling import sequence_loss, shifted_targets

NOTEBOOK = "06_autoregressive_sampling"


def _without(ids, word):
    """As ids.remove(word) leaves them: the first such is gone."""
    place = ids.index(word)
    return ids[:place] + ids[place + 1 :]


SHIFTED = Function(
    reference=shifted_targets,
    cases=(([7, 1, 4],), ([5, 3, 5, 2],), ([1, 0, 2, 9, 6, 8],), ([3, 2],)),
    random=lambda rng: (rng.integers(0, 50, int(rng.integers(4, 12))).tolist(),),
    mistakes={
        "These are the numbers after, not the words after: {case}. The target is the "
        "next id in the list.": lambda ids: (ids[:-1], [i + 1 for i in ids[:-1]]),
        "The targets are the words before, not after: {case}. The target of a word is "
        "the one to its right.": lambda ids: (ids[1:], ids[:-1]),
        "The targets are the inputs themselves: {case}. A model that may see its "
        "answer learns nothing; shift by one.": lambda ids: (ids[:-1], ids[:-1]),
        "Nothing is cut off: {case}. The last word has no target, so it is no "
        "input.": lambda ids: (ids, ids),
        "The last word gets the first one as its target: {case}. Nothing comes after "
        "it; leave it out of the inputs.": lambda ids: (ids, [*ids[1:], ids[0]]),
        "This shifts by two: {case}. The target is the very next word.": lambda ids: (
            ids[:-2],
            ids[2:],
        ),
        "The inputs keep the last word, which has no target: {case}. Cut it "
        "off with ids[:-1].": lambda ids: (ids, ids[1:]),
        "The last target is lost too: {case}. After `a = ids` both are names of one "
        "list, so what a.pop() takes from a is gone from ids as well. Slice in place "
        "of it: ids[:-1] and ids[1:].": (
            lambda ids: (ids[:-1], ids[1:-1]),
            lambda ids: (_without(ids, ids[-1]), _without(ids, ids[-1])[1:]),
        ),
        "These are the pairs, one by one: {case}. Give two lists, all inputs and all "
        "targets.": lambda ids: list(zip(ids, ids[1:], strict=False)),
    },
    hints=(
        "Which words have a word after them? Those are the inputs.",
        "All but the last are read, ids[:-1].",
        "All but the first are to be said. Return both, inputs first.",
    ),
)


def _short(prefix):
    """a small model"""
    p = 0.5 ** (1 + len(prefix) % 3)
    return np.array([p, 1 - p])


def _long(prefix):
    """another small model"""
    weights = 1.0 + np.arange(3) * (1 + sum(prefix) % 4) + len(prefix) % 2
    return weights / weights.sum()


def _terms(model, ids, log=np.log):
    return [log(model(ids[:t])[word]) for t, word in enumerate(ids)]


SEQUENCE_LOSS = Function(
    reference=sequence_loss,
    cases=(
        (_short, [0, 0]),
        (_short, [0, 1, 1, 0]),
        (_long, [2, 0, 1]),
        (_long, [1, 1, 2, 0, 2]),
    ),
    random=lambda rng: (_long, rng.integers(0, 3, int(rng.integers(3, 9))).tolist()),
    hard=((_short, [0, 1] * 600),),
    mistakes={
        "This looks like the logarithm of the product, which is too small for float64 "
        "in a long text: {case}. Add the logarithms up one by one.": lambda m, x: (
            -np.log(np.prod([m(x[:t])[w] for t, w in enumerate(x)]))
        ),
        "This looks like the mean over the words: {case}. Here the sum is asked for, "
        "as it is -ln P of the whole text.": lambda m, x: -np.mean(_terms(m, x)),
        "t runs through words here, not through places: {case}. Write "
        "`for t in range(len(ids))`.": (
            lambda m, x: -sum(np.log(m(x[:t])[t]) for t in x),
            lambda m, x: -sum(np.log(m(x[:t])[x[t]]) for t in x),
        ),
        "The model has seen the word that it should say: {case}. The word at place t "
        "comes after ids[:t], without itself.": lambda m, x: (
            -sum(np.log(m(x[: t + 1])[w]) for t, w in enumerate(x))
        ),
        "The model sees only the word before: {case}. Give it all of them, ids[:t].": (
            lambda m, x: (
                -sum(np.log(m(x[max(0, t - 1) : t])[w]) for t, w in enumerate(x))
            ),
            lambda m, x: -sum(np.log(m([x[t - 1]])[w]) for t, w in enumerate(x)),
        ),
        "This asks for the word after next: {case}. After ids[:t] comes ids[t], from "
        "t = 0 on.": lambda m, x: (
            -sum(np.log(m(x[:t])[x[t + 1]]) for t in range(len(x) - 1))
        ),
        "The model sees nothing of the text: {case}. Give it the words so far, "
        "ids[:t].": lambda m, x: -sum(np.log(m([])[w]) for w in x),
        "The model sees the whole text at once: {case}. Each word has its own "
        "question, ids[:t].": lambda m, x: -sum(np.log(m(x)[w]) for w in x),
        "The first word is missing: {case}. It comes after nothing, "
        "model([]).": lambda m, x: -sum(_terms(m, x)[1:]),
        "The last word is missing: {case}.": lambda m, x: -sum(_terms(m, x)[:-1]),
        "This is the probability of the text: {case}. Take -ln of it.": lambda m, x: (
            np.exp(sum(_terms(m, x)))
        ),
        "These are the losses of the words: {case}. Add them up.": lambda m, x: (
            [-term for term in _terms(m, x)]
        ),
    },
    hints=(
        "Walk over the places t of the text. Before place t stand the words ids[:t].",
        "model(ids[:t]) is a distribution; the word that came has model(ids[:t])"
        "[ids[t]].",
        "Add up -np.log of it, from t = 0 on.",
    ),
)

EXERCISES = [SHIFTED, SEQUENCE_LOSS]
