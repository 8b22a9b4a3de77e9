"""Models with knobs: the straight line, which has two, and how many a layer has."""

from helpers.maths.inputs import numbers, positive, takes


@takes(x=numbers)
def line(x, a, b):
    """f(x) = a·x + b for any array x, as an array of the same shape.

    a is the slope, b the intercept: the two knobs. ValueError if x is not numbers.
    line(3, a=2, b=1) is 7.
    """
    return a * x + b


@takes(inputs=positive, outputs=positive)
def count_knobs(inputs, outputs):
    """How many knobs a layer has: inputs, outputs -> int.

    Each output has one weight for each input and one bias of its own. ValueError
    unless both are whole numbers of at least 1. count_knobs(1, 1) is 2: the line's
    a and b.
    """
    weights = inputs * outputs  # one for each pair
    biases = outputs  # one for each output
    return weights + biases
