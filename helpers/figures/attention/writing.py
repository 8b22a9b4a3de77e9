"""What a next word costs with a cache of keys and values and without, measured."""

from dataclasses import replace

from helpers.figures.sampling.context import counted_and_measured, fastest
from helpers.live import still
from helpers.maths.attention import multiplications

CONTEXTS = (16, 128, 256, 384, 512)
WITH, WITHOUT = "with a cache", "without: all words again"


def products(config, context):
    """Products for a next word, {name: count}, with `context` words to look at."""
    linear, growing = multiplications(
        config.vocabulary, context, config.width, config.layers
    )
    logits = config.vocabulary * config.width  # of the last word alone
    again = context * (linear - logits + growing) + logits
    return {WITHOUT: again, WITH: linear + growing}


def ways(model, context):
    """Two functions, {name: ask}, for the logits after `context` words, (1, V)."""
    import torch
    from torch.nn.functional import linear

    from helpers.maths.transformer import Cache

    ids = torch.zeros(1, context, dtype=torch.int64)
    cache = Cache(model.config)
    if context > 1:
        model.read(ids[:, :-1], cache)

    def again():
        return linear(model.read(ids)[:, -1], model.words.weight)

    def one():
        cache.length = context - 1
        return model(ids[:, -1:], cache)[:, -1]

    return {WITHOUT: again, WITH: one}


def seconds(model, context):
    """Measured seconds for a next word, {name: seconds}, after `context` words."""
    import torch

    with torch.inference_mode():
        return {name: fastest(ask) for name, ask in ways(model, context).items()}


def writing_time(model):
    """A still picture: counted products and measured time for a word, by context.

    An untrained model in the shape of `model` is asked, with a context long enough:
    what is learnt changes no time.
    """
    from helpers.maths.transformer import Transformer

    long = Transformer(replace(model.config, context=CONTEXTS[-1]))
    counted = [products(long.config, context) for context in CONTEXTS]
    measured = [seconds(long, context) for context in CONTEXTS]

    def curves(rows):
        return {name: [row[name] for row in rows] for name in (WITHOUT, WITH)}

    places = [0, 128, 256, 384, 512]
    ticks = places, list(map(str, places))
    fig = counted_and_measured(CONTEXTS, curves(counted), curves(measured), ticks)
    return still(
        fig,
        "Two pictures against the number of words before: on the left the counted "
        "products for one word, on the right the time that it took in this run. "
        "Without a cache both rise steeply, as all words are read again. With a cache "
        "they stay near the bottom.",
    )
