"""Run every test, or those that a change touches: what `course.py test` starts.

python -m tests.run             ruff, then every test, in as many processes as fit
python -m tests.run --quick     what differs from main
python -m tests.run ...         what pytest understands
"""

import os
import subprocess
import sys
import time

from tests import quick

# Each process has a kernel, a JupyterLab and a browser of its own, 1.5 GB in all.
MOST = 4
# One thread each, or they take the processor from each other. In the browser tests
# the notebooks have two, and must say the same.
THREADS = {"OMP_NUM_THREADS": "1"}
PYTEST = ["pytest", "-q", "--durations=15", "--durations-min=1"]
NBVAL = ["--nbval", "--nbval-current-env", "--nbval-kernel-startup-timeout=300"]


def spread():
    """pytest's options for several processes: tests of one group stay in one."""
    processes = max(2, min(MOST, os.cpu_count() or 1))
    return [f"-n{processes}", "--dist=loadscope", "--no-loadscope-reorder"]


def main(arguments):
    if arguments and arguments != ["--quick"]:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments])
    chosen = quick.choose() if arguments else ["notebooks", "tests"]
    if chosen is None:
        return 1
    tests = [*PYTEST, *NBVAL, *spread(), *chosen]
    return run([("ruff", ["ruff", "check", "."]), ("tests", tests)])


def run(parts):
    """Run (name, command) one after the other; say how long each took, and the sum."""
    times, failed = [], []
    for name, command in parts:
        print(f"\n{name}", flush=True)
        begun = time.monotonic()
        call = [sys.executable, "-m", *command]
        if subprocess.call(call, env={**os.environ, **THREADS}):
            failed.append(name)
        times.append((time.monotonic() - begun, name))
    times.append((sum(seconds for seconds, _ in times), "in all"))
    print("\nminutes on the clock")
    for seconds, name in times:
        print(f"{int(seconds // 60):4}:{seconds % 60:04.1f}  {name}")
    if failed:
        print("Failed: " + "; ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
