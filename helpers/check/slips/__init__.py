"""Find a slip by making it, for every exercise at once.

A slip in the reader's own function that, undone, makes it right is the best diagnosis
there is, as it names their line. So the source is read as a tree, and the usual slips
are undone one at a time: `kept` (= for +=), `flow` (return in the loop), `names`,
`places` (rows, ranges, slices), `cut` (whole numbers alone), `functions` and
`formulas`. The same edits made in the course's own function tell what an answer has in
place of it. `results` and `reading` say what can be seen without a change.
"""

import ast
import contextlib
from dataclasses import replace

import numpy as np

from helpers.check.compare import Parts, depth
from helpers.check.errors import advice
from helpers.check.run import call
from helpers.check.slips import (
    brackets,
    collected,
    contrast,
    cut,
    flow,
    formulas,
    functions,
    inputs,
    kept,
    names,
    places,
    reading,
    results,
    shares,
    slices,
    steps,
    terms,
    thrown,
)
from helpers.check.slips.search import Search
from helpers.check.slips.shown import strange
from helpers.check.slips.written import every, two_told, written

__all__ = ["Slips"]

# What is Python's own, and what an exercise's mistakes say better, if they know it.
SURE = (*thrown.RULES, *kept.RULES, *cut.RULES, *collected.RULES, *kept.LATER,
        *flow.RULES, *steps.RULES, *flow.LATER, *steps.LATER, *names.RULES,
        *shares.RULES, *places.WALKS, *kept.LAST, *formulas.FORMS)  # fmt: skip
# A bracket changes a count by whole numbers, and there two slips may cancel.
BRACKETS = brackets.FORMS
LIKELY = (steps.other_order, *places.PLACES, slices.slices, *places.INDICES,
          slices.colons, *functions.RULES, *formulas.RULES,
          *functions.LATER)  # fmt: skip
LAST = formulas.LAST  # these find something nearly always
MORE = 40  # cases drawn to see whether a pattern holds


class Slips:
    """What can be found out about one wrong answer; runs in the guard."""

    def __init__(self, exercise, run):
        self.exercise, self.run = exercise, run
        self.usual = range(len(run.cases) - len(exercise.edges))
        self.wrong = [*run.wrong(), *range(len(run.outcomes), len(run.cases))]
        self.only_hard = self.wrong[0] not in self.usual
        self.counts = all(isinstance(n, int) for args in run.cases for n in args)
        self.source = written(run.answer)
        self.search = None
        if self.source:
            first = (
                run.outcomes[self.wrong[0]] if run.outcomes[self.wrong[0] :] else None
            )
            self.source.stopped = first.stopped if first else ""
            self.source.rows = [
                name for name, value in zip(
                    exercise.arguments, run.cases[self.wrong[0]], strict=False
                ) if depth(value) == 1
            ]  # fmt: skip
            others = [i for i in range(len(run.cases)) if i != self.wrong[0]]
            rest = [i for i in others if self.only_hard or i in self.usual]
            hard = [i for i in others if i not in rest]
            self.search = Search(
                self.source, run.cases, run.expected, self.wrong[0], rest, hard
            )

    def of_the_flow(self):
        """A slip of Python's that, undone, makes the reader's function right."""
        for seen in (reading.lost, reading.undecided):
            if self.source and (sentence := seen(self.source)):
                return sentence
        sure = SURE if self.counts else (*SURE, *BRACKETS)
        if sentence := self._undone(sure, sure=True):
            return sentence
        return self.source and thrown.told(self.source)

    def of_the_formula(self):
        """A slip in a formula that, undone, makes the reader's function right."""
        return self._undone((*(BRACKETS if self.counts else ()), *LIKELY))

    def of_two(self):
        """Two slips that, both undone, make the reader's function right."""
        if self.search and not self.only_hard and (two := self._two()):
            return two_told(*two)
        return None

    def _two(self):
        whole = (
            edit for edit in formulas.wrapped(self.source)
            if isinstance(edit.stmt, ast.Return) and edit.changes[0][0] is edit.stmt
        )  # fmt: skip
        return self.search.find_two(whole)

    def of_the_last(self):
        """Something to leave out or to put in that makes the function right."""
        return None if self.only_hard else self._undone(LAST)

    def _undone(self, rules, sure=False):
        if self.search is None:
            return None
        edits = every(self.source, *rules)
        if sure:
            edits = (replace(edit, sure=True) for edit in edits)
        edit = self.search.find(edits)
        return edit and edit.told()

    def of_tables(self):
        """A slip that, undone, makes the function right for tables, of rows and tables.

        Or for rows, where numbers come too: what is left then is the other kind.
        """
        name, cases = self.exercise.arguments[0], self.run.cases
        sides = [depth(cases[i][0]) for i in self.usual]
        many = [i for i in self.usual if sides[i] == max(sides)]
        wrong = [i for i in many if i in self.wrong]
        if self.source is None or len(set(sides)) < 2 or not wrong or self.only_hard:
            return None
        rest = [i for i in many if i != wrong[0]]
        search = Search(self.source, cases, self.run.expected, wrong[0], rest)
        edit = search.find(every(self.source, *SURE, *BRACKETS))
        kinds = ("one number", "one row", "a table")
        return edit and (
            f"{edit.told()} That mends it where `{name}` is {kinds[max(sides)]}; it "
            f"can also be {kinds[min(sides)]}."
        )

    def but_for_the_edges(self):
        """A slip that, undone, makes the function right for all but the hard cases."""
        loose = self.search and self.search.loose
        if loose and self.source.stopped.startswith("AttributeError"):
            return None  # the error says more than what might be left out
        return loose and f"{loose.told()} That mends all but the special cases."

    def of_the_reference(self):
        """The course's own function with one slip, if it gives the same results."""
        own, outcomes = written(self.exercise.reference), self.run.outcomes
        ran = len(outcomes) >= len(self.usual) and not self.only_hard
        if own is None or not ran or not self._tells():
            return None
        rest = [i for i in self.usual if i != self.wrong[0]]
        search = Search(own, self.run.cases, outcomes, self.wrong[0], rest)
        if edit := search.find(every(own, *terms.RULES)):
            return f"{{case}} {edit.why}"
        rules = (*functions.RULES, *formulas.FORMS, *BRACKETS, *formulas.RULES,
                 *places.PLACES, slices.slices, *places.INDICES)  # fmt: skip
        edit = search.find(every(own, *rules))
        if edit is None:
            return None
        edit.read()
        lines = {self._stmt(own, holder) for holder, _, _ in edit.changes}
        others = sorted((s.lineno, s) for s in lines - {edit.stmt})
        for _, stmt in others:
            more = replace(edit, stmt=stmt)
            more.read()
            edit.was, edit.now = f"{edit.was}; {more.was}", f"{edit.now}; {more.now}"
        told = f"Your results are those of `{edit.now}`, where `{edit.was}` belongs"
        if strange(self.source, edit.now, self.exercise.arguments):
            told = (
                f"Your results are those of the course's own line `{edit.was}` if it "
                f"were `{edit.now}`"
            )
        return f"{told}: {{case}}."

    @staticmethod
    def _stmt(own, node):
        while not isinstance(node, ast.stmt):
            node = own.parents[node]
        return node

    def of_the_inputs(self):
        """The course's own function, if it gives the same results on other inputs."""
        ran = len(self.run.outcomes) >= len(self.usual) and not self.only_hard
        if not ran or not self._tells():
            return None
        cases, places = self.run.cases, [self.wrong[0], *self.usual]
        arguments = self.exercise.arguments
        for words, change in inputs.others(arguments, cases[self.wrong[0]]):
            with contextlib.suppress(Exception):
                if all(
                    call(self.exercise.reference, change(cases[i]), look=False).like(
                        self.run.outcomes[i]
                    )
                    for i in places
                ):
                    return f"{{case}} That would be right {words}"
        return None

    def _tells(self):
        """Whether the results are numbers or words that differ from case to case."""
        values = [self.run.outcomes[i].value for i in self.usual]
        arrays = [v for v in values if isinstance(v, np.ndarray)]
        if not all(isinstance(v, np.ndarray | tuple | Parts) for v in values):
            return False
        if not all(np.isfinite(v).all() for v in arrays):
            return False
        return len({repr(v) for v in values}) > len(values) // 2

    def of_the_results(self):
        """What all the results say by themselves."""
        run = self.run
        began = [i for i in self.usual if i < len(run.outcomes)]
        ran = [i for i in began if not run.outcomes[i].stopped]
        if self.only_hard or 2 * len(ran) < len(began):
            return None
        pairs = [
            (run.cases[i], run.outcomes[i].value, run.expected[i].value) for i in ran
        ]
        if len(ran) < len(began):
            return results.sizes(self.exercise, pairs)
        return (
            results.relation(self.exercise, pairs)
            or results.order(pairs)
            or results.sizes(self.exercise, pairs)
        )

    def of_the_parts(self):
        """Which part of a pair or a triple is right."""
        run = self.run
        if self.only_hard or not isinstance(run.expected[0].raw, tuple):
            return None
        return results.parts(
            [(run.cases[i], run.outcomes[i].value, run.expected[i].value)
             for i in self.usual]
        )  # fmt: skip

    def of_the_cases(self):
        """What tells the cases that come out wrong from the others.

        More cases are drawn for it: what holds in a dozen may be chance.
        """
        run, exercise = self.run, self.exercise
        # Where usual cases are wrong, an edge may come out right by chance.
        kept = [i for i in range(len(run.outcomes))
                if self.only_hard or i in self.usual or i in run.wrong()]  # fmt: skip
        cases = [run.cases[i] for i in kept]
        wrong = [kept.index(i) for i in run.wrong()]
        stopped = run.outcomes[run.wrong()[0]].stopped
        rng = np.random.default_rng(MORE)
        more = [exercise.random(rng) for _ in range(MORE)] if exercise.random else []
        for args in more:
            if not call(run.answer, args).like(call(exercise.reference, args)):
                wrong = [*wrong, len(cases)]
            cases = [*cases, args]
        told = contrast.contrast(exercise, cases, wrong, bool(stopped))
        return told and f"{told} {advice(stopped)}".rstrip()

    def of_what_is_missing(self):
        """A step of the course's own that the reader's function takes nowhere."""
        own = written(self.exercise.reference)
        if self.source is None or own is None or self.source.stopped:
            return None
        if not isinstance(self.run.outcomes[self.wrong[0]].value, np.ndarray | tuple):
            return None
        return reading.missing(self.source, own)

    def of_what_is_looked_at(self):
        if self.source is None or self.source.stopped:
            return None
        longest = [
            max(given, key=np.size) for given in zip(*self.run.cases, strict=False)
        ]
        return reading.not_looked_at(self.source, longest)

    def of_large_numbers(self):
        """A power of e that overflows, where the course's own calls softmax."""
        own = written(self.exercise.reference)
        if not (self.only_hard and self.source and own):
            return None
        return reading.overflows(self.source, own, self.run.outcomes[self.wrong[0]])

    def of_the_reading(self):
        return reading.read(self.source) if self.source else None

    def of_what_is_unused(self):
        return reading.unused(self.source) if self.source else None
