"""The measured remedies as they are shipped: results.json, and how to read it."""

import json
from pathlib import Path

import numpy as np

FILE = Path(__file__).parent / "results.json"
SEEDS = (0, 1, 2)
# Each remedy with its strengths, from the weakest to the strongest.
STRENGTHS = {
    "smaller steps": [0.5, 0.2, 0.1, 0.05, 0.02, 0.01],
    "replay": [0.01, 0.03, 0.1, 0.2, 0.5, 1.0],
    "EWC": [1, 10, 100, 1000, 10_000, 100_000],
    "EWC, wrong Fisher": [100, 1000, 10_000, 100_000, 1_000_000, 10_000_000],
    "L2-SP": [0.0001, 0.001, 0.01, 0.1, 1, 10],
    "freezing": [
        *["hidden + head", "embedding + hidden", "embedding + head"],
        *["hidden", "embedding", "head"],
    ],
    "LoRA": [32, 16, 8, 4, 2, 1],
}


def write(results, file=FILE):
    """Write {method: {strength: [(old, new) a seed]}}, four decimals, as JSON."""
    rows = {
        method: [
            {"strength": one, "old": [round(o, 4) for o, _ in pairs],
             "new": [round(n, 4) for _, n in pairs]}
            for one, pairs in each.items()
        ]
        for method, each in results.items()
    }  # fmt: skip
    file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8", newline="\n")


def shipped(file=FILE):
    """The results as written: {method: {strength: [(old, new) a seed]}}."""
    rows = json.loads(file.read_text(encoding="utf-8"))
    return {
        method: {
            one["strength"]: list(zip(one["old"], one["new"], strict=True))
            for one in each
        }
        for method, each in rows.items()
    }


def middle(values):
    """Mean over the seeds, and half of the spread from lowest to highest: (S, …)."""
    values = np.asarray(values, dtype=float)
    return values.mean(axis=0), (values.max(axis=0) - values.min(axis=0)) / 2


def at_same_learning(results, new):
    """What each remedy has lost of the old where it has learned alike: {method: (S,)}.

    Read off each seed's own curve at `new` nats above the floor of the new language,
    in a straight line between two strengths. A remedy that never costs that much
    learning counts with its strongest; one that always costs more is left out. The
    one that has lost least comes first.
    """
    found = {}
    for method in results:
        if len(results[method]) == 1 or method == "freezing":
            continue  # not a curve
        curves = np.array(list(results[method].values()), dtype=float)
        if new < curves[:, :, 1].min(axis=0).max():
            continue
        order = np.argsort(curves[:, :, 1].mean(axis=1))  # (strengths,)
        found[method] = np.array([
            np.interp(new, curves[order, seed, 1], curves[order, seed, 0])
            for seed in range(curves.shape[1])
        ])  # fmt: skip
    return dict(sorted(found.items(), key=lambda item: item[1].mean()))


def equal(one, other):
    """Whether two remedies differ by less than the spread over their seeds."""
    (a, wide), (b, wider) = middle(one), middle(other)
    return bool(abs(a - b) <= wide + wider)
