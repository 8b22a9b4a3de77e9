"""What the notebooks of "One Token at a Time" lean on, by subject.

Nothing is imported here, so that ``import helpers`` is instant and never
loads torch. A notebook imports what it needs:
``from helpers import check, hint, solution``.
"""


def __getattr__(name):
    if name in ("hint", "solution"):  # they live in helpers.check, loaded when asked
        from helpers import check

        return getattr(check, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
