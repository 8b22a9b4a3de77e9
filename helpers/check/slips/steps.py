"""Slips in what follows on what: a name that never moves on, a line too late."""

import ast
import itertools

from helpers.check.slips.flow import targets
from helpers.check.slips.shown import header
from helpers.check.slips.written import Edit, tick


def in_each_round(written):
    """total += a + b, where a belongs before the loop."""
    for stmt in written.statements(ast.AugAssign):
        loops, value = written.loops_around(stmt), stmt.value
        if not loops or not isinstance(value, ast.BinOp):
            continue
        for once, each in ((value.left, value.right), (value.right, value.left)):
            if isinstance(value.op, ast.Add):
                above, level, at = written.block_of(loops[-1])
                first = ast.AugAssign(stmt.target, stmt.op, once)
                block = list(getattr(above, level))
                block.insert(at, ast.copy_location(first, stmt))
                yield Edit(
                    stmt, f"takes `{ast.unparse(once)}` in each round anew",
                    [(above, level, block), (stmt, "value", each)],
                    f"Write `{header(first)}` before the loop, and leave it out here.",
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
                    if any(name == t.id for s in block for t in targets(s)):
                        continue
                    new = ast.parse(step).body[0]
                    last = next(s for s in reversed(block) if not tick(s))
                    yield Edit(
                        last, f"ends its block, and `{name}` has not moved on",
                        [(holder, field, [*block, new])], f"Add `{step}` below it.",
                    )  # fmt: skip


def other_step(written):
    """A name that is set before the loop and should move on in it."""
    for loop in written.loops:
        if not isinstance(loop, ast.For):
            continue
        inside = {n.id for n in ast.walk(loop.target) if isinstance(n, ast.Name)}
        set_in = {t.id for s in ast.walk(loop) if isinstance(s, ast.Assign)
                  for t in targets(s)}  # fmt: skip
        for name in sorted(written.stored - set_in - inside):
            for source in sorted(inside):
                new = ast.parse(f"{name} = {source}").body[0]
                yield Edit(
                    loop, f"goes on from round to round, but `{name}` never changes",
                    [(loop, "body", [*loop.body, new])],
                    f"End the loop with `{name} = {source}`.",
                )  # fmt: skip


RULES = (other_step, not_moved_on)
LATER = (in_each_round,)
