"""00: a line's two knobs, a distribution by hand, and how many knobs a layer has."""

import numpy as np

from helpers.check.compare import number
from helpers.check.exercise import Function, Value
from helpers.maths.knobs import count_knobs, line

NOTEBOOK = "00_start_here"

FIRST, SECOND = (2, 6), (3, 7)


def _through(point, knobs):
    x, y = point
    return bool(np.isclose(line(x, *knobs), y, rtol=0, atol=1e-6))


def _hits(knobs):
    return _through(FIRST, knobs) and _through(SECOND, knobs)


def _seen(knobs):
    a, b = (number(knob) for knob in knobs)
    at_first, at_second = (number(line(x, *knobs)) for x, _ in (FIRST, SECOND))
    return (
        f"a = {a} and b = {b} give f(2) = {at_first} and f(3) = {at_second}, "
        "expected 6 and 7"
    )


KNOBS = Value(
    name="knobs",
    reference=(1.0, 4.0),
    case=_seen,
    wrong={
        "These look like the right knobs in the wrong order: {case}. "
        "Give (a, b), the slope first.": lambda k: not _hits(k) and _hits(k[::-1]),
        "This looks like a sign turned round: {case}.": lambda k: (
            not _hits(k) and _hits(abs(k))
        ),
        "The line meets the first point and misses the second: {case}. "
        "A step of 1 to the right must raise it by 7 - 6 = 1.": lambda k: (
            _through(FIRST, k) and not _hits(k)
        ),
        "The line meets the second point and misses the first: {case}. "
        "A step of 1 to the right must raise it by 7 - 6 = 1.": lambda k: (
            _through(SECOND, k) and not _hits(k)
        ),
        "The slope is right, the line lies too high or too low: {case}.": lambda k: (
            k[0] == 1 and not _hits(k)
        ),
        "The line misses both points: {case}.": lambda k: not _hits(k),
    },
    hints=(
        "From (2, 6) to (3, 7) the line goes 1 to the right. How far does it go up?",
        "That rise is the slope a. Now 2a + b must be 6.",
        "With a = 1 the first point says 2 + b = 6.",
    ),
    solution="""
        a = (7 - 6) / (3 - 2)  # the rise over the run: 1
        b = 6 - a * 2          # what is missing at x = 2: 4
        knobs = (a, b)
    """,
)


def _sum(p):
    return f"{' + '.join(number(x) for x in p)} = {number(sum(p), 6)}"


def _off(p):
    return abs(p.sum() - 1) > 1e-6


DISTRIBUTION = Value(
    name="distribution",
    reference=np.array([0.40, 0.25, 0.20, 0.10, 0.05]),
    case=_sum,
    wrong={
        "A probability cannot be below 0: {case}.": lambda p: (p < 0).any(),
        "These look like percentages: {case}. Divide each by 100.": lambda p: (
            abs(p.sum() - 100) < 1e-6
        ),
        "These look like counts: {case}. Divide each by their sum.": lambda p: (
            _off(p) and (p == p.round()).all()
        ),
        "One of these is above 1, and no probability is: {case}.": lambda p: (
            p > 1
        ).any(),
        "These do not reach 1: {case}. Something must come next, so "
        "give the rest to one of the five.": lambda p: _off(p) and p.sum() < 1,
        "These go beyond 1: {case}. Take the rest away from one "
        "of the five, or divide each by the sum.": _off,
    },
    hints=(
        "Start with the word you find most probable, and give it less than 1.",
        "Five numbers, none below 0, that add up to 1: the last is what is left.",
        "Any five numbers above 0 will do if you divide each of them by their sum.",
    ),
    solution="""
        distribution = [0.40, 0.25, 0.20, 0.10, 0.05]  # one of many that sum to 1
    """,
)

COUNT_KNOBS = Function(
    reference=count_knobs,
    cases=((1, 1), (4, 2), (3, 5), (784, 10)),
    random=lambda rng: tuple(int(n) for n in rng.integers(2, 200, 2)),
    mistakes={
        "This looks like the weights without the biases: {case}. "
        "Each output has one bias of its own.": lambda i, o: i * o,
        "This looks like one bias for each input: {case}. "
        "The biases belong to the outputs.": lambda i, o: i * o + i,
        "This looks like a single bias for the whole layer: {case}. "
        "Each output has its own.": lambda i, o: i * o + 1,
        "This adds up what must be multiplied: {case}. Each output has inputs + 1 "
        "knobs of its own.": lambda i, o: i + o + 1,
        "This takes 4 knobs for each output, as with three inputs: {case}. "
        "It must hold for any number of inputs.": lambda i, o: 4 * o,
    },
    hints=(
        "One output is a line with several inputs: one weight each, and one bias.",
        "So one output has inputs + 1 knobs. How many outputs are there?",
        "Weights: inputs times outputs. Biases: one for each output.",
    ),
)

EXERCISES = [KNOBS, DISTRIBUTION, COUNT_KNOBS]
