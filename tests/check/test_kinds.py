"""Kinds of slips, one by one: which rule names which, and that no rule guesses."""

import itertools
from collections import Counter

import numpy as np
import pytest

from helpers.check import slips
from helpers.check.slips import contrast
from helpers.check.subjects import exercises
from tests.check.learners import answers
from tests.check.test_slips import answer

KINDS = [
    ("merge_lora", "return W + scale + B @ A", "Write `return W + scale * B @ A`."),
    ("merge_lora", "return (W + scale) * B @ A", "Write `return W + scale * B @ A`."),
    (
        "ewc_penalty",
        "return strength / 2 * ((fisher * w - old) ** 2).sum()",
        "Write `return strength / 2 * (fisher * (w - old) ** 2).sum()`.",
    ),
    (
        "bayes",
        "return prior * table[:, next] / prior * table[:, next].sum()",
        "/ (prior * table[:, next]).sum()`.",
    ),
    (
        "bayes",
        "out, total = [], 0\nfor q, row in zip(prior, table):\n"
        "    total += q * row[next]\n    out.append(q * row[next] / total)\nreturn out",
        "uses `total` while it is still being added up",
    ),
    (
        "top_k",
        "q, rest = np.zeros(len(p)), list(p)\nfor _ in range(k):\n"
        "    i = rest.index(max(rest))\n    q[i] = p[i]\n    rest.pop(i)\n"
        "return q / q.sum()",
        "all behind it move up a place. Write `rest[i] = 0`",
    ),
    (
        "one_hot",
        "rows = []\nfor i in ids:\n    row = [0] * V\n    row.insert(i, 1)\n"
        "    rows.append(row)\nreturn rows",
        "Write `row[i] = 1`.",
    ),
    (
        "one_hot",
        "rows = []\nfor i in ids:\n    row = []\n    for v in range(V):\n"
        "        if v == i:\n            row.append(1)\n    rows.append(row)\n"
        "return rows",
        "Add an `else:` with `row.append(0)`.",
    ),
    (
        "replay_batch",
        "out = list(new)\nreturn out.extend(old[: round(share * len(new))])",
        "hands back None, as `extend` changes the list itself",
    ),
    ("encode", "for t in tokens:\n    print(vocabulary.index(t))", "Collect them"),
    (
        "mean_cross_entropy",
        "return -np.log(P[truths]).mean()",
        "Write `return -np.log(P[np.arange(len(truths)), truths]).mean()`.",
    ),
    ("shifted_targets", "return ids[-1], ids[1]", "the colon is missing"),
    (
        "sequence_loss",
        "loss = 0\nfor t in range(len(ids)):\n"
        "    loss -= np.log(model(ids[t - 1])[ids[t]])\nreturn loss",
        "takes one place of `ids`, where a part belongs",
    ),
    (
        "numerical_gradient",
        "g, up, down = np.zeros(len(z)), 0, 0\nup = z.copy()\ndown = z.copy()\n"
        "for i in range(len(z)):\n    up[i] += h\n    down[i] -= h\n"
        "    g[i] = (f(up) - f(down)) / (2 * h)\nreturn g",
        "Move the lines from here to the loop into the `for",
    ),
    (
        "adam_step",
        "a = m / (1 - beta1**t)\nb = s / (1 - beta2**t)\n"
        "m = beta1 * m + (1 - beta1) * g\ns = beta2 * s + (1 - beta2) * g**2\n"
        "return w - rate * a / (np.sqrt(b) + eps), m, s",
        "Move these lines up, before line 2.",
    ),
    (
        "adam_step",
        "m = beta1 * m + (1 - beta1) * g\ns = beta2 * s + (1 - beta2) * g**2\n"
        "a, b = 0, 0\na = m / (1 + beta1**t)\nb = s / (1 + beta2**t)\n"
        "return w - rate * a / (np.sqrt(b) + eps), m, s",
        "has `+` where `-` belongs",
    ),
    (
        "sequence_log_probability",
        "total = 0\nfor a, b in zip(ids, ids[1:]):\n"
        "    total += np.log(start[ids[0]]) + np.log(table[a, b])\nreturn total",
        "in each round anew",
    ),
    ("cosine", "return u @ v / (abs(u) * abs(v))", "no length of an arrow"),
    (
        "cosine",
        "return u @ v / (np.sqrt(u @ u) * np.sqrt(u @ u))",
        "has `u` in `np.sqrt(u @ u)` where `v` belongs",
    ),
    ("refit_b", "return x - a * y", "has `x` and `y` exchanged"),
    ("look_up", "return W[: len(one_hots)]", "looks at the length of `one_hots` alone"),
    ("kl", "return np.abs(y - p).sum()", "There is no logarithm in your function"),
    ("decode", "return [v for i, v in enumerate(vocabulary) if i in ids]",
     "Each is there only once"),
    ("one_hot", "table = np.zeros((V, V))\nfor i in ids:\n    table[i, i] = 1\n"
     "return table", "as many rows as `V` says, and should have as many as `ids` has"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "told"), KINDS)
def test_each_kind_is_named(name, body, told, verdict):
    """Authority: the answer, and what it takes to make it right."""
    said = verdict(name, answer(name, body))[1]
    assert "not right yet" in said and told in said


def test_every_edit_is_python():
    """Authority: compile; an edit that it refuses is never tried, and nobody sees."""
    tried, refused = Counter(), Counter()
    for one in answers()[::17]:
        source = slips.written(one()) if one.head != one.exercise else None
        if source is None:
            continue
        source.rows = source.arguments
        for rule in (*slips.SURE, *slips.LIKELY, *slips.LAST, *slips.terms.RULES):
            for edit in itertools.islice(rule(source), 12):
                tried[rule.__name__] += 1
                try:
                    source.compiled(100, edit)
                except (SyntaxError, ValueError, TypeError):
                    refused[rule.__name__] += 1
    assert tried.total() > 1000
    assert {n: c for n, c in refused.items() if c > 0.5 * tried[n]} == {}


# patterns


def test_a_pattern_that_is_chance_is_not_told():
    """Authority: an answer that is wrong now and then, whatever is given to it."""
    exercise = exercises()["entropy"]
    given = [np.full(n, 1 / n) for n in (2, 3, 4, 5, 2, 3, 4, 5, 6, 7)]
    given[3][0], given[7][1] = 0.0, 0.0
    cases = [(p,) for p in given]
    for wrong in ([0, 3], [1, 7], [3], [2, 6, 8]):
        assert contrast.contrast(exercise, cases, wrong, False) is None
    told = contrast.contrast(exercise, cases, [3, 7], False)
    assert told.startswith("This is wrong where p holds a 0")
