"""What a check says: one or two plain sentences, the same for the same answer."""

import numpy as np

from helpers.check.compare import kind, number, show_arguments, show_both


def told(sentence, case):
    if "{case}" in sentence:
        return sentence.replace("{case}", case)
    return f"{sentence} {case[0].upper()}{case[1:]}."


def right(name):
    return f"{name}: right."


def wrong(name, sentence):
    return f"{name}: not right yet. {sentence}"


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
        return f"for {shown} it stopped with {got.stopped}"
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
    if type(value) is not type(expected) or np.shape(value) != np.shape(expected):
        both = [show_both(value, expected)] if isinstance(value, np.ndarray) else []
        small = [f" ({a} against {b})" for a, b in both if a[0] + b[0] != "aa"]
        return (
            f"For {shown} your {name} returns {kind(value)}, "
            f"expected {kind(expected)}{''.join(small[:1])}."
        )
    sentence = case(exercise, run, place)
    sentence = sentence[0].upper() + sentence[1:] + "."
    for extra in (_nan, _rounded, _ratio):
        if isinstance(value, np.ndarray) and (found := extra(run, place)):
            return f"{sentence} {found}"
    if got.changed:
        return f"{sentence} It also changes its input {_changed_name(exercise, got)}."
    if run.broken.get(place):
        return f"{sentence} In a right answer {run.broken[place][0]}."
    return sentence


# What Python says, and what it means to someone who meets it for the first time.
ADVICE = {
    "0-dimensional": "float, math.log and math.sqrt take one number; np.log and "
    "np.sqrt take an array.",
    "truth value of an array": "Python's if, max and min take one number; np.where, "
    "np.maximum and np.minimum take an array.",
    "math domain error": "math.log(0) has no value: is there a probability of 0, or a "
    "product too small for float64?",
    "AxisError": "The last axis is axis=-1, for one row and for many.",
}


def _stopped(name, shown, outcome):
    if outcome.stopped.startswith("RecursionError"):
        return f"For {shown} your {name} calls itself without end."
    if "llipsis" in outcome.stopped:
        return f"Your {name} still has a ... in it: put your own line there."
    where = f" in its {outcome.where}" if outcome.where else ""
    advice = [words for sign, words in ADVICE.items() if sign in outcome.stopped]
    return f"For {shown} your {name} stops{where}: {outcome.stopped}." + (
        f" {advice[0]}" if advice else ""
    )


def _nan(run, place):
    if np.isnan(run.outcomes[place].value).any():
        return (
            "A nan comes from 0 · inf, 0/0, inf - inf or the log of a negative number."
        )
    return ""


def _rounded(run, place):
    got, wanted = run.outcomes[place].value, run.expected[place].value
    if np.isfinite(got).all() and np.abs(got - wanted).max(initial=0) < 6e-3:
        for digits in (2, 3, 4, 5, 6):
            if np.array_equal(got, np.round(wanted, digits)):
                return f"It looks rounded to {digits} places: return all the digits."
    return ""


def _ratio(run, place):
    """A factor that all results share: a sign, a missing division."""
    ratios = []
    for got, wanted in zip(run.outcomes, run.expected, strict=False):
        if not isinstance(got.value, np.ndarray):
            return ""
        if got.value.shape != wanted.value.shape:
            return ""
        keep = np.abs(wanted.value) > 1e-6
        ratios.extend((got.value[keep] / wanted.value[keep]).flat)
    if len(ratios) < 4 or not np.isfinite(ratios).all() or abs(ratios[0]) < 1e-9:
        return ""
    if not np.allclose(ratios, ratios[0], rtol=1e-5):
        return ""
    if np.isclose(ratios[0], 1):
        return ""
    if np.isclose(ratios[0], -1):
        return "Only the sign is wrong."
    return f"Your result is always {number(ratios[0])} times the expected one."


def _changed_name(exercise, outcome):
    return exercise.arguments[int(outcome.changed)]


def changes(exercise, run, place):
    shown = show_arguments(exercise.arguments, run.cases[place])
    argument = _changed_name(exercise, run.outcomes[place])
    return (
        f"The numbers are right, but your function changes its input {argument} "
        f"(for {shown}). Make a new array or list instead of writing into {argument}."
    )


def late(exercise, args):
    shown = show_arguments(exercise.arguments, args)
    return (
        f"For {shown} your {exercise.name} does not come to an end: it was stopped. "
        "Is there a loop that never ends?"
    )


def arity(exercise, count):
    names = exercise.arguments[: len(exercise.cases[0])]
    takes = f"{count} argument{'s' * (count != 1)}"
    wanted = f"{len(names)}: {', '.join(names)}"
    return f"Your {exercise.name} takes {takes}, expected {wanted}."
