"""What a sum or a loop leaves out, whatever it is written with.

These edits are made in the course's own function. A loop that ends in its first round
gives the first term alone, `=` for `+=` the last, and so do these.
"""

import ast

from helpers.check.slips.written import Edit, expression

SUMS = {"sum": "sum", "prod": "product", "mean": "mean", "max": "largest"}
CUT = (
    (":-1", "The last one is missing in the {0}. Does a loop or a slice end one too "
     "early?"),
    ("1:", "The first one is missing in the {0}. Does a loop or a slice begin one too "
     "late?"),
    (":1", "Of all that the {0} is made of, the first alone is there. Does the "
     "function end in the first round of a loop?"),
    ("-1:", "Of all that the {0} is made of, the last alone is there. Does each round "
     "of a loop write over the one before, `=` in place of `+=`?"),
)  # fmt: skip


def cut(written):
    """A sum, product or mean of all but the last, of the first alone, and so on."""
    for slot in written.places_of(ast.Call):
        name = getattr(slot.node.func, "attr", getattr(slot.node.func, "id", ""))
        if name not in SUMS:
            continue
        of, holder, field = _summed(slot.node)
        axis = {k.arg: ast.unparse(k.value) for k in slot.node.keywords}.get("axis")
        row = "..., " if axis in ("-1", "1") else ""
        for text, words in CUT:
            new = expression(f"({ast.unparse(of)})[{row}{text}]")
            value = [new] if field == "args" else new
            told = words.format(SUMS[name])
            yield Edit(slot.stmt, told, [(holder, field, value)])
        told = f"The parts stand side by side, and no {SUMS[name]} is made of them yet."
        yield Edit(slot.stmt, told, [slot.put(of)])
        if name == "sum":
            new = expression(f"1 + {ast.unparse(slot.node)}")
            yield Edit(
                slot.stmt, "The sum starts with 1 where 0 belongs.", [slot.put(new)]
            )
            if not slot.node.keywords:
                new = expression(f"np.cumsum({ast.unparse(of)})")
                told = (
                    "The sum is used while it is still being added up: it must be "
                    "complete before anything is divided by it."
                )
                yield Edit(slot.stmt, told, [slot.put(new)])


def _summed(call):
    """x of np.sum(x) and x.sum(), and where it stands."""
    if call.args:
        return call.args[0], call, "args"
    return call.func.value, call.func, "value"


def rounds(written):
    """A loop, or a list made by one, that ends too early or begins too late."""
    for loop in written.loops:
        if isinstance(loop, ast.For):
            told = (
                "What comes out is that of the first round of the loop alone. Does "
                "the function end there?"
            )
            yield Edit(loop, told, [(loop, "body", [*loop.body, ast.Break()])])
            for stmt in loop.body:
                if isinstance(stmt, ast.AugAssign):
                    place = next(i for i, s in enumerate(loop.body) if s is stmt)
                    value = stmt.value
                    if isinstance(stmt.op, ast.Sub):
                        value = ast.UnaryOp(ast.USub(), value)
                    new = ast.copy_location(ast.Assign([stmt.target], value), stmt)
                    body = [*loop.body[:place], new, *loop.body[place + 1 :]]
                    told = (
                        "The last round alone counts. Does each round write over the "
                        "one before, `=` in place of `+=`?"
                    )
                    yield Edit(loop, told, [(loop, "body", body)])
    runs = [s for s in written.slots if s.field == "iter"]
    for slot in runs:
        for text, words in (
            (":-1", "The last round is missing. Does a loop end one too early?"),
            ("1:", "The first round is missing. Does a loop begin one too late?"),
            (":1", "The first round alone is there. Does the function end in it?"),
            ("-1:", "The last round alone is there. Is a list made anew in each?"),
        ):
            new = expression(f"list({ast.unparse(slot.node)})[{text}]")
            yield Edit(slot.stmt, words, [slot.put(new)])


RULES = (cut, rounds)
