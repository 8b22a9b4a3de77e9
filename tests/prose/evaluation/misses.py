"""Section 7: entries for GIVEN and NUMBERS of tests/prose/nb_08_evaluation.py."""

from math import prod, sqrt

from scipy.stats import rankdata, spearmanr

from helpers.figures.evaluation.endings import (
    CHANGES,
    RACE,
    RACE_END,
    log_probability,
    overlaps,
    ten_scores,
)

NOT, SAME, OWN = (
    overlaps(CHANGES[name], RACE_END)
    for name in ("not added", "same sense", "own words")
)
WORDS = len(RACE_END.split())
assert round(NOT["BLEU"], 9) == round(
    prod((WORDS + 1 - n - (n - 1)) / (WORDS + 2 - n) for n in range(1, 5)) ** 0.25, 9
)
TEN = {name: rankdata(-scores) for name, scores in ten_scores().items()}
assert [TEN["BLEU"]["ABCDEFGHIJ".index(x)] for x in "BDCGAEFIH"] == [
    *(1, 2, 3, 4, 5, 6, 7, 8, 10)
]
assert [x for x in "ABCDEFGHIJ" if TEN["grammar"]["ABCDEFGHIJ".index(x)] < 5] == [
    *"AEFI"
]

GIVEN = {
    "-1.5": "a distance from the mean rank 2.5, worked out in the text",
    "-0.5": "a distance from the mean rank 2.5, worked out in the text",
    "1.5": "a distance from the mean rank 2.5, worked out in the text",
    "0.5": "a distance from the mean rank 2.5, worked out in the text",
    "-1": "the lowest a correlation can be",
}
NUMBERS = {
    "0.101": 1 - NOT["BLEU"],
    "0.899": NOT["BLEU"],
    "0.019": 1 - NOT["ROUGE-L"],
    "0.180": 1 - SAME["BLEU"],
    "0.094": 1 - SAME["ROUGE-L"],
    "0.182": OWN["BLEU"],
    "-3.61": log_probability(CHANGES["same sense"], RACE),
    "-4.02": log_probability(RACE_END, RACE),
    "26": WORDS,
    "27": WORDS + 1,
    "25": WORDS - 1,
    "24": WORDS - 2,
    "2.5": (1 + 2 + 3 + 4) / 4,
    "0.75": 1.5 * 0.5,
    "0.25": 0.5 * 0.5,
    "2.25": 1.5 * 1.5,
    "0.8": spearmanr([9, 7, 5, 3], [7, 9, 5, 3]).statistic,
    "0.91": spearmanr(TEN["BLEU"], TEN["ROUGE-L"]).statistic,
    "-0.22": spearmanr(TEN["BLEU"], TEN["grammar"]).statistic,
    "0.33": 1 / sqrt(10 - 1),
}
