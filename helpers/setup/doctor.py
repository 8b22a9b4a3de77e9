"""Look for faults in the environment, each with one line on how to mend it.

``python3 course.py doctor`` prints every detail. ``doctor.check()`` in a notebook
prints the same few words on any healthy machine.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from importlib import metadata
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlparse
from urllib.request import url2pathname

from helpers.setup import copies

ROOT = Path(__file__).resolve().parents[2]
PROJECT = "one-token-at-a-time"
SETTINGS = Path("share/jupyter/lab/settings/overrides.d", f"{PROJECT}.json")
AFRESH = "Delete the folder .venv, then run: python3 course.py lab"
OLDEST, NEWEST = (3, 11), (3, 14)
ROOM = 0.5  # GB
PROBE = """
import sys, ipywidgets
control, answer = ipywidgets.IntSlider(), ipywidgets.IntText()
control.observe(lambda change: setattr(answer, "value", 6 * change["new"]), "value")
print(sys.executable, control.comm.comm_id, answer.comm.comm_id, sep="\\n")
"""


class Check(NamedTuple):
    """One thing looked at: says is what was found, mend what to do if not ok."""

    name: str
    ok: bool
    says: str
    mend: str


def python(version=None):
    version = tuple(version or sys.version_info[:3])
    return Check(
        "Python",
        OLDEST <= version[:2] <= NEWEST,
        ".".join(map(str, version)),
        "Use Python 3.11 to 3.14. " + AFRESH,
    )


def disk(free=None):
    """Check the free space in GB where the course lies."""
    free = shutil.disk_usage(ROOT).free / 1e9 if free is None else free
    mend = f"Free some disk space: the course needs {ROOM} GB to work in."
    return Check("Free disk", free >= ROOM, f"{free:.1f} GB", mend)


def pins(path=ROOT / "requirements.txt"):
    """Return {package: exact version} from a requirements file."""
    text = Path(path).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==([^\s;#]+)", text, re.M))


def package(name, pin):
    """Compare an installed version with its pin; 2.13.0+cpu counts as 2.13.0."""
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Check(name, False, f"missing, the course needs {pin}", AFRESH)
    ok = found.split("+")[0] == pin.split("+")[0]
    return Check(name, ok, found if ok else f"{found}, the course needs {pin}", AFRESH)


def helpers():
    """Check that any folder can import helpers, and that they are these ones."""
    mend = "Run: python3 course.py lab. If that does not help: " + AFRESH
    try:
        text = metadata.distribution(PROJECT).read_text("direct_url.json") or "{}"
    except metadata.PackageNotFoundError:
        return Check("helpers", False, "not installed", mend)
    place = Path(url2pathname(urlparse(json.loads(text).get("url", "")).path))
    ok = place.exists() and place.samefile(ROOT)
    return Check("helpers", ok, "installed" if ok else f"those of {place}", mend)


def settings():
    """Check that JupyterLab is told to keep widgets with the notebook."""
    ok = (Path(sys.prefix) / SETTINGS).exists()
    return Check("JupyterLab", ok, "settings " + ("in place" if ok else "lost"), AFRESH)


def own_notebooks(folder=copies.COPIES):
    """Check that the reader's own notebooks can be read, and written."""
    name, paths = folder.name, sorted(folder.glob("*.ipynb"))
    spoilt = [path.name for path in paths if not copies.readable(path)]
    if spoilt:
        mend = "Run: python3 course.py lab. It keeps the file, and begins a new one."
        return Check(name, False, f"{' and '.join(spoilt)} cannot be read", mend)
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.W_OK)):
        mend = f"Let {name} be a folder in which you may write."
        return Check(name, False, "cannot be written", mend)
    return Check(name, True, f"{len(paths)} notebook{'s' * (len(paths) != 1)}", "")


def live_kernel():
    """Check the kernel that runs this, and a widget in it: no second kernel."""
    import ipywidgets

    control, seen = ipywidgets.IntSlider(), []
    control.observe(lambda change: seen.append(change["new"]), "value")
    message = {"method": "update", "state": {"value": 7}}
    control._handle_msg({"content": {"data": message}, "buffers": []})
    opened = bool(control.comm and control.comm.comm_id)
    control.close()
    return [
        Check("Kernel", True, "answers", ""),
        Check("Widgets", opened and seen == [7], f"7 came as {seen}", AFRESH),
    ]


def fresh_kernel(seconds=60):
    """Start a kernel, ask it something, and move a slider in it from outside."""
    name, mend = "Kernel", "Restart the machine and try again. If it stays: " + AFRESH
    try:
        from jupyter_client.manager import start_new_kernel

        with tempfile.TemporaryDirectory() as elsewhere:
            manager, client = start_new_kernel(
                startup_timeout=seconds,
                kernel_name="python3",
                cwd=elsewhere,
                stderr=subprocess.DEVNULL,
            )
            try:
                found = []
                client.execute_interactive(
                    PROBE,
                    timeout=seconds,
                    output_hook=lambda m: found.append(m["content"].get("text", "")),
                )
                executable, control, answer = "".join(found).split("\n")[:3]
                same = os.path.samefile(executable, sys.executable)
                says = "answers" if same else f"is another Python, {executable}"
                kernel = Check(name, same, says, AFRESH)
                name, mend = "Widgets", AFRESH
                value = move(client, control, answer, 7, seconds)
            finally:
                client.stop_channels()
                manager.shutdown_kernel(now=True)
    except Exception as error:  # whatever it is, it is what the reader must see
        broken = Check(name, False, f"{type(error).__name__}: {error}"[:200], mend)
        return [broken] if name == "Kernel" else [kernel, broken]
    return [kernel, Check(name, value == 42, f"6 times 7 came as {value}", mend)]


def move(client, control, answer, value, seconds):
    """Set one widget's value as a browser does; return what another one becomes."""
    data = {"method": "update", "state": {"value": value}}
    content = {"comm_id": control, "data": data}
    client.shell_channel.send(client.session.msg("comm_msg", content))
    while True:
        content = client.get_iopub_msg(timeout=seconds)["content"]
        if content.get("comm_id") == answer and "data" in content:
            return content["data"]["state"]["value"]


def in_kernel():
    """Tell whether this code runs in a notebook's kernel."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


def examine():
    """Return every Check; inside a notebook the running kernel is the one tested."""
    packages = [package(*pin) for pin in pins().items()]
    kernel = live_kernel() if in_kernel() else fresh_kernel()
    return [python(), disk(), *packages, helpers(), settings(), *kernel]


def report(checks):
    """Return the full text: a line for each check, and how to mend each fault."""
    lines = []
    for check in checks:
        word = "fine" if check.ok else "FAULT"
        lines.append(f"{check.name:12} {word:6} {check.says}")
        if not check.ok:
            lines.append(f"{'':12} {'mend:':6} {check.mend}")
    faults = sum(not check.ok for check in checks)
    lines.append(f"{faults} to mend." if faults else "Everything is fine.")
    return "\n".join(lines)


def summary(checks):
    """Return the short text: the same words on any healthy machine."""
    names = set(pins())
    packages = [check for check in checks if check.name in names]
    if all(check.ok for check in packages):
        at = checks.index(packages[0]) if packages else 0
        checks = [check for check in checks if check.name not in names]
        checks.insert(at, Check("Packages", True, "", ""))
    return "\n".join(
        f"{c.name}: fine" if c.ok else f"{c.name}: {c.says}. {c.mend}" for c in checks
    )


def check():
    """Print the short text in a notebook."""
    print(summary(examine()))


def main():
    # A kernel that hangs while it starts must not hang the doctor.
    watchdog = threading.Timer(180, lambda: os._exit(1))
    watchdog.daemon = True
    watchdog.start()
    checks = [*examine(), own_notebooks()]
    print(report(checks))
    return 0 if all(check.ok for check in checks) else 1


if __name__ == "__main__":
    raise SystemExit(main())
