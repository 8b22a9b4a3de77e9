"""What a Transformer says and what its heads look at, and the texts that it writes."""

import copy

import numpy as np
import torch
from torch.nn import functional as F

from helpers.maths import sampling
from helpers.maths.transformer.model import Cache, shares


def _seen(ids, config):
    """What the model reads of a text, a list of ids: [end] and the story so far.

    The story begins after the last [end]. Where it does not fit into the context its
    oldest words are dropped, half a context at once: the next so many words then
    find their places, and a cache its keys, as they were.
    """
    begin = len(ids) - ids[::-1].index(0) if 0 in ids else 0
    half, over = max(config.context // 2, 1), len(ids) - begin + 1 - config.context
    dropped = -(-over // half) * half if over > 0 else 0
    return [0, *ids[begin:]][dropped:]


def probabilities(model):
    """The model as a function: ids so far (a list) -> P(next word), (V,) float64.

    It is what `helpers.maths.sampling` calls a model. It reads the story after the
    last [end]; of a story longer than the context only the newest words. Its `rows`
    answers many such lists at once, (N, V), in a small part of the time.
    """

    @torch.inference_mode()
    def rows(texts):
        seen = [_seen([int(i) for i in ids], model.config) for ids in texts]
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
    cache = Cache(model.config)
    step, read = stepper(model, cache), []

    @torch.inference_mode()
    def next_word(ids):
        nonlocal read
        seen = _seen(ids, model.config)
        if seen[:-1] == read and seen[-1] < model.config.vocabulary:
            logits = step(seen[-1])  # (V,)
        else:
            cache.length = 0
            states = _read(model, torch.tensor([seen]), cache)  # (1, T, D)
            logits = model.words.weight @ states[0, -1]
        read = seen
        return torch.softmax(logits, dim=0, dtype=torch.float64).numpy()

    return next_word


@torch.no_grad()
def stepper(model, cache):
    """The model for the next word of one text: a function id -> logits (V,).

    It does what the model does with a `cache`, in a third of the time. Of products
    as small as these the arithmetic is the lesser part, and most goes to calling
    torch. So there are as few calls as can be, each weight is looked up once, and
    keys and values are written straight into the cache. Make it anew when the model
    has been trained, and call it in torch.inference_mode(). ValueError where the
    context ends.
    """
    H, D = model.config.heads, model.config.width
    words, places, norm = model.words.weight, model.places.weight, model.norm
    layers = []
    for block, room in zip(model.blocks, cache.room[:, 0], strict=True):
        # With 1 / √d in the queries' weights nothing is left to be divided.
        scale = torch.ones(3 * D).index_fill(0, torch.arange(D), (D / H) ** -0.5)
        weight, shift = block.qkv.weight * scale[:, None], block.qkv.bias * scale
        asking = [*weight.split([D, 2 * D]), *shift.split([D, 2 * D])]
        rows = room.flatten(1).unbind()  # C of (2 D,)
        kept = room[:, 0].permute(1, 2, 0), room[:, 1].transpose(0, 1)
        gain, bias, _, _, *others = block.parameters()
        layers.append((gain, bias, *asking, *others, rows, *kept))

    def step(word):
        N, wide = cache.length, (D,)
        model.config.fits(N + 1)
        x = words[word] + places[N]  # (D,)
        for (gain1, shift1, ask, answer, ask0, answer0, out, out0, gain2, shift2,
             up, up0, down, down0, rows, keys, values) in layers:  # fmt: skip
            x1 = torch.layer_norm(x, wide, gain1, shift1)  # (D,)
            queries = torch.addmv(ask0, ask, x1).view(H, 1, -1)  # (H, 1, d)
            torch.addmv(answer0, answer, x1, out=rows[N])  # keys and values
            scores = torch.bmm(queries, keys.narrow(2, 0, N + 1))  # (H, 1, N + 1)
            weights = torch.softmax(scores, 2)
            mixed = torch.bmm(weights, values.narrow(1, 0, N + 1))  # (H, 1, d)
            x += torch.addmv(out0, out, mixed.view(D))
            x2 = torch.addmv(up0, up, torch.layer_norm(x, wide, gain2, shift2))
            # torch's own GELU takes twice as long for so few numbers.
            x2 *= torch.erf(x2 * 0.5**0.5).add_(1).mul_(0.5)  # (4 D,)
            x += torch.addmv(down0, down, x2)
        cache.length = N + 1
        return torch.mv(words, torch.layer_norm(x, wide, norm.weight, norm.bias))

    return step


@torch.no_grad()
def attention_maps(model, ids):
    """How each head shares its attention out: ids (T,) -> weights (L, H, T, T).

    Row t belongs to the word at place t, and sums to 1 over the places that it sees.
    """
    ids = torch.as_tensor(np.asarray(ids, dtype=np.int64))  # (T,)
    T, maps = len(ids), []
    x = model.words(ids) + model.places.weight[:T]  # (T, D)
    mask = model.mask(T)
    for block in model.blocks:
        queries, keys, _ = block.heads(x, T)  # (H, T, d)
        maps.append(shares(queries, keys, mask))  # (H, T, T)
        x = block(x, mask)
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
