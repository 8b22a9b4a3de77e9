"""A small map of words: two numbers a word, and the angle between two of them."""

import numpy as np

from helpers.figures.parts.cells import cut
from helpers.figures.tokens.vectors import Angle, Arrow, cosine_lines, plane
from helpers.live import Choice, Drag, Live, Slider, Text
from helpers.live.style import PALETTE, figure
from helpers.maths.vectors import cosine

# Placed by hand: to the right what is pleasant, upwards what is warm.
WEATHER = {
    "good": (3.5, 0.0),
    "sunny": (3.0, 1.5),
    "warm": (1.5, 2.5),
    "hot": (-1.0, 3.0),
    "muggy": (-2.5, 2.0),
    "awful": (-3.5, 0.0),
    "rainy": (-2.5, -1.5),
    "cold": (-1.5, -3.0),
    "cool": (2.0, -2.0),
}
CHINESE = {
    "good": "好", "sunny": "晴朗", "warm": "暖和", "hot": "热", "muggy": "闷热",
    "awful": "糟糕", "rainy": "下雨", "cold": "冷", "cool": "凉爽",
}  # fmt: skip


class WordMap:
    """The words of `places`, {word: (x, y)}, as points with their names on `ax`."""

    def __init__(self, ax, places, translations=None):
        plane(ax, 4.8, 3.6)
        ax.set(xlabel="first number: pleasant", ylabel="second number: warm")
        for word, (x, y) in places.items():
            ax.plot([x], [y], "o", color=PALETTE["grey"], markersize=7)
            other = (translations or {}).get(word, "")
            ax.text(x, y + 0.2, f"{other} {word}".strip(), ha="center", va="bottom")


class Cosines:
    """A bar from −1 to 1 for each word; `show(cosines, k)` marks word k."""

    def __init__(self, ax, words, animated=False):
        rows = np.arange(len(words))
        self.bars = ax.barh(rows, 0, height=0.62, animated=animated)
        self.texts = [
            ax.text(1.12, row, "", va="center_baseline", animated=animated)
            for row in rows
        ]
        ax.set(xlim=(-1, 1), ylim=(len(words) - 0.4, -0.6), xlabel="cosine")
        ax.set_yticks(rows, words)
        ax.tick_params(axis="y", length=0)
        ax.set_xticks([-1, 0, 1], ["−1", "0", "1"])
        ax.axvline(0, color=PALETTE["soft"], linewidth=1)

    def show(self, cosines, k):
        """Set the bars to `cosines`, shape (K,); None where there is no direction."""
        for i, (bar, text) in enumerate(zip(self.bars, self.texts, strict=True)):
            value = None if cosines is None else cosines[i]
            colour = PALETTE["orange" if i == k else "blue"]
            bar.set_width(value or 0)
            bar.set_facecolor(colour)
            bar.set_hatch("//" if i == k else None)
            bar.set_edgecolor("white" if i == k else colour)
            text.set_text("none" if value is None else f"{value:.2f}".replace("-", "−"))


def place_a_word(places=WEATHER, translations=CHINESE, word="windy", at=(-2, -0.5)):
    """Live: drag a word of your own over the map; its cosine to all the others."""
    fig, (ax, side) = figure((860, 360), 1, 2, width_ratios=(2.3, 1))
    WordMap(ax, places, translations)
    names, points = list(places), np.array(list(places.values()), dtype=float)
    theirs = Arrow(ax, "orange", "s", animated=True)
    yours = Arrow(ax, "blue", "D", animated=True)
    between = Angle(ax, animated=True)
    bars = Cosines(side, names, animated=True)
    mine_said = ax.set_title("", color=PALETTE["blue"], animated=True)
    other_said = ax.set_title("", loc="right", color=PALETTE["orange"], animated=True)

    def update(word, x, y, other):
        k, mine = names.index(other), np.array([x, y], dtype=float)
        mine_said.set_text(f"◆ u: {cut(word, 20) or 'your word'}")
        other_said.set_text(f"■ v: {other}")
        yours.show(x, y)
        theirs.show(*points[k])
        between.show(mine, points[k])
        bars.show([cosine(mine, p) for p in points] if mine.any() else None, k)
        return cosine_lines(mine, points[k])

    def describe(word, x, y, other):
        said = f"A map of {len(names)} weather words. {word or 'Your word'} stands at "
        there = ", ".join(f"{value:g}" for value in places[other])
        said += f"({x:g}, {y:g}), {other} at ({there})."
        if not (x or y):
            return f"{said} At the origin it has no direction, so no cosine."
        near = names[int(np.argmax([cosine([x, y], p) for p in points]))]
        alike = cosine([x, y], places[other])
        return f"{said} Their cosine is {alike:.3f}; nearest in direction is {near}."

    return Live(
        fig, update, alt=describe, drag=[Drag(ax, x="x", y="y")],
        word=Text(word, "your word", 20, ["foggy", "多云"]),
        other=Choice(names, "sunny", "compare with"),
        x=Slider(-4.5, 4.5, 0.5, at[0], "first number (pleasant)"),
        y=Slider(-3, 3, 0.5, at[1], "second number (warm)"),
    )  # fmt: skip
