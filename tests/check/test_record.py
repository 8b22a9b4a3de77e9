"""helpers/check/record.py: what was solved is kept, and never stands in the way.

Authority: the files, other processes that write at the same time, and what summary
prints, counted by hand.
"""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from helpers import check
from helpers.check import record
from helpers.check.subjects import exercises

ROOT = Path(__file__).resolve().parents[2]
RIGHT = {
    "knobs": (1, 4),
    "distribution": [0.2] * 5,
    "count_knobs": lambda inputs, outputs: (inputs + 1) * outputs,
}


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """A reader's own folder, and a kernel that begins in it."""
    (tmp_path / ".course").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "_place", record.place())
    return tmp_path


def another_kernel(monkeypatch):
    monkeypatch.setattr(check, "_progress", {})
    monkeypatch.setattr(check, "_place", record.place())


def summary(capsys, *arguments):
    capsys.readouterr()
    check.summary(*arguments)
    return capsys.readouterr().out.splitlines()


def test_what_is_solved_shows_in_another_notebook_s_kernel(mine, monkeypatch, capsys):
    check.knobs(RIGHT["knobs"])
    check.count_knobs(None)
    another_kernel(monkeypatch)
    check.entropy(None)
    zero, one = summary(capsys)
    assert zero == (
        "00_start_here: 1 of 3 exercises solved. Still to do: "
        "distribution, count_knobs."
    )
    assert one.startswith("01_probability: 0 of ") and "entropy (not attempted)" in one


def test_notebooks_stand_in_their_order(mine, capsys):
    folder = record.place()
    for name in ("09_catastrophic_forgetting", "00_start_here", "03_cross_entropy"):
        record.add(folder, name, next(n for n, e in exercises().items()
                                      if e.notebook == name))  # fmt: skip
    assert [line[:2] for line in summary(capsys)] == ["00", "03", "09"]


def test_what_was_solved_once_stays_so(mine, monkeypatch, capsys):
    """In this kernel and in the next, whatever is tried out of curiosity."""
    check.knobs(RIGHT["knobs"])
    check.knobs((5, 5))
    assert summary(capsys)[0].startswith("00_start_here: 1 of 3 exercises solved.")
    assert " knobs (" not in summary(capsys)[0]
    another_kernel(monkeypatch)
    assert summary(capsys)[0].startswith("00_start_here: 1 of 3 exercises solved.")


def test_all_solved_is_said_alone(mine, monkeypatch, capsys):
    for name, answer in RIGHT.items():
        getattr(check, name)(answer)
    another_kernel(monkeypatch)
    assert summary(capsys) == ["00_start_here: 3 of 3 exercises solved."]
    assert summary(capsys, "00_start_here") == summary(capsys)


def test_outside_a_reader_s_folder_nothing_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(check, "_place", record.place())
    check.knobs(RIGHT["knobs"])
    assert list(tmp_path.iterdir()) == []
    another_kernel(monkeypatch)
    assert summary(capsys) == ["No exercise has been checked yet."]


def test_a_folder_within_the_reader_s_is_theirs(mine, monkeypatch):
    (mine / "week 1").mkdir()
    monkeypatch.chdir(mine / "week 1")
    assert record.place() == mine / record.SOLVED


def test_a_kernel_whose_folder_is_gone(mine, monkeypatch):
    """Authority: the system, which names no working folder then."""
    gone = mine / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert record.place() is None
    monkeypatch.chdir(mine)


@pytest.mark.parametrize("spoilt", ["file", "missing", "strange"])
def test_a_spoilt_record_stops_nothing(mine, capsys, spoilt):
    folder = record.place()
    if spoilt == "file":
        folder.write_text("{", encoding="utf-8")
    elif spoilt == "strange":
        (folder / "00_start_here" / "knobs").mkdir(parents=True)
        (folder / "00_start_here" / "no such exercise").touch()
        (folder / "99").touch()
    else:
        os.rmdir(folder.parent)
    assert check.knobs(RIGHT["knobs"]) == RIGHT["knobs"]
    assert summary(capsys)[0].startswith("00_start_here: 1 of 3 exercises solved.")


def test_a_folder_that_cannot_be_written_stops_nothing(mine, monkeypatch, capsys):
    def refuse(*arguments, **options):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    monkeypatch.setattr(Path, "glob", refuse)
    assert check.knobs(RIGHT["knobs"]) == RIGHT["knobs"]
    assert summary(capsys)[0].startswith("00_start_here: 1 of 3 exercises solved.")


def test_two_kernels_at_once_lose_nothing(mine):
    """Authority: two processes that add a hundred names each."""
    code = (
        "import sys; from pathlib import Path; from helpers.check import record\n"
        "for k in range(100): record.add(record.place(), '01', sys.argv[1] + str(k))"
    )
    both = [subprocess.Popen([sys.executable, "-c", code, n], cwd=mine,
                             env={**os.environ, "PYTHONPATH": str(ROOT)})
            for n in "ab"]  # fmt: skip
    assert [each.wait() for each in both] == [0, 0]
    assert len(record.read(record.place())) == 200


def test_two_real_kernels_one_after_the_other(mine):
    """Authority: Jupyter, which starts a kernel in the folder of its notebook."""
    said = []
    for source in ("check.knobs((1, 4))", "check.summary()"):
        cells = [nbformat.v4.new_code_cell(f"from helpers import check\n{source}")]
        notebook = nbformat.v4.new_notebook(cells=cells)
        place = {"metadata": {"path": str(mine)}}
        NotebookClient(
            notebook, timeout=60, kernel_name="python3", resources=place
        ).execute()
        said.append(notebook.cells[0].outputs[0].text)
    assert said[0] == "knobs: right.\n"
    assert said[1].startswith("00_start_here: 1 of 3 exercises solved. Still to do: ")


def test_every_exercise_has_a_file_of_its_own():
    """Some file systems take A and a for the same."""
    names = [name.lower() for name in exercises()]
    assert len(set(names)) == len(names)
    assert all(name.isidentifier() for name in names)
