"""Ways to bring new facts into a model, side by side, as a table in a picture."""

from helpers.live import still
from helpers.live.narrow import NARROW
from helpers.live.style import GRID, INK, figure


def ways_table(rows):
    """A still figure: one row a way, (name, right, asked, rise of the old loss,
    seconds).

    `right` counts the facts answered, out of those asked; a rise of exactly 0 is
    written as such; seconds may be None where nothing is added. Numbers of the
    reader's own run, so they stand in the picture alone.
    """
    head = ["way", "facts right", "old text, nats", "time to add one fact"]
    cells = [
        [name, f"{right} of {asked}", _rise(rise), _time(seconds)]
        for name, right, asked, rise, seconds in rows
    ]

    def drawn():
        fig, ax = _page(860, 40 + 30 * (len(rows) + 1), 1 + len(rows))
        _write(ax, 0, (0.01, 0.46, 0.62, 0.80), head, weight="bold")
        for y, row in enumerate(cells, 1):
            ax.plot([0, 1], [y - 0.5, y - 0.5], color=GRID, lw=1, ls="-")
            _write(ax, y, (0.01, 0.46, 0.62, 0.80), row)
        return fig

    def narrow():
        """Each way's name has a line of its own, above its numbers."""
        fig, ax = _page(NARROW, 40 + 22 * 2 * (len(rows) + 1), 2 * (1 + len(rows)))
        places, heads = (0.01, 0.26, 0.66), ["facts", "old text, nats", "time to add"]
        _write(ax, 0, (0.01,), ["way"], weight="bold")
        _write(ax, 1, places, heads, fontsize=12, weight="bold")
        for y, (name, *numbers) in enumerate(cells, 1):
            ax.plot([0, 1], [2 * y - 0.5] * 2, color=GRID, lw=1, ls="-")
            _write(ax, 2 * y, (0.01,), [name])
            _write(ax, 2 * y + 1, places, numbers)
        return fig

    said = "; ".join(row[0] for row in rows)
    return still(
        drawn(), f"A table of ways to answer about the new facts, with how many are "
        f"right, what is lost of the old language and how long a fact takes: {said}.",
        narrow,
    )  # fmt: skip


def _page(width, height, lines):
    fig, ax = figure((width, height))
    ax.set(xlim=(0, 1), ylim=(lines - 0.4, -0.6))
    ax.axis("off")
    return fig, ax


def _write(ax, y, places, texts, **look):
    for x, text in zip(places, texts, strict=True):
        ax.text(x, y, text, va="center", color=INK, **look)


def _rise(rise):
    return "unchanged, exactly" if rise == 0 else f"{rise:+.3f}".replace("-", "−")


def _time(seconds):
    if seconds is None:
        return "–"
    return f"{seconds * 1000:.1f} ms" if seconds < 1 else f"{seconds:.1f} s"
