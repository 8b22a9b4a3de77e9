"""The ladder: what is drawn, in which order, and what it says in words."""

import math

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from helpers.figures.loss import ladder
from helpers.live.style import figure
from helpers.maths.ngrams import rungs as counted
from tests.pictures import crowded

FLOOR = 0.5


def bars(ax):
    """{row: (left, right)} of the coloured bars, which come first."""
    return {
        round(bar.get_y() + bar.get_height() / 2): (
            bar.get_x(),
            bar.get_x() + bar.get_width(),
        )
        for bar in ax.containers[0]
    }


def words(ax):
    return [text.get_text() for text in ax.texts]


def test_bars_reach_from_the_floor_to_the_loss():
    """Authority: loss = entropy + KL divergence (Cover and Thomas, 5.4.3)."""
    _, ax = figure()
    order = ladder.draw(ax, {"mlp": 0.9, "uniform": 3.0, "bigram": 1.5}, FLOOR)
    assert order == ["uniform", "bigram", "mlp"]  # the worst at the top
    ends = [end for ends in bars(ax).values() for end in ends]
    assert ends == pytest.approx([FLOOR, 3.0, FLOOR, 1.5, FLOOR, 0.9])
    ticks = [tick.get_text() for tick in ax.get_yticklabels()]
    assert ticks == ["uniform", "bigram", "window MLP", "floor"]
    top, bottom = ax.get_ylim()[1], ax.get_ylim()[0]
    assert top < 0 < bottom  # row 0 is at the top


def test_numbers_beside_the_bars():
    """Authority: exp and differences worked out here."""
    _, ax = figure()
    ladder.draw(ax, {"bigram": 1.5}, FLOOR)
    said = words(ax)
    assert said[:3] == ["1.500", "1.000", f"{math.exp(1.5):.2f}"]
    assert said[3:6] == ["0.500", "0.000", f"{math.exp(0.5):.2f}"]
    assert "KL divergence" in said


def test_the_counted_rungs_in_words():
    """What nbval compares; the numbers are those of tests/maths/test_ngrams.py."""
    assert ladder.ladder().alt_text() == (
        "The ladder of models by mean held-out loss in nats a word, from the top: "
        "uniform 4.564 (perplexity 96.0), 4.224 above the floor; "
        "unigram 3.943 (perplexity 51.6), 3.603 above the floor; "
        "bigram 1.355 (perplexity 3.88), 1.015 above the floor; "
        "floor 0.340 (perplexity 1.40), the entropy of the language."
    )


def test_a_rung_earned_alone():
    said = ladder.ladder("uniform").alt_text()
    assert "uniform 4.564" in said and "gram" not in said and "floor 0.340" in said


def test_measured_rungs_are_described_without_their_number():
    """A stored notebook must read the same where training ended elsewhere."""
    first, second = (
        ladder.ladder("bigram", mlp=loss, my_model=0.4).alt_text()
        for loss in (0.92, 0.93)
    )
    assert first == second
    assert "window MLP, measured in this run, below bigram; my model" in first


def test_a_measured_loss_may_lie_under_the_floor_by_the_noise_only():
    floor = counted()["floor"]
    ladder.ladder(transformer=floor - 0.005)
    with pytest.raises(ValueError, match="under the floor of 0.340"):
        ladder.ladder(transformer=floor - 0.02)


@pytest.mark.parametrize("loss", [math.nan, math.inf, "low", None])
def test_a_loss_that_is_no_number(loss):
    with pytest.raises(ValueError, match="must be a number of nats"):
        ladder.ladder(mlp=loss)


@pytest.mark.parametrize("name", ["trigram", "mlp", "floor", "Uniform"])
def test_a_rung_that_is_not_known(name):
    with pytest.raises(ValueError, match="use uniform, unigram, bigram"):
        ladder.ladder("uniform", name)


@pytest.mark.parametrize(
    "rungs",
    [
        {"uniform": 4.564},
        {"uniform": 4.564, "unigram": 3.943, "bigram": 1.355},
        {"uniform": 4.564, "unigram": 3.943, "bigram": 1.355, "mlp": 0.9,
         "transformer": 0.35},
        {"transformer": 0.35},
        {},
    ],
)  # fmt: skip
def test_nothing_is_cut_off_or_on_top_of_another(rungs):
    """Authority: Matplotlib's own renderer, see pictures.py."""
    fig, ax = figure(ladder.size(rungs))
    ladder.draw(ax, rungs, 0.34)
    FigureCanvasAgg(fig)
    assert crowded(fig) == []
