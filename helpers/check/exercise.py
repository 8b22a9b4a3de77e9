"""An exercise is data: add one to a file in helpers/check/subjects and it is there.

A sentence of ``mistakes`` or ``wrong`` may hold {case}, which becomes what was seen:
"for p = [0.7, 0.3] and truth = 1 you returned 1.737, expected 1.204".
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from helpers.check import listing
from helpers.check.run import call

ROUNDS = 8  # random inputs for each exercise


@dataclass(frozen=True)
class Function:
    """The reader writes a function; the reference is the course's own.

    cases are arguments that sentences show, the plainest first; random(rng) makes
    more, of random sizes; hard are the edges (0 ln 0, large logits), looked at only
    once the rest is right. mistakes maps a sentence to the mistake itself, a function
    of the same arguments, or to several; surest are those told before a slip found in
    the reader's line, which would be mended there in a roundabout way. properties maps
    a sentence to a test of (f, *args); promises to a test of f alone, where more than
    one result is right, or more than one way to be wrong.

    where maps a sentence to a test of the arguments, and is told if all that comes out
    wrong passes it.

    Where a function may list all the ways to choose, groups(*args) is how many they
    are at most, and slow what is said of one that does: it gets the small cases alone.

    Arrays of whole numbers come as such too, as np.array([[2, 0]]) makes them, unless
    whole is False: where no notebook gives them in this form.
    """

    reference: Callable
    cases: tuple[tuple, ...]
    hints: tuple[str, ...]
    mistakes: dict[str, Callable]
    random: Callable[[np.random.Generator], tuple] | None = None
    hard: tuple[tuple, ...] = ()
    properties: dict[str, Callable[..., bool]] = field(default_factory=dict)
    promises: dict[str, Callable[[Callable], bool]] = field(default_factory=dict)
    surest: dict[str, Callable] = field(default_factory=dict)
    where: dict[str, Callable[..., bool]] = field(default_factory=dict)
    groups: Callable[..., int] | None = None
    slow: str = ""
    notebook: str = ""
    whole: bool = True

    @property
    def name(self):
        return self.reference.__name__

    @property
    def arguments(self):
        return list(inspect.signature(self.reference).parameters)

    def usual(self):
        """The shown cases, then random ones: the same each time, so that the same
        answer always gets the same sentence."""
        rng = np.random.default_rng(sum(self.name.encode()))
        drawn = [self.random(rng) for _ in range(ROUNDS)] if self.random else []
        return [*self.cases, *drawn]

    def small(self):
        """The same for a function that lists all the ways to choose."""

        def few(args):
            return self.groups(*args) <= listing.MOST

        def draw(rng):
            return next(
                args for args in iter(lambda: self.random(rng), None) if few(args)
            )

        cases, hard = (tuple(filter(few, some)) for some in (self.cases, self.hard))
        return replace(self, cases=cases, hard=hard, random=draw)

    @cached_property
    def edges(self):
        """The hard cases, then those shown whose arrays hold whole numbers, as ints."""
        shown = self.cases if self.whole else ()
        return [*self.hard, *(ints for args in shown if (ints := self._as_ints(args)))]

    def _as_ints(self, args):
        """args with integers for floats; () where nothing changes, or the result."""
        ints = tuple(_integers(value) for value in args)
        if all(a is b for a, b in zip(ints, args, strict=True)):
            return ()
        results = [call(self.reference, given) for given in (args, ints)]
        return ints if results[1].like(results[0]) else ()


def _integers(value):
    """[1.0, 2.0] as [1, 2], if it is a float array of whole numbers alone."""
    floats = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    if floats and value.size and np.array_equal(value, np.round(value)):
        return value.astype(int)
    return value


@dataclass(frozen=True)
class Value:
    """The reader gives numbers, of which more than one set may be right.

    wrong maps a sentence to a test that finds this mistake in the numbers (a float64
    array of the wanted shape); the first that is found is told, and numbers in which
    none is found are right. The last is the catch-all. case(numbers) says what was
    seen.
    """

    name: str
    reference: Any
    case: Callable[[np.ndarray], str]
    wrong: dict[str, Callable[[np.ndarray], bool]]
    hints: tuple[str, ...]
    solution: str
    notebook: str = ""
