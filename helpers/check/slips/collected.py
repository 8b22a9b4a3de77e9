"""Slips in what a list collects: one result alone, an item out, one not put in."""

import ast

from helpers.check.slips.written import Edit, expression


def collected(written):
    """One result, where a list of all the rounds' is wanted."""
    for stmt in written.statements(ast.Return, ast.Assign, ast.Expr):
        loops = written.loops_around(stmt)
        value = _printed(stmt) if isinstance(stmt, ast.Expr) else stmt.value
        if not loops or value is None or _filled(written, stmt):
            continue
        returns = not isinstance(stmt, ast.Assign)
        name = "results" if returns else ast.unparse(stmt.targets[0])
        outer = loops[-1]
        holder, field, place = written.block_of(stmt)
        above, level, at = written.block_of(outer)
        if isinstance(value, ast.List) and len(value.elts) == 1:
            value = value.elts[0]
        shown = f"{name}.append({ast.unparse(value)})"
        inner = list(getattr(holder, field))
        inner[place] = ast.parse(shown).body[0]
        block = list(getattr(above, level))
        after = [ast.parse(f"return {name}").body[0]] if returns else []
        block[at : at + 1] = [ast.parse(f"{name} = []").body[0], outer, *after]
        yield Edit(
            stmt,
            "keeps the last round's result alone" if not returns else
            "ends the function in the first round" if isinstance(stmt, ast.Return) else
            "prints, and hands nothing back",
            [(holder, field, inner), (above, level, block)],
            f"Collect them: `{name} = []` before the loop, `{shown}` in it"
            + (f", and `return {name}` behind it." if returns else "."),
        )  # fmt: skip


def _printed(stmt):
    """What a print line prints."""
    call = stmt.value
    printed = isinstance(call, ast.Call) and getattr(call.func, "id", "") == "print"
    return call.args[0] if printed and len(call.args) == 1 else None


def _filled(written, stmt):
    """Whether x of `x = …` is filled place by place, as x[i] = …"""
    made = {ast.unparse(t) for t in getattr(stmt, "targets", [])}
    stored = [s.node for s in written.places_of(ast.Subscript)
              if isinstance(s.node.ctx, ast.Store)]  # fmt: skip
    return any(ast.unparse(node.value) in made for node in stored)


def taken_out(written):
    """rest.pop(i), del rest[i] and rest.remove(x): all after it move up a place."""
    for stmt in written.statements(ast.Expr, ast.Delete):
        call = getattr(stmt, "value", None)
        method = getattr(getattr(call, "func", None), "attr", "")
        if isinstance(stmt, ast.Delete) and isinstance(stmt.targets[0], ast.Subscript):
            target = ast.unparse(stmt.targets[0])
        elif method in ("pop", "remove") and call.args:
            of, what = ast.unparse(call.func.value), ast.unparse(call.args[0])
            target = f"{of}[{what}]" if method == "pop" else f"{of}[{of}.index({what})]"
        else:
            continue
        holder, name, place = written.block_of(stmt)
        for value in ("0", "-1"):
            block = list(getattr(holder, name))
            block[place] = ast.parse(f"{target} = {value}").body[0]
            why = "takes the item out, so that all behind it move up a place"
            advice = f"Write `{target} = {value}`: it keeps its place."
            yield Edit(stmt, why, [(holder, name, block)], advice)


def without_else(written):
    """if v == i: row.append(1), and nothing put in where it is not so."""
    for stmt in written.statements(ast.If):
        (*_, last) = stmt.body
        call = getattr(last, "value", None)
        puts = getattr(getattr(call, "func", None), "attr", "") == "append"
        if puts and not stmt.orelse:
            new = ast.parse(f"{ast.unparse(call.func.value)}.append(0)").body[0]
            yield Edit(
                stmt, "puts nothing in where that is not so",
                [(stmt, "orelse", [new])],
                f"Add an `else:` with `{ast.unparse(new)}`.",
            )  # fmt: skip


def nothing_returned(written):
    """return out.extend(…), which is None."""
    for stmt in written.statements(ast.Return):
        method = getattr(getattr(stmt.value, "func", None), "attr", "")
        if method in ("append", "extend", "sort", "insert", "reverse", "remove"):
            holder, name, place = written.block_of(stmt)
            of = ast.unparse(stmt.value.func.value)
            block = list(getattr(holder, name))
            block[place : place + 1] = [
                ast.Expr(stmt.value), ast.parse(f"return {of}").body[0]
            ]  # fmt: skip
            yield Edit(
                stmt, f"hands back None, as `{method}` changes the list itself",
                [(holder, name, block)],
                f"Leave the word `return` out, and put `return {of}` below it.",
            )  # fmt: skip


def put_behind(written):
    """row.append(1) or row.insert(i, 1) for row[i] = 1."""
    for stmt in written.statements(ast.Expr):
        method = getattr(getattr(stmt.value, "func", None), "attr", "")
        if method not in ("append", "insert") or not stmt.value.args:
            continue
        (*_, what) = stmt.value.args
        for loop in written.loops_around(stmt):
            place = getattr(getattr(loop, "target", None), "id", "")
            if place and isinstance(what, ast.Constant):
                of = ast.unparse(stmt.value.func.value)
                text = f"{of}[{place}] = {ast.unparse(what)}"
                holder, name, at = written.block_of(stmt)
                block = list(getattr(holder, name))
                block[at] = ast.parse(text).body[0]
                why = f"makes `{of}` longer, where a place of it is to be set"
                advice = f"Write `{text}`."
                yield Edit(stmt, why, [(holder, name, block)], advice)


def fixed_value(written):
    """q[i] = 1 for q[i] = p[i], or for q[i] = row."""
    for stmt in written.statements(ast.Assign):
        target = stmt.targets[0]
        if isinstance(target, ast.Subscript) and isinstance(stmt.value, ast.Constant):
            for name in written.arguments:
                for text in (f"{name}[{ast.unparse(target.slice)}]", name):
                    why = f"puts in {stmt.value.value} each time"
                    yield Edit(stmt, why, [(stmt, "value", expression(text))])


def no_number(written):
    """x[i] = None, which an array takes for nan."""
    for slot in written.places_of(ast.Constant):
        kept = isinstance(slot.holder, ast.Assign | ast.IfExp | ast.Call | ast.List)
        if slot.node.value is None and kept:
            for text in ("-np.inf", "0", "np.inf"):
                why = "puts in None, which is no number"
                yield Edit(slot.stmt, why, [slot.put(expression(text))])


RULES = (collected, taken_out, without_else, nothing_returned, no_number, fixed_value,
         put_behind)  # fmt: skip
