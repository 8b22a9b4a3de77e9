"""A number that remembers what it was made of, and the slopes found from there.

An operation makes a new `Value`. It notes its parents, the numbers it was made of,
and the local slope along each: by how much the result grows if that parent grows a
little. `backward` multiplies the local slopes along every path and adds up the
paths (the chain rule; reverse-mode differentiation, Linnainmaa 1970).
"""

import itertools
import math

import numpy as np

from helpers.maths.inputs import like, matrix, numbers, real, takes

_births = itertools.count()


class Value:
    """One number of a graph: `data`, and `grad`, the slope of the last result.

    `parents` are the Values it was made of, `slopes` the local slope along each,
    `op` the sign of the operation ("" for a leaf), `name` a label. Raises TypeError
    for anything but a real number, ValueError where an operation has no value.
    """

    def __init__(self, data, parents=(), slopes=(), op="", name=""):
        try:
            self.data, self.grad = float(data), 0.0
        except (TypeError, ValueError):
            raise TypeError(
                f"A Value holds one number, not {data!r:.40}: give an int or a float."
            ) from None
        self.parents, self.slopes = parents, slopes
        self.op, self.name = op, name
        self.born = next(_births)  # always later than its parents

    def __repr__(self):
        return f"Value(data={self.data:.4g}, grad={self.grad:.4g})"

    def __add__(self, other):
        a, b = self, as_value(other)
        return Value(a.data + b.data, (a, b), (1.0, 1.0), "+")

    def __mul__(self, other):
        a, b = self, as_value(other)
        return Value(a.data * b.data, (a, b), (b.data, a.data), "×")

    def __sub__(self, other):
        a, b = self, as_value(other)
        return Value(a.data - b.data, (a, b), (1.0, -1.0), "−")

    def __truediv__(self, other):
        a, b = self, as_value(other)
        if b.data == 0:
            raise ValueError("A division by 0 has no value: keep the divisor off 0.")
        slopes = (1 / b.data, -a.data / b.data / b.data)  # no b², which may be 0
        return Value(a.data / b.data, (a, b), slopes, "÷")

    def __pow__(self, n):
        if isinstance(n, Value):
            raise TypeError("The exponent must be a plain number, such as 2 or -0.5.")
        power, slope = _power(self.data, n), n and n * _power(self.data, n - 1)
        return Value(power, (self,), (float(slope),), f"^{n:g}")

    def __neg__(self):
        return Value(-self.data, (self,), (-1.0,), "−")

    def __radd__(self, other):
        return as_value(other) + self

    def __rmul__(self, other):
        return as_value(other) * self

    def __rsub__(self, other):
        return as_value(other) - self

    def __rtruediv__(self, other):
        return as_value(other) / self

    def through(self, operation):
        """The Value of an operation x -> (value, slope), such as `tanh` below."""
        value, slope = operation(self.data)
        return Value(value, (self,), (slope,), operation.__name__)

    def exp(self):
        return self.through(exp)

    def log(self):
        return self.through(log)

    def tanh(self):
        return self.through(tanh)

    def sigmoid(self):
        return self.through(sigmoid)

    def relu(self):
        return self.through(relu)

    def nodes(self):
        """This Value and all that it was made of, once each, the oldest first."""
        found, ahead = {self}, [self]
        while ahead:
            new = set(ahead.pop().parents) - found
            found |= new
            ahead += new
        return sorted(found, key=lambda node: node.born)

    def backward(self):
        """Add the slope of this Value along each node to the node's `grad`.

        Leaves keep what earlier passes left there, as in torch: set their `grad`
        to 0 between two steps. All others start each pass at 0, or a second pass
        would send the first one down again.
        """
        nodes = self.nodes()
        for node in nodes:
            if node.parents:
                node.grad = 0.0
        self.grad += 1.0
        for node in reversed(nodes):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad = add_path(parent.grad, slope, node.grad)


def as_value(x):
    """`x` itself if it is a Value, else a new leaf that holds it."""
    return x if isinstance(x, Value) else Value(x)


@takes(so_far=real, slope=real, grad=real)
def add_path(so_far, slope, grad):
    """What a parent's slope is once one more path has come: three floats -> float.

    `so_far` came by other paths, `slope` is the local one along the parent, `grad`
    that of the node that sends. add_path(2, 3, 5) is 17.
    """
    return so_far + slope * grad


def _power(x, n):
    if x == 0 and n < 0 or x < 0 and not float(n).is_integer():
        raise ValueError(
            f"{x:g} to the power of {n:g} has no value: keep the base above 0."
        )
    try:
        return x**n
    except OverflowError:
        raise ValueError(
            f"{x:g} to the power of {n:g} is more than float64 holds."
        ) from None


def _number(value, name, given=None):
    found = numbers(value, name)
    if found.ndim:
        raise ValueError(f"{name} must be one number, not an array of {found.size}.")
    return float(found)


# Operations with one input: a number -> its value and its slope there.


def exp(x):
    if x > 709:
        raise ValueError(f"e to the power of {x:g} is more than float64 holds.")
    e = math.exp(x)
    return e, e


def log(x):
    if x <= 0:
        raise ValueError(f"log needs a number above 0, not {x:g}.")
    return math.log(x), 1 / x


def tanh(x):
    t = math.tanh(x)
    return t, 1 - t * t


@takes(x=_number)
def sigmoid(x):
    """1 / (1 + e^-x) and its slope: float -> (float, float).

    The power is taken of -|x|, so that it never overflows. ValueError unless x is one
    number. sigmoid(0) is (0.5, 0.25).
    """
    e = float(np.exp(-abs(x)))  # from 0 to 1
    s = 1 / (1 + e) if x >= 0 else e / (1 + e)
    return s, s * (1 - s)


def relu(x):
    return (x, 1.0) if x > 0 else (0.0, 0.0)


@takes(x=numbers, gradient=like("x", numbers))
def gradient_gap(f, gradient, x):
    """The largest distance between a claimed gradient and the measured one -> float.

    f takes an array shaped like x and gives a number, gradient is what is claimed
    for its slopes at x. ValueError if their shapes differ. For the sum of squares at
    [1, 2] and a claim of [2, 5] it is 1.
    """
    from helpers.maths.loss import numerical_gradient

    measured = numerical_gradient(f, x)
    return float(np.abs(gradient - measured).max())


@takes(paths=matrix)
def slope_over_paths(paths):
    """The slope over a graph: a row of local slopes for each path, (P, L) -> float.

    Multiplied along each path, then added up. ValueError unless paths is a table.
    slope_over_paths([[2, 3], [4, 1]]) is 10.
    """
    along = np.prod(paths, axis=1)  # (P,) one slope a path
    return float(along.sum())
