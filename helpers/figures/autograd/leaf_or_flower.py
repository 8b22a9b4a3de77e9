"""The things of leaf or flower on a map, and the border that a network draws there.

Across is red, up is volume. Green and blue are held at those of the course's leaf
where the border is drawn.
"""

import functools

import numpy as np
from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import boxes
from helpers.figures.parts.digits import signed
from helpers.live import Choice, Live, Slider, counted
from helpers.live.style import INK, PALETTE, figure
from helpers.maths import leaf_or_flower as lf

RED, VOLUME = (-5, 245), (0, 26)  # the map's ends
LOOKS = {"leaf": ("o", "green"), "flower": ("^", "purple")}
# Epochs that the training can be stopped at: close together while much happens.
STOPS = [*range(0, 20), *range(20, 60, 2), *range(60, lf.EPOCHS + 1, 5)]


class Map:
    """The 60 things on `ax`, with a border between leaf and flower.

    `show` takes a function inputs (..., 4) -> outputs (..., 2). The side of the
    leaves is hatched, and things on the wrong side stand on a cross.
    """

    def __init__(self, ax, animated=False):
        self.ax = ax
        self.samples = np.array([thing for thing, _ in lf.things()], dtype=float)
        self.inputs, self.wanted = lf.arrays()  # (N, 4), (N, 2)
        labels = np.array([label for _, label in lf.things()])
        # Drawn again with every move, as they stand on what moves.
        self.side = ax.add_patch(PathPatch(
            boxes([]), facecolor="none", edgecolor=PALETTE["green"], hatch="//",
            lw=0, alpha=0.75, animated=animated,
        ))  # fmt: skip
        self.border = ax.add_patch(PathPatch(
            boxes([]), facecolor="none", edgecolor=INK, lw=2.2, animated=animated,
        ))  # fmt: skip
        for label, (marker, colour) in LOOKS.items():
            red, _, _, volume = self.samples[labels == label].T
            ax.plot(red, volume, marker, color=PALETTE[colour], ms=7, label=label,
                    zorder=3, animated=animated)  # fmt: skip
        (self.wrong,) = ax.plot([], [], "x", color=PALETTE["red"], ms=15, mew=2,
                                zorder=2.5, animated=animated)  # fmt: skip
        self.wrong.set_label("mistake")
        ax.set(xlim=RED, ylim=VOLUME, xlabel="red, 0 to 255", ylabel="volume, cm³")
        red, volume = np.meshgrid(np.linspace(*RED, 61), np.linspace(*VOLUME, 53))
        grid = np.stack([red, 0 * red + lf.LEAF[1], 0 * red + lf.LEAF[2], volume], -1)
        self.red, self.volume, self.grid = red, volume, lf.scaled(grid)  # (53, 61, 4)

    def show(self, outputs):
        """Draw the border of `outputs`; returns the outputs (N, 2) for the things."""
        lead = np.subtract(*np.moveaxis(outputs(self.grid), -1, 0))  # (53, 61)
        self.side.set_path(self._path(lead, filled=True))
        self.border.set_path(self._path(lead, filled=False))
        got = outputs(self.inputs)
        wrong = lf.mistakes(got, self.wanted)
        self.wrong.set_data(*self.samples[wrong][:, [0, 3]].T)
        return got

    def _path(self, lead, filled):
        """Where `lead` is above 0, or just 0, in the coordinates of the map."""
        if not lead.min() < 0 < lead.max():  # one side has everything
            whole = (RED[0], VOLUME[0], np.ptp(RED), np.ptp(VOLUME))
            return boxes([whole] if filled and lead.max() > 0 else [])
        draw = self.ax.contourf if filled else self.ax.contour
        curves = draw(self.red, self.volume, lead, [0, 1e6] if filled else [0])
        (path,) = curves.get_paths()
        curves.remove()
        return path


def by_hand(red=0.1, volume=0.1, bias=0.5):
    """A live figure: one unit with three knobs, and its mistakes on the 60 things.

    Its output says how much it takes a thing for a leaf; the flower gets the rest
    to 1.
    """
    fig, ax = figure()
    drawing = Map(ax, animated=True)
    ax.figure.legend(loc="outside upper left", ncols=3)

    def outputs(red, volume, bias):
        def function(x):  # (..., 4)
            leaf = red * x[..., 0] + volume * x[..., 3] + bias
            return np.stack([leaf, 1 - leaf], -1)

        return function

    def update(red, volume, bias):
        got = drawing.show(outputs(red, volume, bias))
        r, v = lf.scaled(lf.LEAF)[[0, 3]]
        by_red = rf"{signed(red, 2)} \cdot {signed(r, 2)}"
        terms = rf"{by_red} + {signed(volume, 2)} \cdot {v:.2f}"
        return [
            rf"\text{{output for our leaf}} = {terms} + {bias:.2f} = {got[0, 0]:.2f}",
            told(got, drawing.wanted),
        ]

    def describe(red, volume, bias):
        got = outputs(red, volume, bias)(drawing.inputs)
        return _describe(got, drawing.wanted, "a straight border")

    return Live(
        fig, update, alt=describe,
        red=Slider(-0.5, 0.5, 0.05, red, "weight of red"),
        volume=Slider(-0.5, 0.5, 0.05, volume, "weight of volume"),
        bias=Slider(0, 1, 0.05, bias, "bias"),
    )  # fmt: skip


@functools.cache
def history(hidden):
    """Weights at every epoch of the course's training, with 1, 2 or 3 units."""
    return lf.train(lf.start(hidden), *lf.arrays())


def watch_training(epoch=0, hidden=3):
    """A live figure: the border and the loss as the network learns.

    One control is the epoch, the other the number of hidden units.
    """
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1.25, 1))
    drawing = Map(left, animated=True)
    left.figure.legend(loc="outside upper left", ncols=3)
    epochs = np.arange(lf.EPOCHS + 1)
    (curve,) = right.plot(epochs, 1 + 0 * epochs, color=PALETTE["blue"], animated=True)
    (dot,) = right.plot([0], [1], "o", color=INK, ms=9, clip_on=False, zorder=4,
                        animated=True)  # fmt: skip
    right.set_yscale("log")
    right.set(xlim=(0, lf.EPOCHS), ylim=(0.005, 1.2), xlabel="epoch", ylabel="loss")
    right.set_yticks([1, 0.1, 0.01], ["1", "0.1", "0.01"])
    right.minorticks_off()
    right.grid(axis="y")

    @functools.cache
    def losses(hidden):
        return np.array([
            lf.squared_error(lf.outputs(w, drawing.inputs), drawing.wanted)
            for w in history(hidden)
        ])  # fmt: skip

    def outputs(epoch, hidden):
        return functools.partial(lf.outputs, history(hidden)[epoch])

    def update(epoch, hidden):
        got = drawing.show(outputs(epoch, hidden))
        curve.set_ydata(losses(hidden))
        dot.set_data([epoch], [losses(hidden)[epoch]])
        return told(got, drawing.wanted)

    def describe(epoch, hidden):
        got = outputs(epoch, hidden)(drawing.inputs)
        units = counted(hidden, "hidden unit")
        border = f"the border of {units} after {counted(epoch, 'epoch')}"
        return _describe(got, drawing.wanted, border)

    return Live(
        fig, update, alt=describe,
        epoch=Slider.over(STOPS, epoch, "epoch", play=True),
        hidden=Choice([1, 2, 3], hidden, "hidden units"),
    )  # fmt: skip


def told(got, wanted):
    """Loss and mistakes as LaTeX: (N, 2), (N, 2) -> str."""
    wrong, count = lf.mistakes(got, wanted).sum(), len(got)
    loss = lf.squared_error(got, wanted)
    return (
        rf"\text{{loss}} = \frac{{{loss * count:.2f}}}{{{count}}} = {loss:.3f}"
        rf"\quad \text{{mistakes: }} {wrong} \text{{ of }} {count}"
    )


def _describe(got, wanted, border):
    wrong, loss = lf.mistakes(got, wanted).sum(), lf.squared_error(got, wanted)
    return (
        f"A map of 60 things by red and volume, 30 leaves as dots in the middle left "
        f"and 30 flowers as triangles around them, with {border}. {wrong} are on the "
        f"wrong side, the loss is {loss:.3f}."
    )
