"""Beams and a length penalty. Authority: the search itself at every penalty."""

import re

import pytest

from helpers import language
from helpers.figures.sampling.lengths import LOWEST, MOST, found_texts, weigh_length
from helpers.maths import ngrams
from helpers.maths.sampling import beam_search
from helpers.maths.tokens import encode

PROMPT = encode(["anna", "had", "a"], language.VOCABULARY)


@pytest.fixture(scope="module")
def bigram():
    V = len(language.VOCABULARY)
    return ngrams.bigram(language.train(), V).probabilities


@pytest.fixture(scope="module")
def live(bigram):
    return weigh_length(bigram, PROMPT)


@pytest.mark.parametrize("alpha", [k / 10 for k in range(21)])
def test_the_best_is_what_the_search_finds(bigram, live, alpha):
    log_p, ids = beam_search(bigram, PROMPT, 30, most=MOST, alpha=alpha)[0]
    count = len(ids) - len(PROMPT)
    formula, _ = live.move(alpha=alpha)
    assert "error" not in live.frame(live.state)
    given = [float(x) for x in re.findall(r"-?\d+\.\d+|(?<={)\d+(?=\^)", formula)]
    score = log_p / count**alpha
    assert given == pytest.approx([log_p, count, alpha, score], abs=5e-4)
    assert language.text(ids) in live.alt_text()


def test_all_texts_stand_in_the_picture(bigram):
    texts = found_texts(bigram, PROMPT, 30)
    assert all(0 < len(t) <= MOST and LOWEST < texts[t] < 0 for t in texts)


def test_the_words_of_the_notebook(live):
    """Short without a penalty, a loop at 1: and at 0.7 something in between."""
    for alpha, count, start in (
        (0, 3, "Anna had a race."),
        (0.7, 7, "Anna had a red kite to the park."),
        (
            1,
            39,
            "Anna had a red kite to the park. Anna went there and found the park. ",
        ),
    ):
        live.move(alpha=alpha)
        assert f"has {count} words: {start}" in live.alt_text()
