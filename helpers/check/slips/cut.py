"""Slips in what a table can hold: whole numbers alone, where fractions go in."""

import ast

from helpers.check.slips.written import Edit, expression

LIKE = {"zeros_like": "zeros", "ones_like": "ones", "empty_like": "empty"}
WHOLE = ("int", "np.int64", "np.int32", "'int'")


def whole_tables(written):
    """np.zeros_like(x) and x.copy() are of whole numbers where x is; dtype=int is."""
    for slot in written.places_of(ast.Call):
        node, shown = slot.node, ast.unparse(slot.node)
        name = getattr(node.func, "attr", "")
        of = ast.unparse(node.args[0]) if node.args else ""
        for keyword in node.keywords:
            if keyword.arg == "dtype" and ast.unparse(keyword.value) in WHOLE:
                rest = [k for k in node.keywords if k is not keyword]
                new = ast.Call(node.func, node.args, rest)
                if name == "array":
                    new.keywords = [*rest, ast.keyword("dtype", expression("float"))]
                why = f"makes a table of whole numbers, by `{ast.unparse(keyword)}`"
                yield _edit(slot, why, new)
        if name == "astype" and of in WHOLE:
            new = expression(f"{ast.unparse(node.func)}(float)")
            yield _edit(slot, f"makes whole numbers of it, by `{of}`", new)
        if name == "full" and isinstance(getattr(node.args[-1], "value", ""), int):
            value = ast.Constant(float(node.args[-1].value))
            new = ast.Call(node.func, [*node.args[:-1], value], node.keywords)
            yield _edit(slot, f"makes a table of whole numbers, as {shown}", new)
        if node.keywords:
            continue
        text = ""
        if name in LIKE and isinstance(node.args[0], ast.Name):
            text = f"np.{LIKE[name]}({of}.shape)"
        elif name in LIKE or name == "array":
            text = f"{shown[:-1]}, dtype=float)"
        elif name == "copy" and not node.args:
            text = f"{ast.unparse(node.func.value)}.astype(float)"
        elif name == "copy":
            text = f"np.array({of}, dtype=float)"
        if text:
            made = "table" if name in LIKE or name == "array" else "copy"
            of = of or ast.unparse(node.func.value)
            why = f"makes a {made} of whole numbers where `{of}` holds such"
            yield _edit(slot, why, expression(text))


def _edit(slot, why, new):
    told = f"{why}, and that cuts off the fractions"
    return Edit(slot.stmt, told, [slot.put(new)], same=why[:20])


RULES = (whole_tables,)
