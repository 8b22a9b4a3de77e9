"""Run what a reader wrote without letting it break, hang or change the notebook.

The work runs in a thread of its own, as that is the one way that holds in a Jupyter
kernel on Linux, macOS and Windows, from any thread, and for a loop in Python as well
as for a call that sleeps. Past the limit an exception is raised inside that thread;
if it sleeps in C, it is left behind.
"""

import contextlib
import ctypes
import io
import random
import sys
import threading
import time
import warnings

import numpy as np

BUSY = 2.0  # seconds of processor time: a slow or shared machine does not count
WAIT = 10.0  # seconds on the clock: for what sleeps or waits for input
GRACE = 1.0  # seconds to let go after the limit
STACK = 16 * 2**20  # bytes: deep recursion through C must not overflow on Windows
DEPTH = 1000  # calls within calls: endless recursion must end before memory does
KEEP = 1000  # characters of the reader's own printing that are shown


class TimeUp(BaseException):
    """Raised inside the reader's function when its time is over."""


def _silent(thread, pass_on=threading.excepthook):
    """A thread that is stopped as it ends says nothing; others are heard."""
    if thread.exc_type is not TimeUp:
        pass_on(thread)


threading.excepthook = _silent


class Printed(io.TextIOBase):
    """Takes what one thread prints, up to KEEP characters; passes on the rest."""

    def __init__(self, real):
        self.real = real
        self.thread = None  # whose printing is taken
        self.keeping = True
        self.kept = ""

    def writable(self):
        return True

    def write(self, text):
        if threading.get_ident() != self.thread:
            return self.real.write(text)
        if self.keeping and len(self.kept) <= KEEP:
            self.kept += text[: KEEP + 1 - len(self.kept)]
        return len(text)

    def flush(self):
        if threading.get_ident() != self.thread:
            self.real.flush()

    def close(self):
        """Python closes, and so flushes, what it throws away; real may be gone then."""

    def text(self):
        if len(self.kept) > KEEP:
            return self.kept[:KEEP].rstrip() + " …"
        return self.kept.rstrip()


@contextlib.contextmanager
def unchanged():
    """Put back what a function may change in the interpreter itself."""
    depth, set_depth = sys.getrecursionlimit(), sys.setrecursionlimit
    with contextlib.suppress(RecursionError):  # this thread may be deeper already
        set_depth(min(depth, DEPTH))
    sys.setrecursionlimit = lambda limit: None
    numpy_state, state = np.random.get_state(legacy=False), random.getstate()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            np.random.set_state(numpy_state)
            random.setstate(state)
            sys.setrecursionlimit = set_depth
            set_depth(depth)


def watch(work):
    """Call work(printed) in a thread: True if it ended by itself in time.

    work must record its own results; whatever it raises is swallowed.
    """
    printed = Printed(sys.stdout)

    def body():
        printed.thread = threading.get_ident()
        with contextlib.suppress(BaseException):  # TimeUp may come twice
            _quietly(work, printed)

    real, real_errors = sys.stdout, sys.stderr
    with unchanged():
        sys.stdout, sys.stderr = printed, _Errors(real_errors, printed)
        thread = _start(body)
        try:
            return _wait(thread)
        finally:
            if thread.is_alive():
                _stop(thread)
            sys.stdout, sys.stderr = real, real_errors


class _Errors(Printed):
    """What the thread writes to stderr (warnings) goes nowhere."""

    def __init__(self, real, printed):
        super().__init__(real)
        self.printed = printed

    def write(self, text):
        own = threading.get_ident() == self.printed.thread
        return len(text) if own else self.real.write(text)


def _quietly(work, printed):
    with contextlib.suppress(BaseException), np.errstate(all="ignore"):
        work(printed)


def _start(body):
    thread = threading.Thread(target=body, daemon=True, name="check")
    before = threading.stack_size()
    with contextlib.suppress(ValueError, RuntimeError):
        threading.stack_size(STACK)
    try:
        thread.start()
    finally:
        threading.stack_size(before)
    return thread


def _wait(thread):
    busy, begun = time.process_time(), time.monotonic()
    while True:
        thread.join(0.05)
        if not thread.is_alive():
            return True
        if time.process_time() - busy > BUSY or time.monotonic() - begun > WAIT:
            break
    given_up = time.monotonic()
    while thread.is_alive() and time.monotonic() - given_up < GRACE:
        _stop(thread)  # again and again: the reader's code may catch it
        thread.join(0.02)
    return False


def _stop(thread):
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(thread.ident), ctypes.py_object(TimeUp)
    )
