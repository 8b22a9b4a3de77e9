"""Wrong answers to 04's exercises as readers write them, and what each is told.

The authority is the answer itself, written out here apart from the mistakes in
helpers/check/subjects/autograd.py and descent.py; the whole sentences are worked by
hand.
"""

import math

import numpy as np
import pytest

from helpers.check.subjects import autograd, descent, exercises
from helpers.check.subjects.descent import WAYS
from helpers.maths.autograd import Value
from helpers.maths.loss import numerical_gradient

NAMES = {exercise.name for exercise in [*autograd.EXERCISES, *descent.EXERCISES]}

READERS = [
    ("slope_over_paths", "return paths.sum(axis=1).prod()", "the other way round"),
    ("slope_over_paths", "return paths.prod()", "multiplies everything"),
    ("slope_over_paths", "return paths.prod(axis=0).sum()", "columns in place of rows"),
    ("slope_over_paths", "return paths.prod(axis=1)", "one by one"),
    (
        "slope_over_paths",
        "for path in paths:\n        return math.prod(path)",
        "Only the first path",
    ),
    ("add_path", "return slope * grad", "written over"),
    ("add_path", "so_far = slope * grad\n    return so_far", "written over"),
    ("add_path", "return so_far + slope + grad", "everything is added"),
    ("add_path", "return so_far + grad", "local slope is missing"),
    (
        "add_path",
        "return (so_far + slope) * grad",
        "Your results are those of `return (so_far + slope) * grad`",
    ),
    ("add_path", "return so_far - slope * grad", "downhill already"),
    ("sigmoid", "s = 1 / (1 + math.exp(-x))\n    return s, s * (1 - s)", "overflows"),
    (
        "sigmoid",
        "s = math.exp(x) / (1 + math.exp(x))\n    return s, s * (1 - s)",
        "for x > 0 write",
    ),
    (
        "sigmoid",
        "s = np.exp(x) / (1 + np.exp(x))\n    return s, s * (1 - s)",
        "Infinity by infinity is nan",
    ),
    ("sigmoid", "s = 1 / (1 + np.exp(-x))\n    return s, 1 - s * s", "slope of tanh"),
    ("sigmoid", "return 1 / (1 + np.exp(-x))", "This is the value alone"),
    ("sigmoid", "s = 1 / (1 + np.exp(x))\n    return s, s * (1 - s)", "turned round"),
    ("sigmoid", "s = 1 / (1 + np.exp(-x))\n    return s, x * (1 - x)", "taken of x"),
    (
        "gradient_gap",
        "return (gradient - numerical_gradient(f, x)).max()",
        "with its sign",
    ),
    (
        "gradient_gap",
        "return (numerical_gradient(f, x) - gradient).max()",
        "too high passes",
    ),
    (
        "gradient_gap",
        "return abs(max(gradient - numerical_gradient(f, x)))",
        "abs() comes after the largest, so a claim that is too low",
    ),
    (
        "gradient_gap",
        "return abs(max(numerical_gradient(f, x) - gradient))",
        "Take abs() before the largest",
    ),
    (
        "gradient_gap",
        "return abs(gradient - numerical_gradient(f, x)).mean()",
        "the mean of the gaps",
    ),
    (
        "gradient_gap",
        "return abs(gradient - numerical_gradient(f, x))",
        "one by one: ",
    ),
    (
        "gradient_gap",
        "return np.linalg.norm(gradient - numerical_gradient(f, x))",
        "square root of the sum of squares",
    ),
    (
        "gradient_gap",
        "return np.allclose(gradient, numerical_gradient(f, x))",
        "only whether they agree",
    ),
    (
        "training_step",
        "return w + rate * 2 * (w @ x - wanted) * x",
        "This goes uphill",
    ),
    (
        "training_step",
        "return w - rate * 2 * (wanted - w @ x) * x",
        "This goes uphill",
    ),
    ("training_step", "return w - rate * (w @ x - wanted) * x", "The 2 of the square"),
    ("training_step", "return w - rate * 2 * (w @ x - wanted)", "input is missing"),
    ("training_step", "return w - rate * (w @ x - wanted) ** 2 * x", "square itself"),
    ("training_step", "return 2 * (w @ x - wanted) * x", "This is the gradient"),
    (
        "training_step",
        "return w - rate * 2 * (w * x - wanted) * x",
        "Each weight has its own output",
    ),
    ("forward_pass", "return W2 @ (W1 @ x + b1) + b2", "The bend is missing"),
    ("forward_pass", "return np.tanh(W1 @ x + b1)", "These are the hidden values"),
    (
        "forward_pass",
        "return np.tanh(W2 @ np.tanh(W1 @ x + b1) + b2)",
        "Only the hidden units have tanh",
    ),
    (
        "forward_pass",
        "return W2 @ (np.tanh(W1 @ x) + b1) + b2",
        "It is part of the sum, so it goes through tanh, too",
    ),
    ("forward_pass", "return W2 @ np.tanh(W1 @ x + b1)", "Add b2 at the end"),
]


def written(name, body):
    """The function that a reader would have in a cell."""
    arguments = ", ".join(exercises()[name].arguments)
    scope = {"np": np, "math": math, "numerical_gradient": numerical_gradient}
    exec(f"def {name}({arguments}):\n    {body}", scope)
    return scope[name]


@pytest.mark.parametrize(("name", "body", "part"), READERS)
def test_what_a_reader_writes(name, body, part, verdict):
    """Authority: the reader's code, which makes just this mistake."""
    result, said = verdict(name, written(name, body))
    assert part in said
    assert result is exercises()[name].reference


RIGHT = [
    ("slope_over_paths", "return sum(math.prod(path) for path in paths)"),
    ("add_path", "so_far += grad * slope\n    return so_far"),
    ("sigmoid", "s = 1 / (1 + np.exp(-x))\n    return s, s * (1 - s)"),
    ("sigmoid", "s = (1 + math.tanh(x / 2)) / 2\n    return [s, s - s * s]"),
    ("gradient_gap", "return max(abs(numerical_gradient(f, x) - gradient))"),
    ("training_step", "return w - rate * 2 * (sum(w * x) - wanted) * x"),
]


@pytest.mark.parametrize(("name", "body"), RIGHT)
def test_right_answers(name, body, verdict):
    """Authority: the formula in another form."""
    result, said = verdict(name, written(name, body))
    assert said == f"{name}: right."
    assert result is not exercises()[name].reference


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        (
            "slope_over_paths",
            "return paths.sum()",
            "This adds up everything: for paths = [[1, 2], [1, 3]] you returned 7, "
            "expected 5. Along a path slopes are multiplied.",
        ),
        (
            "sigmoid",
            "s = 1 / (1 + np.exp(-x))\n    return s, s",
            "The second number is the value again: for x = 0 you returned [0.5, 0.5], "
            "expected [0.5, 0.25]. The slope is s · (1 - s).",
        ),
        (
            "training_step",
            "return w - 2 * (w @ x - wanted) * x",
            "The rate is missing: for w = [0.5, 1], x = [2, 1], wanted = 1 and rate = "
            "0.1 you returned [-3.5, -1], expected [0.1, 0.8]. The step is rate times "
            "slope.",
        ),
    ],
)
def test_whole_sentences(name, body, sentence, verdict):
    """Authority: arithmetic; w · x = 2, so the miss is 1 and the slopes are 4, 2."""
    assert verdict(name, written(name, body))[1] == f"{name}: not right yet. {sentence}"


WRONG_WAYS = [
    ([1, -1, 0, 0, -1], "All signs are turned round"),
    ([-1, -1, 0, 0, 1], "Look at the second"),
    ([-1, 1, 1, 0, 1], "Look at the third"),
    ([-1, 1, 0, 1, 1], "Look at the fourth"),
    ([-1, 1, 0, 0, -1], "Look at the fifth"),
    ([0.5, 1, 0, 0, 1], "Give 1 for up"),
    ([1, 1, 0, 0, 1], "The first goes the wrong way"),
    ([-1, 1, 0, 0], "a row of 4 numbers"),
]


@pytest.mark.parametrize(("answer", "part"), WRONG_WAYS)
def test_wrong_directions(answer, part, verdict):
    """Authority: the engine, in the test below."""
    result, said = verdict("directions", answer)
    assert said.startswith("directions: not right yet.") and part in said
    assert result is exercises()["directions"].reference


def test_right_directions(verdict):
    """Authority: backward() through a network with these five weights."""
    assert verdict("directions", [-1, 1, 0, 0, 1])[1] == "directions: right."
    w = [Value(0.3) for _ in range(5)]
    inputs = (0.5, -1, 4, 2, 0.2)
    first, second, third, fourth, fifth = (
        weight * x for weight, x in zip(w, inputs, strict=True)
    )
    off = (fourth + (-3 - fourth.data)).relu()  # its sum is -3
    got = first + second + third * 0 + off + fifth.tanh() * -1.5
    ((got + (0.8 - got.data) - 0.6) ** 2).backward()
    assert [-np.sign(weight.grad) + 0.0 for weight in w] == WAYS.tolist()


def test_every_function_has_three_readers():
    """Authority: the rule that at least three wrong answers are asserted for each."""
    told = [name for name, _, _ in READERS] + ["directions"] * len(WRONG_WAYS)
    assert {name for name in NAMES if told.count(name) < 3} == set()
