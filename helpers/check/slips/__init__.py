"""Find a slip by making it, for every exercise at once.

A slip in the reader's own function that, undone, makes it right is the best diagnosis
there is, as it names their line. So the source is read as a tree, and the usual slips
are undone one at a time: `kept` (= for +=), `flow` (return in the loop), `names`,
`places` (rows, ranges, slices), `functions` and `formulas`. The same edits made in the
course's own function
tell what an answer has in place of it. `results` and `reading` say what can be seen
without a change.
"""

import numpy as np

from helpers.check.errors import advice
from helpers.check.slips import (
    flow,
    formulas,
    functions,
    kept,
    names,
    places,
    reading,
    results,
)
from helpers.check.slips.search import Search
from helpers.check.slips.written import written

__all__ = ["Slips"]


class Slips:
    """What can be found out about one wrong answer; runs in the guard."""

    def __init__(self, exercise, run):
        self.exercise, self.run = exercise, run
        self.search = Search(run.cases)
        self.source = written(run.answer)
        self.usual = range(len(run.cases) - len(exercise.hard))
        ran = len(run.outcomes)
        self.wrong = [*run.wrong(), *range(ran, len(run.cases))]

    def of_the_flow(self):
        """A slip of Python's that, undone, makes the reader's function right."""
        return self._undone(kept, flow, names, places)

    def of_the_formula(self):
        """A slip in a formula that, undone, makes the reader's function right."""
        return self._undone(functions, formulas)

    def _undone(self, *kinds):
        if self.source is None or not self.wrong:
            return None
        first = [i for i in self.wrong if i in self.usual][:1] or self.wrong[:1]
        only_hard = first[0] not in self.usual
        rest = [i for i in self.usual if i not in first]
        hard = [i for i in range(len(self.run.cases)) if i not in [*first, *rest]]
        looked_at = [*first, *rest, *hard] if only_hard else [*first, *rest]
        for kind in kinds:
            edits = kind.edits(self.source)
            edit = self.search.first(self.source, edits, self.run.expected, looked_at)
            if edit:
                return edit.told(self.source)
        return None

    def of_the_reference(self):
        """The course's own function with one slip, if it gives the same results."""
        own = written(self.exercise.reference)
        outcomes = self.run.outcomes
        ran = len(outcomes) >= len(self.usual) and self.wrong[0] in self.usual
        if own is None or not ran or not self._tells():
            return None
        order = sorted(self.usual, key=lambda i: i not in self.wrong)
        for kind in (functions, formulas, places):
            edit = self.search.first(own, kind.edits(own), outcomes, order)
            if edit:
                edit.read()
                return (
                    f"Your results are those of `{edit.now}`, where `{edit.was}` "
                    "belongs: {case}."
                )
        return None

    def _tells(self):
        """Whether the results are numbers or words that differ from case to case."""
        values = [self.run.outcomes[i].value for i in self.usual]
        arrays = [v for v in values if isinstance(v, np.ndarray)]
        if not all(isinstance(v, np.ndarray | tuple) for v in values):
            return False
        if not all(np.isfinite(v).all() for v in arrays):
            return False
        return len({np.asarray(v).tobytes() for v in values}) > len(values) // 2

    def of_the_results(self):
        """What all the results say by themselves."""
        run = self.run
        ran = [i for i in self.usual if i < len(run.outcomes)]
        if any(run.outcomes[i].stopped for i in ran):
            return None
        return results.relation(
            self.exercise,
            [(run.cases[i], run.outcomes[i].value, run.expected[i].value) for i in ran],
        )

    def of_the_cases(self):
        """What tells the cases that come out wrong from the others."""
        run = self.run
        wrong = run.wrong()
        told = results.contrast(self.exercise, run.cases[: len(run.outcomes)], wrong)
        more = advice(run.outcomes[wrong[0]].stopped)
        return told and f"{told} {more}".rstrip()

    def of_the_reading(self):
        return reading.read(self.source) if self.source else None
