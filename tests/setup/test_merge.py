"""helpers/setup/merge.py: what it promises, on edits that hypothesis makes.

Authority: the edits themselves, of which the tests know who made them, and nbformat's
own schema.
"""

import copy

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import check
from helpers.setup import merge
from tests.notebooks import NAMES, NOTEBOOKS

NAME = "03_some"
TEXTS = st.text("ab \n", max_size=4)
KINDS = st.sampled_from(["code", "markdown"])


def whatever(strategy):
    """given, without a limit of time: a machine may be busy."""
    return lambda test: settings(deadline=None, max_examples=200)(given(strategy)(test))


def cell(kind, name, source):
    made = {"cell_type": kind, "id": name, "metadata": {}, "source": source}
    return made | ({"outputs": [], "execution_count": None} if kind == "code" else {})


def course(*cells):
    """A notebook of the course, as a copy of it begins."""
    return merge.bare({"cells": list(cells), "metadata": {}}, NAME)


def run(notebook):
    """Give each code cell an output that tells what was run."""
    for one in notebook["cells"]:
        if one["cell_type"] == "code":
            ran = {"output_type": "stream", "name": "stdout", "text": merge.text(one)}
            one |= {"outputs": [ran], "execution_count": 1}
    return notebook


def sources(notebook):
    return [merge.text(one) for one in notebook["cells"]]


def plain(notebook):
    """The sources without the blanks at line ends, which are no change."""
    lines = [source.strip().splitlines() for source in sources(notebook)]
    return [[line.rstrip() for line in each] for each in lines]


def by_id(notebook):
    return dict(zip(ids(notebook), plain(notebook), strict=True))


def ids(notebook):
    return [one["id"] for one in notebook["cells"]]


def at(draw, cells):
    return draw(st.integers(0, len(cells) - 1))


@st.composite
def courses(draw):
    kinds = draw(st.lists(KINDS, min_size=1, max_size=6))
    return course(
        *(cell(k, f"c{i}", f"{i} {draw(TEXTS)}") for i, k in enumerate(kinds))
    )


@st.composite
def releases(draw, before):
    """The course's next version of a notebook."""
    cells = copy.deepcopy(before["cells"])
    for step in range(draw(st.integers(0, 4))):
        what = draw(st.sampled_from(["change", "add", "delete", "move"]))
        if what == "add" or not cells:
            new = cell(draw(KINDS), f"n{step}", f"n{step} {draw(TEXTS)}")
            cells.insert(draw(st.integers(0, len(cells))), new)
        elif what == "change":
            cells[at(draw, cells)]["source"] += f" new {draw(TEXTS)}"
        elif what == "delete":
            del cells[at(draw, cells)]
        else:
            cells.append(cells.pop(at(draw, cells)))
    return course(*cells)


@st.composite
def readings(draw, begun):
    """What a reader makes of a copy, with ids repeated and lost as editors do it."""
    mine = run(copy.deepcopy(begun))
    cells = mine["cells"]
    edits = st.sampled_from(["change", "add", "delete", "move", "paste", "lose"])
    for step in range(draw(st.integers(0, 5))):
        what = draw(edits)
        if what == "add" or not cells:
            new = cell(draw(KINDS), f"r{step}", f"mine {step} {draw(TEXTS)}")
            cells.insert(draw(st.integers(0, len(cells))), new)
        elif what == "change":
            cells[at(draw, cells)]["source"] += f" mine {step}"
        elif what == "delete":
            del cells[at(draw, cells)]
        elif what == "move":
            cells.append(cells.pop(at(draw, cells)))
        elif what == "paste":
            pasted = copy.deepcopy(cells[at(draw, cells)])
            cells.insert(draw(st.integers(0, len(cells))), pasted)
        else:
            cells[at(draw, cells)]["id"] = f"lost{step}"
    return run(mine) if draw(st.booleans()) else mine


@st.composite
def histories(draw):
    """(what the copy came from, the reader's, the course's next version)"""
    base = draw(courses())
    return base, draw(readings(base)), draw(releases(base))


@whatever(histories())
def test_nothing_that_the_reader_wrote_is_lost(history):
    _, mine, new = history
    merged, _ = merge.merge(mine, new)
    assert {s for s in sources(mine) if "mine" in s} <= set(sources(merged))


@whatever(histories())
def test_the_result_is_a_notebook_in_which_ids_are_unique(history):
    _, mine, new = history
    merged, _ = merge.merge(mine, new)
    assert len(set(ids(merged))) == len(merged["cells"])
    nbformat.validate(nbformat.from_dict(merged))


@whatever(histories())
def test_a_second_merge_changes_nothing(history):
    _, mine, new = history
    merged, _ = merge.merge(mine, new)
    assert merge.merge(merged, new) == (merged, merge.Changes())


@whatever(histories())
def test_what_is_given_is_not_changed(history):
    _, mine, new = history
    before = copy.deepcopy((mine, new))
    merged, _ = merge.merge(mine, new)
    run(merged)
    assert (mine, new) == before


@whatever(courses().flatmap(lambda base: st.tuples(st.just(base), releases(base))))
def test_a_copy_that_was_only_run_becomes_the_new_one(pair):
    base, new = pair
    merged, changes = merge.merge(run(copy.deepcopy(base)), new)
    assert ids(merged) == ids(new) and plain(merged) == plain(new)
    assert changes.beside == 0


@whatever(courses().flatmap(lambda base: st.tuples(st.just(base), readings(base))))
def test_without_news_the_reader_s_stays_as_it_is(pair):
    base, mine = pair
    merged, changes = merge.merge(mine, base)
    assert sources(merged) == sources(mine) and changes == merge.Changes()


@whatever(histories())
def test_what_was_left_alone_is_the_course_s_newest(history):
    base, mine, new = history
    merged, _ = merge.merge(mine, new)
    stands, wanted = by_id(merged), by_id(new)
    was, theirs = by_id(base), by_id(mine)
    for name, source in wanted.items():
        if name not in was or theirs.get(name) == was[name]:
            assert stands[name] == source
    for name in was.keys() - wanted.keys():
        assert name not in stands or stands[name] != was[name]


@whatever(histories())
def test_an_output_stays_with_what_was_run(history):
    """Authority: each output holds the text that was run."""
    _, mine, new = history
    ran = [one for one in run(mine)["cells"] if one["cell_type"] == "code"]
    merged, _ = merge.merge(mine, new)
    for one in merged["cells"]:
        for output in one.get("outputs", []):
            assert output["text"] == merge.text(one)
    kept = [merge.text(o) for o in merged["cells"] if o.get("outputs")]
    assert {merge.text(o) for o in ran if "mine" in merge.text(o)} <= {*kept}


@whatever(histories())
def test_cells_stand_in_an_order_that_both_sides_know(history):
    """Two cells of the course stand as the reader or as the course has them."""
    base, mine, new = history
    mine["cells"] = list({one["id"]: one for one in mine["cells"]}.values())
    merged, _ = merge.merge(mine, new)
    for side in (ids(mine), ids(new)):
        shared = [name for name in ids(merged) if name in side]
        if shared == [name for name in side if name in shared]:
            return
    raise AssertionError("neither order")


# by example


STUB = "def f(x):\n    ...\n\nf = check.f(f)"
MINE = "def f(x):\n    return 2 * x\n\nf = check.f(f)"
NEWER = "def f(x, y):\n    ...\n\nf = check.f(f)"


def both_changed(base=STUB, mine=MINE, new=NEWER, kind="code"):
    notebook = course(cell(kind, "stub", base), cell("code", "use", "f(3)"))
    notebook["cells"][0]["source"] = mine
    released = course(cell(kind, "stub", new), cell("code", "use", "f(3)"))
    return merge.merge(notebook, released), released


def test_an_answer_stays_and_the_new_stub_stands_below_it_as_text():
    """A new stub in a code cell would undo the reader's function when all is run."""
    (merged, changes), _ = both_changed()
    answer, below, use = merged["cells"]
    assert answer["source"] == MINE and use["source"] == "f(3)"
    assert (
        below["cell_type"] == "markdown"
        and f"```python\n{NEWER}\n```" in (below["source"])
    )
    assert str(changes) == "1 new below what you have changed"


def test_the_reader_s_function_is_the_one_that_runs():
    """Authority: Python, which runs every code cell in order, and the check itself."""
    mine = 'def count_knobs(i, o):\n    "mine"\n    return (i + 1) * o\n\n'
    call = "count_knobs = check.count_knobs(count_knobs)"
    stubs = [f"def count_knobs({names}):\n    ...\n\n{call}" for names in ("i, o", "n")]
    (merged, _), _ = both_changed(stubs[0], mine + call, stubs[1])
    names = {"check": check, "f": len}
    for one in merged["cells"][:2]:
        if one["cell_type"] == "code":
            exec(merge.text(one), names)
    assert names["count_knobs"].__doc__ == "mine" and names["count_knobs"](3, 2) == 8


def test_the_new_text_stands_below_a_text_that_both_changed():
    (merged, _), _ = both_changed("old", "old, my note", "## new\n\n$x$", "markdown")
    assert "\n\n## new\n\n$x$\n\n" in merged["cells"][1]["source"]


def test_a_fence_is_longer_than_those_within():
    (merged, _), _ = both_changed(new="s = '```'\n...")
    assert "\n````python\ns = '```'\n...\n````\n" in merged["cells"][1]["source"]


def test_a_note_goes_when_a_newer_version_has_its_own():
    (merged, _), _ = both_changed()
    newest = course(cell("code", "stub", "newest"), cell("code", "use", "f(3)"))
    again, changes = merge.merge(merged, newest)
    assert len(again["cells"]) == 3 and "newest" in again["cells"][1]["source"]
    assert changes.beside == 1


def test_a_note_goes_when_the_reader_has_taken_the_new_version():
    (merged, _), _ = both_changed()
    merged["cells"][0]["source"] = NEWER
    newest = course(cell("code", "stub", NEWER), cell("code", "use", "f(4)"))
    assert sources(merge.merge(merged, newest)[0]) == [NEWER, "f(4)"]


def test_a_note_stays_while_it_is_so_and_is_not_made_twice():
    (merged, _), _ = both_changed()
    newest = course(cell("code", "stub", NEWER), cell("code", "use", "f(4)"))
    again, changes = merge.merge(merged, newest)
    assert sources(again) == [*sources(merged)[:2], "f(4)"]
    assert changes == merge.Changes(renewed=1)


def test_a_note_in_which_the_reader_has_written_is_theirs():
    (merged, _), _ = both_changed()
    merged["cells"][1]["source"] += "\n\nWhy?"
    newest = course(cell("code", "stub", "newest"), cell("code", "use", "f(3)"))
    again, _ = merge.merge(merged, newest)
    assert sources(merged)[1] in sources(again) and len(again["cells"]) == 4


def test_an_exercise_is_known_by_its_check_when_its_id_is_new():
    notebook = course(cell("code", "old-id", STUB))
    notebook["cells"][0]["source"] = MINE
    released = course(cell("code", "new-id", NEWER))
    merged, changes = merge.merge(notebook, released)
    assert [c["cell_type"] for c in merged["cells"]] == ["code", "markdown"]
    assert sources(merged)[0] == MINE and changes.beside == 1


def test_a_cell_with_a_new_id_keeps_its_output():
    notebook = run(course(cell("code", "old-id", "1 + 1")))
    merged, changes = merge.merge(notebook, course(cell("code", "new-id", "1 + 1")))
    assert ids(merged) == ["new-id"] and merged["cells"][0]["outputs"]
    assert changes == merge.Changes()


def test_what_the_reader_moved_stays_there_and_what_is_new_comes_behind_its_own():
    notebook = course(*(cell("markdown", name, name) for name in "abcd"))
    notebook["cells"].insert(0, notebook["cells"].pop())
    released = course(*(cell("markdown", name, name) for name in "abxcd"))
    assert ids(merge.merge(notebook, released)[0]) == [*"dabxc"]


def test_what_the_reader_deleted_stays_out():
    notebook = course(*(cell("markdown", name, name) for name in "abc"))
    del notebook["cells"][1]
    released = course(*(cell("markdown", name, f"{name} new") for name in "abc"))
    assert sources(merge.merge(notebook, released)[0]) == ["a new", "c new"]


@pytest.mark.parametrize("lost", [{}, {merge.KEY: []}, {merge.KEY: {"cells": ["x"]}}])
def test_a_copy_that_lost_its_record_keeps_all_and_shows_all(lost):
    notebook = course(cell("code", "stub", STUB), cell("markdown", "m", "old"))
    notebook["cells"][0]["source"] = MINE
    notebook["metadata"] = lost
    released = course(cell("code", "stub", NEWER), cell("markdown", "m", "new"))
    merged, changes = merge.merge(notebook, released)
    assert {MINE, "old"} <= {*sources(merged)} and changes.beside == 2
    assert merge.merge(merged, released) == (merged, merge.Changes())


# on the course's own notebooks


@pytest.mark.parametrize("name", NAMES)
def test_the_course_s_notebooks_merge(name):
    """Every stub answered, every tenth text a note, and all of the course renewed."""
    read = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    base = merge.bare(read, name)
    assert all(not one.get("outputs") for one in base["cells"])
    assert "widgets" not in base["metadata"]
    mine, released = run(copy.deepcopy(base)), copy.deepcopy(base)
    for number, one in enumerate(mine["cells"]):
        if "check." in one["source"]:
            one["source"] = one["source"].replace("...", "answered = 1", 1)
        elif number % 10 == 0:
            one["source"] += "\n\nmy note"
    for one in released["cells"]:
        one["source"] = "# renewed\n" + one["source"]
    released = merge.bare(released, name)
    merged, changes = merge.merge(mine, released)
    nbformat.validate(nbformat.from_dict(merged))
    changed = [m for m, b in zip(sources(mine), sources(base), strict=True) if m != b]
    assert {*changed} <= {*sources(merged)} and changes.beside == len(changed)
    assert changes.renewed == len(base["cells"]) - len(changed)
    assert merge.merge(merged, released) == (merged, merge.Changes())
