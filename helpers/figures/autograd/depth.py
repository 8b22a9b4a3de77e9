"""The size of a gradient at each layer of a deep network."""

import numpy as np

from helpers.figures.parts.digits import powers
from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, PALETTE, SOFT, figure
from helpers.maths.depth import DEEPEST, FUNCTIONS, factor, gradient_sizes

LOW, HIGH = 1e-20, 1e20  # of the picture; what lies outside is drawn at its edge


class Sizes:
    """Gradient size by layer as a line on `ax`; what lies outside is crossed.

    One layer in `every` has a marker.
    """

    def __init__(self, ax, colour="blue", marker="o", label=None, every=1,
                 animated=False):  # fmt: skip
        look = {"color": PALETTE[colour], "ls": DASHES[colour], "animated": animated}
        (self.line,) = ax.plot([], [], marker, ms=5, label=label, markevery=every,
                               **look)  # fmt: skip
        (self.cut,) = ax.plot([], [], "X", color=PALETTE["red"], ms=8,
                              animated=animated)  # fmt: skip

    def show(self, sizes):
        """Draw `sizes` (depth,), that of layer 1 first."""
        layers = np.arange(1, len(sizes) + 1)
        inside = (sizes >= LOW) & (sizes <= HIGH)
        self.line.set_data(layers[inside], sizes[inside])
        self.cut.set_data(layers[~inside], np.clip(sizes[~inside], LOW, HIGH))


def by_layer(ax):
    """Axes for `Sizes`: layers across, sizes in powers of ten, a line at 1."""
    ax.axhline(1, color=SOFT, ls="--", lw=1.4)
    ax.set_yscale("log")
    powers_of_ten = range(-20, 21, 10)
    ax.set_yticks([10.0**k for k in powers_of_ten],
                  ["10⁻²⁰", "10⁻¹⁰", "1", "10¹⁰", "10²⁰"])  # fmt: skip
    ax.minorticks_off()
    ax.set(xlim=(0, DEEPEST + 1), ylim=(LOW / 30, HIGH * 30))
    ax.set(xlabel="layer (1 stands next to the inputs)", ylabel="size of the gradient")


def through_layers(name="sigmoid", scale=1.0, depth=30):
    """A live figure: gradient size by layer, with activation, scale and depth."""
    fig, ax = figure()
    line = Sizes(ax, animated=True)
    by_layer(ax)

    def update(name, scale, depth):
        sizes = gradient_sizes(name, scale, depth)
        line.show(sizes)
        return formula(sizes)

    def describe(name, scale, depth):
        sizes = gradient_sizes(name, scale, depth)
        return (
            f"{depth} layers of {name}, weights scaled by {scale:.1f}: the gradient "
            f"shrinks or grows {factor(sizes):.2f} times at each layer, from 1 at the "
            f"top to {sizes[0]:.1e} at layer 1."
        )

    return Live(
        fig, update, alt=describe,
        name=Choice(list(FUNCTIONS), name, "activation"),
        scale=Slider(0.2, 4, 0.1, scale, "initial scale of the weights"),
        depth=Slider(2, DEEPEST, 1, depth, "depth", unit="layers"),
    )  # fmt: skip


def formula(sizes):
    """The product of the factors, with the mean factor, as LaTeX."""
    steps = len(sizes) - 1
    return (
        rf"(\text{{factor a layer}})^{{\text{{steps}}}} = "
        rf"{factor(sizes):.3f}^{{{steps}}} = {powers(float(sizes[0]))}"
    )
