"""binder/ and the pins: what can be known without building an image."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version
from repo2docker.app import Repo2Docker

import course
from helpers.setup.doctor import NEWEST, OLDEST, pins

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BOTH = ["requirements.txt", "tests/requirements.txt"]


@pytest.fixture
def buildpack(monkeypatch):
    """Return the recipe that repo2docker picks for this repository, as it does."""
    monkeypatch.chdir(ROOT)
    app = Repo2Docker()
    packs = (pack(app.base_image) for pack in app.buildpacks)
    return next(pack for pack in packs if pack.detect())


def test_repo2docker_takes_the_python_recipe(buildpack):
    """Authority: repo2docker's own detection."""
    assert type(buildpack).__name__ == "PythonBuildPack"
    assert buildpack.binder_dir == "binder"
    version = tuple(map(int, buildpack.python_version.split(".")))
    assert OLDEST <= version <= NEWEST


def test_repo2docker_installs_the_pins_and_then_helpers(buildpack):
    """Authority: the Dockerfile that repo2docker writes."""
    buildpack.platform = "linux/amd64"  # Binder's
    text = buildpack.render({})
    copied = text.index("COPY --chown=1000:1000 src/ ${REPO_DIR}")
    installed = text.index('-r "binder/requirements.txt"')
    assert copied < installed < text.index("./binder/postBuild")


def test_binder_s_packages_are_the_course_s():
    lines = (ROOT / "binder/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert "-r ../requirements.txt" in lines and "-c ../constraints.txt" in lines
    (torch,) = (line for line in lines if line.startswith("torch"))
    assert torch == f"torch=={pins()['torch']}+cpu"  # a CUDA build is over 2 GB
    assert f"--extra-index-url {course.CPU_INDEX}" in lines


def test_repo2docker_starts_with_the_reader_s_copies(buildpack):
    """Authority: the Dockerfile that repo2docker writes."""
    buildpack.platform = "linux/amd64"
    assert 'ENV R2D_ENTRYPOINT="${REPO_DIR}/binder/start"' in buildpack.render({})


@pytest.mark.parametrize("writable", [True, False])
def test_a_start_makes_the_copies_and_then_the_server(tmp_path, writable):
    """Authority: the script itself, in a checkout; `true` stands for the server."""
    for folder in ("binder", "helpers", "notebooks"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    mine = tmp_path / course.COPIES
    if not writable:
        mine.touch()  # a file where the folder should be
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    said = subprocess.check_output(
        ["bash", "binder/start", "echo", "the", "server"],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        text=True,
    )
    assert said.splitlines()[-1] == "the server" and len(said.splitlines()) == 2
    opened = re.search(r"urlpath=lab/tree/([\w/.-]+)", README)[1]
    assert (tmp_path / opened).exists() == writable
    assert (ROOT / opened.replace(course.COPIES, "notebooks")).exists()


def test_scripts_can_be_run():
    """Authority: the modes that git keeps."""
    names = [".ci/run", "binder/postBuild", "binder/start"]
    listed = subprocess.check_output(
        ["git", "ls-files", "--stage", *names], cwd=ROOT, text=True
    ).splitlines()
    assert [line.split()[0] for line in listed] == ["100755"] * 3
    for name in names:
        subprocess.check_call(["bash", "-n", str(ROOT / name)])


@pytest.mark.parametrize("name", BOTH)
def test_every_requirement_is_exact_and_has_a_reason(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    for line in lines:
        assert re.fullmatch(r"# .+|[\w.-]+==[\w.]+  # \w.+", line), line


@pytest.mark.parametrize("name", BOTH)
def test_the_lock_holds_every_pin(name):
    locked = pins(ROOT / "constraints.txt")
    assert {package: locked.get(package) for package in pins(ROOT / name)} == pins(
        ROOT / name
    )


def test_every_pin_lies_in_its_range():
    """Authority: packaging.specifiers."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for wanted in map(Requirement, tomllib.loads(text)["project"]["dependencies"]):
        assert Version(pins()[wanted.name]) in wanted.specifier, wanted
        assert {"<", ">="} == {part.operator for part in wanted.specifier}
