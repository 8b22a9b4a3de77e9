"""9. Judging free text, and several tries."""

from math import comb

import numpy as np

from helpers import language
from helpers.figures.evaluation.tries import means
from helpers.maths.evaluation import leaks, writing
from helpers.maths.evaluation.results import GRAMMAR, one, shipped
from helpers.maths.evaluation.writing import pass_at_k

_writing = shipped()["writing"]
_true = leaks.cut(language.held_out())


def _written(model, quality, T=1.0, top_p=1.0):
    """The mean over the seeds."""
    return np.mean(one(_writing, model=model, T=T, top_p=top_p)[quality])


_T, _M, _B = "Transformer", "window MLP", "bigram"
_COLOURS = np.array([0.5, 0.3, 0.2])
_TRUTH = (_COLOURS * (1 - (1 - _COLOURS) ** 10)).sum()

GIVEN = {
    "0.1": "p in the figure",
    "100": "stories, and tasks, in the cells",
    "5000": "stories of the held-out text",
    "0.9": "a top-p of the figure",
    "1%": "more than the Transformer's possible stories at T = 2, asserted below",
    "1.5": "a temperature of the figure",
}
NUMBERS = {
    "601": len(str(comb(2000, 1000))),
    # by hand
    "6/7": 6 / 7,
    "0.857": writing.distinct(
        [["the", "red", "kite", ".", "the", "red", "ball", "."]], 2
    ),
    "1000": 1000,
    "0.046": (writing.distinct(_true[:1000], 4), _written(GRAMMAR, "variety")),
    # the plane
    "4.6%": _written(GRAMMAR, "variety"),
    "5.5%": _written(_T, "variety"),
    "73%": _written(_T, "possible"),
    "88%": _written(_T, "possible", 0.3),
    "27%": _written(_T, "possible", 1.5),
    "18%": _written(_M, "possible", 0.3),
    "76%": _written(_T, "possible", 1.5, 0.9),
    "95%": _written(_T, "possible", 0.3, 0.7),
    "15%": _written(_T, "new", 0.3, 0.7),
    "1.3%": _written(GRAMMAR, "coverage"),
    "2.1%": _written(GRAMMAR, "coverage", 0.5),
    "0.2%": _written(GRAMMAR, "coverage", 0.3, 0.7),
    # several tries
    "2/5": 2 / 5,
    "3/5": 3 / 5,
    "0.36": (3 / 5) ** 2,
    "0.64": 1 - (3 / 5) ** 2,
    "0.7": (pass_at_k(5, 2, 2), 0.7),
    "4/6": 4 / 6,
    "2/4": 2 / 4,
    "0.2": (comb(4, 3) / comb(6, 3), _COLOURS[2]),
    "0.8": pass_at_k(6, 2, 3),
    "0.410": means(0.1, 10)[0, 4],
    "0.349": means(0.1, 10)[1, 4],
    "0.5": _COLOURS[0],
    "0.3": _COLOURS[1],
    "38": 100 * (_COLOURS**2).sum(),
    "0.5^2": 0.5**2,
    "0.3^2": 0.3**2,
    "0.2^2": 0.2**2,
    "0.38": (_COLOURS**2).sum(),
    "33": 1 / (1 - _TRUTH),
    "161": 1 / (1 - pass_at_k(100, 38, 10)),
}
assert _written(_T, "possible", 2.0) < 0.01
assert (
    writing.distinct(_true[:100], 4) / writing.distinct(_true, 4)
) > 29  # a thirtieth
assert round(_written(_B, "variety") / _written(GRAMMAR, "variety")) == 5
assert 0.09 < _written(_T, "variety", 0.3, 0.7) / _written(GRAMMAR, "variety") < 0.125
assert _written(_M, "possible", 0.3) == max(
    _written(_M, "possible", T) for T in (0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)
)
