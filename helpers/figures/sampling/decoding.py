"""One distribution, and all the ways to choose a word from it."""

import numpy as np

from helpers.figures.parts.digits import digits, listed, worked
from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import Distribution, two_lines
from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.probability import sample
from helpers.maths.sampling import temperature, top_k, top_p

TEMPERATURES = [0.1, 0.2, 0.3, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0]


def stages(p, T, k, share):
    """p after the temperature, after top-k as well, and after top-p: three (V,)."""
    warm = temperature(p, T)
    cut = top_k(warm, k)
    return warm, cut, top_p(cut, share)


def all_controls(labels, cases):
    """A live figure: temperature, top-k, top-p and a draw on one distribution.

    `labels` are the words, `cases` maps a name to whole percents that sum to 100: what
    the model gives. On the right dashes show p after the temperature, bars what is
    left after both cuts; the hatched bar is the word that the number u chooses.
    """
    V = len(labels)
    given_by = {name: np.array(percents) / 100 for name, percents in cases.items()}
    usual = next(iter(cases))
    fig, (left, right) = figure("wide", 1, 2)
    names = [two_lines(label) for label in labels]
    given = Distribution(left, names, given_by[usual], animated=True)
    left.set_title("what the model gives")
    bars = Distribution(right, names, given_by[usual], colour="green", animated=True)
    right.set_title("what is left to choose from")
    right.set_ylabel("")
    edges = [-0.4, 0.4, np.nan]
    (marks,) = right.plot([], [], color=PALETTE["ink"], ls=DASHES["orange"], lw=1.6,
                          animated=True)  # fmt: skip

    def update(case, T, k, share, u):
        p = given_by[case]
        warm, cut, left_over = stages(p, T, k, share)
        word = sample(left_over, u)
        given.show(p)
        bars.show(left_over, word)
        marks.set_data(
            np.concatenate([np.arange(V)[:, None] + edges], axis=1).ravel(),
            np.stack([warm, warm, np.full(V, np.nan)], axis=1).ravel(),
        )
        kept = np.flatnonzero(left_over)
        for text, value, height, i in zip(
            bars.texts, left_over, warm, range(V), strict=True
        ):
            text.set_text(f"{value:.2f}" if i in kept else "out")
            text.set_y(max(value, height) + 0.02)
        order = kept[np.argsort(-cut[kept], kind="stable")]
        total = cut[kept].sum()
        terms = worked([digits(cut[i]) for i in order], "+", digits(total))
        return [
            rf"\text{{temperature: }} p^{{1/T}} \text{{ becomes }} {listed(warm)}",
            rf"\text{{top-k, made to sum to 1: }} {listed(cut)}",
            rf"\text{{top-p: }} {terms} \geq {share:.2f}",
            rf"u = {u:.2f} \quad\rightarrow\quad \text{{word {word + 1}, with }} "
            rf"{digits(cut[word])} / {digits(total)} = "
            rf"{digits(left_over[word])}",
        ]

    def describe(case, T, k, share, u):
        *_, left_over = stages(given_by[case], T, k, share)
        said = each(labels, left_over, unless=0)
        out = V - np.count_nonzero(left_over)
        return (
            f"At temperature {T:g}, top-k {k} and top-p {share:.2f} what is left is "
            f"{said}; {out} of {V} words are out. The number {u:.2f} chooses "
            f"{labels[sample(left_over, u)]}."
        )

    return Live(
        fig, update, alt=describe,
        case=Choice(list(cases), usual, "the model is"),
        T=Slider.over(TEMPERATURES, 1.0, "temperature T"),
        k=Slider(1, V, 1, V, "top-k: keep at most k", ("word", "words")),
        share=Slider(0.05, 1, 0.05, 1.0, "top-p: keep a share of at least"),
        u=Slider(0, 0.98, 0.02, 0.62, "u, the number drawn"),
    )  # fmt: skip
