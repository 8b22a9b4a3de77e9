"""Slips in where things stand: what a loop runs through, places, slices."""

import ast

from helpers.check.slips.written import Edit, expression, load

LEN = "range(len({}))"


def _runs(written):
    """(slot of what a for runs through, its target) of loops and comprehensions."""
    for slot in written.slots:
        if slot.field == "iter":
            yield slot, slot.holder.target


def _is_call(node, *names):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in names


def runs_through(written):
    """for i in x for for i in range(len(x)), and the other way round."""
    for slot, target in _runs(written):
        shown, i = ast.unparse(slot.node), ast.unparse(target)
        if _is_call(slot.node, "range"):
            of = slot.node.args[-1]
            if len(slot.node.args) == 1 and not _is_call(of, "len"):
                yield Edit(
                    slot.stmt, f"counts up to `{ast.unparse(of)}`, which is a list",
                    [slot.put(expression(LEN.format(ast.unparse(of))))],
                )  # fmt: skip
            if _is_call(of, "len"):
                why = f"makes `{i}` a place, 0, 1, 2 and so on, where the item is meant"
                yield Edit(slot.stmt, why, [slot.put(of.args[0])])
        elif _is_call(slot.node, "len"):
            yield Edit(
                slot.stmt, "wants to run through one number",
                [slot.put(expression(f"range({shown})"))],
            )  # fmt: skip
        elif not isinstance(slot.node, ast.Call) and isinstance(target, ast.Name):
            why = (
                f"makes `{i}` what stands in `{shown}`, not its place 0, 1, 2 and so on"
            )
            change = slot.put(expression(LEN.format(shown)))
            yield Edit(slot.stmt, why, [change], same=f"places of {shown}")
        if _is_call(slot.node, "reversed"):
            why = "runs through it backwards"
            yield Edit(slot.stmt, why, [slot.put(slot.node.args[0])])


def shifted(node, by):
    """n + 1 for n, n for n - 1, 3 for 2."""
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        return expression(str(node.value + by))
    if isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant):
        return expression(str(by - node.operand.value))  # -1
    if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant):
        step = {ast.Add: 1, ast.Sub: -1}.get(type(node.op))
        if step and isinstance(node.right.value, int):
            amount = step * node.right.value + by
            if amount == 0:
                return node.left
            operator = ast.Add() if amount > 0 else ast.Sub()
            return ast.BinOp(node.left, operator, ast.Constant(abs(amount)))
    operator = ast.Add() if by > 0 else ast.Sub()
    return ast.BinOp(node, operator, ast.Constant(abs(by)))


def ranges(written):
    """A range that is one short or one long."""
    for slot in written.slots:
        node = slot.node
        if not _is_call(node, "range") or not node.args:
            continue
        last = 0 if len(node.args) == 1 else 1

        def put(*args, slot=slot, node=node, why=""):
            new = ast.Call(node.func, [*args, *node.args[2:]], [])
            return Edit(slot.stmt, why, [slot.put(new)])

        first = node.args[:last] or [ast.Constant(0)]
        start = node.args[:last]
        stop = node.args[last]
        yield put(*start, shifted(stop, 1), why="stops one round too early")
        yield put(*start, shifted(stop, -1), why="goes one round too far")
        if last:
            yield put(stop, why="leaves out what stands before the first round")
            yield put(shifted(first[0], -1), stop, why="begins one too late")
        yield put(shifted(first[0], 1), stop, why="begins one too early")
        yield put(
            shifted(first[0], 1), shifted(stop, 1), why="runs one place too early"
        )
        yield put(
            *([shifted(first[0], -1)] if ast.unparse(first[0]) != "1" else []),
            shifted(stop, -1), why="runs one place too far",
        )  # fmt: skip


def lengths(written):
    """A range as long as something else."""
    for slot in written.places_of(ast.Call):
        if not _is_call(slot.node, "range") or not slot.node.args:
            continue
        of = slot.node.args[-1]
        for name in (a for a in written.names if a not in ("f", "model")):
            for text in (f"len({name})", f"{name}.shape[1]"):
                if ast.unparse(of) not in (name, text):
                    args = [*slot.node.args[:-1], expression(text)]
                    new = ast.Call(slot.node.func, args, [])
                    why = f"does not run through as many places as `{name}` has"
                    yield Edit(slot.stmt, why, [slot.put(new)])


def is_read(node):
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)


def _targets(written):
    """Names of what loops run through: places and items."""
    found = []
    for _, target in _runs(written):
        found += [n.id for n in ast.walk(target) if isinstance(n, ast.Name)]
    return list(dict.fromkeys(found))


def _is_base(slot):
    """Whether a place of what stands here is taken: x[i] of x[i][j]."""
    return isinstance(slot.holder, ast.Subscript) and slot.field == "value"


def indices(written):
    """Row and column turned, a place one off, another name, the index left out."""
    loops = _targets(written)
    whole = [n for n in written.arguments if n not in ("f", "model")]
    for slot in written.slots:
        node = slot.node
        if not isinstance(node, ast.Subscript):
            continue
        place, base = node.slice, node.value
        if isinstance(place, ast.Tuple) and len(place.elts) == 2:
            turned = ast.Tuple(place.elts[::-1], ast.Load())
            why = "has row and column turned round"
            yield Edit(slot.stmt, why, [(node, "slice", turned)])
        if isinstance(base, ast.Subscript):
            why = "has row and column turned round"
            changes = [(node, "slice", base.slice), (base, "slice", place)]
            yield Edit(slot.stmt, why, changes)
    for slot in written.slots:
        node = slot.node
        if not isinstance(node, ast.Subscript) or isinstance(node.slice, ast.Slice):
            continue
        several = isinstance(node.slice, ast.Tuple)
        parts = node.slice.elts if several else [node.slice]
        for number, part in enumerate(parts):

            def put(new, node=node, parts=parts, number=number, several=several):
                items = [*parts[:number], new, *parts[number + 1 :]]
                whole = ast.Tuple(items, ast.Load()) if several else new
                return [(node, "slice", whole)]

            if isinstance(part, ast.Slice):
                continue
            shown = ast.unparse(part)
            sides = ((-1, "after"), (1, "before"))
            for by, side in sides[::-1] if shown == "0" else sides:
                why = f"takes the place {side} the right one"
                yield Edit(slot.stmt, why, put(shifted(part, by)))
            inner = part.value if isinstance(part, ast.Subscript) else None
            if isinstance(inner, ast.Name):
                why = f"looks `{shown}` up, where `{ast.unparse(part.slice)}` belongs"
                yield Edit(slot.stmt, why, put(part.slice))
            for name in dict.fromkeys([*loops, *written.arguments]):
                if name != shown:
                    why = f"takes the place `{shown}`, where `{name}` belongs"
                    alike = f"{why} {type(base).__name__} {_is_base(slot)}"
                    yield Edit(slot.stmt, why, put(load(name)), same=alike)
            for name in whole:
                if isinstance(part, ast.Name) and name != part.id:
                    new = expression(f"{name}[{part.id}]")
                    why = f"takes the place `{shown}`, where `{name}[{shown}]` belongs"
                    yield Edit(slot.stmt, why, put(new))
        if not several and is_read(node):
            column = ast.Tuple([ast.Slice(), node.slice], ast.Load())
            why = "takes a row, where the column belongs"
            yield Edit(slot.stmt, why, [(node, "slice", column)])
            why = "takes one item, where the whole belongs"
            yield Edit(slot.stmt, why, [slot.put(node.value)])
    names = written.places_of(ast.Name | ast.Subscript)
    of_one = [f"{a}[{t}]" for a in whole for t in (*loops, "0")]
    for slot in [*names, *written.places_of(ast.Call)]:
        node = slot.node
        called = isinstance(node, ast.Call)
        if not called and not isinstance(getattr(node, "ctx", None), ast.Load):
            continue
        if called or (isinstance(node, ast.Name) and node.id in written.arguments):
            shown = ast.unparse(node)
            for text in [*loops, *written.arguments, *of_one]:
                if text != shown:
                    new = ast.Subscript(node, expression(text), ast.Load())
                    why = f"takes the whole of `{shown}`, where one place belongs"
                    yield Edit(slot.stmt, why, [slot.put(new)])
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Tuple):
            (*_, last) = node.slice.elts
            if isinstance(node.slice.elts[0], ast.Slice):
                why = "takes a column, where the row belongs"
                yield Edit(slot.stmt, why, [(node, "slice", last)])


def whole_for_a_place(written):
    """prior for prior[i] in a loop over i."""
    for slot in written.places_of(ast.Name):
        inside = isinstance(slot.holder, ast.Subscript | ast.Call)
        if slot.node.id not in written.arguments or inside:
            continue
        for loop in written.loops_around(slot.stmt):
            name = getattr(getattr(loop, "target", None), "id", "")
            if name and name != slot.node.id:
                new = expression(f"{slot.node.id}[{name}]")
                why = f"takes the whole of `{slot.node.id}` in each round"
                yield Edit(slot.stmt, why, [slot.put(new)])


def places_for_ids(written):
    """table[t - 1, t] for table[ids[t - 1], ids[t]], in all places at once."""
    for name in written.arguments:
        changes, first, seen = [], None, set()
        for slot in written.places_of(ast.Subscript):
            node = slot.node
            if getattr(node.value, "id", "") == name or id(node) in seen:
                continue
            seen.add(id(node))
            several = isinstance(node.slice, ast.Tuple)
            parts = node.slice.elts if several else [node.slice]
            if any(isinstance(part, ast.Slice) for part in parts):
                continue
            made = [ast.Subscript(load(name), part, ast.Load()) for part in parts]
            new = ast.Tuple(made, ast.Load()) if several else made[0]
            changes.append((node, "slice", new))
            first = first or slot.stmt
            if several:
                why = f"takes places where what stands there in `{name}` belongs"
                yield Edit(slot.stmt, why, changes[-1:])
        if len(changes) > 1:
            why = f"takes places where what stands there in `{name}` belongs"
            advice = "Write `{now}`, and the same in the other lines."
            yield Edit(first, why, changes, advice)


def rows_for_numbers(written):
    """P[truths] for P[np.arange(N), truths]; table[n] = 1 for table[n, ids[n]] = 1."""
    loops = _targets(written)
    for slot in written.places_of(ast.Subscript):
        node, name = slot.node, getattr(slot.node.slice, "id", "")
        texts = []
        if is_read(node) and name in written.arguments:
            texts = [f"np.arange(len({name})), {name}", f"{name}[:-1], {name}[1:]"]
            why = "takes whole rows, where one number of each belongs"
        elif isinstance(node.ctx, ast.Store) and name:
            texts = [f"{name}, {other}" for other in loops if other != name]
            texts += [f"{name}, {a}[{name}]" for a in written.arguments]
            why = "writes into the whole row"
        for text in texts:
            new = expression(f"x[{text}]").slice
            yield Edit(slot.stmt, why, [(node, "slice", new)])


WALKS = (runs_through, whole_for_a_place, rows_for_numbers)
PLACES = (ranges, lengths)
INDICES = (indices, places_for_ids)
