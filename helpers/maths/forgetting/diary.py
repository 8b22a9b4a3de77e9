"""A diary of fine-tuning: what the kept models lose and say, word by word."""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional as F

from helpers import language
from helpers.maths import models
from helpers.maths.forgetting import island
from helpers.maths.forgetting.measure import above_the_floors, texts

WORDS = 12_000  # of each held-out text
# Beginnings of old stories, each with what the language says exactly.
SAID = [
    "One day Ben took a red kite to the",
    "Anna had a cat called Pip. Pip liked",
    "One day Anna took a red kite to the park. But she lost it.",
    "One day Anna took a red kite to the park. Ben was there with a",
    "One day Anna and Ben ran a race. Anna was faster and won a",
]


@dataclass
class Prompt:
    """Five words after some others: exact (5,), and as models give them (S, 5)."""

    said: str
    words: list
    truth: list
    model: list


@dataclass
class Diary:
    """Losses above the floors (S,) and predictions at the steps that were kept."""

    steps: list
    old: list
    new: list
    prompts: list


def diary_of(kept):
    """Look at each model of {step: model}, which `keep_copies` fills."""
    steps = sorted(kept)
    losses = [above_the_floors(kept[step], WORDS) for step in steps]
    old, new = (list(one) for one in zip(*losses, strict=True))
    return Diary(steps, old, new, [_prompt(said, kept, steps) for said in SAID])


def _prompt(said, kept, steps):
    ids = {word: i for i, word in enumerate(island.VOCABULARY)}
    words = language.words(said)
    truth = np.zeros(len(ids))
    truth[: len(language.VOCABULARY)] = language.next_word(words)
    rows = [models.probabilities(kept[s])([ids[w] for w in words]) for s in steps]
    # The most probable words of the language and of the last model.
    weight = truth + 0.5 * rows[-1]
    top = np.argsort(-weight, kind="stable")[:5]
    top = sorted(top, key=lambda i: (-truth[i], -rows[-1][i]))
    return Prompt(
        f"{said} …",
        [island.VOCABULARY[i] for i in top],
        [float(truth[i]) for i in top],
        [[float(row[i]) for i in top] for row in rows],
    )


@torch.no_grad()
def loss_by_word(model, data):
    """Mean −ln p where each word comes, and how often it does: (V,), (V,)."""
    windows, targets = data
    each = torch.cat([
        F.cross_entropy(model(w), t, reduction="none")
        for w, t in zip(windows.split(8192), targets.split(8192), strict=True)
    ]).double().numpy()  # (N,)  # fmt: skip
    targets = targets.numpy()
    V = len(island.VOCABULARY)
    count = np.bincount(targets, minlength=V)  # (V,)
    total = np.bincount(targets, weights=each, minlength=V)  # (V,)
    return total / np.maximum(count, 1), count


def most_broken(before, after, count=8):
    """The words that carry most of the loss: [(word, before, after, share)].

    The share is a word's part of the whole rise on the old held-out text.
    """
    data = texts()["old held out"]
    (was, often), (now, _) = loss_by_word(before, data), loss_by_word(after, data)
    rise = (now - was) * often  # (V,)
    worst = np.argsort(-rise, kind="stable")[:count]
    return [
        (island.VOCABULARY[i], float(was[i]), float(now[i]), rise[i] / rise.sum())
        for i in worst
    ]
