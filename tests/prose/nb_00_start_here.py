"""The numbers in the prose of 00_start_here."""

import numpy as np

from helpers import language
from helpers.figures.knobs.counting import KNOWN

FOUR = [(0, 1), (1, 3), (2, 4), (3, 7)]
BEST, (ERROR,), *_ = np.polyfit(*np.transpose(FOUR), 1, full=True)
KITE = dict(
    zip(
        language.VOCABULARY,
        language.next_word("one morning anna took a red kite to the"),
        strict=True,
    )
)

GIVEN = {
    "35": "minutes for this notebook",
    "200": "minutes for 01_probability",
    "210": "minutes for 03_cross_entropy",
    "120": "minutes for 02_one_hot",
    "90": "minutes of one sitting",
    "0.302": "a number to round, in Python",
    "2.0": "a number to make whole, in Python",
    "-2": "a number to take the absolute value of, in Python",
    "280": "minutes for 04_backprop",
    "360": "minutes for 07_attention",
    "600": "minutes for 08_evaluation",
    "250": "minutes for 06_autoregressive_sampling",
    "230": "minutes for 09_catastrophic_forgetting",
    "150": "minutes for 05_training",
    "100": "a position of the sliders",
    "175": "billion parameters of GPT-3: Brown and others (2020)",
    "117": "million parameters of GPT-2 small in its paper, corrected later",
    "100%": "all of the probability",
    "1998": "year of a paper",
    "2019": "year of a paper",
    "2020": "year of a paper",
}
NUMBERS = {
    "0^2": 0**2,
    "-1": 4 - (2 * 2 + 1),
    "1.00": sum((y - (2 * x + 1)) ** 2 for x, y in FOUR),
    "1.9": BEST[0],
    "0.9": BEST[1],
    "0.70": ERROR,
    "10^12": 10**12,
    "124": KNOWN["GPT-2 small, 2019\n124 million"] // 10**6,
    "1/4": 1 / 4,  # the factor of sin² 2θ, which 09 checks
    "60000": KNOWN["LeNet-5, 1998\n60 thousand"],
    "0.40": (KITE["park"], 0.40),  # and as an example of a probability
    "40%": 0.40,
    "0.30": KITE["beach"],
    "0.20": KITE["farm"],
    "0.10": KITE["river"],
}
