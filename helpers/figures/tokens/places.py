"""A one-hot vector of a real vocabulary: long, and empty but for one place."""

from helpers.live import Drag, Live, Slider
from helpers.live.controls import counted
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure

SIDE = 100  # rows of the picture, and places in a row
V = SIDE * SIDE


def one_of_many(index=42):
    """A live figure: a vector of 10,000 places, and where its single 1 is.

    The places, counted from 0, are drawn as 100 rows of 100. Dragging in them, or
    the sliders, moves the 1; it starts at `index`.
    """
    fig, ax = figure()
    ax.set(xlim=(-2, SIDE), ylim=(SIDE, -4))
    ax.set(xlabel="the last two digits of the index", ylabel="the digits before")
    ax.grid()
    (one,) = ax.plot([], [], "s", color=PALETTE["blue"], markersize=9, animated=True)
    name = ax.text(0, 0, "", weight="bold", va="center", animated=True)

    def said(index):
        return (
            f"{counted(index, 'zero')}, a 1, then {counted(V - 1 - index, 'zero')}. "
            f"Counted from 1, it is number {index + 1:,} of {V:,}."
        )

    def update(row, column):
        left = column < SIDE / 2
        one.set_data([column], [row])
        name.set_position((column + (3 if left else -3), row))
        name.set_ha("left" if left else "right")
        name.set_text(f"index {SIDE * row + column:,}")
        return words(said(SIDE * row + column))

    def describe(row, column):
        return f"A vector of {V:,} places. {said(SIDE * row + column)}"

    row, column = divmod(index, SIDE)
    return Live(
        fig, update, alt=describe, drag=[Drag(ax, x="column", y="row")],
        row=Slider(0, SIDE - 1, 1, row, "the digits before the last two"),
        column=Slider(0, SIDE - 1, 1, column, "the last two digits"),
    )  # fmt: skip
