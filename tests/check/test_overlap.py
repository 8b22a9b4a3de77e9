"""The exercises of BLEU and ROUGE: short answers, and the sentence that each gets.

The authority is the answer itself, written out by hand. More of them, in a beginner's
form, stand in answers/overlap.txt.
"""

import math
import textwrap
from collections import Counter

import pytest

from helpers.check.compare import show, show_arguments
from helpers.check.subjects import exercises
from helpers.maths.evaluation import overlap

CLOSEST = "_, r = min((abs(len(one) - c), len(one)) for one in references)"
COUNTS = "counts = ngrams(candidate, n)\nfound = [ngrams(one, n) for one in references]"

READERS = [
    (
        "clipped_precision",
        f"{COUNTS}\nboth = sum(found, Counter())\n"
        "return (counts & both).total(), counts.total()",
        "clips at the sum of all references",
    ),
    (
        "clipped_precision",
        f"{COUNTS}\nreturn (counts & found[0]).total(), counts.total()",
        "Only one reference is looked at",
    ),
    (
        "clipped_precision",
        f"{COUNTS}\nreturn len(set(counts) & set().union(*found)), len(counts)",
        "as in a set",
    ),
    (
        "brevity_penalty",
        f"c = len(candidate)\n{CLOSEST}\nreturn math.exp(1 - r / c) if c else 0.0",
        "There is no limit at 1",
    ),
    (
        "brevity_penalty",
        f"c = len(candidate)\n{CLOSEST}\nreturn min(1, math.exp(1 - c / r))",
        "c and r are swapped",
    ),
    (
        "brevity_penalty",
        "c, r = len(candidate), min(map(len, references))\n"
        "return min(1, math.exp(1 - r / c)) if c else 0",
        "takes the shortest reference",
    ),
    ("longest_common_subsequence", "return len({*a} & {*b})", "in any order"),
    (
        "longest_common_subsequence",
        "return sum(x == y for x, y in zip(a, b))",
        "compares place by place",
    ),
    (
        "longest_common_subsequence",
        "k = 0\nwhile k < min(len(a), len(b)) and a[k] == b[k]:\n    k += 1\nreturn k",
        "stops at the first difference",
    ),
    (
        "rouge_l",
        "R, P, F = rouge(candidate, reference)\nreturn P, R, F",
        "Recall and precision are swapped",
    ),
    (
        "rouge_l",
        "R, P, F = rouge(candidate, reference)\nreturn R, P, (R + P) / 2",
        "the common mean of the two",
    ),
    (
        "rouge_l",
        "R, P, F = rouge(candidate, reference)\nreturn R, P, (R * P) ** 0.5",
        "the root of P times R",
    ),
]


def written(name, body):
    """The reader's function: the exercise's own arguments, this body."""
    arguments = ", ".join(exercises()[name].arguments)
    space = {
        "Counter": Counter, "math": math, "ngrams": overlap.ngrams,
        "rouge": overlap.rouge_l,
    }  # fmt: skip
    exec(f"def {name}({arguments}):\n{textwrap.indent(body, '    ')}", space)
    return space[name]


@pytest.mark.parametrize(("name", "body", "part"), READERS)
def test_wrong_answers(name, body, part, verdict):
    result, said = verdict(name, written(name, body))
    assert said.startswith(f"{name}: not right yet. ") and part in said
    assert result is exercises()[name].reference


def test_sentences_of_several_lengths_are_shown_and_are_no_change():
    """Authority: Python's own way of writing lists."""
    references = [["a", "kite"], ["kites"], []]
    assert show(references) == repr(references)
    assert show_arguments(["references"], [references]).endswith(repr(references))


def test_a_sentence_written_into_is_told(verdict):
    body = "references[0].append('.')\nreturn clipped(candidate, references, n)"
    answer = written("clipped_precision", body)
    answer.__globals__["clipped"] = overlap.clipped_precision
    said = verdict("clipped_precision", answer)[1]
    assert "not right yet" in said and "changes its input references" in said
