"""What each head is worth: some are switched off, and the words that break are seen."""

from functools import cache

import numpy as np

from helpers.figures.attention.maps import STORIES, Page, Reading, name
from helpers.figures.parts.bars import columns, minus
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live, Toggle
from helpers.live.style import PALETTE, figure

FULL = 4  # nats that fill a cell
BROKEN = 0.1  # nats more than with all heads, from which on a word is framed


def switch_off_heads(model):
    """A live figure: heads switched off, and what each word of a story then loses.

    Each cell tells how many nats the model loses on its word more than the grammar
    itself does. Words that lose more than with all heads are framed.
    """
    from helpers.maths.transformer import without_heads

    layers, heads = model.config.layers, model.config.heads
    names = {f"h{i}_{k}": (i, k) for i in range(layers) for k in range(heads)}
    readings = {n: Reading(text) for n, text in STORIES.items()}

    @cache
    def losses(story, off=()):
        """Nats a word that the model loses without the heads `off`: (T,)."""
        one = readings[story]
        p = one.given(without_heads(model, off) if off else model)  # (T, V)
        return -np.log(p[range(len(one.ids)), one.targets])

    @cache
    def floor(story):
        one = readings[story]
        return -np.log(one.exact[range(len(one.ids)), one.targets])  # (T,)

    fig, (left, right) = figure((860, 400), 1, 2, width_ratios=(1.7, 1))
    page = Page(left, animated=True)
    left.set_title("nats above the floor; framed: worse than before")
    kinds = ("exactly", "all heads", "these heads")
    bars = right.bar(range(3), np.zeros(3), width=0.66, animated=True)
    for bar, colour, hatch in zip(bars, ("grey", "blue", "orange"), (None, None, "//"),
                                  strict=True):  # fmt: skip
        bar.set(facecolor=PALETTE[colour], hatch=hatch, edgecolor="white")
    texts = [right.text(k, 0, "", ha="center", va="bottom", animated=True)
             for k in range(3)]  # fmt: skip
    every = tuple(names.values())
    worst = max(losses(story, every).sum() for story in STORIES)
    right.set(ylim=(0, 1.15 * worst), title="the whole story, nats")
    columns(right, kinds)

    def found(story, on):
        off = tuple(names[n] for n, stays in on.items() if not stays)
        best, all_heads, now = floor(story), losses(story), losses(story, off)
        return off, best, all_heads, now

    def update(story, **on):
        off, best, all_heads, now = found(story, on)
        above, more = now - best, now - all_heads  # (T,)
        words = [*readings[story].words[1:], "[end]"]
        numbers = [minus(f"{x:.2f}") if abs(x) >= 0.005 else "" for x in above]
        framed = np.flatnonzero(more > BROKEN)
        page.show(words, np.clip(above / FULL, 0, 1), numbers, framed)
        totals = [best.sum(), all_heads.sum(), now.sum()]
        for bar, text, total in zip(bars, texts, totals, strict=True):
            bar.set_height(total)
            text.set_y(total)
            text.set_text(f"{total:.1f}")
        k = int(more.argmax())
        return [
            rf"\text{{heads that are off, worth here: }}{difference(*totals[:0:-1])}",
            r"\text{all heads are on}" if not off else
            rf"\text{{most of it at “{name(words[k])}”: }}"
            rf"{difference(now[k], all_heads[k])}",
        ]  # fmt: skip

    def describe(story, **on):
        # No number that was trained: this text is compared when it is run again.
        off, best, _, _ = found(story, on)
        out = ", ".join(f"head {k + 1} of block {i + 1}" for i, k in off)
        state = f"{out} off" if off else "all heads on"
        return (
            f"The words of {story} in lines of cells, each filled by the nats that the "
            f"model loses above the floor, with {state}. "
            f"Beside them three bars for the whole story: exactly {best.sum():.2f} "
            "nats, with all heads, and with the heads that are on."
        )

    return Live(
        fig, update, alt=describe,
        story=Choice(list(STORIES), next(iter(STORIES)), "story"),
        **{n: Toggle(True, f"block {i + 1}, head {k + 1}")
           for n, (i, k) in names.items()},
    )  # fmt: skip


def difference(a, b):
    """a − b with its digits, which agree with each other, as LaTeX."""
    a, b = round(float(a), 2), round(float(b), 2)
    return rf"{digits(a, 2)} - {digits(b, 2)} = {digits(a - b, 2)} \text{{ nats}}"
