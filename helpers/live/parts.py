"""The code, style and font of a view: one widget holds them for all its figures.

A figure saves a reference to that widget and a few lines (loader.js) that fetch the
code from it, so that a notebook holds the code once, however many figures it has.
"""

import base64
import gzip
import json
import re
from pathlib import Path

import traitlets
from anywidget import AnyWidget
from ipywidgets import Widget, widget_serialization

VIEW = Path(__file__).parent / "view"
FONT = VIEW / "maths.woff2"


def view_part(path):
    """A part of a view without comments and indents."""
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [line.strip() for line in lines]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def packed(value):
    """JSON as gzip in base64; the same text for the same value."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode("ascii")


def unpacked(text):
    """What `packed` made a text of."""
    return json.loads(gzip.decompress(base64.b64decode(text)))


def packed_frames(frames):
    """Frames by key, packed field by field: a third of the size of `packed`."""
    fields = {field for frame in frames.values() for field in frame}
    columns = {
        field: _columns([frame.get(field, "") for frame in frames.values()])
        for field in sorted(fields)
    }
    return packed({"key": list(frames), **columns})


def unpacked_frames(text):
    """The frames by key that `packed_frames` made a text of."""
    columns = unpacked(text)
    keys, fields = columns.pop("key"), list(columns)
    rows = zip(*map(_texts, columns.values()), strict=True)
    frames = [dict(zip(fields, row, strict=True)) for row in rows]
    return dict(zip(keys, frames, strict=True))


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")


def _columns(texts):
    """Texts of a kind: what stands between their numbers once, the numbers by place.

    Returns the kind of each text, and of each kind the parts and the columns: from
    frame to frame a number changes little, and such a column packs well.
    """
    kinds = {}  # parts -> rows of numbers
    for text in texts:
        kinds.setdefault(tuple(_NUMBER.split(text)), []).append(_NUMBER.findall(text))
    number = {parts: k for k, parts in enumerate(kinds)}
    order = [number[tuple(_NUMBER.split(text))] for text in texts]
    made = []
    for parts, rows in kinds.items():
        columns = list(zip(*rows, strict=True))
        one = [col[0] if len({*col}) == 1 else " ".join(col) for col in columns]
        made.append([list(parts), one])
    return [order, made]


def _texts(packed):
    """The texts that `_columns` took apart."""
    order, kinds = packed
    made = []
    for k, (parts, columns) in enumerate(kinds):
        split = [column.split(" ") for column in columns]
        full = [c if len(c) > 1 else c * order.count(k) for c in split]
        rows = zip(*full, strict=True) if full else [()] * order.count(k)
        made.append(iter([_woven(parts, row) for row in rows]))
    return [next(made[k]) for k in order]


def _woven(parts, numbers):
    pairs = zip(numbers, parts[1:], strict=True)
    return parts[0] + "".join(number + part for number, part in pairs)


def view_parts(code, style, font=None):
    """What a `Parts` holds: paths of modules and style sheets, and of a font."""
    return packed(
        {
            "code": "\n".join(map(view_part, code)),
            "style": "\n".join(map(view_part, style)),
            "font": base64.b64encode(font.read_bytes()).decode() if font else "",
        }
    )


class Parts(Widget):
    """Holds a view for the browser; nothing of it is shown."""

    parts = traitlets.Unicode().tag(sync=True)


class Viewed(AnyWidget):
    """A widget whose view comes from one `Parts` for all widgets of its class.

    A subclass names what `view_parts` made as its `view`.
    """

    _esm = view_part(VIEW / "loader.js")
    view = ""
    _parts = traitlets.Instance(Parts).tag(sync=True, **widget_serialization)
    _held = {}  # view -> Parts

    @traitlets.default("_parts")
    def _one_for_all(self):
        held = self._held.get(self.view)
        if held is None or held.comm is None:  # closed, as by Widget.close_all()
            held = self._held[self.view] = Parts(parts=self.view)
        return held
