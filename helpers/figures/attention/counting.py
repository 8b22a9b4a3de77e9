"""What a Transformer holds and what a word costs: parameters and multiplications."""

import numpy as np

from helpers.figures.knobs.counting import in_words
from helpers.live import Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.attention import count_parameters, multiplications

# Stops of the sliders, with the models that they belong to. GPT-2 and GPT-3: the
# tables of their papers (Radford and others 2019, Brown and others 2020).
VOCABULARIES = {96: "ours", 1_000: "", 10_000: "", 50_257: "GPT-2, 3"}
CONTEXTS = {64: "ours", 256: "", 1_024: "GPT-2", 2_048: "GPT-3", 131_072: ""}
WIDTHS = {48: "ours", 96: "", 384: "", 768: "GPT-2", 3_072: "", 12_288: "GPT-3"}
LAYERS = {1: "", 2: "ours", 6: "", 12: "GPT-2", 24: "", 48: "", 96: "GPT-3"}
LONGEST = 10**7  # words of context in the picture
LOW, HIGH = 30, 1e14  # multiplications in the picture


def parts(V, T, D, L):
    """Parameters by part, {name: count}; their sum is `count_parameters`."""
    return {
        "words": V * D,
        "places": T * D,
        "attention": L * 4 * (D * D + D),
        "MLPs": L * (8 * D * D + 5 * D),
        "norms": L * 4 * D + 2 * D,
    }


def crossing(V, D, L):
    """The context from which on the growing part of a word costs more."""
    linear, growing = multiplications(V, 1, D, L)
    return linear / growing


def stops(values, value, label):
    """A slider over the stops of a size, each with the model that it belongs to."""
    texts = [f"{v:,}" + f" ({name})" * bool(name) for v, name in values.items()]
    return Slider.over(values, value, label, texts=texts)


def count_transformer():
    """A live figure: vocabulary, context, width and layers; what they make it cost."""
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1.1, 1))
    names = list(parts(1, 1, 1, 1))
    rows = np.arange(len(names))
    bars = left.barh(rows, 0 * rows, height=0.6, color=PALETTE["blue"], animated=True)
    texts = [left.text(0, k, "", va="center", animated=True) for k in rows]
    left.set(xlim=(0, 1.62), ylim=(len(names) - 0.4, -0.6))
    left.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "", "50 %", "", "100 %"])
    left.set_yticks(rows, names)
    left.tick_params(axis="y", length=0)
    left.spines["bottom"].set_bounds(0, 1)
    left.set_title("parameters")
    N = np.array([1, LONGEST])
    (flat,) = right.plot(N, N, color=PALETTE["blue"], ls="-", animated=True,
                         label="same for each word")  # fmt: skip
    (rising,) = right.plot(N, N, color=PALETTE["orange"], ls=DASHES["orange"],
                           animated=True, label="grows with the context")  # fmt: skip
    (cross,) = right.plot([], [], "D", ms=9, color=PALETTE["ink"], animated=True)
    (limit,) = right.plot([], [], color=PALETTE["soft"], lw=1.4, ls=":", animated=True)
    meet = right.text(0, 0, "", va="top", animated=True)
    full = right.text(0, 0, "", va="bottom", animated=True)
    right.set(xscale="log", yscale="log", xlim=(1, LONGEST), ylim=(LOW, HIGH),
              xlabel="words of context")  # fmt: skip
    right.set_title("multiplications for a word")
    right.set_xticks([1, 100, 10_000, 10**6], ["1", "100", "10,000", "10⁶"])
    right.set_yticks([1e2, 1e5, 1e8, 1e11], ["100", "10⁵", "10⁸", "10¹¹"])
    right.minorticks_off()
    right.grid()
    fig.legend(loc="outside upper right", ncols=2)

    def update(V, T, D, L):
        found = parts(V, T, D, L)
        total = count_parameters(V, T, D, L)
        for bar, text, count in zip(bars, texts, found.values(), strict=True):
            bar.set_width(count / total)
            text.set_x(count / total + 0.02)
            text.set_text(f"{count:,}")
        linear, most = multiplications(V, LONGEST, D, L)
        one, n = multiplications(V, 1, D, L)[1], crossing(V, D, L)
        flat.set_ydata([linear, linear])
        rising.set_ydata([one, most])
        cross.set_data([n], [linear])
        meet.set_position((1.5 * n, 0.6 * linear))
        meet.set_text(f"{n:,.0f}")
        limit.set_data([T, T], [LOW, HIGH])
        full.set_position((1.2 * T, HIGH / 8))
        full.set_text(f"T = {T:,}")
        ends, wide = (V + T) * D, whole(D)
        return [
            rf"\text{{words and places: }} ({whole(V)} + {whole(T)}) \cdot {wide} = "
            rf"{whole(ends)}",
            rf"\text{{layers, last norm: }} {L} \cdot (12 \cdot {wide}^2 + 13 \cdot "
            rf"{wide}) + 2 \cdot {wide} = {whole(total - ends)}",
            rf"\text{{all: }} {whole(ends)} + {whole(total - ends)} = {whole(total)}"
            rf"{about(total)}",
            rf"\text{{both parts of a word alike at }} N = 6 \cdot {wide} + "
            rf"{whole(V)} / (2 \cdot {L}) = {whole(round(n))} \text{{ words}}",
        ]

    def describe(V, T, D, L):
        total, linear = count_parameters(V, T, D, L), multiplications(V, 1, D, L)[0]
        said = ", ".join(f"{name} {n:,}" for name, n in parts(V, T, D, L).items())
        return (
            f"Bars of parameters: {said}; {total:,} in all. Beside them two lines: "
            f"{linear:,} multiplications for every word, and those that grow with the "
            f"context, as many from {crossing(V, D, L):,.0f} words on."
        )

    return Live(
        fig, update, alt=describe,
        V=stops(VOCABULARIES, 96, "vocabulary V"),
        T=stops(CONTEXTS, 64, "context T"),
        D=stops(WIDTHS, 48, "width D"),
        L=stops(LAYERS, 2, "layers L"),
    )  # fmt: skip


def whole(number):
    """A whole number in LaTeX; in words, so that no space follows a comma."""
    return rf"\text{{{number:,}}}"


def about(total):
    """A large number once more, rounded and in words."""
    return rf" \approx \text{{{in_words(total)}}}" if total >= 1e6 else ""
