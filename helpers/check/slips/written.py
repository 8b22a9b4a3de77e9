"""The source of a function as a tree, in which one thing at a time is changed."""

import ast
import builtins
import contextlib
import inspect
import re
import textwrap
from dataclasses import dataclass, field

from helpers.check.slips.bounded import Bounds, Count
from helpers.check.slips.shown import header

LOOPS = (ast.For, ast.While)
BLOCKS = ("body", "orelse", "finalbody")
# Nothing that reaches outside the function is run again with a change in it.
LEFT_ALONE = {"open", "exec", "eval", "input", "compile", "__import__", "exit", "quit"}
MODULES = {"math", "numpy", "random", "itertools", "functools", "collections", "torch"}

SEVERAL = 6  # places at most that one slip may stand in


@dataclass
class Slot:
    """A place in the tree where a node stands, and could be replaced."""

    node: ast.AST
    holder: ast.AST
    field: str
    index: int | None
    stmt: ast.stmt  # the statement that it is part of

    def put(self, new):
        """The change that puts a new node here."""
        if self.index is None:
            return self.holder, self.field, new
        items = list(getattr(self.holder, self.field))
        items[self.index] = new
        return self.holder, self.field, items


@dataclass
class Edit:
    """One change: what is wrong with a statement, and what stands right."""

    stmt: ast.stmt
    why: str  # "starts afresh in each round"
    changes: list[tuple]  # (holder, field, value), all set together
    advice: str = "Write `{now}`."
    same: str = ""  # of edits that may be needed together; else those with one why
    sure: bool = False  # a slip of Python's, and not of the formula
    rough: bool = False  # may mend all but the special cases by chance
    was: str = field(init=False, default="")
    now: str = field(init=False, default="")

    def apply(self):
        before = [(holder, name, getattr(holder, name)) for holder, name, _ in
                  self.changes]  # fmt: skip
        for holder, name, value in self.changes:
            setattr(holder, name, value)
        return before

    @staticmethod
    def undo(before):
        for holder, name, value in reversed(before):
            setattr(holder, name, value)

    def read(self):
        """Write down the statement as it was and as it is with the change."""
        self.was = header(self.stmt)
        before = self.apply()
        self.now = header(self.stmt)
        self.undo(before)

    def told(self):
        self.read()
        advice = self.advice.replace("{now}", self.now)
        return f"Line {self.stmt.lineno}, `{self.was}`, {self.why}. {advice}"


def two_told(one, other):
    """Two edits that belong together."""
    inside = {id(node) for node in ast.walk(one.stmt)}
    changes = [*one.changes, *other.changes]
    within = all(id(h) in inside for h, _, _ in changes)
    if one.stmt is not other.stmt or not within:
        return f"Two things. {one.told()} {other.told()}"
    return Edit(one.stmt, f"{one.why}; and it {other.why}", changes).told()


class Written:
    """A function's own source, with what it takes to run it changed."""

    def __init__(self, function):
        function = inspect.unwrap(function)
        lines, self.first = inspect.getsourcelines(function)
        (self.tree,) = ast.parse(textwrap.dedent("".join(lines))).body
        if not isinstance(self.tree, ast.FunctionDef):
            raise ValueError("no function of its own")
        self.name = self.tree.name
        self.tree.decorator_list = []
        self.scope = dict(function.__globals__)
        self.scope.update(inspect.getclosurevars(function).nonlocals)
        self.arguments = [argument.arg for argument in self.tree.args.args]
        self.slots = list(_slots(self.tree))
        self.stored = {
            node.id for node in ast.walk(self.tree)
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }  # fmt: skip
        self.names = [*self.arguments, *sorted(self.stored - {*self.arguments})]
        self.loops = [n for n in ast.walk(self.tree) if isinstance(n, LOOPS)]
        self._leave_alone()
        for loop in self.loops:
            loop.body.insert(0, ast.parse("__tick__()").body[0])
        ast.fix_missing_locations(self.tree)
        self.parents = {}
        for node in ast.walk(self.tree):
            for child in ast.iter_child_nodes(node):
                self.parents[child] = node
        self.bounds = Bounds(self.tree)
        self.shapes = {}
        self.stopped, self.rows = "", []  # how it ended; which arguments are one row

    def _touched(self, changes):
        found = set()
        for holder, _, _ in changes:
            while holder is not None and holder not in found:
                found.add(holder)
                holder = self.parents.get(holder)
        return found

    def _leave_alone(self):
        for node in ast.walk(self.tree):
            called = getattr(getattr(node, "func", None), "id", "") in LEFT_ALONE
            modules = (
                [a.name for a in node.names] if isinstance(node, ast.Import) else []
            )
            if isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            foreign = {m.split(".")[0] for m in modules} - MODULES - {"helpers"}
            if called or foreign:
                raise ValueError("it reaches outside")

    def places_of(self, kind):
        return [slot for slot in self.slots if isinstance(slot.node, kind)]

    def outside(self, name):
        """Whether a name is the notebook's: no argument, nothing set in here."""
        return name not in self.names and not hasattr(builtins, name)

    def block_of(self, stmt):
        """(holder, field, place) of the list in which a statement stands."""
        holder = self.parents[stmt]
        for name in BLOCKS:
            block = getattr(holder, name, None)
            if isinstance(block, list) and any(one is stmt for one in block):
                return holder, name, next(i for i, s in enumerate(block) if s is stmt)
        raise ValueError("it stands in no block")

    def loops_around(self, node):
        """The loops that a node stands in, the innermost first."""
        found = []
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, LOOPS):
                found.append(node)
        return found

    def statements(self, *kinds):
        return [
            n for n in ast.walk(self.tree)
            if isinstance(n, kinds or ast.stmt) and n is not self.tree and not tick(n)
        ]  # fmt: skip

    def compiled(self, limit, edit=None):
        """The function, with an edit in it; it goes through `limit` rounds
        at most, and builds nothing that fills the memory."""
        before = edit.apply() if edit else []
        try:
            for _, _, value in edit.changes if edit else ():
                for node in value if isinstance(value, list) else [value]:
                    if isinstance(node, ast.AST):
                        ast.fix_missing_locations(node)
            touched = self._touched(edit.changes if edit else ())
            module = ast.Module([self.bounds.bounded(self.tree, touched)], [])
            code = compile(module, f"<{self.name}, changed>", "exec")
        finally:
            if edit:
                edit.undo(before)
        count = Count(limit)
        scope = {**self.scope, **count.scope()}
        exec(code, scope)
        function = scope[self.name]
        function.count = count
        return function


def tick(stmt):
    """Whether this is the count of rounds that Written puts into each loop."""
    call = getattr(stmt, "value", None)
    return isinstance(call, ast.Call) and getattr(call.func, "id", "") == "__tick__"


def written(function):
    """The function's source as Written, or None where there is none to be had."""
    try:
        return Written(function)
    except Exception:
        return None


def _slots(holder, stmt=None):
    for name, value in ast.iter_fields(holder):
        items = value if isinstance(value, list) else [value]
        for index, node in enumerate(items):
            if not isinstance(node, ast.AST) or isinstance(node, ast.arguments):
                continue
            own = node if isinstance(node, ast.stmt) else stmt
            if own is not None:
                place = index if isinstance(value, list) else None
                yield Slot(node, holder, name, place, own)
            yield from _slots(node, own)


def every(written, *rules):
    """The edits of all rules; one that stumbles over a strange source is left out.

    After a rule's edits come those that make one and the same in several places: in
    one line, in the whole function, or wherever the same stands.
    """
    for rule in rules:
        alike = {}
        with contextlib.suppress(Exception):
            for edit in rule(written):
                name = edit.same or edit.why
                where = _without_names(written, edit)
                for key in {(name, edit.stmt), (name,), (name, spot(edit)),
                            (name, where)}:  # fmt: skip
                    alike.setdefault(key, []).append(edit)
                yield edit
        seen = set()
        for several in alike.values():
            places = {(id(h), f) for e in several for h, f, _ in e.changes}
            count = sum(len(edit.changes) for edit in several)
            group = tuple(map(id, several))
            new = group not in seen and 2 <= len(several) <= SEVERAL
            if new and len(places) == count and not _nested(several):
                seen.add(group)
                yield _together(several)


def _without_names(written, edit):
    """What an edit stands in, whatever the names: the same in 1 + a and in 1 + b."""
    node = edit.changes[0][0]
    if node not in written.shapes:
        written.shapes[node] = re.sub(r"id='\w+'", "", ast.dump(node))
    return written.shapes[node]


def _nested(edits):
    """Whether one of them stands within what another puts elsewhere."""
    inside = set()
    for holder, name, _ in (change for edit in edits for change in edit.changes):
        old = getattr(holder, name)
        if isinstance(old, ast.AST):
            inside |= {id(node) for node in ast.walk(old)}
    return any(id(h) in inside for edit in edits for h, _, _ in edit.changes)


def spot(edit):
    """What stood where the first change comes, as text."""
    holder, name, value = edit.changes[0]
    old = getattr(holder, name)
    if isinstance(old, list) and isinstance(value, list):
        old = next((a for a, b in zip(old, value, strict=False) if a is not b), holder)
    return ast.dump(old if isinstance(old, ast.expr) else holder)


def _together(edits):
    changes = [change for edit in edits for change in edit.changes]
    lines = sorted({edit.stmt.lineno for edit in edits[1:]} - {edits[0].stmt.lineno})
    advice = edits[0].advice
    if lines:
        where = "line " + " and ".join(map(str, lines))
        advice = f"{advice} The same in {where}."
    return Edit(edits[0].stmt, edits[0].why, changes, advice, rough=edits[0].rough)


def load(name):
    return ast.Name(name, ast.Load())


def expression(source):
    return ast.parse(source, mode="eval").body
