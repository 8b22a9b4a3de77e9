"""Time to breathe, names that keep their meaning, and answers that come later.

The minutes at the top of a notebook are a newcomer's, and stand in the README and on
page 00 as well. Over 90 minutes there is a marked place to stop and a way back in.
"""

import re
from html import unescape

import pytest

from helpers.rounds.panel import Panel
from tests.notebooks import (
    NAMES,
    ROOT,
    cells,
    every_notebook,
    prose,
    read,
    run,
    run_cell,
)

LONG = 90  # minutes of one sitting
CHEAP = 0.3  # seconds; what takes longer is not run again
AHEAD = 90  # words below a round, about a screen with the headings between them


def minutes(name):
    """The minutes that a notebook says it takes."""
    return int(re.search(r"\*\*Time:\*\*.*?(\d+) minutes", prose(name)[0], re.S)[1])


@every_notebook
def test_minutes_agree(name):
    rows = re.findall(rf"^\| \[{name}\].*\| (\d+) min \|$", page_of_minutes(), re.M)
    here = minutes(name)
    assert {int(row) for row in rows} == {here}, f"{name} says {here} minutes"


def page_of_minutes():
    """README and page 00, whose tables list the notebooks."""
    return "\n".join([(ROOT / "README.md").read_text("utf-8"), *prose(NAMES[0])])


@every_notebook
def test_a_long_notebook_has_a_place_to_stop(name):
    if minutes(name) > LONG:
        top, *rest = prose(name)
        named = re.search(r"two\s+evenings|place\s+to\s+stop", top)
        assert named, f"{name}: no break named"
        back = re.search(r"where\s+we\s+were", "\n".join(rest), re.I)
        assert back, f"{name}: no way back"


def answers(name):
    """(index of the cell, what came in its rounds) for each cell with rounds."""
    index = [k for k, cell in enumerate(read(name).cells) if cell.cell_type == "code"]
    for k, result in zip(index, run(name).results, strict=True):
        if isinstance(result, Panel):
            rounds = [one for one in result.rounds if one.truth is not None]
            yield k, [(one.said, one.words[one.truth]) for one in rounds]


@every_notebook
def test_nothing_below_a_round_gives_it_away(name):
    """The next words and code hold no word that came, but those said in the rounds."""
    for k, came in answers(name):
        below = []
        for cell in read(name).cells[k + 1 :]:
            below += re.findall(r"\w+", cell.source.lower())
        said = set(re.findall(r"\w+", unescape(" ".join(s for s, _ in came)).lower()))
        told = {word.lower() for _, word in came} - said - {"another word", "other"}
        given = {one for one in told if len(one) > 1} & set(below[:AHEAD])
        assert not given, f"{name}, cell {k}: the words below it say {given}"


# What stands below such a figure is no answer: what to do next, or another subject.
GOES_ON = {"one-hot-29", "autoregressive-43", "evaluation-7-13"}
FOLD = "<details><summary>After you have looked</summary>\n\n"


@every_notebook
def test_what_was_predicted_of_a_figure_is_answered_in_a_fold(name):
    """In a reader's copy, without outputs, it would stand just below the question."""
    read_on = zip(*(read(name).cells[k:] for k in range(3)), strict=False)
    open_answers = [
        below.id
        for asked, figure, below in read_on
        if [asked.cell_type, figure.cell_type, below.cell_type]
        == ["markdown", "code", "markdown"]
        and "figures." in figure.source
        and re.search(
            r"(?i)(predict|guess|before you look)[^§]*\?", asked.source[-700:]
        )
        and not below.source.startswith(FOLD)
        and below.id not in GOES_ON
    ]
    assert not open_answers, f"{name}: {open_answers}: begin with {FOLD!r}"


@every_notebook
def test_a_fold_is_a_cell_that_holds_markdown(name):
    """What follows in the same cell would stand close below it, with no space."""
    for text in prose(name):
        assert text.count("<details>") == text.count("</details>") <= 1
        if "<details>" in text:
            assert text.startswith(FOLD) and text.endswith("\n\n</details>"), text[:80]


@every_notebook
def test_a_cell_run_again_says_the_same(name):
    """No name has a second meaning by the end. What trains or is drawn is left out.

    So is a cell that goes on from what it did, as one that adds up slopes.
    """
    done, other = run(name), {}
    for number, cell in enumerate(cells(name, "code")):
        quick = done.seconds[number] < CHEAP and "check." not in cell.source
        if quick and done.said[number]:
            names = dict(done.names)
            again, then = (run_cell(cell.source, names)[1] for _ in range(2))
            if again == then != done.said[number]:
                other[cell.source] = (done.said[number], again)
    assert not other, f"{name}: run again after the last cell: {other}"


@pytest.mark.parametrize("words, found", [("It was a kite.", True), ("Recap", False)])
def test_words_are_found_below(words, found):
    assert ("kite" in set(re.findall(r"\w+", words.lower())[:AHEAD])) is found
