"""A window of letters goes in as vectors, a score for each letter comes out."""

import numpy as np
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch

from helpers.figures.parts.cells import boxes, visible
from helpers.figures.parts.digits import digits, powers
from helpers.live import Choice, Live, Slider, Text
from helpers.live.formula import words as said
from helpers.live.style import PALETTE, figure


class OneHotWindow:
    """K one-hot vectors side by side on `ax`, a row for each letter of `letters`."""

    def __init__(self, ax, letters, K, animated=False):
        self.letters, self.K = letters, K
        V = len(letters)
        ax.set(xlim=(-0.5, K - 0.5), ylim=(V - 0.4, -1.8))
        for row in range(V):
            ax.plot([-0.3, K - 0.7], [row, row], color=PALETTE["grid"], lw=1.5,
                    ls=(0, (1, 3)))  # fmt: skip
        ax.set_yticks(range(V), [visible(c) for c in letters], fontsize=11)
        ax.set_xticks([])
        ax.tick_params(length=0)
        for side in ("left", "bottom"):
            ax.spines[side].set_visible(False)
        self.ones = ax.add_patch(
            PathPatch(
                boxes([]),
                facecolor=to_rgba(PALETTE["blue"], 0.45),
                lw=1.4,
                edgecolor=PALETTE["blue"],
                animated=animated,
            )  # fmt: skip
        )
        self.heads = [
            ax.text(k, -1.2, "", ha="center", va="center", weight="bold",
                    animated=animated)
            for k in range(K)
        ]  # fmt: skip

    def show(self, window):
        """Draw the last K letters of `window`; what is missing stays empty."""
        window = window[-self.K :]
        first = self.K - len(window)
        cells = [
            (first + k - 0.42, self.letters.index(c) - 0.42, 0.84, 0.84)
            for k, c in enumerate(window)
        ]
        self.ones.set_path(boxes(cells))
        for k, head in enumerate(self.heads):
            head.set_text(visible(window[k - first]) if k >= first else "")


def letter_by_letter(models, letters, text, K=12):
    """A live figure: a window slides along `text`, one-hot in, probabilities out.

    `models` maps a name to a function window (a text) -> P(next letter), (V,). The
    hatched bar is the largest: what greedy choice takes.
    """
    steps = range(K, len(text))
    p_of = {(name, t): model(text[:t]) for name, model in models.items() for t in steps}
    fig, (left, right) = figure((860, 470), 1, 2, width_ratios=(1, 1.3))
    grid = OneHotWindow(left, letters, K, animated=True)
    left.set_title("in: 12 one-hot vectors" if K == 12 else f"in: {K} one-hot vectors")
    V = len(letters)
    bars = right.barh(range(V), np.zeros(V), height=0.8, animated=True)
    values = [right.text(0, k, "", va="center", fontsize=11, animated=True)
              for k in range(V)]  # fmt: skip
    right.set(xlim=(0, 1.13), ylim=(V - 0.4, -1.8))
    right.set_yticks(range(V), [visible(c) for c in letters], fontsize=11)
    right.set_xticks(np.arange(0, 1.01, 0.25))
    right.tick_params(axis="y", length=0)
    right.grid(axis="x")
    right.set_title(f"out: a probability for each of {V} letters")

    def update(step, trained):
        t = K + step - 1
        p = p_of[trained, t]  # (V,)
        best = int(np.argmax(p))
        grid.show(text[:t])
        for k, (bar, value) in enumerate(zip(bars, values, strict=True)):
            bar.set_width(p[k])
            bar.set_facecolor(PALETTE["orange" if k == best else "blue"])
            bar.set_hatch("//" if k == best else None)
            bar.set_edgecolor("white" if k == best else PALETTE["blue"])
            value.set_text(f"{p[k]:.2f}" if p[k] >= 0.005 else "")
            value.set_x(p[k] + 0.015)
        window, truth = text[t - K : t], letters.index(text[t])
        return [
            rf"\text{{in: }}{said(visible(window))} \quad\rightarrow\quad "
            rf"\text{{largest: }}{said(visible(letters[best]))}, "
            rf"\text{{ in the text: }}{said(visible(text[t]))}",
            rf"-\ln P({said(visible(text[t]))}) = -\ln\, {powers(p[truth])} = "
            rf"{digits(-np.log(max(p[truth], 1e-300)))}",
        ]

    def describe(step, trained):
        t = K + step - 1
        best = letters[int(np.argmax(p_of[trained, t]))]
        return (
            f"The window “{visible(text[t - K : t])}” as one-hot vectors, and beside "
            f"it a bar for each letter. The longest is that of {visible(best)}."
        )

    return Live(
        fig, update, alt=describe,
        step=Slider(1, len(text) - K, 1, 1, "step", play=True),
        trained=Choice(list(models), next(iter(models)), "trained on"),
    )  # fmt: skip


def two_histories(model, letters, first, second, K=12, shown=5):
    """A live figure: two typed texts, what the window keeps of each, what follows.

    `model` is a function of a text -> P(next letter), (V,). The likeliest `shown`
    letters of either text stand as bars side by side.
    """
    fig, (left, right) = figure("wide", 1, 2)
    sides = []
    for ax in (left, right):
        bars = ax.barh(range(shown), [0] * shown, height=0.66, color=PALETTE["blue"],
                       animated=True)  # fmt: skip
        names = [ax.text(-0.03, k, "", ha="right", va="center", animated=True)
                 for k in range(shown)]  # fmt: skip
        values = [ax.text(0, k, "", va="center", animated=True) for k in range(shown)]
        title = ax.text(0, -0.9, "", va="center", animated=True)
        ax.set(xlim=(0, 1.2), ylim=(shown - 0.4, -1.5), xlabel="probability")
        ax.set_xticks(np.arange(0, 1.01, 0.25))
        ax.set_yticks(range(shown), ["   "] * shown)
        ax.tick_params(axis="y", length=0)
        ax.grid(axis="x")
        sides.append((bars, names, values, title))

    def asked(text):
        kept = "".join(c for c in text.lower() if c in letters)
        return kept[-K:], model(kept)  # the window, (V,)

    def update(one, other):
        answers = [asked(one), asked(other)]
        for (window, p), (bars, names, values, title) in zip(
            answers, sides, strict=True
        ):
            best = np.argsort(-p, kind="stable")[:shown]
            for k, i in enumerate(best):
                bars[k].set_width(p[i])
                names[k].set_text(visible(letters[i]))
                values[k].set_text(f"{p[i]:.4f}")
                values[k].set_x(p[i] + 0.02)
            title.set_text(f"sees: {visible(window) or 'nothing'}")
        apart = float(np.abs(answers[0][1] - answers[1][1]).max())
        same = answers[0][0] == answers[1][0]
        return [
            rf"\text{{the windows are }}\text{{{'equal' if same else 'different'}}}",
            rf"\text{{largest difference of two probabilities: }} {powers(apart)}",
        ]

    def describe(one, other):
        windows = [visible(asked(text)[0]) for text in (one, other)]
        return (
            f"Two texts, of which the window keeps “{windows[0]}” and “{windows[1]}”, "
            "each with bars of the likeliest next letters."
        )

    return Live(
        fig, update, alt=describe,
        one=Text(first, "one history", examples=[first[-K:]]),
        other=Text(second, "another", examples=["an old dog sat on the mat"]),
    )  # fmt: skip
