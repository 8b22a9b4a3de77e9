"""A small tree of texts, and the beams that walk through it."""

import math

import numpy as np
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from helpers.figures.parts.digits import worked
from helpers.live import Live, Slider, counted
from helpers.live.formula import words as said
from helpers.live.style import PALETTE, figure
from helpers.maths.sampling import beam_search

END = "[end]"
# What may follow a text, the likeliest first. The rest of each row is shared evenly
# by the other words, which the picture leaves out.
TREE = {
    (): {"we": 0.5, "they": 0.3, "she": 0.1},
    ("we",): {"went": 0.4, "came": 0.3},
    ("they",): {"ran": 0.4, "came": 0.3},
    ("she",): {"ran": 0.6},
    ("we", "went"): {"away": 0.4, "home": 0.3},
    ("we", "came"): {"home": 0.6, "back": 0.2},
    ("they", "ran"): {"home": 0.45, "away": 0.3},
    ("they", "came"): {"back": 0.5, "home": 0.4},
    ("she", "ran"): {"away": 0.5},
    ("we", "went", "away"): {END: 0.6},
    ("we", "went", "home"): {END: 0.7},
    ("we", "came", "home"): {END: 0.6},
    ("we", "came", "back"): {END: 0.7},
    ("they", "ran", "home"): {END: 0.6},
    ("they", "ran", "away"): {END: 0.5},
    ("they", "came", "back"): {END: 0.8},
    ("they", "came", "home"): {END: 0.6},
    ("she", "ran", "away"): {END: 0.8},
}
OTHERS = [f"other {k}" for k in range(1, 21)]
TREE_WORDS = [
    END,
    "we",
    "they",
    "she",
    "went",
    "came",
    "ran",
    "away",
    "home",
    "back",
    *OTHERS,
]
DEEP = 4  # words of a whole text, [end] counted


def tree_model(prefix):
    """The tree as a model: ids into `TREE_WORDS`, after [end] -> P(next), (V,).

    After one of the other words only [end] can come.
    """
    text = tuple(TREE_WORDS[i] for i in prefix if i)
    row = TREE.get(text, {END: 1.0})
    p = np.zeros(len(TREE_WORDS))
    for word, value in row.items():
        p[TREE_WORDS.index(word)] = value
    p[-len(OTHERS) :] = (1 - p.sum()) / len(OTHERS)
    return p  # (V,)


def kept_beams(width, depth):
    """The beams kept at each depth, 0 … depth: lists of (P, text as a tuple)."""
    levels = [[(1.0, ())]]
    for most in range(1, depth + 1):
        found = beam_search(tree_model, [0], width, end=0, most=most)
        levels.append(
            [(math.exp(s), tuple(TREE_WORDS[i] for i in ids[1:])) for s, ids in found]
        )
    return levels


def factors(text):
    """P of each word of a text given those before it, a list."""
    ids = [0, *(TREE_WORDS.index(word) for word in text)]
    return [float(tree_model(ids[:t])[ids[t]]) for t in range(1, len(ids))]


class Tree:
    """The tree on `ax`, words as nodes, probabilities on the edges.

    `show(levels)` draws the kept beams thick; what they were chosen from has its
    product in brackets.
    """

    def __init__(self, ax, animated=False):
        self.ax = ax
        leaves = [text for text in every_node() if len(text) == DEEP]
        self.place = {text: (DEEP, k) for k, text in enumerate(leaves)}
        for depth in range(DEEP - 1, -1, -1):
            for text in every_node():
                if len(text) == depth:
                    below = [self.place[(*text, w)][1] for w in TREE[text]]
                    self.place[text] = depth, sum(below) / len(below)
        for text, (x, y) in self.place.items():
            if text:
                x0, y0 = self.place[text[:-1]]
                ax.plot([x0, x], [y0, y], color=PALETTE["grid"], lw=1.5, ls="-",
                        zorder=1)  # fmt: skip
                p = TREE[text[:-1]][text[-1]]
                lift = 0.12 + 0.1 * abs(y - y0)  # clear of a steep line
                ax.text(x0 + 0.5 * (x - x0), (y0 + y) / 2 - lift, f"{p:g}",
                        ha="center", va="bottom", fontsize=11, color=PALETTE["soft"],
                        zorder=2)  # fmt: skip
        self.path = ax.add_patch(
            PathPatch(Path([(0, 0)]), fill=False, lw=5, alpha=0.55, zorder=1.5,
                      edgecolor=PALETTE["orange"], animated=animated)
        )  # fmt: skip
        self.names = {
            text: ax.text(x, y + 0.02, text[-1] if text else "start", ha="center",
                          va="center", zorder=4, animated=animated,
                          bbox={"boxstyle": "round,pad=0.25", "lw": 1.4,
                                "facecolor": PALETTE["paper"]})
            for text, (x, y) in self.place.items()
        }  # fmt: skip
        self.products = {
            text: ax.text(x, y + 0.36, "", ha="center", va="top", fontsize=11,
                          zorder=4, animated=animated)
            for text, (x, y) in self.place.items() if text
        }  # fmt: skip
        ax.set(xlim=(-0.35, DEEP + 0.35), ylim=(len(leaves) - 0.2, -0.6))
        ax.axis("off")

    def show(self, levels):
        """Mark the kept beams of each level; see `kept_beams`."""
        kept = {text for level in levels for _, text in level}
        alive = [text for _, text in levels[-1]]  # in order, for the same path
        seen = {
            (*text, word)
            for level in levels[:-1]
            for _, text in level
            for word in TREE.get(text, {})
        }
        ends, codes = [(0, 0)], [Path.MOVETO]
        for text in alive:
            steps = [self.place[text[:n]] for n in range(len(text) + 1)
                     if text[:n] in self.place]  # fmt: skip
            ends += steps
            codes += [Path.MOVETO] + [Path.LINETO] * (len(steps) - 1)
        self.path.set_path(Path(ends, codes))
        for text, name in self.names.items():
            box = name.get_bbox_patch()
            on = text in kept
            box.set_edgecolor(PALETTE["orange" if on else "grid"])
            box.set_linewidth(2.6 if text in alive else 1.4)
            box.set_linestyle("-" if on else "--")
            name.set_weight("bold" if text in alive else "normal")
        for text, product in self.products.items():
            shown = text in seen or text in kept
            value = math.prod(factors(text))
            product.set_text(f"{value:.3f}" if shown else "")
            product.set_weight("bold" if text in alive else "normal")


def every_node():
    """Every text of the tree, from the root on, in the order of its rows."""
    return [()] + [(*text, word) for text, row in TREE.items() for word in row]


def walk_beams(width=2, step=1):
    """A live figure: beams of a given width grow through the tree, step by step."""
    fig, ax = figure((860, 460))
    tree = Tree(ax, animated=True)
    levels = {(w, s): kept_beams(w, s) for w in range(1, 4) for s in range(1, DEEP + 1)}

    def update(width, step):
        now = levels[width, step]
        tree.show(now)
        best, text = now[-1][0]
        product = worked([f"{p:g}" for p in factors(text)], r"\cdot", f"{best:.3f}")
        asked = [len(level) for level in now[:-1]]
        return [
            rf"P({said(' '.join(text))}) = {product}",
            rf"\text{{distributions asked for: }}{worked(asked, '+', sum(asked))}",
        ]

    def describe(width, step):
        kept = "; ".join(f"{' '.join(t)} {p:.3f}" for p, t in levels[width, step][-1])
        return (
            f"A tree of words with probabilities on its edges. With "
            f"{counted(width, 'beam')}, kept after {counted(step, 'step')}: {kept}."
        )

    return Live(
        fig, update, alt=describe,
        width=Slider(1, 3, 1, width, "beam width", ("text", "texts")),
        step=Slider(1, DEEP, 1, step, "step", ("word", "words"), play=True),
    )  # fmt: skip
