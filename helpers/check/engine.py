"""Look at one answer: shapes first, then values on random sizes, then properties."""

import contextlib
import functools
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np

from helpers.check import guard, listing, sentences
from helpers.check.compare import (
    Unreadable,
    as_returned,
    fits,
    plain,
    show_arguments,
)
from helpers.check.run import Run, call
from helpers.check.slips import Slips

SOLVED, WRONG, OPEN = "solved", "not right yet", "not attempted"


@dataclass
class Verdict:
    """How the answer stands, in words, and what the notebook goes on with."""

    status: str
    sentence: str
    result: Any
    printed: str = ""


def examine(exercise, answer):
    """The verdict on an answer; never raises."""
    is_value = not hasattr(exercise, "cases")
    return (_examine_value if is_value else _examine_function)(exercise, answer)


# values


def _examine_value(exercise, answer):
    name, reference = exercise.name, exercise.reference
    if answer is reference:
        return Verdict(OPEN, sentences.own(name), reference)
    seen = {}

    def work(printed):
        seen["plain"] = plain(
            list(answer.values()) if isinstance(answer, dict) else answer
        )
        if isinstance(answer, list | tuple):
            seen["open"] = [item is None or item is ... for item in answer]
        seen["fits"] = fits(answer, reference)
        seen["result"] = as_returned(answer, reference)

    guard.watch(work)
    numbers = seen.get("plain", Unreadable("something that cannot be read"))
    still = seen.get("open") or [numbers is None or numbers is ...]
    if all(still):
        return Verdict(OPEN, sentences.unattempted(name), reference)
    if any(still):
        sentence = f"Number {still.index(True) + 1} is still open: write it as well."
        return Verdict(WRONG, sentences.wrong(name, sentence), reference)
    expected = plain(reference)
    if not isinstance(numbers, np.ndarray) or numbers.shape != expected.shape:
        sentence = sentences.other_kind(numbers, expected)
        return Verdict(WRONG, sentences.wrong(name, sentence), reference)
    if not np.isfinite(numbers).all():
        sentence = "One of your numbers is nan or infinite: give plain numbers."
        return Verdict(WRONG, sentences.wrong(name, sentence), reference)
    for sentence, found in exercise.wrong.items():
        if found(numbers):
            told = sentences.told(sentence, exercise.case(numbers))
            return Verdict(WRONG, sentences.wrong(name, told), reference)
    result = answer if seen.get("fits") else seen.get("result", reference)
    return Verdict(SOLVED, sentences.right(name), result)


# functions


def _examine_function(exercise, answer):
    name, reference = exercise.name, exercise.reference
    if answer is reference:
        return Verdict(OPEN, sentences.own(name), reference)
    if answer is None or answer is ...:
        return Verdict(OPEN, sentences.unattempted(name), reference)
    if not callable(answer):
        sentence = (
            f"check.{name} takes your function itself, without brackets after it: "
            f"{name} = check.{name}({name})."
        )
        return Verdict(WRONG, sentences.wrong(name, sentence), reference)
    slow = exercise.groups is not None and listing.lists(answer)
    if slow:
        exercise = exercise.small()
    cases = [*exercise.usual(), *exercise.edges]
    run = Run(exercise, answer, cases)
    ended = guard.watch(run.call_all)
    status, sentence = _judge(exercise, run, ended)
    if slow and status == SOLVED:
        status, sentence = WRONG, sentences.wrong(name, exercise.slow)
    printed = ""
    if run.printed and run.printed.text():
        shown = show_arguments(exercise.arguments, cases[0])
        printed = f"Your {name} printed, for {shown}:\n{run.printed.text()}"
    result = reference
    if status == SOLVED:
        result = answer if run.fits else _adapted(answer, run.expected[0].raw)
    return Verdict(status, sentence, result, printed)


def _adapted(answer, sample):
    """The reader's function, right in its numbers, with results of sample's type."""

    @wraps(answer, updated=())
    def adapted(*args, **kwargs):
        return as_returned(answer(*args, **kwargs), sample)

    return adapted


def _judge(exercise, run, ended):
    """-> status, sentence"""
    name = exercise.name
    if run.arity is not None:
        return WRONG, sentences.wrong(name, sentences.arity(exercise, run.arity))
    first = run.outcomes[0] if run.outcomes else None
    if first and _unattempted(run, first):
        return OPEN, sentences.unattempted(name)
    wrong = run.wrong()
    if not ended and not wrong:
        place = min(len(run.outcomes), len(run.cases) - 1)
        late = sentences.late(exercise, run.cases[place])
        more = _found(lambda: _what_never_moves(exercise, run))
        return WRONG, sentences.wrong(name, f"{late} {more}".rstrip())
    changing = [i for i, outcome in enumerate(run.outcomes) if outcome.changed]
    if changing and wrong and wrong[0] >= run.floats > changing[0]:
        wrong = []  # whole numbers cannot be written into, but then nothing should be
    if wrong:
        return WRONG, sentences.wrong(name, _diagnose(exercise, run, wrong))
    if not run.complete:
        return WRONG, sentences.wrong(name, f"Your {name} cannot be called as it is.")
    if changing:
        told = sentences.changes(exercise, run, changing[0])
        return WRONG, sentences.wrong(name, told)
    for place, broken in run.broken.items():
        if broken:
            shown = show_arguments(exercise.arguments, run.cases[place])
            return WRONG, sentences.wrong(
                name, f"For {shown} this does not hold: {broken[0]}."
            )
    if run.unkept:
        return WRONG, sentences.wrong(name, run.unkept[0])
    return SOLVED, sentences.right(name)


def _unattempted(run, outcome):
    if outcome.stopped.startswith("NotImplementedError"):
        return True
    return outcome.value is ... or (run.stub and outcome.value is None)


def _diagnose(exercise, run, wrong):
    """The sentence for an answer that came out differently on some cases."""
    if run.holds_a_gap(wrong[0]):
        return sentences.gap(exercise.name)
    if sentence := _found(lambda: _slip(exercise, run, wrong)):
        place = next((i for i in wrong if not run.outcomes[i].stopped), wrong[0])
        return sentences.told(sentence, sentences.case(exercise, run, place))
    return sentences.describe(exercise, run, wrong[0])


def _found(look):
    """What look() finds; in the guard, as the reader's function runs with changes."""
    found = [""]

    def work(printed):
        printed.keeping = False
        found[0] = look() or ""

    guard.watch(work)
    return found[0]


def _what_never_moves(exercise, run):
    slips = Slips(exercise, run)
    return slips.of_the_flow() or slips.but_for_the_edges()


def _slip(exercise, run, wrong):
    """What explains the answer best, from the surest to the least sure."""
    slips = Slips(exercise, run)
    surest, mistake = (
        functools.partial(_mistake, exercise, run, wrong, known)
        for known in (exercise.surest, exercise.mistakes)
    )
    for find in (
        surest,
        functools.partial(_where, exercise, run, wrong),
        *([mistake] if slips.only_hard else []),
        slips.of_the_flow,
        mistake,
        slips.of_large_numbers,
        slips.of_the_reading,
        slips.of_the_formula,
        slips.of_the_results,
        slips.of_the_last,
        slips.of_two,
        slips.of_tables,
        slips.of_what_is_looked_at,
        slips.of_the_cases,
        slips.of_the_inputs,
        slips.but_for_the_edges,
        slips.of_the_reference,
        slips.of_the_parts,
        slips.of_what_is_unused,
        slips.of_what_is_missing,
    ):
        with contextlib.suppress(Exception):  # one that stumbles leaves it to the next
            if sentence := find():
                return sentence
    return None


def _where(exercise, run, wrong):
    """What the cases that come out wrong have in common, if the exercise knows it."""
    for sentence, test in exercise.where.items():
        if all(test(*run.cases[i]) for i in wrong):
            return sentence
    return None


def _mistake(exercise, run, wrong, known):
    """The exercise's own mistake that gives the same everywhere."""
    usual = len(run.cases) - len(exercise.edges)
    within = usual if wrong[0] < usual else len(run.cases)
    seen = run.outcomes[:within]
    told = [
        (sentence, one)
        for sentence, made in known.items()
        for one in (made if isinstance(made, tuple) else (made,))
    ]
    for sentence, mistake in told:
        slips = (call(mistake, args, look=False) for args in run.cases[: len(seen)])
        with np.errstate(all="ignore"):
            pairs = list(zip(seen, slips, strict=True))
            went = [(got, slip) for got, slip in pairs if not got.stopped]
            if 3 * len(went) < 2 * len(pairs) or seen[wrong[0]].stopped:
                went = pairs  # that it stops says more
            if all(got.like(slip) for got, slip in went):
                return sentence
    return None
