"""course.py: what it does with a set-up that is missing, whole, broken or old.

The environments here are real ones without pip; a pip.py beside them plays pip,
since ``python -m pip`` takes the one in the folder it runs in.
"""

import ast
import errno
import http.server
import json
import os
import runpy
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import course

ROOT = Path(course.__file__).parent
FILES = [
    "requirements.txt",
    "constraints.txt",
    "pyproject.toml",
    "course.py",
    "tests/requirements.txt",
]
PIP = """
import json, os, signal, sys, time
with open("calls.txt", "a", encoding="utf-8") as file:
    file.write(json.dumps(sys.argv[1:]) + "\\n")
if __name__ == "__main__" and (fault := os.environ.get("FAULT")):
    if fault == "Ctrl-C":
        os.kill(os.getppid(), signal.SIGINT)
        time.sleep(60)
    if fault != "CPU" or "--index-url" in sys.argv:
        sys.exit(fault)
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    """Return a folder with the course's set-up files, where course.py works."""
    home = tmp_path / "course"
    for name in FILES:
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, home / name)
    shutil.copytree(ROOT / "environment", home / "environment")
    (home / "pip.py").write_text(PIP, encoding="utf-8")
    settle(monkeypatch, home)
    monkeypatch.setattr(course, "reachable", lambda url: False)
    monkeypatch.delenv("FAULT", raising=False)
    run = subprocess.run

    def without_pip(command, **options):
        return run(command + ["--without-pip"] * ("venv" in command), **options)

    monkeypatch.setattr(course.subprocess, "run", without_pip)
    return home


def settle(monkeypatch, home):
    """Let course.py take this folder for its own."""
    monkeypatch.chdir(home)
    monkeypatch.setattr(course, "ROOT", home)
    monkeypatch.setattr(course, "VENV", home / ".venv")
    for name in ("STAMP", "BEGUN", "LOG"):
        old = getattr(course, name)
        monkeypatch.setattr(course, name, home / ".venv" / old.name)


def calls():
    """Return what pip was asked, call by call, and forget it."""
    path = course.ROOT / "calls.txt"
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    path.unlink(missing_ok=True)
    return [json.loads(line) for line in lines if "install" in line]


def quiet(options):
    """Stand for a command that only sets up."""
    course.setup()
    return 0


@pytest.fixture
def main(place, monkeypatch, capsys):
    """Return a function: set up with a fault, give the exit code and the words."""
    monkeypatch.setitem(course.COMMANDS, "doctor", quiet)

    def run(fault=""):
        monkeypatch.setenv("FAULT", fault)
        code = course.main(["doctor"])
        return code, capsys.readouterr().out

    return run


def test_a_first_set_up_installs_in_order(main):
    """Authority: the three steps that pip needs, each with the lock."""
    code, said = main()
    assert code == 0
    packages, own = calls()
    assert packages[-4:] == ["-c", "constraints.txt", "-r", "requirements.txt"]
    assert own[-2:] == ["-e", "."] and "--no-deps" in own
    assert len(said.splitlines()) <= 5


def test_a_second_set_up_starts_no_process(main, monkeypatch):
    """Authority: every process would have to come from subprocess."""
    main()
    monkeypatch.setattr(course.subprocess, "run", None)
    monkeypatch.setattr(course.subprocess, "Popen", None)
    assert main() == (0, "")


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_installed_in_place(place, name):
    course.setup(testing=True)
    (place / ".venv" / "kept").touch()
    with (place / name).open("a", encoding="utf-8") as file:
        file.write("\n# changed\n")
    assert course.state(testing=True) == "changed"
    course.setup(testing=True)
    assert course.state(testing=True) == "ready"
    assert (place / ".venv" / "kept").exists()


def test_a_changed_setting_is_installed(place):
    course.setup()
    path = next(place.glob("environment/**/*.json"))
    path.write_text("{}", encoding="utf-8")
    assert course.state() == "changed"


def test_the_tests_add_to_the_reader_s_set_up(place):
    course.setup()
    assert course.state(testing=True) == "changed"
    calls()
    course.setup(testing=True)
    assert [call[-1] for call in calls()] == [
        "requirements.txt",
        "tests/requirements.txt",
        ".",
    ]
    assert course.state() == course.state(testing=True) == "ready"


def test_a_moved_or_copied_environment_is_made_anew(place, monkeypatch):
    course.setup()
    moved = place.parent / "elsewhere"
    shutil.copytree(place, moved, symlinks=True)
    assert course.state() == "ready"
    settle(monkeypatch, moved)
    assert course.state() == "new"
    course.setup()
    assert course.state() == "ready"


def test_another_python_makes_it_anew(place, monkeypatch):
    course.setup()
    monkeypatch.setattr(course.sys, "version_info", (3, 12, 0, "final", 0))
    assert course.state() == "new"


def test_a_lost_python_makes_it_anew(place):
    course.setup()
    course.python().unlink()
    assert course.state() == "new"


@pytest.mark.parametrize("text", ["", "{", "[]", "null"])
def test_a_spoilt_stamp_is_no_stamp(place, text):
    course.setup()
    course.STAMP.write_text(text, encoding="utf-8")
    assert course.state() == "changed"
    course.setup()
    assert course.state() == "ready"


def test_an_environment_made_by_hand_is_used_and_kept(place):
    """An editor may have made .venv: what is in it is not ours to remove."""
    subprocess.check_call([sys.executable, "-m", "venv", "--without-pip", ".venv"])
    (place / ".venv" / "kept").touch()
    course.setup()
    assert course.state() == "ready" and (place / ".venv" / "kept").exists()


def test_an_empty_folder_is_no_environment(place):
    (place / ".venv").mkdir()
    course.setup()
    assert course.state() == "ready"


def test_a_folder_that_is_still_written_to_is_removed(tmp_path, monkeypatch):
    """Authority: the operating system, which refuses to remove a filled folder."""
    folder = tmp_path / ".venv"
    folder.mkdir()
    real, seen = shutil.rmtree, []

    def filled_meanwhile(path):
        seen.append(path)
        if len(seen) == 1:
            (folder / "late").touch()
            folder.rmdir()  # raises what a late writer makes rmtree raise
        real(path)

    monkeypatch.setattr(course.shutil, "rmtree", filled_meanwhile)
    monkeypatch.setattr(course.time, "sleep", lambda seconds: None)
    course.remove(folder)
    assert not folder.exists() and len(seen) == 2


def test_an_error_of_the_system_is_said_plainly(main, monkeypatch):
    """Authority: the text that the system itself gives to a full disk."""

    def fail(testing):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(course, "install", fail)
    code, said = main()
    assert code == 1 and "disk is full" in said and "Traceback" not in said


def test_no_network(main):
    """Authority: the real pip, sent to a port where nothing listens."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{s.getsockname()[1]}/simple"
        real = subprocess.run(
            [
                *[sys.executable, "-m", "pip", "install", "--dry-run"],
                *["--retries", "1", "--isolated", "--index-url", address],
                "no-such-package",
            ],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
    assert real.returncode
    code, said = main(real.stderr + real.stdout)
    assert code == 1 and "package index cannot be reached" in said
    assert "run the same command again" in said
    assert main()[0] == 0 and course.state() == "ready"


def test_no_build_of_torch(main):
    """Authority: the real pip, with no torch to be had."""
    real = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--isolated",
            "--no-index",
            "torch==0",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    code, said = main(real.stderr)
    assert code == 1 and "no build of PyTorch for this machine" in said


@pytest.mark.parametrize(
    "fault, words",
    [
        (f"OSError: [Errno 28] {os.strerror(errno.ENOSPC)}", "disk is full"),
        (f"OSError: [Errno 13] {os.strerror(errno.EACCES)}: 'x'", "Close JupyterLab"),
        ("SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE", "certificate"),
        ("ERROR: Failed building wheel for numpy", "no ready-made build"),
        ("ERROR: a fault nobody has met", "last: a fault nobody has met"),
    ],
)
def test_every_fault_is_said_and_mended_by_running_again(main, fault, words):
    code, said = main(fault)
    assert code == 1 and words in said and "again" in said
    assert "Traceback" not in said
    assert course.state() == "new"
    assert main()[0] == 0 and course.state() == "ready"


def test_ctrl_c_while_installing(main):
    code, said = main("Ctrl-C")
    assert code == 130 and "Stopped" in said
    assert course.state() == "new"
    assert main()[0] == 0 and course.state() == "ready"


def test_a_failed_update_keeps_the_old_packages(main, place):
    main()
    with (place / "requirements.txt").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert main("Connection refused")[0] == 1
    assert course.state() == "changed"  # and not "new": nothing was removed
    assert main("Ctrl-C")[0] == 130
    assert course.state() == "new"  # pip was stopped in the middle of something


def test_a_python_without_venv(main, monkeypatch):
    find = course.importlib.util.find_spec
    monkeypatch.setattr(
        course.importlib.util,
        "find_spec",
        lambda name, *rest: None if name == "ensurepip" else find(name, *rest),
    )
    code, said = main()
    assert code == 1 and "sudo apt install python3-venv" in said


def test_a_full_disk_is_said_before_anything_is_made(main, monkeypatch, place):
    usage = shutil.disk_usage(place)._replace(free=10**9)
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: usage)
    code, said = main()
    assert code == 1 and "disk is full" in said and not (place / ".venv").exists()


def test_a_python_newer_than_torch(main, monkeypatch):
    monkeypatch.setattr(course, "NEWEST", (3, 10))
    code, said = main()
    assert code == 1 and "no build for it yet" in said


def test_an_older_python_reads_it_and_is_told():
    """Authority: ast's own grammar of Python 3.8."""
    source = (ROOT / "course.py").read_text(encoding="utf-8")
    ast.parse(source, feature_version=(3, 8))
    was = sys.version_info
    sys.version_info = (3, 8, 10, "final", 0)
    try:
        with pytest.raises(SystemExit, match=r"needs Python 3\.11 .* is Python 3\.8"):
            runpy.run_path(str(ROOT / "course.py"))
    finally:
        sys.version_info = was


def test_it_needs_the_standard_library_alone():
    """Authority: sys.stdlib_module_names."""
    tree = ast.parse((ROOT / "course.py").read_text(encoding="utf-8"))
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module.split(".")[0])
    assert names <= sys.stdlib_module_names


# torch's CPU build


def ask_for_torch(monkeypatch, platform, answer, fault=""):
    monkeypatch.setattr(course.sys, "platform", platform)
    monkeypatch.setattr(course, "reachable", lambda url: answer)
    monkeypatch.setenv("FAULT", fault)
    course.setup()
    return [call for call in calls() if course.CPU_INDEX in call]


def test_linux_takes_the_cpu_build_first(place, monkeypatch):
    (call,) = ask_for_torch(monkeypatch, "linux", True)
    assert "torch==2.13.0" in call and "--no-deps" in call and "--timeout" in call


def test_a_cpu_index_that_fails_is_left(place, monkeypatch):
    assert len(ask_for_torch(monkeypatch, "linux", True, fault="CPU")) == 1
    assert course.state() == "ready"


def test_a_silent_cpu_index_is_not_asked(place, monkeypatch):
    assert ask_for_torch(monkeypatch, "linux", False) == []


@pytest.mark.parametrize(
    "answer, fault", [(False, ""), (True, "CPU")], ids=["silent", "failing"]
)
def test_the_large_build_is_told_with_its_room_before_it_begins(
    place, monkeypatch, capsys, answer, fault
):
    """Authority: what pip was asked, which comes after the words."""
    ask_for_torch(monkeypatch, "linux", answer, fault)
    said = capsys.readouterr().out
    assert said.index("takes 5.4 GB") < said.index("Installing the packages")


def test_a_disk_too_small_for_the_large_build_stops_it(main, monkeypatch, place):
    usage = shutil.disk_usage(place)._replace(free=4.2 * 10**9)
    monkeypatch.setattr(course.shutil, "disk_usage", lambda path: usage)
    monkeypatch.setattr(course.sys, "platform", "linux")
    code, said = main()
    assert code == 1 and "4.2 GB are free" in said and "needs about 5.4 GB" in said
    assert calls() == [] and "again" in said
    monkeypatch.setattr(course, "reachable", lambda url: True)
    assert main()[0] == 0  # the CPU build has room


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_the_default_index_has_the_cpu_build(place, monkeypatch, platform):
    assert ask_for_torch(monkeypatch, platform, True) == []


@pytest.mark.parametrize("status, expected", [(200, True), (404, False)])
def test_reachable_asks(status, expected):
    """Authority: a server of the standard library."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_HEAD(self):
            self.send_response(status)
            self.end_headers()

        def log_message(self, *rest):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        assert course.reachable(address, seconds=60) is expected


def test_a_server_that_never_answers_is_not_waited_for():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        assert course.reachable(address, seconds=0.1) is False


def test_a_name_look_up_that_hangs_is_not_waited_for(monkeypatch):
    """Look-ups know no time limit: without one of our own this would be True."""
    hang = threading.Event()
    late = threading.Timer(20, hang.set)
    late.start()

    def look_up(request, timeout):
        hang.wait()
        return open(os.devnull)

    monkeypatch.setattr(course.urllib.request, "urlopen", look_up)
    answer = course.reachable("http://a.name/", seconds=0.1)
    late.cancel()
    hang.set()
    assert answer is False


# The commands


@pytest.mark.parametrize(
    "arguments", [[], ["lap"], ["lab", "--no-token"], ["run", "-x"]]
)
def test_a_wrong_command_is_refused(arguments, capsys):
    with pytest.raises(SystemExit) as stop:
        course.main(arguments)
    assert stop.value.code == 2
    assert "usage: course.py" in capsys.readouterr().err


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stop:
        course.main(["--help"])
    assert stop.value.code == 0
    said = capsys.readouterr().out
    assert all(f"\n    {name} " in said for name in course.COMMANDS)


@pytest.fixture
def started(monkeypatch):
    """Return a list of (command, variables) of what a command would start."""
    seen = []
    monkeypatch.setattr(course, "setup", lambda testing=False: None)
    monkeypatch.setattr(course.os, "name", "posix")

    def replace(path, command, variables):
        seen.append((command, variables))
        raise SystemExit(0)  # as no line after it runs

    monkeypatch.setattr(course.os, "execve", replace)
    monkeypatch.setattr(
        course.subprocess, "call", lambda c, env, **rest: seen.append((c, env)) or 0
    )
    monkeypatch.chdir(ROOT)
    return seen


@pytest.fixture
def place_with_copies(tmp_path, monkeypatch):
    """Let the course lie where the reader's copies are already made."""
    for folder in (course.COPIES, "notebooks"):
        (tmp_path / folder).mkdir()
        for name in ("00_start_here", "03_cross_entropy"):
            (tmp_path / folder / f"{name}.ipynb").touch()
    monkeypatch.setattr(course, "ROOT", tmp_path)
    return tmp_path


def test_lab_opens_the_reader_s_copy_and_keeps_the_token(started, place_with_copies):
    with pytest.raises(SystemExit):
        course.main(["lab", "--no-browser", "--port", "9000"])
    (copies, _), (command, variables) = started
    assert copies[2:] == ["helpers.setup.copies"]
    line = " ".join(command)
    assert f"/lab/tree/{course.COPIES}/00_start_here.ipynb" in line
    assert "--no-browser" in line
    assert "port=9000" in line and f"root_dir={place_with_copies}" in line
    assert "token" not in line.lower() and "password" not in line.lower()
    assert variables.get("JUPYTER_TOKEN") == os.environ.get("JUPYTER_TOKEN")


def test_lab_opens_a_browser_on_its_own(started):
    with pytest.raises(SystemExit):
        course.main(["lab"])
    assert not any("browser" in part or "port=" in part for part in started[-1][0])


def test_lab_opens_the_course_s_where_no_copy_can_be_made(started, place_with_copies):
    shutil.rmtree(place_with_copies / course.COPIES)
    with pytest.raises(SystemExit):
        course.main(["lab"])
    assert "/lab/tree/notebooks/00_start_here.ipynb" in " ".join(started[-1][0])


def test_lab_begins_a_notebook_again_and_opens_it(started, place_with_copies):
    with pytest.raises(SystemExit):
        course.main(["lab", "--fresh", "03_cross_entropy"])
    assert started[0][0][2:] == ["helpers.setup.copies", "--fresh", "03_cross_entropy"]
    opened = f"/lab/tree/{course.COPIES}/03_cross_entropy.ipynb"
    assert opened in " ".join(started[1][0])


def test_lab_ends_when_a_notebook_cannot_be_begun_again(started, monkeypatch):
    """The reason, such as a name that is none, was said just above."""
    monkeypatch.setattr(course, "call", lambda *c, **v: 2)
    assert course.main(["lab", "--fresh", "03_crossing"]) == 2 and started == []


def test_nothing_from_outside_leads_a_command_astray(started, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    monkeypatch.setenv("PIP_USER", "1")
    with pytest.raises(SystemExit):
        course.main(["lab"])
    variables = started[-1][1]
    assert "PYTHONPATH" not in variables and variables["PIP_USER"] == "0"
    assert variables["PATH"].startswith(str(course.python().parent))


@pytest.mark.parametrize(
    "arguments",
    [[], ["--quick"], ["tests/maths/test_loss.py", "-k", "softmax"]],
)
def test_test_hands_what_follows_to_the_tests(started, arguments):
    course.main(["test", *arguments])
    ((command, _),) = started
    assert command[1:] == ["-m", "tests.run", *arguments]


def test_run_packs_the_live_figures(started):
    course.main(["run", "01_probability"])
    ((command, variables),) = started
    assert command[2:] == ["helpers.setup.execute", "01_probability"]
    assert variables["COURSE_PACK"] == "1"
