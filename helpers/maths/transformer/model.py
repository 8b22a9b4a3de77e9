"""The Transformer of the course, in torch: GPT-2's shape, sized by a small `Config`.

B texts side by side, T words in each, V words in the vocabulary, D numbers a word,
H heads of d = D / H numbers. A text is read from [end], id 0, on: it stands before
the first word, so that this word has something to be predicted from.
"""

from dataclasses import dataclass
from functools import partial

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from helpers.maths.inputs import positive
from helpers.maths.models import PADDING


@dataclass(frozen=True)
class Config:
    """How large a Transformer is; the defaults are the model of the notebook.

    With `causal` False no mask hides the later words, and the model reads its own
    answers. ValueError for a size that is no whole number from 1, and for a width
    that the heads cannot share.
    """

    vocabulary: int = 96
    context: int = 64
    width: int = 48
    layers: int = 2
    heads: int = 4
    causal: bool = True

    def __post_init__(self):
        for name in ("vocabulary", "context", "width", "layers", "heads"):
            positive(getattr(self, name), f"{name} in Config")
        if self.width % self.heads:
            raise ValueError(
                f"The width must be a multiple of the number of heads, as they share "
                f"it equally: {self.width} is no multiple of {self.heads}."
            )

    def fits(self, length):
        """ValueError if a text of so many words is longer than the context."""
        if length > self.context:
            raise ValueError(
                f"The context is {self.context} words, and this text has {length}: "
                "there is no place for the last one. Keep the newest words only, and "
                "read them again from the first place on."
            )


class Cache:
    """The keys and values of the words read so far, of every layer.

    Room for the whole context is made at once: a word costs no new memory. It has
    the order in which a layer makes them, so that they need not be moved. `length`
    is how many words it holds.
    """

    def __init__(self, config, texts=1):
        L, C, D, H = config.layers, config.context, config.width, config.heads
        self.room = torch.zeros(L, texts, C, 2, H, D // H)
        self.length = 0

    def add(self, layer, keys, values):
        """Put those of T new words (B * H, T, d) behind: -> all (B * H, N + T, d)."""
        end = self.length + keys.shape[1]
        both = self.room[layer, :, :end].permute(2, 0, 3, 1, 4)  # (2, B, H, N + T, d)
        for kept, new in zip(both, (keys, values), strict=True):
            kept[:, :, self.length :] = new.view_as(kept[:, :, self.length :])
        return both.flatten(1, 2).unbind()


class Block(nn.Module):
    """One layer: the words ask each other, then each thinks for itself."""

    def __init__(self, config):
        super().__init__()
        D = config.width
        self.count, self.width = config.heads, D // config.heads
        self.norm1 = nn.LayerNorm(D)
        self.qkv = nn.Linear(D, 3 * D)
        self.out = nn.Linear(D, D)
        self.norm2 = nn.LayerNorm(D)
        self.up = nn.Linear(D, 4 * D)
        self.down = nn.Linear(4 * D, D)

    def heads(self, x, T):
        """(B * T, D) -> queries, keys, values, each (B * H, T, d)."""
        qkv = self.qkv(self.norm1(x)).view(-1, T, 3, self.count, self.width)
        # Flattened it is copied. Numbers that lie side by side are multiplied faster:
        # the copy saves a quarter of the attention.
        return qkv.permute(2, 0, 3, 1, 4).flatten(1, 2).unbind()

    def forward(self, x, mask, add=None):
        """(B * T, D) -> (B * T, D); `add` puts the keys and values into a cache."""
        T = len(mask)
        queries, keys, values = self.heads(x, T)
        if add:
            keys, values = add(keys, values)  # (B * H, N + T, d)
        mixed = torch.bmm(shares(queries, keys, mask), values)  # (B * H, T, d)
        mixed = mixed.view(-1, self.count, T, self.width).transpose(1, 2)
        x = x + self.out(mixed.reshape(x.shape))  # from (B, T, H, d)
        return x + self.down(F.gelu(self.up(self.norm2(x))))  # (B * T, 4 D) inside


def shares(queries, keys, mask):
    """softmax(QKᵀ / √d + mask) by rows, Vaswani and others 2017: -> (N, T, M).

    Queries are (N, T, d), keys (N, M, d), and the mask (T, M) is -inf where nothing
    may be seen. At these sizes this is faster than torch's
    scaled_dot_product_attention, which is made for long texts.
    """
    scale = queries.shape[2] ** -0.5
    scores = torch.baddbmm(mask, queries, keys.transpose(1, 2), alpha=scale)
    return torch.softmax(scores, dim=2)


class Transformer(nn.Module):
    """Ids (B, T) -> logits (B, T, V): at every place those of the word after it.

    Learned places, the norm before each part of a layer, GELU, and one matrix for
    the words at both ends, as in GPT-2: Radford and others, "Language Models are
    Unsupervised Multitask Learners", 2019. The same `seed` gives the same start and
    leaves torch's own random numbers as they were.
    """

    def __init__(self, config=None, seed=0):
        super().__init__()
        self.config = config = config or Config()
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.words = nn.Embedding(config.vocabulary, config.width)
            self.places = nn.Embedding(config.context, config.width)
            self.blocks = nn.ModuleList(Block(config) for _ in range(config.layers))
            self.norm = nn.LayerNorm(config.width)
            self.apply(self._start)

    def _start(self, part):
        """Numbers leave a matrix about as large as they came in."""
        if isinstance(part, nn.Embedding):
            nn.init.normal_(part.weight, std=0.3)
        if isinstance(part, nn.Linear):
            nn.init.normal_(part.weight, std=part.in_features**-0.5)
            nn.init.zeros_(part.bias)

    def mask(self, T, before=0):
        """(T, before + T): -inf where the T new words may not look, else 0."""
        hidden = self.places.weight.new_full((T, before + T), -torch.inf)
        return hidden.triu(before + (1 if self.config.causal else T))

    def forward(self, ids, cache=None):
        """Ids (B, T) -> logits (B, T, V).

        With a `cache` the ids are new words only: they stand behind those that it
        holds, and are in it afterwards. ValueError for more words than the context,
        and for a cache without a mask.
        """
        return F.linear(self.read(ids, cache), self.words.weight)

    def read(self, ids, cache=None):
        """`forward` up to the last matrix: ids (B, T) -> (B, T, D)."""
        before, T = (cache.length if cache else 0), ids.shape[1]
        self.config.fits(before + T)
        if cache and not self.config.causal:
            raise ValueError(
                "Without a mask each new word changes what all earlier ones found, so "
                "nothing can be kept: read the whole text without a cache."
            )
        if cache and cache.room.shape[1] != len(ids):
            raise ValueError(
                f"This cache has room for {cache.room.shape[1]} of the {len(ids)} "
                f"texts: make one with Cache(config, {len(ids)})."
            )
        x = self.words(ids) + self.places.weight[before : before + T]  # (B, T, D)
        x = x.flatten(0, 1)  # a word a row: B rows of T cost a detour in every product
        mask = self.mask(T, before)
        for layer, block in enumerate(self.blocks):
            x = block(x, mask, cache and partial(cache.add, layer))
        if cache:
            cache.length += T
        return self.norm(x).unflatten(0, ids.shape)


def stories(ids, context):
    """A text as one story a row: (N,) -> inputs (S, T), targets (S, T), int64.

    A row of inputs is [end] and the story without its own [end]; the targets are the
    words one place on. T is the length of the longest story, the others are filled
    up, and what stands there is no target: -100, which the losses leave out.
    ValueError for a story longer than the `context`.
    """
    ids = torch.as_tensor(np.asarray(ids, dtype=np.int64))  # (N,)
    last = (ids == 0).nonzero().flatten() + 1  # (S,) where the next story begins
    if len(ids) and (not len(last) or last[-1] < len(ids)):
        last = torch.cat([last, torch.tensor([len(ids)])])  # a story without its end
    lengths = last.diff(prepend=torch.zeros(1, dtype=torch.int64))  # (S,)
    longest = int(lengths.max()) if len(lengths) else 0
    if longest > positive(context, "The context"):
        raise ValueError(
            f"One story has {longest} words, more than the context of {context}: take "
            "a longer context, or shorter stories."
        )
    places = torch.arange(longest)  # (T,)
    real = places < lengths[:, None]  # (S, T)
    where = (last - lengths)[:, None] + places  # (S, T)
    targets = ids[where.where(real, 0)].masked_fill(~real, PADDING)
    inputs = targets.clamp(min=0).roll(1, dims=1)
    inputs[:, :1] = 0  # [end]
    return inputs, targets
