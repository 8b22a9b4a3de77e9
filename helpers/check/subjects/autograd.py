"""04: slopes over a graph, one more operation, a gradient check."""

import math

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.autograd import (
    add_path,
    gradient_gap,
    sigmoid,
    slope_over_paths,
)
from helpers.maths.loss import numerical_gradient

NOTEBOOK = "04_backprop"


SLOPE_OVER_PATHS = Function(
    reference=slope_over_paths,
    cases=(
        (np.array([[1.0, 2.0], [1.0, 3.0]]),),
        (np.array([[2.0, 3.0, 5.0]]),),
        (np.array([[2.0, -1.0], [4.0, 0.5], [3.0, 3.0]]),),
    ),
    random=lambda rng: (rng.integers(-4, 5, rng.integers(2, 5, 2)) + 0.5,),
    mistakes={
        "This adds up along each path and multiplies the paths: {case}. It is the "
        "other way round: multiply along a path, add up the paths.": lambda p: p.sum(
            axis=1
        ).prod(),
        "This adds up down the columns and multiplies what comes out: {case}. It is "
        "the other way round: multiply along a path, axis=1, add up the paths.": (
            lambda p: p.sum(axis=0).prod()
        ),
        "This looks like columns in place of rows: {case}. "
        "A row is a path: axis=1.": lambda p: p.prod(axis=0).sum(),
        "This multiplies everything: {case}. Paths are added.": lambda p: p.prod(),
        "This adds up everything: {case}. "
        "Along a path slopes are multiplied.": lambda p: p.sum(),
        "These are the paths one by one: {case}. Add them up.": lambda p: p.prod(
            axis=1
        ),
        "This looks like the mean over the paths: {case}. "
        "Every path counts in full: add them up.": lambda p: p.prod(axis=1).mean(),
        "Only the first path is there: {case}. Add up all of them.": lambda p: p[
            0
        ].prod(),
        "This looks like the steepest path alone: {case}. Add up all of them.": (
            lambda p: p.prod(axis=1).max()
        ),
    },
    hints=(
        "First each path by itself: what is one step worth at its other end?",
        "paths.prod(axis=1) multiplies along each row.",
        "Add up what the rows give: .sum().",
    ),
)


ADD_PATH = Function(
    reference=add_path,
    cases=((2.0, 3.0, 5.0), (0.0, -1.0, 4.0), (1.5, 0.0, 7.0)),
    random=lambda rng: tuple(float(x) for x in rng.integers(-6, 7, 3) + 0.5),
    mistakes={
        "What came by other paths is written over: {case}. "
        "Paths add up: begin with so_far.": lambda so_far, slope, grad: slope * grad,
        "Here everything is added: {case}. Along a path slopes multiply: it is "
        "slope times grad.": lambda so_far, slope, grad: so_far + slope + grad,
        "Here everything is multiplied: {case}. What came before is added, as paths "
        "add up.": lambda so_far, slope, grad: so_far * slope * grad,
        "The local slope is missing: {case}. "
        "The node's grad counts slope times.": lambda so_far, slope, grad: (
            so_far + grad
        ),
        "The node's own grad is missing: {case}. What it sends is its grad times the "
        "local slope.": lambda so_far, slope, grad: so_far + slope,
        "The names are mixed up: {case}. `slope` and `grad` are multiplied, `so_far` "
        "is added.": (
            lambda so_far, slope, grad: slope + so_far * grad,
            lambda so_far, slope, grad: grad + so_far * slope,
        ),
        "This goes downhill already: {case}. "
        "Here the slope is only handed on: add it.": lambda so_far, slope, grad: (
            so_far - slope * grad
        ),
        "This changes nothing: {case}. Add what the path "
        "brings.": lambda so_far, slope, grad: so_far,
    },
    hints=(
        "Along the path two slopes multiply: the local one and that of the node.",
        "What came by other paths is there already, in so_far. Paths add up.",
        "return so_far + slope * grad",
    ),
)


def _s(x):
    return sigmoid(x)[0]


SIGMOID = Function(
    reference=sigmoid,
    cases=((0.0,), (1.0,), (-2.0,)),
    random=lambda rng: (float(rng.uniform(-5, 5)),),
    hard=((-1000.0,), (1000.0,)),
    mistakes={
        "This overflows, as e^1000 is more than float64 holds: {case}. Take the power "
        "of -abs(x) only, and for x < 0 write e^x / (1 + e^x).": lambda x: (
            1 / (1 + math.exp(-x)),
            _s(x) * (1 - _s(x)),
        ),
        "This overflows, as e^1000 is more than float64 holds: {case}. Take the power "
        "of -abs(x) only, and for x > 0 write 1 / (1 + e^-x).": lambda x: (
            math.exp(x) / (1 + math.exp(x)),
            _s(x) * (1 - _s(x)),
        ),
        "Infinity by infinity is nan: {case}. Take the power of -abs(x) only, which "
        "never overflows.": lambda x: (
            (e := np.exp(x)) / (1 + e),
            e / (1 + e) * (1 - e / (1 + e)),
        ),
        "The slope of tanh stands here: {case}. For sigmoid it is s · (1 - s).": (
            lambda x: (_s(x), 1 - _s(x) ** 2)
        ),
        "The second number is the value again: {case}. "
        "The slope is s · (1 - s).": lambda x: (_s(x), _s(x)),
        "The slope is taken of x in place of the value s: {case}. "
        "It is s · (1 - s).": lambda x: (_s(x), x * (1 - x)),
        "The factor s is missing in the slope: {case}. It is s · (1 - s).": lambda x: (
            _s(x),
            1 - _s(x),
        ),
        "The power is missing in the slope, which is s · (1 - s): {case}. You wrote "
        "that of 1/x, -1 / (1 + e^-x)².": lambda x: (_s(x), -(_s(x) ** 2)),
        "The slope has the wrong sign: {case}. Sigmoid rises everywhere.": lambda x: (
            _s(x),
            -_s(x) * (1 - _s(x)),
        ),
        "The sign of the power is turned round: {case}. It is 1 / (1 + e^-x).": (
            lambda x: (_s(-x), _s(x) * (1 - _s(x)))
        ),
        "These are in the wrong order: {case}. "
        "First the value, then the slope.": lambda x: (_s(x) * (1 - _s(x)), _s(x)),
        "This is the value alone: {case}. Return two numbers, s, s * (1 - s).": _s,
        "This is tanh: {case}. Sigmoid is 1 / (1 + e^-x).": lambda x: (
            math.tanh(x),
            1 - math.tanh(x) ** 2,
        ),
    },
    properties={
        "the value at x and at -x add up to 1": lambda f, x: math.isclose(
            f(x)[0] + f(-x)[0], 1, abs_tol=1e-9
        ),
    },
    hints=(
        "Call the value s. The slope needs nothing but s.",
        "s = 1 / (1 + e^-x), and the slope is s · (1 - s).",
        "For x below 0 multiply above and below by e^x: s = e^x / (1 + e^x). "
        "So e^-abs(x) is the only power you need.",
    ),
)


def _squares(x):
    """the sum of x²"""
    return np.sum(x**2)


def _cubes(x):
    """the sum of x³"""
    return np.sum(x**3)


def _mixed(x):
    """the sum of x³ + x[0] · x[-1]"""
    return np.sum(x**3) + x[0] * x[-1]


def _gaps(f, gradient, x):
    return gradient - numerical_gradient(f, x)


def _one_sided(f, gradient, x, h=1e-5):
    steps = h * np.eye(len(x))
    return abs(gradient - np.array([(f(x + s) - f(x)) / h for s in steps])).max()


def _claim(rng):
    x = rng.uniform(1, 3, int(rng.integers(2, 7)))
    return _mixed, numerical_gradient(_mixed, x) + rng.normal(0, 2, len(x)), x


GRADIENT_GAP = Function(
    reference=gradient_gap,
    cases=(
        (_squares, np.array([2.0, 5.0]), np.array([1.0, 2.0])),
        (_squares, np.array([-1.0, 5.0]), np.array([1.0, 2.0])),
        (_cubes, np.array([3.0, 12.5, 26.0]), np.array([1.0, 2.0, 3.0])),
        (_cubes, np.array([3.0, 12.0]), np.array([1.0, 2.0])),
        (_squares, np.array([3.0, 6.0]), np.array([1.0, 2.0])),
    ),
    random=_claim,
    mistakes={
        "This is the largest gap with its sign, so a claim that is too low passes: "
        "{case}. Take abs() before the largest.": lambda f, g, x: _gaps(f, g, x).max(),
        "This is the largest gap with its sign, so a claim that is too high passes: "
        "{case}. Take abs() before the largest.": lambda f, g, x: (
            -_gaps(f, g, x)
        ).max(),
        "Here abs() comes after the largest, so a claim that is too low passes: "
        "{case}. Take abs() before the largest.": lambda f, g, x: abs(
            _gaps(f, g, x).max()
        ),
        "Here abs() comes after the largest, so a claim that is too high passes: "
        "{case}. Take abs() before the largest.": lambda f, g, x: abs(
            (-_gaps(f, g, x)).max()
        ),
        "This starts at 0 and has no abs(), so a claim that is too low passes: {case}. "
        "Compare abs(gap) with the largest so far, and keep it.": lambda f, g, x: max(
            0, _gaps(f, g, x).max()
        ),
        "This starts at 0 and has no abs(), so a claim that is too high passes: "
        "{case}. Compare abs(gap) with the largest so far, and keep it.": (
            lambda f, g, x: max(0, (-_gaps(f, g, x)).max())
        ),
        "This measures by itself, with a coarser step: {case}. Compare with "
        "numerical_gradient(f, x).": tuple(
            lambda f, g, x, h=h: abs(g - numerical_gradient(f, x, h)).max()
            for h in (1e-3, 1e-2, 0.1)
        ),
        "This measures by itself, with steps to one side only: {case}. Compare with "
        "numerical_gradient(f, x).": _one_sided,
        "This looks like the mean of the gaps: {case}. One wrong slope among many "
        "right ones must show, so take the largest.": lambda f, g, x: abs(
            _gaps(f, g, x)
        ).mean(),
        "This looks like the sum of the gaps: {case}. "
        "Take the largest.": lambda f, g, x: abs(_gaps(f, g, x)).sum(),
        "This looks like the smallest gap: {case}. Take the largest.": lambda f, g, x: (
            abs(_gaps(f, g, x)).min()
        ),
        "These are the gaps one by one: {case}. Take the largest.": lambda f, g, x: abs(
            _gaps(f, g, x)
        ),
        "These are the gaps one by one, with their signs: {case}. "
        "Take abs(), then the largest.": _gaps,
        "This compares the two largest slopes: {case}. Compare slope by slope, then "
        "take the largest gap.": lambda f, g, x: abs(
            g.max() - numerical_gradient(f, x).max()
        ),
        "This looks like the square root of the sum of squares: {case}. "
        "Take the largest gap.": lambda f, g, x: np.sqrt((_gaps(f, g, x) ** 2).sum()),
        "This is the measured gradient: {case}. "
        "Compare it with the claim.": lambda f, g, x: numerical_gradient(f, x),
        "This says only whether they agree: {case}. Return the largest gap, a "
        "number.": lambda f, g, x: np.allclose(g, numerical_gradient(f, x)),
    },
    hints=(
        "Measure first: numerical_gradient(f, x) has a slope for each number of x.",
        "Take the claim minus what was measured. A gap counts in both directions: abs.",
        "abs(...).max() is the largest of them.",
    ),
)


EXERCISES = [SLOPE_OVER_PATHS, ADD_PATH, SIGMOID, GRADIENT_GAP]
