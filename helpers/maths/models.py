"""The networks of the course, in torch, and what all of them share.

A text is a flat array of ids (N,). A model sees the K ids before each word, its
window, and answers with V logits. Losses are means, in nats a word.
"""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from helpers.maths.inputs import positive

# Networks as small as these gain nothing from a second thread: its share of a step
# is over before it has begun, and where another program uses that processor each
# step waits for it, up to fifty times as long. One thread gives the same digits
# everywhere, and leaves the other processor to the browser.
torch.set_num_threads(1)

BATCH = 8192  # words at a time when nothing is learnt: fits in any cache of any use
PADDING = -100  # a target that is none; torch's losses leave it out


def windows(ids, K):
    """The K words before each word, and the word: (N,) -> (N, K), (N,) int64.

    Before the text stands [end], id 0. A window may reach back over an [end] into the
    story before it; nothing is blanked there. The windows share their memory with
    the text. ValueError if K is no whole number from 1.
    """
    K = positive(K, "The window K")
    ids = torch.as_tensor(np.asarray(ids, dtype=np.int64))  # (N,)
    padded = torch.cat([torch.zeros(K, dtype=torch.int64), ids])  # (K + N,)
    return padded.unfold(0, K, 1)[:-1], ids  # (N, K), (N,)


def story_windows(ids, K):
    """`windows` that stop where a story begins: (N,) -> (N, K), (N,) int64.

    What a window holds of an earlier story becomes [end], as before the text, so
    that a model is trained on what it meets when it is prompted afresh.
    """
    seen, targets = windows(ids, K)
    ended = (seen == 0).flip(1).cumsum(1).flip(1) > 0  # (N, K) up to the last [end]
    return seen.masked_fill(ended, 0), targets


class WindowMLP(nn.Module):
    """The last K words -> V logits, through one hidden layer.

    Each word becomes a vector of `width` numbers, the K vectors stand side by side,
    and a layer of `hidden` tanh units looks at them all. After Bengio and others, "A
    Neural Probabilistic Language Model", JMLR 3, 2003. The same `seed` gives the same
    start and leaves torch's own random numbers as they were.
    """

    def __init__(self, V=96, window=8, width=24, hidden=128, seed=0):
        super().__init__()
        self.window = window
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            self.embedding = nn.Embedding(V, width)
            self.hidden = nn.Linear(window * width, hidden)
            self.head = nn.Linear(hidden, V)

    def forward(self, windows):
        """Ids (B, K) -> logits (B, V). ValueError for windows of another length."""
        if windows.shape[-1] != self.window:
            raise ValueError(
                f"This model looks at {self.window} words, not {windows.shape[-1]}."
            )
        vectors = self.embedding(windows)  # (B, K, width)
        side_by_side = vectors.flatten(1)  # (B, K * width)
        return self.head(torch.tanh(self.hidden(side_by_side)))  # (B, V)


def loss(model, inputs, targets, reduction="mean"):
    """−ln p of the targets, in nats: their mean a word, or with "sum" the sum.

    One target for each input, (B, K) and (B,), or one for each place of it, (B, T)
    and (B, T). Those that are PADDING do not count.
    """
    logits = model(inputs).flatten(0, -2)  # (B, V) or (B * T, V)
    return F.cross_entropy(logits, targets.flatten(), reduction=reduction)


@torch.no_grad()
def held_out_loss(model, data):
    """Mean −ln p of the words in ``data``, (inputs, targets), nats a word.

    ValueError if there are none.
    """
    count = int((data[1] != PADDING).sum())
    if not count:
        raise ValueError("There is no held-out text to measure the loss on.")
    return sum(loss(model, *p, reduction="sum").item() for p in _parts(data)) / count


def _parts(data):
    """`data` in parts of about BATCH words."""
    rows = max(1, BATCH * len(data[1]) // max(1, data[1].numel()))
    return zip(*(part.split(rows) for part in data), strict=True)


@torch.no_grad()
def logits(model, data):
    """What the model says before each word of ``data``: (N, V) float64.

    In the order of the text, without places that are PADDING.
    """
    found = [model(inputs)[targets != PADDING] for inputs, targets in _parts(data)]
    return torch.cat(found).double().numpy()


@torch.no_grad()
def word_losses(model, data):
    """−ln p of each word in ``data``, in the order of the text: (N,) float64, nats."""
    found = [
        loss(model, inputs, targets, reduction="none")[targets.flatten() != PADDING]
        for inputs, targets in _parts(data)
    ]
    return torch.cat(found).double().numpy()


def probabilities(model):
    """The model as a function: ids so far (a list) -> P(next word), (V,) float64.

    It is what `helpers.maths.sampling` calls a model. Only the last `model.window` ids
    count; before the text stands [end]. Nothing is blanked: a model that was trained
    on the windows of single stories wants the ids of one story. Its `rows` answers
    many such lists at once, (N, V), in a small part of the time.
    """
    K = model.window

    @torch.no_grad()
    def rows(texts):
        last = [([0] * K + [int(i) for i in ids])[-K:] for ids in texts]
        try:
            logits = model(torch.tensor(last))  # (N, V)
        except IndexError:
            raise ValueError(f"{last} holds an id outside the vocabulary.") from None
        return torch.softmax(logits.double(), dim=1).numpy()  # (N, V)

    def next_word(ids):
        return rows([ids])[0]  # (V,)

    next_word.rows = rows
    return next_word
