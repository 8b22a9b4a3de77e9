"""A graph of numbers: which was made of which, their values and their slopes.

It draws every object that has data, grad, parents, slopes, op, name and born, such
as autograd.Value or the class that grows in notebook 04. Leaves stand at the left,
the result at the right.
"""

import string

from helpers.figures.autograd.layers import layout
from helpers.figures.parts.cells import board
from helpers.live import Live, Slider, still
from helpers.live.formula import words
from helpers.live.style import INK, PALETTE, PAPER, SOFT

SIZE = (860, 300)  # px
SPARE = 16  # px at each side
HIGH = 64  # px of a box
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
    """Boxes and lines on `ax`, a `board`; `show` fills in what is known."""

    def __init__(self, ax, root, size=SIZE, animated=False):
        self.nodes = walk(root)
        place = {id(node): i for i, node in enumerate(self.nodes)}
        self.parents = [[place[id(p)] for p in node.parents] for node in self.nodes]
        called = dict(zip(map(id, self.nodes), names(self.nodes), strict=True))
        self.titles = [made_of(node, called) for node in self.nodes]
        points, roads = layout(self.parents)
        columns = 1 + max(x for x, _ in points)
        pitch = (size[0] - 2 * SPARE) / columns
        self.wide = min(WIDEST, pitch - 26)
        across = lambda x: SPARE + pitch * (x + 0.5)  # noqa: E731
        down = lambda y: 14 + (size[1] - 28) * y  # noqa: E731
        self.lines = {}
        for (i, j), road in roads.items():
            xs, ys = [across(x) for x, _ in road], [down(y) for _, y in road]
            xs[0], xs[-1] = xs[0] + self.wide / 2, xs[-1] - self.wide / 2
            ax.plot(xs, ys, color=SOFT, ls="-", lw=1.2, zorder=1)
            (self.lines[i, j],) = ax.plot(
                xs, ys, color=PALETTE["blue"], ls="--", lw=3.5, ms=11, zorder=3,
                animated=animated,
            )  # fmt: skip
        centres = [(across(x), down(y)) for x, y in points]
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
        tip = (
            {"marker": "<", "markevery": [0]}
            if reached
            else {"marker": ">", "markevery": [-1]}
        )
        for pair, line in self.lines.items():
            line.set(visible=pair in roads, **tip)


def draw_graph(root):
    """The graph under `root` as it stands, with whatever slopes it holds now."""
    fig, ax = board(*SIZE)
    graph = Graph(ax, root)
    parts = [
        f"{title}, value {short(node.data)}, slope {short(node.grad)}"
        for title, node in zip(graph.titles, graph.nodes, strict=True)
    ]
    return still(fig, "A graph of numbers: " + "; ".join(parts) + ".")


class Steps:
    """The passes through a graph, a step at a time.

    Step 0 knows the leaves. Then each other node gets its value, the result gets the
    slope 1, and each node that was made of others sends its slope on to them, the
    result first.
    """

    def __init__(self, root):
        self.nodes = walk(root)
        place = {id(node): i for i, node in enumerate(self.nodes)}
        self.parents = [[place[id(p)] for p in node.parents] for node in self.nodes]
        self.made = [i for i, node in enumerate(self.nodes) if node.parents]
        self.last = 2 * len(self.made) + 1

    def at(self, step):
        """What `Graph.show` needs, and the formula, at a step."""
        count, made = len(self.made), self.made
        leaves = {i for i, node in enumerate(self.nodes) if not node.parents}
        known, grads = leaves | set(made[:step]), [None] * len(self.nodes)
        state = {"known": known, "grads": grads}
        if step == 0:
            return state, []
        if step <= count:
            active = made[step - 1]
            return {**state, "active": active, "roads": self._roads(active)}, []
        grads[:] = [0.0] * len(self.nodes)
        grads[made[-1] if made else 0] = 1.0
        before = list(grads)
        if step == count + 1:
            return {**state, "active": made[-1]}, []
        for i in reversed(made[2 * count + 1 - step :]):
            before = list(grads)
            for parent, slope in zip(
                self.parents[i], self.nodes[i].slopes, strict=True
            ):
                grads[parent] += slope * grads[i]
        active = made[2 * count + 1 - step]
        state |= {"active": active, "reached": self.parents[active]}
        return {**state, "roads": self._roads(active)}, before

    def _roads(self, i):
        return [(parent, i) for parent in self.parents[i]]


def step_through(build, step=0, **sliders):
    """A live figure: the graph of ``build(...)``, forwards and then backwards.

    `build` takes the values of the `sliders` by name and returns the result, a new
    Value with names set; its graph must have the same shape for all of them.
    """
    first = {name: slider.value(slider.initial) for name, slider in sliders.items()}
    root = build(**first)
    fig, ax = board(*SIZE)
    graph = Graph(ax, root, animated=True)
    last = Steps(root).last

    def steps(values):
        return Steps(build(**values))

    def update(step, **values):
        now = steps(values)
        state, before = now.at(step)
        graph.show(now.nodes, **state)
        return formulas(now, step, state, before)

    def describe(step, **values):
        now = steps(values)
        state, _ = now.at(step)
        parts = [
            f"{title} {short(node.data)}" + ("" if grad is None else
            f" with slope {short(grad)}")
            for i, (title, node, grad) in enumerate(
                zip(graph.titles, now.nodes, state["grads"], strict=True)
            )
            if i in state["known"]
        ]  # fmt: skip
        return f"A graph at step {step} of {last}: " + "; ".join(parts) + "."

    walk_on = Slider(0, last, 1, step, "step", play=True)
    return Live(fig, update, alt=describe, step=walk_on, **sliders)


def formulas(steps, step, state, before):
    """The digits of one step, always two lines of LaTeX."""
    called = [
        name if node.name or node.parents else f"the {name}"
        for name, node in zip(names(steps.nodes), steps.nodes, strict=True)
    ]
    if step == 0:
        given = ",\\ ".join(
            f"{latex(called[i])} = {plain(steps.nodes[i].data)}"
            for i in sorted(state["known"])
            if steps.nodes[i].name
        )
        return [
            given or r"\text{numbers}",
            r"\text{forwards: values from left to right}",
        ]
    i = state["active"]
    node, parents = steps.nodes[i], steps.parents[i]
    result = latex(called[len(called) - 1])
    if step <= len(steps.made):
        local = [
            rf"\text{{local slope along }} {latex(called[p])} = {plain(slope)}"
            for p, slope in zip(parents, node.slopes, strict=True)
        ]
        return [arithmetic(steps, i, called), r",\quad ".join(local)]
    if step == len(steps.made) + 1:
        return [
            rf"\text{{slope of }} {result} \text{{ along itself}} = 1",
            r"\text{backwards: slopes from right to left}",
        ]
    lines, so_far = [], dict(enumerate(before))
    for p, slope in zip(parents, node.slopes, strict=True):
        sent = slope * before[i]
        total = so_far[p] + sent
        lines.append(
            rf"\text{{slope along }} {latex(called[p])} = {number(so_far[p])} + "
            rf"{number(before[i])} \cdot {number(slope)} = {plain(total)}"
        )
        so_far[p] = total
    return lines if len(lines) == 2 else [*lines, r"\text{made of one number only}"]


def arithmetic(steps, i, called):
    """The value of node i with its digits, as LaTeX."""
    node, own = steps.nodes[i], latex(called[i])
    digits = [number(steps.nodes[p].data) for p in steps.parents[i]]
    sign = {"×": r"\cdot", "−": "-", "÷": "/"}.get(node.op, node.op)
    if len(digits) == 2:
        middle = f"{digits[0]} {sign} {digits[1]}"
    elif node.op.startswith("^"):
        middle = f"{digits[0]}^{{{node.op[1:]}}}"
    elif node.op == "−":
        middle = f"-{digits[0]}"
    else:
        middle = rf"\text{{{node.op}}}({digits[0]})"
    return f"{own} = {middle} = {plain(node.data)}"


def latex(name):
    """A name in a formula: one letter as a symbol, more as upright words."""
    return name if len(name) == 1 and name.isalpha() else words(name)


def plain(x):
    """`short` for a formula."""
    return short(x).replace("−", "-")


def number(x):
    """The same with a negative number in brackets."""
    return f"({plain(x)})" if x < 0 and plain(x) != "0" else plain(x)
