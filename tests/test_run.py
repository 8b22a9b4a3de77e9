"""The test command: its parts, its processes, and its report."""

import subprocess
import sys

import pytest

from tests import conftest, run
from tests.notebooks import ROOT


@pytest.fixture
def called(monkeypatch):
    """The commands that were called; the first fails."""
    seen = []

    def call(command, **options):
        seen.append((command, options))
        return len(seen) == 1

    monkeypatch.setattr(run.subprocess, "call", call)
    return seen


def test_every_part_is_run_and_its_time_told_though_one_fails(called, capsys):
    assert run.main([]) == 1
    (ruff, _), (pytest_, options) = called
    assert ruff[2:] == ["ruff", "check", "."]
    assert pytest_[2] == "pytest" and {"--nbval", "notebooks", "tests"} <= {*pytest_}
    assert options["env"]["OMP_NUM_THREADS"] == "1"
    said = capsys.readouterr().out
    assert (
        "0:00.0  ruff" in said and "0:00.0  in all" in said and "Failed: ruff" in said
    )


def test_what_follows_goes_to_pytest(called):
    run.main(["tests/maths", "-k", "softmax"])
    ((command, _),) = called
    assert command[1:] == ["-m", "pytest", "tests/maths", "-k", "softmax"]


@pytest.mark.parametrize("cores, processes", [(None, 2), (1, 2), (2, 2), (96, 4)])
def test_how_many_processes(monkeypatch, cores, processes):
    monkeypatch.setattr(run.os, "cpu_count", lambda: cores)
    assert f"-n{processes}" in run.spread()


@pytest.mark.parametrize(
    "test, part, notebook",
    [
        ("tests/maths/test_loss.py::test_softmax[01_x-2]", "everything else", None),
        ("tests/test_controls.py::test_a[02_one_hot]", "in this process", "02_one_hot"),
        ("tests/browser/test_b.py::test_a[02_one_hot]", "in a browser", "02_one_hot"),
        ("tests/browser/test_view.py::test_a", "in a browser", None),
        ("notebooks/02_one_hot.ipynb::Cell 3", "as nbval runs them", "02_one_hot"),
    ],
    ids=str.split("rest kernel browser view nbval"),
)
def test_the_part_and_the_notebook_of_a_test(test, part, notebook):
    assert conftest.part_of(test).endswith(part)
    assert conftest.notebook_of(test) == notebook


PAIR = """import pytest
seen = []
@pytest.fixture(scope="module", params=["01_a", "02_b", "03_c", "04_d", "05_e"])
def notebook(request):
    seen.append(f"{request.param} opened")
    return request.param
def test_one(notebook):
    seen.append(notebook)
    assert notebook != "02_b"
def test_two(notebook):
    assert seen[-2:] == [f"{notebook} opened", notebook]
"""


def test_parts_are_told_after_a_failure_in_several_processes(tmp_path):
    """Authority: pytest-xdist. Each notebook has two tests, and one test fails.

    The second finds what the first has left: they were run in one process.
    """
    file = tmp_path / "test_pair.py"
    file.write_text(PAIR, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", *run.spread()]
    command += ["-n2", "--rootdir", tmp_path, file]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 1 and "1 failed, 9 passed" in done.stdout, done.stdout
    assert "seconds of each part, 2 at a time" in done.stdout
    assert "     10  notebooks in this process" in done.stdout
