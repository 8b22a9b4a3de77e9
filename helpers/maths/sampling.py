"""From next-word distributions to a text: the losses, the choices, the search.

A model is any function of a prefix, a list of ids, that gives P(next word), (V,).
Ids count from 0 and `end` is the id of [end]. Logarithms are natural.
"""

import math

import numpy as np

from helpers.maths.inputs import (
    distribution,
    ids,
    numbers,
    positive,
    real,
    takes,
    vector,
    whole,
)

COLDEST = 1e-300  # ln p divided by less would overflow


def _temperature(value, name, given=None):
    T = real(value, name)
    if T < 0 or math.isinf(T):
        raise ValueError(f"The temperature must be finite and above 0, not {T:g}.")
    if T < COLDEST:
        raise ValueError(
            "The temperature cannot be 0, as nothing can be divided by 0: for the "
            "limit towards 0 take the most probable word, with greedy(p)."
        )
    return T


def _count(value, name, given):
    k, V = whole(value, name), len(given["p"])
    if not 1 <= k <= V:
        raise ValueError(
            f"{name} must lie between 1 and {V}, the number of words, not {k}."
        )
    return k


def _share(value, name, given=None):
    share = real(value, name)
    if not 0 < share <= 1:
        raise ValueError(
            f"{name} must lie above 0 and not above 1, as it is a part of the "
            f"probability, but it is {share:g}."
        )
    return share


def _power(value, name, given=None):
    alpha = real(value, name)
    if not 0 <= alpha <= 10:
        raise ValueError(f"{name} must lie between 0 and 10, not {alpha:g}.")
    return alpha


def _two(value, name, given=None):
    """At least two ids."""
    found = ids(value, name)
    if len(found) < 2:
        raise ValueError(f"{name} must hold at least two: one to read, one to say.")
    return found


def _model(value, name, given=None):
    """A function whose every answer is looked at before it is used."""
    if not callable(value):
        raise ValueError(f"{name} must be a function of a list of ids that gives P.")
    return lambda prefix: next_word(value, prefix)


def _said(value, name, given):
    """At least one id, each of a word that the model knows."""
    found = ids(value, name)
    if not found:
        raise ValueError(f"{name} is empty: give it at least one id.")
    _known(found, len(given["model"]([])))
    return found


def _prompt(value, name, given=None):
    return ids(value, name)  # it may be empty: then the model begins


def _logs(value, name, given):
    """(B, V): a row for each beam, nothing above ln 1."""
    array, beams = numbers(value, name), len(given["scores"])
    if array.ndim != 2 or len(array) != beams:
        raise ValueError(
            f"{name} must have {beams} rows, one for each of scores, "
            f"but its shape is {array.shape}."
        )
    if (array > 1e-9).any():
        raise ValueError(f"{name} holds a number above 0: give ln p, not p.")
    return array


def next_word(model, prefix):
    """What a model says, looked at first: prefix (a list of ids) -> P(next), (V,).

    ValueError if the model's answer is no distribution or the prefix holds an id
    that its vocabulary does not have.
    """
    p = distribution(model(prefix), "what the model gives")  # (V,)
    _known(prefix, len(p))
    return p


def _known(found, V):
    for one in found:
        if not 0 <= one < V:
            raise ValueError(
                f"The id {one} stands for no word: the model's {V} words have the "
                f"ids 0 to {V - 1}."
            )


# ---- the objective


@takes(ids=_two)
def shifted_targets(ids):
    """What a model reads and what it should say: (N,) -> (inputs, targets), N − 1 each.

    The target of each word is the word after it. ValueError for fewer than two.
    shifted_targets([7, 1, 4]) is ([7, 1], [1, 4]).
    """
    return ids[:-1], ids[1:]


@takes(model=_model, ids=_said)
def sequence_loss(model, ids):
    """−ln P(text) by the chain rule, the sum over its words: function, (N,) -> nats.

    The word at place t costs −ln of what the model gave to it after the words
    before it, ids[:t]; inf for a text that cannot be. ValueError if ids is empty.
    """
    total = 0.0
    for t, word in enumerate(ids):
        p = model(ids[:t])  # (V,) the model sees the words before, and no more
        total -= np.log(p[word])
    return float(total)


# ---- one choice


@takes(p=distribution)
def greedy(p):
    """The most probable word, the first of equals: (V,) -> int."""
    return int(np.argmax(p))


@takes(p=distribution, T=_temperature)
def temperature(p, T):
    """p to the power 1/T, made to sum to 1: (V,), float -> (V,).

    It is softmax(ln p / T). Below 1 the probable words gain, above 1 the others do;
    greedy is the limit T → 0, and T = 0 itself is a ValueError. With T = 0.5,
    [0.6, 0.3, 0.1] becomes [0.783, 0.196, 0.022].
    """
    z = np.log(p)  # (V,) −inf where p is 0
    e = np.exp((z - z.max()) / T)  # the largest is 1: nothing overflows
    return e / e.sum()


@takes(p=distribution, k=_count)
def top_k(p, k):
    """Only the k most probable words, made to sum to 1: (V,), int -> (V,).

    Of equals the first stay (Fan, Lewis and Dauphin 2018). ValueError unless
    1 ≤ k ≤ V. top_k([0.5, 0.3, 0.2], 2) is [0.625, 0.375, 0].
    """
    best = np.argsort(-p, kind="stable")[:k]  # (k,)
    kept = np.zeros_like(p)
    kept[best] = p[best]
    return kept / kept.sum()


@takes(p=distribution, share=_share)
def top_p(p, share):
    """Only the smallest set of likeliest words that holds `share`: (V,), float -> (V,).

    The words go in from the most probable on until their sum reaches `share`; then
    they are made to sum to 1 (Holtzman and others 2020, "nucleus sampling").
    ValueError unless 0 < share ≤ 1. top_p([0.5, 0.3, 0.2], 0.7) is [0.625, 0.375, 0].
    """
    order = np.argsort(-p, kind="stable")  # (V,)
    before = np.cumsum(p[order]) - p[order]  # (V,) without the word itself
    # The tolerance forgives 0.1 + 0.2 = 0.30000000000000004.
    best = order[(before < share - 1e-12) | (share == 1)]
    kept = np.zeros_like(p)
    kept[best] = p[best]
    return kept / kept.sum()


def adjust(p, T=1, k=None, share=1):
    """Temperature, then top-k, then top-p, the usual order: (V,) -> (V,)."""
    p = temperature(p, T)
    p = p if k is None else top_k(p, k)
    return p if share == 1 else top_p(p, share)


# ---- a whole text


@takes(model=_model, prompt=_prompt, most=positive)
def generate(model, prompt, choose, end=0, most=40):
    """The generation loop: the prompt and what follows, a list of ids.

    `choose` is any function (V,) -> int, such as `greedy`. The text ends after
    `end`, or when `most` words have been added. The prompt may be empty. ValueError
    for ids without a word.
    """
    text = list(prompt)
    for _ in range(most):
        p = model(text)  # (V,)
        text.append(int(choose(p)))
        if text[-1] == end:
            break
    return text


@takes(scores=vector, logs=_logs, width=positive)
def beam_step(scores, logs, width):
    """The best `width` ways to go on: (B,), (B, V), int -> list of (beam, word).

    scores holds ln P of each beam, logs holds ln P(next) after each; a way scores
    their sum. Best first, of equals the first; ways that cannot be are left out.
    beam_step([-1.0], [[-0.5, -2.0, -1.0]], 2) is [(0, 0), (0, 2)].
    """
    totals = scores[:, None] + logs  # (B, V)
    best = np.argsort(-totals, axis=None, kind="stable")[:width]
    pairs = zip(*np.unravel_index(best, totals.shape), strict=True)
    return [(int(b), int(w)) for b, w in pairs if totals[b, w] > -np.inf]


@takes(log_p=real, count=positive, alpha=_power)
def length_score(log_p, count, alpha):
    """ln P of a text over its number of words to the power of alpha: ln P / N^alpha.

    alpha 0 leaves ln P, with which short texts win; 1 gives the mean ln p of a word.
    Wu et al., Google's Neural Machine Translation System, 2016, take (5 + N) / 6 for
    N. length_score(-6.0, 4, 0.5) is -3.0.
    """
    return log_p / count**alpha


@takes(model=_model, prompt=_prompt, width=positive, most=positive, alpha=_power)
def beam_search(model, prompt, width, end=0, most=40, alpha=0):
    """The best texts found with `width` beams: a list of (ln P, ids), best first.

    ln P is that of the added words, of which there are at most `most`. A text that
    has said `end` is finished and set aside, the others go on. With width 1 it is
    greedy; with a width as large as the number of texts it finds the most probable.
    `alpha` ranks the texts by `length_score`; beams are equally long, so it does not
    change which of them go on.
    """
    beams, finished = [(0.0, list(prompt))], []
    for _ in range(most):
        scores = np.array([score for score, _ in beams])  # (B,)
        logs = np.log([model(text) for _, text in beams])  # (B, V)
        grown = [
            (float(scores[b] + logs[b, w]), [*beams[b][1], w])
            for b, w in beam_step(scores, logs, width)
        ]
        finished += [beam for beam in grown if beam[1][-1] == end]
        beams = [beam for beam in grown if beam[1][-1] != end]
        if not beams:
            break

    def score(beam):
        return length_score(beam[0], len(beam[1]) - len(prompt), alpha)

    return sorted(finished + beams, key=score, reverse=True)[:width]
