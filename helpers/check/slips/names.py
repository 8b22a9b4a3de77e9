"""Slips in names: the notebook's in place of an argument, math.ln, a misspelling."""

import ast
import builtins
import difflib
import math

import numpy as np

from helpers.check.slips.written import Edit, expression, load

# What a reader may write for a function that has another name.
MEANT = {
    "ln": "log", "loge": "log", "e": "exp", "sqr": "sqrt", "root": "sqrt", "norm":
    "linalg.norm", "sin2": "sin", "average": "mean", "product": "prod", "arcos":
    "arccos", "len": "len", "length": "len", "abs": "abs", "max": "max", "sum": "sum",
}  # fmt: skip
PYTHONS = {"max": "np.maximum", "min": "np.minimum", "sum": "np.sum"}


def _loaded(written):
    return [
        s for s in written.slots
        if isinstance(s.node, ast.Name) and isinstance(s.node.ctx, ast.Load)
        and s.node.id != "__tick__"
    ]  # fmt: skip


def notebook_names(written):
    """A name from outside stands where an argument belongs, everywhere at once."""
    outside = dict.fromkeys(
        s.node.id for s in _loaded(written)
        if written.outside(s.node.id) and s.node.id not in ("np", "math")
    )  # fmt: skip
    for name in outside:
        slots = [s for s in _loaded(written) if s.node.id == name]
        known = name in written.scope
        for argument in [*written.arguments, *sorted(written.stored)]:
            why = (
                f"uses `{name}`, a name of the notebook: what the function gets is "
                f"`{argument}`" if known else f"uses `{name}`, which nobody has made"
            )  # fmt: skip
            advice = f"Write `{argument}` for `{name}`" + (
                " everywhere in the function." if len(slots) > 1 else "."
            )
            changes = [(s.node, "id", argument) for s in slots]
            yield Edit(slots[0].stmt, why, changes, advice)
        taken = [s for s in slots if isinstance(s.holder, ast.Subscript)]
        if known and len(taken) == len(slots) == 1:
            (above,) = (s for s in written.slots if s.node is taken[0].holder)
            for argument in written.arguments:
                why = f"uses `{ast.unparse(above.node)}`, which is of the notebook"
                yield Edit(above.stmt, why, [above.put(load(argument))])
        if known and name in ("e", "pi"):
            why = f"uses the `{name}` of the notebook, which is only nearly right"
            changes = [s.put(expression(f"np.{name}")) for s in slots]
            yield Edit(slots[0].stmt, why, changes, f"Write `np.{name}` for it.")
        if not known:
            for argument in written.arguments:
                for text in (f"len({argument})", f"{argument}.shape[0]"):
                    why = f"uses `{name}`, which nobody has made"
                    changes = [s.put(expression(text)) for s in slots]
                    yield Edit(
                        slots[0].stmt, why, changes, f"Write `{text}` for `{name}`."
                    )


def unknown_names(written):
    """ln, exp, ceil without their module, and names with a slip of the pen."""
    for slot in _loaded(written):
        name = slot.node.id
        if hasattr(builtins, name) and name not in written.names:
            called = isinstance(slot.holder, ast.Call) and slot.field == "func"
            for other in difflib.get_close_matches(name, written.arguments, 3):
                if not called:
                    why = f"uses `{name}`, which is a function of Python's"
                    yield _every(written, name, other, why)
        if not written.outside(name) or name in written.scope:
            continue
        for module, made in (("np", np), ("math", math)):
            for other in _meant(name, made):
                why = f"calls `{name}`, which has to come from a module"
                yield _every(written, name, f"{module}.{other}", why)
        close = [*written.names, *dir(builtins)]
        for other in difflib.get_close_matches(name, close, 3):
            yield _every(written, name, other, f"uses `{name}`, which nobody has made")
    for slot in written.slots:
        node = slot.node
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = {"np": np, "math": math}.get(node.value.id)
            if module is not None and not hasattr(module, node.attr):
                for other in _meant(node.attr, module):
                    made = f"{node.value.id}.{other}"
                    why = f"asks {node.value.id} for `{node.attr}`, which it has not"
                    yield _every(written, ast.unparse(node), made, why)


def not_called(written):
    """s = causal_mask for s = causal_mask(s), and np.softmax for softmax."""
    for slot in written.slots:
        node = slot.node
        whole = isinstance(slot.holder, ast.Assign) and slot.field == "value"
        name = getattr(node, "attr", getattr(node, "id", ""))
        made = written.outside(name) and callable(written.scope.get(name))
        if isinstance(node, ast.Name) and whole and made:
            for given in dict.fromkeys((*_targets(slot.holder), *written.names)):
                why = f"takes the function `{name}` itself, and does not call it"
                new = expression(f"{name}({given})")
                yield Edit(slot.stmt, why, [slot.put(new)])
        if isinstance(node, ast.Attribute) and made:
            home = ast.unparse(node.value)
            if home in ("np", "math") and not hasattr(np, name):
                why = f"asks {home} for `{name}`, which is a function of the notebook"
                yield _every(written, ast.unparse(node), name, why)


def _targets(stmt):
    return [target.id for target in stmt.targets if isinstance(target, ast.Name)]


def _every(written, name, other, why):
    slots = [s for s in written.slots if isinstance(s.node, ast.Name | ast.Attribute)
             and ast.unparse(s.node) == name]  # fmt: skip
    changes = [s.put(expression(other)) for s in slots]
    # Two places in one list would undo each other: one change for each holder.
    places = {(id(holder), field): (holder, field, value)
              for holder, field, value in changes}  # fmt: skip
    advice = f"Write `{other}` for `{name}`."
    return Edit(slots[0].stmt, why, list(places.values()), advice)


def _meant(name, module):
    names = [MEANT.get(name, name), name, *difflib.get_close_matches(name, dir(module))]
    return [n for n in dict.fromkeys(names) if hasattr(module, n.split(".")[0])]


def other_module(written):
    """math.exp takes one number, np.exp an array."""
    if not written.stopped.startswith(("TypeError", "ValueError: The truth")):
        return
    for slot in written.slots:
        node = slot.node
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "math" and hasattr(np, node.attr):
                why = f"uses math.{node.attr}, which takes one number and no array"
                yield Edit(slot.stmt, why, [(node, "value", load("np"))])
            if node.value.id == "np" and node.attr in ("maximum", "minimum"):
                why = f"uses np.{node.attr} with other arguments than it takes"
                yield Edit(slot.stmt, why, [slot.put(load(node.attr[:3]))])
        elif slot.field == "func" and getattr(node, "id", "") in PYTHONS:
            why = f"uses Python's {node.id}, which does not work number by number"
            yield Edit(slot.stmt, why, [slot.put(expression(PYTHONS[node.id]))])


def not_an_index(written):
    """x(i) for x[i], and x[i] for x(i)."""
    for slot in written.slots:
        node = slot.node
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id in written.names and len(node.args) == 1:
                new = ast.Subscript(node.func, node.args[0], ast.Load())
                why = "calls what is no function: a place stands in square brackets"
                yield Edit(slot.stmt, why, [slot.put(new)])
                why = "calls what is no function, but the number itself"
                advice = f"Write `{node.func.id}` for `{ast.unparse(node)}`."
                yield Edit(slot.stmt, why, [slot.put(node.func)], advice)
                new = ast.BinOp(node.func, ast.Mult(), node.args[0])
                why = "calls what is no function: a product needs its sign"
                yield Edit(slot.stmt, why, [slot.put(new)])
        elif _read(node) and isinstance(node.value, ast.Name | ast.Attribute):
            new = ast.Call(node.value, [node.slice], [])
            why = "takes a place of a function: it is called, with round brackets"
            yield Edit(slot.stmt, why, [slot.put(new)])
            if isinstance(node.value, ast.Name):
                name = node.value.id
                new = ast.Call(ast.Attribute(node.value, "index", ast.Load()),
                               [node.slice], [])  # fmt: skip
                why = f"takes what stands at a place of `{name}`, not the place itself"
                yield Edit(slot.stmt, why, [slot.put(new)])
        method = getattr(getattr(node, "func", None), "attr", "")
        if method == "index" and getattr(node.args[0], "id", "") in written.arguments:
            name = node.args[0].id
            why = f"looks for a place, and `{name}` is the number already"
            yield Edit(slot.stmt, why, [slot.put(node.args[0])])
        if method == "index" and len(node.args) == 1:
            new = ast.Subscript(node.func.value, node.args[0], ast.Load())
            why = "looks for the place, where what stands there is meant"
            yield Edit(slot.stmt, why, [slot.put(new)])


def shadowed(written):
    """The notebook's own exp, or math's by its bare name; node.grad for grad."""
    for slot in _loaded(written):
        name, called = slot.node.id, slot.field == "func"
        made = written.scope.get(name) if written.outside(name) else None
        if not callable(made) or not called:
            continue
        maths = getattr(made, "__module__", "") == "math"
        why = f"calls the `{name}` of this notebook, which gives something else"
        if "tuple" in written.stopped:
            why = f"calls the `{name}` of this notebook, which gives several numbers"
        if maths:
            why = f"gives an array to `{name}`, and "
            why += f"`{name}` is math.{name}, for one number"
        for module, has in (("math", math), ("np", np)):
            if hasattr(has, name) and not (maths and module == "math"):
                slots = [slot.holder]
                shown = ast.unparse(slots[0])
                advice = f"Write `{module}.{shown}` for `{shown}`."
                new = expression(f"{module}.{name}")
                yield Edit(slot.stmt, why, [slot.put(new)], advice)
    for slot in written.places_of(ast.Attribute):
        of = getattr(slot.node.value, "id", "")
        if written.outside(of) and of and slot.node.attr in written.arguments:
            shown, name = ast.unparse(slot.node), slot.node.attr
            why = f"uses `{shown}`, where the function gets `{name}` itself"
            yield Edit(
                slot.stmt, why, [slot.put(load(name))], f"Write `{name}` for `{shown}`."
            )


def one_place_given(written):
    """f(x[i]) for f(x)[i]."""
    for slot in written.places_of(ast.Call):
        if not written.outside(getattr(slot.node.func, "id", "np")):
            continue
        for at, given in enumerate(slot.node.args):
            if _read(given) and getattr(given.value, "id", "") in written.arguments:
                args = list(slot.node.args)
                args[at] = given.value
                whole = ast.Call(slot.node.func, args, slot.node.keywords)
                new = ast.Subscript(whole, given.slice, ast.Load())
                shown = ast.unparse(given)
                why = f"works with `{shown}` alone, and needs `{args[at].id}` whole"
                yield Edit(slot.stmt, why, [slot.put(new)])


def _read(node):
    return isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load)


RULES = (
    shadowed,
    not_called,
    one_place_given,
    notebook_names,
    unknown_names,
    other_module,
    not_an_index,
)
