"""Slips in what is asked: <= for <, and for or, an if with its branches turned."""

import ast

from helpers.check.slips.written import Edit, expression

COMPARED = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==",
    ast.NotEq: "!=",
}  # fmt: skip
EQUAL = ("==", "!=")


def comparisons(written):
    for slot in written.places_of(ast.Compare):
        node = slot.node
        have = COMPARED.get(type(node.ops[0]))
        for operator, sign in COMPARED.items():
            if have and sign != have and (have in EQUAL) == (sign in EQUAL):
                yield _compared(slot, operator, have, sign)
        pair = node.comparators[0]
        if isinstance(node.left, ast.List) and isinstance(node.left.ctx, ast.Load):
            why = "compares a list with a tuple, and these are never equal"
            changes = [(node, "left", ast.Tuple(node.left.elts, ast.Load()))]
            yield Edit(slot.stmt, why, changes)
        elif isinstance(node.left, ast.Subscript) and isinstance(pair, ast.Name):
            for kind in ("tuple", "list"):
                new = expression(f"{kind}({ast.unparse(node.left)})")
                why = "compares a list with a tuple, and these are never equal"
                yield Edit(slot.stmt, why, [(node, "left", new)])
    for slot in written.places_of(ast.BoolOp):
        other = ast.And() if isinstance(slot.node.op, ast.Or) else ast.Or()
        words = ("or", "and") if isinstance(slot.node.op, ast.Or) else ("and", "or")
        why = "has `{}` where `{}` belongs".format(*words)
        yield Edit(slot.stmt, why, [(slot.node, "op", other)])
        if isinstance(slot.node.op, ast.And):
            why = "asks for what comes second before it is known to be there"
            values = [*slot.node.values[1:], slot.node.values[0]]
            yield Edit(slot.stmt, why, [(slot.node, "values", values)])
    for slot in written.places_of(ast.IfExp):
        node = slot.node
        why = "has the two branches the wrong way round"
        changes = [(node, "body", node.orelse), (node, "orelse", node.body)]
        yield Edit(slot.stmt, why, changes)


def equal_or_beyond(written):
    """== for <=, and the like: rarely meant, as a branch that never comes mends too."""
    for slot in written.places_of(ast.Compare):
        have = COMPARED.get(type(slot.node.ops[0]))
        for operator, sign in COMPARED.items():
            if have and (have in EQUAL) != (sign in EQUAL):
                yield _compared(slot, operator, have, sign)


def _compared(slot, operator, have, sign):
    why = f"compares with `{have}` where `{sign}` belongs"
    return Edit(slot.stmt, why, [(slot.node, "ops", [operator()])])


FORMS = (comparisons,)
RULES = (equal_or_beyond,)
