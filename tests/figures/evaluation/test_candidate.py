"""BLEU as it is drawn. Authority: sacrebleu's counts, penalty and score."""

import re

import pytest
from sacrebleu.metrics import BLEU

from helpers.figures.evaluation.candidate import (
    CANDIDATE,
    COUNTED,
    LOOKS,
    MISSING,
    REFERENCES,
    edit_candidate,
    lit,
    marks,
)
from helpers.maths.evaluation.overlap import ngrams
from tests.pictures import crowded

TOKENS = [reference.split() for reference in REFERENCES]
THEIRS = BLEU(smooth_method="none", tokenize="none", force=True)
TYPED = [
    CANDIDATE,
    *REFERENCES,
    "the the the the the",
    "the park the park and found the kite",
    "ben found the red kite",
    "ben found the kite in the park and found it .",
    "kite the found ben .",
    "ben",
    "她 found the kite & <b> $x",
]


@pytest.fixture(scope="module")
def live():
    return edit_candidate()


def told(live, text, n=1):
    lines = live.move(text=text, n=n)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    return lines


@pytest.mark.parametrize("text", TYPED)
def test_digits(live, text):
    _, precisions, brevity, total = told(live, text)
    theirs = THEIRS.sentence_score(text, list(REFERENCES))
    pairs = re.findall(r"\\frac\{(\d+)\}\{(\d+)\}", precisions)
    counts = list(zip(theirs.counts, theirs.totals, strict=True))
    assert [(int(a), int(b)) for a, b in pairs] == counts
    assert brevity.startswith(f"c = {theirs.sys_len} ")
    assert f"r = {theirs.ref_len}" in brevity
    shown = float(re.split(r"[ }]", brevity)[-1])
    assert shown == pytest.approx(theirs.bp, abs=0.00051)
    if theirs.score:
        assert float(total.split("= ")[-1]) == pytest.approx(
            theirs.score / 100, abs=0.00051
        )
    else:
        assert r"\text{BLEU} = 0" in total


@pytest.mark.parametrize("n", range(1, 5))
@pytest.mark.parametrize("text", TYPED)
def test_bars(live, text, n):
    """As many bars as n-grams, as many that count as sacrebleu counts; a reference is
    lit as often as both have the n-gram."""
    tokens, theirs = text.split(), THEIRS.sentence_score(text, list(REFERENCES))
    found = marks(tokens, TOKENS, n)
    assert len(found) == theirs.totals[n - 1]
    assert found.count(COUNTED) == theirs.counts[n - 1]
    for i, kind in enumerate(found):
        gram = f" {' '.join(tokens[i : i + n])} "
        known = any(gram in f" {one} " for one in REFERENCES)
        assert (kind == MISSING) == (not known)
    for reference in TOKENS:
        shared = ngrams(tokens, n) & ngrams(reference, n)
        assert len(lit(tokens, reference, n)) == shared.total()
    told(live, text, n)
    assert f" {found.count(COUNTED)} count" in live.alt_text()
    ax = live._fig.axes[0]
    drawn = [patch for patch in ax.patches if patch.get_animated()]
    for kind, patch in zip(LOOKS, drawn[:3], strict=True):
        assert len(patch.get_path().vertices) // 5 == found.count(kind)


def test_clipping_is_told(live):
    first = told(live, "the the the the the")[0]
    assert "the}\\text{: 5 in the candidate, 2 and 1 in the references" in first
    assert first.endswith(r"\min(5,\ 2) = 2")


def test_a_tie_of_lengths_goes_to_the_shorter(live):
    """11 and 9 words are equally close to 10: sacrebleu takes 9, and so no penalty."""
    assert len(CANDIDATE.split()) == 10
    assert [len(one) for one in TOKENS] == [11, 9]
    assert told(live, CANDIDATE)[2] == r"c = 10 \geq r = 9\text{, so no penalty: } 1"


def test_empty(live):
    lines = told(live, "  ", 2)
    assert "has no words" in lines[0] and r"p_1 = \frac{0}{0}" in lines[1]
    assert lines[2].endswith("} 0") and "too short" in lines[3]
    assert "has no 2 words in a row" in told(live, "ben", 2)[0]


def test_what_has_no_room_is_left_out():
    live = edit_candidate()
    live.lay_out(True)
    live.move(text=" ".join(["क" * 12] * 4), n=1)  # three rows of them have room
    live.frame(live.state)
    texts = live._fig.axes[0].texts
    (head,) = [t for t in texts if t.get_text().startswith("reference 1")]
    words = [t for t in texts if t.get_text().startswith("क")]
    assert len(words) == 3
    assert all(t.get_position()[1] < head.get_position()[1] for t in words)
