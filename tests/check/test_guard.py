"""The thread in which a reader's code runs, and what is put back after it."""

import contextlib
import io
import random
import subprocess
import sys
import threading
import warnings

import numpy as np
import pytest

from helpers.check import guard


def test_work_that_ends_has_run():
    """Authority: what the work writes down."""
    seen = []
    assert guard.watch(lambda printed: seen.append(1))
    assert guard.watch(lambda printed: 1 / 0)
    assert seen == [1]


def test_the_interpreter_is_put_back(impatient):
    """Authority: each setting read before and after."""

    def work(printed):
        sys.setrecursionlimit(10**6)
        np.seterr(all="raise")
        np.random.seed(0)
        random.seed(0)
        warnings.simplefilter("error")
        sys.stdout = sys.stderr = io.StringIO()
        while True:
            pass

    np.random.seed(7)
    random.seed(7)
    before = (sys.getrecursionlimit(), sys.setrecursionlimit, np.geterr())
    filters, streams = list(warnings.filters), (sys.stdout, sys.stderr)
    assert not guard.watch(work)
    assert (sys.getrecursionlimit(), sys.setrecursionlimit, np.geterr()) == before
    assert list(warnings.filters) == filters
    assert (sys.stdout, sys.stderr) == streams
    assert (np.random.random(), random.random()) == (
        np.random.RandomState(7).random_sample(),
        random.Random(7).random(),
    )


@pytest.mark.parametrize("errors", [False, True])
def test_it_is_thrown_away_in_peace_when_the_real_one_is_closed(tmp_path, errors):
    """Authority: close, which Python calls; from 3.13 on it tells what that raises."""
    with open(tmp_path / "out.txt", "w", encoding="utf-8") as real:
        taken = guard.Printed(real)
        taken = guard._Errors(real, taken) if errors else taken
    assert real.closed
    taken.close()


def test_endless_recursion_ends_before_memory_does():
    """Authority: the depth reached, with the limit raised at every call."""
    depth = [0]

    def deeper():
        sys.setrecursionlimit(10**8)
        depth[0] += 1
        deeper()

    assert guard.watch(lambda printed: deeper())
    assert 10 < depth[0] < 2 * guard.DEPTH


def test_it_works_from_another_thread(impatient):
    """Authority: a thread that is not the main one, as in a kernel's subshell."""
    ended = []

    def work(printed):
        while True:
            pass

    thread = threading.Thread(target=lambda: ended.append(guard.watch(work)))
    thread.start()
    thread.join(120)
    assert ended == [False]


def test_no_thread_is_left_behind(impatient):
    """Authority: the list of threads; a loop in Python is really stopped."""

    def work(printed):
        while True:
            pass

    guard.watch(work)
    left = [t for t in threading.enumerate() if t.name == "check"]
    for thread in left:
        thread.join(120)  # a busy machine may take its time, an endless loop all of it
    assert not any(thread.is_alive() for thread in left)


def test_only_the_readers_printing_is_taken():
    """Authority: another thread prints meanwhile, and is heard."""
    told = io.StringIO()

    def work(printed):
        print("from the reader")
        other = threading.Thread(target=lambda: print("from elsewhere"))
        other.start()
        other.join()
        print("warned", file=sys.stderr)
        kept.append(printed.text())

    kept = []
    with contextlib.redirect_stdout(told):
        guard.watch(work)
    assert kept == ["from the reader"]
    assert told.getvalue() == "from elsewhere\n"


@pytest.mark.parametrize("statement", ["import helpers", "from helpers import check"])
def test_importing_is_light(statement):
    """Authority: sys.modules in a fresh interpreter."""
    code = f"{statement}; import sys; print('torch' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
