"""The network of leaf or flower, drawn: four numbers in, two out, every product."""

import numpy as np
from matplotlib.patches import Rectangle

from helpers.figures.autograd.leaf_or_flower import history
from helpers.figures.parts.bars import minus
from helpers.figures.parts.cells import board
from helpers.figures.parts.digits import digits, signed
from helpers.live import Choice, Live, Slider
from helpers.live.style import INK, PALETTE, PAPER, SOFT
from helpers.maths import leaf_or_flower as lf

COLUMNS = [("red", "green", "blue", "volume"), ("h₁", "h₂", "h₃"), lf.LABELS]
ACROSS, TOP, HIGH = (110, 430, 750), 46, 300  # px: the columns, and their height
WIDE, TALL = 132, 44  # of a box
WEIGHTS = {"after training": -1, "at the start": 0}


class Network:
    """Boxes for inputs, hidden units and outputs on `ax`; `show` fills them in.

    A line is as thick as its weight is large, and dashed where it is below 0.
    """

    def __init__(self, ax, animated=False):
        self.boxes, self.texts, self.lines = [], [], []
        places = [
            [TOP + HIGH * (k + 0.5) / len(names) for k in range(len(names))]
            for names in COLUMNS
        ]
        for left in (0, 1):
            for y in places[left + 1]:
                self.lines.append(
                    [
                        ax.plot(
                            [ACROSS[left] + WIDE / 2, ACROSS[left + 1] - WIDE / 2],
                            [start, y],
                            color=SOFT, zorder=1, animated=animated,
                        )[0]
                        for start in places[left]
                    ]
                )  # fmt: skip
        for x, names, heights in zip(ACROSS, COLUMNS, places, strict=True):
            for name, y in zip(names, heights, strict=True):
                corner = (x - WIDE / 2, y - TALL / 2)
                self.boxes.append(ax.add_patch(Rectangle(
                    corner, WIDE, TALL, facecolor=PAPER, zorder=2, animated=animated,
                )))  # fmt: skip
                self.texts.append(ax.text(x, y + 10, "", ha="center", va="center",
                                          zorder=4, animated=animated))  # fmt: skip
                ax.text(x, y - 10, name, ha="center", va="center", fontsize=12,
                        color=INK, zorder=4, animated=animated)  # fmt: skip
        heads = ["in (scaled)", "3 hidden units, tanh", "out: the larger wins"]
        for x, head in zip(ACROSS, heads, strict=True):
            ax.text(x, 24, head, ha="center", va="center", color=SOFT)

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
    fig, ax = board(860, TOP + HIGH + 10)
    network = Network(ax, animated=True)

    def parts(red, green, blue, volume, trained):
        inputs = lf.scaled((red, green, blue, volume))  # (4,)
        return history(3)[WEIGHTS[trained]], inputs

    def update(**thing):
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
        fig, update, alt=describe, red=red, green=green, blue=blue,
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
