"""Does a model know what it does not know? Calibration, and scores none can cheat.

At each of N places the model's *favourite* is the word to which it gives the most. How
much it gives is its confidence; a hit is 1 where the favourite came, else 0.
"""

import numpy as np

from helpers.maths.inputs import like, positive, takes, vector
from helpers.maths.loss import softmax


def favourites(P, truths):
    """The confidence and the hit at each place: (N, V), (N,) -> (N,), (N,)."""
    return P.max(axis=1), (P.argmax(axis=1) == truths).astype(float)


def _shares(value, name, given=None):
    array = vector(value, name)
    if (array < 0).any() or (array > 1).any():
        raise ValueError(f"{name} must lie from 0 to 1.")
    return array


@takes(confidence=_shares, hits=like("confidence", _shares), bins=positive)
def reliability(confidence, hits, bins=10):
    """What a reliability diagram shows, for equal parts of 0 to 1: three of (bins,).

    How many places fall into each part, their mean confidence and their share of hits,
    nan where there are none. A bin holds its upper end, as in Guo and others 2017, and
    the first one 0 too. In place of `hits` may stand the exact P of the favourites.
    """
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, None)  # (N,)
    count, said, came = (
        np.bincount(place, weights, minlength=bins)
        for weights in (None, confidence, hits)
    )
    with np.errstate(invalid="ignore"):
        return count, said / count, came / count


def expected_calibration_error(confidence, hits, bins=10):
    """The mean gap between confidence and share of hits, over all places: -> float.

    Σ n_b / N · |share of hits − confidence| over the bins: Naeini and others 2015. With
    other bins it is another number: in one bin opposite gaps cancel, and in very many
    bins each holds a few places, whose share is mostly chance.
    """
    count, said, came = reliability(confidence, hits, bins)
    gaps = np.abs(np.nan_to_num(came - said))
    return float(count @ gaps / count.sum())


def best_temperature(logits, truths, temperatures):
    """The temperature with the least mean loss: (N, V), (N,), list -> (T, losses).

    Chosen on other stories than those it is judged on. Guo and others, "On Calibration
    of Modern Neural Networks", ICML 2017. The losses, nats a word, are in the order of
    `temperatures`.
    """
    rows = np.arange(len(truths))
    losses = [
        float(-np.log(softmax(logits / T)[rows, truths]).mean()) for T in temperatures
    ]
    return temperatures[int(np.argmin(losses))], losses


def brier(p, truth):
    """The Brier score, the sum of (p − y)² over all words: (V,), int -> float.

    y is 1 for the word that came, and else 0. Brier, "Verification of forecasts
    expressed in terms of probability", 1950. brier([0.7, 0.3], 0) is 0.18.
    """
    y = np.arange(len(p)) == truth
    return float(((p - y) ** 2).sum())


def log_score(p, truth):
    """−ln p of the word that came: (V,), int -> float, nats."""
    with np.errstate(divide="ignore"):
        return float(-np.log(p[truth])) + 0.0


def absolute_error(p, truth):
    """1 − p of the word that came, as a score: (V,), int -> float. It is not proper."""
    return float(1 - p[truth])


def mistake(p, truth):
    """1 if the favourite did not come, 1/2 on a tie of two: (V,), int -> float."""
    best = p == np.max(p)
    return float(1 - best[truth] / best.sum())


def expected_score(score, y, p):
    """What a score costs in the mean, if words come as often as y says: -> float.

    Σ y_i · score(p, i) over the words that can come. A score is *proper* if no p makes
    this less than p = y, and strictly so if every other p makes it more: Gneiting and
    Raftery, "Strictly proper scoring rules, prediction, and estimation", 2007.
    """
    return float(sum(q * score(p, i) for i, q in enumerate(y) if q > 0))
