"""How every picture of the course looks: colours, sizes, fonts.

Importing this module sets Matplotlib's defaults once. The four neutral colours
are place-holders that a live figure swaps for the reader's theme, so that a
picture is readable in JupyterLab's light and dark themes alike. The palette
has a contrast of at least 3 to 1 on both, and differs in dash and marker too,
as colour alone must never carry the meaning.
"""

import matplotlib as mpl
from matplotlib.figure import Figure

INK = "#24292f"  # axes and text
SOFT = "#6a737d"  # remarks and reference lines
GRID = "#d8dee4"
PAPER = "#ffffff"

PALETTE = {
    "blue": "#1f7fd1",
    "orange": "#c77000",
    "green": "#12906a",
    "red": "#d5485c",
    "purple": "#9063cd",
    "sky": "#2a93b8",
    "grey": "#7b858f",
    "ink": INK,
    "soft": SOFT,
    "grid": GRID,
    "paper": PAPER,
}

# A line keeps its dash wherever it appears, so that it can be told apart
# without colour.
DASHES = {
    "blue": "-",
    "orange": "--",
    "green": "-.",
    "red": ":",
    "purple": (0, (6, 2, 1, 2, 1, 2)),
    "sky": (0, (3, 1)),
    "grey": (0, (1, 2)),
}

# Width and height in CSS pixels; one inch is 72 of them, see `figure`.
SIZES = {"regular": (560, 330), "wide": (860, 330)}

# A reader's own computer has one of these for Chinese, Japanese and Korean;
# Matplotlib takes the first that is installed and needs none of them.
FONTS = [
    "DejaVu Sans",
    "Noto Sans CJK SC",
    "Noto Sans CJK JP",
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "SimHei",
    "WenQuanYi Zen Hei",
]


def _installed(names):
    from matplotlib import font_manager

    have = {font.name for font in font_manager.fontManager.ttflist}
    return [name for name in names if name in have]


mpl.rcParams.update(
    {
        "font.family": _installed(FONTS) or ["sans-serif"],
        "font.size": 13,
        "axes.titlesize": 13,
        "axes.labelsize": 13,
        "xtick.labelsize": 12,
        "ytick.labelsize": 12,
        "legend.fontsize": 12,
        "legend.frameon": False,
        "text.color": INK,
        "axes.labelcolor": INK,
        "axes.edgecolor": SOFT,
        "axes.titlelocation": "left",
        "axes.linewidth": 1,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "xtick.color": SOFT,
        "ytick.color": SOFT,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "grid.color": GRID,
        "lines.linewidth": 2.2,
        "axes.prop_cycle": mpl.cycler(
            color=[PALETTE[name] for name in DASHES],
            linestyle=list(DASHES.values()),
        ),
        # A reader may type a dollar sign; it is text, never mathematics.
        "text.parse_math": False,
        "axes.formatter.use_mathtext": False,
        # The formulas of a still, in the letters that they have in the browser.
        "mathtext.fontset": "stix",
        "svg.fonttype": "none",
        "svg.hashsalt": "one token at a time",
    }
)


def figure(size="regular", rows=1, columns=1, mosaic=None, **options):
    """A new figure with its axes: ``fig, ax = figure()``.

    `size` is "regular" (560 by 330 CSS pixels) or "wide" (860 by 330), or a
    pair (width, height) in pixels. `rows`, `columns` and `options` go to
    Matplotlib's ``Figure.subplots``, or with a `mosaic` to ``subplot_mosaic``. The
    resolution is 72 dots an inch, so that a point, a pixel and an SVG unit are the
    same length.

    Raises ValueError for an unknown size.
    """
    if isinstance(size, str):
        if size not in SIZES:
            raise ValueError(
                f"There is no figure size {size!r}: use one of {', '.join(SIZES)}."
            )
        size = SIZES[size]
    width, height = size
    fig = Figure(figsize=(width / 72, height / 72), dpi=72, layout="constrained")
    fig.patch.set_alpha(0)  # the page shows through, light or dark
    if mosaic:
        axes = fig.subplot_mosaic(mosaic, **options)
    else:
        axes = fig.subplots(rows, columns, **options)
    for ax in fig.axes:
        ax.patch.set_alpha(0)
    return fig, axes
