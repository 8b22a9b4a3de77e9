"""Graded hints, and the solution that is the very function."""

import numpy as np
import pytest

from helpers import hint, solution
from helpers.check import help
from helpers.check.exercise import Function
from helpers.check.subjects import exercises
from helpers.maths.attention import causal_mask, scores
from helpers.maths.evaluation.overlap import longest_common_subsequence as common
from helpers.maths.evaluation.overlap import ngrams
from helpers.maths.loss import softmax


def test_hints_come_one_by_one(capsys):
    """Authority: the exercise's own list."""
    hints = exercises()["softmax"].hints
    for number, text in enumerate(hints, start=1):
        hint("softmax")
        said = capsys.readouterr().out
        assert said.startswith(f"Hint {number} of {len(hints)} for softmax: {text}\n")
        assert ('solution("softmax")' in said) == (number == len(hints))
    hint("softmax")
    assert capsys.readouterr().out == said


@pytest.mark.parametrize("asked", ["sofmax", "Softmax", " softmx "])
def test_an_unknown_name_gets_the_nearest(asked, capsys):
    """Authority: spelling."""
    hint(asked)
    solution(asked)
    first, second = capsys.readouterr().out.splitlines()
    assert first == second
    assert first.endswith("Did you mean softmax?")


@pytest.mark.parametrize("asked", [None, 3, [], "", (1, 4), np.zeros(3), object()])
def test_anything_may_be_asked(asked, capsys):
    """Authority: no input may make a hint raise; hint(knobs) hands in (1, 4)."""
    hint(asked)
    solution(asked)
    first, second = capsys.readouterr().out.splitlines()
    assert "quotation marks" in first and first.endswith('hint("softmax").')
    assert second.endswith('solution("softmax").')


def test_a_name_like_no_other(capsys):
    """Authority: the list of exercises."""
    hint("zzz")
    assert "There is no exercise called 'zzz'. There are knobs," in (
        capsys.readouterr().out
    )


def test_the_function_itself_may_be_asked(capsys):
    """Authority: its name."""

    def softmax(z): ...

    hint(softmax)
    assert capsys.readouterr().out.startswith("Hint 1 of 3 for softmax")


@pytest.mark.parametrize("name", exercises())
def test_what_is_shown_solves_the_exercise(name, verdict):
    """Authority: the check, given the shown source run as a cell."""
    exercise = exercises()[name]
    # What the notebook has imported, or made in an earlier exercise.
    made = {"softmax": softmax, "scores": scores, "causal_mask": causal_mask}
    made |= {"ngrams": ngrams, "longest_common_subsequence": common}
    scope = {"np": np} | made
    exec(help.source(exercise), scope)
    result, said = verdict(name, scope[name])
    assert said == f"{name}: right."
    if isinstance(exercise, Function):
        assert result is scope[name]


def test_it_is_shown_without_decorator_and_docstring(capsys):
    """Authority: the source of helpers.maths.loss, by eye."""
    solution("cross_entropy")
    assert capsys.readouterr().out == (
        "# from helpers.maths.loss import cross_entropy\n"
        "def cross_entropy(p, truth):\n"
        "    return float(-np.log(p[truth]))\n"
    )


def test_it_is_highlighted_in_a_notebook():
    """Authority: Markdown's fenced code."""
    assert help.Source("x = 1")._repr_markdown_() == "```python\nx = 1\n```"


@pytest.mark.parametrize("name", exercises())
def test_shown_lines_fit_a_cell(name):
    """Authority: the style guide, 79 characters."""
    lines = help.source(exercises()[name]).splitlines()
    assert max(map(len, lines)) <= 79
