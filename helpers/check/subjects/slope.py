"""03: the slope of a loss, by finite differences."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.loss import cross_entropy, numerical_gradient, softmax

NOTEBOOK = "03_cross_entropy"


def _cubes(z):
    """the sum of z³"""
    return np.sum(z**3)


def _loss(z):
    """the loss -ln softmax(z)[0]"""
    return cross_entropy(softmax(z), 0)


def _mixed(z):
    """the sum of z³ + z[0] · z[-1]"""
    return np.sum(z**3) + z[0] * z[-1]


H = 1e-5


def _each(z, slope):
    """slope(step) for a step of H along each number of z."""
    return np.array([slope(step) for step in H * np.eye(len(z))])


def _not_put_back(f, z):
    """One array for all steps, left at z - h after each."""
    slopes = []
    for i in range(len(z)):
        z[i] += H
        above = f(z)
        z[i] -= 2 * H
        slopes.append((above - f(z)) / (2 * H))
    return np.array(slopes)


NUMERICAL_GRADIENT = Function(
    reference=numerical_gradient,
    cases=(
        (_cubes, np.array([1.0, 2.0])),
        (_mixed, np.array([3.0, 1.0, 2.0])),
        (_loss, np.array([1.0, 2.0, 3.0])),
    ),
    random=lambda rng: (_mixed, rng.uniform(1, 3, int(rng.integers(2, 8)))),
    hard=((_cubes, np.array([1.0, 2.0]), 0.5),),
    whole=False,
    surest={
        "The sign is turned round: {case}. Take f(z + h) first, and take away f(z - "
        "h).": lambda f, z: -numerical_gradient(f, z),
    },
    mistakes={
        "The step is a number of your own: {case}. Take the `h` that the caller "
        "gives.": tuple(
            lambda f, z, h=H, own=own: numerical_gradient(f, z, own)
            for own in (1e-3, H)
        ),
        "The step cannot be chosen: {case}. Take it as a third argument, "
        "`h=1e-5`.": lambda f, z: numerical_gradient(f, z),
        "The numbers of z are not put back after their step: {case}. Step on a copy, "
        "z.copy(), for each of them.": lambda f, z: _not_put_back(f, z.copy()),
        "This looks like a one-sided difference: {case}. Step both ways, "
        "f(z + h) - f(z - h), and divide by 2h.": lambda f, z: _each(
            z, lambda s: (f(z + s) - f(z)) / H
        ),
        "This looks like a one-sided difference, backwards: {case}. Step both ways, "
        "f(z + h) - f(z - h), and divide by 2h.": lambda f, z: _each(
            z, lambda s: (f(z) - f(z - s)) / H
        ),
        "This looks like a one-sided difference, and its sign is turned round: {case}. "
        "Step both ways, f(z + h) - f(z - h), and divide by 2h.": (
            lambda f, z: _each(z, lambda s: (f(z - s) - f(z)) / H),
            lambda f, z: _each(z, lambda s: (f(z) - f(z + s)) / H),
        ),
        "This looks like a division by h: {case}. From z - h to z + h is a way of "
        "2h.": lambda f, z: _each(z, lambda s: (f(z + s) - f(z - s)) / H),
        "This looks like a factor h in place of a division, or like two steps to the "
        "same place: {case}. Mind the brackets in / (2 * h), and that up = z makes no "
        "second array while z.copy() does.": lambda f, z: _each(
            z, lambda s: (f(z + s) - f(z - s)) / 2 * H
        ),
        "The division by 2h is missing: {case}.": lambda f, z: _each(
            z, lambda s: f(z + s) - f(z - s)
        ),
        "This moves all the numbers of z at once: {case}. Move one at a time, the "
        "others stay.": lambda f, z: np.full(len(z), (f(z + H) - f(z - H)) / (2 * H)),
        "This is one number for all of z together: {case}. "
        "Give a slope for each of them.": lambda f, z: (f(z + H) - f(z - H)) / (2 * H),
    },
    hints=(
        "Move one number of z a little, by h, and see how much f changes.",
        "Step both ways: f at z + step minus f at z - step.",
        "Divide by 2h, and do it for each number of z.",
    ),
)

EXERCISES = [NUMERICAL_GRADIENT]
