"""One sentence, cut into letters, words or more: what each piece costs, in bits."""

from functools import cache

import numpy as np
from matplotlib.patches import PathPatch

from helpers import language
from helpers.figures.parts.cells import Labels, boxes
from helpers.figures.parts.digits import digits
from helpers.live import Choice, Live
from helpers.live.style import PALETTE, figure
from helpers.maths import ngrams
from helpers.maths.evaluation.letters import letter_losses, spelled
from helpers.maths.evaluation.sureness import bits_per_character

WORDS = ["anna", "had", "a", "cat", "called", "pip", "."]
TEXT = "".join(map(spelled, WORDS))  # "anna had a cat called pip . "
CUTS = ("letters", "words", "pairs of words", "one piece")
NAMES = {"grammar": "the grammar itself", "bigram": "the bigram"}


@cache
def losses_of(model):
    """What each letter of the sentence costs: (28,) nats."""
    ids = np.array([language.VOCABULARY.index(word) for word in WORDS])
    P = language.next_words(ids)
    if model == "bigram":
        table = ngrams.bigram(language.train(), len(language.VOCABULARY)).table
        P = table[np.append(0, ids[:-1])]  # (N, V)
    return np.abs(letter_losses(P, ids, language.VOCABULARY))  # no −0


def edges_of(cut):
    """Where the pieces begin and the last one ends, in characters: (pieces + 1,)."""
    words = np.cumsum([0, *(len(spelled(word)) for word in WORDS)])
    return {
        "letters": np.arange(len(TEXT) + 1),
        "words": words,
        "pairs of words": np.append(words[:-1:2], words[-1]),
        "one piece": words[[0, -1]],
    }[cut]


def pieces(model, cut):
    """The pieces' ends in characters, and their losses: (K + 1,), (K,) nats."""
    edges = edges_of(cut)
    return edges, np.add.reduceat(losses_of(model), edges[:-1])


def highest(model, cut):
    """The largest height of a piece, in bits a character."""
    edges, nats = pieces(model, cut)
    return (nats / np.diff(edges)).max() / np.log(2)


def cut_in_pieces():
    """A live figure: the cost of a sentence, whose area stays however it is cut."""
    fig, ax = figure((760, 320))
    bars = PathPatch(boxes([]), fc=PALETTE["blue"], ec=PALETTE["paper"], lw=1.2,
                     animated=True)  # fmt: skip
    ax.add_patch(bars)
    (line,) = ax.plot([0, len(TEXT)], [0, 0], color=PALETTE["orange"], ls="--", lw=1.8,
                      animated=True)  # fmt: skip
    labels = Labels(ax, ha="center", va="bottom", fontsize=12)
    tops = {cut: 1.2 * max(highest(model, cut) for model in NAMES) for cut in CUTS}
    tops |= dict.fromkeys(CUTS[1:], tops["words"])  # so that areas can be compared
    ax.yaxis.set_animated(True)  # by letters it goes further
    ax.set(xlim=(0, len(TEXT)), ylabel="bits a character",
           title="area: bits; dashed: the mean")  # fmt: skip
    letters = [letter.replace(" ", "␣") for letter in TEXT]
    ax.set_xticks(np.arange(len(TEXT)) + 0.5, letters)
    ax.tick_params(axis="x", length=0)
    ax.grid(axis="y")

    def update(model, cut):
        edges, nats = pieces(model, cut)
        bits, wide = nats / np.log(2), np.diff(edges)
        heights = bits / wide
        bars.set_path(boxes(zip(edges, 0 * bits, wide, heights, strict=False)))
        mean = bits_per_character(nats, TEXT)
        line.set_ydata([mean, mean])
        middles, top = edges[:-1] + wide / 2, tops[cut]
        ax.set_ylim(0, top)
        places = zip(middles, np.maximum(heights, mean) + 0.02 * top, bits, strict=True)
        shown = [(x, y, f"{b:.2f}") for x, y, b in places] if cut != "letters" else []
        labels.show(shown)
        total, K = nats.sum(), len(nats)
        return [
            rf"\text{{perplexity}} = e^{{{digits(total)} / {K}}} = "
            rf"{digits(np.exp(total / K), 2 if K > 1 else 0)}",
            rf"\frac{{{digits(total)}\text{{ nats}}}}{{\ln 2 \cdot {len(TEXT)}"
            rf"\text{{ characters}}}} = {digits(mean)}\text{{ bits a character}}",
        ]

    def describe(model, cut):
        _, nats = pieces(model, cut)
        return (
            f"The sentence “{TEXT.strip()}”, cut into {cut}. Each piece is a bar as "
            f"wide as its characters, with its bits as area. By {NAMES[model]} it "
            f"costs {nats.sum():.3f} nats in all, so the perplexity is "
            f"{np.exp(nats.mean()):.2f}. A dashed line stands at "
            f"{bits_per_character(nats, TEXT):.3f} bits a character."
        )

    return Live(
        fig, update, alt=describe,
        cut=Choice(CUTS, "words", "cut into"),
        model=Choice(list(NAMES), "grammar", "model"),
    )  # fmt: skip
