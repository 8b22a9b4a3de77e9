"""Every remedy at every strength, measured; and the results that the course ships.

Losses are in nats a word above the floor of their own language: above what the exact
model loses on the same 1,000 held-out stories. ``python -m
helpers.maths.forgetting.measure`` measures all of them again and writes the file.
"""

import copy
from functools import cache

from helpers import language
from helpers.maths import models, training
from helpers.maths.forgetting import island
from helpers.maths.forgetting.formulas import ewc_penalty
from helpers.maths.forgetting.remedies import (
    LoRA,
    fisher,
    freeze_all_but,
    squared_mean_gradient,
    weights_of,
)
from helpers.maths.forgetting.results import FILE, SEEDS, STRENGTHS, write
from helpers.maths.forgetting.tuning import tune, tuned

WINDOW = 12
FIRST, THEN = 800, 300  # steps of training: on the old language, on the new one
RATE = 5e-3
PENALTIES = {"EWC": "Fisher", "EWC, wrong Fisher": "squared mean", "L2-SP": None}
SAMPLES = 4096  # windows for the Fisher information
STORIES = 1000  # of held-out text


@cache
def _flat():
    held_out = language.held_out()
    ends = (held_out == 0).nonzero()[0]
    return {
        "old": language.train(),
        "new": island.train(),
        "old held out": held_out[: ends[STORIES - 1] + 1],
        "new held out": island.held_out(),
    }


@cache
def texts():
    """{name: (windows (N, 12), targets (N,))} of both languages, held out or not."""
    return {name: models.windows(ids, WINDOW) for name, ids in _flat().items()}


@cache
def floors(count=None):
    """(old, new): what the exact models lose on the two held-out texts, nats a word.

    `count` takes the first so many words of each.
    """
    old = language.losses(_flat()["old held out"])[:count]
    new = island.LANGUAGE.losses(_flat()["new held out"])[:count]
    return float(old.mean()), float(new.mean())


def above_the_floors(model, count=None):
    """(old, new): held-out loss on both languages, nats a word above each floor."""
    pairs = zip(("old", "new"), floors(count), strict=True)
    return tuple(
        models.held_out_loss(model, few(name, count)) - floor for name, floor in pairs
    )


def few(name, count=4000):
    """The first so many words of a held-out text, "old" or "new", as data."""
    return tuple(part[:count] for part in texts()[f"{name} held out"])


@cache
def before(seed=0, total=FIRST):
    """The model trained on the old language alone. Copy it before you train it."""
    model = models.WindowMLP(V=len(island.VOCABULARY), window=WINDOW, seed=seed)
    for _ in training.steps(model, texts()["old"], total, seed=seed):
        pass
    return model


@cache
def joint(seed=0, first=FIRST, total=THEN):
    """The reference: both texts together from the start, the same number of steps.

    Half of every batch is old text; as many windows of each as the others see.
    """
    model = models.WindowMLP(V=len(island.VOCABULARY), window=WINDOW, seed=seed)
    old, new = texts()["old"], texts()["new"]
    return tuned(
        model, new, first + total, batch=256, rate=RATE, old=old, share=1, seed=seed
    )


def distance(model, old, information=None):
    """½ Σ F (w − w_old)² over all weights; F is 1 where none is given."""
    return sum(
        ewc_penalty(w, old[name], 1.0 if information is None else information[name], 1)
        for name, w in model.named_parameters()
    )


@cache
def information(kind, model, seed=0):
    """The Fisher information of a model on the old text, or what is taken for it."""
    windows, targets = (part[:SAMPLES] for part in texts()["old"])
    if kind == "Fisher":
        return fisher(model, windows, seed=seed)
    return squared_mean_gradient(model, windows, targets)


def prepare(method, strength, start, seed=0, total=THEN, watch=None):
    """A model and its run of fine-tuning on the new language, with one remedy.

    `start` is the model before, and stays as it is. Nothing is trained before the
    run, a generator, is asked for steps. ValueError for an unknown remedy, or a
    strength that it cannot have.
    """
    if method == "freezing" and strength not in STRENGTHS[method]:
        names = ", ".join(f'"{one}"' for one in STRENGTHS[method])
        raise ValueError(f"With freezing, the strength is one of {names}.")
    number = not isinstance(strength, str | None) and strength >= 0
    if method in STRENGTHS and method != "freezing" and not number:
        raise ValueError(
            f"With {method}, the strength is a number from 0, not {strength!r}."
        )
    model = copy.deepcopy(start)
    how = {"rate": RATE, "seed": seed, "watch": watch}
    if method == "smaller steps":
        how["rate"] = RATE * strength
    elif method == "replay":
        how |= {"old": texts()["old"], "share": strength}
    elif method in PENALTIES:
        kind, old = PENALTIES[method], weights_of(start)
        f = information(kind, start, seed) if kind else None
        how["penalty"] = lambda model: strength * distance(model, old, f)
    elif method == "freezing":
        model = freeze_all_but(start, *strength.split(" + "))
    elif method == "LoRA":
        model = LoRA(start, strength, seed=seed)
    elif method != "nothing":
        known = ", ".join(["nothing", *STRENGTHS])
        raise ValueError(f"There is no remedy {method!r}; there are {known}.")
    return model, tune(model, texts()["new"], total, **how)


def fine_tuned(method, strength=None, seed=0, first=FIRST, total=THEN):
    """The old model, trained on the new language with one remedy at one strength."""
    model, run = prepare(method, strength, before(seed, first), seed, total)
    for _ in run:
        pass
    return model


def measure(method, strength=None, seed=0, first=FIRST, total=THEN):
    """(old, new): nats above each floor, after fine-tuning with one remedy.

    The methods are those of STRENGTHS, and "before", "nothing" and "joint".
    """
    if method == "before":
        return above_the_floors(before(seed, first))
    if method == "joint":
        return above_the_floors(joint(seed, first, total))
    return above_the_floors(fine_tuned(method, strength, seed, first, total))


def measure_all(seeds=SEEDS, first=FIRST, total=THEN, strengths=STRENGTHS, tell=print):
    """Every method at every strength: {method: {strength: [(old, new) a seed]}}.

    `tell` is called with the name of each method before its runs.
    """
    all_of_them = {"before": [None], "nothing": [None], "joint": [None], **strengths}
    results = {}
    for method, each in all_of_them.items():
        tell(f"{method} …")
        results[method] = {
            one: [measure(method, one, seed, first, total) for seed in seeds]
            for one in each
        }
    return results


if __name__ == "__main__":
    write(measure_all())
    print(f"Written: {FILE.name}")
