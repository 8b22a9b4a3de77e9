"""What the reader has solved, kept beside their copies of the notebooks.

Each exercise that was solved is an empty file: two kernels may add at once, and there
is nothing in it that could be spoilt. Only a folder that holds ``.course`` is a
reader's own; elsewhere nothing is kept, so that outputs do not depend on it.
"""

import contextlib
import shutil
from pathlib import Path

MARK = ".course"  # hidden, in the folder of the reader's copies


def solved_in(folder):
    """Return the folder in which a reader's solved exercises lie."""
    return Path(folder) / MARK / "solved"


def here():
    """Return solved_in the reader's folder that we are in; None if we are in none."""
    with contextlib.suppress(OSError):  # a working folder that was removed
        for place in (Path.cwd(), *Path.cwd().parents):
            if (place / MARK).is_dir():
                return solved_in(place)
    return None


def add(place, notebook, exercise):
    """Keep that an exercise is solved; a folder that cannot be written keeps none."""
    if place is not None:
        with contextlib.suppress(OSError):
            (place / notebook).mkdir(parents=True, exist_ok=True)
            (place / notebook / exercise).touch()


def read(place):
    """Return {notebook: names of its solved exercises}."""
    found = {}
    if place is not None:
        with contextlib.suppress(OSError):
            for path in place.glob("*/*"):
                found.setdefault(path.parent.name, set()).add(path.name)
    return found


def forget(place, notebook):
    """Count the exercises of a notebook as not solved."""
    shutil.rmtree(place / notebook, ignore_errors=True)
