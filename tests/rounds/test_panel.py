"""You are the model. Authority: worked examples P1, E1 and M1."""

import math

import pytest

from helpers import rounds
from helpers.rounds.panel import even, score, surprise

P1 = rounds.Round(
    said="今天天气真… The weather today is so …",
    words=["好 (good)", "晴朗 (sunny)", "糟糕 (awful)", "热 (hot)", "others"],
    truth=1,
    models={"uniform": 0.2},
)


def test_score_of_m1():
    # M1: red .8, four times in five, and blue .1 once: perplexity 1.89.
    loss, perplexity = score([0.8, 0.8, 0.8, 0.8, 0.1])
    assert round(perplexity, 2) == 1.89
    assert math.isclose(loss, math.log(perplexity))


def test_certain_and_right_is_no_loss_and_no_minus_sign():
    assert str(surprise(1.0)) == "0.0"


def test_the_loss_of_p1_is_e1():
    panel = rounds.you_are_the_model([P1])
    panel.answer([0.40, 0.30, 0.15, 0.10, 0.05])
    assert round(panel.results()["you"][0], 3) == 1.204
    assert round(panel.results()["uniform"][1], 6) == 5
    assert "1.204" in panel.board.value


def test_even_bars_sum_to_100():
    assert [sum(even(n)) for n in range(1, 12)] == [100] * 11


def test_the_button_walks_through_the_rounds_and_begins_again():
    panel = rounds.you_are_the_model([P1, P1])
    said = []
    for _ in range(5):
        said.append(panel.button.description)
        panel.button.click()
    assert said == [
        "That is my answer", "Next", "That is my answer", "Play again",
        "That is my answer",
    ]  # fmt: skip
    assert len(panel.given) == 1


def test_zero_for_the_truth_is_infinite_and_said():
    panel = rounds.you_are_the_model([P1])
    panel.answer([1, 0, 0, 0, 0])
    assert "∞" in panel.board.value
    assert "never" in panel.board.value


def test_a_round_without_a_truth_marks_nobody():
    panel = rounds.you_are_the_model([rounds.Round("I bought …", ["fruit", "food"])])
    panel.answer([0.5, 0.5])
    assert panel.results() == {}
    assert "sums to 1" in panel.board.value


def test_words_are_never_markup():
    panel = rounds.you_are_the_model([rounds.Round("<b>hi", ["<i>a", "b"], truth=0)])
    panel.answer([0.5, 0.5])
    assert "<b>" not in panel.said.value
    assert "<i>" not in panel.board.value


def test_the_bundle_has_a_picture_and_its_description():
    data, _ = rounds.you_are_the_model([P1])._repr_mimebundle_()
    assert "image/png" in data
    assert data["text/plain"].startswith("You are the model. 今天天气真")


@pytest.mark.parametrize(
    "build",
    [
        lambda: rounds.Round("a", ["b"], truth=1),
        lambda: rounds.Round("a", ["b"], truth=0, models={"x": 2}),
        lambda: rounds.you_are_the_model([]),
    ],
)
def test_bad_rounds_are_refused_with_a_sentence(build):
    with pytest.raises(ValueError, match=r"\w+ .*\."):
        build()
