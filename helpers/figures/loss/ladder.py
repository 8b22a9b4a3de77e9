"""The ladder: every model of the course by its loss, down to the floor.

One row a model, the worst at the top. A row's bar is its mean loss on held-out
stories in nats a word. The hollow part of each is the same: the entropy of the
language, which no model gets rid of. The coloured part is what is left to learn:
KL divergence = loss − entropy. Perplexity is exp(loss).
"""

import math

from helpers.live import still
from helpers.live.narrow import NARROW
from helpers.live.style import PALETTE, figure
from helpers.maths.ngrams import rungs as counted

LABELS = {"mlp": "window MLP", "transformer": "Transformer"}
COLOURS = {
    "uniform": "grey",
    "unigram": "sky",
    "bigram": "blue",
    "mlp": "orange",
    "transformer": "purple",
}
BARS = 0.56  # share of the width for the bars; the columns of numbers get the rest
COLUMNS = [0.71, 0.85, 1.02]  # their right edges
SMALL = 0.47, [0.61, 0.79, 1.01]  # both on a narrow page: names stand above the bars
ARROW = {"arrowstyle": "<->", "color": PALETTE["soft"], "shrinkA": 0, "shrinkB": 0}
NOISE = 0.01  # nats that a loss on held-out stories may lie under the entropy


def draw(ax, rungs, floor, narrow=False):
    """Draw ``rungs``, {name: loss in nats a word}, above the ``floor`` on an Axes.

    Rows are sorted by loss, the floor comes last. Returns the names in that order.
    Raises ValueError for a loss that is no number or lies under the floor.
    """
    share, columns = SMALL if narrow else (BARS, COLUMNS)
    names = sorted(rungs, key=lambda name: -_sound(name, rungs[name], floor))
    losses = [rungs[name] for name in names]
    above = [max(0.0, loss - floor) for loss in losses]
    rows, longest = range(len(names) + 1), max([floor, *losses])
    colours = [PALETTE[COLOURS.get(name, "green")] for name in names]
    ax.barh(rows[:-1], above, 0.5, floor, color=colours)
    soft = PALETTE["soft"]
    ax.barh(rows, floor, 0.5, facecolor="none", edgecolor=soft, linewidth=1)
    ax.axvline(floor, color=soft, linewidth=1, linestyle="--")
    for row, loss, gap in zip(rows, [*losses, floor], [*above, 0.0], strict=True):
        numbers = [f"{loss:.3f}", f"{gap:.3f}", f"{math.exp(loss):#.3g}"]
        _row(ax, row, columns, numbers)
    heads = ["loss", "above\nthe floor", "perplexity"]
    _row(ax, -1.2 if narrow else -0.85, columns, heads, color=soft,
         fontsize=12 if narrow else 13)  # fmt: skip
    if above and above[0] > 0.3 * longest:  # else the words have no room
        y = -0.9 if narrow else -0.45
        ax.annotate("", (floor, y), (losses[0], y), arrowprops=ARROW)
        middle = floor + above[0] / 2
        ax.text(middle, y - 0.1, "KL divergence", ha="center", va="bottom", color=soft)
    called = [*map(label, names), "floor"]
    ax.set_yticks(rows, [""] * len(called) if narrow else called)
    for row, name in enumerate(called if narrow else []):
        ax.text(1.06 * floor, row - 0.28, name, ha="left", va="bottom")
    ax.set(xlim=(0, longest / share), ylim=(rows[-1] + 0.5, -1.6 if narrow else -1.2))
    ax.set_xticks(range(math.ceil(longest)))
    ax.set_xlabel("mean loss, nats a word", x=share / 2)
    ax.tick_params(axis="y", length=0)
    ax.spines["bottom"].set_bounds(0, longest)
    ax.spines["left"].set_visible(False)
    return names


def _row(ax, y, columns, texts, **look):
    """Three texts, right-aligned in the columns of numbers."""
    across = ax.get_yaxis_transform()  # x as a share of the width, y a row
    for x, text in zip(columns, texts, strict=True):
        ax.text(x, y, text, transform=across, ha="right", va="center", **look)


def _sound(name, loss, floor):
    """The loss of a rung as a float, or ValueError."""
    try:
        value = float(loss)
    except (TypeError, ValueError):
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(
            f"The loss of {name!r} must be a number of nats, not {loss!r}."
        )
    if value < floor - NOISE:
        raise ValueError(
            f"A loss of {value:.3f} for {name!r} is under the floor of {floor:.3f}, "
            "which no model can reach. Is it the mean over all words of held-out "
            "stories, in nats?"
        )
    return value


def label(name):
    """How a rung is called in the picture."""
    return LABELS.get(name, name.replace("_", " "))


def size(rungs):
    """Width and height in px of a ladder, which grows by a row a rung."""
    return 640, 130 + 42 * len(rungs)


def ladder(*names, **measured):
    """Show the ladder with the rungs earned so far, and the floor under them.

    ``names`` are counted rungs, "uniform", "unigram" or "bigram"; none means all
    three. A model that was trained comes with its own held-out loss:
    ``figures.ladder("uniform", "bigram", mlp=0.92)``. Raises ValueError for a rung
    that is not known, and for a loss under the floor.
    """
    known = counted()
    earned = [name for name in known if name != "floor"]
    for name in names:
        if name not in earned:
            raise ValueError(
                f"There is no counted rung {name!r}: use {', '.join(earned)}, or give "
                f"a measured loss, as in ladder(mlp=0.92)."
            )
    rungs = {name: known[name] for name in names or earned}
    for name, loss in measured.items():
        rungs[name] = _sound(name, loss, known["floor"])

    def drawn(narrow=False):
        wide, high = size(rungs)
        fig, ax = figure((NARROW, high * 1.25) if narrow else (wide, high))
        return fig, draw(ax, rungs, known["floor"], narrow)

    fig, order = drawn()
    words = describe(order, rungs, known["floor"], measured)
    return still(fig, words, lambda: drawn(True)[0])


def describe(order, rungs, floor, measured=()):
    """The ladder in words.

    Numbers of counted rungs are the same on every machine. Those of ``measured``
    rungs are not, so a stored notebook says between which two rungs they stand.
    """
    steps, above = [], None
    for name in order:
        if name in measured:
            place = f"below {above}" if above else "at the top"
            steps.append(f"{label(name)}, measured in this run, {place}")
        else:
            loss = rungs[name]
            steps.append(
                f"{label(name)} {loss:.3f} (perplexity {math.exp(loss):#.3g}), "
                f"{loss - floor:.3f} above the floor"
            )
        above = label(name)
    steps.append(
        f"floor {floor:.3f} (perplexity {math.exp(floor):#.3g}), the entropy of the "
        "language"
    )
    return (
        "The ladder of models by mean held-out loss in nats a word, from the top: "
        + "; ".join(steps)
        + "."
    )
