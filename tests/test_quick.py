"""What `course.py test --quick` chooses. Authorities: git, and a small project."""

import subprocess
from pathlib import Path

import pytest

from tests import quick, run

PACKAGE = """from helpers import lazily
a, b = lazily(__name__, {"sub.one": "first other", "two": "second"})
"""
FILES = {
    "helpers/__init__.py": "",
    "helpers/room/__init__.py": PACKAGE,
    "helpers/room/sub/__init__.py": "",
    "helpers/room/sub/one.py": "first = 1",
    "helpers/room/two.py": "from helpers.room.sub import one",
    "helpers/room/view/view.js": "",
    "tests/room/sub/test_one.py": "",
    "tests/room/test_two.py": "from helpers.room.two import second",
    "tests/room/test_short.py": "from helpers.room import first",
    "tests/room/test_dotted.py": "from helpers import room\nroom.first",
    "tests/browser/test_view.py": "",
    "tests/test_readme.py": "'README.md'",
    "tests/test_each.py": "@every_notebook\ndef test(name): pass",
    "tests/browser/test_notebooks_run.py": "",
    "notebooks/01_a.ipynb": '{"cells": [{"cell_type": "code", "source": '
    '["from helpers import room\\n", "room.other"]}]}',
    "notebooks/02_b.ipynb": '{"cells": [{"cell_type": "markdown", "source": "#"}]}',
    "README.md": "",
    ".gitignore": "ignored",
}  # fmt: skip


@pytest.fixture
def clone(tmp_path, monkeypatch):
    """A small project of the same layout, committed on main and then on a branch."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(quick, "ROOT", tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    quick.uses.cache_clear()
    yield tmp_path
    quick.uses.cache_clear()


@pytest.fixture
def git(clone):
    def call(*arguments):
        who = ["-c", "user.name=A", "-c", "user.email=a@b.c"]
        subprocess.run(["git", *who, *arguments], cwd=clone, check=True)

    call("init", "-q", "-b", "main")
    call("add", ".")
    call("commit", "-qm", "Begin")
    return call


@pytest.mark.parametrize(
    "file, expected",
    [
        ("helpers/room/sub/one.py",
         "tests/room/sub/test_one.py tests/room/test_dotted.py "
         "tests/room/test_short.py notebooks/01_a.ipynb"),
        ("helpers/room/two.py", "tests/room/test_two.py"),
        ("helpers/room/view/view.js",
         "tests/browser/test_view.py tests/room/test_two.py"),
        ("tests/room/test_two.py", "tests/room/test_two.py"),
        ("notebooks/02_b.ipynb", "notebooks/02_b.ipynb"),
        ("README.md", "tests/test_readme.py"),
        ("helpers/room/gone.py", ""),
    ],
)  # fmt: skip
def test_what_is_near_to_a_file(clone, file, expected):
    assert quick.near(file) == expected.split()


def test_a_change_since_main_is_committed_or_not_or_new(clone, git):
    """Authority: git."""
    git("switch", "-qc", "mine")
    (clone / "README.md").write_text("1")
    git("commit", "-qam", "One")
    (clone / "helpers/room/two.py").write_text("2")
    (clone / "helpers/room/new.py").write_text("3")
    (clone / "ignored").write_text("4")
    (clone / "tests/room/test_two.py").unlink()
    files, since = quick.changed()
    assert files == ["README.md", "helpers/room/new.py", "helpers/room/two.py",
                     "tests/room/test_two.py"]  # fmt: skip
    assert since.startswith("since main")


def test_on_main_it_is_what_is_not_committed_or_the_last_commit(clone, git):
    (clone / "README.md").write_text("1")
    assert quick.changed()[0] == ["README.md"]
    git("commit", "-qam", "Two")
    files, since = quick.changed()
    assert files == ["README.md"] and since.startswith("in the last commit")


def test_the_choice_is_told_with_its_reasons(clone, git, capsys):
    (clone / "helpers/room/sub/one.py").write_text("first = 2")
    chosen = quick.choose()
    said = capsys.readouterr().out
    assert "  tests/room/sub/test_one.py  (for helpers/room/sub/one.py)" in said
    assert "Left to the full run: these notebooks in a browser" in said
    assert {"--notebook=01_a", "notebooks/01_a.ipynb", "tests/test_each.py"} <= {
        *chosen
    }
    assert quick.IN_BROWSER not in chosen and chosen.count(quick.ALWAYS) == 1


def test_a_changed_notebook_is_opened_in_the_browser(clone, git):
    (clone / "notebooks/02_b.ipynb").write_text('{"cells": []}')
    chosen = quick.choose()
    assert quick.IN_BROWSER in chosen and "--notebook=02_b" in chosen


def test_above_the_limit_tests_are_left_and_named(clone, git, capsys, monkeypatch):
    monkeypatch.setattr(quick, "FILES", 2)
    (clone / "helpers/room/sub/one.py").write_text("first = 2")
    chosen = quick.choose()
    left = capsys.readouterr().out.split("Left to the full run")[1]
    assert "tests/room/test_short.py" in left
    assert "tests/room/test_short.py" not in chosen


def test_without_git_a_sentence_says_what_to_do(clone, capsys):
    """Authority: git, in a folder that is no clone."""
    assert run.main(["--quick"]) == 1
    assert "course.py test tests/maths" in capsys.readouterr().out


def test_without_the_program_git_too(clone, monkeypatch, capsys):
    monkeypatch.setenv("PATH", "")
    assert run.main(["--quick"]) == 1
    assert "git does not answer" in capsys.readouterr().out


def test_every_file_that_is_always_chosen_is_there():
    for name in (quick.ALWAYS, quick.IN_BROWSER):
        assert Path(name) in [Path(one) for one in quick.tests()]
