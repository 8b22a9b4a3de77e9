"""How much a measured loss says: its unit, its standard error, how many stories.

A model has one number for each held-out story, the sum of the losses of its words, in
nats. Stories are drawn one by one, so that these numbers are independent. The words
of a story are not: what was said early decides what comes later.
"""

import math

import numpy as np

from helpers.maths.inputs import like, takes, text, vector


def _written(value, name, given=None):
    if not text(value, name):
        raise ValueError(f"{name} is empty, so there is nothing to share among.")
    return value


def _several(value, name, given=None):
    array = vector(value, name)
    if len(array) < 2:
        raise ValueError(
            f"{name} holds one number, and one says nothing about how far such numbers "
            "lie apart: give it at least two."
        )
    return array


@takes(losses=vector, text=_written)
def bits_per_character(losses, text):
    """The loss of a text by its characters, in bits: (N,) nats, str -> float.

    The N tokens may be cut in any way, as neither their total nor the text depends on
    it. A space is a character like any other. ValueError for a text without any.
    bits_per_character([ln 2, ln 4], "a cat") is (1 + 2) / 5 = 0.6.
    """
    bits = losses.sum() / np.log(2)
    return float(bits / len(text))


@takes(losses=vector, ids=vector)
def story_losses(losses, ids):
    """The losses of each story added up: (N,) nats, (N,) ids -> (S,) nats.

    A story ends with [end], id 0; what stands behind the last one is a story too.
    ValueError unless there is one loss for each id.
    """
    if len(losses) != len(ids):
        raise ValueError(
            f"There must be one loss for each id, not {len(losses)} for {len(ids)}."
        )
    begins = np.append(True, ids[:-1] == 0)  # (N,)
    return np.add.reduceat(losses, np.flatnonzero(begins))  # (S,)


@takes(values=_several)
def standard_error(values):
    """How far a mean of such numbers usually lies from the truth: (S,) -> float.

    Their standard deviation, with S − 1, over the root of S. ValueError for fewer than
    two. standard_error([1, 3]) is √2 / √2 = 1.
    """
    return float(np.std(values, ddof=1) / np.sqrt(len(values)))


def loss_standard_error(losses, ids):
    """The standard error of the loss a word, over stories: (N,), (N,) -> float, nats.

    A long story costs more for being long. So a story counts with what it costs above
    its words at the mean loss, and the mean of these is divided by the mean length: the
    ratio estimate of Cochran, "Sampling Techniques", 1977. For losses that are all the
    same it is 0, however long the stories are.
    """
    losses = np.asarray(losses, dtype=float)
    above = story_losses(losses - losses.mean(), ids)  # (S,)
    return standard_error(above) * len(above) / len(losses)


@takes(a=_several, b=like("a", _several))
def paired_standard_error(a, b):
    """The standard error of the mean of a − b, a number a story: (S,), (S,) -> float.

    What makes a story hard for both models cancels in its difference. ValueError for
    fewer than two stories. paired_standard_error([5, 9], [4, 6]) is 1.
    """
    differences = a - b  # (S,)
    off = differences - differences.mean()
    variance = (off**2).sum() / (len(off) - 1)
    return float(np.sqrt(variance / len(off)))


@takes(a=_several, b=_several)
def unpaired_standard_error(a, b):
    """The same for two sets of stories that have nothing to do with each other.

    The variances of the two means add up (Welch 1947): (S,), (R,) -> float.
    unpaired_standard_error([5, 9], [4, 6]) is √(2² + 1²) = 2.236.
    """
    return math.hypot(standard_error(a), standard_error(b))


def stories_to_tell(difference, spread, errors=2):
    """How many stories until a mean difference is so many standard errors: -> int.

    `spread` is the standard deviation of the difference, a story: s.e. = spread / √S,
    so that S = (errors · spread / difference)², rounded up. At least two, as one has no
    standard error. ValueError for a difference of 0. stories_to_tell(1, 4) is 64.
    """
    if difference == 0:
        raise ValueError("No number of stories tells two equal models apart.")
    return max(2, math.ceil((errors * spread / difference) ** 2))
