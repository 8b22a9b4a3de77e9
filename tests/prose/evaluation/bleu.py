"""The numbers of section 5, BLEU."""

from math import e, exp, log, prod

from nltk.translate.bleu_score import corpus_bleu as nltk_bleu

from helpers.maths.evaluation.overlap import (
    bleu,
    brevity_penalty,
    clipped_precision,
    corpus_bleu,
)

REFERENCES = [
    ["ben", "went", "to", "the", "park", "and", "found", "the", "red", "kite", "."],
    ["ben", "found", "the", "red", "kite", "behind", "a", "tree", "."],
]
CANDIDATE = ["ben", "ran", "to", "the", "park", "and", "found", "a", "kite", "."]
SECOND = ["she", "was", "happy", "."]
ITS_REFERENCES = [["mia", "was", "happy", "again", "."]]
SHARES = [clipped_precision(CANDIDATE, REFERENCES, n) for n in range(1, 5)]
assert SHARES == [(9, 10), (5, 9), (3, 8), (2, 7)]
SEVEN = [clipped_precision(CANDIDATE[:7], REFERENCES, n) for n in range(1, 5)]
assert SEVEN == [(6, 7), (4, 6), (3, 5), (2, 4)]
P = [kept / count for kept, count in SHARES]
HALVES = [1 / 2, 1 / 4, 1 / 8, 1 / 16]
WEATHER = [list("今天天气真好"), list("今天天气真糟糕")]
ENGLISH = [f"the weather today is so {end}".split() for end in ("good", "awful")]
PAIRS = [CANDIDATE, SECOND], [REFERENCES, ITS_REFERENCES]
EMPTY = [CANDIDATE, []], [REFERENCES, ITS_REFERENCES]

GIVEN = {
    "2002": "a year",
    "100": "what programs multiply by",
    "52": "helpers.figures.evaluation.candidate.LONGEST",
}
NUMBERS = {
    "0.9": P[0],
    "9/10": P[0],
    "3/8": P[2],
    "2/7": P[3],
    "5/9": P[1],
    "0.529": sum(P) / 4,
    "1/16": HALVES[3],
    "0.670": exp(sum(w * log(p) for w, p in zip(HALVES, P, strict=True))),
    "0.368": 1 / e,
    "-1": 1 - 2,
    "0.751": brevity_penalty(CANDIDATE[:7], REFERENCES),
    "0.481": bleu(CANDIDATE, REFERENCES),
    "0.484": bleu(CANDIDATE[:7], REFERENCES),
    "48.4": 100 * bleu(CANDIDATE[:7], REFERENCES),
    "14": (len(CANDIDATE) + len(SECOND), 9 + 5),
    "0.423": corpus_bleu(*PAIRS),
    "0.241": sum(map(bleu, *PAIRS)) / 2,
    "0.322": corpus_bleu(*EMPTY),
    "0.288": nltk_bleu(*EMPTY[::-1]),
    "0.760": (
        bleu(ENGLISH[0], ENGLISH[1:]),
        prod([5 / 6, 4 / 5, 3 / 4, 2 / 3]) ** 0.25,
    ),
    "0.846": brevity_penalty(WEATHER[0], WEATHER[1:]),
}
