"""Set up the course and run it. Python 3.11 to 3.14, nothing else is needed.

    python3 course.py lab      open your own copy of the course in JupyterLab
    python3 course.py doctor   look for faults in the set-up
    python3 course.py test     run every test (or those named after it)
    python3 course.py run      execute the notebooks in place, for contributors

Each command makes the environment in .venv first, if it is not there yet.
"""

import sys

if sys.version_info < (3, 11):
    sys.exit(
        "The course needs Python 3.11 to 3.14, and this is Python %d.%d. "
        "Install a newer one from python.org, then run course.py with it."
        % sys.version_info[:2]
    )

import argparse
import collections
import contextlib
import hashlib
import importlib.util
import json
import os
import platform
import re
import shutil
import ssl
import subprocess
import threading
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "course.json"  # what was installed: written last
BEGUN = VENV / "course.unfinished"  # written first, removed last
LOG = VENV / "course.log"  # what pip said when it failed
NEWEST = (3, 14)  # the newest Python that the pinned torch has a build for
ROOM = 3.0  # GB that the set-up needs while it unpacks
LARGE = 5.4  # GB, where only PyTorch's build for graphics cards can be had
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
COPIES = "my-notebooks"  # the reader's own; helpers.setup.copies makes them
AGAIN = "Then run the same command again."

FAULTS = (  # what pip says, and what to tell the reader; the first match counts
    (
        r"No space left|Errno 28\b|WinError 112|not enough space",
        "The disk is full: the set-up needs about 3 GB, and 5.4 GB where PyTorch's CPU "
        "index does not answer. Free some space. " + AGAIN,
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "The network answers with a certificate that Python does not trust, as "
        "company networks do. Use another network, or set PIP_CERT to your "
        "company's certificate file. " + AGAIN,
    ),
    (
        r"getaddrinfo|Name or service not known|name resolution|NewConnection"
        r"|Max retries|Connection (refused|reset|aborted)|timed out|ProxyError"
        r"|ProtocolError|unreachable|IncompleteRead|connection broken",
        "The package index cannot be reached. Check the network connection (and "
        "the proxy, if you have one). " + AGAIN,
    ),
    (
        r"(No matching distribution found for|satisfies the requirement) torch",
        "There is no build of PyTorch for this machine and this Python (%s, %s). "
        "There are builds for 64-bit Python 3.11 to 3.14 on Linux, Windows and "
        "macOS 14 or newer with Apple silicon. Elsewhere, use the course on Binder."
        % (platform.platform(terse=True), platform.python_version()),
    ),
    (
        r"Permission denied|Access is denied|WinError (5|32)\b",
        "A file in .venv is in use or may not be written. Close JupyterLab and "
        "every program that uses .venv. " + AGAIN,
    ),
    (
        r"Failed building wheel|subprocess-exited-with-error|Microsoft Visual C",
        "A package has no ready-made build for this Python. Use Python 3.12 from "
        "python.org, delete the folder .venv. " + AGAIN,
    ),
)


class Trouble(Exception):
    """A set-up that cannot go on; the text says why and what to do."""


def say(text):
    print(text, flush=True)


def explain(output):
    """Return the plain sentence for what a tool said, or its own last error."""
    for pattern, sentence in FAULTS:
        if re.search(pattern, output):
            return sentence
    errors = re.findall(r"^ERROR: (.*)", output, re.M) or output.split("\n")[-3:]
    reason = " ".join(errors[-1:]).strip() or "it gave no reason"
    return f"What was said last: {reason}. " + AGAIN


# The environment -----------------------------------------------------------------


def python():
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(**extra):
    """Return the variables for what runs in .venv, without those that lead out."""
    astray = ("PYTHONHOME", "PYTHONPATH")
    keep = {key: os.environ[key] for key in os.environ if key not in astray}
    keep["PATH"] = os.pathsep.join([str(python().parent), keep.get("PATH", "")])
    return {
        **keep,
        "VIRTUAL_ENV": str(VENV),
        "PIP_USER": "0",
        "PYTHONUTF8": "1",
        "JUPYTER_PREFER_ENV_PATH": "1",
        **extra,
    }


def wanted(testing=False):
    """Return what a complete environment's stamp holds."""
    names = ["requirements.txt", "constraints.txt", "pyproject.toml", "course.py"]
    names += ["tests/requirements.txt"] if testing else []
    paths = [ROOT / name for name in names] + sorted(ROOT.glob("environment/**/*.json"))
    return {
        "place": str(VENV),
        "python": "%d.%d " % sys.version_info[:2] + platform.machine(),
        "files": {
            path.relative_to(ROOT).as_posix(): hashlib.sha256(
                path.read_bytes()
            ).hexdigest()
            for path in paths
        },
    }


def stamp():
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def answers():
    """Tell whether .venv's Python runs, has pip, and is of this Python's version."""
    code = "import pip, sys; print(*sys.version_info[:2])"
    try:
        found = subprocess.run(
            [str(python()), "-c", code], capture_output=True, text=True, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return found.stdout.split() == [str(part) for part in sys.version_info[:2]]


def state(testing=False):
    """Return "ready", "changed" (install what is new) or "new" (start afresh)."""
    was, now = stamp(), wanted(testing)
    if BEGUN.exists() or not python().exists():
        return "new"
    if was and (was.get("place"), was.get("python")) != (now["place"], now["python"]):
        return "new"  # moved, copied, or made by another Python
    if was and now["files"].items() <= was.get("files", {}).items():
        return "ready"
    return "changed" if answers() else "new"


def setup(testing=False):
    """Bring .venv to what the requirements say; do nothing if it is there."""
    found = state(testing)
    if found == "ready":
        return
    try:
        if found == "new":
            make_venv()
        BEGUN.touch()
        install(testing)
    except Trouble:
        if found == "changed":  # pip undoes what fails: the old packages still work
            BEGUN.unlink(missing_ok=True)
        raise
    files = {**stamp().get("files", {}), **wanted(testing)["files"]}
    STAMP.write_text(json.dumps({**wanted(), "files": files}), encoding="utf-8")
    BEGUN.unlink()


def make_venv():
    if sys.version_info[:2] > NEWEST:
        raise Trouble(
            "This is Python %d.%d, and PyTorch has no build for it yet. Run course.py "
            "with Python 3.11 to 3.14." % sys.version_info[:2]
        )
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        raise Trouble(
            "This Python cannot make environments: its venv module is missing. On "
            "Debian or Ubuntu: sudo apt install python3-venv. " + AGAIN
        )
    if VENV.is_symlink():
        VENV.unlink()
    elif VENV.exists():
        say("Removing a .venv that is unfinished, was moved, or is of another Python")
        remove(VENV)
    need(ROOM)
    say(f"Making the environment in {VENV}")
    VENV.mkdir()
    BEGUN.touch()
    base = getattr(sys, "_base_executable", None) or sys.executable
    made = subprocess.run(
        [base, "-m", "venv", str(VENV)], capture_output=True, text=True
    )
    if made.returncode:
        raise Trouble(explain(made.stderr + made.stdout))


def need(room):
    """Stop before anything is made or fetched, if the disk has not so many GB."""
    free = shutil.disk_usage(ROOT).free / 10**9
    if free < room:
        raise Trouble(
            f"The disk is full: {free:.1f} GB are free, and the set-up needs about "
            f"{room:.1f} GB. Free some space. " + AGAIN
        )


def remove(folder, tries=5):
    """Remove a folder, also while a process of a stopped set-up still writes there."""
    for left in reversed(range(tries)):
        try:
            return shutil.rmtree(folder)
        except OSError:
            if not left:
                raise
            time.sleep(1)


def install(testing):
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    torch = re.search(r"^torch==\S+", text, re.M).group()
    dist_info = torch.replace("==", "-") + "*.dist-info"
    have = any(VENV.glob(f"lib/python*/site-packages/{dist_info}"))
    if sys.platform == "linux" and not have and not cpu_build(torch):
        say(
            f"PyTorch's CPU build cannot be had; the usual one takes {LARGE} GB of disk"
        )
        need(LARGE)
    files = ["-c", "constraints.txt", "-r", "requirements.txt"]
    pip("Installing the packages of requirements.txt (some minutes, once)", *files)
    if testing:
        files = ["-c", "constraints.txt", "-r", "tests/requirements.txt"]
        pip("Installing the packages of tests/requirements.txt", *files)
    own = ["--no-deps", "--no-build-isolation", "-e", "."]
    pip("Installing the course's helpers", *own)


def cpu_build(torch):
    """Install PyTorch without what graphics cards need; tell whether that worked."""
    if not reachable(CPU_INDEX + "/torch/"):
        return False
    try:
        limits = ["--timeout", "15", "--retries", "1"]
        step = "Installing torch, the CPU build (200 MB)"
        pip(step, "--no-deps", torch, "--index-url", CPU_INDEX, *limits)
    except Trouble as trouble:
        if "disk" in str(trouble):
            raise
        return False
    return True


def reachable(url, seconds=4.0):
    """Tell whether the address answers in time (name look-ups have no limit)."""
    result = []

    def ask():
        request = urllib.request.Request(url, method="HEAD")
        try:
            urllib.request.urlopen(request, timeout=seconds).close()
            result.append(True)
        except ssl.SSLError:
            result.append(True)  # pip brings certificates of its own
        except OSError as error:
            result.append(isinstance(getattr(error, "reason", 0), ssl.SSLError))

    thread = threading.Thread(target=ask, daemon=True)
    thread.start()
    thread.join(seconds + 1)
    return bool(result and result[0])


def pip(step, *arguments):
    """Run pip install in .venv; on a terminal show its newest line."""
    say(step)
    command = [str(python()), "-m", "pip", "install", "--no-input", *arguments]
    command[4:4] = ["--disable-pip-version-check", "--progress-bar", "off"]
    lines = collections.deque(maxlen=2000)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    try:
        for line in process.stdout:
            lines.append(line)
            if sys.stdout.isatty():
                print("\r  " + line.strip()[:74].ljust(74), end="", flush=True)
    except BaseException:
        process.terminate()
        raise
    finally:
        process.wait()
        if sys.stdout.isatty():
            print("\r" + " " * 76 + "\r", end="", flush=True)
    if process.returncode:
        output = "".join(lines)
        with contextlib.suppress(OSError):  # a full disk
            LOG.write_text(output, encoding="utf-8")
        raise Trouble(f"{explain(output)} All that pip said is in {LOG}.")


# The commands ----------------------------------------------------------------------


def call(*command, **variables):
    arguments = [str(python()), "-m", *command]
    return subprocess.call(arguments, cwd=ROOT, env=environment(**variables))


def lab(options):
    setup()
    fresh = ["--fresh", *options.fresh] if options.fresh else []
    code = call("helpers.setup.copies", *fresh)
    if code and fresh:
        return code  # a name that no notebook has, or a folder that is read-only
    start = f"{Path(options.fresh[0] if fresh else '00_start_here').stem}.ipynb"
    folder = COPIES if (ROOT / COPIES / start).exists() else "notebooks"
    start = f"{folder}/{start}"
    command = [str(python()), "-m", "jupyterlab", f"--ServerApp.root_dir={ROOT}"]
    command += [f"--LabApp.default_url=/lab/tree/{start}"]
    command += ["--no-browser"] if options.no_browser else []
    command += [f"--ServerApp.port={options.port}"] if options.port else []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command += ["--allow-root"]  # a container's only user
    say(f"Opening JupyterLab on {start}; Ctrl-C stops it")
    os.chdir(ROOT)
    if os.name == "posix":
        os.execve(command[0], command, environment())
    try:
        return subprocess.call(command, env=environment())
    except KeyboardInterrupt:
        return 0


def test(options):
    setup(testing=True)
    quick = ["--quick"] if options.quick else []
    return call("tests.run", *quick, *options.arguments)


def run(options):
    setup()
    return call("helpers.setup.execute", *options.names, COURSE_PACK="1")


def doctor(options):
    setup()
    return call("helpers.setup.doctor")


COMMANDS = {"lab": lab, "test": test, "run": run, "doctor": doctor}


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="course.py",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    sub = commands.add_parser("lab", help="open the course in JupyterLab")
    sub.add_argument("--no-browser", action="store_true", help="only print the address")
    sub.add_argument("--port", type=int, help="the port to listen on")
    fresh = "begin your copy of a notebook again, such as 03_cross_entropy"
    sub.add_argument("--fresh", nargs="+", metavar="NOTEBOOK", help=fresh)
    commands.add_parser("doctor", help="look for faults in the set-up")
    sub = commands.add_parser("run", help="execute notebooks in place")
    sub.add_argument("names", nargs="*", help="such as 01_probability; all, if none")
    sub = commands.add_parser("test", help="run the tests; what follows goes to pytest")
    sub.add_argument("--quick", action="store_true", help="what differs from main")
    options, rest = parser.parse_known_args(arguments)
    if rest and options.command != "test":
        parser.error("unrecognised: " + " ".join(rest))
    options.arguments = rest
    return options


def main(arguments=None):
    options = parse(arguments)
    try:
        return COMMANDS[options.command](options)
    except Trouble as trouble:
        say(f"\nThe set-up stopped. {trouble}")
    except OSError as error:
        say(f"\nThe set-up stopped. {explain(str(error))}")
    except KeyboardInterrupt:
        say("\nStopped. The same command goes on from here when you run it again.")
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
