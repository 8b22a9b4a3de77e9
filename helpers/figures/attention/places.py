"""Rotary places: a query and a key, each turned by its own place."""

import numpy as np

from helpers.figures.parts.bars import minus
from helpers.figures.parts.digits import digits, signed
from helpers.figures.tokens.vectors import Angle, Arrow, plane
from helpers.live import Live, Slider, counted
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.attention import rotate

QUERY, KEY = np.array([2.0, 0.5]), np.array([1.5, 1.0])  # before any turning
LAST = 8  # place of a word, at most
FURTHER = 12  # places that both move on, at most
REACH = 2.6


def turned(x, place, angle):
    """`x`, (2,), turned by so many degrees a place."""
    return rotate(x, place * np.radians(angle))  # of one pair: a radian a place


def turn_places():
    """A live figure: two words at their places, and their score by the distance.

    Grey shows both arrows as they are at place 0.
    """
    fig, (left, right) = figure("wide", 1, 2)
    plane(left, 1.35 * REACH, REACH)
    for x, ls in ((QUERY, ":"), (KEY, "-.")):
        left.plot([0, x[0]], [0, x[1]], color=PALETTE["grey"], lw=1.2, ls=ls)
    between = Angle(left, animated=True)
    q_arrow = Arrow(left, "blue", "o", "q", animated=True)
    k_arrow = Arrow(left, "orange", "s", "k", animated=True)
    for line in left.get_lines():
        line.set_clip_on(False)
    left.set_title("each turned by its place; grey: at place 0")
    steps = np.arange(-LAST, LAST + 1)
    (curve,) = right.plot(steps, 0.0 * steps, "o", ms=5, color=PALETTE["green"],
                          ls=DASHES["green"], animated=True)  # fmt: skip
    (here,) = right.plot([], [], "D", ms=13, mfc="none", mew=2, color=PALETTE["ink"],
                         animated=True)  # fmt: skip
    right.set(xlim=(-LAST - 0.7, LAST + 0.7), ylim=(-4.2, 4.2),
              xlabel="distance, place of q − place of k",
              title="score, q · k after turning")  # fmt: skip
    right.grid()
    by_angle = {}

    def scores(angle):
        """By distance: (2 LAST + 1,)."""
        if angle not in by_angle:
            by_angle[angle] = [turned(QUERY, s, angle) @ KEY for s in steps]
        return by_angle[angle]

    def both(m, n, on, angle):
        return turned(QUERY, m + on, angle), turned(KEY, n + on, angle)

    def update(m, n, on, angle):
        q, k = both(m, n, on, angle)
        side = 1 if q[0] * k[1] - q[1] * k[0] >= 0 else -1  # of q that k is on
        q_arrow.show(*q, -side)
        k_arrow.show(*k, side)
        between.show(q, k)
        curve.set_ydata(scores(angle))
        here.set_data([m - n], [q @ k])
        q_turn, k_turn = (m + on) * angle, (n + on) * angle
        return [
            rf"\text{{q turned by }} {m + on} \cdot {angle}^\circ = {q_turn}^\circ"
            rf", \quad \text{{k turned by }} {n + on} \cdot {angle}^\circ = "
            rf"{k_turn}^\circ, \quad \text{{difference }} {(m - n) * angle}^\circ",
            rf"q \cdot k = {signed(q[0])} \cdot {signed(k[0])} + {signed(q[1])} \cdot "
            rf"{signed(k[1])} = {digits(q @ k)}",
        ]

    def describe(m, n, on, angle):
        q, k = both(m, n, on, angle)
        return minus(
            f"Two arrows, turned by {counted(angle, 'degree')} a place: the query at "
            f"place {m + on}, the key at place {n + on}. Their score is "
            f"{digits(q @ k)}. Beside them a curve of the score by the distance of the "
            f"places, marked at {m - n}."
        )

    return Live(
        fig, update, alt=describe,
        m=Slider(0, LAST, 1, 4, "place of the query"),
        n=Slider(0, LAST, 1, 2, "place of the key"),
        on=Slider(0, FURTHER, 1, 0, "both moved on by", ("place", "places"), play=True),
        angle=Slider(0, 60, 10, 20, "angle of a place", ("degree", "degrees")),
    )  # fmt: skip
