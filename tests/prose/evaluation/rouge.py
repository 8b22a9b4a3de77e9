"""The numbers of section 6, ROUGE."""

from helpers import language
from helpers.figures.evaluation.table import M, N
from helpers.maths.evaluation.overlap import rouge_l, rouge_n

REFERENCE = ["ben", "went", "there", "and", "found", "the", "kite"]
SUMMARY = ["ben", "found", "the", "kite", "and", "ran"]
assert rouge_n(SUMMARY, REFERENCE, 1)[:2] == (5 / 7, 5 / 6)
assert rouge_n(SUMMARY, REFERENCE, 2)[:2] == (2 / 6, 2 / 5)
V = len(language.VOCABULARY)
R, P, F = rouge_l(SUMMARY, REFERENCE)

GIVEN = {"40": "words, an example"}
NUMBERS = {
    "96": V,
    "7/96": len(REFERENCE) / V,
    "0.571": (R, (1 + 1 / 7) / 2),
    "0.25": 2 * (1 / 7) / (1 + 1 / 7),
    "0.136": rouge_n(language.VOCABULARY, REFERENCE, 1)[2],
    "0.364": rouge_n(SUMMARY, REFERENCE, 2)[2],
    "2^7": 2 ** len(REFERENCE),
    "128": 2 ** len(REFERENCE),
    "1600": 40 * 40,
    "43": M * N + 1,
    "0.667": P,
    "0.615": F,
}
