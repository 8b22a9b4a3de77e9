"""09: what is lost, and the remedies' formulas."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.forgetting.formulas import (
    angle_loss,
    ewc_penalty,
    merge_lora,
    refit_b,
    replay_batch,
)

NOTEBOOK = "09_catastrophic_forgetting"

REFIT_B = Function(
    reference=refit_b,
    cases=((2.0, 3.0, 10.0), (1.0, 4.0, 13.0), (0.5, 6.0, 1.0)),
    random=lambda rng: tuple(rng.integers(1, 40, 3) / 4),
    mistakes={
        "This is the slope that meets the point with b = 0: {case}. The slope stays; "
        "solve a · x + b = y for b.": lambda a, x, y: y / x,
        "The sign is turned round: {case}. b is what is missing to y, so y comes "
        "first.": lambda a, x, y: a * x - y,
        "This adds a · x where it must be taken away: {case}.": lambda a, x, y: (
            y + a * x
        ),
        "The slope is missing: {case}. The line has risen by a · x, not "
        "by x.": lambda a, x, y: y - x,
        "The x is missing: {case}. The line has risen by a · x, not by a.": (
            lambda a, x, y: y - a
        ),
        "This looks like a and x added: {case}. The rise is their product.": (
            lambda a, x, y: y - (a + x)
        ),
        "This divides where it should subtract: {case}.": lambda a, x, y: y / (a * x),
    },
    hints=(
        "The line must meet the point: a · x + b = y. Which of these are known?",
        "Bring a · x to the other side.",
        "return y - a * x",
    ),
)

ANGLE_LOSS = Function(
    reference=angle_loss,
    cases=((30.0,), (45.0,), (15.0,)),
    random=lambda rng: (float(rng.integers(1, 90)),),
    hard=((0.0,), (90.0,)),
    mistakes={
        "The angle is still in degrees: {case}. np.sin wants radians, so take "
        "np.radians(degrees) first.": lambda d: np.sin(2 * d) ** 2 / 4,
        "The doubling of the angle is missing: {case}. It is the sine of 2θ.": (
            lambda d: np.sin(np.radians(d)) ** 2 / 4
        ),
        "This is cos² θ alone: {case}. The miss is sin θ · cos θ, squared.": lambda d: (
            np.cos(np.radians(d)) ** 2
        ),
        "The square is missing: {case}. The error is squared.": lambda d: (
            np.sin(2 * np.radians(d)) / 4
        ),
        "The angle is squared here: {case}. The 2 of sin² squares the sine: put ** 2 "
        "behind its bracket.": (
            lambda d: np.sin(2 * np.radians(d) ** 2) / 4,
            lambda d: np.sin((2 * np.radians(d)) ** 2) / 4,
            lambda d: np.sin(2 * np.radians(d) ** 2),
        ),
        "The factor ¼ is missing: {case}.": lambda d: np.sin(2 * np.radians(d)) ** 2,
        "This looks like ½ in place of ¼: {case}. Squaring ½ sin 2θ squares the ½ "
        "too.": lambda d: np.sin(2 * np.radians(d)) ** 2 / 2,
        "This is the miss before it is squared: {case}.": lambda d: (
            np.sin(2 * np.radians(d)) / 2
        ),
        "This looks like the cosine: {case}. Use np.sin.": lambda d: (
            np.cos(2 * np.radians(d)) ** 2 / 4
        ),
        "The 2 stands in front of the sine: {case}. It belongs inside, sin(2θ), as the "
        "angle is doubled.": lambda d: 2 * np.sin(np.radians(d)) ** 2 / 4,
        "This is sin² θ alone: {case}. The 2 belongs inside the sine, before it is "
        "squared: sin(2θ).": lambda d: np.sin(np.radians(d)) ** 2,
    },
    hints=(
        "First the angle in radians: np.radians(degrees).",
        "The sine of twice the angle, squared, and a quarter of that.",
        "return np.sin(2 * np.radians(degrees)) ** 2 / 4",
    ),
)


def _first(old, count):
    return old[: max(0, int(count))]


# No share · N ends in a half, which round takes to the even side and int(… + 0.5)
# upwards: both are right.
REPLAY_BATCH = Function(
    reference=replay_batch,
    cases=(
        (np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40, 50, 60, 70, 80]), 0.5),
        (np.array([1, 2]), np.array([10, 20, 30, 40, 50]), 1.0),
        (np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40, 50, 60]), 0.25),
        (np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40, 50, 60]), 0.4),
        (np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40, 50, 60]), 0.3),
    ),
    random=lambda rng: (
        rng.integers(0, 100, 8),
        rng.integers(100, 200, int(rng.integers(20, 30))),
        float(rng.integers(1, 9) / 8),
    ),
    hard=((np.array([1, 2, 3, 4]), np.array([10, 20, 30, 40, 50]), 0.0),),
    mistakes={
        "The share is taken of the old samples: {case}. It says how many old ones "
        "stand beside each new one, so multiply by len(new).": lambda n, o, s: (
            np.concatenate([n, _first(o, round(s * len(o)))])
        ),
        "Here old samples take the place of new ones: {case}. All of new stay: replay "
        "makes the batch larger.": lambda n, o, s: np.concatenate(
            [n[: len(n) - round(s * len(n))], o[: round(s * len(n))]]
        ),
        "The old ones come first: {case}. The new ones first, then the old.": (
            lambda n, o, s: np.concatenate([o[: round(s * len(n))], n])
        ),
        "All the old samples are in it: {case}. Take round(share · N) of them.": (
            lambda n, o, s: np.concatenate([n, o])
        ),
        "There is one old sample too many: {case}. A slice [:k] already holds k.": (
            lambda n, o, s: np.concatenate([n, o[: round(s * len(n)) + 1]])
        ),
        "This cuts the fraction off: {case}. Use round in place of int or //.": (
            lambda n, o, s: np.concatenate([n, _first(o, s * len(n))])
        ),
        "This always rounds up: {case}. round goes to the nearest.": lambda n, o, s: (
            np.concatenate([n, _first(o, np.ceil(s * len(n)))])
        ),
        "These are the old samples alone: {case}. The new ones belong in front.": (
            lambda n, o, s: o[: round(s * len(n))]
        ),
        "These are the last of the old samples: {case}. Take the first.": (
            lambda n, o, s: np.concatenate([n, o[len(o) - round(s * len(n)) :]])
        ),
    },
    hints=(
        "How many old samples? round(share * len(new)).",
        "The first k of an array are old[:k].",
        "return np.concatenate([new, old[: round(share * len(new))]])",
    ),
)


def _weights(rng):
    size = int(rng.integers(2, 7))
    w, old = rng.normal(0, 1, (2, size))
    return w, old, rng.uniform(0.1, 2, size), float(rng.integers(1, 9))


EWC_PENALTY = Function(
    reference=ewc_penalty,
    cases=(
        (np.array([1.0, 3.0]), np.array([0.0, 1.0]), np.array([2.0, 0.5]), 4.0),
        (np.array([2.0, 0.0, 1.0]), np.array([1.0, 3.0, 1.0]), np.ones(3), 2.0),
    ),
    random=_weights,
    mistakes={
        "This is the sum of F times the sum of the squares: {case}. First multiply "
        "place by place, F (w - old)², then add up.": lambda w, o, f, s: (
            s / 2 * f.sum() * ((w - o) ** 2).sum()
        ),
        "F is squared as well: {case}. It stands outside the square.": (
            lambda w, o, f, s: s / 2 * ((f * (w - o)) ** 2).sum()
        ),
        "The ½ is missing: {case}.": lambda w, o, f, s: s * (f * (w - o) ** 2).sum(),
        "The square is missing: {case}. Square w - old.": lambda w, o, f, s: (
            s / 2 * (f * (w - o)).sum()
        ),
        "This squares w and old, each by itself: {case}. First the difference, then "
        "its square.": lambda w, o, f, s: s / 2 * (f * (w**2 - o**2)).sum(),
        "This takes absolute differences: {case}. Square them.": lambda w, o, f, s: (
            s / 2 * (f * abs(w - o)).sum()
        ),
        "The Fisher information is missing: {case}. This is L2-SP; weigh each square "
        "by its F.": lambda w, o, f, s: s / 2 * ((w - o) ** 2).sum(),
        "This looks like the mean: {case}. Take the sum over all weights.": (
            lambda w, o, f, s: s / 2 * (f * (w - o) ** 2).mean()
        ),
        "The sum is squared: {case}. Square each difference first.": (
            lambda w, o, f, s: s / 2 * (f * (w - o)).sum() ** 2
        ),
        "The strength is missing: {case}.": lambda w, o, f, s: (
            (f * (w - o) ** 2).sum() / 2
        ),
        "These are the terms of the sum: {case}. Add them up.": lambda w, o, f, s: (
            s / 2 * f * (w - o) ** 2
        ),
        "This divides by F: {case}. What matters much must be pulled back harder, so "
        "multiply.": lambda w, o, f, s: s / 2 * ((w - o) ** 2 / f).sum(),
    },
    properties={
        "it is 0 where nothing has moved": lambda f, w, o, F, s: (
            abs(f(o.copy(), o, F, s)) < 1e-12
        ),
    },
    hints=(
        "How far has each weight moved? Square it.",
        "Weigh the squares by fisher and add them up.",
        "return strength / 2 * (fisher * (w - old) ** 2).sum()",
    ),
)


def _pair(rng):
    out, inside, rank = (int(n) for n in rng.integers([3, 6, 1], [6, 9, 3]))
    return (
        rng.normal(0, 1, (out, inside)),
        rng.normal(0, 1, (rank, inside)),
        rng.normal(0, 1, (out, rank)),
        float(rng.integers(2, 9)) / 4,
    )


MERGE_LORA = Function(
    reference=merge_lora,
    cases=(
        (np.zeros((2, 2)), np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]), 2.0),
        (np.eye(2), np.array([[1.0, 0.0]]), np.array([[0.0], [1.0]]), 0.5),
        (np.ones((2, 3)), np.array([[1.0, 2.0, 3.0]]), np.array([[1.0], [-1.0]]), 3.0),
    ),
    random=_pair,
    whole=False,
    mistakes={
        "The scale is missing: {case}.": lambda W, A, B, s: W + B @ A,
        "The old matrix is missing: {case}. Add it.": lambda W, A, B, s: s * B @ A,
        "`*` multiplies place by place: {case}. The product of matrices is `B @ A`.": (
            lambda W, A, B, s: W + s * A * B,
            lambda W, A, B, s: W + s * np.outer(B, A),
        ),
        "The matrix itself is scaled too: {case}. Only B @ A has the factor.": (
            lambda W, A, B, s: s * (W + B @ A)
        ),
        "The pair is taken away: {case}. It is added.": lambda W, A, B, s: (
            W - s * B @ A
        ),
        "This divides by the scale: {case}. Multiply.": lambda W, A, B, s: (
            W + B @ A / s
        ),
        "A and B are the wrong way round: {case}. B is (out, r) and A is (r, in), so "
        "B @ A has the shape of W.": lambda W, A, B, s: W + s * A @ B,
        "This multiplies entry by entry: {case}. * works on single entries; the "
        "matrix product is @.": lambda W, A, B, s: W * (s * B @ A),
        "This looks like B @ A turned over: {case}. B @ A has the shape of W "
        "already.": lambda W, A, B, s: W + s * (B @ A).T,
    },
    hints=(
        "B (out, r) times A (r, in): which product has the shape of W?",
        "B @ A, times the scale, is what has been learned.",
        "return W + scale * B @ A",
    ),
)

EXERCISES = [REFIT_B, ANGLE_LOSS, REPLAY_BATCH, EWC_PENALTY, MERGE_LORA]
