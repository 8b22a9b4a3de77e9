"""A run of training in a thread of its own, that can be paused between two steps.

All steps are asked for by this thread, whoever started it. So an interrupt of the
kernel, which reaches the main thread alone, never falls into the middle of a step,
and the run can go on from there.
"""

import atexit
import threading
import time
import traceback
import weakref

READY, TRAINING, PAUSED = "ready", "training", "paused"
STOPPED, DONE, FAILED = "stopped", "done", "failed"
OVER = (STOPPED, DONE, FAILED)


class Runner:
    """Ask the generator `run` for steps: `start`, `pause`, `stop`, `finish`.

    `phase` tells how it stands and `history` holds what the run has yielded. `told`
    is called after every step with False and at each change of phase with True.
    After an exception in the run, `error` is it and `trace` its traceback.
    """

    def __init__(self, run, told):
        self.phase, self.history = READY, []
        self.error, self.trace = None, ""
        self._run, self._told = run, told
        self._wish = None  # the phase to change to after this step
        self._changed = threading.Condition(threading.RLock())
        self._thread = None
        _alive.add(self)

    def start(self):
        """Train in the background, on from where it stands; nothing if it is over."""
        with self._changed:
            if self.phase == TRAINING:
                self._wish = None  # a pause that has not come yet does not come
            if self.phase not in (READY, PAUSED):
                return
            self._wish = None
            self._move_to(TRAINING)
            # A daemon, so that a kernel in the midst of training can be shut down.
            self._thread = threading.Thread(target=self._work, daemon=True)
            self._thread.start()

    def pause(self):
        """Stand still after this step; `start` goes on."""
        with self._changed:
            if self.phase == TRAINING and self._wish is None:
                self._wish = PAUSED

    def stop(self):
        """End after this step, for good."""
        with self._changed:
            if self.phase == TRAINING:
                self._wish = STOPPED
            elif self.phase in (READY, PAUSED):
                self._close()
                self._move_to(STOPPED)

    def finish(self):
        """Train to the end and wait for it, through pauses too.

        Raises what the run raised. KeyboardInterrupt pauses the run, and is raised
        when the step at work has ended.
        """
        try:
            self.start()
            self._wait_for(OVER)
        except KeyboardInterrupt:
            self.pause()
            self._wait_for((PAUSED, *OVER))
            raise
        if self.error is not None:
            raise self.error

    def rest(self, seconds):
        """Pause, and wait at most so long for the step at work to end."""
        self.pause()
        end = time.monotonic() + seconds
        with self._changed:
            while self.phase == TRAINING and time.monotonic() < end:
                self._changed.wait(0.05)

    def _wait_for(self, phases):
        with self._changed:
            while self.phase not in phases:
                # Windows hears an interrupt only between two waits.
                self._changed.wait(0.2)

    def _work(self):
        try:
            for step in self._run:
                self.history.append(step)
                self._told(False)
                if self._wish is not None and self._granted():
                    return
        except BaseException as error:
            self.error, self.trace = error, traceback.format_exc()
            self._move_to(FAILED)
        else:
            self._move_to(DONE)

    def _granted(self):
        """Change to the phase wished for; False if the wish was taken back."""
        with self._changed:
            wish, self._wish = self._wish, None
            if wish == STOPPED:
                self._close()
            if wish is not None:
                self._move_to(wish)
            return wish is not None

    def _close(self):
        if hasattr(self._run, "close"):
            self._run.close()

    def _move_to(self, phase):
        with self._changed:
            self.phase = phase
            self._told(True)
            self._changed.notify_all()


_alive = weakref.WeakSet()


@atexit.register
def _rest_at_exit():
    """A step cut off by the end of Python would take it down with a crash."""
    for runner in list(_alive):
        runner.rest(2)
