"""Slips in how a function runs: when it returns, where a line stands."""

import ast
import itertools

from helpers.check.slips.shown import header
from helpers.check.slips.written import LOOPS, Edit, tick


def _body(block):
    """A block must hold something."""
    return block if any(not tick(s) for s in block) else [*block, ast.Pass()]


def _without(block, place):
    return _body(block[:place] + block[place + 1 :])


def _after(written, stmt, outer, new=None):
    """The changes that move a statement, or new in its place, behind outer."""
    holder, name, place = written.block_of(stmt)
    above, field, at = written.block_of(outer)
    block = list(getattr(above, field))
    block.insert(at + 1, new or stmt)
    return [
        (holder, name, _without(getattr(holder, name), place)),
        (above, field, block),
    ]


def _kind(loop):
    return "for" if isinstance(loop, ast.For) else "while"


def returned_early(written):
    for stmt in written.statements(ast.Return):
        loops = written.loops_around(stmt)
        for loop in reversed(loops):
            direct = any(one is stmt for one in loop.body)
            why = (
                "stands inside the loop, so the function ends in its first round"
                if direct
                else "stands inside the loop, and ends the function there"
            )
            yield Edit(
                stmt, why, _after(written, stmt, loop),
                f"Move it behind the loop: as far to the left as the `{_kind(loop)}` "
                f"of line {loop.lineno}.",
            )  # fmt: skip
        if not loops and not isinstance(written.parents[stmt], ast.FunctionDef):
            outer = written.parents[stmt]
            yield Edit(
                stmt, f"stands under line {outer.lineno}",
                _after(written, stmt, outer), "Move it out, to the left.",
            )  # fmt: skip
        block = written.block_of(stmt)
        rest = getattr(block[0], block[1])[block[2] + 1 :]
        if rest and isinstance(rest[0], ast.Return) and stmt.value and rest[0].value:
            both = ast.Tuple([stmt.value, rest[0].value], ast.Load())
            yield Edit(
                stmt, "ends the function, so what comes after it is never reached",
                [(stmt, "value", both)],
            )  # fmt: skip


def not_returned(written):
    """No return, or a print in its place, or another name returned."""
    returns = written.statements(ast.Return)
    for stmt in written.statements(ast.Expr):
        holder, name, place = written.block_of(stmt)
        value = stmt.value
        printed = (
            isinstance(value, ast.Call) and getattr(value.func, "id", "") == "print"
        )
        if printed and value.args and not written.loops_around(stmt):
            one = len(value.args) == 1
            value = value.args[0] if one else ast.Tuple(value.args, ast.Load())
            why = "prints its result and hands nothing back"
        elif returns:
            continue
        else:
            why = "works something out and hands nothing back"
        block = list(getattr(holder, name))
        block[place] = ast.Return(value)
        yield Edit(
            stmt, why, [(holder, name, block)], f"Write `return {ast.unparse(value)}`."
        )
    stored = [s for s in written.statements(ast.Assign, ast.AugAssign)][::-1]
    names = [ast.unparse(t) for s in stored for t in _targets(s)]
    names = list(dict.fromkeys([*names, *written.arguments]))
    last = written.tree.body[-1]
    if not returns:
        for name in names:
            new = ast.Return(ast.parse(name, mode="eval").body)
            yield Edit(
                last, "is the last, and nothing is returned",
                [(written.tree, "body", [*written.tree.body, new])],
                f"End with `return {name}`.",
            )  # fmt: skip
    for stmt in returns:
        for name in names:
            if isinstance(stmt.value, ast.Name) and name != stmt.value.id:
                yield Edit(
                    stmt, f"hands back `{stmt.value.id}`; the result is in `{name}`",
                    [(stmt, "value", ast.parse(name, mode="eval").body)],
                )  # fmt: skip


def _targets(stmt):
    """The names that a statement sets."""
    if not isinstance(stmt, ast.Assign | ast.AugAssign):
        return []
    targets = stmt.targets if isinstance(stmt, ast.Assign) else [stmt.target]
    return [t for t in targets if isinstance(t, ast.Name)]


def left_early(written):
    """break for continue and the other way round; a return where a round ends."""
    for stmt in written.statements(ast.Break, ast.Continue, ast.Pass, ast.Return):
        if not written.loops_around(stmt):
            continue
        whys = {
            ast.Break: "ends the loop, and all the rounds after it are lost",
            ast.Continue: "goes on with the next round, where the loop must end",
            ast.Pass: "does nothing",
            ast.Return: "ends the function there",
        }
        for other in (ast.Continue, ast.Break):
            if not isinstance(stmt, other):
                holder, name, place = written.block_of(stmt)
                block = list(getattr(holder, name))
                block[place] = other()
                word = other.__name__.lower()
                advice = f"Write `{word}`."
                if other is ast.Continue:
                    advice += " It goes on with the next round."
                yield Edit(stmt, whys[type(stmt)], [(holder, name, block)], advice)


def out_of_the_block(written):
    """The last lines of a block belong behind it; its first line before it."""
    for outer in written.statements(*LOOPS, ast.If):
        above, level, at = written.block_of(outer)
        head = f"`{header(outer)}` of line {outer.lineno}"
        inside = [s for s in outer.body if not tick(s)]
        for first in range(len(inside) - 1, 0, -1):
            moved = inside[first:]
            if any(isinstance(s, ast.Return) for s in moved):
                continue
            kept = [s for s in outer.body if all(s is not m for m in moved)]
            block = list(getattr(above, level))
            block[at + 1 : at + 1] = moved
            many = "lines" if len(moved) > 1 else "line"
            yield Edit(
                moved[0], f"stands under {head}",
                [(outer, "body", kept), (above, level, block)],
                f"Move this {many} to the left, behind that block.",
            )  # fmt: skip
        first = inside[0]
        if len(inside) > 1 and isinstance(first, ast.Assign):
            kept = [s for s in outer.body if s is not first]
            block = list(getattr(above, level))
            block[at:at] = [first]
            yield Edit(
                first, "stands inside the loop, and so is made anew in each round",
                [(outer, "body", kept), (above, level, block)],
                f"Move it before the {head}.",
            )  # fmt: skip


def into_the_block(written):
    """A line behind a block, or before it, belongs into it."""
    for outer in written.statements(*LOOPS, ast.If):
        above, level, at = written.block_of(outer)
        block = getattr(above, level)
        head = f"`{header(outer)}` of line {outer.lineno}"
        for last in range(at + 2, min(at + 4, len(block)) + 1):
            moved = block[at + 1 : last]
            kept = block[: at + 1] + block[last:]
            many = "these lines" if len(moved) > 1 else "it"
            yield Edit(
                moved[0], f"stands behind the {head}, not in it",
                [(above, level, kept), (outer, "body", [*outer.body, *moved])],
                f"Move {many} in, to the right.",
            )  # fmt: skip
            if isinstance(outer, ast.If) and not outer.orelse:
                yield Edit(
                    moved[0], "is carried out in either case",
                    [(above, level, kept), (outer, "orelse", moved)],
                    f"Put {many} under an `else:` of line {outer.lineno}.",
                )  # fmt: skip
        for place in range(at - 1):
            moved = block[place:at]
            several = all(isinstance(s, ast.Assign) for s in moved)
            if several and isinstance(outer, LOOPS):
                yield Edit(
                    moved[0], "stands before the loop, so it is not made anew in it",
                    [(above, level, block[:place] + block[at:]),
                     (outer, "body", [*moved, *outer.body])],
                    f"Move the lines from here to the loop into the {head}, as the "
                    "first lines there.",
                )  # fmt: skip
        for place in range(at):
            if isinstance(block[place], ast.Assign) and isinstance(outer, LOOPS):
                moved = block[place]
                yield Edit(
                    moved, "stands before the loop, so it is not made anew in it",
                    [(above, level, _without(block, place)),
                     (outer, "body", [moved, *outer.body])],
                    f"Move it into the {head}, as the first line there.",
                )  # fmt: skip


def other_step(written):
    """A name that is set before the loop and should move on in it."""
    for loop in written.loops:
        if not isinstance(loop, ast.For):
            continue
        inside = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        set_in = {t.id for s in ast.walk(loop) if isinstance(s, ast.Assign)
                  for t in _targets(s)}  # fmt: skip
        for name in sorted(written.stored - set_in - inside):
            for source in sorted(inside):
                new = ast.parse(f"{name} = {source}").body[0]
                yield Edit(
                    loop, f"goes on from round to round, but `{name}` never changes",
                    [(loop, "body", [*loop.body, new])],
                    f"End the loop with `{name} = {source}`.",
                )  # fmt: skip


def other_order(written):
    """A line, or two, that should be carried out sooner."""
    blocks = [(written.tree, "body"), *((loop, "body") for loop in written.loops)]
    for holder, name in blocks:
        block = getattr(holder, name)
        plain = ast.Assign | ast.AugAssign | ast.Expr
        for first, middle in itertools.combinations(range(len(block)), 2):
            for last in (middle + 1, middle + 2):
                late, soon = block[middle:last], block[first:middle]
                if last > len(block) or len(soon) > 3 or any(
                    tick(s) or not isinstance(s, plain) for s in (*late, *soon)
                ):  # fmt: skip
                    continue
                new = [*block[:first], *late, *soon, *block[last:]]
                many = "these lines" if len(late) > 1 else "it"
                yield Edit(
                    late[0], f"comes too late: line {soon[0].lineno} is sooner",
                    [(holder, name, new)],
                    f"Move {many} up, before line {soon[0].lineno}.",
                )  # fmt: skip


def not_moved_on(written):
    """A while loop in which nothing brings the end nearer."""
    for loop in written.loops:
        if isinstance(loop, ast.For):
            continue
        names = [n.id for n in ast.walk(loop.test) if isinstance(n, ast.Name)]
        blocks = [(loop, "body")] + [
            (s, field) for s in ast.walk(loop) if isinstance(s, ast.If)
            for field in ("body", "orelse") if getattr(s, field)
        ]  # fmt: skip
        for name in dict.fromkeys(n for n in names if n in written.stored):
            steps = [f"{name} += 1", *(f"{name} -= {a}" for a in written.arguments)]
            for step in [*steps, f"{name} -= 1"]:
                for holder, field in blocks:
                    block = getattr(holder, field)
                    if any(name == t.id for s in block for t in _targets(s)):
                        continue
                    new = ast.parse(step).body[0]
                    last = next(s for s in reversed(block) if not tick(s))
                    yield Edit(
                        last, f"ends its block, and `{name}` has not moved on",
                        [(holder, field, [*block, new])], f"Add `{step}` below it.",
                    )  # fmt: skip


def too_much(written):
    """A line that is better left out."""
    for stmt in written.statements(ast.Assign, ast.AugAssign, ast.Expr, ast.If):
        holder, name, place = written.block_of(stmt)
        kept = _without(getattr(holder, name), place)
        if isinstance(stmt, ast.Expr) and written.stopped.startswith("AttributeError"):
            continue  # it has a purpose, and the error says more
        yield Edit(
            stmt, "is one line too much", [(holder, name, kept)], "Leave it out."
        )


RULES = (
    returned_early, not_returned, left_early, out_of_the_block, into_the_block,
    other_step, not_moved_on, too_much,
)  # fmt: skip
