"""The formulas of forgetting, each in a line or two; arrays or tensors alike."""

import numpy as np

from helpers.maths.inputs import numbers, real, takes, vector


def _like(other):
    """The shape of the argument called ``other``, or one number; tensors stay."""

    def same_shape(value, name, given):
        shape, wanted = np.shape(value), np.shape(given[other])
        if shape not in ((), wanted):
            raise ValueError(
                f"{name} and {other} must have the same shape, but they are "
                f"{tuple(shape)} and {tuple(wanted)}."
            )
        return value

    return same_shape


def _pair(value, name, given):
    """B (out, r) for A (r, in) and W (out, in)."""
    W, A, B = (np.shape(one) for one in (given["W"], given["A"], value))
    if not len(W) == len(A) == len(B) == 2 or (B[0], A[1]) != W or B[1] != A[0]:
        raise ValueError(
            f"W (out, in), A (r, in) and B (out, r) do not go together: their shapes "
            f"are {tuple(W)}, {tuple(A)} and {tuple(B)}."
        )
    return value


def _not_negative(value, name, given=None):
    found = real(value, name)
    if found < 0:
        raise ValueError(f"{name} must be 0 or more, not {found:g}.")
    return found


def _enough(value, name, given):
    array, needed = vector(value, name), round(given["share"] * len(given["new"]))
    if len(array) < needed:
        raise ValueError(f"{name} has {len(array)} samples, but {needed} are needed.")
    return np.asarray(value)


@takes(a=numbers, x=numbers, y=numbers)
def refit_b(a, x, y):
    """The intercept b with which a line of slope a meets the point (x, y).

    From a · x + b = y. refit_b(1, 4, 13) is 9, row F4.
    """
    return y - a * x


@takes(degrees=numbers)
def angle_loss(degrees):
    """Squared error on the first of two one-sample tasks after the second.

    The tasks stand at an angle of so many degrees: ¼ sin² 2θ, row F7.
    angle_loss(45) is 0.25.
    """
    theta = np.radians(degrees)
    return np.sin(2 * theta) ** 2 / 4


@takes(share=_not_negative, new=lambda v, n, g: np.asarray(v), old=_enough)
def replay_batch(new, old, share):
    """All numbers of new (N,), then the first round(share · N) of old: one array.

    ``share`` is how many old samples stand beside each new one.
    """
    return np.concatenate([new, old[: round(share * len(new))]])


@takes(old=_like("w"), fisher=_like("w"))
def ewc_penalty(w, old, fisher, strength):
    """½ · strength · Σ F (w − w_old)², three arrays of one shape -> a number.

    Kirkpatrick and others, 2017, equation 3.
    """
    return strength / 2 * (fisher * (w - old) ** 2).sum()


@takes(B=_pair)
def merge_lora(W, A, B, scale):
    """W (out, in) + scale · B (out, r) @ A (r, in): one matrix (out, in)."""
    return W + scale * B @ A


def descend(a, b, points, steps, rate=0.01, moving=(True, True)):
    """The knobs (a, b) after so many steps of gradient descent, in closed form.

    The error is the sum of squared misses over the points, shape (N, 2); `moving`
    says which knobs may move. Along each eigenvector of XᵀX the distance to the
    least error shrinks by the factor 1 − 2 · rate · λ at each step; along those with
    λ = 0 nothing moves. ValueError for a rate under which a step overshoots for good.
    """
    x, y = np.asarray(points, dtype=float).T  # (N,) each
    X = np.stack([x, np.ones_like(x)], axis=1) * moving  # (N, 2)
    miss = y - (a * x + b)  # (N,)
    values, vectors = np.linalg.eigh(X.T @ X)  # (2,), (2, 2)
    if rate <= 0 or rate * values.max() >= 1:
        raise ValueError(f"A rate of {rate} does not settle: stay below "
                         f"{1 / values.max():.4f}.")  # fmt: skip
    flat = values < 1e-12
    safe = np.where(flat, 1.0, values)
    gone = np.where(flat, 0.0, (1 - (1 - 2 * rate * safe) ** steps) / safe)
    moved = vectors @ (gone * (vectors.T @ (X.T @ miss)))  # (2,)
    return float(a + moved[0]), float(b + moved[1])


def second_task(degrees):
    """The weights (2,) after the second of two tasks at this angle, from zero.

    Both tasks ask for w* = (0, 1) on one sample, first (1, 0), then (cos θ, sin θ).
    Gradient descent moves along the sample alone, to sin θ times the sample.
    """
    theta = np.radians(degrees)
    return np.sin(theta) * np.array([np.cos(theta), np.sin(theta)])
