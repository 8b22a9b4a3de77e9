"""What is seen in the source alone, once nothing else has explained an answer."""

import ast

from helpers.check.slips.written import header


def read(written):
    """A sentence about what can not be right, or None."""
    for rule in (_no_power, _notebook_name, _counter_of_a_for, _unused, _unreached):
        if sentence := rule(written):
            return sentence
    return None


def lost(written):
    """for row in counts: row = … as the last line: what is made is lost."""
    for loop in written.loops:
        last = loop.body[-1]
        if not isinstance(loop, ast.For) or not isinstance(last, ast.Assign):
            continue
        made = getattr(last.targets[0], "id", None)
        after = [
            n for n in ast.walk(written.tree)
            if getattr(n, "id", "") == made and n.lineno > last.lineno
        ]  # fmt: skip
        inner = written.loops_around(last)[1:]
        same = made and made == getattr(loop.target, "id", "")
        if same and isinstance(loop.iter, ast.Name) and not (after or inner):
            return (
                f"Line {last.lineno}, `{header(last)}`, gives the name `{made}` to "
                f"a new array; `{loop.iter.id}` stays as it was. Collect the new "
                "ones in a list."
            )
    return None


def undecided(written):
    """if p == 0 of a whole array p."""
    asked = written.statements(ast.If, ast.While)
    if "truth value" not in written.stopped or len(asked) != 1:
        return None
    (stmt,) = asked
    name = getattr(getattr(stmt.test, "left", None), "id", "")
    if name not in written.arguments:
        return None
    word = "if" if isinstance(stmt, ast.If) else "while"
    return (
        f"Line {stmt.lineno}, `{header(stmt)}`: `{name}` is a whole array, so `{word}` "
        "cannot decide. Look at one number at a time in a loop."
    )


def _no_power(written):
    for slot in written.places_of(ast.BinOp):
        if isinstance(slot.node.op, ast.BitXor):
            shown = f"Line {slot.stmt.lineno}, `{header(slot.stmt)}`, has `^`"
            return f"{shown}, which is no power in Python: write `**`."
    return None


def _counter_of_a_for(written):
    for loop in written.loops:
        if isinstance(loop, ast.For) and isinstance(loop.target, ast.Name):
            for stmt in ast.walk(loop):
                if isinstance(stmt, ast.AugAssign) and getattr(
                    stmt.target, "id", ""
                ) == loop.target.id:  # fmt: skip
                    name = loop.target.id
                    return (
                        f"Line {stmt.lineno}, `{header(stmt)}`, does not move "
                        f"the loop on: `for` gives `{name}` its next value all the "
                        f"same. To step by yourself, begin with `{name} = 0` and use "
                        f"`while {name} < …`."
                    )
    return None


def _notebook_name(written):
    given = " and ".join(written.arguments)
    for slot in written.slots:
        node = slot.node
        called = isinstance(slot.holder, ast.Call) and slot.field == "func"
        if not isinstance(node, ast.Name) or called:
            continue
        if written.outside(node.id) and node.id in written.scope:
            value = written.scope[node.id]
            if not callable(value) and type(value).__name__ != "module":
                return (
                    f"Line {slot.stmt.lineno}, `{header(slot.stmt)}`, uses "
                    f"`{node.id}`, a name of the notebook. The function must work with "
                    f"what it is given alone: {given}."
                )
    return None


def _unused(written):
    return unused(written, len(written.tree.args.defaults))


def unused(written, optional=0):
    """An argument that is never looked at; the last ones may be optional."""
    loaded = {n.id for n in ast.walk(written.tree) if isinstance(n, ast.Name)}
    for name in written.arguments[: len(written.arguments) - optional]:
        if name not in loaded:
            return (
                f"Your function never looks at `{name}`, and the result depends on it."
            )
    return None


def _unreached(written):
    for stmt in written.statements(ast.Return):
        holder, name, place = written.block_of(stmt)
        rest = getattr(holder, name)[place + 1 :]
        if rest:
            return (
                f"Line {rest[0].lineno} is never reached: the `return` of line "
                f"{stmt.lineno} has ended the function."
            )
    return None
