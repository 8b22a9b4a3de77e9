"""Two graphs to step through: two paths from one number, and one unit's error."""

from helpers.figures.autograd.steps import step_through
from helpers.live import Slider
from helpers.maths.autograd import Value


def named(value, name):
    """The Value with a name to be drawn with."""
    value.name = name
    return value


def two_paths(a, b):
    """f = (a + b)(b + 1), in which b is used twice -> Value."""
    a, b = Value(a, name="a"), Value(b, name="b")
    c, d = named(a + b, "c"), named(b + 1, "d")
    return named(c * d, "f")


def one_unit(w, h=0.5):
    """The squared error of w · h + 0.515 against 0.8 -> Value."""
    w, h = Value(w, name="w"), Value(h, name="h")
    wh = named(w * h, "wh")
    got = named(wh + Value(0.515, name="b"), "got")
    miss = named(got - Value(0.8, name="wanted"), "miss")
    return named(miss**2, "E")


def follow_paths(step=0):
    """A live figure: step through (a + b)(b + 1)."""
    return step_through(
        two_paths, step,
        a=Slider(-4, 4, 0.5, 2, "number a"), b=Slider(-4, 4, 0.5, 1, "number b"),
    )  # fmt: skip


def follow_unit(step=9):
    """A live figure: step through the error of one unit."""
    return step_through(
        one_unit, step,
        w=Slider(-0.43, 1.57, 0.02, 0.17, "weight w"),
        h=Slider(-1, 1, 0.1, 0.5, "hidden value h"),
    )  # fmt: skip
