"""A graph of numbers, a step at a time: values forwards, then slopes backwards."""

from helpers.figures.autograd.graph import Graph, names, short, walk
from helpers.live import Live, Slider
from helpers.live.formula import words


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
    last = Steps(root).last
    titles = Graph(root).titles

    def steps(values):
        return Steps(build(**values))

    def drawn(narrow=False):
        graph = Graph(root, animated=True, narrow=narrow)

        def update(step, **values):
            now = steps(values)
            state, before = now.at(step)
            graph.show(now.nodes, **state)
            return formulas(now, step, state, before)

        return graph.fig, update

    def describe(step, **values):
        now = steps(values)
        state, _ = now.at(step)
        parts = [
            f"{title} {short(node.data)}" + ("" if grad is None else
            f" with slope {short(grad)}")
            for i, (title, node, grad) in enumerate(
                zip(titles, now.nodes, state["grads"], strict=True)
            )
            if i in state["known"]
        ]  # fmt: skip
        return f"A graph at step {step} of {last}: " + "; ".join(parts) + "."

    walk_on = Slider(0, last, 1, step, "step", play=True)
    return Live(
        *drawn(), narrow=lambda: drawn(True), alt=describe, step=walk_on, **sliders
    )


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
