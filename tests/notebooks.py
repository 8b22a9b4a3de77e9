"""The notebooks as the tests see them: found by glob, read once, run once.

A new notebook is covered by being there.
"""

import ast
import contextlib
import functools
import io
import os
import re
import tempfile
import time
import types
from dataclasses import dataclass, field
from pathlib import Path

import matplotlib as mpl
import nbformat

from helpers.live import figure as live
from helpers.live.parts import unpacked, unpacked_frames

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "notebooks"
OUTPUT = ROOT / "ci-output"
PATHS = sorted(NOTEBOOKS.glob("*.ipynb"))
NAMES = [path.stem for path in PATHS]

BUDGET = "reading-budget.md"  # in OUTPUT: a row a notebook
MEASURED = re.compile('<b class="measured">[^<]*</b>')
VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"


def every_notebook(function):
    """Run a test once a notebook; its argument is `name`."""
    import pytest

    return pytest.mark.parametrize("name", NAMES)(function)


@functools.cache
def read(name):
    """The notebook `name`, as committed."""
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def cells(name, kind):
    """The cells of one kind, "code" or "markdown", in order."""
    return [cell for cell in read(name).cells if cell.cell_type == kind]


def prose(name):
    """The markdown of a notebook, one text a cell."""
    return [cell.source for cell in cells(name, "markdown")]


def outputs(name):
    """Every output of a notebook with the cell it belongs to."""
    return [(cell, out) for cell in cells(name, "code") for out in cell.outputs]


def compared(outputs):
    """What must be the same in every run of a cell: what nbval compares, too.

    Left out are the ids of widgets, which are random, the pixels of pictures, and the
    digits that stand beside the band they were measured in (tests/nbval.cfg).
    """
    found = []
    for out in outputs:
        if "text" in out:
            found.append((out["name"], out["text"]))
        data = out.get("data", {})
        for kind in sorted(data.keys() - {VIEW, "image/png"}):
            found.append((kind, MEASURED.sub("DIGITS", data[kind])))
    return found


def widget_state(name):
    """The stored widgets by id, {} where none were stored."""
    stored = read(name).metadata.get("widgets", {}).get(STATE, {})
    return stored.get("state", {})


def stored_frames(name):
    """Every frame that travels with a notebook, those with an error too."""
    frames = []
    for model in widget_state(name).values():
        state = model["state"]
        if "start" in state:
            frames.append(unpacked(state["start"])["first"])
            if state["pack"]:
                frames += unpacked_frames(state["pack"]).values()
    return frames


def lines_of_code(source):
    """The lines of a cell that a reader reads: neither blank nor comment."""
    lines = [line.strip() for line in source.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def words_of(markdown):
    """How many words a piece of prose has; Chinese characters are not counted."""
    bare = re.sub(r"\]\([^)]*\)|<[^>]*>|\$[^$]*\$|`[^`]*`", " ", markdown)
    return len(re.findall(r"[A-Za-z][A-Za-z'’-]*", bare))


@dataclass
class Run:
    """What one run of a notebook left behind."""

    seconds: list = field(default_factory=list)  # a code cell each
    results: list = field(default_factory=list)  # kept, so that figures stay alive
    figures: list = field(default_factory=list)  # (number of the cell, Live)
    said: list = field(default_factory=list)  # what a cell printed and showed as text
    names: dict = field(default_factory=dict)  # as they are after the last cell


@functools.cache
def run(name):
    """Run the code of a notebook once, in order, in a namespace of its own.

    Raises what a cell raises, with a note that says which cell it was. The
    working directory is a temporary one.
    """
    done = Run()
    module = types.ModuleType("__main__")
    here = os.getcwd()
    with tempfile.TemporaryDirectory() as folder, mpl.rc_context():
        os.chdir(folder)
        try:
            for number, cell in enumerate(cells(name, "code")):
                known = {id(figure) for figure in live.made}
                start = time.perf_counter()
                try:
                    result, said = run_cell(cell.source, module.__dict__)
                except Exception as error:
                    error.add_note(f"in code cell {number} of {name}:\n{cell.source}")
                    raise
                done.results.append(result)
                done.said.append(said)
                done.seconds.append(time.perf_counter() - start)
                new = [one for one in live.made if id(one) not in known]
                new.sort(key=lambda one: one.model_id or "")
                done.figures += [(number, one) for one in new]
            done.names = module.__dict__
        finally:
            os.chdir(here)
    return done


def run_cell(source, namespace):
    """Execute a cell: (the value of its last expression, what it said as text)."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and _shows(tree.body[-1], source) else None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "<cell>", "exec"), namespace)
        if last is None:
            return None, printed.getvalue()
        shown = compile(ast.Expression(last.value), "<cell>", "eval")
        value = eval(shown, namespace)
    if hasattr(value, "_repr_mimebundle_"):
        value._repr_mimebundle_()
        return value, printed.getvalue()
    return value, printed.getvalue() + ("" if value is None else repr(value))


def _shows(node, source):
    return isinstance(node, ast.Expr) and not source.rstrip().endswith(";")


def write_table(file, rows):
    """Write dicts of the same keys to ci-output/`file`, as a Markdown table."""
    lines = [rows[0], ["---"] * len(rows[0]), *(row.values() for row in rows)]
    table = "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)
    OUTPUT.mkdir(exist_ok=True)
    (OUTPUT / file).write_text(table + "\n", encoding="utf-8", newline="\n")
