"""What the results tell by themselves: how they lie to the right ones, and where."""

import itertools

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
    (lambda x: np.trunc(x), "The right numbers, with their fractions cut off: {case}. "
     "Is a table made that holds whole numbers alone?"),
    (lambda x: np.cos(x), "This is np.cos of the right result: {case}. Leave np.cos "
     "out."),
    (lambda x: x.argmax(), "This is the place of the largest: {case}. The numbers "
     "themselves are asked for."),
    (lambda x: x.sum(), "These are the right numbers, added up: {case}. Keep them "
     "apart."),
    (lambda x: x.mean(), "This is the mean of the right numbers: {case}. Keep them "
     "apart."),
)  # fmt: skip
# The reader's result, changed -> what is to be said where that is right.
YOURS = (
    (lambda x: x.sum(), "These are the parts of the result: {case}. Add them up."),
    (lambda x: x.prod(), "These are the parts of the result: {case}. Multiply them."),
    (lambda x: _varied(x).mean(), "The result is the mean of yours: {case}. Take it."),
    (lambda x: _varied(x).max(), "The largest of yours is the result: {case}."),
    (lambda x: _varied(x).min(), "The least of yours is the result: {case}."),
    (lambda x: x[-1], "The last of these is right: {case}. Return it alone."),
    (lambda x: x[0], "The first of these is right: {case}. Return it alone."),
    (lambda x: x[1], "The second of these is right: {case}. Return it alone."),
    (lambda x: _columns(x)[:, 1:], "The first column is too much, the rest is right: "
     "{case}. Leave it out of what is returned."),
    (lambda x: _columns(x)[:, :-1], "The last column is too much, the rest is right: "
     "{case}. Leave it out of what is returned."),
    (lambda x: x[1:], "The first is too much, the rest is right: {case}."),
    (lambda x: x[:-1], "The last is too much, the rest is right: {case}."),
    (lambda x: x.sum(axis=-1), "The numbers of each row are still to be added up: "
     "{case}. Sum along the last axis."),
    (lambda x: x.sum(axis=0), "The rows are still to be added up: {case}. Sum along "
     "the first axis."),
    (lambda x: x / x.sum(), "These are not yet divided by their sum: {case}."),
    (lambda x: x / x.sum(axis=-1, keepdims=True), "These are not yet divided by the "
     "sum of each row: {case}."),
    (lambda x: np.abs(x), "The signs are too much: {case}. Take np.abs."),
    (lambda x: np.ceil(x - 1e-9), "Round up: {case}."),
    (lambda x: np.floor(x + 1e-9), "Cut the fraction off: {case}."),
    (lambda x: _columns(x).argmax(axis=1), "Each row has its largest number at the "
     "right place: {case}. That place is asked for, and not a row."),
    (lambda x: x[:, 0], "The right result is the first column of yours: {case}."),
    (lambda x: np.diag(x), "The right numbers stand on the diagonal of yours, the "
     "first of the first row, the second of the second: {case}. One of each row is "
     "asked for."),
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


def _columns(x):
    if x.ndim != 2:
        raise ValueError
    return x


def _varied(x):
    if x.size < 2 or (x == x.flat[0]).all():
        raise ValueError
    return x


def order(pairs):
    """Each only once, or the right ones in another order; words or numbers."""
    rows = [(_listed(got), _listed(wanted)) for _, got, wanted in pairs]
    if any(got is None or wanted is None for got, wanted in rows):
        return None
    if all(sorted(got) == sorted(set(wanted)) for got, wanted in rows):
        return (
            "Each is there only once: {case}. What comes twice must stand there twice, "
            "in its own place. Go through what was given, one by one."
        )
    if all(sorted(got) == sorted(wanted) for got, wanted in rows):
        return "These are the right ones in another order: {case}."
    return None


def _listed(value):
    if isinstance(value, tuple) or getattr(value, "ndim", 0) == 1:
        return list(value)
    return None


def sizes(exercise, pairs):
    """Of a result of another shape: what it is as long as, and what it should be."""
    shapes = [(np.shape(got), np.shape(wanted)) for _, got, wanted in pairs]
    if any(len(a) != len(b) or not a for a, b in shapes):
        return None
    for axis in range(len(shapes[0][0])):
        got = [a[axis] for a, _ in shapes]
        wanted = [b[axis] for _, b in shapes]
        if got != wanted:
            yours = _as_many(exercise, pairs, got)
            right = _as_many(exercise, pairs, wanted)
            what = "columns" if axis else "rows" if len(shapes[0][0]) > 1 else "items"
            if yours and right:
                return (
                    f"Your result has as many {what} as {yours}, and should have as "
                    f"many as {right}: {{case}}."
                )
    return None


def _as_many(exercise, pairs, counts):
    """`W` has rows: which input all these counts are the size of."""
    for place, name in enumerate(exercise.arguments[: len(pairs[0][0])]):
        for size, words in (
            (lambda v: np.shape(v)[0], f"`{name}` has {{0}}"),
            (lambda v: np.shape(v)[1], f"`{name}` has columns"),
            (lambda v: v if isinstance(v, int) else -1, f"`{name}` says"),
        ):
            try:
                found = [size(args[place]) for args, _, _ in pairs]
            except Exception:
                continue
            if found == counts:
                table = np.ndim(pairs[0][0][place]) == 2
                return words.format("rows" if table else "items")
    for one, other in itertools.combinations(range(len(pairs[0][0])), 2):
        try:
            found = [len(args[one]) * len(args[other]) for args, _, _ in pairs]
        except TypeError:
            continue
        if found == counts:
            a, b = exercise.arguments[one], exercise.arguments[other]
            return f"`{a}` and `{b}` have pairs"
    return None


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
    for change, sentence in YOURS:
        if _all_are([(args, wanted, got) for args, got, wanted in pairs],
                    lambda args, got, change=change: change(got)):  # fmt: skip
            return sentence
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
    for digits in (1, 2, 3, 4, 5, 6):
        if _all_are(pairs, lambda args, wanted, d=digits: np.round(wanted, d)):
            places = f"{digits} place{'s' * (digits > 1)}"
            return f"It looks rounded to {places}: return all the digits."
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
