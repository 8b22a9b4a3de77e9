"""Forgetting step by step, the plane of remedies, notes and answers.

Authority: the numbers handed in, the shipped results, and BM25's own scores.
"""

import itertools
import re
from types import SimpleNamespace

import numpy as np
import pytest

from helpers.figures.forgetting.losses import broken_words, watch_forgetting
from helpers.figures.forgetting.plane import COUNT, LOOKS, remedies_plane
from helpers.figures.forgetting.reading import find_notes, read_a_note
from helpers.figures.forgetting.ways import ways_table
from helpers.maths.forgetting import island
from helpers.maths.forgetting.results import shipped
from helpers.maths.retrieval import Library

FACTS = island.facts()
LIBRARY = Library([" ".join(island.note(fact)) for fact in FACTS])


def a_diary():
    prompts = [
        SimpleNamespace(
            said=f"the words {k} …",
            words=["one", "two", "three", "four", "five"],
            truth=[0.1, 0.6, 0.3, 0, 0],
            model=[[0.2] * 5, [0.1, 0.2, 0.3, 0.4 - k / 10, k / 10], [0, 0, 0, 0, 1]],
        )
        for k in range(2)
    ]
    return SimpleNamespace(steps=[0, 10, 300], old=[0.1, 0.4, 0.5],
                           new=[0.9, 0.4, 0.1], prompts=prompts)  # fmt: skip


@pytest.mark.parametrize(("place", "k"), [*itertools.product(range(3), range(2))])
def test_the_diary_is_shown(place, k):
    book = a_diary()
    live = watch_forgetting(book)
    first, second = live.move(step=book.steps[place], prompt=book.prompts[k].said)
    assert "error" not in live.frame(live.state)
    assert f"{book.old[place]:.3f}" in first and f"{book.new[place]:.3f}" in first
    # The word that the language itself finds most probable.
    assert "two" in second and f"{book.prompts[k].model[place][1]:.3f}" in second
    assert "0.600" in second


def test_levels_to_compare_with_are_in_view():
    live = watch_forgetting(a_diary(), {"never saw it": 1.8})
    left = live._fig.axes[0]
    assert left.get_ylim()[1] > 1.8
    assert [t.get_text().strip() for t in left.texts] == ["never saw it"]
    assert "error" not in live.frame(live.state)


def test_a_run_that_was_stopped_at_once_is_drawn_too():
    book = a_diary()
    book.steps, book.old, book.new = [0], [0.1], [0.9]
    live = watch_forgetting(book)
    assert "error" not in live.frame(live.state)


def test_broken_words_are_drawn_in_their_order():
    live = broken_words(["park", "went"], [1.0, 0.1], [4.9, 1.7], [0.31, 0.12])
    (ax,) = live._fig.axes
    assert [t.get_text() for t in ax.texts] == ["31%", "12%"]
    labels = [t.get_text() for t in ax.get_yticklabels()]
    assert labels == ["park", "went"] and list(ax.get_yticks()) == [1, 0]
    assert "2 words" in live.alt_text()


def test_what_was_trained_is_not_in_the_description():
    """It differs from machine to machine, and descriptions are compared by nbval."""
    book, other = a_diary(), a_diary()
    other.old, other.new = [0.2, 0.3, 0.6], [0.8, 0.3, 0.2]
    other.prompts[0].model = [[0.3, 0.1, 0.2, 0.2, 0.2]] * 3
    one, two = (watch_forgetting(b).alt_text() for b in (book, other))
    assert one == two and "two 0.60" in one


@pytest.mark.parametrize("method", LOOKS)
@pytest.mark.parametrize("place", [1, 3, COUNT])
def test_the_plane_shows_the_shipped_means(method, place):
    results = shipped()
    live = remedies_plane(results, own=(0.3, 0.3))
    first, second = live.move(method=method, place=place)
    assert "error" not in live.frame(live.state)
    runs = np.array(list(results[method].values())[place - 1])  # (seeds, 2)
    assert method in first
    shown = [float(x) for x in re.findall(r"\d\.\d{3}", second)]
    half = (runs.max(axis=0) - runs.min(axis=0)) / 2
    (old, new), (tall, wide) = runs.mean(axis=0), half
    assert shown == pytest.approx([old, tall, new, wide], abs=6e-4)


@pytest.mark.parametrize("question", ["kim liked", "Rex went", "moon", "", "$x$ <b>"])
def test_notes_are_found(question):
    live = find_notes(LIBRARY, "kim liked")
    (line,) = live.move(question=question)
    assert "error" not in live.frame(live.state)
    best = LIBRARY.search(question.lower())
    assert (best[0][0].replace(" .", "") if best else "No note") in line


def answers_cake(ids):
    """A model that gives 0.7 to cake, and the rest evenly."""
    p = np.full(len(island.VOCABULARY), 0.3 / (len(island.VOCABULARY) - 1))
    p[island.VOCABULARY.index("cake")] = 0.7
    return p


@pytest.mark.parametrize(
    ("question", "note", "prompt", "remark"),
    [
        ("kim liked", "Kim liked cake.", "kim liked cake . kim liked …", "fits"),
        ("kim liked", "", "Prompt: kim liked …", "There is no note"),
        ("kim liked", "Kim adored cake!", "kim cake kim liked …", "adored"),
        ("kim liked", "cake " * 12, "Prompt: kim liked …", "does not fit"),
        ("kim liked", "cake " * 11 + "fi", "Prompt: kim liked …", "does not fit"),
        ("rex went to the", "$x_1$ <b> 猫", "rex went to the …", "not know"),
    ],
)
def test_a_note_is_read(question, note, prompt, remark):
    live = read_a_note(answers_cake, island.VOCABULARY, FACTS, 12, "kim liked", "")
    lines = live.move(question=question, note=note)
    plain = re.sub(r"\\text\{(.*?)\}", r"\1", " ".join(lines))
    assert "error" not in live.frame(live.state)
    assert prompt in plain and remark in plain
    assert ("cake,  p = 0.700" if "liked" in question else "others") in plain


def test_the_table_says_nothing_of_one_run_in_its_description():
    """Times and counts differ from machine to machine; they stand in the picture."""
    rows = [("fine-tuning", 23, 24, 0.31, 1.52), ("retrieval", 24, 24, 0.0, 0.0004)]
    alt = ways_table(rows).alt_text()
    assert "fine-tuning; retrieval" in alt and not re.search(r"\d", alt)
    texts = [t.get_text() for t in ways_table(rows)._fig.axes[0].texts]
    assert (
        "23 of 24" in texts
        and "unchanged, exactly" in texts
        and "0.4 ms" in texts
        and "1.5 s" in texts
    )
