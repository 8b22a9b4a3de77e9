"""BLEU and ROUGE against sacrebleu and rouge-score, and by hand.

sacrebleu takes texts, so tokens are joined with a blank; rouge-score is given a
tokeniser that only splits. NLTK is there as rouge-score brings it.
"""

import math
import random

import pytest
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU

from helpers.maths.evaluation import overlap

ORDERS = range(1, 7)
STORY = ["one", "day", "anna", "took", "a", "red", "kite", "to", "the", "park", "."]


def blue(order, effective, tokenize="none"):
    return BLEU(
        smooth_method="none", max_ngram_order=order, effective_order=effective,
        tokenize=tokenize, force=True,
    )  # fmt: skip


BLEUS = {(n, e): blue(n, e) for n in ORDERS for e in (False, True)}


class Split:
    def tokenize(self, text):
        return text.split()


ROUGES = {n: RougeScorer([f"rouge{n}", "rougeL"], tokenizer=Split()) for n in ORDERS}


def near(a, b):
    return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)


def compare_bleu(candidates, references, order, effective):
    """Ours against sacrebleu's: the whole text, and each sentence alone."""
    theirs = BLEUS[order, effective]
    joined = [" ".join(one) for one in candidates]
    texts = [[" ".join(one) for one in some] for some in references]
    wanted = theirs.corpus_score(joined, list(zip(*texts, strict=True))).score
    got = overlap.corpus_bleu(candidates, references, order, effective)
    assert near(100 * got, wanted)
    for i, candidate in enumerate(candidates):
        wanted = theirs.sentence_score(joined[i], texts[i]).score
        got = overlap.bleu(candidate, references[i], order, effective)
        assert near(100 * got, wanted)


def compare_rouge(candidate, reference, n):
    names = {f"rouge{n}": overlap.rouge_n(candidate, reference, n)}
    names["rougeL"] = overlap.rouge_l(candidate, reference)
    scores = ROUGES[n].score(" ".join(reference), " ".join(candidate))
    for name, ours in names.items():
        wanted = scores[name]
        theirs = wanted.recall, wanted.precision, wanted.fmeasure
        assert all(map(near, ours, theirs)), name


def varied(rng):
    """A sentence, and one like it: words changed, left out, put in, or all others.

    There are 3 to 29 words to choose from, so that some sentences say the same again
    and again, and some share nothing.
    """
    words = [chr(97 + i) for i in range(rng.choice([1, 4, 26]))] + ["今", "é", "."]
    one = rng.choices(words, k=rng.randrange(16))
    other = list(one)
    for _ in range(rng.randrange(6)):
        place = rng.randrange(len(other) + 1)
        other[place : place + rng.randrange(3)] = rng.choices(words, k=rng.randrange(3))
    return other, one


@pytest.mark.parametrize("seed", range(4))
def test_random_pairs_agree(seed):
    """Authority: sacrebleu and rouge-score, on 2,500 pairs a seed."""
    rng = random.Random(seed)
    for turn in range(250):
        pairs = [varied(rng) for _ in range(10)]
        more = [varied(rng)[0] for _ in range(rng.randrange(3))]
        references = [[one, *more] for _, one in pairs]
        order = ORDERS[turn % len(ORDERS)]
        compare_bleu([one for one, _ in pairs], references, order, turn % 4 < 2)
        for candidate, reference in pairs:
            compare_rouge(candidate, reference, order)
