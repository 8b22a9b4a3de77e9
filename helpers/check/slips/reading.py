"""What is seen in the source alone, once nothing else has explained an answer."""

import ast

import numpy as np

from helpers.check.slips.shown import header


def read(written):
    """A sentence about what can not be right, or None."""
    for rule in (_no_power, _notebook_name, _counter_of_a_for, _unused, _unreached,
                 _by_chance):  # fmt: skip
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


def _by_chance(written):
    for slot in written.places_of(ast.Attribute):
        if "random" in ast.unparse(slot.node):
            shown = f"Line {slot.stmt.lineno}, `{header(slot.stmt)}`, draws by chance"
            return (
                f"{shown}, so it gives something else each time. Nothing is drawn here."
            )
    return None


def not_looked_at(written, args):
    """len(one_hots) alone, or ids[0] and ids[-1] alone, of more that is given."""
    for name, given in zip(written.arguments, args, strict=False):
        slots = [s for s in written.places_of(ast.Name) if s.node.id == name]
        shown = dict.fromkeys(f"`{ast.unparse(s.holder)}`" for s in slots)
        fixed = [s for s in slots if isinstance(s.holder, ast.Subscript)
                 and s.field == "value" and _constant(s.holder.slice)]  # fmt: skip
        long = hasattr(given, "__len__") and np.ndim(given)
        if long and slots and all(_is_len(s.holder) for s in slots):
            return (
                f"Your function looks at the length of `{name}` alone, and never at "
                "what stands in it."
            )
        if long and slots and len(fixed) == len(slots) and len(given) > len(shown):
            return (
                f"Your function looks at {' and '.join(shown)} alone: what else stands "
                f"in `{name}` counts too."
            )
    return None


def _is_len(node):
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "len"


def _constant(node):
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    return isinstance(node, ast.Constant)


# A step of the course's own -> what else does it, and what is said where none stands.
STEPS = {
    "log": (("log", "log2", "log10", "log1p", "entropy", "cross_entropy", "Pow"),
            "There is no logarithm in your function, and the formula has one: np.log."),
    "exp": (("exp", "exp2", "softmax", "tanh", "Pow"),
            "No power of e is in your function, and the formula has one: np.exp."),
    "norm": (("sqrt", "norm", "hypot", "Pow"),
             "There is no length in your function: that of u is np.sqrt(u @ u)."),
    "sqrt": (("sqrt", "Pow"),
             "There is no root in your function, and the formula has one: np.sqrt."),
    "numerical_gradient": (("numerical_gradient",),
                           "Your function measures nothing: call "
                           "numerical_gradient(f, x) and compare with it."),
    "radians": (("radians", "deg2rad", "pi"),
                "The angle stays in degrees: np.radians is missing."),
}  # fmt: skip


def missing(written, own):
    """A sentence about a step that the course's own takes and this one does not."""
    theirs, yours = _steps(own.tree), _steps(written.tree)
    for step, (others, sentence) in STEPS.items():
        if step in theirs and not yours & set(others):
            return sentence
    return None


def _steps(tree):
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found.add(getattr(node.func, "attr", getattr(node.func, "id", "")))
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        if isinstance(node, ast.BinOp | ast.Compare):
            found.add(type(getattr(node, "op", node)).__name__)
    return found


def overflows(written, own, outcome):
    """e to a large score by itself, where softmax takes it."""
    value = outcome.value
    parts = value if isinstance(value, list) else [value]
    nan = any(isinstance(p, np.ndarray) and np.isnan(p).any() for p in parts)
    over = outcome.stopped.startswith("OverflowError") or nan
    yours = _steps(written.tree)
    if over and "softmax" in _steps(own.tree) and "exp" in yours and "max" not in yours:
        return (
            "e to the power of a large score is more than float64 holds: {case}. Use "
            "`softmax`, which takes large scores too."
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
