"""What a live figure shows where no kernel runs it: just cloned, and reopened.

The same toy notebook everywhere, executed as the course's notebooks are.
"""

import os
import subprocess
import sys

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.setup import execute

CODE = """from helpers.live import Live, Slider
from helpers.live.style import figure

fig, ax = figure()
(line,) = ax.plot([0, 1], [0, 1], animated=True)
ax.set(ylim=(0, 3))


def update(a):
    line.set_ydata([0, a])
    return rf"f(1) = {a}"


slope = Slider(0, 3, 1, 1, "slope a")
Live(fig, update, a=slope, alt=lambda a: f"A line of slope {a}.")"""


@pytest.fixture(scope="module")
def stored(tmp_path_factory):
    """A notebook with one live figure, run and saved with its widget state."""
    path = tmp_path_factory.mktemp("stored") / "toy.ipynb"
    cell = nbformat.v4.new_code_cell(CODE, id="figure")
    nbformat.write(nbformat.v4.new_notebook(cells=[cell]), path)
    before = os.environ.get("COURSE_PACK")
    os.environ["COURSE_PACK"] = "1"
    try:
        execute.execute(path)
    finally:
        if before is None:
            del os.environ["COURSE_PACK"]
    return path


def put(stored, lab, name, trusted):
    """Copy the notebook where JupyterLab sees it, trusted or as just cloned."""
    path = lab.root / f"{name}.ipynb"
    text = stored.read_text(encoding="utf-8")
    # Trust goes with the content: another text is another notebook.
    text = text.replace('"id": "figure"', f'"id": "{name}"')
    path.write_text(text, encoding="utf-8")
    if trusted:
        command = [sys.executable, "-m", "jupyter", "trust", str(path)]
        subprocess.run(command, env=lab.environment, check=True, capture_output=True)


def test_just_cloned(stored, lab, new_page):
    """Not trusted, not run: the picture with its description."""
    put(stored, lab, "cloned", trusted=False)
    opened = new_page("cloned")
    page = opened.page
    picture = page.locator(".jp-OutputArea-output img")
    expect(picture).to_have_count(1)
    expect(picture).to_be_visible()
    assert picture.evaluate("(e) => e.naturalWidth") > 300
    # JupyterLab 4.6 gives no stored picture its alt text: the renderer of images sets
    # the source and the size only. The text stands beside it, for who does read it.
    ((output,),) = opened.outputs()
    assert output["metadata"]["image/png"]["alt"] == "A line of slope 1."
    assert output["data"]["text/plain"] == "A line of slope 1."
    expect(page.locator(".live")).to_have_count(0)
    expect(page.locator(".jp-OutputArea")).not_to_contain_text("rror")


def test_reopened(stored, lab, new_page):
    """Trusted, no kernel at all: the slider moves the frames that were saved."""
    put(stored, lab, "reopened", trusted=True)
    opened = new_page("reopened")
    opened.wait("() => document.querySelectorAll('.jp-Notebook .live').length === 1")
    opened.js("() => jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    lab.stop_kernels()
    (figure,) = opened.figures()
    (slider,) = figure.controls()
    figure.remember("first")
    slider.focus()
    for key, text in (("End", "A line of slope 3."), ("Home", "A line of slope 0.")):
        slider.press(key)
        expect(figure.root.locator("svg")).to_have_attribute("aria-label", text)
    slider.press("ArrowRight")
    assert figure.settle("first").same, "back at its start, another picture"
    assert lab.ask("kernels") == []
    expect(opened.page.locator(".jp-OutputArea")).not_to_contain_text("rror")


def test_reopened_and_run(stored, lab, new_page):
    """Running the cell again brings Python back to the figure."""
    put(stored, lab, "again", trusted=True)
    opened = new_page("again")
    # The stored figure first: an output that is cleared while its widget is still on
    # the way leaves an error in the console.
    expect(opened.page.locator(".live")).to_have_count(1)
    opened.run_all()
    (figure,) = opened.figures()
    (slider,) = figure.controls()
    slider.focus()
    slider.press("End")
    picture = figure.root.locator("svg")
    expect(picture).to_have_attribute("aria-label", "A line of slope 3.")
    expect(figure.root.locator(".live-note")).to_be_hidden()
    assert not opened.faults, opened.faults
