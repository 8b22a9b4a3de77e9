"""A graph of numbers: which was made of which, their values and their slopes.

It draws every object that has data, grad, parents, slopes, op, name and born, such
as autograd.Value or the class that grows in notebook 04. Leaves stand at the left,
the result at the right; on a narrow page at the top and the bottom.
"""

import string

from helpers.figures.autograd.layers import layout
from helpers.figures.parts.cells import board
from helpers.live import still
from helpers.live.narrow import NARROW
from helpers.live.style import INK, PALETTE, PAPER, SOFT

SIZE = (860, 300)  # px
SPARE = 16  # px at each side
HIGH = 64  # px of a box
DEEP = 98  # px from row to row where a page is narrow
WIDEST = 132
ACTIVE = {"edgecolor": PALETTE["blue"], "linewidth": 3}
REACHED = {"edgecolor": PALETTE["orange"], "linewidth": 3, "linestyle": "--"}
CALM = {"edgecolor": SOFT, "linewidth": 1, "linestyle": "-"}


def walk(root):
    """Every node below `root` and itself, parents before children."""
    found, ahead = [root], [root]
    while ahead:
        for parent in ahead.pop().parents:
            if not any(parent is one for one in found):
                found.append(parent)
                ahead.append(parent)
    return sorted(found, key=lambda node: node.born)


def names(nodes):
    """A name for each node: its own, else its number, else the next free letter."""
    taken = {node.name for node in nodes}
    free = (letter for letter in string.ascii_lowercase[2:] if letter not in taken)
    return [
        node.name or (next(free) if node.parents else short(node.data))
        for node in nodes
    ]


def short(x):
    """A number for a box: at most three decimals, a true minus sign."""
    text = f"{x:.3f}".rstrip("0").rstrip(".") if abs(x) < 1e5 else f"{x:.2g}"
    return "0" if text in ("-0", "0") else text.replace("-", "−")


def made_of(node, called):
    """How a node was made, in names: "got = wh + b"; `called` maps id to name."""
    own, parts = called[id(node)], [called[id(parent)] for parent in node.parents]
    if not parts:
        return own
    if len(parts) == 2:
        return f"{own} = {parts[0]} {node.op} {parts[1]}"
    sign = {"^2": "²", "^3": "³"}.get(node.op, node.op)
    if node.op == "−":
        return f"{own} = −{parts[0]}"
    after = node.op.startswith("^")
    return f"{own} = {parts[0]}{sign}" if after else f"{own} = {sign}({parts[0]})"


class Graph:
    """Boxes and lines on a `board`, its `fig`; `show` fills in what is known."""

    def __init__(self, root, animated=False, narrow=False):
        self.nodes = walk(root)
        place = {id(node): i for i, node in enumerate(self.nodes)}
        self.parents = [[place[id(p)] for p in node.parents] for node in self.nodes]
        called = dict(zip(map(id, self.nodes), names(self.nodes), strict=True))
        self.titles = [made_of(node, called) for node in self.nodes]
        points, roads = layout(self.parents)
        ranks = 1 + max(rank for rank, _ in points)
        if narrow:
            beside = max(round(0.5 / min(y, 1 - y)) for _, y in points)
            pitch = NARROW / beside
            self.fig, ax = board(NARROW, DEEP * ranks)
        else:
            pitch = (SIZE[0] - 2 * SPARE) / ranks
            self.fig, ax = board(*SIZE)
        self.wide = min(WIDEST, pitch - (10 if narrow else 26))

        self.tips = "v^" if narrow else "><"  # forwards and backwards

        def place(rank, share):
            """In px: the boxes of a rank share the height, or the width."""
            if narrow:
                return NARROW * share, DEEP * (rank + 0.5)
            return SPARE + pitch * (rank + 0.5), 14 + (SIZE[1] - 28) * share

        self.lines = {}
        for (i, j), road in roads.items():
            xs, ys = map(list, zip(*(place(*stop) for stop in road), strict=True))
            out, along = (HIGH, ys) if narrow else (self.wide, xs)
            along[0], along[-1] = along[0] + out / 2, along[-1] - out / 2
            ax.plot(xs, ys, color=SOFT, ls="-", lw=1.2, zorder=1)
            (self.lines[i, j],) = ax.plot(
                xs, ys, color=PALETTE["blue"], ls="--", lw=3.5, ms=11, zorder=3,
                animated=animated,
            )  # fmt: skip
        centres = [place(*point) for point in points]
        self.boxes = [self._box(ax, x, y, animated) for x, y in centres]
        self.values = [self._text(ax, x, y + 2, animated) for x, y in centres]
        self.grads = [self._text(ax, x, y + 21, animated) for x, y in centres]
        for (x, y), title in zip(centres, self.titles, strict=True):
            # Above its box, which is redrawn on top of the still part.
            ax.text(x, y - 18, title, ha="center", va="center", fontsize=11,
                    color=INK, zorder=4, animated=animated)  # fmt: skip
        self.show(self.nodes, [node.grad for node in self.nodes])

    def _box(self, ax, x, y, animated):
        from matplotlib.patches import Rectangle

        corner = (x - self.wide / 2, y - HIGH / 2)
        box = Rectangle(corner, self.wide, HIGH, facecolor=PAPER, zorder=2,
                        animated=animated, **CALM)  # fmt: skip
        return ax.add_patch(box)

    def _text(self, ax, x, y, animated):
        return ax.text(x, y, "", ha="center", va="center", fontsize=12, zorder=4,
                       color=INK, animated=animated)  # fmt: skip

    def show(self, nodes, grads, known=None, active=None, reached=(), roads=()):
        """Fill in values and slopes; None leaves a slope open.

        `known` are the places whose value is shown (all by default), `active` the
        place that works now, `reached` the places it gives to, `roads` the lines in
        use, as pairs (parent, child).
        """
        for i, node in enumerate(nodes):
            there = known is None or i in known
            self.values[i].set_text(f"value {short(node.data)}" if there else "")
            given = grads[i] is not None
            self.grads[i].set_text(f"slope {short(grads[i])}" if given else "")
            look = ACTIVE if i == active else REACHED if i in reached else CALM
            self.boxes[i].set(**{"linestyle": "-", **look})
        tip = {"marker": self.tips[bool(reached)], "markevery": [-1 + bool(reached)]}
        for pair, line in self.lines.items():
            line.set(visible=pair in roads, **tip)


def draw_graph(root):
    """The graph under `root` as it stands, with whatever slopes it holds now."""
    graph = Graph(root)
    parts = [
        f"{title}, value {short(node.data)}, slope {short(node.grad)}"
        for title, node in zip(graph.titles, graph.nodes, strict=True)
    ]
    small = Graph(root, narrow=True).fig  # now: its slopes may be others later
    return still(
        graph.fig, "A graph of numbers: " + "; ".join(parts) + ".", lambda: small
    )
