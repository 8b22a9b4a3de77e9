"""hint(name) gives the next hint, solution(name) shows the reference."""

import ast
import contextlib
import difflib
import inspect
import textwrap

from helpers.check.subjects import exercises

_given = {}  # name -> how many hints have been shown


def nearest(name):
    """A sentence for a name that no exercise has."""
    names = list(exercises())
    close = difflib.get_close_matches(name, names, n=3, cutoff=0.5)
    found = " or ".join(close) if close else ""
    asked = f"There is no exercise called {name!r:.40}."
    if found:
        return f"{asked} Did you mean {found}?"
    return f"{asked} There are {', '.join(names)}."


def _unknown(asked, verb):
    """A sentence for what is no exercise's name."""
    if isinstance(asked, str) and asked.strip():
        return nearest(asked.strip())
    return (
        f"Write the name of an exercise in brackets and quotation marks, as it stands "
        f'in the cell: {verb}("softmax").'
    )


def _name(asked):
    """The name of an exercise from a string, or from the function itself."""
    if isinstance(asked, str):
        return asked.strip()
    with contextlib.suppress(Exception):
        return str(asked.__name__)
    return ""


def hint(asked="", *rest):
    """Print the next hint for an exercise; the last says where the solution is."""
    name = _name(asked)
    if name not in exercises():
        print(_unknown(asked, "hint"))
        return
    hints = exercises()[name].hints
    number = min(_given.get(name, 0) + 1, len(hints))
    _given[name] = number
    print(f"Hint {number} of {len(hints)} for {name}: {hints[number - 1]}")
    if number == len(hints):
        print(f'That was the last hint: solution("{name}") shows one way to write it.')


def solution(asked="", *rest):
    """Show the course's own version of an exercise, as later notebooks import it."""
    name = _name(asked)
    if name not in exercises():
        print(_unknown(asked, "solution"))
        return
    from IPython.display import display

    display(Source(source(exercises()[name])))


def source(exercise):
    """What is shown: the reference without its decorator and docstring."""
    written = getattr(exercise, "solution", None)
    if written is not None:
        return textwrap.dedent(written).strip()
    function = inspect.unwrap(exercise.reference)
    lines = textwrap.dedent(inspect.getsource(function)).splitlines()
    (tree,) = ast.parse("\n".join(lines)).body
    first = tree.body[0]
    docstring = range(0)
    if isinstance(first, ast.Expr) and ast.get_docstring(tree) is not None:
        docstring = range(first.lineno, first.end_lineno + 1)
    body = [
        line
        for number, line in enumerate(lines, start=1)
        if number >= tree.lineno and number not in docstring
    ]
    imports = f"# from {function.__module__} import {function.__name__}"
    return "\n".join([imports, *body])


class Source:
    """Python source: highlighted in a notebook, plain text elsewhere."""

    def __init__(self, code):
        self.code = code

    def __repr__(self):
        return self.code

    def _repr_markdown_(self):
        return f"```python\n{self.code}\n```"
