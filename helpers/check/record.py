"""What the reader has solved, kept beside their copies of the notebooks.

``helpers.setup.copies`` marks their folder with ``.course``; elsewhere nothing is
kept, so that no output in notebooks/ depends on it. Each solved exercise is an empty
file there: two kernels may add at once, and there is nothing in it to be spoilt.
"""

import contextlib
from pathlib import Path

SOLVED = Path(".course/solved")  # in it a folder for each notebook


def place():
    """Return the folder of what is solved, or None outside a reader's own folder."""
    with contextlib.suppress(OSError):  # a working folder that was removed
        for folder in (Path.cwd(), *Path.cwd().parents):
            if (folder / SOLVED.parent).is_dir():
                return folder / SOLVED
    return None


def add(folder, notebook, exercise):
    """Keep that an exercise is solved; a folder that cannot be written keeps none."""
    with contextlib.suppress(OSError):
        (folder / notebook).mkdir(parents=True, exist_ok=True)
        (folder / notebook / exercise).touch()


def read(folder):
    """Return the names of all solved exercises."""
    try:
        return {path.name for path in folder.glob("*/*")}
    except OSError:
        return set()
