"""Slips in what is called: another function, one too much, a wrong axis."""

import ast

from helpers.check.slips.written import Edit, expression

# Functions that are taken for each other.
ALIKE = (
    ("log", "log2", "log10", "log1p"), ("sum", "mean", "median", "prod"),
    ("cumsum", "sum"), ("max", "mean"),
    ("max", "min", "sum"), ("argmax", "argmin"),
    ("argmax", "max"), ("argmin", "min"), ("sin", "cos", "tan"),
    ("ceil", "floor", "round", "int"), ("radians", "degrees"), ("exp", "exp2"),
    ("maximum", "minimum"), ("argsort", "sort"), ("exp", "sqrt", "log"),
    ("ones", "zeros"), ("concatenate", "vstack"), ("hstack", "vstack"),
)  # fmt: skip
METHODS = ("sum", "mean", "max", "min", "prod", "cumsum", "argmax", "argsort", "var",
           "std")  # fmt: skip


def functions(written):
    for slot in written.places_of(ast.Call):
        called = slot.node.func
        field = "attr" if isinstance(called, ast.Attribute) else "id"
        have = getattr(called, field, None)
        for group in ALIKE:
            for other in group if have in group else ():
                if other != have:
                    why = f"takes `{have}` where `{other}` belongs"
                    yield Edit(slot.stmt, why, [(called, field, other)])
        if have == "len" and isinstance(called, ast.Name) and slot.node.args:
            table = ast.unparse(slot.node.args[0])
            why = f"counts the rows of `{table}`, where its columns belong"
            yield Edit(slot.stmt, why, [slot.put(expression(f"{table}.shape[1]"))])
        if have == "append" and len(slot.node.args) == 2 and not slot.node.keywords:
            why = "makes one long row of both, as `np.append` does"
            rows = ", ".join(map(ast.unparse, slot.node.args))
            yield Edit(slot.stmt, why, [slot.put(expression(f"np.vstack([{rows}])"))])
        if have in ("log2", "log10"):
            continue
        if len(slot.node.args) == 1 and not isinstance(slot.node.args[0], ast.Starred):
            why = f"takes `{ast.unparse(called)}` of it, which is too much"
            yield Edit(slot.stmt, why, [slot.put(slot.node.args[0])])
        if isinstance(called, ast.Attribute) and not slot.node.args:
            why = f"takes `.{have}()` of it, which is too much"
            yield Edit(slot.stmt, why, [slot.put(called.value)])
        if have in ("abs", "len") and slot.node.args:
            new = expression(f"np.linalg.norm({ast.unparse(slot.node.args[0])})")
            why = f"takes `{ast.unparse(slot.node)}`, which is no length of an arrow"
            yield Edit(slot.stmt, why, [slot.put(new)], same="norm")
    for slot in written.places_of(ast.Attribute):
        if slot.node.attr == "T":
            why = "turns rows and columns round, with `.T`"
            yield Edit(slot.stmt, why, [slot.put(slot.node.value)])


def axes(written):
    last = [ast.keyword("axis", expression("-1"))]
    kept = [*last, ast.keyword("keepdims", ast.Constant(True))]
    for wanted in (kept, last, [ast.keyword("axis", ast.Constant(1))],
                   [ast.keyword("axis", ast.Constant(0))], []):  # fmt: skip
        for slot in written.places_of(ast.Call):
            called = slot.node.func
            if getattr(called, "attr", "") not in METHODS:
                continue
            have = {k.arg: ast.unparse(k.value) for k in slot.node.keywords}
            want = {k.arg: ast.unparse(k.value) for k in wanted}
            if have == want or set(have) - {"axis", "keepdims"}:
                continue
            if have.get("axis") == want.get("axis"):
                why = "lets the sums lie down as a row when they are used"
                if "keepdims" in have:
                    why = "keeps a dimension that is in the way"
            elif have.get("axis") == "1" and want.get("axis") == "-1":
                why = "works along axis 1, which a single row does not have"
            elif "axis" in have:
                why = f"works along axis {have['axis']}, which is the wrong one"
            else:
                why = "works on the whole array at once, not on each row"
            if not wanted:
                why = "works along an axis, not on the whole"
            change = (slot.node, "keywords", wanted)
            yield Edit(slot.stmt, why, [change], same=str(want))


def single(written):
    """[question] for question.split()."""
    for slot in written.places_of(ast.List):
        if len(slot.node.elts) == 1 and isinstance(slot.node.elts[0], ast.Name):
            name = slot.node.elts[0].id
            for text in (f"{name}.split()", f"list({name})"):
                why = f"makes a list of one item, the whole of `{name}`"
                yield Edit(slot.stmt, why, [slot.put(expression(text))])


def sums_multiplied(written):
    """w.sum() * x.sum() for (w * x).sum()."""
    for slot in written.places_of(ast.BinOp):
        sides = (slot.node.left, slot.node.right)
        of = [getattr(getattr(side, "func", None), "value", None) for side in sides]
        sums = [getattr(getattr(s, "func", None), "attr", "") == "sum" for s in sides]
        if isinstance(slot.node.op, ast.Mult) and all(sums) and all(of):
            new = expression(f"({ast.unparse(of[0])} * {ast.unparse(of[1])}).sum()")
            why = "multiplies the two sums, where the products are to be added up"
            yield Edit(slot.stmt, why, [slot.put(new)])


def products(written):
    """a * b for a @ b.T: of two tables, each row with each row."""
    parts = (ast.Name, ast.Attribute, ast.Subscript)
    for slot in written.places_of(ast.BinOp):
        sides = (slot.node.left, slot.node.right)
        plain = all(isinstance(side, parts) for side in sides)
        if isinstance(slot.node.op, ast.Mult) and plain:
            left, right = map(ast.unparse, sides)
            why = "multiplies number by number, with `*`, where `@` belongs"
            for text in (f"{left} @ {right}.T", f"{left}.T @ {right}"):
                yield Edit(slot.stmt, why, [slot.put(expression(text))], same=text[-2:])


def nested(written):
    """The mean of the logs for the log of the mean."""
    for slot in written.places_of(ast.Call):
        outer = slot.node
        inner = outer.args[0] if len(outer.args) == 1 else None
        minus = isinstance(inner, ast.UnaryOp) and isinstance(inner.op, ast.USub)
        inner = inner.operand if minus else inner
        if not isinstance(inner, ast.Call) or outer.keywords:
            continue
        method = isinstance(inner.func, ast.Attribute) and not inner.args
        if method:
            of = ast.Call(outer.func, [inner.func.value], [])
            new = ast.Call(ast.Attribute(of, inner.func.attr, ast.Load()), [],
                           inner.keywords)  # fmt: skip
        elif len(inner.args) == 1:
            of = ast.Call(outer.func, [inner.args[0]], [])
            new = ast.Call(inner.func, [of], inner.keywords)
        else:
            continue
        names = [
            getattr(c.func, "attr", getattr(c.func, "id", "")) for c in (outer, inner)
        ]
        why = "takes `{0}` of the `{1}`, where `{1}` of each `{0}` belongs".format(
            *names
        )
        yield Edit(slot.stmt, why, [slot.put(new)])


RULES = (functions, axes, nested, single, sums_multiplied)
LATER = (products,)
