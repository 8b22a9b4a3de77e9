"""BLEU and ROUGE against sacrebleu and rouge-score, and by hand.

sacrebleu takes texts, so tokens are joined with a blank; rouge-score is given a
tokeniser that only splits. NLTK is there as rouge-score brings it.
"""

import itertools
import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.translate.bleu_score import corpus_bleu as nltk_bleu
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

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


# Any character but blanks, at which the libraries would cut.
WORD = st.text(
    st.characters(exclude_categories=["Cs"]).filter(lambda c: not c.isspace()),
    min_size=1, max_size=3,
)  # fmt: skip
SENTENCE = st.lists(WORD | st.sampled_from(["今", "the", "a"]), max_size=9)
TYPED = ["the", "cat.", "sat,", "1,5", "1.5", "-3", "(on)", "$2", "'a'", "mat!", "今天"]
TEXTS = {e: {n: blue(n, e, "13a") for n in ORDERS} for e in (False, True)}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(SENTENCE, SENTENCE, SENTENCE), min_size=1, max_size=4),
    st.sampled_from(ORDERS),
    st.booleans(),
)
def test_any_alphabet_agrees(triples, order, effective):
    candidates = [one for one, _, _ in triples]
    compare_bleu(candidates, [list(some) for _, *some in triples], order, effective)
    for candidate, reference, _ in triples:
        compare_rouge(candidate, reference, order)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(TYPED)),
    st.lists(st.sampled_from(TYPED)),
    st.sampled_from(ORDERS),
    st.booleans(),
)
def test_what_13a_makes_of_a_text_agrees(candidate, reference, order, effective):
    texts = [" ".join(candidate), " ".join(reference)]
    ours, wanted = (Tokenizer13a()(text).split() for text in texts)
    theirs = TEXTS[effective][order].corpus_score(texts[:1], [texts[1:]]).score
    assert near(100 * overlap.bleu(ours, [wanted], order, effective), theirs)


# by hand


def test_the_example_of_the_paper():
    """Papineni and others 2002, section 2.1: 2 of 7, where plain counts give 7."""
    references = ["the cat is on the mat", "there is a cat on the mat"]
    references = [one.split() for one in references]
    assert overlap.clipped_precision(["the"] * 7, references, 1) == (2, 7)
    assert overlap.clipped_precision(["the"] * 7, references, 2) == (0, 6)


def test_a_word_is_clipped_at_one_reference_and_not_at_their_sum():
    references = [["the", "park", "the"], ["the", "the", "park"]]
    assert overlap.clipped_precision(["the"] * 4, references, 1) == (2, 4)


@pytest.mark.parametrize(
    "c, lengths, r",
    [(5, [4, 6], 4), (5, [6, 4], 4), (5, [7, 2], 7), (5, [9, 6, 1], 6), (3, [5], 5)],
)
def test_the_closest_reference_counts_and_on_a_tie_the_shorter(c, lengths, r):
    found = overlap.brevity_penalty(STORY[:c], [STORY[:length] for length in lengths])
    assert found == min(1, math.exp(1 - r / c))


def test_short_sentences_and_the_orders_that_they_reach():
    two = [["good", "morning"]]
    assert overlap.bleu(*two, two) == 0
    assert overlap.bleu(*two, two, order=2) == 1
    assert overlap.bleu(*two, two, effective=True) == 1
    # What is reached and shared by nobody makes it 0 in any case.
    assert overlap.bleu(["morning", "good"], two, effective=True) == 0


def test_a_corpus_is_not_the_mean_of_its_sentences():
    candidates = [STORY, STORY[:4] + STORY[5:], ["good", "morning"]]
    references = [[STORY], [STORY], [["good", "day"]]]
    each = [overlap.bleu(*one) for one in zip(candidates, references, strict=True)]
    corpus = overlap.corpus_bleu(candidates, references)
    assert each[2] == 0 and corpus > sum(each) / 3 + 0.1


def test_an_empty_candidate_in_a_corpus():
    """NLTK counts one n-gram of each length for it, sacrebleu and we do not."""
    candidates, references = [STORY, []], [[STORY], [STORY[:3]]]
    ours = overlap.corpus_bleu(candidates, references)
    assert near(ours, math.exp(1 - 14 / 11))
    compare_bleu(candidates, references, 4, False)
    one_more = math.prod(k / (k + 1) for k in (11, 10, 9, 8)) ** (1 / 4)
    assert near(nltk_bleu(references, candidates), ours * one_more)


def test_nothing_to_compare_has_defined_values():
    one, none = ["a"], []
    assert overlap.clipped_precision(none, [one], 1) == (0, 0)
    assert overlap.clipped_precision(one, [none], 1) == (0, 1)
    assert overlap.brevity_penalty(none, [one]) == 0
    assert overlap.brevity_penalty(none, [none]) == 1
    assert overlap.brevity_penalty(one, [none]) == 1
    for pair in ([none, one], [one, none], [none, none], [one, ["b"]]):
        assert overlap.bleu(pair[0], pair[1:], order=1) == 0
        assert overlap.bleu(pair[0], pair[1:], effective=True) == 0
        assert overlap.rouge_n(*pair) == overlap.rouge_l(*pair) == (0, 0, 0)
        assert overlap.longest_common_subsequence(*pair) == 0
    assert overlap.rouge_n(one, one, 2) == (0, 0, 0)


def subsequences(sentence):
    sizes = range(len(sentence) + 1)
    return {one for k in sizes for one in itertools.combinations(sentence, k)}


@settings(max_examples=100, deadline=None)
@given(*[st.lists(st.sampled_from("abc"), max_size=6)] * 2)
def test_the_longest_common_subsequence_is_the_longest(a, b):
    """Authority: all subsequences of both, written out."""
    length = overlap.longest_common_subsequence(a, b)
    assert length == max(map(len, subsequences(a) & subsequences(b)))
    assert length == overlap.longest_common_subsequence(b, a)
    begun = [subsequences(b[:j]) for j in range(len(b) + 1)]
    assert overlap.lcs_table(a, b) == [
        [max(map(len, subsequences(a[:i]) & other)) for other in begun]
        for i in range(len(a) + 1)
    ]


def test_swapped_texts_swap_recall_and_precision():
    recall, precision, f = overlap.rouge_l(STORY[2:7], STORY)
    assert (recall, precision) == (5 / 11, 1) and near(f, 2 * 5 / 11 / (1 + 5 / 11))
    assert overlap.rouge_l(STORY, STORY[2:7]) == (precision, recall, f)


def test_ids_and_characters_are_compared_like_words():
    ids = np.array([4, 8, 4, 15])
    assert overlap.ngrams(ids, 1) == {(4,): 2, (8,): 1, (15,): 1}
    assert overlap.bleu(ids, [ids.tolist()]) == 1
    assert overlap.rouge_l(list("今天天气真好"), list("今天天气真糟糕"))[:2] == (
        5 / 7,
        5 / 6,
    )


def test_rouge_score_s_own_tokeniser_leaves_nothing_of_chinese():
    text = "今天天气真好"
    assert RougeScorer(["rougeL"]).score(text, text)["rougeL"].fmeasure == 0
    assert overlap.rouge_l(list(text), list(text)) == (1, 1, 1)


TWO = [["a", "b"], ["a"]]


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: overlap.bleu("a kite", [["a"]]), r"candidate must be a .*split\(\)"),
        (lambda: overlap.bleu(["a"], [["a"], "a kite"]), "each of references must be"),
        (lambda: overlap.bleu(["a"], ["a", "kite"]), "put brackets around it"),
        (
            lambda: overlap.bleu(["a"], "a kite"),
            "references must be a list of sentences",
        ),
        (lambda: overlap.bleu(["a"], []), "references is empty"),
        (lambda: overlap.bleu(["a"], [["a"]], order=0), "order must be at least 1"),
        (lambda: overlap.bleu(["a"], 3), "references must be a list, not 3"),
        (lambda: overlap.corpus_bleu([], []), "candidates is empty"),
        (lambda: overlap.corpus_bleu(TWO, [TWO]), "each of the 2 candidates"),
        (lambda: overlap.corpus_bleu(TWO, TWO), "put brackets around it"),
        (lambda: overlap.clipped_precision(TWO, TWO, 1), r"must hold words.*\['a'"),
        (lambda: overlap.clipped_precision(["a"], ["a"], 1), "put brackets around"),
        (lambda: overlap.clipped_precision(["a"], TWO, 1.5), "n must be a whole"),
        (lambda: overlap.brevity_penalty("a kite", TWO), "candidate must be a list"),
        (lambda: overlap.ngrams("kite", 2), "tokens must be a list of words"),
        (lambda: overlap.ngrams(["kite", None], 2), "one is None"),
        (lambda: overlap.longest_common_subsequence("a", ["a"]), "a must be a list"),
        (lambda: overlap.lcs_table(["a"], "a"), "b must be a list of words"),
        (lambda: overlap.rouge_n(["a"], ["a"], 0), "n must be at least 1"),
        (lambda: overlap.rouge_l(["a"], "a b"), "reference must be a list of words"),
        (lambda: overlap.rouge_l(["a"], [["a"]]), "reference must hold words"),
    ],
)
def test_what_cannot_be_compared_gets_a_sentence(call, said):
    with pytest.raises(ValueError, match=said):
        call()
