"""What a length penalty makes of the texts that a wide beam has found."""

import numpy as np

from helpers import language
from helpers.figures.parts.digits import digits
from helpers.live import Live, Slider, counted
from helpers.live.formula import words
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.sampling import beam_search, length_score

MOST, LOWEST = 40, -42.0  # words of a text, and the lowest ln P in the picture
SHOWN = 60  # letters of a text that have room


def found_texts(model, prompt, width):
    """What beams find at several penalties: {ids: ln P}, without the prompt."""
    texts = {}
    for alpha in (0, 0.5, 1, 2):
        for log_p, ids in beam_search(model, prompt, width, most=MOST, alpha=alpha):
            texts[tuple(ids[len(prompt) :])] = log_p
    return texts


def weigh_length(model, prompt, width=30, alpha=0):
    """A live figure: texts by their length and ln P, and the best of each penalty.

    `model` gives P(next) of the course's language, `prompt` is a list of ids.
    """
    texts = found_texts(model, prompt, width)
    fig, ax = figure()
    ax.plot([len(t) for t in texts], list(texts.values()), "o", ms=6, mfc="none",
            mew=1.4, color=PALETTE["blue"])  # fmt: skip
    ax.set(xlim=(0, MOST + 1), ylim=(LOWEST, 1), xlabel="N, words added",
           ylabel="ln P", title=f"texts that {width} beams have found")  # fmt: skip
    ax.grid()
    N = np.linspace(0.02, MOST + 1, 200)
    (level,) = ax.plot([], [], color=PALETTE["orange"], ls=DASHES["orange"], lw=1.8,
                       animated=True)  # fmt: skip
    (mark,) = ax.plot([], [], "D", ms=10, color=PALETTE["orange"], animated=True)

    def best(alpha):
        return max(texts, key=lambda t: length_score(texts[t], len(t), alpha))

    def said(text):
        return language.text([*prompt, *text])

    def update(alpha):
        text = best(alpha)
        log_p, count = texts[text], len(text)
        score = length_score(log_p, count, alpha)
        level.set_data(N, score * N**alpha)
        mark.set_data([count], [log_p])
        return [
            rf"\frac{{\ln P}}{{N^\alpha}} = \frac{{{digits(log_p)}}}"
            rf"{{{count}^{{{alpha:.1f}}}}} = {digits(score)}",
            words(f"the best: {cut(said(text))}"),
        ]

    def describe(alpha):
        text = best(alpha)
        return (
            f"{len(texts)} texts as dots, by length and ln P. A curve of equal score "
            f"touches the best of them at a penalty of {alpha:.1f}, which has "
            f"{counted(len(text), 'word')}: {said(text)}"
        )

    return Live(
        fig, update, alt=describe,
        alpha=Slider(0, 2, 0.1, alpha, "length penalty α", play=True),
    )  # fmt: skip


def cut(text):
    """A text that fits under the picture."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"
