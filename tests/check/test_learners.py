"""What the checks say of several hundred answers as learners write them.

Authority: the answers themselves (answers/*.txt), each of which makes the slip that
its title names; the words below it were read against its source.
"""

import functools
import re
from collections import Counter
from unittest.mock import patch

import pytest

from helpers.check import guard
from helpers.check.engine import SOLVED, examine
from helpers.check.slips import search
from helpers.check.subjects import exercises
from tests.check.learners import answers

NAMED = 0.9  # of the wrong answers get more than expected and got
# "For p = [0.5, 0.5] you returned 1, expected 2." and nothing else
BARE = re.compile(r"For .* (you returned|your \w+ returns) .*, expected .*\.")


@functools.cache
def verdicts(name):
    """(answer, status, first line of what is said) of each answer to one exercise.

    The clocks are wide, so that a busy machine says the same as a free one.
    """
    with (
        patch.multiple(search, BUSY=3.0, WAIT=60.0),
        patch.multiple(guard, BUSY=10.0, WAIT=100.0),
    ):
        return _verdicts(name)


def _verdicts(name):
    found = []
    for answer in answers():
        if answer.exercise == name:
            verdict = examine(exercises()[name], answer())
            said = verdict.sentence.split("not right yet. ")[-1].splitlines()[0]
            found.append((answer, verdict.status, said))
    return found


def bare(said):
    return BARE.fullmatch(said) and not re.search(r"expected .*?\. [A-Z]", said)


@pytest.mark.parametrize("name", exercises())
def test_no_right_answer_is_refused(name):
    right = [one for one in verdicts(name) if one[0].right]
    assert len(right) >= 3
    refused = [(one.title, said) for one, status, said in right if status != SOLVED]
    assert refused == []


@pytest.mark.parametrize("name", exercises())
def test_no_wrong_answer_is_called_right_or_misnamed(name):
    wrong = [one for one in verdicts(name) if not one[0].right]
    assert len(wrong) >= 10
    assert [one.title for one, status, _ in wrong if status == SOLVED] == []
    told = [
        (one.title, words, said)
        for one, _, said in wrong
        for words in one.words
        if words not in said
    ]
    assert told == []


def test_nine_in_ten_are_named():
    """Counts an exercise stand in the output: pytest -s."""
    count, plain = Counter(), Counter()
    for name in exercises():
        for one, _, said in verdicts(name):
            if not one.right:
                count[name] += 1
                if bare(said):
                    plain[name] += 1
                    print(f"{name} [{one.title}] {said}")
    for name in count:
        print(f"{name}: {count[name] - plain[name]} of {count[name]} named")
    assert plain.total() <= (1 - NAMED) * count.total()
