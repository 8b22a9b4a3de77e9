"""Slips in what is taken of an array: a fixed place or size, another array's sum."""

import ast

from helpers.check.slips.written import Edit, expression


def first_of_all(written):
    """start[0] for start[ids[0]]."""
    for slot in _places(written):
        place = slot.node.slice
        if not isinstance(place, ast.Constant) or place.value not in (0, 1):
            continue
        base = slot.node.value.id
        for name in written.arguments:
            if name != base:
                at = f"{name}[{place.value}]"
                which = ("first", "second")[place.value]
                why = f"takes the {which} of `{base}`, and not the one at `{at}`"
                yield Edit(slot.stmt, why, [(slot.node, "slice", expression(at))])


def one_for_all(written):
    """prior[next] for prior."""
    for slot in _places(written):
        if getattr(slot.node.slice, "id", "") in written.arguments:
            base = slot.node.value.id
            why = f"takes one number of `{base}` for all"
            yield Edit(slot.stmt, why, [slot.put(slot.node.value)])


def _places(written):
    """x[…] of an argument x."""
    for slot in written.places_of(ast.Subscript):
        base = getattr(slot.node.value, "id", "")
        if base in written.arguments and isinstance(slot.node.ctx, ast.Load):
            yield slot


def along(written):
    """prior * table, where prior[:, None] * table is meant."""
    for slot in written.places_of(ast.BinOp):
        node = slot.node
        other = [getattr(side, "id", "") for side in (node.left, node.right)]
        if isinstance(node.op, ast.MatMult) or {*other} <= {*written.rows}:
            continue  # one row beside another lies as it should
        for side, name in (("left", node.left), ("right", node.right)):
            if isinstance(name, ast.Name) and name.id in written.rows:
                why = f"has `{name.id}` where it lies along the columns, not the rows"
                new = expression(f"{name.id}[:, None]")
                yield Edit(slot.stmt, why, [(node, side, new)])


def other_sums(written):
    """joint / prior.sum() for joint / joint.sum()."""
    for slot in written.places_of(ast.BinOp):
        left, right = slot.node.left, slot.node.right
        of = _summed(right)
        if not isinstance(slot.node.op, ast.Div) or not isinstance(of, ast.Name):
            continue
        if any(isinstance(n, ast.Constant) for n in ast.walk(left)):
            continue  # 100 * counts / counts.sum()
        if ast.dump(of) != ast.dump(left):
            shown = ast.unparse(left)
            why = f"divides by the sum of `{ast.unparse(of)}`"
            advice = f"Divide by the sum of `{shown}` itself: `{{now}}`."
            axes = ", ".join(map(ast.unparse, right.keywords))
            for how in dict.fromkeys((axes, "")):
                new = expression(f"({shown}).sum({how})")
                yield Edit(slot.stmt, why, [(slot.node, "right", new)], advice)


def _summed(node):
    """x of x.sum(…), np.sum(x, …) and sum(x)."""
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if getattr(called, "id", getattr(called, "attr", "")) != "sum":
        return None
    module = getattr(getattr(called, "value", None), "id", "") == "np"
    if isinstance(called, ast.Attribute) and not module:
        return called.value
    return node.args[0] if node.args else None


def fixed_sizes(written):
    """range(3) for range(len(P))."""
    values = {
        slot.node.value for slot in written.places_of(ast.Constant)
        if type(slot.node.value) is int and slot.node.value > 1
        and not isinstance(slot.stmt, ast.AugAssign)
    }  # fmt: skip
    for value in sorted(values):
        slots = [s for s in written.places_of(ast.Constant) if s.node.value == value]
        for text in (f(a) for a in written.arguments for f in (_rows, _columns)):
            changes = [slot.put(expression(text)) for slot in slots]
            places = {(id(holder), name) for holder, name, _ in changes}
            if len(places) == len(changes):
                why = f"works for {value} alone"
                every = "Write `{now}`."
                if len(slots) > 1:
                    every = f"Write `{text}` for {value} everywhere in the function."
                yield Edit(slots[0].stmt, why, changes, every)


def _rows(name):
    return f"len({name})"


def _columns(name):
    return f"{name}.shape[1]"


def masked_once(written):
    """p[p > 0] beside p."""
    for slot in written.places_of(ast.Subscript):
        node = slot.node
        if not isinstance(node.slice, ast.Compare) or not _load(node.value):
            continue
        within = {id(n) for n in ast.walk(node)}
        bare = [
            s for s in written.places_of(ast.Name)
            if s.node.id == node.value.id and id(s.node) not in within
            and s.stmt is slot.stmt and _load(s.node)
        ]  # fmt: skip
        if bare and all(not isinstance(s.holder, ast.Subscript) for s in bare):
            changes = [s.put(expression(ast.unparse(node))) for s in bare]
            why = "leaves out in one place what the other keeps"
            yield Edit(slot.stmt, why, changes)


def alike(written):
    """f(x - m) / f(x).sum() for f(x - m) / f(x - m).sum(): the same in both."""
    calls = [s for s in written.places_of(ast.Call) if len(s.node.args) == 1]
    for slot in calls:
        for other in calls:
            one, two = slot.node, other.node
            if ast.dump(one.func) != ast.dump(two.func) or slot.stmt is not other.stmt:
                continue
            longer = isinstance(two.args[0], ast.BinOp) and ast.dump(
                two.args[0].left) == ast.dump(one.args[0])  # fmt: skip
            if longer:
                shown = ast.unparse(two.args[0])
                why = f"takes `{shown}` in one place and not in the other"
                yield Edit(slot.stmt, why, [(one, "args", [two.args[0]])])


def _load(node):
    return isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)


RULES = (first_of_all, one_for_all, other_sums, along, fixed_sizes, masked_once,
         alike)  # fmt: skip
