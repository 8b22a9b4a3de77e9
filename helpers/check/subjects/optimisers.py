"""05: one step of an optimiser, the rate that diverges."""

import numpy as np

from helpers.check.compare import number
from helpers.check.exercise import Function, Value
from helpers.maths.optimisers import adam_step, rmsprop_step, sgd_step

NOTEBOOK = "05_training"


def _knobs(rng):
    size = int(rng.integers(2, 6))
    return rng.normal(0, 2, size), rng.normal(0, 2, size)


SGD_STEP = Function(
    reference=sgd_step,
    cases=(
        (3.0, 6.0, 0.1),
        (np.array([1.0, -2.0]), np.array([4.0, 5.0]), 0.25),
    ),
    random=lambda rng: (*_knobs(rng), float(rng.uniform(0.01, 1))),
    mistakes={
        "This steps uphill: {case}. The slope points up, so take it away: "
        "w - rate * g.": lambda w, g, rate: w + rate * g,
        "The learning rate is missing: {case}.": lambda w, g, rate: w - g,
        "This is the length of the step alone: {case}. "
        "Take it away from w.": lambda w, g, rate: rate * g,
        "This is the step alone: {case}. Add it to w.": lambda w, g, rate: -rate * g,
        "Only the sign of the slope is used: {case}. "
        "Use the slope itself.": lambda w, g, rate: w - rate * np.sign(g),
        "The learning rate multiplies w as well: {case}. Mind the "
        "brackets.": lambda w, g, rate: rate * (w - g),
    },
    properties={
        "a slope of 0 leaves w where it is": lambda f, w, g, rate: np.allclose(
            f(w, 0 * g, rate), w
        ),
    },
    hints=(
        "The slope g points uphill. Which way should w go?",
        "The length of the step is the learning rate times the slope.",
        "Return w - rate * g.",
    ),
)

# f(x, y) = 3x² + 8y², with the slopes 6x and 16y.
FLAT, STEEP = 6, 16
EDGE = 2 / STEEP


def _is(value):
    return lambda rate: bool(np.isclose(rate, value, rtol=0.02, atol=0))


def _factors(rate):
    x, y = number(1 - FLAT * float(rate)), number(1 - STEEP * float(rate))
    return f"at a rate of {number(rate)} each step multiplies x by {x} and y by {y}"


EDGE_RATE = Value(
    name="edge_rate",
    reference=EDGE,
    case=_factors,
    wrong={
        "A learning rate is above 0: {case}.": lambda rate: rate <= 0,
        "This is the edge for x, the flat way: {case}. Long before that the other "
        "knob runs away.": _is(2 / FLAT),
        "This takes 8 for the curvature along y: {case}. The slope of 8y² is 16y.": _is(
            2 / 8
        ),
        "This arrives in one step along y: {case}. The edge is where y is multiplied "
        "by -1.": _is(1 / STEEP),
        "This adds the two curvatures: {case}. Each knob has its own factor, and the "
        "steepest decides.": _is(2 / (FLAT + STEEP)),
        "This takes the mean of the two curvatures: {case}. Each knob has its own "
        "factor, and the steepest decides.": _is(4 / (FLAT + STEEP)),
        "This still comes nearer: {case}, between -1 and 1.": lambda rate: (
            rate < EDGE * (1 - 1e-6)
        ),
        "This diverges, and a smaller rate does too: {case}.": lambda rate: (
            rate > EDGE * (1 + 1e-6)
        ),
    },
    hints=(
        "The slopes are 6x and 16y. What does a step multiply x by, and y?",
        "By 1 - 6 · rate and by 1 - 16 · rate. It diverges once one is below -1.",
        "1 - 16 · rate = -1. So 16 · rate = 2.",
    ),
    solution="""
        # y is multiplied by 1 - 16 * rate, which is -1 at the edge
        edge_rate = 2 / 16
    """,
)


def _rms(rng):
    w, g = _knobs(rng)
    return w, g, rng.uniform(0.1, 4, len(w)), float(rng.uniform(0.01, 1)), 0.9


def _running(g, s, alpha):
    return alpha * s + (1 - alpha) * g**2


EPS = 1e-8

RMSPROP_STEP = Function(
    reference=rmsprop_step,
    cases=(
        (3.0, 6.0, 4.0, 0.1, 0.9),
        (3.0, 6.0, 0.0, 0.1, 0.99),
        (np.array([1.0, -2.0]), np.array([4.0, 5.0]), np.array([1.0, 9.0]), 0.5, 0.9),
    ),
    random=_rms,
    hard=(
        (3.0, 0.0, 0.0, 0.1, 0.9),
        (3.0, 1e-6, 0.0, 0.1, 0.99),
        (np.array([1.0, -2.0]), np.array([4.0, 0.0]), np.zeros(2), 0.5, 0.9),
    ),
    mistakes={
        "This looks like AdaGrad, which never forgets: {case}. Let the old s count "
        "alpha and the new square 1 - alpha.": lambda w, g, s, rate, alpha: (
            w - rate * g / (np.sqrt(s + g**2) + EPS),
            s + g**2,
        ),
        "The share of the new square is missing: {case}. It counts 1 - alpha.": (
            lambda w, g, s, rate, alpha: (
                w - rate * g / (np.sqrt(alpha * s + g**2) + EPS),
                alpha * s + g**2,
            )
        ),
        "The two shares are swapped: {case}. The old s counts alpha, the new square "
        "1 - alpha.": lambda w, g, s, rate, alpha: (
            w - rate * g / (np.sqrt(n := _running(g, s, 1 - alpha)) + EPS),
            n,
        ),
        "The root is missing: {case}. Divide by the root of s, "
        "np.sqrt(s).": lambda w, g, s, rate, alpha: (
            w - rate * g / ((n := _running(g, s, alpha)) + EPS),
            n,
        ),
        "The slope goes into s without being squared: {case}.": (
            lambda w, g, s, rate, alpha: (
                w - rate * g / (np.sqrt(n := alpha * s + (1 - alpha) * g) + EPS),
                n,
            )
        ),
        "The step divides by the old s: {case}. Bring s up to date first.": (
            lambda w, g, s, rate, alpha: (
                w - rate * g / (np.sqrt(s) + EPS),
                _running(g, s, alpha),
            )
        ),
        "The right numbers in the wrong order: {case}. Return w first, then s.": (
            lambda w, g, s, rate, alpha: rmsprop_step(w, g, s, rate, alpha)[::-1]
        ),
        "This steps uphill: {case}. Take the step away from w.": (
            lambda w, g, s, rate, alpha: (
                w + rate * g / (np.sqrt(n := _running(g, s, alpha)) + EPS),
                n,
            )
        ),
        "ε is missing, or not in its place: {case}. It is added to the root, below: "
        "g / (np.sqrt(s) + eps).": lambda w, g, s, rate, alpha: (
            w - rate * g / np.sqrt(n := _running(g, s, alpha)),
            n,
        ),
        "ε stands under the root: {case}. Add it to the root, "
        "np.sqrt(s) + eps.": lambda w, g, s, rate, alpha: (
            w - rate * g / np.sqrt((n := _running(g, s, alpha)) + EPS),
            n,
        ),
        "The new s is not handed back: {case}. Return the s of this step, not the one "
        "that came in.": lambda w, g, s, rate, alpha: (
            rmsprop_step(w, g, s, rate, alpha)[0],
            s,
        ),
        "Only the new w comes back: {case}. Return w, s, as the memory is needed "
        "again.": lambda w, g, s, rate, alpha: rmsprop_step(w, g, s, rate, alpha)[0],
    },
    hints=(
        "First the memory: alpha times the old s, and 1 - alpha times the new g².",
        "Then the step of AdaGrad, with this s: rate * g / (np.sqrt(s) + eps).",
        "s = alpha * s + (1 - alpha) * g**2, and return "
        "w - rate * g / (np.sqrt(s) + eps), s.",
    ),
)


def _adam(rng):
    w, g = _knobs(rng)
    m, s = rng.normal(0, 1, len(w)), rng.uniform(0.1, 4, len(w))
    return w, g, m, s, int(rng.integers(1, 9)), float(rng.uniform(0.01, 1)), 0.8, 0.99


def _adam_like(w, g, m, s, t, rate, beta1, beta2, m_fair=None, s_fair=None, sign=-1):
    """Adam with other corrections: functions of the memory and of its beta."""
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    usual = lambda memory, beta: memory / (1 - beta**t)  # noqa: E731
    first, second = (m_fair or usual)(m, beta1), (s_fair or usual)(s, beta2)
    return w + sign * rate * first / (np.sqrt(second) + EPS), m, s


def _plain(memory, beta):
    return memory


def _without_one_minus(w, g, m, s, t, rate, beta1, beta2):
    m, s = beta1 * m + g, beta2 * s + g**2
    step = rate * m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + EPS)
    return w - step, m, s


def _fair_memory(w, g, m, s, t, rate, beta1, beta2):
    w, m, s = adam_step(w, g, m, s, t, rate, beta1, beta2)
    return w, m / (1 - beta1**t), s / (1 - beta2**t)


ADAM_STEP = Function(
    reference=adam_step,
    cases=(
        (3.0, 6.0, 0.0, 0.0, 1, 0.1, 0.9, 0.999),
        (2.0, 3.0, 1.0, 4.0, 2, 0.1, 0.9, 0.99),
        (
            np.array([1.0, -2.0]),
            np.array([4.0, 5.0]),
            np.array([1.0, -1.0]),
            np.array([1.0, 9.0]),
            3,
            0.5,
            0.9,
            0.99,
        ),
    ),
    random=_adam,
    hard=(
        (3.0, 0.0, 0.0, 0.0, 1, 0.1, 0.9, 0.999),
        (3.0, 1e-6, 0.0, 0.0, 1, 0.1, 0.9, 0.999),
        (np.ones(2), np.array([4.0, 0.0]), np.zeros(2), np.zeros(2), 2, 0.5, 0.9, 0.99),
    ),
    mistakes={
        "The correction is missing: {case}. Divide m by 1 - beta1**t and s by "
        "1 - beta2**t.": lambda *a: _adam_like(*a, m_fair=_plain, s_fair=_plain),
        "s is not corrected: {case}. Divide it by 1 - beta2**t.": lambda *a: _adam_like(
            *a, s_fair=_plain
        ),
        "m is not corrected: {case}. Divide it by 1 - beta1**t.": lambda *a: _adam_like(
            *a, m_fair=_plain
        ),
        "The correction does not know the step: {case}. Divide by 1 - beta**t, to the "
        "power of t.": lambda *a: _adam_like(
            *a, m_fair=lambda m, b: m / (1 - b), s_fair=lambda s, b: s / (1 - b)
        ),
        "This multiplies by 1 - beta**t: {case}. Divide by it, as the memories are too "
        "small at first.": lambda *a: _adam_like(
            *a,
            m_fair=lambda m, b: m * (1 - b ** a[4]),
            s_fair=lambda s, b: s * (1 - b ** a[4]),
        ),
        "The corrected memories are handed back: {case}. Correct for this step only, "
        "and return the m and s before it.": _fair_memory,
        "The new slopes count in full: {case}. They count 1 - beta1 in m, and their "
        "squares 1 - beta2 in s.": _without_one_minus,
        "This steps uphill: {case}. Take the step away from w.": lambda *a: _adam_like(
            *a, sign=1
        ),
        "This is RMSprop, with the plain slope on top: {case}. Put the corrected m "
        "there.": lambda *a: _adam_like(*a, m_fair=lambda m, b: a[1]),
        "Only the new w comes back: {case}. Return w, m, s, as the memories are needed "
        "again.": lambda *a: adam_step(*a)[0],
    },
    hints=(
        "Four lines before the return: m, s, and the corrected version of each.",
        "m = beta1 * m + (1 - beta1) * g, and the same for s with beta2 and g**2.",
        "m_fair = m / (1 - beta1**t) and s_fair = s / (1 - beta2**t).",
        "Return w - rate * m_fair / (np.sqrt(s_fair) + eps), m, s.",
    ),
)

EXERCISES = [SGD_STEP, EDGE_RATE, RMSPROP_STEP, ADAM_STEP]
