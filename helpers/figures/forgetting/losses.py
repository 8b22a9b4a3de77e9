"""A language model forgets: two losses step by step, and the words that break."""

import numpy as np

from helpers.figures.parts.words import each
from helpers.live import Choice, Live, Slider, still
from helpers.live.style import DASHES, INK, PALETTE, figure


class Losses:
    """Loss on the old and the new language, nats above each floor, by step on `ax`.

    `steps` (S,) rise from 0, `old` and `new` are (S,). `levels` maps a name to a
    loss on the old language to compare with. `show` marks one step.
    """

    def __init__(self, ax, steps, old, new, levels=None, animated=False):
        self.steps, self.values = list(steps), (list(old), list(new))
        ax.plot(steps, old, "o", ls="-", ms=5, color=PALETTE["blue"],
                label="A, the old language")  # fmt: skip
        ax.plot(steps, new, "s", ls=DASHES["orange"], ms=5, color=PALETTE["orange"],
                label="B, the new one")  # fmt: skip
        self.rule = ax.axvline(0, color=PALETTE["grey"], lw=1.4, ls=DASHES["red"],
                               animated=animated)  # fmt: skip
        self.marks = [
            ax.plot([], [], marker, ms=11, color=PALETTE[colour], mec=INK,
                    clip_on=False, animated=animated)[0]
            for marker, colour in (("o", "blue"), ("s", "orange"))
        ]  # fmt: skip
        ax.set_xscale("symlog", linthresh=1, linscale=0.4)
        ticks = [t for t in (0, 1, 10, 100, 300, 1000) if t <= steps[-1]]
        ax.set_xticks(ticks, [str(t) for t in ticks], minor=False)
        ax.xaxis.set_minor_locator(_nowhere())
        levels = levels or {}
        for name, level in levels.items():
            ax.axhline(level, color=PALETTE["soft"], lw=1.2, ls=":")
            ax.text(max(steps[-1], 1), level, f"{name}  ", ha="right", va="bottom",
                    fontsize=12, color=PALETTE["soft"])  # fmt: skip
        top = 1.08 * max(*old, *new, *levels.values())
        ax.set(xlim=(0, max(steps[-1], 1)), ylim=(0, top), xlabel="step of fine-tuning",
               ylabel="nats above the floor")  # fmt: skip
        ax.grid(axis="y")

    def show(self, place):
        """Mark the step at this place of `steps`."""
        step = self.steps[place]
        self.rule.set_xdata([step, step])
        for mark, values in zip(self.marks, self.values, strict=True):
            mark.set_data([step], [values[place]])


def _nowhere():
    from matplotlib.ticker import NullLocator

    return NullLocator()


class Answers:
    """What the language says and what the model says, for five words on `ax`.

    The truth is drawn as a frame, named `exactly`, the model as a bar inside it.
    """

    COUNT = 5

    def __init__(self, ax, exactly="A, exactly", animated=False):
        spots = np.arange(self.COUNT)
        self.model = ax.bar(spots, 0 * spots, width=0.5, color=PALETTE["blue"],
                            animated=animated, label="model")  # fmt: skip
        self.truth = ax.bar(spots, 0 * spots, width=0.76, fill=False, edgecolor=INK,
                            ls="--", lw=1.5, animated=animated,
                            label=exactly)  # fmt: skip
        self.names = [ax.text(k, -0.05, "", ha="center", va="top", fontsize=12,
                              animated=animated) for k in spots]  # fmt: skip
        ax.set(xlim=(-0.6, self.COUNT - 0.4), ylim=(0, 1.05), ylabel="probability")
        ax.set_xticks([])

    def show(self, words, truth, model, came=None):
        """`words` (5,), their exact and their given probabilities (5,) each.

        The bar of the word that `came`, a number from 0 to 4, is hatched.
        """
        for k in range(self.COUNT):
            self.names[k].set_text(words[k])
            self.truth[k].set_height(truth[k])
            bar, hit = self.model[k], k == came
            bar.set(height=model[k], hatch="//" if hit else None)
            bar.set_facecolor(PALETTE["orange" if hit else "blue"])
            bar.set_edgecolor("white" if hit else PALETTE["blue"])


def watch_forgetting(diary, levels=None):
    """A live figure over a `forgetting.diary`: the losses, and one prediction.

    `levels` are losses on the old language to compare with, {name: nats above the
    floor}.
    """
    fig, (left, right) = figure("wide", 1, 2, width_ratios=[1, 1.15])
    losses = Losses(left, diary.steps, diary.old, diary.new, levels, animated=True)
    answers = Answers(right, animated=True)
    both = [ax.get_legend_handles_labels() for ax in (left, right)]
    fig.legend(*(a + b for a, b in zip(*both, strict=True)), ncols=4,
               loc="outside upper left")  # fmt: skip
    prompts = {one.said: one for one in diary.prompts}

    def update(step, prompt):
        place, one = diary.steps.index(step), prompts[prompt]
        losses.show(place)
        answers.show(one.words, one.truth, one.model[place])
        k = int(np.argmax(one.truth))
        return [
            rf"\text{{step {step}: A }} {diary.old[place]:.3f}, "
            rf"\text{{ B }} {diary.new[place]:.3f} \text{{ nats above the floor}}",
            rf"P(\text{{{one.words[k]}}}) = {one.model[place][k]:.3f}, "
            rf"\quad \text{{exactly: }} {one.truth[k]:.3f}",
        ]

    def describe(step, prompt):
        # What was trained differs a little from machine to machine, and stands in
        # the formula alone: this text is compared when the notebook is run again.
        one = prompts[prompt]
        said = each(one.words, one.truth, unless=0)
        return (
            f"Two curves, loss on the old and on the new language by step, marked at "
            f"step {step}. Beside them, after “{prompt}”, the model's bars in "
            f"the frames of what the old language says exactly: {said}."
        )

    return Live(
        fig,
        update,
        alt=describe,
        step=Slider.over(diary.steps, 0, "step of fine-tuning", play=True),
        prompt=Choice(list(prompts), next(iter(prompts)), "after the words"),
    )


def broken_words(words, before, after, share):
    """A still figure: the loss of some words of the old language, before and after.

    `words` (W,), `before` and `after` (W,) in nats, `share` (W,) of the whole rise,
    which is what they are sorted by. A line joins the two.
    """
    fig, ax = figure((700, 60 + 26 * len(words)))
    rows = np.arange(len(words))[::-1]
    ax.hlines(rows, before, after, color=PALETTE["grey"], lw=2.5)
    ax.plot(before, rows, "o", ms=9, mfc="none", mec=INK, mew=1.8, label="before")
    ax.plot(after, rows, "D", ms=8, color=PALETTE["orange"], label="after")
    ax.set_yticks(rows, words)
    right = 1.06 * max(*before, *after)
    for row, part in zip(rows, share, strict=True):
        ax.text(1.12 * right, row, f"{part:.0%}", ha="right", va="center")
    ax.set_title("share of the whole rise", loc="right", fontsize=12)
    ax.set(xlim=(0, 1.13 * right), xlabel="mean loss where it comes, nats")
    ax.grid(axis="x")
    ax.tick_params(axis="y", length=0)
    fig.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=2)
    # Which words they are may differ from machine to machine, as in watch_forgetting.
    return still(
        fig,
        f"{len(words)} words of the old language, each with its mean loss before and "
        f"after fine-tuning and a line between the two; all lines go to the right.",
    )
