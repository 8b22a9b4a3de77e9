"""The texts of "you are the judge": pairs.json, and how it is written anew.

Each pair is one beginning of a held-out story and two ends of it by two models. The
ends are drawn with numbers that are always the same, and nothing is picked out by
hand. A trained model has other weights on another machine, and might write another
word: so the texts are written once and shipped.

    python -m helpers.rounds.pairs
"""

import json
from pathlib import Path

import numpy as np

from helpers import language
from helpers.figures.probability.draws import drawn
from helpers.figures.sampling.generation import first_slip, grammar
from helpers.maths.probability import sample
from helpers.maths.sampling import generate
from helpers.maths.tokens import encode

FILE = Path(__file__).with_suffix(".json")
MODELS = ("bigram", "window MLP", "Transformer", "grammar")
MOST = 20  # words of an end; what is longer stops there
# Who is A and who is B, indices of MODELS: each two meet once each way round, and
# neither side is the better one for long, nor in turns.
MEETINGS = [
    *[(1, 3), (2, 0), (1, 0), (2, 3), (0, 3), (2, 1)],
    *[(3, 2), (0, 1), (3, 1), (1, 2), (0, 2), (3, 0)],
]


def shipped(file=FILE):
    """The pairs as written: dicts of "begins", "by" and "ends", A before B.

    "begins" is a list of words, "by" two indices of `MODELS`, "ends" two lists.
    """
    return [
        {"begins": one["begins"].split(), "by": tuple(one["by"]),
         "ends": [end.split() for end in one["ends"]]}
        for one in json.loads(file.read_text(encoding="utf-8"))
    ]  # fmt: skip


def judged(begins, end):
    """What the exact grammar says of an end: (ln P a word, None) or (−∞, place).

    The place is that of the first word that the grammar never says there, counted
    from 0 at the beginning of the end.
    """
    ids = encode([*begins, *end], language.VOCABULARY)
    slip = first_slip(ids, len(begins))
    if slip is not None:
        return -np.inf, slip - len(begins)
    p = [grammar(ids[:t])[ids[t]] for t in range(len(begins), len(ids))]
    return float(np.mean(np.log(p))), None


def write(models, file=FILE):
    """Write the pairs, drawn from `models`: four functions of ids, as `MODELS`."""
    beginnings, pairs = _beginnings(), []
    for number, by in enumerate(MEETINGS):
        for begins in beginnings:
            ends = [
                _end(models[k], begins, 2 * number + side) for side, k in enumerate(by)
            ]
            if ends[0] != ends[1]:  # else there is nothing to choose between
                break
        pairs.append({"begins": " ".join(begins), "by": by,
                      "ends": [" ".join(end) for end in ends]})  # fmt: skip
    text = json.dumps(pairs, indent=1) + "\n"
    file.write_text(text, encoding="utf-8", newline="\n")


def trained():
    """The four models, two of them trained as in 06 and 07: half a minute."""
    from helpers.maths import models, ngrams, training, transformer

    text, V = language.train(), len(language.VOCABULARY)
    mlp, config = models.WindowMLP(V, window=16), transformer.Config()
    former = transformer.Transformer(config)
    stories = transformer.stories(text, config.context)
    how = {"batch": 8, "warm": 0.05, "betas": (0.9, 0.95)}
    for _ in training.steps(mlp, models.story_windows(text, 16), 600):
        pass
    for _ in training.steps(former, stories, 2100, **how):
        pass
    bigram = ngrams.bigram(text, V).probabilities
    return bigram, models.probabilities(mlp), transformer.probabilities(former), grammar


def _beginnings():
    """Held-out stories without their last two sentences, lists of words."""
    for story in language.text(language.held_out()).splitlines():
        words = language.words(story)
        stops = [t for t, word in enumerate(words) if word == "."]
        yield words[: stops[-3] + 1]


def _end(model, begins, run):
    """At most MOST words that a model draws, [end] kept where it came."""
    draws = iter(drawn(run, MOST))
    ids = encode(begins, language.VOCABULARY)
    text = generate(model, ids, lambda p: sample(p, next(draws)), most=MOST)
    return [language.VOCABULARY[i] for i in text[len(ids) :]]


if __name__ == "__main__":
    write(trained())
