"""Stories under many settings. Authority: the grammar, and one story at a time."""

import numpy as np
import pytest

from helpers import language
from helpers.figures.probability.draws import drawn
from helpers.figures.sampling.generation import MOST, grammar
from helpers.figures.sampling.settings import (
    SHOWN,
    STORIES,
    slips,
    stories_of,
    write_stories,
)
from helpers.maths import models
from helpers.maths.ngrams import bigram
from helpers.maths.probability import sample
from helpers.maths.sampling import adjust, generate

VOCABULARY = language.VOCABULARY
V = len(VOCABULARY)


@pytest.fixture(scope="module")
def counted():
    return bigram(language.train(), V).probabilities


@pytest.mark.parametrize("T, share", [(0.3, 1.0), (1.0, 0.9), (3.0, 1.0)])
def test_all_at_once_is_one_after_the_other(T, share):
    """Authority: the generation loop, with the same numbers."""
    model = models.probabilities(models.WindowMLP(V, window=4, hidden=8))
    together = stories_of(model, T, share, count=9)
    for run, text in enumerate(together, 1):
        numbers = iter(drawn(run, MOST))
        choose = lambda p: sample(adjust(p, T, None, share), next(numbers))  # noqa: B023, E731
        assert text == generate(model, [0], choose, most=MOST - 1)


def test_the_grammar_s_own_stories_have_no_slip():
    assert slips(stories_of(grammar, 1, 1, count=4)) == [None] * 4


def test_the_words_counted(counted):
    """Authority: the same stories, judged word by word."""
    live = write_stories(counted, VOCABULARY)
    for T, share in [(0.3, 1.0), (1.0, 0.9), (3.0, 1.0)]:
        first, second = live.move(T=T, share=share, run=SHOWN)
        assert "error" not in live.frame(live.state)
        counts, bad = [], 0
        for text in stories_of(counted, T, share):
            slip = next((t for t in range(1, len(text)) if _impossible(text, t)), None)
            counts.append((slip or len(text)) - 1)
            bad += slip is not None
        assert f"this story: }}{counts[SHOWN - 1]}," in first
        mean, spread = (float(x) for x in first.split("}")[-1].split(r"\pm"))
        assert mean == pytest.approx(np.mean(counts), abs=0.051)
        assert spread == pytest.approx(np.std(counts) / STORIES**0.5, abs=0.06)
        assert second.endswith(rf"}}{bad}\text{{ of }}{STORIES}")


def _impossible(text, t):
    p = grammar(text[:t])
    return p is None or p[text[t]] == 0
