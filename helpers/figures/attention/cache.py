"""The memory of a full cache of keys and values, and what shared key heads save."""

from matplotlib.patches import PathPatch

from helpers.figures.attention.counting import stops, whole
from helpers.figures.parts.cells import boxes
from helpers.live import Choice, Live, counted
from helpers.live.style import PALETTE, figure
from helpers.maths.attention import cache_bytes

# Stops of the sliders, with the models that they belong to. GPT-3: table 2.1 of Brown
# and others 2020.
LAYERS = {2: "ours", 12: "", 32: "", 96: "GPT-3"}
HEADS = {4: "ours", 8: "", 32: "", 96: "GPT-3"}
WIDTHS = {12: "ours", 64: "", 128: "GPT-3"}
CONTEXTS = {64: "ours", 2_048: "GPT-3", 32_768: "", 131_072: ""}
BYTES = {1: "", 2: "GPT-3", 4: "ours"}
SHARED = {"by none": 1, "by 2": 2, "by 4": 4, "by all": None}
UNITS = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
KNOWN = {"1 kB\na paragraph": 1e3, "1 MB\na photo": 1e6, "1 GB\na film": 1e9,
         "1 TB\na disk": 1e12}  # fmt: skip
LEAST, MOST = 1e2, 1e13  # bytes in the picture
WIDE = 92  # of a hundred, that the row of heads takes


def as_bytes(count):
    """A number of bytes in its unit with three digits: "9.66 GB", "960 bytes"."""
    for unit, size in UNITS:
        if count >= size:
            return f"{float(f'{count / size:.3g}'):g} {unit}"
    return counted(count, "byte")


class Heads:
    """Query heads in a row on `ax`, each key head below those that share it."""

    def __init__(self, ax, animated=False):
        ax.set(xlim=(-36, 100), ylim=(2.1, -0.5))
        ax.axis("off")
        style = {"edgecolor": PALETTE["paper"], "animated": animated}
        self.rows = [
            ax.add_patch(PathPatch(boxes([]), facecolor=PALETTE[colour], **style))
            for colour in ("blue", "orange")
        ]
        self.names = [
            ax.text(-2, row + 0.35, "", ha="right", va="center", animated=animated)
            for row in (0, 1)
        ]

    def show(self, heads, key_heads):
        """Draw `heads` query heads that share `key_heads` key heads equally."""
        kinds = ("query", "key")
        pairs = zip(self.rows, self.names, (heads, key_heads), kinds, strict=True)
        for row, (patch, name, count, kind) in enumerate(pairs):
            one = WIDE / count
            patch.set_path(boxes([(k * one, row, one, 0.7) for k in range(count)]))
            patch.set_linewidth(min(1, 30 / count))
            name.set_text(counted(count, f"{kind} head"))


def cache_memory():
    """A live figure: what a cache holds, and how many bytes that is."""
    fig, (top, bottom) = figure((860, 300), 2, 1, height_ratios=[1, 1])
    heads = Heads(top, animated=True)
    bottom.axhline(0, color=PALETTE["soft"], lw=1)
    for name, size in KNOWN.items():
        bottom.plot([size], [0], "|", ms=16, mew=2, color=PALETTE["ink"])
        bottom.text(size, -0.5, name, ha="center", va="top", fontsize=12)
    (before,) = bottom.plot([], [], "v", ms=13, mfc="none", mew=2,
                            color=PALETTE["soft"], animated=True)  # fmt: skip
    (mark,) = bottom.plot([], [], "v", ms=13, color=PALETTE["orange"], animated=True)
    said = bottom.text(0, 0.9, "", ha="center", va="bottom", weight="bold",
                       animated=True)  # fmt: skip
    bottom.set(xscale="log", xlim=(LEAST, MOST), ylim=(-2.2, 2))
    bottom.axis("off")

    def sizes(L, H, shared, d, T, b):
        kept = H // (SHARED[shared] or H)
        return kept, cache_bytes(L, kept, d, T, b), cache_bytes(L, H, d, T, b)

    def update(L, H, shared, d, T, b):
        kept, count, whole_count = sizes(L, H, shared, d, T, b)
        heads.show(H, kept)
        mark.set_data([count], [0.45])
        before.set_data([whole_count], [0.45])
        said.set_text(as_bytes(count))
        said.set_x(min(max(count, 2e3), 8e11))
        one = 2 * L * kept * d * b
        return [
            rf"\text{{a word: }} 2 \cdot {L} \cdot {kept} \cdot {d} \cdot {b} = "
            rf"{whole(one)} \text{{ bytes}}",
            rf"\text{{all: }} {whole(T)} \cdot {whole(one)} = {whole(count)} "
            rf"\text{{ bytes}} \approx \text{{{as_bytes(count)}}}",
            r"\text{every head keeps its own}" if kept == H else
            rf"\text{{not shared: }} {whole(whole_count)} \text{{ bytes, }}"
            rf"{H // kept} \text{{ times as many}}",
        ]  # fmt: skip

    def describe(L, H, shared, d, T, b):
        kept, count, whole_count = sizes(L, H, shared, d, T, b)
        told = f"it would take {as_bytes(whole_count)} without sharing"
        return (
            f"A row of {counted(H, 'query head')} above {counted(kept, 'key head')}; "
            f"below, a line of numbers of bytes. A cache of {counted(T, 'word')} in "
            f"{counted(L, 'layer')} takes {as_bytes(count)}; "
            f"{told if kept < H else 'every head keeps its own'}."
        )

    return Live(
        fig, update, alt=describe,
        L=stops(LAYERS, 2, "layers"),
        H=stops(HEADS, 4, "query heads of a layer"),
        shared=Choice(list(SHARED), "by none", "a key head is shared"),
        d=stops(WIDTHS, 12, "width of a head"),
        T=stops(CONTEXTS, 64, "words of context"),
        b=stops(BYTES, 4, "bytes of a number"),
    )  # fmt: skip
