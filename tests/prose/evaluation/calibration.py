"""4. Does it know what it does not know?"""

import numpy as np

from helpers import language
from helpers.maths import ngrams
from helpers.maths.evaluation.calibration import (
    absolute_error,
    brier,
    expected_calibration_error,
    expected_score,
    favourites,
    mistake,
)

ENDS = np.flatnonzero(language.held_out() == 0) + 1
FIRST = language.held_out()[: ENDS[299]]  # 300 stories
assert (ENDS[49], ENDS[299], ENDS[599]) == (1791, 10667, 21322)
COUNTED_P = ngrams.bigram(language.train(), 96).table[np.append(0, FIRST[:-1])]
CONFIDENCE, CAME = favourites(COUNTED_P, FIRST)
EXACT_P = language.next_words(FIRST)[np.arange(len(FIRST)), COUNTED_P.argmax(axis=1)]
TRUTH = (0.7, 0.3)
SAYS = {p: np.array([p, 1 - p]) for p in (0.51, 0.7, 1)}
assert expected_calibration_error(CONFIDENCE, CAME) < 0.01
FIVE = "five trainings, seeds 0 to 4, on stories 301 to 600 of the held-out text"

GIVEN = {
    "80%": "an example",
    "80": "of 100, the same",
    "0.8": "an example",
    "0.1": "the end of a bin; " + FIVE + "",
    "100": "cases; stories to learn from",
    "50": "stories",
    "250": "stories",
    "20000": "language.TRAIN_STORIES",
    "0.87": FIVE + ": 0.868 to 0.873, on the first 300 stories",
    "74": FIVE + ": 0.737 to 0.746",
    "75": FIVE,
    "0.09": FIVE + ", T = 1.5, 1,000 bins: 0.092 to 0.099",
    "0.10": FIVE,
    "0.03": FIVE + ", T = 1.5, one bin: 0.029 to 0.041",
    "0.04": FIVE + ", ten bins: 0.038 to 0.045",
    "0.05": FIVE,
    "300": "stories",
    "0.13": FIVE + ", ten bins: 0.126 to 0.133",
    "0.93": FIVE + ": 0.926 to 0.942",
    "0.94": FIVE,
    "0.81": FIVE + ": 0.808 to 0.820",
    "0.82": FIVE,
    "0.17": FIVE + ": 0.170 to 0.173, then 0.175 to 0.181",
    "0.18": FIVE,
    "70": "of 100, an example",
    "0.7": "the same",
    "0.3": "the same",
    "0.5": "half of it",
    "0.51": "an example",
    "1.5": "T, chosen in each of " + FIVE,
}
NUMBERS = {
    "0.2": (abs(3 / 5 - 0.8), 0.2),
    "0.6": 3 / 5,
    "5/10": 5 / 10,
    "49": 100 * CAME.mean(),
    "0.49": CONFIDENCE.mean(),
    "0.28": np.abs(CONFIDENCE - EXACT_P).mean(),
    "0.30": (
        expected_score(mistake, TRUTH, SAYS[0.51]),
        expected_score(mistake, TRUTH, SAYS[1]),
        expected_score(absolute_error, TRUTH, SAYS[1]),
    ),
    "0.42": (
        expected_score(absolute_error, TRUTH, SAYS[0.7]),
        expected_score(brier, TRUTH, SAYS[0.7]),
    ),
    "0.60": expected_score(brier, TRUTH, SAYS[1]),
}
