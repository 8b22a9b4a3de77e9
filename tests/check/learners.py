"""The answers in answers/*.txt: what learners write, right and wrong, as functions.

A file begins with the notebook's own names. `=== softmax(z)` opens an exercise,
`--- a title` an answer, whose body follows as it stands in the cell; the title of a
right one begins with "right:". Lines `>>> words` say what the diagnosis must hold.
"""

import itertools
import linecache
import math
import textwrap
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

FOLDER = Path(__file__).parent / "answers"
_cells = itertools.count()


@dataclass
class Answer:
    exercise: str
    head: str  # softmax(z); the name alone where a value is asked for
    title: str
    notebook: str  # source of the names that the notebook has made
    words: list = field(default_factory=list)
    body: str = ""

    @property
    def right(self):
        return self.title.startswith("right:")

    @property
    def source(self):
        if self.head == self.exercise:
            return f"{self.exercise} = {self.body}"
        return f"def {self.head}:\n{textwrap.indent(self.body, '    ')}"

    def __call__(self):
        """What stands in the notebook once the cell has run."""
        cell = f"<cell {next(_cells)}>"
        linecache.cache[cell] = (
            len(self.source), None, self.source.splitlines(True), cell
        )  # fmt: skip
        scope = {"np": np, "math": math}
        exec(self.notebook, scope)
        exec(compile(self.source + "\n", cell, "exec"), scope)
        return scope[self.exercise]


def answers():
    return [one for path in sorted(FOLDER.glob("*.txt")) for one in _read(path)]


def _read(path):
    head, notebook, found = None, [], []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("=== "):
            head = line[4:]
        elif line.startswith("--- "):
            name = head.split("(")[0]
            found.append(Answer(name, head, line[4:], "\n".join(notebook)))
        elif line.startswith(">>> "):
            found[-1].words.append(line[4:])
        elif head == "notebook":
            notebook.append(line)
        elif found:
            found[-1].body += line + "\n"
    for one in found:
        one.body = one.body.rstrip() + "\n"
    return found
