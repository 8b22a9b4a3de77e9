"""The training panel, from Python. Authorities: the run itself, a naive mean, nbformat.

`Slow` is a run that yields a step only when the test lets it, so that nothing here
depends on how fast the machine is.
"""

import _thread
import gc
import math
import re
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from base64 import b64decode

import nbformat
import numpy as np
import pytest

from helpers.live.panel import Panel, curves, panel
from helpers.live.style import DASHES, PALETTE
from helpers.maths.training import Step
from helpers.setup import execute

LATE = 120  # seconds: when a wait is given up


def steps(total, loss=lambda k: 5 / k, **more):
    for k in range(1, total + 1):
        yield Step(k, total, loss(k), **{name: f(k) for name, f in more.items()})


class Slow:
    """A run of `total` steps: `let(n)` allows n more; `at` is the last one begun."""

    def __init__(self, total):
        self.total, self.at, self.closed = total, 0, False
        self.allowed = threading.Semaphore(0)

    def __iter__(self):
        return self

    def __next__(self):
        if self.at == self.total:
            raise StopIteration
        self.at += 1
        assert self.allowed.acquire(timeout=LATE)
        return Step(self.at, self.total, 5 / self.at)

    def let(self, n):
        self.allowed.release(n)

    def close(self):
        self.closed = True


def wait(condition):
    end = time.monotonic() + LATE
    while not condition():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)


def at_rest(one):
    """Whether the thread of a run has ended, as it does when it is paused."""
    return not one._runner._thread.is_alive()


def press(one, name):
    """What the browser sends when a button is pressed."""
    one._handle_custom_msg({"press": name}, [])


# Start, pause, resume, stop, finish ---------------------------------------------------


def test_nothing_is_trained_before_it_is_asked_for():
    run = Slow(3)
    one = Panel(run, total=3)
    assert (one.phase, one.history, run.at) == ("ready", [], 0)
    assert one.now["words"] == "Not trained yet."


def test_finish_trains_to_the_end_and_returns_nothing():
    one = Panel(steps(7), total=7)
    assert one.finish() is None
    assert [s.step for s in one.history] == list(range(1, 8))
    assert one.phase == "done" and one.now["step"] == one.now["total"] == 7
    one.finish()
    assert len(one.history) == 7


def test_the_buttons_start_pause_resume_and_stop():
    run = Slow(100)
    one = Panel(run, total=100)
    press(one, "start")
    run.let(3)
    wait(lambda: len(one.history) == 3)
    press(one, "pause")
    assert one.now["words"] == "After this step."  # the step at work is not cut off
    run.let(1)
    wait(lambda: one.now["phase"] == "paused")
    assert len(one.history) == 4 and "Paused" in one.now["words"]
    wait(lambda: at_rest(one))  # and without its thread nothing can go on
    run.let(5)
    assert len(one.history) == 4, "it went on while paused"
    press(one, "start")
    wait(lambda: len(one.history) == 9)
    press(one, "stop")
    run.let(1)
    wait(lambda: one.now["phase"] == "stopped")
    assert run.closed and "Stopped" in one.now["words"]
    for name in ("start", "pause", "stop", "dance", None):
        press(one, name)
    one.finish()
    assert one.phase == "stopped" and len(one.history) == 10


def test_a_pause_that_is_taken_back_does_not_come():
    run = Slow(4)
    one = Panel(run, total=4)
    one.start()
    wait(lambda: run.at == 1)
    one.pause()
    one.start()
    run.let(4)
    wait(lambda: one.now["phase"] == "done")
    assert len(one.history) == 4


@pytest.mark.parametrize("paused", [False, True])
def test_stop_without_a_step_at_work(paused):
    run = Slow(9)
    one = Panel(run, total=9)
    if paused:
        one.start()
        one.pause()
        run.let(1)
        wait(lambda: one.now["phase"] == "paused")
    one.stop()
    assert one.phase == "stopped" and run.closed
    one.finish()
    assert len(one.history) == paused


def test_finish_takes_over_a_run_in_the_background():
    run = Slow(30)
    one = Panel(run, total=30)
    one.start()
    run.let(5)
    wait(lambda: len(one.history) == 5)
    run.let(25)
    one.finish()
    assert [s.step for s in one.history] == list(range(1, 31))


def test_finish_waits_through_a_pause_and_ends_at_a_stop():
    run = Slow(30)
    one = Panel(run, total=30)
    finished = threading.Thread(target=one.finish)
    finished.start()
    run.let(2)
    wait(lambda: len(one.history) == 2)
    press(one, "pause")
    run.let(1)
    wait(lambda: one.now["phase"] == "paused")
    wait(lambda: at_rest(one) and one._runner._changed._waiters)
    assert finished.is_alive(), "it did not wait through the pause"
    press(one, "start")
    press(one, "stop")
    run.let(1)
    finished.join(LATE)
    assert not finished.is_alive() and one.phase == "stopped"


def test_two_panels_at_once():
    runs = [Slow(5), Slow(5)]
    pair = [Panel(run, total=5) for run in runs]
    for one in pair:
        one.start()
    wait(lambda: [run.at for run in runs] == [1, 1])
    for run in runs:
        run.let(5)
    for one in pair:
        one.finish()
    assert [len(one.history) for one in pair] == [5, 5]


def test_the_cell_run_again_stops_what_it_had_set_going(monkeypatch):
    cells = iter([panel._Cell("a", "1"), panel._Cell("b", "2"),
                  panel._Cell("a", "3"), panel._Cell("a", "3")])  # fmt: skip
    monkeypatch.setattr(panel, "_running_cell", lambda: next(cells))
    one, other, again, beside = (Panel(Slow(3), total=3) for _ in range(4))
    assert [p.phase for p in (one, other, again, beside)] == [
        "stopped", "ready", "ready", "ready",
    ]  # fmt: skip


# Interrupts and errors ----------------------------------------------------------------


def test_an_interrupt_is_said_and_the_run_goes_on_from_there(capsys):
    run = Slow(20)
    one = Panel(run, total=20)

    def interrupt():
        run.let(4)
        wait(lambda: run.at == 5)
        _thread.interrupt_main()
        wait(lambda: one._runner._wish)
        run.let(1)  # the step at work is completed

    helper = threading.Thread(target=interrupt)
    helper.start()
    one.finish()
    helper.join()
    said = capsys.readouterr().out
    assert said.startswith("Interrupted at step 5 of 20. The model can be used")
    assert said.count("\n") == 1
    assert one.phase == "paused" and len(one.history) == 5
    assert one.now["words"].startswith("Interrupted at step 5")
    run.let(15)
    one.finish()
    assert [s.step for s in one.history] == list(range(1, 21))
    assert one.now["words"] == "Done."


def breaks(after):
    yield from steps(after)
    raise ValueError("the <b>batch</b> is empty")


def test_an_exception_in_the_run_is_shown_and_raised_by_finish():
    one = Panel(breaks(3), total=9)
    one.start()
    wait(lambda: one.now["phase"] == "failed")
    assert one.now["fault"]["line"] == "ValueError: the <b>batch</b> is empty"
    assert "in breaks" in one.now["fault"]["trace"]
    for _ in range(2):
        with pytest.raises(ValueError, match="is empty"):
            one.finish()
    assert len(one.history) == 3


def test_a_run_may_end_early_or_hold_nothing():
    one = Panel(steps(3), total=9)
    one.finish()
    assert one.phase == "done" and one._curves.total == 3
    short = Panel((Step(k, 9, 1.0) for k in (1, 2)), total=9)
    short.finish()
    assert short.now["words"] == "The run ended before its last step."
    assert short.now["count"] == "step 2 of 9"
    empty = Panel(iter([]), total=9)
    empty.finish()
    assert empty.phase == "done" and empty.history == []


def test_a_loss_that_is_no_number_is_said_and_left_out():
    run = Slow(3)
    run.__class__ = type("Bad", (Slow,), {"__next__": lambda self: (
        Slow.__next__(self) and Step(self.at, 3, math.nan if self.at > 1 else 1.0)
    )})  # fmt: skip
    one = Panel(run, total=3)
    one.start()
    run.let(2)
    wait(lambda: len(one.history) == 2)
    one._draw()
    assert "not a number" in one.now["words"]
    assert "nan" not in one.now["svg"].lower()
    run.let(1)
    one.finish()


@pytest.mark.parametrize(
    "error, said, build",
    [
        (TypeError, "yields steps", lambda: Panel([1, 2], total=2)),
        (TypeError, "yields steps", lambda: Panel(steps, total=2)),
        (ValueError, "total must be at least 1", lambda: Panel(steps(2), total=0)),
        (ValueError, "whole number", lambda: Panel(steps(2), total=2.5)),
        (ValueError, "whole number", lambda: Panel(steps(2), total=True)),
    ],
)
def test_bad_input_is_refused_with_a_sentence(error, said, build):
    with pytest.raises(error, match=f"{said}.*\\."):
        build()


def test_python_ends_in_peace_while_a_run_goes_on():
    """Authority: the exit code of a process whose run never ends."""
    code = (
        "import itertools, time\n"
        "from helpers.live.panel import Panel\n"
        "from helpers.maths.training import Step\n"
        "one = Panel((Step(k, 9**9, 1.0) for k in itertools.count(1)), total=9**9)\n"
        "one.start()\n"
        "while len(one.history) < 20: time.sleep(0.01)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=LATE)


def test_a_panel_that_nobody_holds_is_let_go():
    before = len(panel._made)
    one = Panel(steps(3), total=3)
    one.finish()
    one.close()
    del one
    gc.collect()
    assert len(panel._made) <= before


# The picture --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "n, total",
    [(1, 1), (5, 9), (300, 300), (299, 1000), (1000, 1000), (4321, 4321), (700, 600)],
)
def test_thinning_against_a_naive_mean(n, total):
    history = list(steps(n, loss=lambda k: math.sin(k) + 2))
    x, y = curves.thinned(history, total)
    width = 1
    while width * curves.POINTS < max(n, total):
        width += 1
    groups = [history[i : i + width] for i in range(0, n, width)]
    assert len(x) == len(groups) <= curves.POINTS
    assert x.tolist() == [group[-1].step for group in groups]
    assert y == pytest.approx([np.mean([s.loss for s in g]) for g in groups])


def test_held_out_losses_are_thinned_and_the_newest_is_kept():
    history = list(steps(2000, held_out=lambda k: 1 / k))
    x, y = curves.measured(history)
    assert len(x) <= curves.POINTS and (x[-1], y[-1]) == (2000, 1 / 2000)


def texts(one):
    """The words of the moving part."""
    root = ElementTree.fromstring(f"<svg xmlns:xlink='x'>{one.now['svg']}</svg>")
    return ["".join(node.itertext()).strip() for node in root.iter("text")]


def test_the_curves_are_named_with_their_newest_loss():
    one = Panel(steps(10, held_out=lambda k: 6 / k if k > 4 else None), total=10, top=5)
    one.finish()
    assert sorted(texts(one)) == ["batches 0.500", "held-out 0.600"]
    assert "ln V = 5.000" in one.still and "floor" not in one.still
    assert one.now["alt"].endswith(
        "At step 10 of 10. Loss of batches: 5.000, now 0.500. "
        "Loss of held-out text: 1.200, now 0.600."
    )


@pytest.mark.parametrize(
    "end", [(0.35, 0.36), (0.34, 0.9), (4.5, 4.56), (0.3, 0.2), (1.355, 1.36)]
)
def test_the_names_never_lie_on_each_other(end):
    """Authority: the boxes that Matplotlib measures."""
    from tests.pictures import crowded

    one = Panel(
        steps(4, loss=lambda k: end[0], held_out=lambda k: end[1]), total=4,
        top=4.564, floor=0.34, title="A window of eight words", goal=("bigram", 1.355),
    )  # fmt: skip
    for k in (1, 4):
        one._curves.show(
            list(steps(4, lambda k: end[0], held_out=lambda k: end[1]))[:k]
        )
        assert crowded(one._curves.fig) == []


def test_a_goal_is_a_line_with_its_name():
    one = Panel(steps(3), total=3, top=4.564, floor=0.34, goal=("bigram", 1.355))
    looks = {
        (tuple(line.get_ydata()), line.get_color(), line.get_linestyle())
        for line in one._curves.ax.get_lines()
        if not line.get_animated()
    }
    assert {y for y, _, _ in looks} == {(4.564,) * 2, (1.355,) * 2, (0.34,) * 2}
    goal = next(look for look in looks if look[0] == (1.355, 1.355))
    assert goal[1:] == (PALETTE["green"], DASHES["green"])
    assert "bigram 1.355" in one.still
    said = "ln V at 4.564, bigram at 1.355 and the floor at 0.340."
    assert one.now["alt"].split(" At step")[0].endswith(said)
    # Alone, and above what the curve reaches, it is still on the axes.
    alone = Panel(steps(3), total=3, goal=("bigram", 9.0))
    alone.finish()
    assert alone._curves.ax.get_ylim()[1] > 9
    assert "beside bigram at 9.000." in alone.now["alt"]


def test_a_narrow_page_gets_a_narrow_picture():
    """And with the same message back the first one, to the letter."""
    from tests.pictures import crowded

    one = Panel(
        steps(4, held_out=lambda k: 1.36), total=4, top=4.564, floor=0.34,
        goal=("counted bigram", 1.355), title="The bigram as a network",
    )  # fmt: skip
    one.finish()
    before = one.still, one.now["svg"]
    one._handle_custom_msg({"narrow": True}, [])
    assert one.size == [374, 330] and one.wide == 560 and one.phase == "done"
    assert crowded(one._curves.fig) == []
    (legend,) = one._curves.fig.legends
    assert [text.get_text() for text in legend.get_texts()] == ["batches", "held-out"]
    assert ">1.360<" in one.now["svg"] and "batches" not in one.now["svg"]
    assert one._curves.ax.get_window_extent().width > 250
    one._handle_custom_msg({"narrow": False}, [])
    assert one.size == [560, 330] and (one.still, one.now["svg"]) == before


def test_the_axes_hold_what_comes():
    one = Panel(steps(3, loss=lambda k: 20.0 * k), total=3)
    one.finish()
    low, high = one._curves.ax.get_ylim()
    assert low == 0 and 60 <= high < 80
    runs_off = Panel(steps(9, loss=lambda k: 10.0**k), total=9, top=5)
    runs_off.finish()
    assert runs_off._curves.ax.get_ylim()[1] < 30  # the lower part can still be read
    fixed = Panel(steps(3, loss=lambda k: 20.0 * k), total=3, ylim=(0, 2))
    fixed.finish()
    assert fixed._curves.ax.get_ylim() == (0, 2)


def test_a_total_that_was_wrong_is_put_right():
    one = Panel(steps(50), total=10)
    before = one.still
    one.finish()
    assert one.now["total"] == 50 and one._curves.ax.get_xlim() == (0, 50)
    assert one.still != before


def test_samples_are_the_newest_and_stay_text():
    said = {k: f"<b>{k}</b> $x$" for k in (1, 3, 5, 7, 9)}
    one = Panel(steps(9, sample=said.get), total=9)
    one.finish()
    assert one.now["samples"] == [[k, said[k]] for k in (9, 7, 5, 3)]
    assert "<b>" not in one.now["svg"] + one.now["alt"]


def test_a_title_is_text():
    one = Panel(steps(1), total=1, title="<b> & $x$")
    ElementTree.fromstring(f"<svg xmlns:xlink='x'>{one.still}</svg>")
    assert "<b>" not in one.still


def test_few_pictures_are_drawn_however_many_steps(monkeypatch):
    drawn = []
    monkeypatch.setattr(panel, "EVERY", 1000)
    one = Panel(steps(5000), total=5000)
    monkeypatch.setattr(one, "_draw", lambda: drawn.append(1))
    one.finish()
    assert len(drawn) <= 4  # the start, the first step, the end, and once more


# What is stored -----------------------------------------------------------------------


def test_the_bundle_says_the_same_whatever_the_losses_are():
    pair = [Panel(steps(3, loss=lambda k, a=a: a / k), total=3, top=4.564, floor=0.34,
                  title="Window of 8") for a in (1, 2)]  # fmt: skip
    before = pair[0]._repr_mimebundle_()[0]
    pair[0].finish(), pair[1].finish()
    (one, metadata), (other, _) = (p._repr_mimebundle_() for p in pair)
    assert before["text/plain"] == one["text/plain"] == other["text/plain"]
    assert one["text/plain"].startswith("Window of 8: training panel, the loss")
    assert metadata["image/png"] == {"width": 560, "alt": one["text/plain"]}
    assert b64decode(one["image/png"]) != b64decode(before["image/png"])
    assert b64decode(one["image/png"])[:4] == b"\x89PNG"


class Shown:
    """What `display` returns: keeps the pictures that are put in its place."""

    def __init__(self):
        self.pictures = []

    def update(self, data, **options):
        self.pictures.append(b64decode(data["image/png"]))


@pytest.mark.parametrize("last, phase", [("pause", "paused"), ("stop", "stopped")])
def test_the_stored_picture_is_that_of_where_it_stands(monkeypatch, last, phase):
    """Authority: the picture of a panel that was only ever trained so far."""
    shown = Shown()
    monkeypatch.setattr(panel, "display", lambda *args, **options: shown)
    run = Slow(9)
    one = Panel(run, total=9, top=5)
    one._ipython_display_()
    press(one, "start")
    run.let(3)
    wait(lambda: len(one.history) == 3)
    assert shown.pictures == []
    press(one, last)
    run.let(1)
    wait(lambda: shown.pictures)
    other = Panel((Step(k, 9, 5 / k) for k in range(1, 5)), total=9, top=5)
    other.finish()
    assert one.phase == phase
    assert shown.pictures == [b64decode(other._repr_mimebundle_()[0]["image/png"])]


def test_a_run_that_ends_by_itself_is_stored(monkeypatch):
    shown = Shown()
    monkeypatch.setattr(panel, "display", lambda *args, **options: shown)
    one = Panel(steps(3), total=3)
    one._ipython_display_()
    press(one, "start")
    wait(lambda: shown.pictures)
    assert one.phase == "done" and len(shown.pictures) == 1


TOY = """from helpers.live.panel import Panel
from helpers.maths.training import Step
run = (Step(k, 2000, 5 / k, 6 / k if k % 50 == 0 else None) for k in range(1, 2001))
panel = Panel(run, total=2000, top=5, floor=0)
panel"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook with a panel, executed as the course's notebooks are."""
    path = tmp_path_factory.mktemp("stored") / "toy.ipynb"
    cells = [
        nbformat.v4.new_code_cell(c) for c in (TOY, "panel.finish()", "panel.phase")
    ]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    execute.execute(path)
    return path


def test_a_stored_notebook_holds_the_finished_curve(stored):
    """Without a kernel: in the widget's state, and in the picture, both of the end."""
    notebook = nbformat.read(stored, 4)
    first, second, third = notebook.cells
    (output,) = first.outputs
    assert second.outputs == [] and third.outputs[0].data["text/plain"] == "'done'"
    states = notebook.metadata.widgets[execute.STATE]["state"]
    model = output.data["application/vnd.jupyter.widget-view+json"]["model_id"]
    now = states[model]["state"]["now"]
    assert (now["step"], now["phase"], now["count"]) == (
        2000,
        "done",
        "step 2,000 of 2,000",
    )
    namespace = {}
    exec(TOY, namespace)
    namespace["panel"].finish()
    there = namespace["panel"]._repr_mimebundle_()[0]
    assert output.data["image/png"].strip() == there["image/png"].strip()
    assert output.data["text/plain"] == there["text/plain"]
    assert now == namespace["panel"].now


def test_a_stored_panel_is_small(stored):
    assert stored.stat().st_size < 100_000


def test_a_stored_notebook_is_the_same_after_another_run(stored):
    before = stored.read_text(encoding="utf-8")
    execute.execute(stored)
    assert stored.read_text(encoding="utf-8") == before


def test_nothing_that_nbval_compares_differs(stored):
    """Authority: nbval itself."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--nbval",
        "-p",
        "no:cacheprovider",
    ]
    done = subprocess.run([*command, stored], capture_output=True, text=True)
    assert done.returncode == 0 and re.search("3 passed", done.stdout), done.stdout
