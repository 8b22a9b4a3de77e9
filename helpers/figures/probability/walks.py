"""Walks over the bigram table, and the probability of a text of the reader's own."""

import numpy as np

from helpers.figures.parts.digits import digits, worked
from helpers.figures.parts.words import each
from helpers.figures.probability.draws import drawn, small
from helpers.figures.probability.tables import Row
from helpers.language import words as split
from helpers.live import Choice, Live, Slider, Text, counted
from helpers.live.formula import words as said
from helpers.live.style import DASHES, PALETTE, figure
from helpers.maths.probability import sample

LONGEST = 30  # words of a walk
READ = 9  # words that the reader's text may have
DEEPEST = -20  # the lowest ln P in a picture


def step_from(row, u=None):
    """The next word from a row (V,), and where its stretch begins and ends.

    The words lie end to end from 0 to 1, the likeliest first, and u falls on one
    of them. Without u it is the most probable word.
    """
    order = np.argsort(-row, kind="stable")
    k = 0 if u is None else sample(row[order], u)
    end = row[order[: k + 1]].sum()
    return int(order[k]), end - row[order[k]], end


def path(table, run, greedy=False, steps=LONGEST, start=0):
    """A walk over `table` (V, V) from the word `start`: one (id, u, low, high) a step.

    Each next word is chosen by the numbers of `run` (see `drawn`), or is the most
    probable one.
    """
    steps_taken, last = [], start
    for u in drawn(run, steps):
        last, low, high = step_from(table[last], None if greedy else u)
        steps_taken.append((last, u, low, high))
    return steps_taken


def lines_of(words, width=36):
    """Words as lines of at most `width` characters; a story ends its line."""
    lines = [""]
    for word in words:
        if lines[-1] and len(lines[-1]) + 1 + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
        if word == "[end]":
            lines.append("")
    return lines


def walk(table, vocabulary, start=0):
    """A live figure: step over the bigram `table` (V, V) word by word.

    It begins after the word `start`, the [end] of the story before.
    """
    sampled, greedy = "by chance", "the most probable"
    walks = {
        (way, run): path(table, run, way == greedy, start=start)
        for way in (sampled, greedy)
        for run in range(1, 13)
    }
    fig, (left, right) = figure("wide", 1, 2, width_ratios=(1.1, 1))
    bars = Row(left, vocabulary, animated=True)
    title = left.text(0, -0.95, "", animated=True)
    right.set_axis_off()
    right.set(xlim=(0, 1), ylim=(0, 1))
    right.text(0.04, 1, "the text so far", color=PALETTE["soft"], va="top")
    page = right.text(0.04, 0.9, "", va="top", linespacing=1.6, fontsize=15,
                      animated=True)  # fmt: skip

    def update(step, way, run):
        taken = walks[way, run][:step]
        now, u, low, high = taken[-1]
        before = taken[-2][0] if step > 1 else start
        p = table[before]
        bars.show(p, now)
        title.set_text(f"after {vocabulary[before]} (hatched: chosen)")
        page.set_text("\n".join(lines_of([vocabulary[i] for i, *_ in taken])))
        pair = rf"P({said(vocabulary[now])} \mid {said(vocabulary[before])})"
        if way == greedy:
            return rf"\text{{the largest: }} {pair} = {digits(p[now])}"
        return (
            rf"{low:.3f} \leq u = {u:.3f} < {high:.3f} \quad\rightarrow\quad "
            rf"{pair} = {digits(p[now])}"
        )

    def describe(step, way, run):
        text = " ".join(vocabulary[i] for i, *_ in walks[way, run][:step])
        count = counted(step, "word")
        return f"Bars of the next words. The text of {count}, {way}: {text}."

    return Live(
        fig, update, alt=describe,
        step=Slider(1, LONGEST, 1, 9, "step", unit=("word", "words"),
                    play=True),
        way=Choice([sampled, greedy], sampled, "next word"),
        run=Slider(1, 12, 1, 3, "walk number"),
    )  # fmt: skip


# ---- a text of the reader's own


def factors(table, vocabulary, text, start=0):
    """The words of a text and P(word | word before) of each, at most `READ`.

    A word that is not in the vocabulary has probability 0, and so has the word
    after it.
    """
    ids = {word: i for i, word in enumerate(vocabulary)}
    words = split(text)[:READ]
    before = [start, *(ids.get(word) for word in words)]
    p = [
        0.0 if None in pair else float(table[pair])
        for pair in zip(before, before[1:], strict=False)
    ]
    return words, p


def score_text(table, vocabulary, text, examples=()):
    """A live figure: type a text; each word's probability, product and sum of logs.

    `table` (V, V) is P(next | previous); the first word comes after [end].
    """
    fig, (left, right) = figure("wide", 1, 2)
    places = np.arange(READ)
    bars = left.bar(places, 0 * places, width=0.66, color=PALETTE["blue"],
                    animated=True)  # fmt: skip
    left.set(xlim=(-0.9, READ - 0.4), ylim=(0, 1.1), ylabel="probability")
    left.set_title("each word after the one before")
    right.set_title("ln of the product so far")
    right.set(xlim=(-0.9, READ - 0.4), ylim=(DEEPEST, 2))
    right.set_yticks([0, -5, -10, -15, -20], ["0", "−5", "−10", "−15", "−20"])
    right.grid(axis="y")
    texts, words_below = [], []
    for ax in (left, right):
        ax.set_xticks([])
        ax.set_xlabel(" \n ", labelpad=14)  # room for the words
        words_below += [
            ax.text(k + 0.3, ax.get_ylim()[0] - 0.02 * np.ptp(ax.get_ylim()), "",
                    rotation=30, ha="right", va="top", fontsize=11, animated=True)
            for k in places
        ]  # fmt: skip
        texts += [ax.text(k, 0, "", ha="center" if ax is left else "left", va="bottom",
                          fontsize=11, animated=True) for k in places]  # fmt: skip
    (steps,) = right.plot([], [], "o", color=PALETTE["blue"], ls=DASHES["orange"],
                          lw=1.4, ms=7, animated=True)  # fmt: skip

    def update(text):
        words, p = factors(table, vocabulary, text)
        with np.errstate(divide="ignore"):
            logs = np.cumsum(np.log(p)) if p else np.array([])
        for k in places:
            there = k < len(words)
            value = p[k] if there else 0.0
            bars[k].set_height(value)
            texts[k].set_position((k, value + 0.01))
            texts[k].set_text(f"{value:.2f}" if there else "")
            level = max(logs[k], DEEPEST) if there else 0.0
            texts[READ + k].set_position((k + 0.08, level + 0.3))
            texts[READ + k].set_text(minus(logs[k]) if there else "")
            for below in (words_below[k], words_below[READ + k]):
                below.set_text(cut(words[k]) if there else "")
        on = np.isfinite(logs) & (logs >= DEEPEST)
        steps.set_data(np.flatnonzero(on), logs[on])
        return [product_line(p), log_line(p)]

    def describe(text):
        words, p = factors(table, vocabulary, text)
        said = each(words, p, 3) or "none yet"
        return f"The words with their probabilities: {said}."

    return Live(
        fig, update, alt=describe,
        text=Text(text, "your words", longest=60, examples=examples),
    )  # fmt: skip


def product_line(p):
    """The product of the factors with its digits."""
    if not p:
        return r"P = 1 \quad \text{nothing is said yet}"
    product = worked([digits(v) for v in p], r"\cdot", small(float(np.prod(p))))
    return f"P = {product}"


def log_line(p):
    """The sum of the logarithms with its digits."""
    if not p:
        return r"\ln P = 0"
    if 0 in p:
        return r"\ln P = -\infty \quad \text{the table has never seen one of the steps}"
    logs = [-np.log(v) + 0.0 for v in p]
    terms = [digits(v if k else -v, 2) for k, v in enumerate(logs)]
    return rf"\ln P = {worked(terms, '-', digits(-sum(logs), 2))}"


def cut(word, longest=8):
    """A word that fits under its bar."""
    return word if len(word) <= longest else word[: longest - 1] + "…"


def minus(x):
    """A number of a picture with a true minus sign."""
    return "−∞" if np.isinf(x) else f"{x:.1f}".replace("-0.0", "0.0").replace("-", "−")
