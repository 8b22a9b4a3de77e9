"""Which tests a change touches: what `course.py test --quick` runs.

Near to a changed file is a test that has its name (helpers/live/view/view.js and
test_view.py), imports it, or, where it is neither code nor data of helpers, names it;
and a notebook that imports it, by a short name too. What uses it only through other
modules, and what is above the limits, is left to the full run, and said.
"""

import ast
import json
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ALWAYS = "tests/test_architecture.py"
IN_BROWSER = "tests/browser/test_notebooks_run.py"
FILES, BOOKS = 12, 2  # at most, so that all is over in two minutes


class NoGit(Exception):
    """Nobody can tell what was changed; the text says what to do."""


def git(*arguments):
    """What git says, line by line."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoGit(
            "--quick asks git what was changed, and git does not answer here. Run all "
            "with course.py test, or name some: course.py test tests/maths"
        ) from error
    return done.stdout.splitlines()


def changed():
    """The files that differ from main, and since when that is, in words.

    Counted are commits, what is not committed, and new files. On main itself it is
    what is not committed; if that is nothing, the last commit.
    """
    (head,) = git("rev-parse", "HEAD")
    base, new = head, git("ls-files", "--others", "--exclude-standard")
    for main in ("main", "origin/main"):
        if git("branch", "--all", "--list", main, f"remotes/{main}"):
            (base,) = git("merge-base", main, "HEAD")
            break
    since = f"since main ({base[:7]})"
    if base == head:
        since = f"since the last commit ({head[:7]})"
        if not new and not git("diff", "--name-only", head):
            base, since = f"{head}~1", f"in the last commit ({head[:7]})"
    return sorted({*git("diff", "--name-only", "--no-renames", base), *new}), since


# ---- who imports what


def code(file):
    """The Python of a file; of a notebook, that of its code cells."""
    text = (ROOT / file).read_text(encoding="utf-8")
    if not file.endswith(".ipynb"):
        return text
    cells = json.loads(text)["cells"]
    return "\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "code")


@cache
def uses(file):
    """The dotted names that a file imports, and reads from what it imports."""
    tree, found, local = ast.parse(code(file)), set(), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                local[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            found |= {node.module, *local.values()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            found.add(f"{local.get(node.value.id)}.{node.attr}")
    return found


def dotted(file):
    """The name under which a file of Python is imported."""
    return ".".join(Path(file).with_suffix("").parts).removesuffix(".__init__")


def known_as(file):
    """The names that stand for a changed file: its own, and short ones for it.

    Data and views stand for the modules of the package that they lie in.
    """
    folder = (ROOT / file).parent
    while not (folder / "__init__.py").exists() and folder not in (ROOT, ROOT.parent):
        folder = folder.parent
    if not file.endswith(".py"):
        beside = folder.glob("[!_]*.py") if folder != ROOT else ()
        return {dotted(path.relative_to(ROOT).as_posix()) for path in beside}
    own = dotted(file)
    found = {own}
    while (folder / "__init__.py").exists():
        init = (folder / "__init__.py").relative_to(ROOT).as_posix()
        package = dotted(init)
        if any(name.startswith(f"{own}.") for name in uses(init)) and package != own:
            found.add(package)  # it hands on what is in the file
        for node in ast.walk(ast.parse(code(init))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "lazily":
                for module, names in ast.literal_eval(node.args[1]).items():
                    if f"{package}.{module}" == own:
                        found |= {f"{package}.{name}" for name in names.split()}
        folder = folder.parent
    return found


# ---- what to run


def files(pattern):
    return sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob(pattern))


def tests():
    return files("tests/**/test_*.py")


def near(file):
    """The test files and notebooks near to a changed file, the nearest first."""
    if file.endswith(".ipynb"):
        return [one for one in [file] if (ROOT / one).exists()]
    parts = Path(file).with_suffix("").parts[1:]
    found = [one for one in tests() if one == file]
    found += [one for one in tests() if Path(one).stem in {f"test_{p}" for p in parts}]
    if file.endswith(".py") or file.startswith("helpers/"):
        names = known_as(file)
        users = [t for t in [*tests(), *files("notebooks/*.ipynb")] if names & uses(t)]
        found += sorted(users, key=lambda one: -shared(parts, Path(one).parts[1:]))
    elif Path(file).suffix:
        found += [one for one in tests() if Path(file).name in code(one)]
    return list(dict.fromkeys(found))


def shared(one, other):
    """How many folders two paths begin with in common."""
    same = [a == b for a, b in zip(one, other, strict=False)]
    return [*same, False].index(False)


def once_a_notebook(test):
    """Whether a test file has tests that are run once a notebook."""
    return "@every_notebook" in code(test) or test == IN_BROWSER


def choose():
    """Say what is chosen and why; return pytest's arguments, None without git."""
    try:
        touched, since = changed()
    except NoGit as reason:
        print(reason)
        return None
    print(f"{len(touched)} files changed {since}. Chosen for them:")
    reasons = {ALWAYS: "always"}
    for file in sorted(touched, key=lambda file: len(near(file))):
        for one in near(file):
            reasons.setdefault(one, "changed" if one == file else f"for {file}")
    books = [one for one in reasons if one.endswith(".ipynb")]
    books.sort(key=lambda one: reasons[one] != "changed")
    chosen = [one for one in reasons if one not in books]
    left = [*chosen[FILES:], *books[BOOKS:]]
    chosen, books = chosen[:FILES], books[:BOOKS]
    for one in [*chosen, *books]:
        print(f"  {one}  ({reasons[one]})")
    if books:
        print("  and what every notebook is asked, for these notebooks")
        chosen += [one for one in tests() if once_a_notebook(one)]
        if "changed" not in [reasons.get(one) for one in (*books, IN_BROWSER)]:
            chosen.remove(IN_BROWSER)
            left.append("these notebooks in a browser")
    elif any(map(once_a_notebook, chosen)):
        books = files("notebooks/*.ipynb")[:BOOKS]
        print(f"  of what every notebook is asked: {' and '.join(books)}")
    left.append("what uses the changed files through others")
    print("Left to the full run: " + ", ".join(left) + ".", flush=True)
    only = [f"--notebook={Path(one).stem}" for one in books]
    return list(dict.fromkeys([*only, *books, *chosen]))
