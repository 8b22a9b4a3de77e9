"""What the prose of 01_probability says in words."""

from math import ulp

from scipy.stats import binom

from helpers import language
from tests.prose.nb_01_probability import FIRSTS, PAIRS, SD, WORD, numerator, pair


def test_what_the_prose_says_without_digits():
    """Authorities: the binomial law, float64 itself, pairs in a dictionary."""
    inside = [n for n in FIRSTS if abs(n - 500) < SD]
    assert len(inside) == 12
    assert [n for n in FIRSTS if abs(n - 500) > 2 * SD] == [max(FIRSTS)]
    # About two in three, about nineteen in twenty: the exact binomial law.
    assert abs(binom.cdf(515, 1000, 0.5) - binom.cdf(484, 1000, 0.5) - 2 / 3) < 0.02
    assert abs(binom.cdf(531, 1000, 0.5) - binom.cdf(468, 1000, 0.5) - 0.95) < 0.01
    assert 0.5**1000 > 0 and 0.45**1000 == 0
    assert ulp(0.0) == 4.9e-324
    # Only three words come before home; came leads from 1.13 times as often on.
    before_home = {a for a, b in PAIRS if b == WORD("home")}
    assert before_home == {WORD("went"), WORD("came"), WORD("ran")}
    assert 1 < numerator("went") / numerator("came") < 1.5
    assert {a for a, b in PAIRS if b == WORD("away")} == {WORD("ran")}
    # At the beginning of a story one day is never followed by a pet's name.
    begin = language.next_word("one day")
    assert not begin[[WORD("pip"), WORD("dot"), WORD("sam")]].any()
    assert pair("day", "pip") > 0
