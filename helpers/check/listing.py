"""Whether a function lists all the ways to choose.

A list of them fills the memory in C, where no clock can stop it: of 15 out of 30 there
are 155 million. So this is read off the function before it is called.
"""

import inspect
import itertools
import types

NAMES = ("combinations", "combinations_with_replacement", "permutations", "product")
MADE = {getattr(itertools, name) for name in NAMES}
MOST = 50_000  # groups that a case may have for a function that lists them


def lists(function):
    """Whether it, or a function that it calls, takes one of itertools' listings."""
    todo, seen = [_read(function)], set()
    while todo:
        code, names = todo.pop()
        if code is None or code in seen:
            continue
        seen.add(code)
        called = [names[name] for name in code.co_names if name in names]
        if any(one in MADE for one in called if isinstance(one, type)):
            return True
        if {*NAMES} & {name for name in code.co_names if name not in names}:
            return True  # itertools.product, or an import inside
        inside = [one for one in code.co_consts if isinstance(one, types.CodeType)]
        todo += [*map(_read, called), *((one, names) for one in inside)]
    return False


def _read(function):
    """Its code, and the names it finds outside."""
    function = inspect.unwrap(function) if callable(function) else function
    return getattr(function, "__code__", None), getattr(function, "__globals__", {})
