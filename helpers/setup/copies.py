"""The reader's own copies of the notebooks, in which nothing has been run yet.

    python -m helpers.setup.copies                      make them, or renew them
    python -m helpers.setup.copies --fresh 02_one_hot   begin one again

What is printed is a line for each copy that was touched. A copy is replaced in one
step, so a stop at any moment leaves it whole, and before that it is kept in earlier/.
"""

import argparse
import contextlib
import json
import os
import shutil
import time
from pathlib import Path

from helpers.setup import merge

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = ROOT / "notebooks"
COPIES = ROOT / "my-notebooks"
MARK = ".course"  # tells helpers.check.record that a folder is a reader's own
EARLIER = "earlier"  # the folder of old copies, beside the copies
KEPT = 3  # old copies of a notebook, of those that a renewal has left


class Unreadable(Exception):
    """A file that is no notebook."""


def load(path):
    """Return a notebook's JSON as it is; raise Unreadable."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
        merge.origin(found)
        return found
    except (ValueError, AttributeError, RecursionError) as error:
        raise Unreadable(path.name) from error


def readable(path):
    """Tell whether a file holds a notebook."""
    try:
        return isinstance(load(path).get("cells"), list)
    except (Unreadable, OSError):
        return False


def current(path):
    """Return a notebook of the course as a copy begins; raise Unreadable."""
    try:
        return merge.bare(load(path), path.stem)
    except (KeyError, TypeError, AttributeError) as error:
        raise Unreadable(path.name) from error


def renewed(mine, new):
    """Return the bytes of the reader's notebook brought up to date, and Changes.

    Changes is None if no cell is other than it was. Raises Unreadable.
    """
    import nbformat  # takes longer to load than all else here, and is rarely needed

    try:
        if (mine.get("nbformat"), mine.get("nbformat_minor", 0) >= 5) != (4, True):
            mine = nbformat.convert(nbformat.reader.reads(json.dumps(mine)), 4)
        merged, changes = merge.merge(mine, new)
        nbformat.validate(nbformat.from_dict(merged))
        touched = merged["cells"] != mine["cells"]
        return as_bytes(merged), changes if touched else None
    except Exception as error:  # JSON can be wrong in more ways than can be named
        raise Unreadable(merge.origin(new)) from error


def as_bytes(notebook):
    """Return a notebook as Jupyter writes it."""
    for cell in notebook["cells"]:
        cell["source"] = merge.text(cell).splitlines(keepends=True)
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    return (text + "\n").encode()


def write(path, data):
    """Put data into a file: whoever stops this at any moment leaves old or new."""
    path = Path(os.path.realpath(path))  # behind a link, the file itself
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)


def clear(copies):
    """Remove what a write that was killed has left; a newer one may be at work."""
    for folder in (copies, copies / EARLIER):
        for part in folder.glob(".*.part"):
            with contextlib.suppress(OSError):  # it may be gone by now
                if time.time() - part.stat().st_mtime > 3600:
                    part.unlink()


def keep(path, why):
    """Copy a reader's notebook into earlier/; return the new path."""
    folder, data = path.parent / EARLIER, path.read_bytes()
    folder.mkdir(exist_ok=True)
    name = f"{path.stem}_{time.strftime('%Y-%m-%d')}_{why}"
    names = (f"{name}{n}.ipynb" for n in ["", *(f"_{k}" for k in range(2, 10_000))])
    free = next(folder / n for n in names if not (folder / n).exists())
    write(free, data)
    return free


def thin(path):
    """Remove the oldest copies that renewals of a notebook have left in earlier/.

    All that the reader wrote in them stands in the copy itself. Others stay.
    """
    old = (path.parent / EARLIER).glob(f"{path.stem}_*_before_update*.ipynb")
    for each in sorted(old, key=lambda p: p.stat().st_mtime_ns)[:-KEPT]:
        each.unlink(missing_ok=True)


def bring(original, path, handed_out):
    """Make or renew one copy; return what to say, "" if it was up to date."""
    new = current(original)
    if not path.exists():
        write(path, as_bytes(new))
        other = "".join(f" {name} is left as it is." for name in renamed(path))
        return ("was gone; a new one is there." if handed_out else "new.") + other
    try:
        mine = load(path)
        if mine.get("metadata", {}).get(merge.KEY) == new["metadata"][merge.KEY]:
            return ""
        data, changes = renewed(mine, new)
    except Unreadable:
        kept = keep(path, "unreadable")
        write(path, as_bytes(new))
        return f"could not be read, and is begun again. The old one is {shown(kept)}."
    if changes is None:
        write(path, data)
        return ""
    kept = keep(path, "before_update")
    write(path, data)
    thin(path)
    return f"{changes}. The old one is in {shown(kept.parent)}."


def renamed(path):
    """Return the names of other files that were this copy, as their metadata says."""
    found = []
    for other in sorted(path.parent.glob("*.ipynb")):
        with contextlib.suppress(Unreadable, OSError):
            if other != path and merge.origin(load(other)) == path.stem:
                found.append(other.name)
    return found


def shown(path):
    """Return the path of earlier/, or of a file in it, as the reader sees it."""
    return "/".join(path.parts[-2 - (path.name != EARLIER) :])


def update(notebooks=NOTEBOOKS, copies=COPIES):
    """Make the copies that are missing and renew the others; return lines to print."""
    listed = copies / MARK / "notebooks"  # an empty file for each handed out
    listed.mkdir(parents=True, exist_ok=True)
    clear(copies)
    said, was = [], {path.name for path in listed.iterdir()}
    first = not was
    for original in sorted(notebooks.glob("*.ipynb")):
        name = original.stem
        try:
            done = bring(original, copies / original.name, name in was)
            (listed / name).touch()
        except Unreadable:
            done = "the course's own cannot be read. Yours is as it was."
        except OSError as error:
            reason = error.strerror or error
            done = f"cannot be brought up to date: {reason}. It is as it was."
        was.discard(name)
        said += [f"{name}: {done}"] if done else []
    for name in sorted(was):
        (listed / name).unlink()
        said.append(f"{name}: no longer in the course. Yours stays.")
    if first and all(line.endswith(": new.") for line in said):
        return [
            f"Your own notebooks are in {copies.name}. Nothing in them has run yet."
        ]
    return said


def begin_again(names, notebooks=NOTEBOOKS, copies=COPIES):
    """Begin the named copies again; return lines to print.

    Raises ValueError on a name that no notebook has, before anything is done.
    """
    stems = [Path(name).stem for name in names]
    known = [path.stem for path in sorted(notebooks.glob("*.ipynb"))]
    for stem in stems:
        if stem not in known:
            raise ValueError(f"No notebook {stem}; there are {', '.join(known)}.")
    copies.mkdir(exist_ok=True)
    said = []
    for stem in stems:
        path = copies / f"{stem}.ipynb"
        data, kept = as_bytes(current(notebooks / path.name)), None
        if path.exists() and path.read_bytes() != data:
            kept = keep(path, "before_fresh")
        write(path, data)
        shutil.rmtree(copies / MARK / "solved" / stem, ignore_errors=True)
        old = f" The old one is {shown(kept)}." if kept else ""
        said.append(f"{stem}: begun again.{old}")
    return said


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="copies", description=__doc__)
    parser.add_argument("--fresh", nargs="+", default=[], metavar="NOTEBOOK")
    fresh = parser.parse_args(arguments).fresh
    try:
        for line in [*begin_again(fresh), *update()]:
            print(line)
    except ValueError as error:
        print(error)
        return 2
    except (OSError, Unreadable) as error:
        reason = getattr(error, "strerror", None) or f"{error} cannot be read"
        print(f"{COPIES.name} cannot be written: {reason}. It is as it was.")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
