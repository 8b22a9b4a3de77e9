"""The search and the prompt."""

from math import log

import pytest

from helpers.maths.forgetting import island
from helpers.maths.retrieval import Library, retrieval_prompt

NOTES = [" ".join(island.note(fact)) for fact in island.facts()]


def bm25(question, notes, k1=1.5, b=0.75):
    """Authority: Robertson and Zaragoza's formula, with Lucene's weight of a word."""
    texts = [note.split() for note in notes]
    mean = sum(map(len, texts)) / len(texts)
    scores = []
    for words in texts:
        score = 0.0
        for word in question.split():
            n, count = sum(word in t for t in texts), words.count(word)
            weight = log(1 + (len(texts) - n + 0.5) / (n + 0.5))
            score += weight * count / (count + k1 * (1 - b + b * len(words) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize(
    "question", ["kim liked", "kim went to the", "mill", "x kim ."]
)
def test_scores_are_bm25(question):
    known = " ".join(w for w in question.split() if w != "x")
    expected = bm25(known, NOTES)
    assert Library(NOTES).scores(question).tolist() == pytest.approx(expected, abs=1e-5)


def test_each_question_finds_its_own_note():
    library = Library(NOTES)
    for fact, note in zip(island.facts(), NOTES, strict=True):
        assert library.search(" ".join(fact.question))[0][0] == note


def test_equal_scores_leave_the_older_note_first():
    """As the text says of Kim and the mill."""
    found = [note for note, _ in Library(NOTES).search("kim went to the mill", 3)]
    assert found == ["dot went to the mill .", "kim went to the farm .",
                     "gus went to the mill ."]  # fmt: skip


def test_words_that_no_note_has_find_nothing():
    assert Library(NOTES).search("moon cheesecake") == []
    assert Library(NOTES).search("") == []


def test_a_library_grows():
    library = Library(NOTES)
    assert library.search("tim liked")[0][0] != "tim liked nuts ."
    library.add("tim liked nuts .")
    assert library.search("tim liked")[0][0] == "tim liked nuts ."
    assert len(library.notes) == 25


@pytest.mark.parametrize("note", ["", "  ", None, 3])
def test_a_note_has_words(note):
    with pytest.raises(ValueError, match="text with some words"):
        Library(["kim liked cake ."]).add(note)


def test_prompts_by_hand():
    liked, went = "kim liked cake .", "kim went to the farm ."
    both = f"{went} {liked} kim liked".split()
    assert retrieval_prompt([liked, went], "kim liked", 12) == both
    assert retrieval_prompt([liked, went], "kim liked", 11) == both[6:]
    assert retrieval_prompt([went, "a ."], "kim liked", 7) == ["kim", "liked"]
    assert retrieval_prompt([], "kim liked", 12) == ["kim", "liked"]
    with pytest.raises(ValueError, match="room"):
        retrieval_prompt([liked], "kim liked", 0)
