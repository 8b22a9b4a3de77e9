"""The bigram as a network while it learns: one row of it, and few or many stories."""

from functools import cache

import numpy as np

from helpers import language
from helpers.figures.parts.bars import columns
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Slider, counted
from helpers.live.formula import words
from helpers.live.style import PALETTE, figure
from helpers.maths import ngrams
from helpers.maths.fitting import learning_curve, table_loss, table_slopes
from helpers.maths.loss import kl, softmax
from helpers.maths.optimisers import descend

WORDS = ("tom", "red", "the", "[end]")  # previous words to watch
SHOWN = 7  # next words with a bar of their own
STEPS = (0, 1, 2, 5, 10, 20, 30, 50, 70, 100, 200, 300, 500, 700, 1000)
RATE = 0.1
STORIES = (3, 10, 30, 100, 1000, 20_000)
CURVE = 200  # steps of a learning curve


@cache
def pair_counts(stories=20_000):
    """How often each pair stands in the first so many stories: (V, V)."""
    text = language.train()
    end = np.flatnonzero(text == 0)[stories - 1] + 1
    return ngrams.pair_counts(text[:end], len(language.VOCABULARY))


@cache
def held_out_counts():
    """The same of the held-out text."""
    return ngrams.pair_counts(language.held_out(), len(language.VOCABULARY))


@cache
def snapshots():
    """The logits after each of `STEPS` steps of Adam on the whole text: (S, V, V)."""
    counts = pair_counts()
    start = np.zeros(counts.shape)
    path = descend("Adam", lambda W: table_slopes(W, counts), start, STEPS[-1], RATE)
    return path[list(STEPS)]


@cache
def losses():
    """Mean training loss after each of `STEPS`: (S,), nats a word."""
    return np.array([table_loss(W, pair_counts()) for W in snapshots()])


@cache
def curves(stories):
    """Losses on so many stories and on the held-out ones: two of (CURVE + 1,)."""
    return learning_curve(pair_counts(stories), held_out_counts(), CURVE, RATE)


def row(previous, step):
    """The row after a word: counted shares (V,), the network's probabilities (V,)."""
    i = language.VOCABULARY.index(previous)
    shares = pair_counts()[i] / pair_counts()[i].sum()
    return shares, softmax(snapshots()[STEPS.index(step)][i])


def watch_row(previous="the", step=10):
    """A live figure: one row of the network beside the counted shares, step by step."""
    fig, (left, right) = figure("wide", 1, 2, gridspec_kw={"width_ratios": [3, 2]})
    spots = np.arange(SHOWN + 1)
    true = left.bar(spots, 1, width=0.8, fc="none", ec=PALETTE["ink"], ls="--", lw=1.5,
                    animated=True)  # fmt: skip
    bars = left.bar(spots, 1, width=0.5, color=PALETTE["blue"], animated=True)
    names = [
        left.text(k, -0.03, "", ha="center", va="top", animated=True) for k in spots
    ]
    left.set(xlim=(-0.6, SHOWN + 0.6), ylim=(0, 1.02), ylabel="probability",
             title="dashed: counted share; filled: network")  # fmt: skip
    columns(left, [" "] * len(spots))
    goal = entropy_of_text()
    x = np.arange(len(STEPS))
    right.plot(x, losses(), color=PALETTE["blue"], ls="-")
    right.axhline(goal, color=PALETTE["orange"], ls="--", lw=1.6)
    right.text(0, goal - 0.12, f"counted bigram {goal:.3f}", va="top")
    (mark,) = right.plot([], [], "s", ms=12, mfc="none", mew=2.2, color=PALETTE["red"],
                         animated=True)  # fmt: skip
    shown = [STEPS.index(s) for s in (0, 5, 20, 100, 1000)]
    right.set_xticks(shown, [str(STEPS[k]) for k in shown])
    right.set(xlabel="step", ylim=(0, 4.9), title="training loss, nats a word")
    right.grid(axis="y")

    def update(previous, step):
        shares, p = row(previous, step)
        order = np.argsort(-shares, kind="stable")[:SHOWN]
        for bar, values in ((true, shares), (bars, p)):
            heights = [*values[order], 1 - values[order].sum()]
            for one, height in zip(bar, heights, strict=True):
                one.set_height(max(height, 0))
        for text, k in zip(names, order, strict=False):
            text.set_text(language.VOCABULARY[k] if shares[k] > 0 else "never")
        names[-1].set_text("the rest")
        k = STEPS.index(step)
        mark.set_data([k], [losses()[k]])
        return [
            rf"\text{{after {previous}: }} \text{{KL}}(\text{{counted}} \parallel"
            rf" \text{{network}}) = {digits(kl(shares, p))}\ \text{{nats}}",
            rf"L = {digits(goal)} + {digits(losses()[k] - goal)}"
            rf" = {digits(losses()[k])}\ \text{{nats a word}}",
        ]

    def describe(previous, step):
        shares, p = row(previous, step)
        order = np.argsort(-shares, kind="stable")[:3]
        said = ", ".join(
            f"{language.VOCABULARY[k]} {p[k]:.2f} (counted {shares[k]:.2f})"
            for k in order
            if shares[k] > 0
        )
        return (
            f"After {counted(step, 'step')} the network gives, after “{previous}”: "
            f"{said}. Its training loss is "
            f"{losses()[STEPS.index(step)]:.3f} nats a word."
        )

    return Live(
        fig, update, alt=describe,
        step=Slider.over(STEPS, step, "steps", play=True),
        previous=Choice(WORDS, previous, "previous word"),
    )  # fmt: skip


def entropy_of_text():
    """The training loss of the counted bigram: no row can do better, (nats a word)."""
    table = ngrams.bigram(language.train(), len(language.VOCABULARY)).table
    counts = pair_counts()
    on = counts > 0
    return float(-(counts[on] * np.log(table[on])).sum() / counts.sum())


def few_stories(stories=10, step=CURVE):
    """A live figure: both losses while the network learns few or many stories."""
    fig, ax = figure((700, 360))
    x = np.arange(CURVE + 1)
    (train,) = ax.plot(x, 0 * x, color=PALETTE["blue"], ls="-", animated=True,
                       label="on its stories")  # fmt: skip
    (held,) = ax.plot(x, 0 * x, color=PALETTE["red"], ls="--", animated=True,
                      label="held out")  # fmt: skip
    (least,) = ax.plot([], [], "v", ms=11, color=PALETTE["red"], ls="", mec="white",
                       animated=True, label="least held-out loss")  # fmt: skip
    (now,) = ax.plot([], [], "|-", ms=14, mew=2, color=PALETTE["ink"], lw=1,
                     animated=True)  # fmt: skip
    goal = ngrams.rungs()["bigram"]
    ax.axhline(goal, color=PALETTE["orange"], ls=":", lw=1.6)
    ax.text(CURVE, goal + 0.06, f"counted bigram {goal:.3f}", ha="right", va="bottom")
    ax.set(xlim=(-2, CURVE + 2), ylim=(0, 4.8), xlabel="step",
           ylabel="loss, nats a word")  # fmt: skip
    ax.grid(axis="y")
    fig.legend(loc="outside upper left", ncols=3)

    def update(stories, step):
        on_train, on_held = curves(stories)
        train.set_ydata(on_train.round(3))
        held.set_ydata(on_held.round(3))
        best = int(on_held.argmin())
        least.set_data([best], [on_held[best] + 0.14])
        now.set_data([step, step], [on_train[step], on_held[step]])
        gap = on_held[step] - on_train[step]
        return [
            rf"\text{{gap at step {step}}} = {digits(on_held[step])}"
            rf" - {digits(on_train[step])} = {digits(gap)}",
            words(f"least held-out loss {on_held[best]:.3f}, at step {best}"),
        ]

    def describe(stories, step):
        on_train, on_held = curves(stories)
        best = int(on_held.argmin())
        return (
            f"Losses of the network while it learns {stories:,} stories. At step "
            f"{step} it loses {on_train[step]:.3f} nats a word on them and "
            f"{on_held[step]:.3f} on held-out ones; the least of these is "
            f"{on_held[best]:.3f}, at step {best}."
        )

    return Live(
        fig, update, alt=describe,
        stories=Slider.over(STORIES, stories, "stories to learn from"),
        step=Slider.over((0, 5, 10, 20, 30, 40, 50, 75, 100, 150, 200), step, "step"),
    )  # fmt: skip
