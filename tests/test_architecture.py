"""The shape of the project: who imports whom, how long files are, what they name."""

import ast
import importlib
import re
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import figures
from tests.notebooks import NAMES, cells

ROOT = Path(__file__).resolve().parents[1]
HELPERS = ROOT / "helpers"
# The floors, from the bottom. A room imports from the floors below its own.
FLOORS = [
    ["language"],
    ["maths"],
    ["live", "check"],
    ["figures"],
    ["rounds"],
    ["setup"],
]
# Inside maths a subject imports only those before it.
SUBJECTS = [
    *["inputs", "probability", "vectors", "tokens", "loss", "knobs", "autograd"],
    *["leaf_or_flower", "depth", "optimisers", "fitting", "sampling", "ngrams"],
    *["attention", "models", "training", "transformer", "forgetting", "retrieval"],
    "evaluation",
]
# Of maths, may load torch.
TORCH = ["models", "transformer", "forgetting", "evaluation.measure"]
FILES = sorted(HELPERS.rglob("*.py"))


def module(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in FILES}


def imports(name):
    """Return the modules of helpers that this one imports, wherever in the file."""
    path, found = MODULES[name], set()
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            above = parts[: len(parts) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                found.add(whole if whole in MODULES else base)
    return {other for other in found if other in MODULES} - {"helpers", name}


def floor(name):
    """(floor, room, place among the subjects of maths) of a module."""
    _, room, *rest = name.split(".")
    (level,) = (i for i, rooms in enumerate(FLOORS) if room in rooms)
    return level, room, SUBJECTS.index(rest[0]) if room == "maths" and rest else -1


ROOMS = [name for name in MODULES if name != "helpers"]


@pytest.mark.parametrize("name", ROOMS)
def test_imports_go_down(name):
    level, room, place = floor(name)
    for other in imports(name):
        below, their_room, their_place = floor(other)
        own = their_room == room and their_place <= place
        assert below < level or own, f"{name} imports {other}"


def test_no_module_imports_itself_in_a_circle():
    """Authority: a depth-first walk that never meets a module on its own path."""
    done = set()

    def walk(name, path):
        assert name not in path, " -> ".join([*path, name])
        if name not in done:
            for other in imports(name):
                if not name.startswith(other + "."):  # a package runs first anyway
                    walk(other, [*path, name])
            done.add(name)

    for name in MODULES:
        walk(name, [])


@pytest.mark.parametrize("path", FILES, ids=lambda path: module(path))
def test_no_file_is_long(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("name", ["", ".figures", ".setup.doctor", ".setup.server"])
def test_light_modules_stay_light(name):
    """Authority: sys.modules of a fresh process."""
    code = f"import sys, helpers{name}; print(*sys.modules)"
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True).split()
    assert not {"torch", "numpy", "matplotlib", "ipywidgets"} & set(loaded)


def test_importing_the_other_helpers_loads_no_torch():
    """The first notebooks need no torch, and it takes seconds to load."""
    torch = tuple(f"helpers.maths.{name}" for name in TORCH)
    plain = [name for name in MODULES if not name.startswith(torch)]
    names = ", ".join(plain)
    code = f"import sys, {names}; print('torch' in sys.modules)"
    answer = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert answer.strip() == "False"


def tracked():
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    for name in listed.split("\0"):
        path = ROOT / name
        if name and path.is_file() and path != Path(__file__):
            yield name, path.read_bytes().decode("utf-8", errors="ignore")


def test_no_file_names_a_machine_s_paths_or_a_registry():
    here = "|".join(re.escape(str(path)) for path in (ROOT, Path.home()))
    paths = rf"(?<![\w./:-])(/(work|opt|root|mnt)|{here})/[\w.-]+"
    hosts = r"pypi\.org|pythonhosted|registry\.npmjs|proxy\.golang"
    for name, text in tracked():
        found = re.search(f"{paths}|{hosts}", text)
        assert not found, f"{name}: {found.group()}"


def test_only_pytorch_s_cpu_index_is_named():
    known = {"https://download.pytorch.org/whl/cpu"}
    for name, text in tracked():
        indexes = set(
            re.findall(r"https?://[^\s\"'`]*/(?:simple|whl)\b[^\s\"'`]*", text)
        )
        indexes = {i for i in indexes if "127.0.0.1" not in i}
        assert indexes <= known, name


PACKAGES = [name for name in MODULES if MODULES[name].name == "__init__.py"]


@pytest.mark.parametrize("name", PACKAGES)
def test_every_short_name_leads_somewhere(name):
    """Authority: import; a short name is a name, and never hides a module."""
    package = importlib.import_module(name)
    for short in vars(package).get("__dir__", list)():
        assert getattr(package, short) is not None
        assert f"{name}.{short}" not in MODULES, f"{name}.{short} is a module too"


def test_every_figure_has_a_short_name_that_a_notebook_uses():
    code = "\n".join(cell.source for name in NAMES for cell in cells(name, "code"))
    for short in dir(figures):
        assert re.search(rf"\bfigures\.{short}\b", code), f"figures.{short} is not used"
