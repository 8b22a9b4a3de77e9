"""How knobs move: one step of each optimiser, from its formula.

w are the knobs and g the slopes of the loss along them, arrays of one shape or
plain numbers. A rule with a memory takes it as an argument and returns it changed,
after the new knobs. The conventions are those of torch.optim.
"""

import numpy as np

from helpers.maths.inputs import like, numbers, positive, real, takes


def rate_above_0(value, name, given=None):
    rate = real(value, name)
    if not 0 < rate < np.inf:
        raise ValueError(f"{name} must be one number above 0, such as 0.1.")
    return rate


def _share(value, name, given=None):
    share = real(value, name)
    if not 0 <= share < 1:
        raise ValueError(f"{name} must be one number from 0 to below 1, such as 0.9.")
    return share


def _memory(value, name, given):
    memory = numbers(value, name)
    shape = np.shape(given["w"])
    if memory.ndim == 0:
        return np.full(shape, float(memory))  # 0 is where a memory starts
    return like("w", numbers)(value, name, given)


def _squares(value, name, given):
    squares = _memory(value, name, given)
    if (squares < 0).any():
        raise ValueError(f"{name} gathers squares, so none can be below 0.")
    return squares


_SLOPES = like("w", numbers)


@takes(w=numbers, g=_SLOPES, rate=rate_above_0)
def sgd_step(w, g, rate):
    """Gradient descent, w − rate · g: (...), (...), float -> (...).

    Called stochastic, SGD, when g comes from a batch drawn at random (Robbins and
    Monro 1951). ValueError if w and g differ in shape. sgd_step(3, 6, 0.1) is 2.4.
    """
    return w - rate * g


@takes(w=numbers, g=_SLOPES, v=_memory, rate=rate_above_0, beta=_share)
def momentum_step(w, g, v, rate, beta=0.9):
    """A heavy ball, after Polyak 1964: -> the new (w, v).

    v, the speed, is a sum of all slopes so far, each older one worth `beta` times
    less; at first it is 0. momentum_step(3, 6, 0, 0.1) is (2.4, 6).
    """
    v = beta * v + g
    return w - rate * v, v


@takes(w=numbers, g=_SLOPES, s=_squares, rate=rate_above_0)
def adagrad_step(w, g, s, rate, eps=1e-10):
    """Each knob's rate divided by the size of all its slopes so far: -> (w, s).

    s is the sum of the squared slopes, at first 0 (Duchi, Hazan and Singer 2011).
    The first step has the length `rate`. adagrad_step(3, 6, 0, 0.1) is (2.9, 36).
    """
    s = s + g**2
    return w - rate * g / (np.sqrt(s) + eps), s


@takes(w=numbers, g=_SLOPES, s=_squares, rate=rate_above_0, alpha=_share)
def rmsprop_step(w, g, s, rate, alpha=0.99, eps=1e-8):
    """AdaGrad that forgets: -> (w, s).

    s is a running mean of the squared slopes, at first 0 (Hinton's lectures, 2012).
    rmsprop_step(3, 6, 0, 0.1) is (2.0, 0.36).
    """
    s = alpha * s + (1 - alpha) * g**2
    return w - rate * g / (np.sqrt(s) + eps), s


@takes(w=numbers, g=_SLOPES, m=_memory, s=_squares, t=positive, rate=rate_above_0,
       beta1=_share, beta2=_share)  # fmt: skip
def adam_step(w, g, m, s, t, rate, beta1=0.9, beta2=0.999, eps=1e-8):
    """Running means of slopes and of their squares, both corrected: -> (w, m, s).

    t counts the steps from 1. Both memories start at 0 and would be too small at
    first; dividing by 1 − beta^t puts that right (Kingma and Ba 2015).
    adam_step(3, 6, 0, 0, 1, 0.1) is (2.9, 0.6, 0.036).
    """
    m = beta1 * m + (1 - beta1) * g
    s = beta2 * s + (1 - beta2) * g**2
    m_fair = m / (1 - beta1**t)
    s_fair = s / (1 - beta2**t)
    return w - rate * m_fair / (np.sqrt(s_fair) + eps), m, s


@takes(words=positive, batch=positive, epochs=positive)
def count_steps(words, batch, epochs):
    """How many steps some epochs take: int, int, int -> int.

    An epoch goes through all words once, in batches; the last batch of an epoch may
    be smaller, and is a step too. count_steps(1000, 300, 2) is 8.
    """
    steps_an_epoch = -(-words // batch)  # rounded up
    return epochs * steps_an_epoch


# Name -> the rule, and how many memories it keeps.
RULES = {
    "SGD": (sgd_step, 0),
    "momentum": (momentum_step, 1),
    "AdaGrad": (adagrad_step, 1),
    "RMSprop": (rmsprop_step, 1),
    "Adam": (adam_step, 2),
}


def descend(name, slopes, start, steps, rate, **settings):
    """Follow one rule downhill: every place on the way, (steps + 1, ...).

    `name` is a key of `RULES`, ``slopes(w)`` the gradient at w, `start` the first w,
    and `settings` go to the rule (beta, alpha, eps …). A path that runs away becomes
    inf, never an error. ValueError for an unknown name.
    """
    if name not in RULES:
        raise ValueError(f"There is no rule {name!r}: use {', '.join(RULES)}.")
    rule, memories = RULES[name]
    w = numbers(start, "start")
    memory = [np.zeros_like(w)] * memories
    path = [w]
    with np.errstate(all="ignore"):
        for t in range(1, steps + 1):
            g = slopes(w)
            if not np.isfinite(g).all() or not np.isfinite(w).all():
                w = np.full_like(w, np.inf)
            else:
                count = [t] if name == "Adam" else []
                moved = rule(w, g, *memory, *count, rate, **settings)
                w, *memory = moved if memories else [moved]
            path.append(w)
    return np.array(path)
