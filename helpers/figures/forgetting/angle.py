"""Two tasks of one sample each, at an angle: how much of the first is lost."""

import numpy as np

from helpers.live import Live, Slider
from helpers.live.style import DASHES, INK, PALETTE, figure
from helpers.maths.forgetting.formulas import angle_loss, second_task


class Plane:
    """The two weights on `ax`: what each task asks for, and the way to the second."""

    def __init__(self, ax, animated=False):
        ax.plot([0, 0], [-0.45, 1.45], color=PALETTE["grey"], ls="-", lw=1.6,
                label="solves task 1")  # fmt: skip
        (self.second,) = ax.plot([], [], color=PALETTE["purple"], lw=1.6,
                                 ls=DASHES["purple"], label="solves task 2",
                                 animated=animated)  # fmt: skip
        (self.lost,) = ax.plot([], [], color=PALETTE["red"], ls=DASHES["red"], lw=3,
                               label="lost of task 1", animated=animated)  # fmt: skip
        (self.way,) = ax.plot([], [], color=PALETTE["orange"], lw=3,
                              ls=DASHES["orange"], label="the way to it",
                              animated=animated)  # fmt: skip
        (self.mark,) = ax.plot([], [], "D", ms=9, color=PALETTE["orange"],
                               animated=animated)  # fmt: skip
        ax.plot(0, 0, "o", ms=8, mfc="none", mec=INK)
        ax.plot(0, 1, "*", ms=13, color=INK)
        ax.text(-0.06, 1.0, "w*", ha="right", va="center", color=INK)
        ax.text(-0.06, 0.0, "start", ha="right", va="center", color=INK)
        ax.set(xlim=(-0.75, 1.35), ylim=(-0.45, 1.45), xlabel="w₁", ylabel="w₂")
        ax.set_aspect("equal")

    def show(self, degrees):
        """Set the angle between the tasks."""
        theta = np.radians(degrees)
        along = np.array([np.sin(theta), -np.cos(theta)])  # the line through w*
        ends = np.array([[0, 1] + t * along for t in (-2.5, 2.5)])  # (2, 2)
        self.second.set_data(*ends.T)
        w = second_task(degrees)
        self.way.set_data([0, w[0]], [0, w[1]])
        self.mark.set_data([w[0]], [w[1]])
        self.lost.set_data([0, w[0]], [w[1], w[1]])


class Curve:
    """¼ sin² 2θ on `ax`, with a mark at one angle."""

    def __init__(self, ax, animated=False):
        degrees = np.linspace(0, 90, 181)
        ax.plot(degrees, angle_loss(degrees), color=PALETTE["blue"])
        (self.mark,) = ax.plot([], [], "D", ms=10, color=PALETTE["orange"],
                               clip_on=False, animated=animated)  # fmt: skip
        ax.set(xlim=(0, 90), ylim=(0, 0.3), xlabel="angle θ in degrees",
               ylabel="error on task 1")  # fmt: skip
        ax.set_xticks(range(0, 91, 15))
        ax.grid()

    def show(self, degrees):
        """Set the angle."""
        self.mark.set_data([degrees], [angle_loss(degrees)])


def turn_the_task(degrees=30):
    """A live figure: the second task turns, and the first is lost or not."""
    fig, (left, right) = figure("wide", 1, 2, width_ratios=[1, 1.2])
    plane, curve = Plane(left, animated=True), Curve(right, animated=True)
    fig.legend(*left.get_legend_handles_labels(), loc="outside upper left", ncols=4)

    def update(degrees):
        plane.show(degrees)
        curve.show(degrees)
        w = second_task(degrees)
        return [
            rf"w = \sin({degrees}^\circ) \cdot "
            rf"(\cos({degrees}^\circ), \sin({degrees}^\circ)) "
            rf"= ({w[0]:.3f}, {w[1]:.3f})",
            rf"\frac{{1}}{{4}} (\sin {2 * degrees}^\circ)^2 "
            rf"= {angle_loss(degrees):.4f}",
        ]

    def describe(degrees):
        w = second_task(degrees)
        return (
            f"The tasks stand at {degrees} degrees. After the second the weights are "
            f"({w[0]:.3f}, {w[1]:.3f}), and the squared error on the first is "
            f"{angle_loss(degrees):.4f}. A curve shows the error from 0 to 90 degrees, "
            "highest at 45."
        )

    angle = Slider(0, 90, 3, degrees, "angle θ", unit="°", play=True)
    return Live(fig, update, alt=describe, degrees=angle)
