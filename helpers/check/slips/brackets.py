"""Slips in how a formula is written down: its brackets, and what binds more tightly."""

import ast
import io
import itertools
import re
import tokenize

from helpers.check.slips.written import Edit, expression

WHY = "has its brackets in the wrong place"
LONGEST = 160  # characters of a formula that is read again
SIGNS = {"+", "-", "*", "/", "@"}


def turned(written):
    """The same signs in another order: a . (b . c) for (a . b) . c."""
    for slot in written.places_of(ast.BinOp):
        node, left, right = slot.node, slot.node.left, slot.node.right
        if isinstance(left, ast.BinOp):  # (a . b) . c -> a . (b . c)
            inner = ast.BinOp(left.right, node.op, right)
            new = _once(left.left, left.op, inner)
            yield Edit(slot.stmt, WHY, [slot.put(new)], same="first")
        if isinstance(right, ast.BinOp):  # a . (b . c) -> (a . b) . c
            inner = _once(left, node.op, right.left)
            new = ast.BinOp(inner, right.op, right.right)
            yield Edit(slot.stmt, WHY, [slot.put(new)])
        inner = left.right if isinstance(left, ast.BinOp) else left
        calls = [n for n in (inner, right) if isinstance(n, ast.Call) and n.args]
        if len({ast.dump(n.func) for n in calls}) == len(calls) - 1:
            parts = ast.BinOp(inner.args[0], node.op, right.args[0])
            new = ast.Call(right.func, [parts], [])  # f(a) / f(b) -> f(a / b)
            if inner is not left:
                new = ast.BinOp(left.left, left.op, new)
            yield Edit(slot.stmt, WHY, [slot.put(new)])


def _once(left, operator, right):
    """left . right; w for w * 1."""
    one = getattr(right, "left", None)
    if isinstance(operator, ast.Mult) and getattr(one, "value", None) == 1:
        return ast.BinOp(left, right.op, right.right)
    return ast.BinOp(left, operator, right)


def of_a_call(written):
    """f(a . b) for f(a) . b, and the other way round."""
    for slot in written.places_of(ast.BinOp):
        node, left, right = slot.node, slot.node.left, slot.node.right
        for side, other in ((left, "left"), (right, "right")):
            if getattr(getattr(side, "func", None), "id", "") == "len":
                continue
            if isinstance(side, ast.Call) and len(side.args) == 1 and not side.keywords:
                pair = (
                    (side.args[0], right) if other == "left" else (left, side.args[0])
                )
                inner = ast.BinOp(pair[0], node.op, pair[1])
                yield Edit(slot.stmt, WHY, [slot.put(ast.Call(side.func, [inner], []))])
    for slot in written.places_of(ast.Call):
        if len(slot.node.args) == 1 and isinstance(slot.node.args[0], ast.BinOp):
            inside, called = slot.node.args[0], slot.node.func
            for a, b in ((True, False), (False, True)):
                left = ast.Call(called, [inside.left], []) if a else inside.left
                right = ast.Call(called, [inside.right], []) if b else inside.right
                new = ast.BinOp(left, inside.op, right)
                yield Edit(slot.stmt, WHY, [slot.put(new)])


def _formulas(written):
    """(slot, its text, its tokens) of each formula that a statement holds."""
    for slot in written.slots:
        own = slot.holder is slot.stmt and slot.field in ("value", "test")
        if own or isinstance(slot.holder, ast.Tuple | ast.List):
            text = ast.unparse(slot.node) if isinstance(slot.node, ast.expr) else ""
            if any(sign in text for sign in SIGNS) and len(text) <= LONGEST:
                read = tokenize.generate_tokens(io.StringIO(text).readline)
                yield slot, text, [t for t in read if t.string]


def _reads(slot, text, why, form=ast.dump):
    """The edit that puts a text in, if it is Python and says something else."""
    try:
        new = expression(text)
    except SyntaxError:
        return
    idle = re.search(r"[*/] 1\b(?!\.)|\b1 \* ", text) and not re.search(
        r"[*/] 1\b(?!\.)|\b1 \* ", ast.unparse(slot.node)
    )  # x * 1 is never meant
    if form(new) != form(slot.node) and not idle:
        yield Edit(slot.stmt, why, [slot.put(new)])


def _pairs(tokens):
    """(place of "(", place of ")") of brackets that only group."""
    open_, before = [], ""
    for place, token in enumerate(tokens):
        if token.string in "([{":
            open_.append((place, token.string == "(" and not _ends(before)))
        elif token.string in ")]}" and open_:
            start, groups = open_.pop()
            if groups:
                yield start, place
        before = token.string


def _ends(text):
    """Whether a term ends with this token."""
    return bool(re.match(r"[\w.)\]'\"]", text[-1:])) and text not in (
        "in",
        "if",
        "else",
    )


def taken_away(written):
    """a + b * c for (a + b) * c."""
    for slot, text, tokens in _formulas(written):
        for start, end in _pairs(tokens):
            first, last = tokens[start].start[1], tokens[end].start[1]
            less = text[:first] + text[first + 1 : last] + text[last + 1 :]
            yield from _reads(slot, less, WHY)


def _bounds(tokens):
    """Where terms begin, and where they end."""
    strings = ["", *(t.string for t in tokens), ""]
    starts = [t.start[1] for i, t in enumerate(tokens)
              if not _ends(strings[i]) and t.string not in ")]},+-*/@=:."]  # fmt: skip
    ends = [t.end[1] for i, t in enumerate(tokens) if _ends(t.string)
            and not re.match(r"[\w(\[]", strings[i + 2])]  # fmt: skip
    return starts, ends


def moved(written):
    """a * (b - c) ** 2 for (a * b - c) ** 2: one bracket of the two elsewhere."""
    for slot, text, tokens in _formulas(written):
        starts, ends = _bounds(tokens)
        for start, end in _pairs(tokens):
            first, last = tokens[start].start[1], tokens[end].start[1]
            for at in starts:
                if first < at < last and _even(text[first + 1 : at]):
                    new = f"{text[:first]}{text[first + 1 : at]}({text[at:]}"
                    yield from _reads(slot, new, WHY)
            for at in ends:
                if first < at < last and _even(text[at:last]):
                    new = f"{text[:at]}){text[at:last]}{text[last + 1 :]}"
                    yield from _reads(slot, new, WHY)


def _even(text):
    return text.count("(") == text.count(")")


def put_in(written):
    """a / (b * c) for a / b * c, from any term to any other."""
    for slot, text, tokens in _formulas(written):
        starts, ends = _bounds(tokens)
        for first, last in itertools.product(starts, ends):
            inner = text[first:last]
            signed = any(f" {sign} " in inner for sign in SIGNS)
            if last > first and signed and _whole(inner):
                more = f"{text[:first]}({inner}){text[last:]}"
                yield from _reads(slot, more, WHY)


def _form(node):
    """How a formula is built, whatever its signs."""
    return re.sub(r"(Add|Sub|Mult|Div|MatMult)\(\)", "", ast.dump(node))


def _whole(text):
    """Whether a text is one term by itself."""
    try:
        return not isinstance(expression(text), ast.Tuple)
    except SyntaxError:
        return False


def other_sign(written):
    """a * b + c for a + b + c: another sign also binds otherwise."""
    for slot, text, tokens in _formulas(written):
        before = ""
        for token in tokens:
            if token.string in SIGNS and _ends(before):
                at = token.start[1]
                for sign in sorted(SIGNS - {token.string}):
                    why = f"has `{token.string}` where `{sign}` belongs"
                    new = text[:at] + sign + text[at + 1 :]
                    yield from _reads(slot, new, why, _form)  # `signs` tries the rest
            before = token.string


FORMS = (turned, of_a_call, taken_away, moved)
RULES = (put_in, other_sign)
