"""A soft look-up with three tokens: the query, keys and values as arrows."""

import numpy as np

from helpers.figures.parts.bars import minus
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import Distribution
from helpers.figures.tokens.vectors import Arrow, plane
from helpers.figures.tokens.vectors import digits as factor
from helpers.live import Drag, Live, Slider
from helpers.live.style import PALETTE, figure
from helpers.maths.attention import scores
from helpers.maths.loss import softmax

TOKENS = {"tom": ("blue", "o"), "red": ("orange", "s"), "ball": ("green", "^")}
KEYS = np.array([[-1.5, 1.0], [1.5, -1.0], [1.0, 1.5]])  # (3, 2)
VALUES = np.array([[-1.5, 0.5], [0.5, -2.0], [2.0, 1.5]])  # (3, 2)
MOVED = 2  # the token whose key and value the reader moves
REACH = 2  # of every number
AWAY = 0.5  # from an arrow's tip to its name
ROOM = (0.75, 0.42)  # that a name needs, across and up


class Arrows:
    """Named arrows from the origin of `ax`, their names clear of each other."""

    def __init__(self, ax, looks, animated=False):
        plane(ax, REACH + 0.75, REACH + 0.75)
        ax.set_xticks(range(-REACH, REACH + 1))
        ax.set_yticks(range(-REACH, REACH + 1))
        self.arrows = [
            Arrow(ax, colour, marker, name, animated)
            for name, (colour, marker) in looks.items()
        ]
        for arrow in self.arrows:
            arrow.name.set_fontsize(13)
            arrow.line.set_clip_on(False)
            arrow.tip.set_clip_on(False)

    def show(self, tips):
        """Point them at `tips`, shape (N, 2)."""
        names = []
        for k, (arrow, (x, y)) in enumerate(zip(self.arrows, tips, strict=True)):
            arrow.show(x, y)
            others = [tuple(tip) for n, tip in enumerate(tips) if n != k]
            names.append(clear_spot(x, y, [*others, *names]))
            arrow.name.set_position(names[-1])


def clear_spot(x, y, taken):
    """The place around the tip (x, y) that is clear of what is `taken` and the axis."""
    outwards = np.arctan2(y, x)
    spots = [
        (x + 1.2 * AWAY * np.cos(turn), y + AWAY * np.sin(turn))
        for turn in outwards + np.arange(8) * np.pi / 4
    ]

    def room(spot):
        apart = np.abs(np.subtract(taken, spot)) / ROOM  # (N, 2)
        outside = max(abs(spot[0]) - REACH - 0.35, abs(spot[1]) - REACH - 0.5, 0)
        level = abs(spot[1]) < ROOM[1] / 2  # struck through by the axis
        return round(min(apart.max(axis=1).min(), 1.0) - 9 * outside - 0.3 * level, 6)

    return max(spots, key=room)  # the first of the best: outwards


def soft_look_up():
    """A live figure: one query meets three keys, and their values are mixed.

    The reader moves the query and the key and value of the last token. The mix
    never leaves the triangle of the three values.
    """
    fig, (left, middle, right) = figure("wide", 1, 3, width_ratios=(1.15, 0.8, 1.15))
    keys = Arrows(left, {**TOKENS, "query": ("purple", "D")}, animated=True)
    values = Arrows(right, {**TOKENS, "mix": ("red", "P")}, animated=True)
    bars = Distribution(middle, list(TOKENS), np.full(3, 1 / 3), animated=True)
    (hull,) = right.plot([], [], color=PALETTE["soft"], ls=":", lw=1.4, animated=True,
                         clip_on=False)  # fmt: skip
    left.set_title("the query and the keys")
    middle.set(title="the weights", ylabel="")
    right.set_title("the values and their mix")

    def look_up(qx, qy, kx, ky, vx, vy):
        K, V = KEYS.copy(), VALUES.copy()
        K[MOVED], V[MOVED] = (kx, ky), (vx, vy)
        q = np.array([qx, qy])
        s = scores(q[None], K)[0]  # (3,)
        weights = softmax(s)
        return q, K, V, s, weights, weights @ V

    def update(**numbers):
        q, K, V, s, weights, mix = look_up(**numbers)
        keys.show([*K, q])
        values.show([*V, mix])
        hull.set_data(*np.array([*V, V[0]]).T)
        bars.show(weights)
        total = digits(np.exp(s).sum(), 2)
        lines = [
            rf"\text{{{token}: }} ({factor(q[0])} \cdot {factor(k[0])} + "
            rf"{factor(q[1])} \cdot {factor(k[1])}) / \sqrt{{2}} = {digits(one)}"
            rf" \qquad e^{{{digits(one)}}} / {total} = {digits(weight)}"
            for token, k, one, weight in zip(TOKENS, K, s, weights, strict=True)
        ]
        terms = " + ".join(
            rf"{digits(weight)} \cdot ({v[0]:g},\ {v[1]:g})"
            for weight, v in zip(weights, V, strict=True)
        )
        pair = rf"({digits(mix[0], 2)},\ {digits(mix[1], 2)})"
        return [*lines, rf"\text{{mix: }} {terms} = {pair}"]

    def describe(**numbers):
        q, _, _, _, weights, mix = look_up(**numbers)
        return minus(
            f"On the left the query ({q[0]:g}, {q[1]:g}) among three keys. Its weights "
            f"are {each(TOKENS, weights)}. On the right three values and their mix, "
            f"({digits(mix[0], 2)}, {digits(mix[1], 2)})."
        )

    def number(value, label):
        return Slider(-REACH, REACH, 0.5, value, label)

    name = list(TOKENS)[MOVED]
    return Live(
        fig, update, alt=describe,
        drag=[Drag(left, x="qx", y="qy"), Drag(left, x="kx", y="ky"),
              Drag(right, x="vx", y="vy")],
        qx=number(2, "query, first number"), qy=number(0.5, "query, second number"),
        kx=number(KEYS[MOVED, 0], f"key of {name}, first number"),
        ky=number(KEYS[MOVED, 1], f"key of {name}, second number"),
        vx=number(VALUES[MOVED, 0], f"value of {name}, first number"),
        vy=number(VALUES[MOVED, 1], f"value of {name}, second number"),
    )  # fmt: skip
