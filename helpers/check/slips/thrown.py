"""A result that is worked out and kept nowhere: softmax(z) on a line of its own."""

import ast

import numpy as np

from helpers.check.slips.shown import header
from helpers.check.slips.written import Edit, expression

CHANGES = {"fill_diagonal", "put", "place", "copyto", "putmask", "put_along_axis"}
PURE = {
    "copy", "round", "clip", "reshape", "transpose", "astype", "sum", "mean", "max",
    "min", "dot", "flatten", "ravel", "cumsum", "argmax", "argsort", "split", "lower",
    "strip", "replace", "join",
}  # fmt: skip
BUILT_IN = {"sorted", "reversed", "abs", "round", "sum", "max", "min", "list", "float"}
APPENDS = "numpy.ndarray' object has no attribute 'append'"


def _pure(written, call):
    """Whether a call does nothing but hand back a result."""
    if any(keyword.arg == "out" for keyword in call.keywords):
        return False
    func = call.func
    if isinstance(func, ast.Name):
        outside = written.outside(func.id) and callable(written.scope.get(func.id))
        return outside or func.id in BUILT_IN
    if getattr(getattr(func, "value", None), "id", "") == "np":
        return callable(getattr(np, func.attr, None)) and func.attr not in CHANGES
    return isinstance(func, ast.Attribute) and func.attr in PURE


def _lines(written):
    """(statement, names that may be meant for the result), those it is given."""
    for stmt in written.statements(ast.Expr):
        call = stmt.value
        if isinstance(call, ast.Call) and _pure(written, call):
            given = [n for part in (*call.args, call.func) for n in ast.walk(part)]
            names = [getattr(node, "id", "") for node in given]
            yield stmt, list(dict.fromkeys(n for n in names if n in written.names))


def kept(written):
    """s = causal_mask(s) for causal_mask(s); it stays a line, so that two may be."""
    for stmt, names in _lines(written):
        for place, name in enumerate(names):
            new = ast.NamedExpr(ast.Name(name, ast.Store()), stmt.value)
            advice = f"Write `{name} = {header(stmt)}`."
            same = f"{WHY} {place}"
            yield Edit(stmt, WHY, [(stmt, "value", new)], advice, same)


WHY = "throws its result away"


def appended(written):
    """table.append(row) of an array, which has no append."""
    for slot in written.places_of(ast.Call) if APPENDS in written.stopped else ():
        func = slot.node.func
        name = getattr(getattr(func, "value", None), "id", "")
        if getattr(func, "attr", "") != "append" or name not in written.names:
            continue
        row = ast.unparse(slot.node.args[0])
        for text in (f"np.vstack([{name}, {row}])", f"np.append({name}, {row})"):
            alone = isinstance(slot.stmt, ast.Expr)
            new = expression(f"({name} := {text})" if alone else text)
            why = f"wants to append to `{name}`, which is an array and no list"
            advice = f"Write `{name} = {text}`." if alone else "Write `{now}`."
            yield Edit(slot.stmt, why, [slot.put(new)], advice, same=text[:9])


def told(written):
    """The sentence on a line that throws its result away, whatever else is wrong."""
    for stmt, names in _lines(written):
        shown = f"Line {stmt.lineno}, `{header(stmt)}`, {WHY}."
        name = f"{names[0]} = " if names else "name = "
        return f"{shown} Keep it under a name: `{name}{header(stmt)}`."
    return None


RULES = (kept, appended)
