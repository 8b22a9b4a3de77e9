"""Stories under many settings: how soon does the first impossible word come?"""

import itertools

import numpy as np

from helpers.figures.parts.digits import digits
from helpers.figures.probability.draws import drawn
from helpers.figures.probability.walks import lines_of
from helpers.figures.sampling.generation import MOST, first_slip
from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.evaluation.writing import stories

TEMPERATURES = [0.3, 0.7, 1.0, 1.5, 2.0, 3.0]
SHARES = [1.0, 0.9]
STORIES = 400  # at each setting: enough that other numbers give the same curves
SHOWN = 12  # of them can be read


def stories_of(model, T, share, count=STORIES):
    """Stories after [end], each by its own fixed numbers: a list of lists of ids."""
    numbers = np.array([drawn(run, MOST - 1) for run in range(1, count + 1)])
    return [[0, *story] for story in stories(model, numbers, T, share)]


def slips(texts):
    """The place of the first impossible word of each story, None where there is none.

    Word 1 is the first after [end].
    """
    return [first_slip(text, 1) for text in texts]


def write_stories(model, vocabulary):
    """A live figure: stories written at a temperature and a top-p.

    The first word that the grammar could not have said is marked. On the right, how
    many words a story has before it, on average, at each temperature.
    """
    texts, wrong = {}, {}
    for key in itertools.product(TEMPERATURES, SHARES):
        texts[key] = stories_of(model, *key)
        wrong[key] = slips(texts[key])
    sound = {
        key: np.array([
            (slip or len(text)) - 1
            for slip, text in zip(wrong[key], found, strict=True)
        ])
        for key, found in texts.items()
    }  # fmt: skip
    means = {key: found.mean() for key, found in sound.items()}
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1.35, 1))
    left.set_axis_off()
    left.set(xlim=(0, 1), ylim=(0, 1))
    left.text(0, 1, "a story; ✗ marks the first impossible word", va="top",
              color=PALETTE["soft"])  # fmt: skip
    page = left.text(0, 0.88, "", va="top", linespacing=1.6, fontsize=14, animated=True)
    looks = [("blue", "s", "top-p 1: all words"), ("green", "o", "top-p 0.9")]
    for share, (colour, marker, name) in zip(SHARES, looks, strict=True):
        right.plot(TEMPERATURES, [means[T, share] for T in TEMPERATURES],
                   marker=marker, color=PALETTE[colour], ls=DASHES[colour], ms=7,
                   label=name)  # fmt: skip
    (here,) = right.plot([], [], "D", ms=12, color=PALETTE["orange"], animated=True)
    right.set(xlim=(0, 3.2), ylim=(0, 50), xlabel="temperature T", ylabel="words")
    right.set_title(f"possible words, mean of {STORIES} stories")
    right.legend(loc="upper right")
    right.grid(axis="y")

    def update(T, share, run):
        text, slip = texts[T, share][run - 1], wrong[T, share][run - 1]
        words = [vocabulary[i] for i in text]
        if slip is not None:
            words[slip] = f"✗{words[slip]}"
        page.set_text("\n".join(lines_of(words[1:], 44)))
        here.set_data([T], [means[T, share]])
        found, bad = sound[T, share], sum(one is not None for one in wrong[T, share])
        spread = found.std(ddof=1) / np.sqrt(STORIES)
        return [
            rf"\text{{possible words, this story: }}{found[run - 1]}, \quad "
            rf"\text{{mean of {STORIES}: }}{digits(found.mean(), 1)} \pm "
            rf"{digits(spread, 1)}",
            rf"\text{{stories with an impossible word: }}{bad}\text{{ of }}{STORIES}",
        ]

    return Live(
        fig, update,
        alt=lambda T, share, run: (
            f"Story {run} at temperature {T:g} and top-p {share:g}, beside two curves "
            "of how many possible words come first, at each temperature."
        ),
        T=Slider.over(TEMPERATURES, 1.0, "temperature T"),
        share=Choice(SHARES, 1.0, "top-p"),
        run=Slider(1, SHOWN, 1, 1, "story number"),
    )  # fmt: skip
