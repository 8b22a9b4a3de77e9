"""helpers/setup/execute.py: a notebook run twice differs in nothing."""

import json
import re

import nbformat
import pytest

from helpers.setup import execute

CELLS = [
    "import ipywidgets\nslider = ipywidgets.IntSlider(value=3)\nslider",
    "print(slider.value)\nipywidgets.HBox([slider])",
]


@pytest.fixture
def path(tmp_path):
    notebook = nbformat.v4.new_notebook(metadata={"authors": [], "vscode": {}})
    notebook.cells = [
        nbformat.v4.new_code_cell(source, id=f"cell-{number}")
        for number, source in enumerate(CELLS)
    ]
    path = tmp_path / "12_test.ipynb"
    nbformat.write(notebook, path)
    return path


def test_two_runs_write_the_same_bytes(path):
    """Authority: the bytes; ids of widgets are random in each kernel."""
    execute.execute(path)
    first = path.read_bytes()
    execute.execute(path)
    assert path.read_bytes() == first and b"\r" not in first
    saved = json.loads(first)
    assert saved["cells"][1]["outputs"][0]["text"] == ["3\n"]
    assert set(saved["metadata"]) == {"kernelspec", "language_info", "widgets"}
    assert "version" not in saved["metadata"]["language_info"]
    assert all(cell["metadata"] == {} for cell in saved["cells"])
    widgets = saved["metadata"]["widgets"][execute.STATE]["state"].values()
    (value,) = [w["state"]["value"] for w in widgets if "value" in w["state"]]
    assert value == 3 and "null" not in json.dumps(list(widgets))


def test_widgets_are_stored_whole(path):
    """Every model that an output or another model names is in the stored state."""
    execute.execute(path)
    text = path.read_text(encoding="utf-8")
    state = json.loads(text)["metadata"]["widgets"][execute.STATE]["state"]
    named = re.findall(r'IPY_MODEL_(\w+)|"model_id": "(\w+)"', text)
    assert named and {a or b for a, b in named} <= set(state)


def test_a_notebook_without_widgets_stores_none(path):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [nbformat.v4.new_code_cell("1 + 1", id="sum")]
    nbformat.write(notebook, path)
    execute.execute(path)
    assert "widgets" not in nbformat.read(path, as_version=4).metadata


def test_a_failing_notebook_is_left_as_it_was(path, monkeypatch, capsys):
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[1].source = "1 / 0"
    nbformat.write(notebook, path)
    before = path.read_bytes()
    monkeypatch.setattr(execute, "NOTEBOOKS", path.parent)
    assert execute.main(["12_test"]) == 1
    assert path.read_bytes() == before
    assert "ZeroDivisionError" in capsys.readouterr().out


def test_a_wrong_name_is_said(path, monkeypatch, capsys):
    monkeypatch.setattr(execute, "NOTEBOOKS", path.parent)
    assert execute.main(["13_none"]) == 2
    assert "No notebook 13_none; there are 12_test." in capsys.readouterr().out
