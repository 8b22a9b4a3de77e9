"""What tells the cases that come out wrong from those that come out right."""

import numpy as np

from helpers.check.compare import depth


def _row(value):
    return depth(value) == 1


def _table(value):
    return depth(value) == 2


def _one(value):
    return depth(value) == 0


def _holds_0(value):
    return depth(value) > 0 and bool((np.asarray(value) == 0).any())


def _large(value):
    return np.abs(np.asarray(value, float)).max() > 100


def _ties(value):
    return _row(value) and len(set(np.asarray(value).tolist())) < len(value)


def _two(value):
    return len(value) == 2


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
    (_two, "{name} has two items", _not(_two), "it has another number of them"),
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
    for place, name in enumerate(exercise.arguments[: len(cases[0])]):
        for first, words, second, others in PAIRS if wrong and right else ():
            one_way = first in (_holds_0, _ties, _large)
            for bad, good in ((first, second), (second, first))[: 1 if one_way else 2]:
                sole = stopped and bad is not _two  # one alone may be chance
                if _tells(bad, good, [args[place] for args in cases], wrong, sole):
                    where = ("right", "wrong") if bad is second else ("wrong", "right")
                    told = f"This is {where[0]} where {words}, and {where[1]} where "
                    return f"{told}{others}: {{case}}.".replace("{name}", name)
    return None


def _tells(bad, good, values, wrong, sole):
    """Whether all the wrong ones are bad and the good ones right; sole: even one.

    A result may be right by chance, such as 0; so a few of the bad ones may be.
    """
    try:
        bads = {i for i, value in enumerate(values) if bad(value)}
        goods = {i for i, value in enumerate(values) if good(value)}
    except Exception:
        return False
    enough = min(len(goods), len(wrong)) >= (1 if sole else 2)
    clear = wrong <= bads and len(bads | goods) == len(values) and not bads & goods
    return enough and clear and len(wrong) >= 0.75 * len(bads)
