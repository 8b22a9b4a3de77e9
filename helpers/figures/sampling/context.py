"""What a fixed window keeps of a text, what it forgets, and what it costs."""

import time
from collections import Counter, defaultdict
from math import log

import numpy as np
from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import boxes, visible
from helpers.figures.parts.digits import digits
from helpers.figures.probability.tables import Row
from helpers.live import Drag, Live, Slider, counted, still
from helpers.live.formula import words as said
from helpers.live.narrow import NARROW
from helpers.live.style import DASHES, PALETTE, figure

LONGEST = 20  # letters of a window in the picture
LINE, SMALL = 46, 19  # letters of a line, and on a narrow page
PAD = "·"  # before the text stands nothing


def next_letters(text, K):
    """What follows each window of K letters of a text: {window: Counter}.

    Before the text stand K dots, so that its first letters have windows too.
    """
    padded, after = PAD * K + text, defaultdict(Counter)
    for t, letter in enumerate(text):
        after[padded[t : t + K]][letter] += 1
    return after


def window_floor(text, K):
    """The lowest mean loss that a model with a window of K can reach on a text, nats.

    It gives each next letter its share among those that follow the same window: the
    entropy of the next letter given the window.
    """
    after = next_letters(text, K).values()
    total = sum(
        -n * log(n / counts.total()) for counts in after for n in counts.values()
    )
    return total / len(text)


class Page:
    """A text in lines of cells on `ax`; `show` frames a window and the letter after.

    Every other place where the same letters stand is framed by dashes.
    """

    def __init__(self, ax, text, animated=False, line=LINE):
        self.text, self.line = text, line
        rows = -(-len(text) // line)
        spare = line == LINE  # a cell at each side
        ax.set(xlim=(-spare, line + spare), ylim=(rows * 1.5 + 0.1, -0.4))
        ax.axis("off")
        for t, letter in enumerate(text):
            x, y, w, h = self.cell(t)
            ax.text(x + w / 2, y + h / 2, visible(letter), ha="center", va="center")

        def shape(colour, **style):
            patch = PathPatch(boxes([]), edgecolor=PALETTE[colour], fill=False,
                              animated=animated, **style)  # fmt: skip
            return ax.add_patch(patch)

        self.window = shape("blue", lw=2)
        self.others = shape("purple", lw=2, ls=(0, (3, 1.5)))
        self.target = shape("orange", lw=2.6, hatch="//", alpha=0.75)

    def cell(self, t):
        """x, y, width and height of the cell of letter t."""
        return t % self.line, t // self.line * 1.5, 1, 1.1

    def strips(self, start, stop):
        """The cells from start to stop as one box a line."""
        first = max(start, 0)
        found = []
        while first < stop:
            last = min(stop, (first // self.line + 1) * self.line)
            x, y, _, h = self.cell(first)
            found.append((x, y, last - first, h))
            first = last
        return found

    def show(self, t, K):
        """Frame the K letters before place t, and the letter there."""
        padded = PAD * K + self.text
        window = padded[t : t + K]
        same = [
            i for i in range(len(self.text)) if i != t and padded[i : i + K] == window
        ]
        self.window.set_path(boxes(self.strips(t - K, t)))
        self.target.set_path(boxes([self.cell(t)]))
        self.others.set_path(
            boxes([box for i in same for box in self.strips(i - K, i + 1)])
        )


def slide_window(text, K=12, place=15):
    """A live figure: a window of K letters over `text`, and what may come after it.

    Beneath, the share of each next letter after the same window, and the lowest loss
    for each K. Nothing is trained: the letters are counted.
    """
    letters = sorted(set(text))
    floors = [window_floor(text, k) for k in range(1, LONGEST + 1)]

    def drawn(narrow=False):
        if narrow:
            shape = {"mosaic": "p;l;r", "height_ratios": (1.2, 1, 1)}
        else:
            shape = {"mosaic": "pp;lr", "height_ratios": (1, 1.5),
                     "width_ratios": (1, 1.2)}  # fmt: skip
        fig, axes = figure((NARROW, 780) if narrow else (860, 470), **shape)
        page = Page(axes["p"], text, animated=True, line=SMALL if narrow else LINE)
        bars = Row(axes["l"], [visible(c) for c in letters], animated=True)
        axes["l"].set_title("the next letter after this window")
        right = axes["r"]
        right.plot(range(1, LONGEST + 1), floors, "o-", color=PALETTE["blue"], ms=5)
        (here,) = right.plot([], [], "D", ms=11, color=PALETTE["orange"], animated=True)
        right.set(xlim=(0.5, LONGEST + 0.5), ylim=(-0.06, 1.45))
        right.set(xlabel="window K, letters", ylabel="nats a letter")
        right.set_title("the lowest loss that a window allows")
        right.set_xticks([1, 4, 8, 12, 16, 20])
        right.grid(axis="y")

        def update(place, K):
            page.show(place - 1, K)
            counts, own = following(K, place), text[place - 1]
            p = np.array([counts[c] for c in letters]) / counts.total()  # (V,)
            bars.show(p, letters.index(own))
            here.set_data([K], [floors[K - 1]])
            return digits_of(counts, own, K)

        return fig, update, [Drag(right, x="K")]

    after = {k: next_letters(text, k) for k in range(1, LONGEST + 1)}

    def following(K, place):
        return after[K][(PAD * K + text)[place - 1 : place - 1 + K]]

    def digits_of(counts, own, K):
        n, total = counts[own], counts.total()
        return [
            rf"-\ln P({said(visible(own))} \mid \text{{window}}) = "
            rf"-\ln \frac{{{n}}}{{{total}}} = {digits(-log(n / total) + 0.0)}",
            rf"\text{{mean over all }}{len(text)}\text{{ letters: }}"
            rf"{digits(floors[K - 1], 4)}",
        ]

    def describe(place, K):
        window = (PAD * K + text)[place - 1 : place - 1 + K]
        counts = ", ".join(f"{visible(c)} {n}" for c, n in following(K, place).items())
        return (
            f"The text with a window of {counted(K, 'letter')}, “{visible(window)}”. "
            f"In the whole text it is followed by: {counts}. The lowest mean loss "
            f"with this window is {floors[K - 1]:.4f}."
        )

    fig, update, drag = drawn()
    return Live(
        fig, update, alt=describe, drag=drag, narrow=lambda: drawn(True),
        place=Slider(1, len(text), 1, place, "place of the next letter", play=True),
        K=Slider(1, LONGEST, 1, K, "window K", ("letter", "letters")),
    )  # fmt: skip


# ---- windows of words


def window_losses(losses, floor, bigram=None, floors=None):
    """A still picture: held-out loss by window, ``{words: nats a word}``.

    `floors` holds the lowest loss that each window allows. The description holds no
    number that was trained, as those vary.
    """
    fig, ax = figure()
    windows, found = list(losses), list(losses.values())
    ax.plot(windows, found, "o-", color=PALETTE["orange"], ms=9, label="trained")
    said = ""
    if floors:
        ax.plot(list(floors), list(floors.values()), "D", ls="--", ms=6,
                color=PALETTE["blue"], label="the lowest of this window")  # fmt: skip
        fig.legend(loc="outside upper left", ncols=2)
        listed = ", ".join(f"{low:.3f}" for low in floors.values())
        said = f" Dashed below it, the lowest loss that each window allows: {listed}."
    for window, loss in losses.items():
        ax.text(window * 1.05, loss + 0.03, f"{loss:.2f}", va="bottom")
    ax.axhline(floor, color=PALETTE["soft"], ls=DASHES["orange"], lw=1.5)
    ax.text(1, floor - 0.03, f"floor {floor:.2f}", va="top", color=PALETTE["soft"])
    top = max(found)
    if bigram is not None:
        ax.plot([1], [bigram], "s", color=PALETTE["blue"], ms=9)
        ax.text(1.08, bigram, "bigram, counted", va="center")
        top = max(top, bigram)
    ax.set(xscale="log", xlim=(0.9, windows[-1] * 1.4), ylim=(0, top * 1.15))
    ax.set_xticks([1, *windows], ["1", *map(str, windows)])
    ax.minorticks_off()
    ax.set(xlabel="window, words", ylabel="held-out loss, nats a word")
    return still(
        fig,
        "Held-out loss against the length of the window: a falling line through "
        f"{', '.join(map(str, windows))} words, steep at first and then flat, above "
        f"the floor of {floor:.2f}.{said}",
    )


# ---- what context costs


def multiplications(window, width=24, hidden=128, V=96):
    """How often a window MLP multiplies for one next word.

    Each of window · width numbers meets each hidden unit, and each unit each word.
    """
    return window * width * hidden + hidden * V


def fastest(work, times=12):
    """Seconds that work() takes, the fewest of so many times.

    Whatever else the computer does can only add to them.
    """
    measured = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        measured.append(time.perf_counter() - start)
    return min(measured)


def seconds_per_word(window, batch=32, text=0):
    """Measured seconds for one next word of an untrained window MLP.

    `text` words stand before it, of which it sees the last `window`. A batch is
    answered at once and its time shared out.
    """
    import torch

    from helpers.maths.models import WindowMLP

    model = WindowMLP(window=window)
    ids = torch.zeros(batch, max(text, window), dtype=torch.int64)
    with torch.no_grad():
        return fastest(lambda: model(ids[:, -window:])) / batch


def counted_and_measured(contexts, counted, measured, ticks):
    """A figure with two curves against the words before: counted, and measured.

    `counted` maps the name of a curve to products a word, `measured` to seconds a
    word; the first curve is the one that rises most. `ticks` are (places, texts).
    """
    fig, axes = figure("wide", 1, 2)
    looks = [("s--", "blue"), ("^:", "purple")]
    halves = [
        (counted, 1e6, "counted: millions of products a word"),
        (measured, 1e-6, "measured here: microseconds a word"),
    ]
    for ax, (curves, unit, title) in zip(axes, halves, strict=True):
        for (name, values), (look, colour) in zip(curves.items(), looks, strict=True):
            values = np.array(values) / unit
            label = name if ax is axes[0] else None
            ax.plot(contexts, values, look, color=PALETTE[colour], ms=8, label=label)
        rising = np.array(next(iter(curves.values()))) / unit
        ax.set(xlim=(0, 1.06 * contexts[-1]), ylim=(0, 1.2 * rising.max()))
        ax.set_xticks(*ticks)
        ax.set(xlabel="words before it", title=title)
        ax.grid(axis="y")
    fig.legend(loc="outside upper left", ncols=2)
    return fig


def time_against_context(windows=(16, 128, 256, 512, 1024)):
    """A still picture: counted products and measured time for a word, by the text.

    Once with a window that grows with the text, once with the first of `windows`.
    """
    small = windows[0]
    grows, stays = "a window as long as the text", f"a window of {small}"
    fig = counted_and_measured(
        windows,
        {grows: [multiplications(window) for window in windows],
         stays: [multiplications(small)] * len(windows)},
        {grows: [seconds_per_word(window) for window in windows],
         stays: [seconds_per_word(small, text=text) for text in windows]},
        ([0, 256, 512, 768, 1024], ["0", "256", "512", "768", "1,024"]),
    )  # fmt: skip
    return still(
        fig,
        "Two pictures against the number of words before: on the left the counted "
        "products for one word, on the right the time that it took in this run. Both "
        f"rise where the window grows with the text. With a window of {small} both "
        "stay as they are.",
    )
