"""Slips in what is kept from round to round: = for +=, one list for all, append."""

import ast

from helpers.check.slips.shown import header
from helpers.check.slips.written import Edit, expression, load

AUGMENT = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*="}


def set_anew(written):
    """x = … for x += … inside a loop."""
    for stmt in written.statements(ast.Assign):
        loops = written.loops_around(stmt)
        target = stmt.targets[0]
        negative = isinstance(stmt.value, ast.UnaryOp)
        if negative and not loops and isinstance(target, ast.Name):
            sign = {ast.USub: "-=", ast.UAdd: "+="}.get(type(stmt.value.op))
            if sign:
                holder, name, place = written.block_of(stmt)
                block = list(getattr(holder, name))
                text = f"{target.id} {sign} {ast.unparse(stmt.value.operand)}"
                block[place] = ast.parse(text).body[0]
                why = f"is no `{sign}`: it sets `{target.id}` anew"
                yield Edit(stmt, why, [(holder, name, block)], f"Write `{text}`.")
        if not loops or not isinstance(target, ast.Name | ast.Subscript):
            continue
        uses = {n.id for n in ast.walk(stmt.value) if isinstance(n, ast.Name)}
        if isinstance(target, ast.Name) and target.id in uses:
            continue
        holder, name, place = written.block_of(stmt)
        shown = ast.unparse(target)
        value, operators = stmt.value, [ast.Add, ast.Mult, ast.Sub]
        options = [(value, operator) for operator in operators]
        if isinstance(value, ast.UnaryOp) and isinstance(value.op, ast.USub):
            options[1:1] = [(value.operand, ast.Sub)]
        for new_value, operator in options:
            new = ast.AugAssign(target, operator(), new_value)
            block = list(getattr(holder, name))
            block[place] = new
            why = f"sets `{shown}` anew in each round, and what was there is lost"
            advice = f"Write `{header(new)}`."
            yield Edit(stmt, why, [(holder, name, block)], advice)
        if isinstance(target, ast.Name):
            for best, word in (("max", "largest"), ("min", "smallest")):
                text = f"{best}({shown}, {ast.unparse(value)})"
                why = f"keeps the last in `{shown}`, not the {word}"
                yield Edit(stmt, why, [(stmt, "value", expression(text))])


def never_begun(written):
    """x = … in a loop, for x = 0 before it and x += … in it."""
    for stmt in written.statements(ast.Assign):
        name = getattr(stmt.targets[0], "id", "")
        stores = [
            n for n in ast.walk(written.tree) if isinstance(n, ast.Name)
            and n.id == name and isinstance(n.ctx, ast.Store)
        ]  # fmt: skip
        loops = written.loops_around(stmt)
        if not name or not loops or len(stores) > 1:
            continue
        holder, level, place = written.block_of(stmt)
        above, field, at = written.block_of(loops[0])
        inner, outer = list(getattr(holder, level)), list(getattr(above, field))
        inner[place] = new = ast.AugAssign(stmt.targets[0], ast.Add(), stmt.value)
        outer[at:at] = ast.parse(f"{name} = 0").body
        head = f"the `{header(loops[0])}` of line {loops[0].lineno}"
        yield Edit(
            stmt, f"sets `{name}` anew in each round, and what was there is lost",
            [(holder, level, inner), (above, field, outer)],
            f"Write `{header(new)}`, and `{name} = 0` before {head}.",
        )  # fmt: skip


def all_set_anew(written):
    """up[i] = h and down[i] = -h, for += in both."""
    found = {}
    for stmt in written.statements(ast.Assign):
        if isinstance(stmt.targets[0], ast.Subscript) and written.loops_around(stmt):
            holder, name, place = written.block_of(stmt)
            found.setdefault((holder, name), []).append((stmt, place))
    for (holder, name), several in found.items():
        block = list(getattr(holder, name))
        for stmt, place in several:
            block[place] = ast.AugAssign(stmt.targets[0], ast.Add(), stmt.value)
        stmt, place = several[0]
        why = "writes over what stands there"
        advice = f"Write `{header(block[place])}`, and the same in the other lines."
        yield Edit(stmt, why, [(holder, name, block)], advice)


def results_dropped(written):
    """x = x.append(…), x == …, x.append(a row) for its items, and the like."""
    for stmt in written.statements(ast.Assign, ast.AugAssign, ast.Expr):
        holder, name, place = written.block_of(stmt)

        def put(new, stmt=stmt, holder=holder, name=name, place=place, why=""):
            block = list(getattr(holder, name))
            block[place] = new
            return Edit(stmt, why, [(holder, name, block)], f"Write `{header(new)}`.")

        value = stmt.value
        method = value.func if isinstance(value, ast.Call) else None
        of = method.value if isinstance(method, ast.Attribute) else None
        if isinstance(stmt, ast.Assign) and of is not None and len(stmt.targets) == 1:
            if ast.unparse(of) == ast.unparse(stmt.targets[0]):
                shown = ast.unparse(of)
                yield put(
                    ast.Expr(value),
                    why=f"sets `{shown}` to None: `{method.attr}` changes the list "
                    "itself and gives nothing back",
                )
            elif method.attr == "append" and len(value.args) == 1:
                new = ast.BinOp(of, ast.Add(), ast.List(value.args, ast.Load()))
                why = "keeps None: `append` changes a list and gives nothing back"
                yield Edit(stmt, why, [(stmt, "value", new)])
        elif isinstance(stmt, ast.AugAssign) and isinstance(stmt.target, ast.Name):
            append = ast.Attribute(load(stmt.target.id), "append", ast.Load())
            yield put(
                ast.Expr(ast.Call(append, [value], [])),
                why="puts the parts into the list one by one, not the whole",
            )
        elif isinstance(stmt, ast.Expr) and isinstance(value, ast.Compare):
            target = value.left
            if isinstance(target, ast.Name | ast.Subscript):
                new = ast.parse(
                    f"{ast.unparse(target)} = {ast.unparse(value.comparators[0])}"
                ).body[0]
                yield put(new, why="compares, and changes nothing")
        elif isinstance(stmt, ast.Expr) and isinstance(value, ast.BinOp):
            if isinstance(value.left, ast.Name):
                target = ast.Name(value.left.id, ast.Store())
                yield put(
                    ast.AugAssign(target, value.op, value.right),
                    why="works out a number and keeps it nowhere",
                )
        elif isinstance(stmt, ast.Expr) and of is not None and method.attr == "append":
            extend = ast.Attribute(of, "extend", ast.Load())
            yield put(
                ast.Expr(ast.Call(extend, value.args, [])),
                why="puts the whole list in as one item",
            )


def shared(written):
    """One list or array under several names, or as all the rows."""
    for slot in written.slots:
        node, stmt = slot.node, slot.stmt
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
            inner = node.left.elts if isinstance(node.left, ast.List) else []
            if len(inner) == 1 and not isinstance(inner[0], ast.Constant):
                new = ast.parse(
                    f"[{_copy(inner[0])} for _ in range({ast.unparse(node.right)})]",
                    mode="eval",
                ).body
                why = "makes one row under many names: what changes one changes all"
                yield Edit(stmt, why, [slot.put(new)])
        call = node.func if isinstance(node, ast.Call) else None
        if isinstance(call, ast.Attribute) and call.attr == "append":
            (*_, row) = node.args or [None]
            if isinstance(row, ast.Name):
                new = ast.parse(f"{row.id}.copy()", mode="eval").body
                why = f"puts in the same `{row.id}` every time, not a new one"
                yield Edit(stmt, why, [(node, "args", [new])])
    for stmt in written.statements(ast.Assign):
        value = stmt.value
        several = isinstance(value, ast.Tuple)
        copies = [_copied(v) for v in (value.elts if several else [value])]
        if len(stmt.targets) > 1:
            targets = ast.Tuple(stmt.targets, ast.Store())
            new = ast.Tuple([value] * len(stmt.targets), ast.Load())
            why = "makes one list with two names: what changes one changes the other"
            changes = [(stmt, "targets", [targets]), (stmt, "value", new)]
            yield Edit(stmt, why, changes)
        elif any(copies):
            made = (
                [c or v for c, v in zip(copies, value.elts, strict=True)]
                if several
                else copies
            )  # noqa: E501
            new = ast.Tuple(made, ast.Load()) if several else made[0]
            why = "makes no second array, only a second name for the same one"
            others = [
                s for s in written.statements(ast.Assign)
                if s is not stmt and _copied(s.value)
                and ast.unparse(s.value) == ast.unparse(value)
            ]  # fmt: skip
            changes = [(stmt, "value", new)]
            yield Edit(stmt, why, changes)
            if others:
                changes += [(s, "value", _copied(s.value)) for s in others]
                yield Edit(stmt, why, changes)


def _copied(value):
    if isinstance(value, ast.Name):
        return ast.parse(f"{value.id}.copy()", mode="eval").body
    return None


def _copy(node):
    return f"{node.id}.copy()" if isinstance(node, ast.Name) else ast.unparse(node)


def still_growing(written):
    """total += x and y / total in one and the same round."""
    for loop in written.loops:
        sums = [s for s in loop.body if isinstance(s, ast.AugAssign)]
        for stmt in sums if isinstance(loop, ast.For) else ():
            name = getattr(stmt.target, "id", None)
            uses = [
                s for s in loop.body if s is not stmt and not isinstance(s, ast.Return)
                and any(getattr(n, "id", "") == name for n in ast.walk(s))
            ]  # fmt: skip
            if name is None or not uses:
                continue
            above, level, at = written.block_of(loop)
            block = list(getattr(above, level))
            block[at : at + 1] = [
                ast.copy_location(ast.For(loop.target, loop.iter, body, []), loop)
                for body in (
                    [s for s in loop.body if s not in uses],
                    [s for s in loop.body if s is not stmt],
                )
            ]
            yield Edit(
                uses[0], f"uses `{name}` while it is still being added up",
                [(above, level, block)],
                f"Add all up first, and put this line into a second "
                f"`{header(loop)}`, behind the first.",
            )  # fmt: skip


def other_target(written):
    """x -= … for x += …, and x += … for x = …"""
    for stmt in written.statements(ast.AugAssign):
        unit = getattr(stmt.value, "value", None) == 1  # x *= 1
        for operator in AUGMENT:
            if not isinstance(stmt.op, operator) and not (
                unit and operator is ast.Mult
            ):
                sign = AUGMENT.get(type(stmt.op), "this")
                yield Edit(
                    stmt, f"has `{sign}` where `{AUGMENT[operator]}` belongs",
                    [(stmt, "op", operator())],
                )  # fmt: skip
        holder, name, place = written.block_of(stmt)
        block = list(getattr(holder, name))
        block[place] = new = ast.copy_location(
            ast.Assign([stmt.target], stmt.value), stmt
        )
        yield Edit(
            stmt, "adds to what was there, which must be set anew",
            [(holder, name, block)], f"Write `{header(new)}`.",
        )  # fmt: skip


RULES = (set_anew, all_set_anew, results_dropped, shared)
LATER = (other_target, still_growing)
LAST = (never_begun,)
