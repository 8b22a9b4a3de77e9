"""Try edits one by one: the first that makes a function give what is wanted."""

import ast
import itertools
import time

from helpers.check.run import call
from helpers.check.slips.written import Edit, spot

BUSY = 0.45  # seconds of processor time; the common slips take a tenth of it
WAIT = 5.0  # seconds on the clock: a shared machine finds the same, only later
ROUNDS = 2000  # that a loop may go beyond what the answer itself took
HALVES = 40  # edits that change something are tried two at a time


class Search:
    """One function's source, the cases it is tried on, what is wanted, and a clock."""

    def __init__(self, written, cases, wanted, first, rest, hard=()):
        """first, rest and hard are places of cases; what fails soonest comes first."""
        self.written, self.cases, self.wanted = written, cases, wanted
        self.first, self.rest, self.hard = first, rest, hard
        self.busy, self.begun = time.thread_time(), time.monotonic()
        self._nearly = []  # (place of a sign or "", edit that mends all but the hard)
        self.halves = []  # edits that change the first result, and leave it wrong
        self.stops = set()  # places where the function stops as it is
        self.limit = self._rounds()
        self.own = self._result(self.written.compiled(self.limit), first)

    @property
    def over(self):
        busy = time.thread_time() - self.busy
        return busy > BUSY or time.monotonic() - self.begun > WAIT

    def find(self, edits):
        """The first edit after which all the cases come out as wanted."""
        for edit in edits:
            if self.over:
                return None
            if self._mends(edit):
                return edit
        return None

    def find_two(self, whole=()):
        """The first two edits that mend together what each alone does not.

        At least one of them is a slip of Python's, or in the whole of the result.
        """
        halves = self.halves[:HALVES]
        pairs = (p for p in itertools.combinations(halves, 2) if p[0].sure)
        for one, other in (*pairs, *itertools.product(halves, whole)):
            touched = {(id(h), f) for h, f, _ in one.changes}
            if touched & {(id(h), f) for h, f, _ in other.changes}:
                continue
            both = Edit(one.stmt, one.why, [*one.changes, *other.changes])
            if self.over:
                return None
            if self._mends(both):
                return one, other
        return None

    def _mends(self, edit):
        try:
            function = self.written.compiled(self.limit, edit)
        except Exception:  # an edit may make what is no Python
            return False
        got = self._result(function, self.first)
        if not self._as_wanted(got, self.first):
            same_kind = type(got.value) is type(self.wanted[self.first].value)
            if same_kind and not got.stopped and not got.like(self.own):
                self.halves.append(edit)
            return False
        if not all(self._holds(function, place) for place in self.rest):
            return False
        if _divided_places(edit):
            return False
        if all(self._holds(function, place) for place in self.hard):
            return True
        self._nearly.append((spot(edit) if edit.rough else "", edit))
        return False

    @property
    def loose(self):
        """The first edit that mends all but the hard cases.

        Where one sign does it as well as another, it is not the sign.
        """
        spots = [spot for spot, _ in self._nearly if spot]
        clear = (e for spot, e in self._nearly if not spot or spots.count(spot) == 1)
        return next(clear, None)

    def _holds(self, function, place):
        got = self._result(function, place)
        if not self._as_wanted(got, place):
            return False
        return not call(function, self.cases[place]).changed

    def _as_wanted(self, got, place):
        """A change may not mend by stopping: 1 / 0 is no way to write inf."""
        wanted = self.wanted[place]
        if got.stopped and not wanted.stopped and place not in self.stops:
            return False
        return got.like(wanted)

    def _result(self, function, place):
        function.count.start()
        return call(function, self.cases[place], look=False)

    def _rounds(self):
        """How many rounds a changed function may take: a few more than it took."""
        most = 0
        function = self.written.compiled(10 * ROUNDS)
        places = (self.first, *self.rest, *self.hard)
        for place in places:
            stopped = self._result(function, place).stopped
            if stopped.startswith("TooLong"):
                self.stops.update(places)
                return ROUNDS  # an endless loop
            if stopped:
                self.stops.add(place)
            most = max(most, function.count.rounds)
        return 2 * most + ROUNDS


def _divided_places(edit):
    """Whether an edit puts a division into a place, x[1 / i], which is a whole number.

    Where it gives one in every case, it does so by chance.
    """
    before = edit.apply()
    after = _divisions(edit)
    edit.undo(before)
    return after > _divisions(edit)


def _divisions(edit):
    indices = [
        n.slice for root in (edit.stmt, *(holder for holder, _, _ in edit.changes))
        for n in ast.walk(root) if isinstance(n, ast.Subscript)
    ]  # fmt: skip
    signs = [s for index in indices for s in ast.walk(index)]
    return sum(isinstance(sign, ast.Div) for sign in signs)
