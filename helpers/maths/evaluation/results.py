"""The measured leaks and the measured writing as they are shipped: results.json.

Both are lists of runs, and a run is a dictionary: what was set, and for each thing
measured a list with a number a seed, None where there is none.
"""

import json
from pathlib import Path

FILE = Path(__file__).parent / "results.json"
SEEDS = (0, 1, 2)
MODELS = ("bigram", "window MLP", "Transformer")
SHARES, COPIES = (0.01, 0.05, 0.2), (1, 5, 20)
# (share of the test, how often it stands there, what is changed), honest text first.
LEAKS = (
    (0.0, 1, None),
    *((share, copies, None) for copies in COPIES for share in SHARES),
    *((0.2, 20, change) for change in ("one word", "a name")),
)
TEMPERATURES = (0.3, 0.5, 0.7, 0.85, 1.0, 1.2, 1.5, 2.0)
TOP_P = (1.0, 0.9, 0.7)
QUALITIES = ("possible", "new", "variety", "coverage")  # as `writing.judged` has them
GRAMMAR = "exact grammar"
WRITERS = (*MODELS, GRAMMAR)


def write(results, file=FILE):
    """Write {"leaks": runs, "writing": runs, …} as JSON, a run a line."""
    parts = [
        f'"{part}": [\n' + ",\n".join(json.dumps(run) for run in runs) + "\n]"
        for part, runs in results.items()
    ]
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8", newline="\n")


def shipped(file=FILE):
    """The results as written."""
    return json.loads(file.read_text(encoding="utf-8"))


def one(runs, **settings):
    """The run with these settings. ValueError if there is none, or more than one."""
    found = [run for run in runs if settings.items() <= run.items()]
    if len(found) != 1:
        raise ValueError(f"{len(found)} runs have the settings {settings}, not one.")
    return found[0]
