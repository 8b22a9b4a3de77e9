"""Ways to bring new facts into a model, side by side, as a table in a picture."""

from helpers.live import still
from helpers.live.style import GRID, INK, figure


def ways_table(rows):
    """A still figure: one row a way, (name, right, asked, rise of the old loss,
    seconds).

    `right` counts the facts answered, out of those asked; a rise of exactly 0 is
    written as such; seconds may be None where nothing is added. Numbers of the
    reader's own run, so they stand in the picture alone.
    """
    head = ["way", "facts right", "old text, nats", "time to add one fact"]
    fig, ax = figure((860, 40 + 30 * (len(rows) + 1)), least=860)
    ax.set(xlim=(0, 1), ylim=(len(rows) + 0.6, -0.6))
    ax.axis("off")
    places = (0.01, 0.46, 0.62, 0.80)
    for x, words in zip(places, head, strict=True):
        ax.text(x, 0, words, va="center", weight="bold", color=INK)
    for y, (name, right, asked, rise, seconds) in enumerate(rows, 1):
        ax.plot([0, 1], [y - 0.5, y - 0.5], color=GRID, lw=1, ls="-")
        cells = [name, f"{right} of {asked}", _rise(rise), _time(seconds)]
        for x, words in zip(places, cells, strict=True):
            ax.text(x, y, words, va="center", color=INK)
    said = "; ".join(row[0] for row in rows)
    return still(fig, f"A table of ways to answer about the new facts, with how many "
                      f"are right, what is lost of the old language and how long a "
                      f"fact takes: {said}.")  # fmt: skip


def _rise(rise):
    return "unchanged, exactly" if rise == 0 else f"{rise:+.3f}".replace("-", "−")


def _time(seconds):
    if seconds is None:
        return "–"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"
