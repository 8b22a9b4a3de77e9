"""You are the judge in a real JupyterLab, by the keyboard alone.

Authority: the choices counted in this process.
"""

import nbformat
import pytest
from playwright.sync_api import expect

from helpers import rounds
from helpers.rounds.pairs import MODELS
from helpers.setup.execute import METADATA
from tests.browser.test_notebooks_run import NARROW, comes, take, theme

CODE = """from helpers import figures, rounds

rounds.you_are_the_judge()"""
FIGURE = "figures.biased_judge()"


class Judging:
    """The page as the test reads it and presses its keys."""

    def __init__(self, opened):
        self.opened, self.keyboard = opened, opened.page.keyboard
        self.root = opened.page.locator(".jp-OutputArea-output:has(.widget-button)")
        self.picture = self.root.locator(".live-picture > svg")

    def button(self, name):
        return self.root.get_by_role("button", name=name)

    def pair(self, number):
        expect(self.root).to_contain_text(f"Pair {number} of 12.")


@pytest.fixture
def judging(new_page, lab):
    cells = [
        nbformat.v4.new_code_cell(code, id=f"c{k}")
        for k, code in enumerate((CODE, FIGURE))
    ]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.write(notebook, lab.root / "judge.ipynb")
    opened = new_page("judge")
    opened.run_all()
    return Judging(opened)


def test_twelve_times_enter(judging):
    judging.pair(1)
    a, b = judging.button("A is better"), judging.button("B is better")
    b.focus()
    selection = judging.opened.selection()
    for number in range(2, 13):
        judging.keyboard.press("Enter")
        judging.pair(number)
        expect(b).to_be_focused()
        assert not any(name in judging.root.inner_text() for name in MODELS)
    judging.keyboard.press("Space")
    expect(judging.root).to_contain_text("You chose A 0 times and B 12 times.")
    expect(judging.root.locator("table").first).to_contain_text(MODELS[0])
    judging.keyboard.press("Enter")  # one too many: all stays as it is
    expect(b).to_be_focused()
    expect(judging.root).to_contain_text("All 12 pairs are judged.")
    judging.keyboard.press("Tab")
    expect(judging.button("One back")).to_be_focused()
    judging.keyboard.press("Enter")
    judging.pair(12)
    judging.keyboard.press("Shift+Tab")
    judging.keyboard.press("Shift+Tab")
    expect(a).to_be_focused()
    judging.keyboard.press("Enter")
    expect(judging.root).to_contain_text("You chose A 1 times and B 11 times.")
    judging.button("Begin again").focus()
    judging.keyboard.press("Enter")
    judging.pair(1)
    expect(a).to_be_focused()
    assert judging.opened.selection() == selection, "a key moved the notebook"
    assert not judging.opened.faults, judging.opened.faults


def test_the_result_is_the_one_of_python(judging):
    panel = rounds.you_are_the_judge()
    for side in "ABABABBAABAB":
        judging.button(f"{side} is better").focus()
        judging.keyboard.press("Enter")
        panel.choose(side)
        if not panel.over:
            judging.pair(len(panel.chosen) + 1)
    expect(judging.picture).to_have_attribute("aria-label", panel.picture.alt_text())
    judging.root.get_by_text("Which model wrote what").focus()
    judging.keyboard.press("Enter")
    expect(judging.root.locator("li").last).to_be_visible()
    assert not judging.opened.faults, judging.opened.faults


def test_screens(judging):
    """Light, dark, and 400 px wide: written to look at; nothing is cut off."""
    opened = judging.opened
    take(opened, "pair", 1280, 1000)
    take(opened, "small-pair", 400, 1000)
    assert comes(opened, "(widths) => Math.max(...widths) <= 374")
    assert not opened.js(NARROW)
    for side in "ABABABBAABAB":
        judging.button(f"{side} is better").click()
    expect(judging.root).to_contain_text("All 12 pairs are judged.")
    judging.root.get_by_text("Which model wrote what").click()
    take(opened, "narrow", 400, 1800)
    assert comes(opened, "(widths) => Math.max(...widths) <= 374")
    assert not opened.js(NARROW)
    cut = judging.root.evaluate("(e) => e.scrollWidth > e.clientWidth + 1")
    assert not cut, "wider than a page of 400 px"
    take(opened, "light", 1280, 1800)
    theme(opened, "JupyterLab Dark")
    take(opened, "dark", 1280, 1800)
    theme(opened, "JupyterLab Light")
