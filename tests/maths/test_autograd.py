"""The scalar engine, against torch in float64, finite differences and closed forms."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.maths import autograd
from helpers.maths.autograd import Value, gradient_gap, slope_over_paths

# name, the operation on Values and on torch tensors alike, points to try it at
ONE = [
    ("negative", lambda x: -x, (-2.5, 0.0, 3.0)),
    ("square", lambda x: x**2, (-3.0, 0.0, 1.5)),
    ("cube", lambda x: x**3, (-2.0, 0.0, 0.3)),
    ("root", lambda x: x**0.5, (0.25, 1.0, 9.0)),
    ("reciprocal", lambda x: x**-1, (-2.0, 0.5)),
    ("zeroth", lambda x: x**0, (-2.0, 0.0, 4.0)),
    ("exp", lambda x: x.exp(), (-700.0, -1.0, 0.0, 2.0, 700.0)),
    ("log", lambda x: x.log(), (1e-300, 0.1, 1.0, 1e300)),
    ("tanh", lambda x: x.tanh(), (-1000.0, -0.7, 0.0, 2.0, 1000.0)),
    ("sigmoid", lambda x: x.sigmoid(), (-1000.0, -40.0, -0.7, 0.0, 3.0, 1000.0)),
    ("relu", lambda x: x.relu(), (-1000.0, -0.1, 0.0, 0.1, 1000.0)),
    ("two plus", lambda x: 2 + x, (0.5,)),
    ("two minus", lambda x: 2 - x, (0.5,)),
    ("two times", lambda x: 2 * x, (0.5,)),
    ("two by", lambda x: 2 / x, (0.5, -4.0)),
    ("minus two", lambda x: x - 2, (0.5,)),
    ("by two", lambda x: x / 2, (0.5,)),
]
TWO = [
    ("sum", lambda a, b: a + b),
    ("difference", lambda a, b: a - b),
    ("product", lambda a, b: a * b),
    ("quotient", lambda a, b: a / b),
    ("with itself", lambda a, b: (a * a - b) * (a - b * b)),
    ("twice in one sum", lambda a, b: (c := a * b) + c),
]
POINTS = [(op, x) for _, op, points in ONE for x in points]
NAMES = [f"{name} at {x:g}" for name, _, points in ONE for x in points]


def slopes(function, *numbers):
    """Value and slopes by the engine."""
    leaves = [Value(x) for x in numbers]
    result = function(*leaves)
    result.backward()
    return [result.data, *(leaf.grad for leaf in leaves)]


def torch_slopes(function, *numbers):
    leaves = [torch.tensor(float(x), dtype=torch.float64, requires_grad=True)
              for x in numbers]  # fmt: skip
    result = function(*leaves)
    result.backward()
    return [result.item(), *(leaf.grad.item() for leaf in leaves)]


def measured(function, *numbers, h=1e-6):
    """Slopes by central differences."""
    found = []
    for i in range(len(numbers)):
        up, down = list(numbers), list(numbers)
        up[i] += h
        down[i] -= h
        rise = function(*map(Value, up)).data - function(*map(Value, down)).data
        found.append(rise / (2 * h))
    return found


@pytest.mark.parametrize(("operation", "x"), POINTS, ids=NAMES)
def test_one_input_against_torch(operation, x):
    """Authority: torch in float64."""
    expected = torch_slopes(operation, x)
    assert slopes(operation, x) == pytest.approx(expected, rel=1e-13)


# No step of 1e-6 can be taken at the kink of relu, nor beside 1e-300.
SMOOTH = [
    (name, operation, x)
    for name, operation, points in ONE
    for x in points
    if (name, x) != ("relu", 0.0) and (x == 0 or 0.01 < abs(x) < 100)
]


@pytest.mark.parametrize(("name", "operation", "x"), SMOOTH)
def test_one_input_against_finite_differences(name, operation, x):
    """Authority: central differences."""
    found = slopes(operation, x)[1:]
    assert found == pytest.approx(measured(operation, x), rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("name, operation", TWO)
@pytest.mark.parametrize("a, b", [(2.0, 1.0), (-1.5, 0.5), (0.0, -3.0)])
def test_two_inputs(name, operation, a, b):
    """Authority: torch in float64, and central differences."""
    found = slopes(operation, a, b)
    assert found == pytest.approx(torch_slopes(operation, a, b), rel=1e-13)
    assert found[1:] == pytest.approx(measured(operation, a, b), rel=1e-6, abs=1e-7)


def test_far_ends_do_not_overflow():
    """Authority: closed forms; 1/(1 + e^40) to all digits."""
    assert autograd.tanh(1000) == (1, 0) and autograd.tanh(-1000) == (-1, 0)
    assert autograd.sigmoid(1000) == (1, 0) and autograd.sigmoid(-1000) == (0, 0)
    assert autograd.sigmoid(-40)[0] == pytest.approx(1 / (1 + math.exp(40)), rel=1e-15)
    assert autograd.sigmoid(0) == (0.5, 0.25)


# Graphs at random: a list of steps, each on numbers made before it.

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["+", "−", "×", "÷", "^2", "exp", "log", "tanh", "σ", "relu"]),
        st.integers(0, 99),
        st.integers(0, 99),
    ),
    min_size=1,
    max_size=14,
)
LEAVES = st.lists(
    st.floats(-2, 2, allow_subnormal=False).map(lambda x: round(x, 3)),
    min_size=1,
    max_size=3,
)


def build(steps, leaves):
    """The last number of a graph; the operands of each step are picked by index."""
    made = list(leaves)
    for sign, i, j in steps:
        a, b = made[i % len(made)], made[j % len(made)]
        made.append({
            "+": lambda a, b: a + b,
            "−": lambda a, b: a - b,
            "×": lambda a, b: a * b,
            "÷": lambda a, b: a / (b * b + 1),
            "^2": lambda a, b: a**2,
            "exp": lambda a, b: a.tanh().exp(),
            "log": lambda a, b: (a * a + 0.5).log(),
            "tanh": lambda a, b: a.tanh(),
            "σ": lambda a, b: a.sigmoid(),
            "relu": lambda a, b: a.relu(),
        }[sign](a, b))  # fmt: skip
    return made[-1]


@settings(max_examples=150, deadline=None)
@given(STEPS, LEAVES)
def test_random_graphs(steps, numbers):
    """Authority: torch in float64. Numbers are used again and again in them."""
    leaves = [Value(x) for x in numbers]
    theirs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in numbers]
    result, answer = build(steps, leaves), build(steps, theirs)
    assert result.data == pytest.approx(answer.item(), rel=1e-9, abs=1e-12)
    result.backward()
    answer.backward()
    for mine, other in zip(leaves, theirs, strict=True):
        expected = 0.0 if other.grad is None else other.grad.item()
        assert mine.grad == pytest.approx(expected, rel=1e-9, abs=1e-12)


def test_a_number_used_twice():
    """Authority: by hand, (a + b)(b + 1) at (2, 1) is 6, its slopes 2 and 5."""
    assert slopes(lambda a, b: (a + b) * (b + 1), 2, 1) == [6, 2, 5]


def three_deep(x):
    middle = x * 3
    return middle * middle, middle


def test_backward_again_adds_exactly_once_more():
    """Authority: torch keeps the same sums on leaves, retain_graph=True."""
    x = Value(2)
    result, middle = three_deep(x)
    other = torch.tensor(2.0, dtype=torch.float64, requires_grad=True)
    answer = three_deep(other)[0]
    for _ in range(3):
        result.backward()
        answer.backward(retain_graph=True)
        assert x.grad == other.grad.item()
        assert (middle.grad, result.grad) == (12, 1)  # not counted twice
    assert x.grad == 3 * 36


def test_two_results_share_a_part():
    """Authority: torch. The second pass must not send the first one down again."""
    x = Value(0.5)
    y = torch.tensor(0.5, dtype=torch.float64, requires_grad=True)
    for leaf in (x, y):
        shared = leaf.tanh()
        first, second = shared * 2, shared.exp()
        if leaf is x:
            first.backward(), second.backward()
        else:
            first.backward(retain_graph=True), second.backward()
    assert x.grad == pytest.approx(y.grad.item(), rel=1e-14)


def test_a_leaf_alone():
    """Authority: torch, where the slope of a number along itself is 1."""
    x = Value(3)
    x.backward()
    x.backward()
    assert x.grad == 2


def test_deep_graphs():
    """Authority: 1.0001 ** 50,000; a walk by recursion ends at about 1,000."""
    x = y = Value(1)
    for _ in range(50_000):
        y = y * 1.0001
    y.backward()
    assert x.grad == pytest.approx(1.0001**50_000, rel=1e-9)


def test_wide_sharing_is_walked_once():
    """Authority: 2 ** 200. A walk over every path would never come to an end."""
    x = y = Value(1)
    for _ in range(200):
        y = y + y
    y.backward()
    assert x.grad == 2.0**200
    assert len(y.nodes()) == 201


def test_nodes_come_after_their_parents():
    a, b = Value(2), Value(1)
    nodes = ((a + b) * (b + 1)).nodes()
    places = {id(node): place for place, node in enumerate(nodes)}
    assert len(places) == len(nodes) == 6
    for node in nodes:
        assert all(places[id(p)] < places[id(node)] for p in node.parents)


@pytest.mark.parametrize(
    "work, kind, said",
    [
        (lambda: Value("a"), TypeError, "holds one number"),
        (lambda: Value(None), TypeError, "holds one number"),
        (lambda: Value(1) + "a", TypeError, "holds one number"),
        (lambda: Value(1) / 0, ValueError, "keep the divisor off 0"),
        (lambda: Value(0) ** -1, ValueError, "keep the base above 0"),
        (lambda: Value(-2) ** 0.5, ValueError, "keep the base above 0"),
        (lambda: Value(1e200) ** 2, ValueError, "more than float64 holds"),
        (lambda: Value(2) ** Value(2), TypeError, "must be a plain number"),
        (lambda: Value(0).log(), ValueError, "log needs a number above 0, not 0"),
        (lambda: Value(1000).exp(), ValueError, "more than float64 holds"),
        (lambda: autograd.sigmoid([1, 2]), ValueError, "must be one number"),
    ],
)
def test_what_has_no_value(work, kind, said):
    with pytest.raises(kind, match=said):
        work()


def test_the_engine_needs_no_more_than_a_page():
    """Authority: the course says about a hundred lines."""
    with open(autograd.__file__, encoding="utf-8") as file:
        text = file.read()
    body = text[text.index("class Value") : text.index("@takes")]
    lines = [line for line in body.splitlines() if line.strip()]
    assert len(lines) < 150


def test_gradient_gap():
    """Authority: by hand, the sum of squares has slopes 2x."""
    x = np.array([1.0, 2.0])
    squares = lambda z: float((z**2).sum())  # noqa: E731
    assert gradient_gap(squares, [2, 4], x) == pytest.approx(0, abs=1e-9)
    assert gradient_gap(squares, [2, 5], x) == pytest.approx(1)
    assert gradient_gap(squares, [2, 3], x) == pytest.approx(1)
    with pytest.raises(ValueError, match="same shape"):
        gradient_gap(squares, [2], x)


def test_slope_over_paths():
    """Authority: by hand; the graph of (a + b)(b + 1) at (2, 1), along b."""
    assert slope_over_paths([[2, 3], [4, 1]]) == 10
    assert slope_over_paths([[1, 2], [1, 3]]) == 5
    with pytest.raises(ValueError, match="table of rows"):
        slope_over_paths([1, 2])
