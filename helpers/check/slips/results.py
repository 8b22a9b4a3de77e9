"""What the results tell by themselves: how they lie to the right ones, and where."""

import numpy as np

from helpers.check.compare import number, same

# The right result, changed -> what is to be said of it.
CHANGED = (
    (lambda x: x[:-1], "The last one is missing, the rest is right: {case}. Does a "
     "loop or a slice end one too early?"),
    (lambda x: x[1:], "The first one is missing, the rest is right: {case}. Does a "
     "loop or a slice begin one too late?"),
    (lambda x: x[:1], "Only the first is there: {case}. All are asked for."),
    (lambda x: x[0], "Only the first is there: {case}. All are asked for."),
    (lambda x: x[-1:], "Only the last is there: {case}. All are asked for."),
    (lambda x: x[-1], "Only the last is there: {case}. All are asked for."),
    (lambda x: x[::-1], "The order is turned round: {case}."),
    (lambda x: np.where(np.arange(len(x)) == 0, x, 0), "Only the first number is "
     "right, the rest is still 0: {case}. Does the function end in the first round?"),
    (lambda x: _rows(x, 0), "Only the first row is right, the rest is still 0: "
     "{case}. Does the function end in the first round of its loop?"),
    (lambda x: _rows(x, -1, keep=False), "The last row is still 0: {case}. Does the "
     "loop end one too early?"),
    (lambda x: _rows(x, 0, keep=False), "The first row is still 0: {case}. Places "
     "are counted from 0."),
    (lambda x: x.T, "The table lies on its side: {case}. Rows and columns are "
     "exchanged."),
    (lambda x: _flat(x), "These are the right numbers in one long row: {case}. Make a "
     "row of its own for each."),
    (lambda x: x[None], "The right result stands in a list of its own: {case}. Take "
     "the outer brackets away."),
    (lambda x: np.exp(x), "This is e to the power of the right result: {case}."),
    (lambda x: np.exp(-x), "This is e to the power of minus the right result: "
     "{case}."),
    (lambda x: np.log(x), "This is the logarithm of the right result: {case}."),
    (lambda x: -np.log(x), "This is minus the logarithm of the right result: {case}."),
    (lambda x: x**2, "This is the square of the right result: {case}."),
    (lambda x: np.sqrt(x), "This is the square root of the right result: {case}."),
    (lambda x: 1 / x, "This is 1 over the right result: {case}."),
    (lambda x: 1 - x, "This is 1 minus the right result: {case}."),
    (lambda x: abs(x), "A minus sign gets lost: {case}."),
    (lambda x: np.cos(x), "This is np.cos of the right result: {case}. Leave np.cos "
     "out."),
    (lambda x: x.sum(), "These are the right numbers, added up: {case}. Keep them "
     "apart."),
    (lambda x: x.mean(), "This is the mean of the right numbers: {case}. Keep them "
     "apart."),
)  # fmt: skip
BASES = {1 / np.log(2): "log base 2", 1 / np.log(10): "log base 10"}


def _rows(x, place, keep=True):
    if x.ndim != 2:
        raise ValueError
    made = np.zeros_like(x) if keep else x.copy()
    made[place] = x[place] if keep else 0
    return made


def _flat(x):
    if x.ndim != 2:
        raise ValueError
    return x.ravel()


def parts(pairs):
    """Which parts of the result are right everywhere: (w, s), value and slope."""
    count = len(pairs[0][2])
    right = [
        all(same(got[i], wanted[i]) for _, got, wanted in pairs) for i in range(count)
    ]
    if not any(right) or all(right):
        return None
    names = ("first", "second", "third", "fourth")
    good = " and ".join(names[i] for i in range(count) if right[i])
    bad = " and ".join(names[i] for i in range(count) if not right[i])
    return f"The {good} part of the result is right, the {bad} is not: {{case}}."


def relation(exercise, pairs):
    """A sentence if all the results come from the right ones in one way.

    pairs holds (arguments, plain result, plain right result) of each case.
    """
    if len(pairs) < 2 or not all(
        isinstance(got, np.ndarray) and isinstance(wanted, np.ndarray)
        for _, got, wanted in pairs
    ):
        return None
    for change, sentence in CHANGED:
        if _all_are(pairs, lambda args, wanted, change=change: change(wanted)):
            return sentence
    for base, words in BASES.items():
        if _all_are(pairs, lambda args, wanted, base=base: base * wanted):
            return f"This looks like {words}: {{case}}. Use np.log."
    if sentence := _rounded(pairs) or _ratio(pairs):
        return f"{{case}} {sentence}"
    for place, name in enumerate(exercise.arguments[: len(pairs[0][0])]):
        for size, words in ((_size, f"len({name})"), (_value, name)):
            for change, sentence in (
                (lambda x, n: x * n, f"The result is `{words}` times too large"),
                (
                    lambda x, n: x / n,
                    f"The result is divided by `{words}` once too often",
                ),
                (lambda x, n: x + n, f"The result has `{words}` too much in it"),
                (lambda x, n: x - n, f"The result has `{words}` taken away from it"),
            ):
                if _all_are(
                    pairs,
                    lambda args, wanted, change=change, size=size, place=place: change(
                        wanted, size(args[place])
                    ),
                ):
                    return f"{sentence}: {{case}}."
    for by in (1, -1, 2):
        if _all_are(pairs, lambda args, wanted, by=by: wanted + by):
            much = f"{number(abs(by))} too {'much' if by > 0 else 'little'}"
            return f"This is always {much}: {{case}}."
    return None


def _rounded(pairs):
    """Rounded alike everywhere."""
    for digits in (2, 3, 4, 5, 6):
        if _all_are(pairs, lambda args, wanted, d=digits: np.round(wanted, d)):
            return f"It looks rounded to {digits} places: return all the digits."
    return ""


def _ratio(pairs):
    """A factor that all results share: a sign, a missing division."""
    if any(got.shape != wanted.shape for _, got, wanted in pairs):
        return ""
    got = np.concatenate([got.ravel() for _, got, _ in pairs])
    wanted = np.concatenate([wanted.ravel() for _, _, wanted in pairs])
    keep = np.abs(wanted) > 1e-6
    if keep.sum() < 4 or not np.isfinite(got).all():
        return ""
    factor = (got[keep] / wanted[keep])[0]
    if abs(factor) < 1e-9 or not np.allclose(got, factor * wanted, rtol=1e-5):
        return ""
    if np.isclose(factor, -1):
        return "Only the sign is wrong."
    return f"Your result is always {number(factor)} times the expected one."


def _size(value):
    size = len(value)
    if isinstance(value, str) or size < 1:
        raise ValueError
    return size


def _value(value):
    return np.asarray(value, dtype=float)


def _all_are(pairs, change):
    """Whether each result is the right one, changed so."""
    try:
        with np.errstate(all="ignore"):
            return all(
                same(got, np.asarray(change(args, wanted), dtype=float))
                for args, got, wanted in pairs
            )
    except Exception:
        return False


def _row(value):
    return np.ndim(value) == 1


def _table(value):
    return np.ndim(value) == 2


def _one(value):
    return np.ndim(value) == 0


def _holds_0(value):
    return np.ndim(value) > 0 and bool((np.asarray(value) == 0).any())


def _large(value):
    return np.abs(np.asarray(value, float)).max() > 100


def _ties(value):
    return _row(value) and len(set(np.asarray(value).tolist())) < len(value)


def _not(test):
    return lambda value: not test(value)


# What may tell the cases that come out right from those that do not: pairs of tests.
PAIRS = (
    (_row, "{name} is one row", _table, "it is a table"),
    (_one, "{name} is one number", _row, "it is a row"),
    (_holds_0, "{name} holds a 0", _not(_holds_0), "it holds none"),
    (lambda v: _one(v) and v == 0, "{name} is 0", lambda v: v != 0, "it is not"),
    (lambda v: _one(v) and v == 1, "{name} is 1", lambda v: v != 1, "it is not"),
    (lambda v: _one(v) and v < 0, "{name} is below 0", lambda v: v >= 0, "it is not"),
    (lambda v: len(v) == 0, "{name} is empty", lambda v: len(v) > 0, "it is not"),
    (lambda v: len(v) == 1, "{name} has one item", lambda v: len(v) > 1,
     "it has more"),
    (lambda v: len(v) == 2, "{name} has two items", lambda v: len(v) != 2,
     "it has another number of them"),
    (lambda v: np.shape(v)[1] == 2, "{name} has two columns",
     lambda v: np.shape(v)[1] != 2, "it has another number of them"),
    (_ties, "two of {name} are equal", _not(_ties), "all are different"),
    (_large, "{name} holds large numbers", _not(_large), "the numbers are small"),
    (lambda v: len(v) > 99, "{name} is long", lambda v: len(v) <= 99, "it is short"),
)  # fmt: skip


def contrast(exercise, cases, wrong, stopped):
    """A sentence if something in the arguments tells the wrong cases from the right."""
    wrong = set(wrong)
    right = set(range(len(cases))) - wrong
    if len(right) < 2 and not stopped:
        return None  # one right case may be chance
    for place, name in enumerate(exercise.arguments[: len(cases[0])]):
        for first, words, second, others in PAIRS if wrong and right else ():
            one_way = first in (_holds_0, _ties, _large)
            for bad, good in ((first, second), (second, first))[: 1 if one_way else 2]:
                if _tell(bad, [cases[i][place] for i in wrong]) and _tell(
                    good, [cases[i][place] for i in right]
                ):
                    where = ("right", "wrong") if bad is second else ("wrong", "right")
                    told = f"This is {where[0]} where {words}, and {where[1]} where "
                    return f"{told}{others}: {{case}}.".replace("{name}", name)
    return None


def _tell(test, values):
    try:
        return all(test(value) for value in values)
    except Exception:
        return False
