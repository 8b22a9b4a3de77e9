"""The runs of the notebook that take minutes, measured; results.json ships them.

``python -m helpers.maths.evaluation.measure`` measures all of them again, in half an
hour, and writes the file. Losses are in nats a word.
"""

import itertools
import random
from functools import cache

import numpy as np

from helpers import language
from helpers.maths import models, ngrams, training
from helpers.maths.evaluation import leaks, writing
from helpers.maths.evaluation.results import (
    FILE,
    GRAMMAR,
    LEAKS,
    MODELS,
    QUALITIES,
    SEEDS,
    TEMPERATURES,
    TOP_P,
    WRITERS,
)
from helpers.maths.evaluation.results import write as write_file
from helpers.maths.transformer import Config, Transformer, probabilities
from helpers.maths.transformer import stories as in_rows

V = len(language.VOCABULARY)
WINDOW = 16
STEPS = {"window MLP": 2000, "Transformer": 5000}
WRITE_STEPS = {"window MLP": 600, "Transformer": 2100}  # as the notebooks train them
LONGEST = 44  # words that a model may write; no story of the grammar has more than 41


def train(name, text, seed=0, total=None):
    """A trained model, "bigram", "window MLP" or "Transformer", on a text (N,)."""
    if name == "bigram":
        return ngrams.bigram(text, V)
    total = total or STEPS[name]
    if name == "window MLP":
        model, data = models.WindowMLP(V, WINDOW, seed=seed), story_windows(text)
        run = training.steps(model, data, total, seed=seed)
    else:
        model, data = Transformer(seed=seed), in_rows(text, Config().context)
        how = {"batch": 8, "warm": 0.05, "betas": (0.9, 0.95), "seed": seed}
        run = training.steps(model, data, total, **how)
    for _ in run:
        pass
    return model


@cache
def trained(name, seed=0, total=None):
    """`train` on the whole training text, as long as the notebooks train it."""
    return train(name, language.train(), seed, total or WRITE_STEPS.get(name))


def story_windows(text):
    """`models.story_windows` of the window that the MLP has here."""
    return models.story_windows(text, WINDOW)


def loss(model, text):
    """The mean loss of a trained model on a text of whole stories, nats a word."""
    if isinstance(model, ngrams.Model):
        return model.loss(text)
    if isinstance(model, models.WindowMLP):
        return models.held_out_loss(model, story_windows(text))
    return models.held_out_loss(model, in_rows(text, model.config.context))


# ---- leaks


def leak(name, share, copies=1, change=None, seed=0, total=None):
    """What a model loses on all of the test, on the leaked part, and on the others.

    Trained on `leaks.leaky_text`. nan for a part without stories.
    """
    text = leaks.leaky_text(share, copies, change, part=seed)
    model = train(name, text, seed, total)
    return [
        loss(model, np.concatenate(stories)) if stories else np.nan
        for stories in leaks.parts(share)
    ]


# ---- free text


def reader(model):
    """A trained model as `writing.stories` wants it: ids -> P(next word), (V,)."""
    if isinstance(model, models.WindowMLP):
        return models.probabilities(model)
    if isinstance(model, Transformer):
        return probabilities(model)

    def next_word(ids):
        return model.probabilities(ids)  # (V,)

    next_word.rows = lambda texts: model.table[[ids[-1] for ids in texts]]  # (N, V)
    return next_word


def write(model, T, share, count, seed=0):
    """So many stories of a reader, by numbers of the `seed`: a list of lists."""
    draw = random.Random(seed).random
    numbers = np.array([[draw() for _ in range(LONGEST)] for _ in range(count)])
    return writing.stories(model, numbers, T, share)


# ---- all of them


def measure_leaks(seeds=SEEDS, names=MODELS, settings=LEAKS, total=None, tell=print):
    """Every model on every leaky text: a list of runs, see `results`."""
    runs = []
    for name, setting in itertools.product(names, settings):
        share, copies, change = setting
        tell(f"{name}, {setting} …")
        measured = [leak(name, *setting, seed, total) for seed in seeds]
        runs.append({
            "model": name, "share": share, "copies": copies, "change": change,
            **_columns(("all", "leaked", "others"), measured),
        })  # fmt: skip
    return runs


def measure_writing(seeds=SEEDS, settings=None, count=1000, total=None, tell=print):
    """Every writer at every temperature and top-p: a list of runs, see `results`."""
    settings = settings or list(itertools.product(TEMPERATURES, TOP_P))
    known = {tuple(story.tolist()) for story in leaks.cut(language.train())}
    runs = []
    for name in WRITERS:
        tell(f"{name} writes …")
        readers = [
            writing.grammar() if name == GRAMMAR else reader(trained(name, seed, total))
            for seed in seeds
        ]
        for T, share in settings:
            measured = [
                writing.judged(write(read, T, share, count, seed), known).values()
                for read, seed in zip(readers, seeds, strict=True)
            ]
            runs.append({
                "model": name, "T": T, "top_p": share, **_columns(QUALITIES, measured)
            })  # fmt: skip
    return runs


def measure_standing(seeds=SEEDS, total=None):
    """What a model gains on held-out stories that it has read by chance.

    Some held-out stories stand in the first half of the training text alone, some in
    the second alone. One model reads the first half, one the second, so that each of
    these stories is read by one of them. A list of runs, nats a word above the exact
    model, means over both halves: on stories read, on the same unread, and on those
    that stand in neither.
    """
    stories, held_out = leaks.cut(language.train()), leaks.cut(language.held_out())
    middle = len(stories) // 2
    halves = [np.concatenate(half) for half in (stories[:middle], stories[middle:])]
    first, second = (leaks.standing(held_out, half) for half in halves)  # (S,) of bool
    one, other, neither = (
        np.concatenate([held_out[i] for i in np.flatnonzero(which)])
        for which in (first & ~second, second & ~first, ~first & ~second)
    )
    runs = []
    for name in MODELS:
        measured = []
        for seed in seeds:
            both = [
                [loss(model, group) - language.losses(group).mean() for group in groups]
                for half, *groups in zip(
                    halves, (one, other), (other, one), (neither,) * 2, strict=True
                )
                for model in [train(name, half, seed, total or WRITE_STEPS.get(name))]
            ]
            measured.append(np.mean(both, axis=0))
        runs.append({"model": name, **_columns(("read", "unread", "rare"), measured)})
    return runs


def _columns(names, measured):
    """{name: a number a seed}, four decimals, None for nan."""
    return {
        name: [None if np.isnan(x) else round(float(x), 4) for x in column]
        for name, column in zip(names, zip(*measured, strict=True), strict=True)
    }


def measure_all(seeds=SEEDS, total=None, **few):
    """All that is shipped; `few` may hold settings of each part, for a short run."""
    return {
        "leaks": measure_leaks(seeds, total=total, **few.get("leaks", {})),
        "writing": measure_writing(seeds, total=total, **few.get("writing", {})),
        "standing": measure_standing(seeds, total),
    }


if __name__ == "__main__":
    write_file(measure_all())
    print(f"Written: {FILE.name}")
