"""What a check says: one or two plain sentences, the same for the same answer."""

import numpy as np

from helpers.check.compare import Unreadable, kind, show_arguments, show_both
from helpers.check.errors import advice

NAN = "A nan comes from 0 · inf, 0/0, inf - inf or the log of a negative number."
GOES_ON = "From here the notebook goes on with the course's own."


def told(sentence, case):
    if sentence.startswith("{case}"):
        case = f"{case[0].upper()}{case[1:]}."
    if "{case}" in sentence:
        return sentence.replace("{case}", case)
    return f"{sentence} {case[0].upper()}{case[1:]}."


def right(name):
    return f"{name}: right."


def wrong(name, sentence):
    return f"{name}: not right yet. {sentence}\n{GOES_ON}"


def other_kind(given, expected):
    """Of numbers asked for: not as many, or none at all."""
    sentence = f"You gave {kind(given)}, expected {kind(expected)}."
    if isinstance(given, tuple):
        return f"{sentence} Leave out the quotation marks: they make text of a number."
    if isinstance(given, Unreadable) and given.what.startswith("the string"):
        return f"{sentence} Leave out the quotation marks: they make text of a number."
    whole = isinstance(given, np.ndarray) and np.array_equal(given, np.round(given))
    if whole and given.ndim == 1 and given.size == 2 * expected.size:
        return (
            f"{sentence} A decimal number has a point in Python, 0.4; a comma makes "
            "two numbers, 0 and 4."
        )
    if getattr(given, "ndim", 0) == 2 and given.shape == (2, 2):
        return f"{sentence} These look like points: give the two knobs, (a, b)."
    return sentence


def unattempted(name):
    return (
        f"{name}: not attempted yet; the notebook goes on with the course's own. "
        f'hint("{name}") helps you start.'
    )


def own(name):
    return (
        f"{name}: this is the course's own, handed back by an earlier check. "
        "Run the cell with your version again, then this one."
    )


def case(exercise, run, place):
    shown = show_arguments(exercise.arguments, run.cases[place])
    got, wanted = run.outcomes[place], run.expected[place]
    if got.stopped:
        short = len(got.stopped) < 80
        return f"for {shown} it stopped with " + (
            got.stopped if short else got.stopped.split(":")[0]
        )
    first, second = show_both(got.value, wanted.value)
    return f"for {shown} you returned {first}, expected {second}"


def describe(exercise, run, place):
    """No usual mistake: what was seen, on which input, got and expected."""
    name = exercise.name
    shown = show_arguments(exercise.arguments, run.cases[place])
    got, wanted = run.outcomes[place], run.expected[place]
    if got.stopped:
        return _stopped(name, shown, got)
    value, expected = got.value, wanted.value
    if value is None:
        return f"Your {name} returns nothing (None): end it with a return line."
    if kind(value) != kind(expected):
        both = [show_both(value, expected)] if isinstance(value, np.ndarray) else []
        small = [f" ({a} against {b})" for a, b in both if a[0] + b[0] != "aa"]
        told = (
            f"For {shown} your {name} returns {kind(value)}, "
            f"expected {kind(expected)}{''.join(small[:1])}."
        )
        return f"{told} {_of_the_kind(got.raw, expected)}".rstrip()
    sentence = case(exercise, run, place)
    sentence = sentence[0].upper() + sentence[1:] + "."
    if isinstance(value, np.ndarray) and np.isnan(value).any():
        return f"{sentence} {NAN}"
    if got.changed:
        return f"{sentence} It also changes its input {_changed_name(exercise, got)}."
    if run.broken.get(place):
        return f"{sentence} In a right answer {run.broken[place][0]}."
    return sentence


def _is_row(value):
    return isinstance(value, np.ndarray) and value.ndim > 0


def _of_the_kind(raw, expected):
    """What to do about a result that is not of the right kind."""
    if isinstance(raw, str):
        return 'That is a text, which nothing can be worked out with: return no f"…".'
    if isinstance(raw, set | dict):
        return "It has no order, and holds each only once: return a list."
    words = isinstance(raw, list | tuple) and raw and isinstance(raw[0], str)
    if words and isinstance(expected, np.ndarray):
        return "These are texts: return what they stand for, as numbers."
    if isinstance(raw, list | tuple):
        rows = [i for i in raw if isinstance(i, list | tuple) or _is_row(i)]
        table = getattr(expected, "ndim", 0) == 2 and len(rows) == len(raw)
        if table and len({len(row) for row in rows}) > 1:
            return "Its rows have different lengths, and those of a table have one."
        lists = [isinstance(item, list | tuple | np.ndarray) for item in raw]
        deep = any(isinstance(i, list | tuple) for item in raw if isinstance(item, list)
                   for i in item)  # fmt: skip
        if any(lists) and (deep or not all(lists)):
            return (
                "Some of its items are lists themselves: `a = a + b` puts the items of "
                "b in one by one, append puts in b as one."
            )
    return ""


def _stopped(name, shown, outcome):
    if outcome.stopped.startswith("RecursionError"):
        return (
            f"For {shown} your {name} calls itself more than 1,000 deep, the most "
            "that Python allows. Does it come to an end? If it does, write a loop."
        )
    where = f" in its {outcome.where.removesuffix(':')}" if outcome.where else ""
    told = f"For {shown} your {name} stops{where}: {outcome.stopped}."
    return f"{told} {advice(outcome.stopped)}".rstrip()


def _changed_name(exercise, outcome):
    return exercise.arguments[int(outcome.changed)]


def changes(exercise, run, place):
    shown = show_arguments(exercise.arguments, run.cases[place])
    argument = _changed_name(exercise, run.outcomes[place])
    return (
        f"The numbers are right, but your function changes its input {argument} "
        f"(for {shown}). Make a new array or list instead of writing into {argument}."
    )


def gap(name):
    return f"Your {name} still has a ... in it: put your own line there."


def late(exercise, args):
    shown = show_arguments(exercise.arguments, args)
    return (
        f"For {shown} your {exercise.name} takes too long: it was stopped. Is there "
        "a loop that never ends, or one with too many rounds?"
    )


def arity(exercise, count):
    names = exercise.arguments[: len(exercise.cases[0])]
    takes = f"{count} argument{'s' * (count != 1)}"
    wanted = f"{len(names)}: {', '.join(names)}"
    return f"Your {exercise.name} takes {takes}, expected {wanted}."
