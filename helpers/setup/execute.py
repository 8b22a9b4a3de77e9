"""Execute notebooks in place, so that they read well where no kernel runs.

    python -m helpers.setup.execute 01_probability     all, if none is named

Widget state is stored. What differs from run to run (times, the Python version,
the random ids of widgets) is left out or made regular, so that a diff shows only
what changed.
"""

import hashlib
import json
import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
METADATA = {
    "kernelspec": {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
STATE = "application/vnd.jupyter.widget-state+json"


def regular(notebook, name):
    """Return the notebook with metadata and widget ids that do not vary."""
    state = notebook.metadata.get("widgets", {}).get(STATE, {}).get("state", {})
    text = json.dumps(notebook)
    for number, old in enumerate(state):  # in the order the widgets were made
        new = hashlib.md5(f"{name} {number}".encode(), usedforsecurity=False)
        text = text.replace(old, new.hexdigest())
    notebook = nbformat.from_dict(json.loads(text))
    widgets = notebook.metadata.get("widgets")
    notebook.metadata = nbformat.from_dict(METADATA)
    if widgets and widgets[STATE]["state"]:
        for model in widgets[STATE]["state"].values():
            # A widget that is opened again has None where nothing is said; of a
            # layout's forty traits that is all, and a notebook has fifty layouts.
            said = {k: v for k, v in model["state"].items() if v is not None}
            model["state"] = nbformat.from_dict(said)
        notebook.metadata.widgets = widgets
    for cell in notebook.cells:
        for key in ("execution", "ExecuteTime", "scrolled", "trusted"):
            cell.metadata.pop(key, None)
    return notebook


def execute(path):
    """Run one notebook from top to bottom; write it only if no cell fails."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(
        notebook,
        timeout=120,
        kernel_name="python3",
        resources={"metadata": {"path": str(path.parent)}},
        record_timing=False,
        coalesce_streams=True,
    ).execute()
    notebook = regular(notebook, path.stem)
    nbformat.validate(notebook)
    text = nbformat.writes(notebook).rstrip("\n") + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def find(names):
    """Return the paths of the named notebooks; raise ValueError on a wrong name."""
    paths = sorted(NOTEBOOKS.glob("*.ipynb"))
    if not names:
        return paths
    by_name = {path.stem: path for path in paths}
    stems = [Path(name).stem for name in names]
    for stem in stems:
        if stem not in by_name:
            raise ValueError(f"No notebook {stem}; there are {', '.join(by_name)}.")
    return [by_name[stem] for stem in stems]


def main(names):
    try:
        paths = find(names)
    except ValueError as error:
        print(error)
        return 2
    failed = 0
    for path in paths:
        print(path.stem, end=" ", flush=True)
        try:
            execute(path)
            print(f"{path.stat().st_size / 1000:.0f} KB")
        except CellExecutionError as error:
            failed += 1
            print(f"failed, and is left as it was\n{error}")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
