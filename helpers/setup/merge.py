"""Bring a reader's notebook up to date, cell by cell, three ways.

A copy names in its metadata the cells of the course that it came from, each by its
id and a digest of its text. So each cell of the reader's is known to be left alone,
changed or added, without a second file that could be lost or fall out of step.

What was left alone becomes new. What the reader wrote stays; where the course has a
new version of that very cell, it stands below as text, which runs nothing.

nbdime was tried first. It sets conflict markers into the code, and told to prefer
the reader's side it mixes both by lines into a function that nobody wrote.
"""

import copy
import hashlib
import itertools
import re
from typing import NamedTuple

KEY = "one-token-at-a-time"  # of the metadata of a copy, and of a note in it
VIEW = "application/vnd.jupyter.widget-view+json"
FORMAT = {"nbformat": 4, "nbformat_minor": 5}  # the first with ids of cells
NOTE = '<div class="alert alert-info">\n\n{}\n\n{}\n\n{}\n\n</div>'  # a box in Jupyter
FOUND = {
    "code": "**The course has a new version of the cell above.** You have changed "
    "yours, so it stays. To use the new one, copy it from here into your cell.",
    "markdown": "**The course has a new version of the text above.** You have "
    "changed yours, so it stays. This is the new one:",
}
REMOVE = "*To remove this box, click it and press D twice.*"


class Changes(NamedTuple):
    """How many cells of a copy were touched, and how."""

    renewed: int = 0
    added: int = 0
    removed: int = 0
    beside: int = 0  # the reader's stays, the new text stands below it

    def __str__(self):
        counts = zip(("renewed", "new", "removed"), self, strict=False)
        said = [f"{n} cell{'s' * (n != 1)} {what}" for what, n in counts if n]
        if self.beside:
            said.append(f"{self.beside} new below what you have changed")
        return ", ".join(said) or "brought up to date"


def text(cell):
    return "".join(cell["source"])  # a notebook's JSON may hold a list of lines


def digest(cell):
    """Return a short name for a cell's kind and text; blanks at line ends are none."""
    lines = [line.rstrip() for line in text(cell).strip().splitlines()]
    told = "\n".join([cell["cell_type"], *lines])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def origin(notebook):
    """Return the name of the course's notebook that this one is a copy of, or ""."""
    found = notebook.get("metadata", {}).get(KEY, {})
    return found.get("notebook", "") if isinstance(found, dict) else ""


def cells_of_origin(notebook):
    """Return {id: digest} of the course's cells as this copy knows them, in order."""
    found = notebook.get("metadata", {}).get(KEY, {})
    listed = found.get("cells", []) if isinstance(found, dict) else []
    return dict(line.split(" ") for line in listed if str(line).count(" ") == 1)


def bare(notebook, name):
    """Return a notebook of the course as a copy begins: nothing has been run."""
    cells = copy.deepcopy(notebook["cells"])
    for cell in cells:
        if cell["cell_type"] == "code":
            cell |= {"outputs": [], "execution_count": None}
    known = [f"{cell['id']} {digest(cell)}" for cell in cells]
    metadata = {**notebook["metadata"], KEY: {"notebook": name, "cells": known}}
    metadata.pop("widgets", None)
    return {"metadata": metadata, "cells": cells, **FORMAT}


def merge(mine, new):
    """Bring the reader's copy to the course's new version; return it and Changes.

    Both are notebooks of format 4.5, new is bare, and neither is changed. An output
    stays with its cell, and goes when the cell is renewed. Cells stand in the
    course's order, unless the reader has changed it.
    """
    course = {cell["id"]: cell for cell in new["cells"]}
    cells, base = identify(mine["cells"], cells_of_origin(mine), course)
    kept, notes, current = {}, {}, set()
    removed = renewed = 0
    for cell in cells:
        name, now, was = cell["id"], course.get(cell["id"]), base.get(cell["id"])
        if now is None and digest(cell) == was:
            removed += 1
            continue
        if now and digest(cell) == digest(now):
            current.add(name)
        elif now and digest(cell) == was:
            metadata = {**cell["metadata"], **now["metadata"]}
            cell = {**copy.deepcopy(now), "metadata": metadata}
            current.add(name)
            renewed += 1
        elif now and digest(now) != was:
            notes[name] = note(now, {cell["id"] for cell in cells})
        kept[name] = cell
    open_ = course.keys() - current - notes.keys() | {None}
    kept = {name: cell for name, cell in kept.items() if answered(cell) in open_}
    wanted = [name for name in course if name in kept or name not in base]
    result = []
    for name in weave(list(kept), wanted, list(base) or wanted):
        result.append(kept.get(name) or copy.deepcopy(course[name]))
        if name in notes:
            result.append(notes[name])
    metadata = {**mine["metadata"], KEY: new["metadata"][KEY]}
    if not any(map(shows_widget, result)):
        metadata.pop("widgets", None)
    added = len(set(wanted) - kept.keys())
    changes = Changes(renewed, added, removed, len(notes))
    return {"metadata": metadata, "cells": result, **FORMAT}, changes


def identify(cells, base, course):
    """Return copies of the cells, each with an id of its own, and base to fit.

    Pasting, and some editors, repeat ids or lose them; and a cell may have got a new
    id in the course. It is known by its text, or by the exercise that it checks.
    """
    cells, first = copy.deepcopy(cells), {}
    for cell in sorted(cells, key=lambda c: digest(c) != base.get(c.get("id"))):
        first.setdefault(cell.get("id"), id(cell))  # one left alone, if there is one
    held = set(first) - {None}
    for cell in cells:
        if cell.get("id") is None or first[cell["id"]] != id(cell):
            cell["id"] = unused(cell.get("id") or "cell", held | course.keys())
            held.add(cell["id"])
    found = {}
    for alike in (same_text, same_exercise):
        for cell in cells:
            known = cell["id"] in base
            if cell["id"] in course or cell["id"] in found.values():
                continue
            for name in course:
                fits = not base or known != (name in base)
                if fits and name not in held and alike(cell, course[name], base):
                    found[cell["id"]] = cell["id"] = name
                    held.add(name)
                    break
    return cells, {found.get(name, name): was for name, was in base.items()}


def same_text(cell, now, base):
    return digest(cell) in (digest(now), base.get(now["id"]))


def same_exercise(cell, now, base):
    names = [re.findall(r"\bcheck\.(?!summary\b)(\w+)\(", text(c)) for c in (cell, now)]
    return names[0][:1] == names[1][:1] != []


def unused(name, taken):
    """Return the id, or one like it that is not taken."""
    numbered = (f"{name[:50]}-{number}" for number in itertools.count(2))
    return next(new for new in itertools.chain([name], numbered) if new not in taken)


def weave(mine, course, base):
    """Return all ids in one order; one that a side has alone stays behind its own.

    The order is the course's, or the reader's if they moved cells since base.
    """
    moved = [n for n in mine if n in base] != [n for n in base if n in mine]
    order, others = (list(mine), course) if moved else (list(course), mine)
    place = 0
    for name in others:
        if name in order:
            place = order.index(name) + 1
        else:
            order.insert(place, name)
            place += 1
    return order


def note(now, taken):
    """Return a markdown cell that shows the course's new version of a cell."""
    new = text(now)
    if now["cell_type"] == "code":
        fence = max(["``", *re.findall("`+", new)], key=len) + "`"
        new = f"{fence}python\n{new}\n{fence}"
    source = NOTE.format(FOUND.get(now["cell_type"], FOUND["code"]), new, REMOVE)
    cell = {"cell_type": "markdown", "metadata": {}, "source": source}
    cell["metadata"][KEY] = {"answers": now["id"], "digest": digest(cell)}
    return {**cell, "id": unused(f"new-{digest(cell)}", taken)}


def answered(cell):
    """Return the id of the cell below which a note stands, None if it is no note."""
    found = cell["metadata"].get(KEY)
    ours = isinstance(found, dict) and found.get("digest") == digest(cell)
    return found.get("answers") if ours else None


def shows_widget(cell):
    return any(VIEW in output.get("data", {}) for output in cell.get("outputs", []))
