"""Slips in how a function runs: when it returns, where a line stands."""

import ast

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
    names = [ast.unparse(t) for s in stored for t in targets(s)]
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


def targets(stmt):
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


RULES = (returned_early, not_returned, left_early, out_of_the_block, into_the_block)
LATER = (too_much,)
