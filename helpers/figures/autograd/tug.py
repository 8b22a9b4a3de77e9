"""Two samples that pull one weight two ways, and their mean in between."""

import numpy as np

from helpers.figures.parts.digits import signed
from helpers.live import Live, Slider
from helpers.live.style import DASHES, INK, PALETTE, figure

BIAS = 0.515
SAMPLES = {"leaf": (0.5, 0.8, "green"), "flower": (1.0, 0.2, "purple")}  # h, wanted
LOW, HIGH = -0.63, 0.85  # of the weight


def loss(sample, w):
    """Squared error of one sample at weight w: a parabola."""
    h, wanted, _ = SAMPLES[sample]
    return (w * h + BIAS - wanted) ** 2


def slope(sample, w):
    """Slope of `loss` along w, by the chain rule."""
    h, wanted, _ = SAMPLES[sample]
    return 2 * (w * h + BIAS - wanted) * h


def pull(w=0.17):
    """A live figure: one weight, two losses and their mean."""
    fig, ax = figure()
    across = np.linspace(LOW, HIGH, 201)
    for name, (_, _, colour) in SAMPLES.items():
        ax.plot(across, loss(name, across), color=PALETTE[colour], ls=DASHES[colour],
                label=f"loss of the {name}")  # fmt: skip
    middle = sum(loss(name, across) for name in SAMPLES) / 2
    ax.plot(across, middle, color=PALETTE["blue"], lw=3, label="mean")
    look = {"color": INK, "ms": 8, "clip_on": False, "animated": True}
    dots = [ax.plot([], [], "o", **look)[0] for _ in range(3)]
    ax.set(xlim=(LOW, HIGH), ylim=(0, 1.4), xlabel="weight w", ylabel="squared error")
    ax.figure.legend(loc="outside upper left", ncols=3)

    def update(w):
        losses = [loss(name, w) for name in SAMPLES]
        for dot, y in zip(dots, [*losses, np.mean(losses)], strict=True):
            dot.set_data([w], [y])
        return formula(w)

    def describe(w):
        leaf, flower = (slope(name, w) for name in SAMPLES)
        return (
            f"At weight {w:.2f} the slope of the leaf's loss is {leaf:.3f}, that of "
            f"the flower's {flower:.3f}, that of the mean {(leaf + flower) / 2:.3f}."
        )

    return Live(fig, update, alt=describe,
                w=Slider(LOW, HIGH, 0.02, w, "weight w"))  # fmt: skip


def formula(w):
    """The slope of the mean as the mean of the slopes, as LaTeX."""
    leaf, flower = (slope(name, w) for name in SAMPLES)
    both = f"{signed(leaf)} + {signed(flower)}"
    mean = f"{(leaf + flower) / 2:.3f}".replace("-0.000", "0.000")
    return rf"\text{{slope of the mean}} = \frac{{{both}}}{{2}} = {mean}"
