"""Changed ends of a story. Authorities: sacrebleu, rouge-score, and the exact losses
of the language for a whole story."""

import re

import numpy as np
import pytest
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU

from helpers import language
from helpers.figures.evaluation.endings import (
    CHANGES,
    KITE,
    KITE_END,
    RACE,
    RACE_END,
    TEN,
    chain,
    log_probability,
    overlaps,
)
from helpers.figures.evaluation.misses import SCORES, change_an_end, changed
from helpers.maths.tokens import encode
from tests.pictures import crowded

THEIRS = BLEU(smooth_method="none", tokenize="none", force=True)
ENDS = [(RACE, one) for one in CHANGES.values()] + [(KITE, one) for one in TEN]


class Split:
    def tokenize(self, text):
        return text.split()


ROUGE = RougeScorer(["rouge1", "rouge2", "rougeL"], tokenizer=Split())


@pytest.fixture(scope="module")
def live():
    return change_an_end()


@pytest.mark.parametrize("beginning, ending", ENDS)
def test_log_probability(beginning, ending):
    story, start = f"{beginning} {ending} [end]".split(), len(beginning.split())
    p = log_probability(ending, beginning)
    try:
        losses = language.losses(encode(story, language.VOCABULARY))
    except ValueError:
        assert p == -np.inf and chain(ending, beginning)[-1] == 0
    else:
        assert p == pytest.approx(-losses[start:].sum(), abs=1e-12)
        assert np.exp(-losses[start:]) == pytest.approx(chain(ending, beginning))


@pytest.mark.parametrize("beginning, ending", ENDS)
def test_overlaps(beginning, ending):
    reference = RACE_END if beginning == RACE else KITE_END
    rouge = ROUGE.score(reference, ending)
    theirs = {
        "ROUGE-1": rouge["rouge1"].fmeasure,
        "ROUGE-2": rouge["rouge2"].fmeasure,
        "ROUGE-L": rouge["rougeL"].fmeasure,
        "BLEU": THEIRS.sentence_score(ending, [reference]).score / 100,
    }
    assert overlaps(ending, reference) == pytest.approx(theirs, abs=1e-9)


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_shown(live, change):
    falls, verdict = live.move(change=change)
    frame = live.frame(live.state)
    assert "error" not in frame and not crowded(live._fig)
    scores = overlaps(CHANGES[change], RACE_END)
    numbers = [float(x) for x in re.findall(r"\d\.\d{3}", falls)]
    wanted = [scores["BLEU"], 1 - scores["BLEU"]]
    wanted += [scores["ROUGE-L"], 1 - scores["ROUGE-L"]]
    assert numbers == pytest.approx(wanted, abs=0.00051)
    bars = [one for one in live._fig.axes[0].patches if one.get_animated()][1]
    widths = np.ptp(bars.get_path().vertices.reshape(len(SCORES), 5, 2)[..., 0], axis=1)
    whole = live._fig.axes[0].patches[1].get_path().vertices[:5, 0]
    assert widths / np.ptp(whole) == pytest.approx([scores[name] for name in SCORES])
    p = log_probability(CHANGES[change], RACE)
    assert ("impossible" in verdict) == (p == -np.inf) == ("impossible" in frame["alt"])
    if p > -np.inf:
        assert f"{p:.2f}" in verdict


def test_changed_words():
    tokens = RACE_END.split()
    for change, words in {
        "nothing": [],
        "not added": ["not"],
        "two names swapped": ["ben", "anna"],
        "the other wins": ["ben", "anna", "ben", "anna", "anna"],
        "same sense": ["began", "to", "cry"],
    }.items():
        new = CHANGES[change].split()
        assert [new[i] for i in changed(new, tokens)] == words
    assert sorted(CHANGES["scrambled"].split()) == sorted(tokens)
    assert sorted(CHANGES["two names swapped"].split()) == sorted(tokens)


def test_what_the_text_says():
    """A sentence turned into its opposite loses less than one that means the same."""
    scores = {name: overlaps(text, RACE_END) for name, text in CHANGES.items()}
    p = {name: log_probability(text, RACE) for name, text in CHANGES.items()}
    for name in SCORES:
        assert scores["not added"][name] > scores["same sense"][name]
        assert scores["same sense"][name] > scores["own words"][name]
    assert scores["two names swapped"]["ROUGE-1"] == scores["scrambled"]["ROUGE-1"] == 1
    possible = {name for name, value in p.items() if value > -np.inf}
    assert possible == {"nothing", "the other wins", "same sense"}
