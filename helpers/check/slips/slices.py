"""Slips in slices: a part that ends or begins elsewhere, a part for a place."""

import ast
import itertools

from helpers.check.slips.places import is_read, shifted
from helpers.check.slips.written import Edit, expression


def slices(written):
    """x[:t + 1] for x[:t], x[1:] for x[:-1], and the like."""
    for slot in written.places_of(ast.Name):
        inside = isinstance(slot.holder, ast.Subscript) and slot.field == "value"
        counted = getattr(getattr(slot.holder, "func", None), "id", "") == "len"
        if slot.node.id in written.arguments and not (inside or counted):
            for text in ("1:", ":-1"):
                why = f"takes all of `{slot.node.id}`, where a part belongs"
                new = expression(f"{slot.node.id}[{text}]")
                yield Edit(slot.stmt, why, [slot.put(new)])
    for slot in written.places_of(ast.Call):
        if getattr(slot.node.func, "id", "") == "len":
            new = expression(f"{ast.unparse(slot.node)} - 1")
            yield Edit(slot.stmt, "counts one too many", [slot.put(new)])
    for slot in written.slots:
        node = slot.node
        if not isinstance(node, ast.Slice):
            continue
        low, high = node.lower, node.upper
        options = []
        for by in (-1, 1):
            side = "far" if by < 0 else "early"
            if high is not None:
                options.append((low, shifted(high, by), f"ends one place too {side}"))
            if low is not None:
                side = "late" if by < 0 else "early"
                options.append((shifted(low, by), high, f"begins one place too {side}"))
        if high is not None:
            options.append((high, None, "takes the first, where the rest belongs"))
            options.append((low, None, "leaves out the end"))
        if low is not None:
            options.append((None, low, "leaves out the first, where they belong"))
            options.append((None, high, "leaves out the beginning"))
        for text in (":-1", "1:", ":"):
            new = expression(f"x[{text}]").slice
            options.append((new.lower, new.upper, "takes the wrong part"))
        for lower, upper, why in options:
            changed = ast.Slice(lower, upper, node.step)
            yield Edit(slot.stmt, why, [slot.put(changed)])
        if node.step is not None:
            why = "turns the order round"
            yield Edit(slot.stmt, why, [slot.put(ast.Slice(low, high, None))])


def colons(written):
    """x[:t] for x[t], x[t] for x[:t]."""
    parts = [s for s in written.places_of(ast.Subscript) if is_read(s.node)]
    for slot in parts:
        if not isinstance(slot.node.slice, ast.Tuple):
            shown = ast.unparse(slot.node.value)
            why = f"takes one place of `{shown}`, where a part belongs"
            if isinstance(slot.node.slice, ast.Slice):
                why = "takes a part, where one place belongs"
            for new in _colons(slot.node.slice):
                yield Edit(slot.stmt, why, [(slot.node, "slice", new)])
    for one, other in itertools.combinations(parts[:4], 2):
        for a, b in itertools.product(
            _colons(one.node.slice), _colons(other.node.slice)
        ):
            if one.stmt is other.stmt and isinstance(a, ast.Slice):
                why = "takes single places, where parts belong: the colon is missing"
                changes = [(one.node, "slice", a), (other.node, "slice", b)]
                yield Edit(one.stmt, why, changes)


def _colons(place):
    """:t, t:, : t + 1 for t; t and t - 1 for :t."""
    if isinstance(place, ast.Slice):
        ends = [end for end in (place.lower, place.upper) if end is not None]
        return [new for end in ends[:1] for new in (end, shifted(end, -1))]
    if isinstance(place, ast.Tuple):
        return []
    if getattr(place, "value", None) == 0:
        return []
    if isinstance(place, ast.UnaryOp):
        return [ast.Slice(None, place), ast.Slice(place.operand, None)]  # :-1, 1:
    ends = [place, shifted(place, 1)]
    return [ast.Slice(*pair) for end in ends for pair in ((None, end), (end, None))]
