"""How many knobs a network has: the network drawn, and its place among others."""

import numpy as np

from helpers.live import Live, Slider, counted
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure
from helpers.maths.knobs import count_knobs

WIDTHS = [k * 10**n for n in range(5) for k in (1, 2, 5)] + [100_000]
LAYERS = [1, 2, 3, 5, 10, 20, 30, 50, 100]

# Trainable numbers, each from its own paper (GPT-2's from the published model,
# as the paper's count was corrected later).
KNOWN = {
    "a line\n2": 2,
    "LeNet-5, 1998\n60 thousand": 60_000,
    "GPT-2 small, 2019\n124 million": 124_439_808,
    "GPT-3, 2020\n175 billion": 175_000_000_000,
}

MOST = (7, 5)  # columns and units a column that are drawn
UNITS = [("year", 31_557_600), ("day", 86_400), ("hour", 3600), ("minute", 60)]


def count_network(width, layers):
    """Knobs of `layers` layers with `width` inputs and `width` outputs each."""
    return layers * count_knobs(width, width)


class Network:
    """Columns of units on `ax`, all of one column joined to all of the next.

    At most 7 columns of 5 units are drawn; the line beneath says of how many.
    """

    def __init__(self, ax, width, layers, animated=False):
        (self.joins,) = ax.plot([], [], lw=1, color=PALETTE["blue"], animated=animated)
        (self.units,) = ax.plot([], [], "o", ms=11, color=PALETTE["orange"],
                                animated=animated)  # fmt: skip
        self.note = ax.text(3, -0.75, "", ha="center", va="top", animated=animated)
        ax.set(xlim=(-0.5, 6.5), ylim=(-1.6, 4.5))
        ax.axis("off")
        self.show(width, layers)

    def show(self, width, layers):
        """Draw `layers` layers of `width` units."""
        columns, rows = min(layers + 1, MOST[0]), min(width, MOST[1])
        x = np.arange(columns) + (MOST[0] - columns) / 2  # centred
        y = np.arange(rows) + (MOST[1] - rows) / 2
        self.units.set_data(np.repeat(x, rows), np.tile(y, columns))
        gap = np.nan  # lifts the pen between two joins
        joins = [
            ([p, q, gap], [r, s, gap])
            for p, q in zip(x, x[1:], strict=False)
            for r in y
            for s in y
        ]
        self.joins.set_data(np.concatenate(joins, axis=1))
        self.note.set_text(self.said(width, layers))

    @staticmethod
    def said(width, layers):
        """What is drawn, in words: a part of a network too large to draw whole."""
        most_layers, most_units = MOST[0] - 1, MOST[1]
        parts = []
        if layers > most_layers:
            parts.append(f"{most_layers} of {layers} layers")
        if width > most_units:
            parts.append(f"{most_units} of {width:,} units a layer")
        return f"drawn: {', '.join(parts) or 'all of it'}"


class Scale:
    """A line of numbers from 1 to 10¹³ on `ax`, ten times a step, with known sizes."""

    def __init__(self, ax, count, animated=False):
        ax.axhline(0, color=PALETTE["soft"], lw=1)
        for name, size in KNOWN.items():
            ax.plot([size], [0], "|", ms=16, mew=2, color=PALETTE["ink"])
            ax.text(size, -0.42, name, ha="center", va="top", fontsize=12,
                    linespacing=1.35)  # fmt: skip
        (self.mark,) = ax.plot([count], [0], "v", ms=13, color=PALETTE["orange"],
                               animated=animated)  # fmt: skip
        self.text = ax.text(count, 0.62, "", ha="center", va="bottom",
                            fontweight="bold", animated=animated)  # fmt: skip
        ax.set(xscale="log", xlim=(0.2, 2e13), ylim=(-1.9, 1.5))
        ax.axis("off")
        self.show(count)

    def show(self, count):
        """Move the mark to `count`."""
        self.mark.set_data([count], [0.35])
        self.text.set_x(min(max(count, 3), 3e11))
        self.text.set_text(f"{in_words(count)} knobs")


def in_words(count):
    """A number with at most three digits before its word: 1.5 million."""
    for word, size in [("trillion", 1e12), ("billion", 1e9), ("million", 1e6)]:
        if count >= size:
            return f"{float(f'{count / size:.3g}'):g} {word}"
    return f"{count:,}"


def as_time(seconds):
    """Whole seconds in the largest unit that fits, two digits: about 32,000 years."""
    for unit, length in UNITS:
        if seconds >= length:
            amount = int(float(f"{seconds / length:.2g}"))
            return f"about {counted(amount, unit)}"
    return f"{seconds} seconds"


def count_up(width=1, layers=1):
    """A live figure: width and layers of a network, and how many knobs it has."""
    fig, (top, bottom) = figure((560, 360), 2, 1, height_ratios=[3, 2])
    network = Network(top, width, layers, animated=True)
    scale = Scale(bottom, count_network(width, layers), animated=True)

    def update(width, layers):
        network.show(width, layers)
        total = count_network(width, layers)
        scale.show(total)
        one, wide = _digits(count_knobs(width, width)), _digits(width)
        return [
            rf"\text{{one layer: }} {wide} \cdot {wide} \text{{ weights}} "
            rf"+ {wide} \text{{ biases}} = {one}",
            rf"\text{{all layers: }} {layers} \cdot {one} = {_digits(total)}",
            words(f"turning one knob a second takes {as_time(total)}"),
        ]

    def describe(width, layers):
        total = count_network(width, layers)
        return (
            f"A network of {counted(layers, 'layer')}, {counted(width, 'unit')} wide, "
            "above a line of numbers with marks for known models. "
            f"It has {total:,} knobs."
        )

    return Live(
        fig, update, alt=describe,
        width=Slider.over(WIDTHS, width, "units a layer"),
        layers=Slider.over(LAYERS, layers, "layers"),
    )  # fmt: skip


def _digits(number):
    return rf"\text{{{number:,}}}"  # in words, so that no space follows a comma
