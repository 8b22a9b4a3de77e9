"""What the notebooks of "One Token at a Time" lean on, by what it is for.

Nothing is imported here, so that ``import helpers`` is instant and never
loads torch. A notebook imports what it needs by short names:
``from helpers import check, figures, hint, rounds, solution``.
"""

import importlib


def lazily(package, names):
    """`__getattr__` and `__dir__` of a package whose names come when first used.

    `names` is {module below the package: "its names, with spaces between"}.
    """
    where = {name: module for module, all_ in names.items() for name in all_.split()}

    def __getattr__(name):
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{package}.{where[name]}"), name)

    return __getattr__, lambda: sorted(where)


__getattr__, __dir__ = lazily(
    __name__,
    {"check": "hint solution", "live.panel": "Panel", "live.measured": "measured told"},
)
