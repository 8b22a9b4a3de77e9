"""The network of leaf or flower, drawn: four numbers in, two out, every product."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.figures.autograd.leaf_or_flower import history
from helpers.figures.parts.bars import minus
from helpers.figures.parts.cells import board
from helpers.figures.parts.digits import digits, signed
from helpers.live import Choice, Live, Slider
from helpers.live.narrow import NARROW
from helpers.live.style import INK, PALETTE, PAPER, SOFT
from helpers.maths import leaf_or_flower as lf

COLUMNS = [("red", "green", "blue", "volume"), ("h₁", "h₂", "h₃"), lf.LABELS]
ACROSS, TOP, HIGH = (110, 430, 750), 46, 300  # px: the columns, and their height
WIDE, TALL = 132, 44  # of a box
DOWN, SMALL = (92, 232, 372), 84  # the same on a narrow page: rows, and width of a box
WEIGHTS = {"after training": -1, "at the start": 0}


class Network:
    """Boxes for inputs, hidden units and outputs on `ax`; `show` fills them in.

    A line is as thick as its weight is large, and dashed where it is below 0. The
    inputs stand at the left, or if `narrow` at the top.
    """

    def __init__(self, ax, animated=False, narrow=False):
        self.boxes, self.texts, self.lines = [], [], []
        wide = SMALL if narrow else WIDE
        places = [
            [self._place(layer, (k + 0.5) / len(names), narrow)
             for k in range(len(names))]
            for layer, names in enumerate(COLUMNS)
        ]  # fmt: skip
        out = np.array([0, TALL / 2] if narrow else [wide / 2, 0])  # of a box
        for layer in (0, 1):
            for end in places[layer + 1]:
                self.lines.append(
                    [
                        ax.plot(*np.transpose([start + out, end - out]), color=SOFT,
                                zorder=1, animated=animated)[0]
                        for start in places[layer]
                    ]
                )  # fmt: skip
        for names, layer in zip(COLUMNS, places, strict=True):
            for name, (x, y) in zip(names, layer, strict=True):
                corner = (x - wide / 2, y - TALL / 2)
                self.boxes.append(ax.add_patch(Rectangle(
                    corner, wide, TALL, facecolor=PAPER, zorder=2, animated=animated,
                )))  # fmt: skip
                self.texts.append(ax.text(x, y + 10, "", ha="center", va="center",
                                          zorder=4, animated=animated))  # fmt: skip
                ax.text(x, y - 10, name, ha="center", va="center", fontsize=12,
                        color=INK, zorder=4, animated=animated)  # fmt: skip
        heads = ["in (scaled)", "3 hidden units, tanh", "out: the larger wins"]
        spots = [(x, 24) for x in ACROSS]
        if narrow:  # where no line goes
            heads = ["4 numbers in (scaled), 3 hidden units,",
                     "tanh, and 2 out: the larger wins"]  # fmt: skip
            spots = [(NARROW / 2, 20), (NARROW / 2, 40)]
        for (x, y), head in zip(spots, heads, strict=True):
            ax.text(x, y, head, ha="center", va="center", color=SOFT)

    @staticmethod
    def _place(layer, share, narrow):
        """The middle of the box that stands at `share` of its layer, in px: (2,)."""
        if narrow:
            return np.array([NARROW * share, DOWN[layer]])
        return np.array([ACROSS[layer], TOP + HIGH * share])

    def show(self, weights, inputs):
        """Fill in one forward pass: inputs (4,) -> hidden (3,), outputs (2,)."""
        W1, b1, W2, b2 = weights
        hidden = np.tanh(W1 @ inputs + b1)  # (3,)
        got = W2 @ hidden + b2  # (2,)
        for text, x in zip(self.texts, [*inputs, *hidden, *got], strict=True):
            text.set_text(minus(digits(x, 2)))
        best = len(self.boxes) - 2 + int(got.argmax())
        for k, box in enumerate(self.boxes):
            colour, width = (PALETTE["orange"], 3.5) if k == best else (SOFT, 1)
            box.set(edgecolor=colour, linewidth=width)
        for lines, row in zip(self.lines, [*W1, *W2], strict=True):
            for line, w in zip(lines, row, strict=True):
                line.set(linewidth=0.6 + 3 * min(abs(w), 1.5))
                line.set_linestyle("--" if w < 0 else "-")
        return hidden, got


def forward_pass():
    """A live figure: one thing through the network, with every product in digits."""

    def parts(red, green, blue, volume, trained):
        inputs = lf.scaled((red, green, blue, volume))  # (4,)
        return history(3)[WEIGHTS[trained]], inputs

    def drawn(narrow=False):
        size = (NARROW, DOWN[-1] + TALL) if narrow else (860, TOP + HIGH + 10)
        fig, ax = board(*size)
        network = Network(ax, animated=True, narrow=narrow)
        return fig, lambda **thing: update(network, **thing)

    def update(network, **thing):
        weights, inputs = parts(**thing)
        hidden, got = network.show(weights, inputs)
        W1, b1, W2, b2 = weights
        hidden_lines = [
            rf"h_{k + 1} = \tanh({products(W1[k], inputs, b1[k])}) = "
            rf"{digits(hidden[k], 2)}"
            for k in range(3)
        ]
        output_lines = [
            rf"\text{{{label}}} = {products(W2[k], hidden, b2[k])} = "
            rf"{digits(got[k], 2)}"
            for k, label in enumerate(lf.LABELS)
        ]
        return hidden_lines + output_lines

    def describe(**thing):
        weights, inputs = parts(**thing)
        got = lf.outputs(weights, inputs)
        return (
            "A network of 4 inputs, 3 hidden units and 2 outputs, all joined to the "
            f"next by lines. It says leaf {digits(got[0], 2)}, flower "
            f"{digits(got[1], 2)}: {lf.LABELS[int(got.argmax())]}."
        )

    *colours, volume = lf.LEAF
    red, green, blue = (
        Slider.over(sorted({*range(0, 256, 15), value}), value, name)
        for name, value in zip(COLUMNS[0][:3], colours, strict=True)
    )
    return Live(
        *drawn(), narrow=lambda: drawn(True), alt=describe,
        red=red, green=green, blue=blue,
        volume=Slider(0, 25, 0.4, volume, "volume", "cm³"),
        trained=Choice(list(WEIGHTS), "after training", "weights"),
    )  # fmt: skip


def products(weights, inputs, bias):
    """w₁ · x₁ + … + b with its digits, as LaTeX."""
    terms = [
        rf"{signed(w, 2)} \cdot {signed(x, 2)}"
        for w, x in zip(weights, inputs, strict=True)
    ]
    return " + ".join([*terms, signed(bias, 2)])
