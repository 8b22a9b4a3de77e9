"""helpers/setup/copies.py: folders in every state, stops at every moment.

Authority: the files that stand there afterwards, byte by byte where nothing may have
changed, and the operating system's own kill and its own limits.
"""

import errno
import json
import os
import re
import subprocess
import sys
import textwrap
from pathlib import Path

import nbformat
import pytest

from helpers.check import record
from helpers.setup import copies, merge
from tests.notebooks import NAMES, NOTEBOOKS

STUB = "def f(x):\n    ...\n\nf = check.f(f)"
MINE = "def f(x):\n    return 2 * x\n\nf = check.f(f)"


def release(folder, name, *sources):
    """Put a notebook of the course there, executed, with the cells c0, c1 …"""
    new = nbformat.v4.new_notebook(metadata={"widgets": {merge.VIEW: {}}})
    out = nbformat.v4.new_output("stream", text="42")
    for number, source in enumerate(sources):
        code = nbformat.v4.new_code_cell(source, id=f"c{number}", outputs=[out])
        new.cells.append(code)
    folder.mkdir(exist_ok=True)
    nbformat.write(new, folder / f"{name}.ipynb")


class Place:
    """A course of two notebooks, and a reader's folder beside it."""

    def __init__(self, base):
        self.notebooks, self.mine = base / "notebooks", base / "my-notebooks"
        release(self.notebooks, "00_start", "1 + 1", STUB)
        release(self.notebooks, "01_next", "2 + 2")

    def update(self):
        return copies.update(self.notebooks, self.mine)

    def fresh(self, *names):
        return copies.begin_again(names, self.notebooks, self.mine)

    def path(self, name="00_start"):
        return self.mine / f"{name}.ipynb"

    def read(self, name="00_start"):
        return nbformat.read(self.path(name), as_version=4)

    def sources(self, name="00_start"):
        return [cell.source for cell in self.read(name).cells]

    def answer(self, number=1, source=MINE):
        """The reader changes a cell, as JupyterLab saves it."""
        notebook = self.read()
        notebook.cells[number].source = source
        nbformat.write(notebook, self.path())

    def earlier(self):
        return sorted(path.name for path in (self.mine / "earlier").glob("*"))

    def bytes(self):
        """Every file of the reader's folder."""
        files = [path for path in self.mine.rglob("*") if path.is_file()]
        return {path.relative_to(self.mine): path.read_bytes() for path in files}


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


@pytest.fixture
def begun(place):
    """A folder in which the reader has answered, before the course is renewed."""
    place.update()
    place.answer()
    release(place.notebooks, "00_start", "1 + 1 + 1", STUB, "9")
    return place


def test_copies_begin_without_outputs(place):
    before = (place.notebooks / "00_start.ipynb").read_bytes()
    said = place.update()
    assert said == [
        "Your own notebooks are in my-notebooks. Nothing in them has run yet."
    ]
    for name in ("00_start", "01_next"):
        copy = place.read(name)
        nbformat.validate(copy)
        assert all(not cell.outputs and not cell.execution_count for cell in copy.cells)
        assert "widgets" not in copy.metadata
    assert place.sources() == ["1 + 1", STUB]
    assert (place.notebooks / "00_start.ipynb").read_bytes() == before


def test_a_second_time_nothing_is_written(place):
    place.update()
    place.answer()
    before = place.bytes()
    assert place.update() == [] and place.bytes() == before


def test_a_renewed_notebook_is_brought_in_and_the_old_copy_kept(begun):
    old = begun.path().read_bytes()
    (said,) = begun.update()
    assert said == (
        "00_start: 1 cell renewed, 1 cell new. The old one is in my-notebooks/earlier."
    )
    assert begun.sources() == ["1 + 1 + 1", MINE, "9"]
    (kept,) = begun.earlier()
    assert re.fullmatch(r"00_start_\d{4}-\d\d-\d\d_before_update.ipynb", kept)
    assert (begun.mine / "earlier" / kept).read_bytes() == old
    assert begun.update() == []


def test_old_copies_of_renewals_are_few_and_others_are_not_touched(begun):
    for step in range(copies.KEPT + 3):
        release(begun.notebooks, "00_start", f"{step}", STUB)
        begun.fresh("01_next")
        begun.update()
        begun.answer(source=f"{MINE}\n# {step}")
    names = begun.earlier()
    assert sum("before_update" in name for name in names) == copies.KEPT
    newest = max((begun.mine / "earlier").glob("*"), key=lambda p: p.stat().st_mtime_ns)
    assert f"# {step - 1}" in newest.read_text(encoding="utf-8")


def test_a_notebook_can_be_begun_again(begun):
    begun.update()
    solved = begun.mine / record.SOLVED
    record.add(solved, "00_start", "f")
    record.add(solved, "01_next", "g")
    old = begun.path().read_bytes()
    (said,) = begun.fresh("00_start.ipynb")
    name = re.fullmatch(
        r"00_start: begun again\. The old one is my-notebooks/(earlier/\S+)\.", said
    )[1]
    assert (begun.mine / name).read_bytes() == old
    assert begun.sources() == ["1 + 1 + 1", STUB, "9"]
    assert record.read(solved) == {"g"}
    assert begun.fresh("00_start") == ["00_start: begun again."]  # nothing to keep


def test_an_unknown_name_is_said_before_anything_is_done(begun):
    before = begun.bytes()
    with pytest.raises(
        ValueError, match=r"^No notebook 7; there are 00_start, 01_next.$"
    ):
        begun.fresh("00_start", "7")
    assert begun.bytes() == before


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'{"metadata": null}',
        b'{"cells": 3}',
        b'{"cells": [{}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
        b'{"nbformat": 7, "cells": []}',
        b"\xff\xfe",
        b'{"cells": [{"id": "a", "cell_type": "raw", "metadata": {}, "source":'
        b' "\\ud800"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    ],
)
def test_a_copy_that_cannot_be_read_is_kept_and_begun_again(place, data):
    place.update()
    place.path().write_bytes(data)
    (said,) = place.update()
    assert said.startswith("00_start: could not be read, and is begun again.")
    assert place.sources() == ["1 + 1", STUB]
    assert (place.mine.parent / said.split()[-1].rstrip(".")).read_bytes() == data
    assert place.update() == []


def test_a_copy_saved_by_an_older_editor_is_brought_up_to_date(begun):
    """Authority: nbformat's own format 4.4, in which cells have no ids."""
    old = json.loads(begun.path().read_text(encoding="utf-8"))
    for cell in old["cells"]:
        del cell["id"]
    text = json.dumps({**old, "nbformat_minor": 4})
    begun.path().write_text("\ufeff" + text, encoding="utf-8")
    begun.update()
    assert begun.sources() == ["1 + 1 + 1", MINE, "9"]


def test_a_copy_that_is_gone_is_there_again(place):
    place.update()
    place.path().unlink()
    assert place.update() == ["00_start: was gone; a new one is there."]
    assert place.sources() == ["1 + 1", STUB]


def test_a_renamed_copy_is_left_and_named(begun):
    os.rename(begun.path(), begun.mine / "done.ipynb")
    before = (begun.mine / "done.ipynb").read_bytes()
    (said,) = begun.update()
    assert said.endswith("a new one is there. done.ipynb is left as it is.")
    assert (begun.mine / "done.ipynb").read_bytes() == before


def test_a_new_notebook_of_the_course_comes(place):
    place.update()
    release(place.notebooks, "02_more", "3")
    assert place.update() == ["02_more: new."]


def test_a_notebook_that_left_the_course_stays_and_is_said_once(place):
    place.update()
    (place.notebooks / "01_next.ipynb").unlink()
    assert place.update() == ["01_next: no longer in the course. Yours stays."]
    assert place.sources("01_next") == ["2 + 2"] and place.update() == []


def test_a_notebook_of_the_course_that_cannot_be_read_changes_nothing(begun):
    before = begun.path().read_bytes()
    (begun.notebooks / "00_start.ipynb").write_text("<<<<<<< HEAD", encoding="utf-8")
    assert "the course's own cannot be read" in begun.update()[0]
    assert begun.path().read_bytes() == before


def test_the_reader_s_other_files_are_left_alone(begun):
    (begun.mine / "notes.txt").write_text("mine", encoding="utf-8")
    nbformat.write(nbformat.v4.new_notebook(), begun.mine / "own.ipynb")
    before = begun.bytes()
    begun.update()
    after = begun.bytes()
    for name in (Path("notes.txt"), Path("own.ipynb"), Path("01_next.ipynb")):
        assert after[name] == before[name]


def test_a_link_stays_a_link(begun):
    """Some keep their notebooks in a folder that another machine shares."""
    elsewhere = begun.mine.parent / "elsewhere.ipynb"
    os.rename(begun.path(), elsewhere)
    begun.path().symlink_to(elsewhere)
    begun.update()
    assert begun.path().is_symlink() and begun.sources() == ["1 + 1 + 1", MINE, "9"]


# stopped


@pytest.mark.parametrize("write", [1, 2], ids=["of the old copy", "of the new one"])
def test_a_full_disk_leaves_the_copy_whole(begun, monkeypatch, write):
    before, writes = begun.path().read_bytes(), iter([1, 2])

    def full(number):
        if next(writes) == write:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(copies.os, "fsync", full)
        (said,) = begun.update()
    assert said == (
        "00_start: cannot be brought up to date: No space left on device. "
        "It is as it was."
    )
    assert begun.path().read_bytes() == before
    assert not [name for name in begun.bytes() if name.suffix == ".part"]
    begun.update()
    assert begun.sources() == ["1 + 1 + 1", MINE, "9"]


def start(place, code):
    """Run code in a process of its own, that of a copy being brought up to date."""
    head = (
        "import os, shutil, signal, sys, nbformat\nfrom pathlib import Path\n"
        "from helpers.setup import copies\nnotebooks, mine = map(Path, sys.argv[1:3])\n"
    )
    folders = [str(place.notebooks), str(place.mine)]
    command = [sys.executable, "-c", head + textwrap.dedent(code), *folders]
    done = subprocess.run(command, cwd=copies.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_write_that_the_system_stops_in_the_middle(begun):
    """Authority: the kernel's limit for a file's size, which the new copy exceeds."""
    release(begun.notebooks, "00_start", "1 + 1 + 1", STUB, "9" * 5000)
    before = begun.path().read_bytes()
    said = start(
        begun,
        """
        import resource
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        size = (mine / "00_start.ipynb").stat().st_size
        resource.setrlimit(resource.RLIMIT_FSIZE, (size + 1, size + 1))
        print(*copies.update(notebooks, mine))
        """,
    )
    assert "File too large. It is as it was." in said and len(begun.earlier()) == 1
    assert begun.path().read_bytes() == before


KILL = """
def kill_at(count):  # before a thing is done to a file, or when half is written
    left, real = [count], os.fsync

    def step(half=None):
        left[0] -= 1
        if not left[0]:
            if half is not None:
                os.truncate(half, os.fstat(half).st_size // 2)
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(event, details):
        if event in ("open", "os.rename", "os.remove", "os.mkdir", "os.utime"):
            if str(details[0]).startswith(str(mine)):
                step()

    copies.os.fsync = lambda number: (step(number), real(number))
    sys.addaudithook(watch)

before = shutil.copytree(mine, mine.parent / "before")
for count in range(1, 100):
    shutil.rmtree(mine)
    shutil.copytree(before, mine)
    if not (child := os.fork()):
        kill_at(count)
        copies.update(notebooks, mine)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    if status == 0:
        break
    assert os.WTERMSIG(status) == signal.SIGKILL, status
    shutil.copytree(mine, mine.parent / f"killed-{count:02}" / mine.name)
"""


def test_killed_at_any_moment_the_copy_is_whole_and_the_next_time_mends(begun):
    """Authority: kill -9, before each thing done to a file, and in its middle."""
    old, base = begun.path().read_bytes(), begun.mine.parent
    start(begun, KILL)
    killed = sorted(base.glob("killed-*"))
    states = []
    for begun.mine in (folder / "my-notebooks" for folder in killed):
        states.append(begun.path().read_bytes() == old)
        kept = list((begun.mine / "earlier").glob("*.ipynb"))
        assert all(path.read_bytes() == old for path in kept)
        assert kept or states[-1], "the old copy is nowhere"
        begun.update()
        assert begun.sources() == ["1 + 1 + 1", MINE, "9"]
        assert begun.sources("01_next") == ["2 + 2"]
    assert len(killed) >= 8 and states == sorted(states, reverse=True)
    assert {*states} == {True, False}


def test_two_at_once_agree(begun):
    """Authority: two processes that are let go at the same moment, ten times."""
    start(
        begun,
        """
        before = shutil.copytree(mine, mine.parent / "before")
        for turn in range(10):
            shutil.rmtree(mine)
            shutil.copytree(before, mine)
            children = []
            for _ in range(2):
                if not (child := os.fork()):
                    said = " ".join(copies.update(notebooks, mine))
                    os._exit("cannot" in said)
                children.append(child)
            assert [os.waitpid(c, 0)[1] for c in children] == [0, 0]
            cells = nbformat.read(mine / "00_start.ipynb", 4).cells
            assert [cell.id for cell in cells] == ["c0", "c1", "c2"]
        """,
    )
    assert begun.sources() == ["1 + 1 + 1", MINE, "9"]
    assert 1 <= len(begun.earlier()) <= 2


def test_what_a_killed_write_left_is_cleared_later(begun):
    old, young = (begun.mine / f".00_start.ipynb.{n}.part" for n in (1, 2))
    for path in (old, young):
        path.touch()
    os.utime(old, (0, 0))
    begun.update()
    assert not old.exists() and young.exists()


# as a command


def run(place, monkeypatch, capsys, *arguments):
    monkeypatch.setattr(copies.update, "__defaults__", (place.notebooks, place.mine))
    monkeypatch.setattr(
        copies.begin_again, "__defaults__", (place.notebooks, place.mine)
    )
    code = copies.main([*arguments])
    return code, capsys.readouterr().out


def test_the_command_says_a_line_for_each(begun, monkeypatch, capsys):
    code, said = run(begun, monkeypatch, capsys, "--fresh", "01_next")
    assert code == 0
    assert [line.split(":")[0] for line in said.splitlines()] == ["01_next", "00_start"]


def test_the_command_refuses_an_unknown_name(begun, monkeypatch, capsys):
    code, said = run(begun, monkeypatch, capsys, "--fresh", "../x")
    assert (code, said) == (2, "No notebook x; there are 00_start, 01_next.\n")


def test_a_place_that_cannot_be_written_is_said(place, monkeypatch, capsys):
    """Authority: the system; a file stands where the folder should be."""
    place.mine.write_text("not a folder", encoding="utf-8")
    code, said = run(place, monkeypatch, capsys)
    assert code == 1 and said.startswith("my-notebooks cannot be written: ")
    assert len(said.splitlines()) == 1


# the course's own


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The reader's folder of the real course."""
    mine = tmp_path_factory.mktemp("course") / "my-notebooks"
    copies.update(NOTEBOOKS, mine)
    return mine


@pytest.mark.parametrize("name", NAMES)
def test_the_course_s_notebooks_begin_without_results(real, name):
    copy = nbformat.read(real / f"{name}.ipynb", as_version=4)
    original = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    nbformat.validate(copy)
    assert [c.source for c in copy.cells] == [c.source for c in original.cells]
    assert [c.id for c in copy.cells] == [c.id for c in original.cells]
    assert not any(c.get("outputs") or c.get("execution_count") for c in copy.cells)
    assert copy.metadata.kernelspec == original.metadata.kernelspec


@pytest.mark.parametrize("name", NAMES)
def test_links_lead_somewhere_from_a_copy(real, name):
    for cell in nbformat.read(real / f"{name}.ipynb", as_version=4).cells:
        for target in re.findall(r"\]\(([^()\s#:]+)(?:#[^()\s]*)?\)", cell.source):
            if cell.cell_type == "markdown":
                assert (real / target).exists(), f"{name}: {target}"


def test_a_kernel_knows_the_reader_s_folder_and_no_other(real, monkeypatch):
    monkeypatch.chdir(real)
    assert record.place() == real / record.SOLVED
    monkeypatch.chdir(NOTEBOOKS)
    assert record.place() is None
