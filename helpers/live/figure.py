"""A live figure: a Matplotlib figure, one update function, and controls.

The still part is drawn to SVG once. At each move the update function changes a
few artists marked ``animated=True`` and only those are drawn again. The browser
(view.js) keeps the fragments, so that a value seen before, or fetched ahead
while nobody moves anything, is painted without asking Python at all.
"""

import contextlib
import json
import os
import threading
import time
import traceback
import weakref

import traitlets

from helpers.live import svg
from helpers.live.formula import as_lines, mathml, room
from helpers.live.narrow import Drawings, Layouts
from helpers.live.parts import FONT, VIEW, Viewed, packed, packed_frames, view_parts
from helpers.live.shells import answer_where_asked

# One module, in parts that each fit on a page.
_MODULES = ("tools", "states", "frames", "formula", "controls", "drag", "narrow",
            "view")  # fmt: skip
STYLE = VIEW / "view.css"

# Every live figure still in use, for the tests that move all their controls.
made = weakref.WeakSet()

# Seconds of drawing per message when frames are fetched ahead, one frame at the
# least: a picture that the reader asks for meanwhile is the next to be drawn.
_AHEAD_SECONDS = 0.005


class Live(Viewed):
    r"""Show `fig`, moved by `update` through the controls.

    `update` gets one keyword argument a control, changes the animated artists
    and returns the formula with the digits in it: a line of LaTeX, a list of
    lines, or None. It depends on the values alone. `alt` describes the picture
    for those who cannot see it: a text, or a function of the values. `drag`
    lists `Drag` handles. On a narrow page the columns of `fig` stand below each
    other; where that will not do, `narrow` draws it anew: a function without
    arguments that returns another figure of 374 px, its update function and, if
    any, its handles.

    ``figure.values`` holds the settled values and ``figure.move(a=2)`` moves a
    control from Python. Raises TypeError for a control of the wrong type.

    >>> fig, ax = figure()
    >>> (line,) = ax.plot([0, 1], [0, 1], animated=True)
    >>> def update(a):
    ...     line.set_ydata([0, a])
    ...     return rf"f(1) = {a:g}"
    >>> Live(fig, update, a=Slider(0, 1, 0.1, 1, "a"), alt="A line")
    """

    view = view_parts([VIEW / f"{name}.js" for name in _MODULES], [STYLE], FONT)

    # The still part, the first frame, the room for its formula, and what the controls
    # look like: `packed`.
    start = traitlets.Unicode().tag(sync=True)
    size = traitlets.List().tag(sync=True)
    wide = traitlets.Int().tag(sync=True)  # the width where there is room
    drags = traitlets.List().tag(sync=True)
    # Not echoed: what comes back late would move a slider that has moved on since.
    state = traitlets.List().tag(sync=True, echo_update=False)
    # Frames that travel with a saved notebook, by key: `packed` too.
    pack = traitlets.Unicode().tag(sync=True)

    def __init__(self, fig, update=None, *, alt, drag=(), narrow=None, **controls):
        for name, control in controls.items():
            if not hasattr(control, "spec"):
                raise TypeError(
                    f"The control {name!r} must be a Slider, Choice, Toggle, Text "
                    f"or Bars, not {type(control).__name__}."
                )
        first = self._fig, self._update, self._handles = fig, update, drag
        self._alt = alt
        self._controls = controls
        # Callbacks may come from another thread than the cell's.
        self._lock = threading.RLock()
        self._layouts = Drawings(first, narrow) if narrow else Layouts(first)
        self._other_pack = ""
        self.controls = [control.spec() for control in controls.values()]
        initial = [control.initial for control in controls.values()]
        self._run(initial)  # the first picture; its error is the author's to see
        super().__init__(
            **self._drawn(),
            wide=self._layouts.wide,
            state=initial,
        )
        answer_where_asked(self)
        self.on_msg(self._answer)
        made.add(self)
        if os.environ.get("COURSE_PACK"):
            self.pack = packed_frames(self.frames_along())

    @property
    def values(self):
        """The values that the controls stand at, by name."""
        return self._values(self.state)

    def move(self, **values):
        """Move controls from Python; returns the formula's lines.

        Raises KeyError for an unknown control, ValueError outside its range,
        and whatever the update function raises.
        """
        names = list(self._controls)
        state = list(self.state)
        for name, value in values.items():
            if name not in names:
                raise KeyError(f"No control {name!r}; there are {', '.join(names)}.")
            state[names.index(name)] = self._controls[name].state(value)
        lines = self._run(state)
        self.state = state
        return lines

    def alt_text(self):
        """The description of the picture as it stands."""
        return self._alt(**self.values) if callable(self._alt) else self._alt

    def frame(self, state):
        """What the browser shows at `state`: the moving SVG, formula, alt text.

        An error in the update function becomes a frame that holds its one-line
        message and its traceback, so that the figure stays alive.
        """
        try:
            return self._frame(state)
        except Exception as error:
            name = type(error).__name__
            return {
                "error": f"{name}: {error}".strip(": "),
                "traceback": traceback.format_exc(),
            }

    def frames_along(self):
        """The frames along each control from where it starts, by key."""
        frames = {}
        initial = [control.initial for control in self._controls.values()]
        for i, control in enumerate(self._controls.values()):
            for one in control.along():
                state = [*initial[:i], one, *initial[i + 1 :]]
                frames.setdefault(key(state), self.frame(state))
        return frames

    def _lines_at_ends(self):
        """The lines of the formula with each control at its first and last state."""
        initial = [control.initial for control in self._controls.values()]
        for i, control in enumerate(self._controls.values()):
            for one in control.along()[:1] + control.along()[-1:]:
                with contextlib.suppress(Exception):  # said when the reader goes there
                    yield self._run([*initial[:i], one, *initial[i + 1 :]])

    def _drawn(self):
        """What the layout as it is gives the browser to begin with."""
        initial = [control.initial for control in self._controls.values()]
        self._run(initial)
        self.still = svg.still_part(self._fig)
        wide = room(self._run(initial), self._lines_at_ends())
        self.first = {**self._frame(initial), "state": initial}
        names, size = list(self._controls), self._fig.get_size_inches() * 72
        start = {"still": self.still, "first": self.first, "room": wide}
        return {
            "start": packed(start | {"controls": self.controls}),
            "size": [round(float(x)) for x in size],
            "drags": [handle.spec(names, size[1]) for handle in self._handles],
        }

    def lay_out(self, narrow):
        """Draw for a narrow page or a wide one; the view begins again with that."""
        with self._lock:
            if self._layouts.one or narrow == (self.size[0] < self.wide):
                return
            self._fig, self._update, self._handles = self._layouts.use(narrow)
            self._other_pack, pack = self.pack, self._other_pack
            drawn = self._drawn()
            with self.hold_sync():
                self.pack = pack
                for name, value in drawn.items():
                    setattr(self, name, value)

    def _values(self, state):
        pairs = zip(self._controls.items(), state, strict=True)
        return {name: control.value(one) for (name, control), one in pairs}

    def _run(self, state):
        with self._lock:
            return as_lines(self._update and self._update(**self._values(state)))

    def _frame(self, state):
        with self._lock:
            lines = self._run(state)
            alt = self._alt
            return {
                "svg": svg.moving_part(self._fig),
                "formula": mathml(lines),
                "alt": alt(**self._values(state)) if callable(alt) else alt,
            }

    def _answer(self, _, content, buffers):
        """Answer the browser: one state now, a few ahead of need; note a settled one.

        An answer ahead says how crowded the processor is: how many times longer
        the drawing took than its computing, 1 where nothing else runs.
        """
        if "now" in content:
            state = content["now"]
            self.send({"frames": [[key(state), self.frame(state)]]})
        elif "settled" in content:
            self.set_state({"state": content["settled"]})  # as a synced change comes
        elif "narrow" in content:
            self.lay_out(content["narrow"])
        elif "ahead" in content:
            frames, start, computed = [], time.perf_counter(), time.thread_time()
            for state in content["ahead"]:
                frames.append([key(state), self.frame(state)])
                if time.perf_counter() - start > _AHEAD_SECONDS:
                    break
            took = time.perf_counter() - start, time.thread_time() - computed
            self.send({"frames": frames, "ahead": True, "crowd": crowding(*took)})

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        alt = self.alt_text()
        with self._lock:
            lines = self._run(self.state)
            data["image/png"] = svg.png_base64(self._fig, lines, self._remark())
        data["text/plain"] = alt
        metadata["image/png"] = {"width": self.size[0], "alt": alt}
        return data, metadata

    def _remark(self):
        labels = [control.label for control in self._controls.values()]
        return f"Run the notebook to move: {'; '.join(labels)}." if labels else ""


def still(fig, alt, narrow=None):
    """Show a figure without controls, with its description `alt`.

    `narrow` is a function that draws it anew, 374 px wide, for a narrow page.
    """
    return Live(fig, alt=alt, narrow=narrow and (lambda: (narrow(), None)))


def crowding(seconds, computed):
    """How many times longer work took than its own computing, at least 1.

    A clock too coarse to see any computing gives 1.
    """
    return round(max(1.0, seconds / computed), 1) if computed > 0 else 1.0


def key(state):
    """The name of a frame; the view builds the same text."""
    return json.dumps(state, separators=(",", ":"), ensure_ascii=False)
