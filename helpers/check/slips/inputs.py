"""Results that the course's own function gives as well, but on other inputs.

A factor that is forgotten is a factor of 1, an exchange of two names an exchange of
two inputs: so a slip shows in the results alone, in whatever form it was written.
"""

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np


@dataclass
class Other:
    """One input, changed: test says where it can be, words what it looks like."""

    words: str
    test: Any
    change: Any


def _row(x):
    return isinstance(x, list) or getattr(x, "ndim", 0) == 1


def _whole(x):
    return isinstance(x, int | np.integer) and not isinstance(x, bool)


def _real(x):
    return isinstance(x, float | np.ndarray)


def _table(x):
    return getattr(x, "ndim", 0) == 2


def _many(x):
    return _row(x) and len(x) > 1


OTHERS = (
    Other("were 1 everywhere. Is `{0}` forgotten somewhere?", _real,
          lambda x: x * 0 + 1.0),
    Other("were 0 everywhere. Is `{0}` forgotten somewhere?", _real, lambda x: x * 0.0),
    Other("had its last item left out. Does a loop or a slice end one too early?",
          _many, lambda x: x[:-1]),
    Other("had its first item left out. Does a loop or a slice begin one too late?",
          _many, lambda x: x[1:]),
    Other("had its first item alone. Does the function end in the first round of a "
          "loop?", _many, lambda x: x[:1]),
    Other("had its last item alone. Does each round of a loop write over the one "
          "before?", _many, lambda x: x[-1:]),
    Other("were turned round, the last first.", _many, lambda x: x[::-1]),
    Other("came sorted. Has sorting moved the items from their places?", _many,
          lambda x: type(x)(sorted(x))
          if isinstance(x, list) else np.sort(x)),
    Other("came sorted downwards. Has sorting moved the items from their places?",
          _many, lambda x: sorted(x)[::-1]
          if isinstance(x, list) else np.sort(x)[::-1]),
    Other("were its own first row alone.", _table, lambda x: x[:1]),
    Other("were turned, with rows for columns. Are two places exchanged?", _table,
          lambda x: x.T),
    Other("were 1 less.", _whole, lambda x: x - 1),
    Other("were 1 more.", _whole, lambda x: x + 1),
    Other("were 1 everywhere. Is `{0}` forgotten somewhere?", _whole, lambda x: 1),
    Other("had the other sign.", _real, lambda x: -x),
    Other("stood below, as 1 / {0}. Is it divided where it is multiplied?", _real,
          lambda x: 1 / x),
    Other("were twice as large. Is there a factor of 2 too much?", _real,
          lambda x: 2 * x),
    Other("were half as large. Is there a factor of 2 too few?", _real,
          lambda x: x / 2),
    Other("were squared. Is there a square too much?", _real, lambda x: x**2),
    Other("had a root taken of it. Is a root too much there?", _real, np.sqrt),
    Other("were nowhere below 0. Is a sign lost?", _real, abs),
    Other("had its logarithm taken first.", _real, np.log),
    Other("had e to its power taken first.", _real, np.exp),
)  # fmt: skip


def others(arguments, sample):
    """(sentence, change of all the inputs) of each way to look for."""
    for i, j in itertools.combinations(range(len(sample)), 2):
        if type(sample[i]) is type(sample[j]) and not callable(sample[i]):

            def exchange(args, i=i, j=j):
                args = list(args)
                args[i], args[j] = args[j], args[i]
                return args

            a, b = arguments[i], arguments[j]
            yield f"if `{a}` and `{b}` were exchanged.", exchange
    for place, name in enumerate(arguments[: len(sample)]):
        for other in OTHERS:
            if other.test(sample[place]):

                def change(args, place=place, other=other):
                    args = list(args)
                    args[place] = other.change(args[place])
                    return args

                yield f"if `{name}` {other.words.format(name)}", change
