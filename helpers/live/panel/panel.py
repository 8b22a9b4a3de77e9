"""The panel itself: what a run shows, and the buttons that move it.

Python sends what there is to see, in one message a picture; view.js draws it, and
sends back the name of the button that was pressed.
"""

import threading
import time
import weakref
from pathlib import Path
from typing import NamedTuple

import traitlets
from IPython import get_ipython
from IPython.display import display

from helpers.live import svg
from helpers.live.figure import STYLE
from helpers.live.narrow import NARROW
from helpers.live.panel.curves import WIDE, Curves
from helpers.live.panel.runner import (
    DONE,
    FAILED,
    PAUSED,
    READY,
    STOPPED,
    TRAINING,
    Runner,
)
from helpers.live.parts import VIEW, Viewed, view_parts
from helpers.live.shells import answer_where_asked
from helpers.maths.inputs import positive

_HERE = Path(__file__).parent

EVERY = 0.25  # seconds from one picture to the next, at least
SHARE = 0.025  # of the training's time, at most, goes into pictures
SAMPLES = 4  # the newest of them are shown


class Panel(Viewed):
    """Show `run`, a generator of `training.Step`, and train by its buttons.

    `total` is the number of steps, `top` and `floor` are the losses that a model
    has which knows nothing (ln V) and that none can beat; `goal` is a pair, the name
    of another model and its loss. `unit` is that of the loss, `ylim` fixes the axis,
    `alt` describes the picture. Nothing is trained before the reader presses Start,
    which trains in the background, or a cell calls `finish`. Whenever it stands
    still, the stored picture, which GitHub shows, becomes that of the curve so far.

    >>> panel = Panel(training.steps(model, data, 600), total=600, top=log(96))
    >>> panel                      # a cell of its own shows it
    >>> panel.finish()             # the next cell trains what is left
    """

    view = view_parts(
        [VIEW / "tools.js", VIEW / "narrow.js", _HERE / "view.js"],
        [STYLE, _HERE / "view.css"],
    )

    still = traitlets.Unicode().tag(sync=True)
    size = traitlets.List().tag(sync=True)
    wide = traitlets.Int(WIDE).tag(sync=True)  # the width where there is room
    now = traitlets.Dict().tag(sync=True)  # all that moves

    def __init__(self, run, total, top=None, floor=None, unit="nats a word", title="",
                 ylim=None, alt=None, goal=None):  # fmt: skip
        if not hasattr(run, "__next__"):
            raise TypeError(
                f"The panel needs a run that yields steps, such as training.steps(…), "
                f"not {type(run).__name__}."
            )
        total = positive(total, "total")
        self._curves = Curves(total, top, floor, unit, title, ylim, goal)
        self._unit = unit
        self._alt = alt or _described(title, top, floor, unit, goal)
        self._runner = Runner(run, self._told)
        self._lock = threading.RLock()
        self._next = 0.0  # when another picture may be drawn
        self._pace = []  # (time, step) of the newest pictures of this stretch
        self._note = ""
        self._display = None
        self._cell = _running_cell()
        fig = self._curves.fig
        super().__init__(
            still=self._curves.still(),
            size=[round(float(x) * 72) for x in fig.get_size_inches()],
        )
        answer_where_asked(self)
        self.on_msg(self._pressed)
        self._draw()
        for other in list(_made):
            # The cell runs again: what it had set going has no panel any more.
            if self._cell.id == other._cell.id and self._cell != other._cell:
                other.stop()
        _made.add(self)

    @property
    def history(self):
        """The steps so far, a list of `training.Step`."""
        return self._runner.history

    @property
    def phase(self):
        """How it stands: ready, training, paused, stopped, done or failed."""
        return self._runner.phase

    def start(self):
        """Train in the background, on from where it stands."""
        self._note = ""
        self._runner.start()

    def pause(self):
        """Stand still after this step; `start` and `finish` go on."""
        self._runner.pause()

    def stop(self):
        """End after this step, for good; the model stays as it is."""
        self._runner.stop()

    def finish(self):
        """Train to the end what is left, and wait for it; nothing if it is over.

        Interrupt the kernel to pause: the model is usable, and Resume or this call
        trains on. Raises what the run raised.
        """
        self._note = ""
        try:
            self._runner.finish()
        except KeyboardInterrupt:
            self._note = f"Interrupted at {self._count()}. {USABLE}"
            print(f"{self._note} Run this cell again to train on.")
        finally:
            self._draw()
            self._store_picture()

    def _told(self, changed):
        """After a step or a change of phase: draw, if it is time to."""
        now = time.perf_counter()
        if not changed and now < self._next:
            return
        start = time.thread_time()  # waiting for others costs the training nothing
        self._draw()
        if changed and self.phase != TRAINING:
            self._store_picture()
        took = time.thread_time() - start
        self._next = now + max(EVERY, took / SHARE)

    def _draw(self):
        with self._lock:
            history, runner = list(self.history), self._runner
            if history:
                self._curves.total = max(history[-1].total, history[-1].step)
            if self._curves.show(history):
                self.still = self._curves.still()
            self.now = {
                "svg": self._curves.moving(),
                "alt": self._seen(),
                "phase": runner.phase,
                "step": history[-1].step if history else 0,
                "total": self._curves.total,
                "count": f"{self._count()}{self._left()}",
                "words": self._words(),
                "samples": [[s.step, str(s.sample)] for s in _newest(history)],
                "fault": _fault(runner),
            }

    def _count(self):
        step = self.history[-1].step if self.history else 0
        return f"step {step:,} of {self._curves.total:,}"

    def _left(self):
        """How long it will take, by the pace of the last seconds."""
        if self._runner.phase != TRAINING:
            self._pace = []
            return ""
        step = self.history[-1].step if self.history else 0
        self._pace = [*self._pace[-20:], (time.perf_counter(), step)]
        (start, first), (end, last) = self._pace[0], self._pace[-1]
        if last == first or end - start < 0.3:
            return ""
        seconds = (end - start) / (last - first) * (self._curves.total - last)
        return f" · about {_duration(seconds)} left"

    def _words(self):
        runner, last = self._runner, self.history[-1:]
        if self._note and runner.phase == PAUSED:
            return self._note
        if runner.phase == TRAINING and last and last[0].loss != last[0].loss:
            return "The loss is not a number any more. A smaller rate may help."
        if runner.phase == DONE and last and last[0].step < self._curves.total:
            return "The run ended before its last step."
        return {
            READY: "Not trained yet.",
            TRAINING: "Training.",
            PAUSED: f"Paused. {USABLE}",
            STOPPED: "Stopped. The model stays as it is now.",
            DONE: "Done.",
            FAILED: "The run has failed.",
        }[runner.phase]

    def _seen(self):
        """The picture in words, with numbers, for those who cannot see it."""
        parts = [f"{self._alt} At {self._count()}."]
        losses = [s.loss for s in self.history]
        held_out = [s.held_out for s in self.history if s.held_out is not None]
        for name, values in (("batches", losses), ("held-out text", held_out)):
            if values:
                parts.append(f"Loss of {name}: {values[0]:.3f}, now {values[-1]:.3f}.")
        return " ".join(parts)

    def lay_out(self, narrow):
        """Draw for a narrow page or a wide one."""
        with self._lock:
            size = [NARROW if narrow else WIDE, self.size[1]]
            self._curves.lay_out(size[0])
            with self.hold_sync():
                self.still, self.size = self._curves.still(), size
                self._draw()

    def _pressed(self, _, content, buffers):
        if "narrow" in content:
            return self.lay_out(content["narrow"])
        name = content.get("press")
        self.send({"heard": name})
        if name in ("start", "pause", "stop"):
            getattr(self, name)()
        with self._lock:
            if name != "start" and self.phase == TRAINING:
                # A step may take its time; the change of phase draws again.
                self.now = {**self.now, "words": "After this step."}

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        with self._lock:
            remark = f"{self._count()[0].upper()}{self._count()[1:]}."
            if not self.history:
                remark = "Run the notebook to train."
            data["image/png"] = svg.png_base64(self._curves.fig, (), remark)
        # The same in every run, whatever the losses are: nbval compares it.
        data["text/plain"] = self._alt
        metadata["image/png"] = {"width": self.size[0], "alt": self._alt}
        return data, metadata

    def _ipython_display_(self):
        """Show it by a name, so that a later picture can take its place."""
        data, metadata = self._repr_mimebundle_()
        self._display = display(data, metadata=metadata, raw=True, display_id=True)

    def _store_picture(self):
        if self._display is not None:
            data, metadata = self._repr_mimebundle_()
            self._display.update(data, metadata=metadata, raw=True)


USABLE = "The model can be used as it is."
_made = weakref.WeakSet()


class _Cell(NamedTuple):
    """The cell that is being run, if the front end names it, and the request."""

    id: str
    run: str


def _running_cell():
    shell = get_ipython()
    parent = shell.get_parent() if hasattr(shell, "get_parent") else {}
    run = parent.get("header", {}).get("msg_id", "")
    return _Cell(parent.get("metadata", {}).get("cellId", run), run)


def _described(title, top, floor, unit, goal):
    known = [("ln V", top), goal or ("", None), ("the floor", floor)]
    lines = [f"{name} at {value:.3f}" for name, value in known if value is not None]
    listed = " and ".join(filter(None, [", ".join(lines[:-1]), *lines[-1:]]))
    known = f", beside {listed}" if lines else ""
    return (
        f"{title + ': t' if title else 'T'}raining panel, the loss of the batches and "
        f"of held-out text step by step, in {unit}{known}."
    )


def _newest(history):
    return [step for step in history if step.sample is not None][: -SAMPLES - 1 : -1]


def _fault(runner):
    if runner.error is None:
        return None
    name = type(runner.error).__name__
    return {"line": f"{name}: {runner.error}".strip(": "), "trace": runner.trace}


def _duration(seconds):
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min"
