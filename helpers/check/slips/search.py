"""Try edits one by one: the first that makes a function give what is wanted."""

import time

from helpers.check.run import call

BUSY = 0.7  # seconds of processor time; the common slips take a tenth of it
WAIT = 2.0  # seconds on the clock, where the machine is shared
ROUNDS = 2000  # that a loop may go beyond what the answer itself took


class Search:
    """Outcomes that are wanted on some cases, and a clock."""

    def __init__(self, cases):
        self.cases = cases
        self.busy, self.begun = time.thread_time(), time.monotonic()

    @property
    def over(self):
        busy = time.thread_time() - self.busy
        return busy > BUSY or time.monotonic() - self.begun > WAIT

    def first(self, written, edits, wanted, places):
        """The first edit after which the function gives what is wanted there.

        places are looked at in order, so the one that fails soonest comes first.
        """
        limit = self._rounds(written, places)
        for edit in edits:
            if self.over:
                return None
            if self.holds(written, edit, wanted, places, limit):
                return edit
        return None

    def holds(self, written, edit, wanted, places, limit=ROUNDS):
        try:
            function = written.compiled(limit, edit)
        except Exception:  # an edit may make what is no Python
            return False
        for place in places:
            function.rounds[0] = 0
            got = call(function, self.cases[place])
            if not got.like(wanted[place]):
                return False
            if got.changed and not wanted[place].changed:
                return False
        return True

    def _rounds(self, written, places):
        """How many rounds a changed function may take: a few more than it took."""
        most = 0
        function = written.compiled(10 * ROUNDS)
        for place in places:
            function.rounds[0] = 0
            call(function, self.cases[place])
            most = max(most, function.rounds[0])
            if self.over:
                break
        return 2 * most + ROUNDS
