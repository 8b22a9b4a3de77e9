"""The residual road: what it and the norm do to a gradient on its way down."""

from helpers.figures.autograd.depth import Sizes, by_layer
from helpers.figures.parts.digits import powers
from helpers.live import Choice, Live, Slider
from helpers.live.style import figure
from helpers.maths.depth import DEEPEST, FUNCTIONS, gradient_sizes

WAYS = {  # name: (road, norm), what a layer makes of h, colour and marker
    "plain": ((False, False), "f(W h)", "orange", "s"),
    "road": ((True, False), "h + f(W h)", "purple", "^"),
    "road and norm": ((True, True), r"h + f(W \text{ norm}(h))", "blue", "o"),
}
SCALES = [0.2, 0.5, 1.0, 1.4, 2.0, 4.0]
DEPTHS = [2, 5, 10, 20, 30, 40, DEEPEST]


def residual_slopes(name="ReLU", scale=1.0, depth=DEEPEST):
    """A live figure: gradient size by layer, plain, on a road, and with a norm."""
    fig, ax = figure((860, 360))
    lines = [Sizes(ax, colour, marker, way, 5, animated=True)
             for way, (_, _, colour, marker) in WAYS.items()]  # fmt: skip
    by_layer(ax)
    fig.legend(loc="outside upper left", ncols=3)

    def found(name, scale, depth):
        return [gradient_sizes(name, scale, depth, *way) for way, *_ in WAYS.values()]

    def update(name, scale, depth):
        every = found(name, scale, depth)
        for line, sizes in zip(lines, every, strict=True):
            line.show(sizes)
        return [
            rf"\text{{{way}: }} h \leftarrow {layer}, \quad "
            rf"\text{{at layer 1: }} {powers(float(sizes[0]), 2)}"
            for (way, (_, layer, _, _)), sizes in zip(WAYS.items(), every, strict=True)
        ]

    def describe(name, scale, depth):
        plain, road, norm = (f"{sizes[0]:.3g}" for sizes in found(name, scale, depth))
        return (
            f"Three lines of gradient size down {depth} layers of {name}, weights "
            f"scaled by {scale:g}, from 1 at the top: at layer 1 a plain network has "
            f"{plain}, one with a residual road {road}, with road and norm {norm}."
        )

    return Live(
        fig, update, alt=describe,
        name=Choice(list(FUNCTIONS), name, "activation f"),
        scale=Slider.over(SCALES, scale, "initial scale of the weights"),
        depth=Slider.over(DEPTHS, depth, "depth", "layers"),
    )  # fmt: skip
