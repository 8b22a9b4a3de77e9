"""The loop by hand and the stories. Authority: the grammar itself."""

import random

import numpy as np
import pytest

from helpers import language
from helpers.figures.sampling.generation import (
    MOST,
    Writer,
    first_slip,
    grammar,
    write_an_answer,
)
from helpers.language.answers import TABLE
from helpers.maths.ngrams import bigram
from helpers.maths.probability import sample

VOCABULARY = language.VOCABULARY
V = len(VOCABULARY)


@pytest.fixture
def writer():
    return Writer(grammar, VOCABULARY)


@pytest.fixture(scope="module")
def counted():
    return bigram(language.train(), V).probabilities


def told(writer):
    return [VOCABULARY[i] for i in writer.ids]


def test_picking_appends(writer):
    writer.pick("red")
    assert told(writer) == ["one", "morning", "anna", "took", "a", "red"]
    p = language.next_word("one morning anna took a")[VOCABULARY.index("red")]
    assert (
        f"the model gave it {p:.3f}, the grammar gives it {p:.3f}" in writer.note.value
    )
    assert f"{np.log(p):.3f}" in writer.note.value
    assert "one morning anna took a red</b> …" in writer.page.value
    writer.back()
    writer.back()
    assert told(writer) == ["one", "morning", "anna", "took", "a"]


def test_the_buttons_do_it(writer):
    best = writer.words[0]
    assert best.word == VOCABULARY[int(np.argmax(writer.p))]
    word = best.word
    best.click()
    assert told(writer)[-1] == word and "picked by you" in writer.note.value
    sampled, greedy, back = writer.actions
    greedy.click()
    assert "the most probable" in writer.note.value
    sampled.click()
    assert "sampled, u = 0.134" in writer.note.value  # random.Random(1).random()
    assert random.Random(1).random() == pytest.approx(0.134, abs=0.0005)
    length = len(writer.ids)
    back.click()
    assert len(writer.ids) == length - 1


def test_sampling_is_by_the_inverse_cdf(writer):
    draw = random.Random(1).random
    for _ in range(5):
        wanted = sample(writer.p, draw())
        writer.sample()
        assert writer.ids[-1] == wanted


def test_a_story_ends(writer):
    for _ in range(60):
        writer.greedy()
    assert told(writer)[-1] == "[end]" and "The text is over." in writer.note.value
    assert all(button.disabled for button in writer.words)
    assert {button.layout.visibility for button in writer.words} == {"hidden"}
    assert "no bars" in writer.picture.alt_text()
    length = len(writer.ids)
    writer.pick("red")
    writer.sample()
    assert len(writer.ids) == length
    writer.back()
    assert not writer.words[0].disabled
    assert writer.words[0].layout.visibility == "visible"


def test_a_text_without_an_end_stops(counted):
    writer = Writer(lambda ids: np.eye(V)[5], VOCABULARY)
    for _ in range(2 * MOST):
        writer.greedy()
    assert len(writer.ids) == MOST and "The text is over." in writer.note.value


def test_impossible_words_are_said_to_be(counted):
    writer = Writer(counted, VOCABULARY)
    writer.pick("cheese")
    assert "the grammar never says this" in writer.note.value
    writer.pick(".")
    assert "the grammar had given the text up before" in writer.note.value


@pytest.mark.parametrize(
    "prompt, said",
    [
        ("", "The prompt is empty"),
        ("   ", "The prompt is empty"),
        ("one kangaroo", "kangaroo"),
        ("<b>好 & 🐈", "not in the vocabulary"),
        ("one " * 100, "too long"),
    ],
)
def test_a_bad_prompt_gets_a_sentence(writer, prompt, said):
    before = list(writer.ids)
    writer.begin(prompt)
    assert said in writer.fault.value and "<b>" not in writer.fault.value
    assert writer.ids == before
    writer.begin("Ben had a")
    assert writer.fault.value == "" and told(writer) == ["ben", "had", "a"]


def test_what_is_typed_begins(writer):
    writer.greedy()
    writer.prompt.value = "Ben had a"
    assert told(writer) == ["ben", "had", "a"]
    writer.prompt.value = "one kangaroo"
    assert "kangaroo" in writer.fault.value and told(writer) == ["ben", "had", "a"]


def test_it_has_a_picture_without_a_kernel(writer):
    data, metadata = writer._repr_mimebundle_()
    assert "image/png" in data and data["text/plain"].startswith("Write word by word.")
    assert metadata["image/png"]["alt"]


@pytest.mark.parametrize("seed", range(6))
def test_the_first_slip(seed):
    """Authority: a walk through the grammar word by word."""
    rng = random.Random(seed)
    text = [0, *map(int, language.sample(1, seed=seed))]
    assert first_slip(text, 1) is None
    text[rng.randrange(1, len(text))] = rng.randrange(1, V)
    slow = next(
        (t for t in range(1, len(text))
         if (p := grammar(text[:t])) is None or p[text[t]] == 0),
        None,
    )  # fmt: skip
    assert first_slip(text, 1) == slow


def test_the_chinese_answer():
    """Authority: the path 在 北 京 [end] and its probabilities, by hand."""
    writer = write_an_answer()
    for _ in range(5):
        writer.greedy()
    assert [writer.vocabulary[i] for i in writer.ids[-4:]] == [
        "在",
        "北",
        "京",
        "[end]",
    ]
    total = np.log([0.2, 0.6, 0.9, 0.8]).sum()
    assert f"ln P of the 4 added: {total:.3f}" in writer.note.value
    assert "grammar" not in writer.note.value
    writer.begin("我 今天 去 超市")
    assert writer.words[0].description == "买 (buy) 0.80"
    writer.greedy()
    assert writer.words[0].word == "水果"
    writer.begin("长城 ？")
    assert "not in the vocabulary" in writer.fault.value


def test_the_rows_sum_to_one():
    assert TABLE.sum(axis=1) == pytest.approx(1)
