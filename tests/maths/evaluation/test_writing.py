"""Writing many stories and judging them; several tries at one task.

Authorities: the generation loop of `sampling`, the grammar's own sampling,
counting by hand, all subsets of the samples, and scipy's binomial and hypergeometric
distributions.
"""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import comb
from scipy.stats import binom, hypergeom

from helpers import language
from helpers.figures.sampling.settings import SHARES, TEMPERATURES
from helpers.maths import ngrams
from helpers.maths.evaluation import leaks, writing
from helpers.maths.probability import sample
from helpers.maths.sampling import adjust, generate

BIGRAM = ngrams.bigram(language.train(), len(language.VOCABULARY)).probabilities
NUMBERS = np.random.default_rng(3).random((12, 44))
STORY = [int(i) for i in leaks.cut(language.held_out())[0]]


# ---- writing


@pytest.mark.parametrize("T", TEMPERATURES)
@pytest.mark.parametrize("share", SHARES)
def test_rows_are_adjusted_as_one_is(T, share):
    """Authority: `sampling.adjust`, a row at a time."""
    p = np.random.default_rng(0).dirichlet(np.full(20, 0.2), 30)
    p[0] = np.eye(20)[3]
    one_by_one = [adjust(row, T, None, share) for row in p]
    found = writing.adjusted(p, T, share)
    assert found == pytest.approx(np.array(one_by_one), abs=1e-12)


@pytest.mark.parametrize("model", [BIGRAM, writing.grammar()])
@pytest.mark.parametrize(("T", "share"), [(0.5, 1.0), (1.0, 0.9), (2.0, 0.7)])
def test_all_at_once_is_one_after_the_other(model, T, share):
    """Authority: the generation loop, with the same numbers."""
    for numbers, story in zip(
        NUMBERS, writing.stories(model, NUMBERS, T, share), strict=True
    ):
        rest = iter(numbers)
        choose = lambda p: sample(adjust(p, T, None, share), next(rest))  # noqa: B023, E731
        assert [0, *story] == generate(model, [0], choose, most=len(numbers))


def test_the_grammar_as_a_model():
    """Authority: `language.next_word`."""
    model = writing.grammar()
    for k in range(len(STORY)):
        words = [language.VOCABULARY[i] for i in STORY[:k]]
        assert model([0, *STORY[:k]]) == pytest.approx(language.next_word(words))


# ---- judging


def test_chances_and_coverage():
    """Authority: the exact losses of the same stories, one at a time."""
    p = np.exp(-language.losses(STORY).sum())
    wrong, unended = [*STORY[:5], STORY[0], *STORY[6:]], STORY[:-1]
    found = writing.chances([STORY, wrong, unended, [], [0]])
    assert found == pytest.approx([p, 0, 0, 0, 0])
    assert writing.coverage([STORY, wrong, STORY]) == pytest.approx(p)


def test_all_stories_together_cover_everything():
    """Authority: a sum over what is written, never above 1 and growing."""
    stories = leaks.cut(language.train())
    part, whole = writing.coverage(stories[:500]), writing.coverage(stories)
    assert 0 < part < whole < 1
    # Of a fresh story so much stands in the text: that is what coverage is.
    assert whole == pytest.approx(leaks.expected_standing(len(stories)), rel=0.02)


def test_distinct_by_hand():
    """(1, 2), (2, 1), (1, 2) and (1, 2): two different ones of four."""
    assert writing.distinct([[1, 2, 1, 2], [1, 2], [3]], 2) == 2 / 4
    assert writing.distinct([[1, 2, 1, 2], [3]], 1) == 3 / 5
    with pytest.raises(ValueError, match="No story has 3 words"):
        writing.distinct([[1, 2]], 3)


def test_judged_by_hand():
    known = {tuple(STORY)}
    found = writing.judged([STORY, [1, 2, 3, 4, 0]], known)
    assert found["possible"] == 0.5 and found["new"] == 0
    assert writing.judged([STORY], set())["new"] == 1
    assert np.isnan(writing.judged([[1, 2, 3, 4, 0]], known)["new"])
    with pytest.raises(ValueError, match="no story"):
        writing.judged([], known)


# ---- several tries

tries = st.integers(1, 60).flatmap(
    lambda n: st.tuples(st.just(n), st.integers(0, n), st.integers(1, n))
)


@pytest.mark.parametrize("n", range(1, 8))
def test_pass_at_k_by_all_subsets(n):
    for c in range(n + 1):
        for k in range(1, n + 1):
            drawn = [any(i < c for i in some) for some in combinations(range(n), k)]
            assert writing.pass_at_k(n, c, k) == pytest.approx(np.mean(drawn))


@given(tries)
def test_pass_at_k_by_scipy(case):
    n, c, k = case
    found = writing.pass_at_k(n, c, k)
    assert found == pytest.approx(1 - comb(n - c, k) / comb(n, k), abs=1e-12)
    assert found == pytest.approx(hypergeom.sf(0, n, c, k), abs=1e-10)
    assert found >= writing.plain_pass_at_k(n, c, k) - 1e-12


def test_pass_at_k_of_many():
    assert writing.pass_at_k(10**6, 1, 5 * 10**5) == pytest.approx(0.5)
    assert writing.pass_at_k(5, 4, 2) == 1 and writing.pass_at_k(5, 0, 2) == 0


@pytest.mark.parametrize("p", [0.05, 0.3, 0.8])
@pytest.mark.parametrize(("n", "k"), [(5, 1), (5, 2), (10, 10), (20, 5)])
def test_right_in_the_mean(p, n, k):
    """Authority: the binomial distribution of c. The plain one is too low for k > 1."""
    c, true = np.arange(n + 1), 1 - (1 - p) ** k
    means = [
        binom.pmf(c, n, p) @ [estimate(n, int(one), k) for one in c]
        for estimate in (writing.pass_at_k, writing.plain_pass_at_k)
    ]
    assert means[0] == pytest.approx(true, abs=1e-9)
    assert (
        means[1] == pytest.approx(true, abs=1e-9) if k == 1 else means[1] < true - 1e-6
    )


@pytest.mark.parametrize(
    ("case", "words"),
    [((5, 2, 6), "write more samples"), ((5, 6, 2), "from 0 to 5"),
     ((5, -1, 2), "from 0 to 5"), ((0, 0, 1), "at least 1"), ((5, 2, 0), "at least 1"),
     ((5, 2.5, 1), "whole number")],
)  # fmt: skip
def test_impossible_tries(case, words):
    with pytest.raises(ValueError, match=words):
        writing.pass_at_k(*case)
