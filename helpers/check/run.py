"""Call the reader's function, inside the guard, and write down what it did."""

import contextlib
import copy
import dis
import inspect
import linecache
import re
from dataclasses import dataclass
from typing import Any

import numpy as np

from helpers.check import guard
from helpers.check.compare import fits, plain, same

ENDLESS = (  # Python stops where NumPy says inf
    "ZeroDivisionError",
    "ValueError: math domain error",
    "ValueError: expected a positive input",
)
STUB = ("RESUME", "LOAD_CONST", "RETURN", "NOP", "CACHE", "NOT_TAKEN", "COPY_FREE")


@dataclass
class Outcome:
    """One call: a plain value, or how it stopped."""

    value: Any = None
    raw: Any = None  # as it was returned
    stopped: str = ""  # "NameError: name 'mp' is not defined"
    where: str = ""  # "line 2, e = mp.exp(z)"
    changed: str = ""  # place of the argument that the call changed

    def like(self, other):
        if self.stopped.startswith(ENDLESS) and isinstance(other.value, np.ndarray):
            return bool(np.isinf(other.value).any())
        if self.stopped or other.stopped:
            return self.stopped.split(":")[0] == other.stopped.split(":")[0]
        return same(self.value, other.value)


class Run:
    """Every call of the reader's function, as far as it got."""

    def __init__(self, exercise, answer, cases):
        self.exercise, self.answer, self.cases = exercise, answer, cases
        self.expected = [call(exercise.reference, args) for args in cases]
        self.outcomes = []
        self.broken = {}  # place of the case -> properties that do not hold there
        self.unkept = []  # promises
        self.stub = False
        self.arity = None
        self.printed = None
        self.complete = False

    def call_all(self, printed):
        """Runs in the guard: nothing of the reader's is touched outside it."""
        self.printed = printed
        self.stub = _is_stub(self.answer)
        self.arity = _arity(self.answer, self.cases[0])
        if self.arity is not None:
            return
        for args in self.cases:
            self.outcomes.append(call(self.answer, args))
            printed.keeping = False  # the first, plainest case is enough to see
        for place, args in enumerate(self.cases):
            if self.outcomes[place].stopped:
                continue
            self.broken[place] = [
                sentence
                for sentence, holds in self.exercise.properties.items()
                if not _holds(holds, self.answer, args)
            ]
        self.unkept = [
            sentence
            for sentence, holds in self.exercise.promises.items()
            if not _holds(holds, self.answer, ())
        ]
        self.complete = True

    @property
    def floats(self):
        """How many cases come before those of whole numbers."""
        return len(self.cases) - len(self.exercise.edges) + len(self.exercise.hard)

    @property
    def fits(self):
        """Whether results have the types of the reference's, not only its numbers.

        What comes of whole numbers may be whole itself: that is no matter.
        """
        pairs = list(zip(self.outcomes, self.expected, strict=True))[: self.floats]
        return all(got.stopped or fits(got.raw, wanted.raw) for got, wanted in pairs)

    def holds_a_gap(self, place):
        """Whether it stopped at a ... that is still in it."""
        stopped = self.outcomes[place].stopped
        return "'ellipsis'" in stopped or "Ellipsis" in stopped

    def wrong(self):
        """Places of the cases that came out differently, in order."""
        pairs = zip(self.outcomes, self.expected, strict=False)
        return [i for i, (got, wanted) in enumerate(pairs) if not got.like(wanted)]


def endless(function, *args):
    """Whether it gives inf, or stops where Python has no inf, as math.log(0) does."""
    return call(function, args, look=False).like(Outcome(np.array(np.inf)))


def call(function, args, look=True):
    """One call on copies of the arguments -> Outcome; look: were they changed?"""
    given = copy.deepcopy(args)
    try:
        raw = function(*given)
        value = plain(raw)
    except guard.TimeUp:
        raise
    except BaseException as error:  # SystemExit and KeyboardInterrupt too
        return Outcome(stopped=_error(error), where=_where(error, function))
    return Outcome(value, raw, changed=_changed(args, given) if look else "")


def _changed(before, after):
    for place, (a, b) in enumerate(zip(before, after, strict=True)):
        if callable(a):
            continue
        if isinstance(a, list) and repr(a) == repr(b):  # rows of any lengths too
            continue
        with contextlib.suppress(Exception):
            # z[i] += h and z[i] -= h may leave a rounding; 0 must stay 0
            if np.shape(a) == np.shape(b) and same(plain(a), plain(b), 1e-12, 0):
                continue
        return str(place)
    return ""


def _error(error):
    try:
        told = " ".join(str(error).split())
    except BaseException:
        told = ""
    told = re.sub(r"0x[0-9a-fA-F]+", "0x…", told)
    told = told[:160] + "…" if len(told) > 160 else told.rstrip(".")
    name = type(error).__name__
    return f"{name}: {told}" if told else name


def _where(error, function):
    """The line of the reader's function that stopped."""
    code = getattr(function, "__code__", None)
    found = ""
    trace = error.__traceback__
    while trace is not None and code is not None:
        if trace.tb_frame.f_code is code:
            line = linecache.getline(code.co_filename, trace.tb_lineno).strip()
            found = f"line {trace.tb_lineno - code.co_firstlineno + 1}"
            found += f", {line}" * bool(line)
        trace = trace.tb_next
    return found


def _is_stub(function):
    """Whether the body holds nothing yet: `...`, `pass`, a docstring, or None."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & (inspect.CO_GENERATOR | inspect.CO_COROUTINE):
        return False
    return all(step.opname.startswith(STUB) for step in dis.get_instructions(code))


def _arity(function, args):
    """How many arguments the function takes, if it cannot take these."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*args)
    except TypeError:
        return len(signature.parameters)
    return None


def _holds(property_, function, args):
    try:
        return bool(
            property_(lambda *a: np.asarray(function(*a)), *copy.deepcopy(args))
        )
    except guard.TimeUp:
        raise
    except BaseException:
        return False
