"""A trained Transformer reads a story: what each head looks at, and what it says."""

from functools import cached_property

import numpy as np
from matplotlib.patches import PathPatch

from helpers import language
from helpers.figures.forgetting.losses import Answers
from helpers.figures.parts.cells import Labels, boxes
from helpers.figures.parts.digits import digits
from helpers.figures.parts.words import each
from helpers.figures.probability.tables import NAMES
from helpers.live import Choice, Live, Slider
from helpers.live.formula import words as said
from helpers.live.style import PALETTE, figure

STORIES = {
    "a lost kite": "One day Anna took a red kite to the park. But she lost it. Ben "
    "went there and found the red kite under a bench. Anna said thank you to Ben.",
    "a swap": "One morning Ben took a little blue doll to the park. Anna came with a "
    "green kite. Soon they swapped. Ben went home with the green kite.",
    "a cat": "Anna had a cat called Pip. Pip liked fish but not cheese. One morning "
    "Pip ran away to the beach. Anna went there with some fish. Soon the cat came "
    "home.",
}
COLUMNS, ROWS = 6, 7  # words in a line of the picture, and lines
CELLS = COLUMNS * ROWS
START = 22  # the place that found a lost kite, and says its colour next


def name(word):
    """A word to read: a dot alone is hard to see."""
    return NAMES.get(word, word)


class Reading:
    """A story: `ids` (T,) from [end] on, and `targets` (T,), the words one on."""

    def __init__(self, text):
        self.words = ["[end]", *language.words(text)]  # T
        ids = [language.VOCABULARY.index(word) for word in self.words]
        self.ids, self.targets = np.array(ids), np.array([*ids[1:], 0])

    @cached_property
    def exact(self):
        """P(next) of the grammar at every place: (T, V)."""
        return language.next_words(self.targets)

    def given(self, model):
        """P(next) of a model at every place: (T, V) float64."""
        from helpers.maths.transformer import probabilities

        starts = [self.ids[: t + 1].tolist() for t in range(len(self.ids))]
        return probabilities(model).rows(starts)

    def likeliest(self, place, given):
        """Five next words: by what is exact, then by what is `given`, (V,).

        The word that comes is always among them.
        """
        order = np.lexsort((-given, -self.exact[place]))[: Answers.COUNT]
        if self.targets[place] not in order:
            order[-1] = self.targets[place]
        return order


def cell(k, share=1.0):
    """The box of cell number k, or its lower part: x, y, width, height."""
    x, y = k % COLUMNS, k // COLUMNS
    return x + 0.03, y + 0.05 + 0.9 * (1 - share), 0.94, 0.9 * share


def shown(weight):
    """A weight with two decimals, or 0 for what would be written 0.00."""
    return f"{weight:.2f}" if weight >= 0.005 else "0"


class Page:
    """The words of a story in lines of cells on `ax`, each filled up to a share."""

    def __init__(self, ax, animated=False):
        ax.set(xlim=(0, COLUMNS), ylim=(ROWS, 0))
        ax.axis("off")

        def shape(places, animated=animated, **style):
            path = boxes([cell(k) for k in places])
            return ax.add_patch(PathPatch(path, animated=animated, **style))

        # Always the same number of boxes and words: such frames pack well.
        self.fill = shape([], facecolor=PALETTE["orange"], edgecolor="none", alpha=0.45)
        shape(range(CELLS), False, fill=False, edgecolor=PALETTE["grid"], lw=1)
        middle = {"ha": "center", "va": "center_baseline", "fontsize": 12}
        self.words = Labels(ax, animated, **middle)
        self.veil = shape([], facecolor=PALETTE["paper"], edgecolor="none", alpha=0.55)
        self.framed = shape([], fill=False, edgecolor=PALETTE["blue"], lw=2.6)
        self.digits = Labels(ax, animated, **{**middle, "fontsize": 11})
        for text_or_patch, order in ((self.veil, 4), (self.framed, 5)):
            text_or_patch.set_zorder(order)  # over the words, which have 3

    def show(self, words, shares, numbers, framed):
        """Fill the cell of each of `words` up to its share and write its number.

        `shares` (N,) from 0 to 1 belong to the first N words; those after them are
        pale. `numbers` are texts, and `framed` lists the places with a frame.
        """
        every = [*shares, *[0] * (CELLS - len(shares))]
        self.fill.set_path(boxes([cell(k, share) for k, share in enumerate(every)]))
        self.framed.set_path(boxes([cell(k) for k in framed]))
        x, y = len(shares) % COLUMNS, len(shares) // COLUMNS
        rest = (x, y + 0.03, COLUMNS - x, 0.94), (0, y + 1.03, COLUMNS, ROWS - y - 1)
        self.veil.set_path(boxes(rest))
        spots = [(k % COLUMNS + 0.5, k // COLUMNS) for k in range(len(words))]
        self.words.show([
            (x, y + 0.36, word) for (x, y), word in zip(spots, words, strict=True)
        ])  # fmt: skip
        self.digits.show([
            (x, y + 0.75, text)
            for (x, y), text in zip(spots, numbers, strict=True) if text
        ])  # fmt: skip


def attention_map(model):
    """A live figure: where each head of a trained model looks, word by word.

    Beside it the five likeliest next words, as the model and as the grammar has them.
    """
    from helpers.maths.transformer import attention_maps

    readings = {n: Reading(text) for n, text in STORIES.items()}
    maps = {n: attention_maps(model, r.ids).numpy() for n, r in readings.items()}
    given = {n: r.given(model) for n, r in readings.items()}
    fig, (left, right) = figure((860, 400), 1, 2, width_ratios=(1.25, 1))
    page = Page(left, animated=True)
    answers = Answers(right, "exactly", animated=True)
    right.set_xticks([0], [" "])  # room for the moving words
    right.tick_params(axis="x", length=0)
    left.set_title("framed: the word that looks; filled: at what")
    fig.legend(*right.get_legend_handles_labels(), ncols=2, loc="outside upper right")

    def found(story, place):
        one = readings[story]
        return one, min(place, len(one.ids) - 1)

    def update(story, place, layer, head):
        one, t = found(story, place)
        weights = maps[story][layer - 1, head - 1, t, : t + 1]  # (t + 1,)
        later = np.zeros(len(one.ids) - len(weights))  # what the mask lets through
        page.show(one.words, weights, [shown(w) for w in (*weights, *later)], [t])
        p, q, truth = one.exact[t], given[story][t], one.targets[t]  # (V,), (V,), id
        order = one.likeliest(t, q)
        names = [name(language.VOCABULARY[k]) for k in order]
        answers.show(names, p[order], q[order], list(order).index(truth))
        most = np.argsort(-weights, kind="stable")[:3]
        looks = each([name(one.words[k]) for k in most], weights[most])
        came = said(name(language.VOCABULARY[truth]))
        return [
            rf"\text{{“{name(one.words[t])}” looks most at: {looks}}}",
            rf"P({came}) = {digits(q[truth])}, \quad \text{{exactly }} "
            rf"{digits(p[truth])}; \quad \text{{lost }} -\ln\, {digits(q[truth])} = "
            rf"{digits(-np.log(q[truth]) + 0.0)} \text{{ nats}}",
        ]

    def describe(story, place, layer, head):
        # What was trained differs a little from machine to machine, and stands in
        # the formula alone: this text is compared when the notebook is run again.
        one, t = found(story, place)
        order = np.argsort(-one.exact[t], kind="stable")[:3]
        names = [name(language.VOCABULARY[k]) for k in order]
        return (
            f"The words of {story} in lines of cells, filled as far as the word at "
            f"place {t}, “{name(one.words[t])}”, has them looked at by head {head} of "
            f"block {layer}. "
            "Beside them, for the next word, the model's bars in the exact frames: "
            f"{each(names, one.exact[t, order], unless=0)}."
        )

    longest = max(len(one.ids) for one in readings.values())
    config = model.config
    return Live(
        fig, update, alt=describe,
        story=Choice(list(STORIES), next(iter(STORIES)), "story"),
        place=Slider(0, longest - 1, 1, START, "the word that looks", play=True),
        layer=Choice(range(1, config.layers + 1), 1, "block"),
        head=Choice(range(1, config.heads + 1), 1, "head"),
    )  # fmt: skip
