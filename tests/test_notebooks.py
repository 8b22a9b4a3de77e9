"""What each notebook is made of: structure, outputs, and a reading budget.

The rules are those of the course's design: what a notebook opens and ends with,
how long its cells are, and what it holds where no kernel runs.
"""

import ast
import re
import statistics
import struct
from base64 import b64decode

import pytest

from helpers.live.parts import unpacked, unpacked_frames
from tests.notebooks import (
    BUDGET,
    NAMES,
    NOTEBOOKS,
    VIEW,
    cells,
    every_notebook,
    lines_of_code,
    outputs,
    prose,
    read,
    run,
    widget_state,
    words_of,
)

# The least number of live figures and of exercises; 00 is a short welcome.
LEAST = {"00_start_here": (2, 2)}
USUAL = (4, 5)

MEDIAN, LONGEST, WIDE = 6, 25, 79  # lines of a code cell, characters of a line
PACK = 300_000  # characters of the frames that travel with one figure
SIZE = 700_000  # bytes of a notebook with its pictures and widgets
PROSE = 250  # words of the longest markdown cell
STUB = re.compile(r"^(\w+) = check\.(\w+)\(\1\)$", re.MULTILINE)
# A picture's description, told from a widget's repr, an address and a class.
REPR = re.compile(r"object at 0x|0x[0-9a-f]{6,}|^<.*>$|^\w+\(.*\w+=.*\)$|<Figure|Axes>")
PATH = re.compile(
    r"(?:/(?:home|Users|root|work|tmp|opt|mnt|var|usr)/|[A-Z]:\\\\?Users|file://)\w*"
)


def headings(name):
    """(level, text) of every heading of a notebook, code fences left out."""
    found = []
    for text in prose(name):
        bare = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        for marks, title in re.findall(r"^(#{1,6})\s+(.+?)\s*#*$", bare, re.MULTILINE):
            found.append((len(marks), title))
    return found


def figures(name):
    """The outputs that show a widget or a picture."""
    return [
        (cell, out)
        for cell, out in outputs(name)
        if {VIEW, "image/png", "image/svg+xml"} & set(out.get("data", {}))
    ]


def exercises(name):
    """The names of the checks that a notebook's stub cells call."""
    found = []
    for cell in cells(name, "code"):
        found += re.findall(r"\bcheck\.(?!summary\b)(\w+)\(", cell.source)
    return found


@every_notebook
def test_metadata(name):
    notebook = read(name)
    assert re.fullmatch(r"\d\d_[a-z][a-z_]*", name)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.language_info.name == "python"
    assert (notebook.nbformat, notebook.nbformat_minor) >= (4, 5), "cells need ids"
    extra = set(notebook.metadata) - {"kernelspec", "language_info", "widgets"}
    assert not extra, f"{name}: metadata nobody reads: {extra}"
    ids = [cell.id for cell in notebook.cells]
    assert len(set(ids)) == len(ids)
    assert all(cell.source.strip() for cell in notebook.cells), f"{name}: empty cell"


@every_notebook
def test_executed_in_order_without_faults(name):
    counts = [cell.execution_count for cell in cells(name, "code")]
    assert counts == list(range(1, len(counts) + 1)), f"{name}: run it from the top"
    for cell, out in outputs(name):
        where = f"{name}, cell {cell.execution_count}"
        assert out.output_type != "error", f"{where}: {out.get('evalue')}"
        assert out.get("name") != "stderr", f"{where}: {out.get('text')}"


@every_notebook
def test_the_first_code_cell_imports_in_six_lines(name):
    first = cells(name, "code")[0].source
    assert len(lines_of_code(first)) <= 6, f"{name}:\n{first}"
    assert "*" not in first, f"{name}: import names, not all of them"


@every_notebook
def test_size(name):
    size = (NOTEBOOKS / f"{name}.ipynb").stat().st_size
    assert size < SIZE, f"{name}: {size:,} bytes"


@every_notebook
def test_headings(name):
    levels = [level for level, _ in headings(name)]
    assert levels[:1] == [1], f"{name}: opens with one H1"
    assert read(name).cells[0].source.startswith("# "), f"{name}: H1 in the first cell"
    assert levels.count(1) == 1, f"{name}: {levels.count(1)} H1"
    for before, after in zip(headings(name), headings(name)[1:], strict=False):
        assert after[0] <= before[0] + 1, f"{name}: {after} jumps behind {before}"
    titles = [title for _, title in headings(name)]
    twice = {title for title in titles if titles.count(title) > 1}
    assert not twice, f"{name}: headings used twice: {twice}"


@every_notebook
def test_opening_and_end(name):
    top = " ".join(prose(name)[:3])
    for part in ("You will do", "You will learn", "You need", "Time"):
        assert part in top, f"{name}: the opening has no “{part}”"
    titles = [title.lower() for _, title in headings(name)]
    for part in ("recap", "further reading"):
        assert any(part in title for title in titles), f"{name}: no heading “{part}”"
    code = [cell.source for cell in cells(name, "code")]
    assert "check.summary()" in code[-1], f"{name}: it ends with the count"


@every_notebook
def test_imports_stand_first_and_alone(name):
    first, *rest = cells(name, "code")
    imports = (ast.Import, ast.ImportFrom)
    tree = ast.parse(first.source)
    assert tree.body and all(isinstance(node, imports) for node in tree.body), name
    assert not first.outputs, f"{name}: the imports cell prints"
    for cell in rest:
        late = [n for n in ast.walk(ast.parse(cell.source)) if isinstance(n, imports)]
        assert not late, f"{name}: imports in cell {cell.execution_count}"
    used = {n.id for c in rest for n in ast.walk(ast.parse(c.source))
            if isinstance(n, ast.Name)}  # fmt: skip
    have = {(a.asname or a.name).split(".")[0] for n in tree.body for a in n.names}
    have -= {"hint", "solution"}  # for the reader to call
    assert have <= used, f"{name}: imported and not used: {have - used}"


@every_notebook
def test_lines_are_short(name):
    for cell in cells(name, "code"):
        for line in cell.source.splitlines():
            assert len(line) <= WIDE, f"{name}: {len(line)} characters: {line}"


@every_notebook
def test_reading_budget(name):
    lengths = [len(lines_of_code(cell.source)) for cell in cells(name, "code")]
    median, longest = statistics.median(lengths), max(lengths)
    assert median <= MEDIAN, f"{name}: the median code cell has {median} lines"
    assert longest <= LONGEST, f"{name}: the longest code cell has {longest} lines"
    for text in prose(name):
        assert words_of(text) <= PROSE, f"{name}: {words_of(text)} words: {text[:70]}…"


@every_notebook
def test_reading_budget_report(name, record_property):
    """Its row of the table for whoever edits: it is written, not judged."""
    lengths = [len(lines_of_code(cell.source)) for cell in cells(name, "code")]
    words = sum(map(words_of, prose(name)))
    seconds = run(name).seconds
    size = (NOTEBOOKS / f"{name}.ipynb").stat().st_size / 1000
    row = {
        "notebook": name,
        "code cells": len(lengths),
        "median": statistics.median(lengths),
        "longest": max(lengths),
        "words": words,
        "words a cell": round(words / len(lengths)),
        "figures": len(live_outputs(name)),
        "exercises": len(set(exercises(name))),
        "s to run": round(sum(seconds), 1),
        "slowest s": round(max(seconds), 1),
        "KB": round(size),
    }
    record_property(BUDGET, row)
    assert len(seconds) == len(lengths), f"{name}: not every cell was run"


def live_outputs(name):
    """The figures with controls among a notebook's displayed widgets."""
    state = widget_state(name)
    shown = {out.data[VIEW]["model_id"] for _, out in figures(name) if VIEW in out.data}
    return [one for one in shown if controls(state.get(one, {}).get("state", {}))]


def controls(stored):
    """The controls of a figure, as it was stored; none of another widget's."""
    return unpacked(stored["start"])["controls"] if "start" in stored else []


@every_notebook
def test_has_its_figures_exercises_and_a_round(name):
    least_figures, least_exercises = LEAST.get(name, USUAL)
    count = len(live_outputs(name))
    assert count >= least_figures, f"{name}: {count} live figures in the stored outputs"
    count = len(set(exercises(name)))
    assert count >= least_exercises, f"{name}: {count} exercises"
    code = "\n".join(cell.source for cell in cells(name, "code"))
    rounds = r"are_the_(model|judge)\("
    assert re.search(rounds, code), f"{name}: no “you are the model” round"


@every_notebook
def test_exercises_are_stubs(name):
    """A stub that holds its answer gives the exercise away."""
    for cell in cells(name, "code"):
        calls = re.findall(r"\bcheck\.(?!summary\b)(\w+)\(", cell.source)
        if calls:
            assert "..." in cell.source, f"{name}: {calls} without a stub"


@every_notebook
def test_hints_are_offered(name):
    """The reader is told of them; each check names its own again."""
    text = "\n".join(prose(name))
    for helper in ("hint", "solution"):
        assert f"{helper}(" in text, f"{name}: the prose tells nothing of {helper}(…)"
        assert helper in cells(name, "code")[0].source, f"{name}: import {helper}"


@every_notebook
def test_links_lead_somewhere(name):
    own = {slug(title) for _, title in headings(name)}
    for text in prose(name):
        for target in re.findall(r"\]\(([^()\s]+(?:\([^()]*\))?[^()\s]*)", text):
            if re.match(r"https?://|mailto:|attachment:", target):
                continue
            path, _, anchor = target.partition("#")
            if path:
                there = NOTEBOOKS / path
                assert there.exists() or not_yet(path), f"{name}: no {target}"
            elif anchor:
                assert anchor.lower() in own, f"{name}: no heading {target}"


def slug(title):
    """A heading's anchor, as JupyterLab makes it, in lower case."""
    return title.replace(" ", "-").lower()


def not_yet(path):
    """The next notebook of the course may be linked before it is written."""
    newest = max(NAMES)
    return bool(re.fullmatch(r"\d\d_[a-z_]+\.ipynb", path)) and path > newest


@every_notebook
def test_pictures_stand_without_a_kernel(name):
    for cell, out in figures(name):
        where = f"{name}, cell {cell.execution_count}"
        assert "image/png" in out.data, f"{where}: no picture without a kernel"
        head = b64decode(out.data["image/png"])[:24]
        assert head[:8] == b"\x89PNG\r\n\x1a\n", f"{where}: not a PNG"
        width, height = struct.unpack(">II", head[16:24])
        sane = 200 <= width <= 2000 and 100 <= height <= 2500
        assert sane, f"{where}: {width}×{height} pixels"
        fault = bad_description(out.data.get("text/plain", ""))
        assert not fault, f"{where}: {fault}: {out.data.get('text/plain', '')[:90]!r}"
        alt = out.metadata.get("image/png", {}).get("alt", "")
        assert not bad_description(alt), f"{where}: the PNG's alt is {alt!r}"
        if VIEW in out.data:
            model = out.data[VIEW]["model_id"]
            assert model in widget_state(name), f"{where}: its widget was not stored"


def bad_description(text):
    """What stops `text` from describing a picture; "" if nothing does."""
    if REPR.search(text):
        return "a repr is no description"
    if len(text.split()) < 4:
        return "too short for a description"
    return ""


@every_notebook
def test_stored_figures_move_without_a_kernel(name):
    """Each live figure travels with the frames along its controls: `COURSE_PACK`."""
    for model in live_outputs(name):
        stored = widget_state(name)[model]["state"]
        where = f"{name}, “{controls(stored)[0]['label']}”"
        pack = stored.get("pack", "")
        assert pack, f"{where}: no frames stored; execute it with course.py run"
        assert len(pack) <= PACK, f"{where}: its frames take {len(pack):,} characters"
        frames = unpacked_frames(pack)
        wrong = [
            f"{k}: {one['error']}" for k, one in frames.items() if one.get("error")
        ]
        assert not wrong, f"{where}: {wrong}"
        most = max(len(c.get("texts", "-")) for c in controls(stored))
        assert len(frames) >= most, f"{where}: only {len(frames)} frames"


@every_notebook
def test_markdown_pictures_have_alt(name):
    for text in prose(name):
        for alt, target in re.findall(r"!\[([^\]]*)\]\(([^)]*)\)", text):
            assert len(alt.split()) >= 3, f"{name}: {target} has no description"
        for tag in re.findall(r"<img\b[^>]*>", text):
            assert re.search(r"\balt=\"[^\"]{8,}\"", tag), f"{name}: {tag}"


@every_notebook
def test_nothing_of_the_machine(name):
    notebook = read(name)
    texts = [cell.source for cell in notebook.cells]
    for _, out in outputs(name):
        texts.append(out.get("text", ""))
        texts += [v for k, v in out.get("data", {}).items() if k.startswith("text/")]
    for text in texts:
        found = PATH.search(text)
        assert not found, f"{name}: a path of some machine: {found.group()}"
        address = re.search(r"0x[0-9a-f]{8,}", text)
        assert not address, f"{name}: an object's address: {text[:90]}"


# The rules themselves, on what they must refuse.


@pytest.mark.parametrize(
    "text, good",
    [
        ("Five bars: good 0.40, sunny 0.30, awful 0.15.", True),
        ("<helpers.live.figure.Live object at 0x7f0a1c2d3e4f>", False),
        ("Live(children=(IntSlider(value=3), Output()))", False),
        ("<Figure size 640x480 with 1 Axes>", False),
        ("VBox(children=(HTML(value='hi'), Button()))", False),
        ("A line", False),
        ("", False),
    ],
)
def test_descriptions(text, good):
    assert (not bad_description(text)) is good


@pytest.mark.parametrize(
    "text, found",
    [
        ("/home/ada/course", True),
        (r"C:\Users\ada", True),
        ("notebooks/00_start_here.ipynb", False),
        ("and/or, 1/5, his/her/home", False),
    ],
)
def test_paths(text, found):
    assert bool(PATH.search(text)) is found
