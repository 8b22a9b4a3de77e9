"""BLEU and ROUGE: how many words a text shares with texts that people wrote.

BLEU is Papineni, Roukos, Ward and Zhu, "BLEU: a Method for Automatic Evaluation of
Machine Translation", 2002; ROUGE is Lin, "ROUGE: A Package for Automatic Evaluation
of Summaries", 2004. A sentence is a list of tokens, words or ids, compared as they
stand. The libraries take texts and cut them up first, each in its own way: sacrebleu
sets punctuation apart, and rouge-score keeps only a to z and 0 to 9, so that nothing
is left of a Chinese text. All scores lie between 0 and 1, where sacrebleu's go to 100.
"""

import inspect
import math
from collections import Counter
from numbers import Integral

import numpy as np

from helpers.maths.inputs import positive, takes

# what may be handed over


def _items(value, name):
    if isinstance(value, str):
        raise ValueError(
            f"{name} must be a list of words, not the text {value!r:.40}: split() "
            "makes words of a text, and list() characters."
        )
    try:
        return tuple(value.tolist() if hasattr(value, "tolist") else value)
    except TypeError:
        raise ValueError(f"{name} must be a list, not {value!r:.40}.") from None


def _sentence(value, name, given=None):
    """Words, or ids -> a tuple; a string would be taken for its characters."""
    tokens = _items(value, name)
    others = set(map(type, tokens)) - {str, int}
    if not all(issubclass(kind, str | Integral) for kind in others):
        wrong = next(one for one in tokens if not isinstance(one, str | Integral))
        raise ValueError(f"{name} must hold words, but one is {wrong!r:.40}.")
    return tokens


def _sentences(value, name, given=None):
    """At least one list of words -> a list of tuples."""
    found = [value] if isinstance(value, str) else _items(value, name)
    if not found:
        raise ValueError(f"{name} is empty: give at least one sentence.")
    if all(isinstance(one, str | Integral) for one in found):
        raise ValueError(
            f"{name} must be a list of sentences, each a list of words, but this is "
            "one list of words, or texts: put brackets around it, or split() each."
        )
    return [_sentence(one, f"each of {name}") for one in found]


def _one_list_each(value, name, given):
    """Lists of references, one for each of the candidates."""
    found, wanted = _items(value, name), len(given["candidates"])
    if len(found) != wanted:
        raise ValueError(
            f"{name} must hold a list of sentences for each of the {wanted} "
            f"candidates, but it holds {len(found)}."
        )
    return [_sentences(one, f"each of {name}") for one in found]


# BLEU


def ngrams(tokens, n):
    """How often each n words in a row stand in a sentence -> Counter of tuples.

    Empty where the sentence is shorter than n. ValueError for a string and for n < 1.
    ngrams(["a", "b", "a"], 1) is {("a",): 2, ("b",): 1}.
    """
    tokens, n = _sentence(tokens, "tokens"), positive(n, "n")
    # What is cut from a tuple is one.
    return Counter(tokens[i : i + n] for i in range(len(tokens) - n + 1))


@takes(candidate=_sentence, references=_sentences, n=positive)
def clipped_precision(candidate, references, n):
    """How many n-grams of the candidate the references have -> (kept, count), ints.

    Each counts at most as often as it stands in the one reference that has it most
    often (Papineni and others 2002, section 2.1). Their quotient is the precision; a
    candidate shorter than n has (0, 0), and no precision. With the candidate "the the
    the" and the references "the cat" and "on the mat the", n = 1, it is (2, 3).
    """
    counts, most = ngrams(candidate, n), ngrams(references[0], n)
    for reference in references[1:]:
        most = most | ngrams(reference, n)  # of each two counts the larger
    return (counts & most).total(), counts.total()  # & keeps the smaller


@takes(candidate=_sentence, references=_sentences)
def brevity_penalty(candidate, references):
    """What a candidate of c words keeps of its score: 1, or e^(1 − r/c) if c < r.

    r is the length of the reference closest in length, of two equally close the
    shorter; the paper leaves the tie open, and sacrebleu decides it so. An empty
    candidate keeps 0, which is where the formula goes as c does; beside an empty
    reference it is as long as that, and keeps 1.
    """
    c = len(candidate)
    _, r = min((abs(len(one) - c), len(one)) for one in references)
    if c >= r:
        return 1.0
    return float(np.exp(1 - r / c)) if c > 0 else 0.0


@takes(candidate=_sentence, references=_sentences, order=positive)
def bleu(candidate, references, order=4, effective=False):
    """BLEU of one sentence against one or more references: `corpus_bleu` of one.

    Without smoothing, so it is 0 if the candidate shares no n-gram of some length up
    to `order`, or is shorter: two equal sentences of two words have 0 at order 4.
    """
    return _bleu([(candidate, references)], order, effective)


@takes(candidates=_sentences, references=_one_list_each, order=positive)
def corpus_bleu(candidates, references, order=4, effective=False):
    """BLEU of a whole text: the penalty times the geometric mean of the precisions.

    references[i] are those of candidates[i], where sacrebleu has references[k][i].
    Counts and lengths are added up first and divided then, so this is not the mean of
    the sentences' scores; an empty candidate adds words to r alone. (NLTK counts one
    n-gram of each length for it as well.) `effective` leaves out lengths that no
    candidate reaches, as sacrebleu's effective_order does; a precision of 0 still
    makes it 0.
    """
    return _bleu(list(zip(candidates, references, strict=True)), order, effective)


def _bleu(pairs, order, effective):
    clipped, penalty = map(inspect.unwrap, (clipped_precision, brevity_penalty))
    shares = []
    for n in range(1, order + 1):
        found = [clipped(candidate, references, n) for candidate, references in pairs]
        kept, count = map(sum, zip(*found, strict=True))
        if count:
            shares.append(kept / count)
        elif not effective:
            return 0.0
    if not shares:
        return 0.0
    c = sum(len(candidate) for candidate, _ in pairs)
    r = sum(len(_closest(*pair)) for pair in pairs)
    # Of what the penalty is given, only the lengths count.
    return penalty(range(c), [range(r)]) * math.prod(shares) ** (1 / len(shares))


def _closest(candidate, references):
    """The reference whose length `brevity_penalty` takes."""
    c = len(candidate)
    return min(references, key=lambda one: (abs(len(one) - c), len(one)))


# ROUGE


@takes(a=_sentence, b=_sentence)
def longest_common_subsequence(a, b):
    """How many words two sentences share in the same order, with or without gaps.

    Entry [i][j] of the table is the length for the first i words of a and the first j
    of b: where the last two words are the same it is 1 more than up and to the left,
    else the larger of those above and to the left.
    longest_common_subsequence("a b c d".split(), "b x d".split()) is 2.
    """
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                table[i][j] = table[i - 1][j - 1] + 1
            else:
                table[i][j] = max(table[i - 1][j], table[i][j - 1])
    return table[-1][-1]


@takes(a=_sentence, b=_sentence)
def lcs_table(a, b):
    """The table of `longest_common_subsequence`, to look at: each entry by itself.

    It has len(a) + 1 rows of len(b) + 1 entries, and is slow for long sentences.
    """
    return [
        [longest_common_subsequence(a[:i], b[:j]) for j in range(len(b) + 1)]
        for i in range(len(a) + 1)
    ]


@takes(candidate=_sentence, reference=_sentence, n=positive)
def rouge_n(candidate, reference, n=1):
    """ROUGE-N -> (recall, precision, F), by the n-grams that both have.

    Shared n-grams, each as often as both have it, divided by those of the reference
    and by those of the candidate; F = 2PR / (P + R). All are 0 where nothing is shared.
    """
    kept, count = clipped_precision(candidate, [reference], n)
    if kept == 0:
        return 0.0, 0.0, 0.0
    recall, precision = kept / (len(reference) - n + 1), kept / count
    return recall, precision, 2 * precision * recall / (precision + recall)


@takes(candidate=_sentence, reference=_sentence)
def rouge_l(candidate, reference):
    """ROUGE-L -> (recall, precision, F), by the longest common subsequence.

    Its length divided by that of the reference and by that of the candidate;
    F = 2PR / (P + R), and all are 0 where nothing is shared. The paper weights recall
    by a β of its own, and takes a summary sentence by sentence; rouge-score has β = 1,
    and its rougeL takes a text as one sentence (rougeLsum goes by its line breaks).
    """
    shared = longest_common_subsequence(candidate, reference)
    if shared == 0:
        return 0.0, 0.0, 0.0
    recall, precision = shared / len(reference), shared / len(candidate)
    return recall, precision, 2 * precision * recall / (precision + recall)
