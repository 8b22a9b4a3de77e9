"""Slips in a formula: a sign, a bracket, a factor, another function, an axis."""

import ast
import itertools
import math

from helpers.check.slips import brackets, compared
from helpers.check.slips.written import Edit, expression

SIGNS = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.FloorDiv: "//",
    ast.Mod: "%", ast.Pow: "**", ast.MatMult: "@", ast.BitXor: "^",
}  # fmt: skip
# Of what is taken for each other; a power is put in between two names alone.
SWAPPED = {
    ast.Add: (ast.Sub, ast.Mult, ast.Div, ast.MatMult),
    ast.BitXor: (ast.Pow,),
    ast.Mult: (ast.Div, ast.Add, ast.Sub, ast.MatMult),
    ast.Div: (ast.Mult, ast.Sub, ast.Add, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mult, ast.Mod),
    ast.MatMult: (ast.Mult, ast.Add),
}
TOGETHER = ("zeros", "ones", "concatenate", "vstack", "hstack")
AROUND = ("np.log({})", "np.exp({})", "np.sqrt({})", "np.abs({})", "-({})", "({}) ** 2",
          "len({})", "({}).split()", "sum({})", "1 - ({})", "1 / ({})", "({}).sum()",
          "({}).mean()", "({}).T", "({}).copy()", "({}).max()")  # fmt: skip

NEARLY = (
    (math.pi, "π", "np.pi"), (math.e, "e", "np.e"), (math.log(2), "ln 2", "np.log(2)")
)  # fmt: skip


def signs(written):
    for slot in written.places_of(ast.UnaryOp):
        if isinstance(slot.node.op, ast.USub):
            of = slot.node.operand
            yield Edit(slot.stmt, "has a minus too many", [slot.put(of)])
            if isinstance(of, ast.Call) and len(of.args) == 1:
                inner = ast.UnaryOp(ast.USub(), of.args[0])
                new = ast.Call(of.func, [inner], of.keywords)
                yield Edit(
                    slot.stmt, "has the minus in the wrong place", [slot.put(new)]
                )
    for slot in written.places_of(ast.BinOp):
        node = slot.node
        have = SIGNS.get(type(node.op))
        order = SWAPPED.get(type(node.op), (ast.Sub, ast.Add, ast.Mult, ast.Div))
        one = isinstance(node.right, ast.Constant) and node.right.value == 1
        for operator in order:
            unit = getattr(node.left, "value", None) == 1  # 1 * x
            idle = (one and operator not in (ast.Add, ast.Sub)) or (
                unit and operator is ast.Mult
            )  # x * 1
            if have and not isinstance(node.op, operator) and not idle:
                why = f"has `{have}` where `{SIGNS[operator]}` belongs"
                if have == "^":
                    why = "has `^`, which is no power in Python: that is `**`"
                yield Edit(slot.stmt, why, [(node, "op", operator())], rough=True)
        sides = {type(node.left), type(node.right)}
        if isinstance(node.op, ast.Mult) and sides == {ast.Name}:
            why = "multiplies, where a power belongs"
            yield Edit(slot.stmt, why, [(node, "op", ast.Pow())])
    for slot in written.slots:
        whole = slot.field == "value" and isinstance(
            slot.holder, ast.Return | ast.Assign
        )
        if whole and not isinstance(slot.node, ast.Tuple | ast.List | ast.Constant):
            new = ast.UnaryOp(ast.USub(), slot.node)
            yield Edit(slot.stmt, "has the sign turned round", [slot.put(new)])


def characters(written):
    """len(text) counts characters."""
    for slot in written.places_of(ast.Call):
        if getattr(slot.node.func, "id", "") == "len" and slot.node.args:
            text = slot.node.args[0]
            new = expression(f"{ast.unparse(text)}.split()")
            why = "counts the characters of a text, not its words"
            yield Edit(slot.stmt, why, [(slot.node, "args", [new])])


def written_out(written):
    """… * 2 for … ** 2, and π and e as decimals."""
    for slot in written.places_of(ast.BinOp):
        node = slot.node
        two = getattr(node.right, "value", None) == 2
        if isinstance(node.op, ast.Mult) and two:
            news = [ast.BinOp(node.left, ast.Pow(), node.right)]
            if isinstance(node.left, ast.BinOp) and isinstance(node.left.op, ast.Mult):
                last = ast.BinOp(node.left.right, ast.Pow(), node.right)
                news.append(ast.BinOp(node.left.left, ast.Mult(), last))
            for new in news:
                why = "has `* 2` where `** 2` belongs"
                yield Edit(slot.stmt, why, [slot.put(new)])
    for slot in written.places_of(ast.Constant):
        value = slot.node.value
        for exact, words, own in NEARLY:
            if isinstance(value, float) and 0 < abs(value - exact) < 0.02:
                why = f"has {value}, which is nearly {words}"
                new = expression(own)
                yield Edit(slot.stmt, why, [slot.put(new)], f"Write `{own}` for it.")


def exchanged(written):
    for slot in written.places_of(ast.BinOp):
        if not isinstance(slot.node.op, ast.Mult):
            node = slot.node
            sign = SIGNS.get(type(node.op), "")
            why = f"has the two sides of `{sign}` the wrong way round"
            changes = [(node, "left", node.right), (node, "right", node.left)]
            yield Edit(slot.stmt, why, changes)
    for slot in written.slots:
        node = slot.node
        if isinstance(node, ast.Call) and len(node.args) > 1:
            args = [node.args[1], node.args[0], *node.args[2:]]
            why = f"gives `{ast.unparse(node.func)}` its arguments in the wrong order"
            yield Edit(slot.stmt, why, [(node, "args", args)])
            if getattr(node.func, "attr", "") in TOGETHER:
                made = [ast.Tuple(node.args, ast.Load())]
                why = "gives the parts one by one: they stand together, in brackets"
                yield Edit(slot.stmt, why, [(node, "args", made)])
        if isinstance(node, ast.Tuple) and isinstance(node.ctx, ast.Load):
            for first in range(len(node.elts) - 1):
                items = list(node.elts)
                items[first : first + 2] = items[first : first + 2][::-1]
                why = "has its parts in the wrong order"
                yield Edit(slot.stmt, why, [(node, "elts", items)])


def left_out(written):
    """A term or factor that is too much."""
    for slot in written.places_of(ast.BinOp):
        for kept, gone in (("left", "right"), ("right", "left")):
            sign = SIGNS.get(type(slot.node.op), "")
            shown = ast.unparse(getattr(slot.node, gone))
            shown = f"{sign} {shown}" if gone == "right" else f"{shown} {sign}"
            why = f"has `{shown}` too much"
            yield Edit(slot.stmt, why, [slot.put(getattr(slot.node, kept))])
    for slot in written.places_of(ast.BoolOp):
        for gone in range(len(slot.node.values)):
            values = slot.node.values[:gone] + slot.node.values[gone + 1 :]
            new = values[0] if len(values) == 1 else ast.BoolOp(slot.node.op, values)
            why = f"asks for `{ast.unparse(slot.node.values[gone])}` as well"
            yield Edit(slot.stmt, why, [slot.put(new)])


def starts(written):
    """Another number: a start, a factor."""
    for slot in written.places_of(ast.Constant):
        value = slot.node.value
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        for other in dict.fromkeys((0, 1, value + 1, value - 1, 2, 4)):
            if other != value:
                start = isinstance(slot.holder, ast.Assign)
                verb = "starts with" if start else "has"
                why = f"{verb} {value} where {other} belongs"
                yield Edit(slot.stmt, why, [slot.put(ast.Constant(other))])


def both_signs(written):
    """a + b in one place and c - d in another, where it is the other way round."""
    slots = written.places_of(ast.BinOp)
    plus = [s for s in slots if isinstance(s.node.op, ast.Add)]
    minus = [s for s in slots if isinstance(s.node.op, ast.Sub)]
    for one, other in itertools.product(plus[:4], minus[:4]):
        changes = [(one.node, "op", ast.Sub()), (other.node, "op", ast.Add())]
        why = "has `+` where `-` belongs"
        advice = f"In line {other.stmt.lineno} it is the other way round."
        yield Edit(one.stmt, why, changes, f"Write `{{now}}`. {advice}")


def other_names_within(written):
    """norm(u) * norm(u) for norm(u) * norm(v): a name in all of one term."""
    for slot in written.slots:
        if not isinstance(slot.node, ast.BinOp | ast.Call):
            continue
        names = [n for n in ast.walk(slot.node) if isinstance(n, ast.Name)]
        for name in dict.fromkeys(n.id for n in names if n.id in written.names):
            same = [n for n in names if n.id == name]
            for other in written.names if 2 <= len(same) <= 4 else ():
                if other != name:
                    shown = ast.unparse(slot.node)
                    why = f"has `{name}` in `{shown}` where `{other}` belongs"
                    yield Edit(slot.stmt, why, [(n, "id", other) for n in same])


def names_exchanged(written):
    """beta1 and beta2 exchanged, in all of the function, a line, or two lines."""
    lines = [s for s in written.tree.body if isinstance(s, ast.Assign | ast.Return)]
    for some in (lines, *([s] for s in lines), *zip(lines, lines[1:], strict=False)):
        names = [n for s in some for n in ast.walk(s) if isinstance(n, ast.Name)]
        found = [n for n in names if isinstance(n.ctx, ast.Load)]
        have = [a for a in written.arguments if any(n.id == a for n in found)]
        for a, b in itertools.combinations(have, 2):
            other = {a: b, b: a}
            changes = [(n, "id", other[n.id]) for n in found if n.id in other]
            last = some[-1].lineno
            where = "" if len(some) == 1 else f" The same down to line {last}."
            why = f"has `{a}` and `{b}` exchanged"
            yield Edit(some[0], why, changes, f"Write `{{now}}`.{where}")


def other_names(written):
    for slot in written.places_of(ast.Name):
        if not isinstance(slot.node.ctx, ast.Load) or slot.node.id == "__tick__":
            continue
        if isinstance(slot.holder, ast.Call) and slot.field == "func":
            continue
        for text in (*written.names, *(f"len({a})" for a in written.arguments), "0"):
            if text != slot.node.id:
                why = f"has `{slot.node.id}` where `{text}` belongs"
                yield Edit(slot.stmt, why, [slot.put(expression(text))])


def _expressions(written):
    for slot in written.slots:
        if isinstance(slot.node, ast.BinOp | ast.Name | ast.Call | ast.Subscript):
            context = getattr(slot.node, "ctx", None)
            called = isinstance(slot.holder, ast.Call) and slot.field == "func"
            module = getattr(slot.node, "id", "") in ("np", "math", "__tick__")
            if not (isinstance(context, ast.Store) or called or module):
                yield slot


def missing(written):
    """A term or factor that is not there."""
    atoms = [*written.arguments, "2", "1"]
    atoms += [f"len({a})" for a in written.arguments]
    atoms += [n for n in written.names if n not in written.arguments]
    for slot in _expressions(written):
        if isinstance(slot.holder, ast.Subscript | ast.For):
            continue
        for atom in atoms:
            if atom == ast.unparse(slot.node):
                continue
            # No power but a square is ever made: 5000 ** 300 ** 9 has no end in C.
            square = (ast.Pow,) if atom == "2" else ()
            for operator in (ast.Mult, ast.Div, ast.Sub, ast.Add, *square):
                new = ast.BinOp(slot.node, operator(), expression(atom))
                shown = f"{SIGNS[operator]} {atom}"
                yield Edit(slot.stmt, f"lacks `{shown}`", [slot.put(new)])


def wrapped(written):
    calls = [s.node for s in written.places_of(ast.Call) if len(s.node.args) == 1]
    used = [f"{ast.unparse(c.func)}({{}})" for c in calls]  # by the reader elsewhere
    for slot in _expressions(written):
        shown = ast.unparse(slot.node)
        for text in dict.fromkeys((*used, *AROUND)):
            what = text.replace("({})", "…") if text[0] == "(" else text.format("…")
            new = expression(text.format(shown))
            why = f"lacks `{what}`"
            yield Edit(slot.stmt, why, [slot.put(new)], same=f"{why} {shown}")


FORMS = (*compared.FORMS, characters, written_out)
RULES = (signs, *brackets.RULES, both_signs, exchanged, left_out, starts,
         names_exchanged, other_names, other_names_within, *compared.RULES)  # fmt: skip
LAST = (missing, wrapped)
