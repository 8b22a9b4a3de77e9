"""The table of common subsequences. Authority: every subsequence, enumerated."""

import itertools
import re

import pytest
from rouge_score.rouge_scorer import RougeScorer

from helpers.figures.evaluation.table import (
    BACK,
    CANDIDATES,
    LAST,
    REFERENCE,
    TABLES,
    TEXTS,
    M,
    N,
    State,
    cell,
    fill_table,
)
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return fill_table()


def subsequences(words):
    return {
        tuple(words[i] for i in chosen)
        for size in range(len(words) + 1)
        for chosen in itertools.combinations(range(len(words)), size)
    }


@pytest.mark.parametrize("name", CANDIDATES)
def test_every_cell(name):
    words = CANDIDATES[name]
    assert len(words) == M and len(REFERENCE) == N
    for i, j in itertools.product(range(M + 1), range(N + 1)):
        shared = subsequences(words[:i]) & subsequences(REFERENCE[:j])
        assert TABLES[name][i][j] == max(map(len, shared))


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_way_back_finds_a_longest(name):
    words = CANDIDATES[name]
    taken = [words[i - 1] for i, _ in reversed(State.of(name, LAST).taken)]
    assert tuple(taken) in subsequences(words) & subsequences(REFERENCE)
    assert len(taken) == TABLES[name][M][N]
    assert BACK[name][0] == (M, N) and 1 in BACK[name][-1]
    for (i, j), (above, left) in itertools.pairwise(BACK[name]):
        assert (i - above, j - left) in {(0, 1), (1, 0), (1, 1)}


@pytest.mark.parametrize("name", CANDIDATES)
def test_each_step(live, name):
    """The digits of the rule, the number shown in the cell, and nothing ahead of it."""
    words = CANDIDATES[name]
    for step in range(LAST + 1):
        rule, common, score, _ = live.move(pair=name, step=step)
        assert "error" not in live.frame(live.state)
        texts = [text for text in live._fig.axes[0].texts if text.get_text().isdigit()]
        assert len(texts) == M + N + 1 + min(step, M * N)
        assert ("?" in score) == (step < M * N)
        assert ("stand here on" in common) == (step <= M * N)
        if 0 < step <= M * N:
            i, j = cell(step)
            *_, result = re.findall(r"\d+", rule)
            assert int(result) == TABLES[name][i][j]
            assert ("one more" in rule) == (words[i - 1] == REFERENCE[j - 1])
    assert [cell(s) for s in range(1, M * N + 1)] == [
        (i, j) for i in range(1, M + 1) for j in range(1, N + 1)
    ]


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_description_does_not_run_ahead(live, name):
    for step in range(LAST + 1):
        live.move(pair=name, step=step)
        told = f"last cell holds {TABLES[name][M][N]}" in live.alt_text()
        assert told == ("last" in live.alt_text()) == (step >= M * N)


@pytest.mark.parametrize("name", CANDIDATES)
def test_the_end(live, name):
    """Authority: rouge-score, which cuts at the blanks and drops no word here."""
    _, common, *score = live.move(pair=name, step=LAST)
    score, state = " ".join(score), State.of(name, LAST)
    shown = common.split(": ")[1].rstrip("}").split()
    wanted = [CANDIDATES[name][i - 1] for i, _ in reversed(state.taken)] or ["none"]
    assert shown == wanted and not crowded(live._fig)
    theirs = RougeScorer(["rougeL"], tokenizer=Split()).score(
        " ".join(REFERENCE), TEXTS[name]
    )["rougeL"]
    digits = [float(x) for x in re.findall(r"= (\d\.\d+|0$)", score)]
    wanted = [theirs.recall, theirs.precision, theirs.fmeasure]
    if not theirs.fmeasure:
        assert r"R = \frac{0}{7}" in score and digits == [0]
    else:
        assert digits == pytest.approx(wanted, abs=0.00051)


class Split:
    def tokenize(self, text):
        return text.split()
