"""Wrong answers of 09 as readers write them, and the sentence that each must get.

The authority is the answer itself, written out by hand.
"""

import textwrap

import numpy as np
import pytest

from helpers.check.subjects import exercises

READERS = [
    ("refit_b", "return y + a * x", "adds a · x"),
    ("refit_b", "return y / x", "The slope stays"),
    ("refit_b", "return a * x - y", "sign is turned round"),
    ("refit_b", "return y - x", "slope is missing"),
    ("angle_loss", "return np.sin(2 * degrees) ** 2 / 4", "still in degrees"),
    ("angle_loss", "return np.sin(np.radians(degrees)) ** 2 / 4", "doubling"),
    ("angle_loss", "return np.sin(2 * np.radians(degrees)) / 4", "square is missing"),
    (
        "angle_loss",
        "return np.sin(2 * np.radians(degrees)) ** 2 / 2",
        "½ in place of ¼",
    ),
    (
        "replay_batch",
        "return np.concatenate([new, old[:round(share * len(old))]])",
        "multiply by len(new)",
    ),
    ("replay_batch", "return np.concatenate([new, old])", "All the old samples"),
    (
        "replay_batch",
        "k = round(share * len(new))\nreturn np.concatenate([new[k:], old[:k]])",
        "",
    ),
    (
        "replay_batch",
        "k = round(share * len(new))\nreturn np.concatenate([old[:k], new])",
        "The old ones come first",
    ),
    (
        "replay_batch",
        "return np.concatenate([new, old[:int(share * len(new))]])",
        "cuts the fraction off",
    ),
    (
        "replay_batch",
        "return np.concatenate([new, old[:int(np.ceil(share * len(new)))]])",
        "always rounds up",
    ),
    (
        "ewc_penalty",
        "return strength * (fisher * (w - old) ** 2).sum()",
        "½ is missing",
    ),
    ("ewc_penalty", "return strength / 2 * ((w - old) ** 2).sum()", "This is L2-SP"),
    (
        "ewc_penalty",
        "return strength / 2 * (fisher * (w - old) ** 2).mean()",
        "looks like the mean",
    ),
    (
        "ewc_penalty",
        "return strength / 2 * (fisher * w ** 2).sum()",
        "if `old` were 0 everywhere",
    ),
    ("merge_lora", "return W + B @ A", "scale is missing"),
    ("merge_lora", "return scale * B @ A", "old matrix is missing"),
    ("merge_lora", "return W + scale * A @ B", "wrong way round"),
    ("merge_lora", "return W * (scale * B @ A)", "entry by entry"),
    (
        "retrieval_prompt",
        "return question.split() + ' '.join(passages).split()",
        "question comes first, and the room",
    ),
    (
        "retrieval_prompt",
        "return ' '.join([question, *passages]).split()[:room]",
        "question comes first, and the end",
    ),
    (
        "retrieval_prompt",
        "return ' '.join([*passages, question]).split()",
        "room is not looked at",
    ),
    (
        "retrieval_prompt",
        "return ' '.join([*passages[::-1], question]).split()[-room:]",
        "cut in the middle",
    ),
    ("retrieval_prompt", "return question.split()", "No passage is in it"),
]


def written(name, body):
    """The reader's function: the exercise's own arguments, this body."""
    arguments = ", ".join(exercises()[name].arguments)
    code = f"def {name}({arguments}):\n" + textwrap.indent(body, "    ")
    space = {"np": np}
    exec(code, space)
    return space[name]


@pytest.mark.parametrize(("name", "body", "part"), READERS)
def test_wrong_answers(name, body, part, verdict):
    result, said = verdict(name, written(name, body))
    assert said.startswith(f"{name}: not right yet. ") and part in said
    assert result is exercises()[name].reference


RIGHT = {
    "refit_b": "return y - a * x",
    "angle_loss": "t = np.deg2rad(degrees)\nreturn (np.sin(t) * np.cos(t)) ** 2",
    "replay_batch": "return list(new) + list(old[:round(share * len(new))])",
    "ewc_penalty": "return 0.5 * strength * np.sum(fisher * np.square(w - old))",
    "merge_lora": "return W + scale * np.matmul(B, A)",
}


@pytest.mark.parametrize("name", RIGHT)
def test_right_answers(name, verdict):
    _, said = verdict(name, written(name, RIGHT[name]))
    assert said == f"{name}: right."
