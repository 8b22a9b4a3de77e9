"""The numbers in the prose of 01_probability."""

import random
from collections import Counter
from math import exp, floor, log, sqrt

import numpy as np
from scipy.stats import entropy

from helpers import language

# Pairs of neighbours, counted with a dictionary, [end] before the first word.
IDS = language.train().tolist()
PAIRS = Counter(zip([0, *IDS], IDS, strict=False))
ROWS, COLUMNS = Counter(), Counter()
for (before, after), times in PAIRS.items():
    ROWS[before] += times
    COLUMNS[after] += times
WORD = language.VOCABULARY.index
V = len(language.VOCABULARY)


def pair(a, b):
    return PAIRS[WORD(a), WORD(b)]


def p(a, b):
    """P(b | a)."""
    return pair(a, b) / ROWS[WORD(a)]


def firsts():
    """How often a number below 0.5 comes among the first 1,000 of each run."""
    tallies = []
    for run in range(1, 21):
        chance = random.Random(run).random
        tallies.append(sum(chance() < 0.5 for _ in range(1000)))
    return tallies


def thousand():
    told = language.held_out()[:1000].tolist()
    pairs = zip([0, *told], told, strict=False)
    factors = [PAIRS[a, b] / ROWS[a] for a, b in pairs]
    return sum(map(log, factors)), min(factors)


def bigram_entropy():
    rows = np.zeros((V, V))
    for (a, b), times in PAIRS.items():
        rows[a, b] = times
    weights = rows.sum(axis=1) / rows.sum()
    return float(weights @ entropy(rows, axis=1))


def numerator(verb):
    """P(verb) · P(home | verb)."""
    return pair(verb, "home") / len(IDS)


FIRSTS = firsts()
SD = sqrt(1000 * 0.5 * 0.5)
DAY = p("[end]", "one") * p("one", "day") * p("day", "anna")
PEOPLE = [32, 24, 12, 8, 4]
BEGINS = [("", "one"), ("one", "day"), ("one day", "anna")]
EXACT = [float(language.next_word(text)[WORD(word)]) for text, word in BEGINS]

GIVEN = {
    "200": "minutes for the notebook",
    "60": "60 % is 0.60 of P2",
    "-1": "the last axis",
    "40": "P1 in percent",
    "0.05": "P1, P2 and P4",
    "0.15": "P1 and P2",
    "0.13": "P6",
    "0.50": "P5",
    "0.80": "P4, and P(one | [end]) rounded for work by hand",
    "0.10": "P4, and half of 0.20",
    "32": "people in an example",
    "0.12": "a number to choose a word with",
    "0.62": "a number to choose a word with",
    "0.95": "a number to choose a word with",
    "0.45": "a probability to try",
    "15": "P6, 0.15 of 100",
    "100": "answers, and a P read as times in a hundred",
    "1000": "P5 and P7",
    "10000": "the most draws of a figure",
    "20": "runs",
    "30": "the most steps of a figure",
    "0.9": "heads of a coin",
    "0.1": "tails of a coin",
    "0%": "an answer that the reader should not give",
    "10^-324": "float64 has nothing between 0 and 4.94e-324, math.ulp(0.0)",
    "1948": "the year of a paper",
}

NUMBERS = {
    "20000": (language.TRAIN_STORIES, ROWS[WORD("one")]),
    "80": sum(PEOPLE),
    # Half of what the others share, in P1 and after 好 has been raised.
    "0.60": 1 - 0.40,
    "0.30": (0.60 / 2, p("one", "day")),
    "0.20": 0.40 / 2,
    "0.40": (1 - 0.60, PEOPLE[0] / sum(PEOPLE)),
    "500": 1000 * 0.50,
    "300": 1000 * 0.30,
    "200": 1000 * 0.20,
    "473": FIRSTS[0],
    "27": 500 - FIRSTS[0],
    "250": SD**2,
    "15.8": SD,
    "485": min(n for n in range(500) if 500 - n < SD),
    "515": max(n for n in range(1000) if n - 500 < SD),
    "13": 20 * 2 / 3,
    "537": max(FIRSTS),
    "0.5": (1 / 2, pow(2, -1)),
    "708698": len(IDS),
    "96": V,
    "6045": pair("one", "day"),
    "0.302": p("one", "day"),
    "9216": V * V,
    "353": len(PAIRS),
    "43": sum(before == 1 for before in Counter(a for a, _ in PAIRS).values()),
    "25": sum(a == WORD("the") for a, _ in PAIRS),
    "0.798": p("[end]", "one"),
    "0.315": p("day", "anna"),
    "0.0756": 0.8 * 0.3 * 0.315,
    "0.8": EXACT[0],
    "0.3": EXACT[1],
    "0.4": EXACT[2],
    "0.096": EXACT[0] * EXACT[1] * EXACT[2],
    "2.718": exp(1),
    "0.2": 0.5 * 0.4,
    "-1396.9": thousand()[0],
    "0.0053": floor(1e4 * thousand()[1]) / 1e4,
    "-1.4": thousand()[0] / 1000,
    "0.0759": DAY,
    "-2.578": log(DAY),
    "71": 100 * p("came", "home"),
    "33": 100 * p("went", "home"),
    "0.009626": numerator("went"),
    "0.023264": sum(map(numerator, ["went", "came", "ran"])),
    "0.414": pair("went", "home") / COLUMNS[WORD("home")],
    "16487": COLUMNS[WORD("home")],
    "6822": pair("went", "home"),
    "12213": COLUMNS[WORD("kite")],
    "5011": pair("red", "kite"),
    "0.410": pair("red", "kite") / COLUMNS[WORD("kite")],
    "0.693": log(2),
    "0.105": -log(0.9),
    "2.303": -log(0.1),
    "0.325": float(entropy([0.9, 0.1])),
    "1.609": float(entropy([0.2] * 5)),
    "1.355": bigram_entropy(),
    "4.564": log(V),
    "0.340": language.entropy_per_word(),
    "1/96": 1 / V,
    "0.306": p("red", "kite"),
    "0.271": language.next_word(language.story(0.5)[:6])[WORD("kite")],
}
