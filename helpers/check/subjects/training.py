"""05: the steps in an epoch, and a step that shrinks knobs to exactly 0."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.fitting import l1_step, l2_step
from helpers.maths.optimisers import count_steps

NOTEBOOK = "05_training"


COUNT_STEPS = Function(
    reference=count_steps,
    cases=((1000, 300, 1), (1000, 300, 2), (1000, 250, 3), (5, 8, 2)),
    random=lambda rng: tuple(int(n) for n in rng.integers((1, 1, 1), (5000, 300, 9))),
    mistakes={
        "The last, smaller batch is lost: {case}. It is a step too, so round up in "
        "each epoch.": lambda words, batch, epochs: words // batch * epochs,
        "This goes on without a new start at the end of an epoch: {case}. Round up in "
        "each epoch, then multiply.": lambda words, batch, epochs: (
            -(-words * epochs // batch)
        ),
        "A step cannot be a part of one: {case}. Round up in each epoch.": (
            lambda words, batch, epochs: words / batch * epochs
        ),
        "This adds a step even where the batches come out even: {case}.": (
            lambda words, batch, epochs: (words // batch + 1) * epochs
        ),
        "This is a single epoch: {case}. Multiply by epochs.": (
            lambda words, batch, epochs: -(-words // batch)
        ),
        "% gives what is left over: {case}. Steps are how often the batch goes into "
        "the words, rounded up.": lambda w, b, e: w % b * e,
        "This is one step for each word: {case}. "
        "A step takes a whole batch.": lambda words, batch, epochs: words * epochs,
        "This rounds to the nearest: {case}. The last, smaller batch is a step too, "
        "however small.": lambda words, batch, epochs: round(words / batch) * epochs,
    },
    hints=(
        "How many batches are in one epoch, if the last may be smaller?",
        "math.ceil rounds up; so does -(-words // batch).",
        "Return epochs * -(-words // batch).",
    ),
)


def _drawn(rng):
    size = int(rng.integers(3, 8))
    return rng.normal(0, 1, size), rng.normal(0, 1, size), 0.1, float(rng.uniform(1, 8))


def _shrink(v, amount):
    return np.sign(v) * np.maximum(np.abs(v) - amount, 0)


L1_STEP = Function(
    reference=l1_step,
    cases=(
        (np.array([0.5, 0.05]), np.array([0.0, 0.0]), 0.1, 1.0),
        (np.array([0.5, -0.5]), np.array([1.0, 1.0]), 0.1, 1.0),
        (np.array([0.1, -0.1]), np.array([4.0, -4.0]), 0.1, 1.0),
        (np.array([0.3, -0.04, 0.0]), np.array([2.0, -1.0, 0.5]), 0.1, 0.7),
    ),
    random=_drawn,
    hard=((0.5, 1.0, 0.1, 2.0), (np.array([0.2, -0.2]), np.zeros(2), 0.1, 0.0)),
    mistakes={
        "This takes a share of each knob away, which is L2: {case}. L1 takes the same "
        "amount from each, rate * strength.": lambda w, g, rate, strength: (
            (w - rate * g) * (1 - rate * strength)
        ),
        "This looks like the plain slope of |w|, which crosses 0 and hovers there: "
        "{case}. What would cross 0 must stop at 0.": lambda w, g, rate, strength: (
            w - rate * (g + strength * np.sign(w))
        ),
        "This crosses 0: {case}. Use np.maximum(…, 0) for what is left of the "
        "size.": lambda w, g, rate, strength: (
            (v := w - rate * g) - rate * strength * np.sign(v)
        ),
        "This looks like the L2 step, where every knob keeps a share: {case}. L1 takes "
        "the same amount off each.": l2_step,
        "The learning rate is missing in the shrinking: {case}. The amount is "
        "rate * strength.": lambda w, g, rate, strength: _shrink(
            w - rate * g, strength
        ),
        "The shrinking comes before the step: {case}. Step first, then shrink what "
        "came out.": lambda w, g, rate, strength: (
            _shrink(w, rate * strength) - rate * g
        ),
        "The sign is lost: {case}. Give it back with np.sign.": (
            lambda w, g, rate, strength: np.maximum(
                np.abs(w - rate * g) - rate * strength, 0
            )
        ),
        "The sign of the old w is used: {case}. Use the sign of what the step gave.": (
            lambda w, g, rate, strength: (
                np.sign(w) * np.maximum(np.abs(w - rate * g) - rate * strength, 0)
            )
        ),
        "Small knobs go to 0 and the others are not shrunk: {case}. Every size loses "
        "rate * strength.": lambda w, g, rate, strength: np.where(
            np.abs(v := w - rate * g) > rate * strength, v, 0
        ),
        "A negative knob goes to 0 whatever its size: {case}. Shrink the size, "
        "np.abs, and give the sign back.": lambda w, g, rate, strength: np.maximum(
            w - rate * g - rate * strength, 0
        ),
        "The step along the slope is missing: {case}. Shrink w - rate * g.": (
            lambda w, g, rate, strength: _shrink(w, rate * strength)
        ),
        "This steps uphill before it shrinks: {case}. Start from w - rate * g.": (
            lambda w, g, rate, strength: _shrink(w + rate * g, rate * strength)
        ),
    },
    hints=(
        "First the plain step: moved = w - rate * g.",
        "The size of each knob, np.abs(moved), loses rate * strength, but not below 0.",
        "np.sign(moved) * np.maximum(np.abs(moved) - rate * strength, 0).",
    ),
)

EXERCISES = [COUNT_STEPS, L1_STEP]
