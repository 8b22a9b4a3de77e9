"""Exercises of 08: units, sureness, several tries; short answers, each sentence.

The authority is the answer itself, written out by hand. More of them, in a beginner's
form, stand in answers/evaluation.txt and answers/tries.txt.
"""

import functools
import itertools
import math
import textwrap

import numpy as np
import pytest

from helpers.check import listing
from helpers.check.subjects import exercises

READERS = [
    (
        "bits_per_character",
        "return losses.sum() / len(text)",
        "These are nats a character",
    ),
    (
        "bits_per_character",
        "return losses.sum() / np.log(2) / len(losses)",
        "These are bits a token",
    ),
    (
        "bits_per_character",
        "return losses.sum() / np.log(2)",
        "These are the bits of the whole text",
    ),
    (
        "paired_standard_error",
        "return np.std(a - b, ddof=1)",
        "This is the standard deviation of the differences",
    ),
    (
        "paired_standard_error",
        "return np.std(a - b) / np.sqrt(len(a))",
        "The variance is divided by n here",
    ),
    (
        "paired_standard_error",
        "return np.sqrt((a.var(ddof=1) + b.var(ddof=1)) / len(a))",
        "This is the unpaired formula",
    ),
    ("pass_at_k", "return 1 - (1 - c / n) ** k", "This is the plain estimate"),
    ("pass_at_k", "return min(1, k * c / n)", "This adds up the k tries"),
    (
        "pass_at_k",
        "return math.comb(n - c, k) / math.comb(n, k)",
        "the probability that all k are wrong",
    ),
]


def written(name, body, **names):
    arguments = ", ".join(exercises()[name].arguments)
    exec(f"def {name}({arguments}):\n{textwrap.indent(body, '    ')}", names)
    return names[name]


@pytest.mark.parametrize(("name", "body", "part"), READERS)
def test_wrong_answers(name, body, part, verdict):
    result, said = verdict(name, written(name, body, np=np, math=math))
    assert said.startswith(f"{name}: not right yet. ") and part in said
    assert result is exercises()[name].reference


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("return 1 - math.comb(n - c, k) / math.comb(n, k)", "import math"),
        ("return random.random()", "import random"),
        ("return 1 - np.prod((n - c) / n)", "import numpy as np"),
        (
            "return len(list(combinations(range(n), k)))",
            "from itertools import combinations",
        ),
        ("return Counter([n, c])[k]", "from collections import Counter"),
    ],
)
def test_what_was_not_imported_is_to_be_imported(body, first, verdict):
    """Authority: the import statement that makes the name."""
    exec(first, {})
    assert verdict("pass_at_k", written("pass_at_k", body))[1].endswith(
        f"Write `{first}` first."
    )


def _one(n, k):
    return itertools.product(range(n), repeat=k)


def _counts(n):
    product = math.prod(range(1, n))
    return product * np.prod([product]) + functools.reduce(max, [n])


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (_one, True),
        (lambda n, k: sum(1 for one in _one(n, k)), True),
        (lambda n: (lambda k: list(itertools.permutations(range(n), k)))(2), True),
        (_counts, False),
        (lambda n, k: math.comb(n, k), False),
        (print, False),
        (None, False),
    ],
)
def test_what_lists_all_the_ways_is_known_before_it_runs(function, expected):
    """Authority: the call of itertools that stands there, or does not."""
    assert listing.lists(function) is expected


def test_a_function_that_lists_is_called_with_few(verdict):
    """Authority: C(n, k) itself, of every call."""
    seen = []

    def pass_at_k(n, c, k):
        seen.append(math.comb(n, k))
        found = list(itertools.combinations(range(n), k))
        return sum(min(one) < c for one in found) / len(found)

    assert "Multiply fractions" in verdict("pass_at_k", pass_at_k)[1]
    assert len(seen) > 10 and max(seen) <= listing.MOST
