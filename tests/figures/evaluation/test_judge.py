"""A judge with habits. Authority: scipy's σ and its minimiser, and the normal curve."""

import itertools
import re

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import expit, log_expit, logit
from scipy.stats import norm

from helpers.figures.evaluation.judge import (
    LENGTHS,
    MEETINGS,
    TRUE,
    Strengths,
    biased_judge,
    habit,
    judged,
)
from helpers.live.style import figure
from helpers.maths.evaluation.judging import WIDE, expected_wins

S = np.array(list(TRUE.values()))


@pytest.fixture(scope="module")
def live():
    return biased_judge()


def share(i, j, first, longer, both):
    """How often i is chosen over j, i before j in the list."""
    gap = S[i] - S[j] + logit(longer / 100) * np.sign(LENGTHS[i] - LENGTHS[j])
    b = logit(first / 100)
    return (expit(gap + b) + expit(gap - b)) / 2 if both else expit(gap + b)


SETTINGS = list(itertools.product((50, 65, 95), (50, 80), (True, False)))


@pytest.mark.parametrize("first, longer, both", SETTINGS)
def test_the_table_and_the_fit(live, first, longer, both):
    live.move(first=first, longer=longer, both=both, meetings=40)
    left, right = live._fig.axes
    told = {
        tuple(map(int, text.get_position())): float(text.get_text())
        for text in left.texts
        if text.get_text()
    }
    p = {}
    for i, j in itertools.combinations(range(4), 2):
        p[i, j] = share(i, j, first, longer, both)
        assert told[j, i] == pytest.approx(p[i, j], abs=0.0051)
        assert told[i, j] == pytest.approx(1 - p[i, j], abs=0.0051)

    def loss(s):
        return -sum(
            q * log_expit(s[i] - s[j]) + (1 - q) * log_expit(s[j] - s[i])
            for (i, j), q in p.items()
        )

    fit = minimize(loss, np.zeros(4), tol=1e-10).x
    dots = right.get_lines()[2].get_xdata()
    assert dots == pytest.approx(fit - fit.mean(), abs=1e-4)
    whiskers = right.get_lines()[1].get_xdata().reshape(4, 3)[:, :2]
    assert whiskers.mean(axis=1) == pytest.approx(dots)


@pytest.mark.parametrize("first, longer, both", SETTINGS)
def test_bold_and_framed_is_where_the_worse_one_wins(live, first, longer, both):
    live.move(first=first, longer=longer, both=both)
    left = live._fig.axes[0]
    bold = {
        tuple(map(int, text.get_position()[::-1]))
        for text in left.texts
        if text.get_text() and text.get_weight() == "bold"
    }
    turned = {(i, j) for i, j in itertools.combinations(range(4), 2)
              if float(f"{share(i, j, first, longer, both):.2f}") > 0.5}  # fmt: skip
    assert bold == turned | {(j, i) for i, j in turned}
    framed = left.patches[1].get_path()
    for i, j in itertools.permutations(range(4), 2):
        assert framed.contains_point((j, i)) == ((i, j) in bold)


def test_a_half_is_not_framed(live):
    """At 55 % the Transformer wins a little over half of its texts: 0.50 is shown."""
    live.move(first=55, longer=50, both=False)
    assert share(2, 3, 55, 50, False) > 0.5
    assert not live._fig.axes[0].patches[1].get_path().contains_point((3, 2))


def test_each_end_of_an_interval_has_a_cap_or_an_arrow():
    _, ax = figure()
    rows = Strengths(ax, ["a", "b"], "dots", "diamonds")
    rows.show(np.array([-1.0, 2.0]), np.array([0.5, 1.2]), np.zeros(2))
    assert rows.caps.get_xydata().tolist() == [[-2, 0], [2 - 2.4, 1], [0, 0]]
    assert rows.further[1].get_ydata().tolist() == [1]
    assert not len(rows.further[-1].get_xdata())


def test_place_and_length_stand_beside_the_names(live):
    """Authority: with equal strengths, who is shown first or longer is chosen more."""
    for both in (False, True):
        live.move(both=both)
        texts = [text.get_text() for text in live._fig.axes[1].texts]
        assert [int(text[-1]) for text in texts] == list(LENGTHS)
        assert any("shown" in text for text in texts) != both
        told = re.search(r"Lengths: (.*?)\.", live.alt_text())[1]
        assert [int(x) for x in re.findall(r"\d", told)] == list(LENGTHS)
    wins = expected_wins([0] * 4, 10, habit(90), 0, LENGTHS, False)
    live.move(both=False)
    places = [int(text.get_text()[6]) for text in live._fig.axes[1].texts]
    assert places == list(1 + np.argsort(-wins.sum(axis=1)))


def test_a_careful_judge_finds_the_truth(live):
    _, s, _ = judged(50, 50, False, 10)
    assert s == pytest.approx(S, abs=1e-9)
    assert habit(80) == pytest.approx(np.log(4))


def test_two_standard_errors_hold_19_of_20():
    assert norm.cdf(WIDE) - norm.cdf(-WIDE) == pytest.approx(19 / 20, abs=0.005)


def test_four_times_the_judgements_halve_the_interval():
    (_, _, few), (_, _, many) = (judged(70, 60, True, n) for n in (10, 40))
    assert few == pytest.approx(4 * many)


@pytest.mark.parametrize("first, longer, both", SETTINGS)
@pytest.mark.parametrize("meetings", MEETINGS[::4])
def test_the_verdict_follows_from_its_own_digits(live, first, longer, both, meetings):
    *_, gap, said = live.move(first=first, longer=longer, both=both, meetings=meetings)
    assert "error" not in live.frame(live.state)
    fitted, error, true = map(float, re.findall(r"-?\d+\.\d+", gap))
    assert true == 0.2 and f"{6 * meetings:,} judgements" in said
    if "cannot be told apart" in said:
        assert abs(fitted) <= error
    else:
        assert abs(fitted) >= error
        assert ("is right" in said) == (fitted > 0) == ("the grammar is" in said)


def test_the_formula_has_the_digits(live):
    for (first, longer, both), meetings in itertools.product(SETTINGS, (20,)):
        line = live.move(first=first, longer=longer, both=both, meetings=meetings)[0]
        total = [
            sum(float(x) for x in re.findall(r"-?\d+\.\d+", inside.replace(" ", "")))
            for inside in re.findall(r"\\sigma\(([^)]*)\)", line)
        ]
        shown = float(line.rpartition("= ")[2])
        assert shown == pytest.approx(np.mean(expit(total)), abs=0.0051)
