"""An exercise is data: add one to a file in helpers/check/subjects and it is there.

A sentence of ``mistakes`` or ``wrong`` may hold {case}, which becomes what was seen:
"for p = [0.7, 0.3] and truth = 1 you returned 1.737, expected 1.204".
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

ROUNDS = 8  # random inputs for each exercise


@dataclass(frozen=True)
class Function:
    """The reader writes a function; the reference is the course's own.

    cases are arguments that sentences show, the plainest first; random(rng) makes
    more, of random sizes; hard are the edges (0 ln 0, large logits), looked at only
    once the rest is right. mistakes maps a sentence to the mistake itself, a function
    of the same arguments, or to several. properties maps a sentence to a test of
    (f, *args); promises to a test of f alone, where more than one result is right.
    """

    reference: Callable
    cases: tuple[tuple, ...]
    hints: tuple[str, ...]
    mistakes: dict[str, Callable]
    random: Callable[[np.random.Generator], tuple] | None = None
    hard: tuple[tuple, ...] = ()
    properties: dict[str, Callable[..., bool]] = field(default_factory=dict)
    promises: dict[str, Callable[[Callable], bool]] = field(default_factory=dict)
    notebook: str = ""

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
