"""What a Transformer says and what its heads look at, and the texts that it writes."""

import copy

import numpy as np
import torch
from torch.nn import functional as F

from helpers.maths import sampling
from helpers.maths.transformer.model import Cache, mask, shares


def _seen(ids, config):
    """What the model reads of a text, a list of ids: [end] and the story so far.

    The story begins after the last [end]. Where it does not fit into the context its
    oldest words are dropped, half a context at once: the next so many words then
    find their places, and a cache its keys, as they were.
    """
    ids = [int(i) for i in ids]
    story = [0, *ids[len(ids) - ids[::-1].index(0) if 0 in ids else 0 :]]
    half = max(config.context // 2, 1)
    over = max(0, len(story) - config.context)
    return story[-(-over // half) * half :]


def probabilities(model):
    """The model as a function: ids so far (a list) -> P(next word), (V,) float64.

    It is what `helpers.maths.sampling` calls a model. It reads the story after the
    last [end]; of a story longer than the context only the newest words. Its `rows`
    answers many such lists at once, (N, V), in a small part of the time.
    """

    @torch.inference_mode()
    def rows(texts):
        seen = [_seen(ids, model.config) for ids in texts]
        T = max(map(len, seen))
        if model.config.causal:  # what is filled up lies behind, and is not seen
            filled = torch.tensor([one + [0] * (T - len(one)) for one in seen])
            last = [len(one) - 1 for one in seen]
            states = _read(model, filled)[torch.arange(len(seen)), last]  # (N, D)
        else:
            states = torch.cat([_read(model, torch.tensor([s]))[:, -1] for s in seen])
        return _softmax(model, states)

    def next_word(ids):
        return rows([ids])[0]  # (V,)

    next_word.rows = rows
    return next_word


def _read(model, ids, cache=None):
    try:
        return model.read(ids, cache)
    except IndexError:
        raise ValueError(
            f"{ids.tolist()} holds an id outside the vocabulary."
        ) from None


def _softmax(model, states):
    """(N, D) -> P (N, V) float64."""
    logits = F.linear(states, model.words.weight)  # (N, V)
    return torch.softmax(logits.double(), dim=1).numpy()


def write(model, ids, choose, most, cache=True):
    """The generation loop: the prompt `ids` and what follows, a list of ids.

    As `helpers.maths.sampling.generate`, with P from `probabilities`. With `cache`
    the keys and values of words once read are kept, so that each step reads one new
    word. Where the story outgrows the context its older half is dropped, and the
    newer half read again in its new places.
    """
    reader = _cached(model) if cache else probabilities(model)
    return sampling.generate(reader, ids, choose, most=most)


def _cached(model):
    """`probabilities` for texts that grow by a word from one call to the next."""
    cache, read = Cache(model.config), []

    @torch.inference_mode()
    def next_word(ids):
        nonlocal read
        seen = _seen(ids, model.config)
        if seen[: cache.length] != read or len(seen) == cache.length:
            cache.length = 0
        new = torch.tensor([seen[cache.length :]])  # (1, T)
        states = _read(model, new, cache)[:, -1]  # (1, D)
        read = seen
        return _softmax(model, states)[0]

    return next_word


@torch.no_grad()
def attention_maps(model, ids):
    """How each head shares its attention out: ids (T,) -> weights (L, H, T, T).

    Row t belongs to the word at place t, and sums to 1 over the places that it sees.
    """
    ids = torch.as_tensor(np.asarray(ids, dtype=np.int64))[None]  # (1, T)
    T = ids.shape[1]
    x, maps = model.words(ids) + model.places.weight[:T], []  # (1, T, D)
    hidden = mask(T) if model.config.causal else None
    for block in model.blocks:
        queries, keys, _ = block.heads(x)  # (1, H, T, d)
        maps.append(shares(queries, keys, hidden)[0])  # (H, T, T)
        x = block(x, hidden)
    return torch.stack(maps)


def without_heads(model, heads):
    """A copy of the model in which some heads, pairs (layer, head), add nothing.

    Their part of the matrix `out` is 0. ValueError for a head that is not there.
    """
    model = copy.deepcopy(model)
    config = model.config
    d = config.width // config.heads
    for layer, head in heads:
        if not (0 <= layer < config.layers and 0 <= head < config.heads):
            raise ValueError(
                f"There is no head ({layer}, {head}): layers go from 0 to "
                f"{config.layers - 1}, heads from 0 to {config.heads - 1}."
            )
        with torch.no_grad():
            model.blocks[layer].out.weight[:, head * d : (head + 1) * d] = 0
    return model
