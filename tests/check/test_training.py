"""Wrong answers to the exercises of 05 as readers write them.

The authority is the answer itself, written out here by hand, and the numbers in the
whole sentences, worked by hand.
"""

import math

import numpy as np
import pytest

from helpers.check.subjects import exercises

RMS = "def rmsprop_step(w, g, s, rate, alpha=0.99, eps=1e-8):\n    "
ADAM = (
    "def adam_step(w, g, m, s, t, rate, beta1=0.9, beta2=0.999, eps=1e-8):\n"
    "    m = beta1 * m + (1 - beta1) * g\n"
    "    s = beta2 * s + (1 - beta2) * g**2\n    "
)
L1 = "def l1_step(w, g, rate, strength):\n    "
COUNT = "def count_steps(words, batch, epochs):\n    "
SGD = "def sgd_step(w, g, rate):\n    "

READERS = [
    (SGD + "return w + rate * g", "steps uphill"),
    (SGD + "return w - g", "The learning rate is missing"),
    (SGD + "return rate * g", "the length of the step alone"),
    (SGD + "return w - rate", "That would be right if `g` were 1 everywhere"),
    (RMS + "s = s + g**2\n    return w - rate * g / (np.sqrt(s) + eps), s", "AdaGrad"),
    (
        RMS + "s = alpha * s + (1 - alpha) * g**2\n    return w - rate * g / s, s",
        "The root is missing",
    ),
    (
        RMS + "s = (1 - alpha) * s + alpha * g**2\n"
        "    return w - rate * g / (np.sqrt(s) + eps), s",
        "The two shares are swapped",
    ),
    (
        RMS + "s = alpha * s + (1 - alpha) * g**2\n"
        "    return w - rate * g / (np.sqrt(s) + eps)",
        "Only the new w comes back",
    ),
    (
        RMS + "s = alpha * s + (1 - alpha) * g**2\n"
        "    return s, w - rate * g / (np.sqrt(s) + eps)",
        "in the wrong order",
    ),
    (ADAM + "return w - rate * m / (np.sqrt(s) + eps), m, s", "correction is missing"),
    (
        ADAM + "m = m / (1 - beta1**t)\n    s = s / (1 - beta2**t)\n"
        "    return w - rate * m / (np.sqrt(s) + eps), m, s",
        "The corrected memories are handed back",
    ),
    (
        ADAM + "a = m / (1 - beta1)\n    b = s / (1 - beta2)\n"
        "    return w - rate * a / (np.sqrt(b) + eps), m, s",
        "does not know the step",
    ),
    (
        ADAM + "a = m / (1 - beta1**t)\n"
        "    return w - rate * a / (np.sqrt(s) + eps), m, s",
        "s is not corrected",
    ),
    (
        ADAM + "a, b = m / (1 - beta1**t), s / (1 - beta2**t)\n"
        "    return w - rate * a / (b + eps), m, s",
        "`return (w - rate * m_fair / (s_fair + eps), m, s)`",
    ),
    (
        ADAM.replace("(1 - beta1) * g\n", "g\n")
        + "a, b = m / (1 - beta1**t), s / (1 - beta2**t)\n"
        "    return w - rate * a / (np.sqrt(b) + eps), m, s",
        "`m = beta1 * m + g`",
    ),
    (
        ADAM + "a, b = m / (1 - beta1**(t + 1)), s / (1 - beta2**(t + 1))\n"
        "    return w - rate * a / (np.sqrt(b) + eps), m, s",
        "if `t` were 1 more",
    ),
    (SGD + "return float(w - rate * g)", "float, math.log and math.sqrt take one"),
    (
        L1 + "v = w - rate * g\n"
        "    return np.sign(v) * max(abs(v) - rate * strength, 0)",
        "Python's if, max and min compare number with number",
    ),
    (L1 + "return w - rate * (g + strength * np.sign(w))", "hovers there"),
    (L1 + "return (1 - 2 * rate * strength) * w - rate * g", "the L2 step"),
    (
        L1 + "v = w - rate * g\n    return np.maximum(abs(v) - rate * strength, 0)",
        "The sign is lost",
    ),
    (
        L1 + "v = w - rate * g\n"
        "    return np.sign(v) * np.maximum(abs(v) - strength, 0)",
        "The learning rate is missing in the shrinking",
    ),
    (
        L1 + "v = w - rate * g\n    v[abs(v) < rate * strength] = 0\n    return v",
        "the others are not shrunk",
    ),
    (
        L1 + "v = w - rate * g\n    return np.maximum(v - rate * strength, 0)",
        "whatever its size",
    ),
    (COUNT + "return words // batch * epochs", "The last, smaller batch is lost"),
    (COUNT + "return math.ceil(words * epochs / batch)", "without a new start"),
    (COUNT + "return words / batch * epochs", "cannot be a part of one"),
    (COUNT + "return (words // batch + 1) * epochs", "come out even"),
    (COUNT + "return words * epochs", "one step for each word"),
]


def written(code):
    """A function from source."""
    scope = {"np": np, "math": math}
    exec(code, scope)
    return next(f for name, f in scope.items() if name in exercises())


@pytest.mark.parametrize(("code", "part"), READERS)
def test_what_readers_write(code, part, verdict):
    answer = written(code)
    result, said = verdict(answer.__name__, answer)
    assert said.startswith(f"{answer.__name__}: not right yet. ")
    assert part in said
    assert result is exercises()[answer.__name__].reference


RIGHT = [
    SGD + "return w - rate * g",
    RMS + "s = alpha * s + (1 - alpha) * g**2\n"
    "    return w - rate * g / (np.sqrt(s) + eps), s",
    ADAM + "a, b = m / (1 - beta1**t), s / (1 - beta2**t)\n"
    "    return w - rate * a / (np.sqrt(b) + eps), m, s",
    L1 + "v = w - rate * g\n"
    "    return np.where(v > 0, 1, -1) * np.clip(abs(v) - rate * strength, 0, None)",
    L1
    + "v = w - rate * g\n    return v - np.clip(v, -rate * strength, rate * strength)",
    COUNT + "return math.ceil(words / batch) * epochs",
    COUNT + "return sum(1 for _ in range(epochs) for _ in range(0, words, batch))",
]


@pytest.mark.parametrize("code", RIGHT)
def test_right_answers(code, verdict):
    answer = written(code)
    _, said = verdict(answer.__name__, answer)
    assert said == f"{answer.__name__}: right."


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (
            SGD + "return w + rate * g",
            "This steps uphill: for w = 3, g = 6 and rate = 0.1 you returned 3.6, "
            "expected 2.4. The slope points up, so take it away: w - rate * g.",
        ),
        (
            COUNT + "return words // batch * epochs",
            "The last, smaller batch is lost: for words = 1000, batch = 300 and "
            "epochs = 1 you returned 3, expected 4. It is a step too, so round up in "
            "each epoch.",
        ),
        (
            L1 + "return w - rate * g",
            "For w = [0.5, 0.05], g = [0, 0], rate = 0.1 and strength = 1 you "
            "returned [0.5, 0.05], expected [0.4, 0]. That would be right if "
            "`strength` were 0 everywhere. Is `strength` forgotten somewhere?",
        ),
    ],
)
def test_whole_sentences(code, sentence, verdict):
    """Authority: arithmetic."""
    answer = written(code)
    name = answer.__name__
    assert verdict(name, answer)[1] == f"{name}: not right yet. {sentence}"


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        (1 / 3, "the edge for x, the flat way"),
        (0.33, "the edge for x, the flat way"),
        (0.25, "takes 8 for the curvature"),
        (1 / 16, "arrives in one step along y"),
        (2 / 22, "adds the two curvatures"),
        (2 / 11, "the mean of the two curvatures"),
        (0.12, "still comes nearer: at a rate of 0.12 each step multiplies x by 0.28 "
               "and y by -0.92"),
        (0.13, "and a smaller rate does too"),
        (1, "and a smaller rate does too"),
        (-0.125, "above 0"),
        ([0.1, 0.2], "expected one number"),
        (math.nan, "nan or infinite"),
    ],
)  # fmt: skip
def test_wrong_edges(answer, part, verdict):
    """Authority: y is multiplied by 1 − 16 · rate, x by 1 − 6 · rate."""
    result, said = verdict("edge_rate", answer)
    assert said.startswith("edge_rate: not right yet. ") and part in said
    assert result == 0.125


@pytest.mark.parametrize("answer", [0.125, 2 / 16, 1 / 8, np.float64(0.125)])
def test_right_edges(answer, verdict):
    assert verdict("edge_rate", answer) == (0.125, "edge_rate: right.")


def test_the_edge_is_not_tried_yet(verdict):
    assert "not attempted yet" in verdict("edge_rate", ...)[1]
