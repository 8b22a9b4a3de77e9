"""The training panel in a real JupyterLab: it stays live whichever way it trains.

The run is a generator that takes 5 ms a step. A LONG one is never waited for: it lasts
on any machine until the test has pressed all that it wants to press.
"""

import time

import nbformat
import pytest
from playwright.sync_api import expect

from helpers.setup.execute import METADATA
from tests.browser.test_notebooks_run import take, theme

SETUP = """import time
from helpers.figures import line_through
from helpers import Panel
from helpers.maths.training import Step

pace = 0.005


def steps(total, fails=0):
    for k in range(1, total + 1):
        time.sleep(pace)
        if k == fails:
            raise ValueError("the <b>batch</b> is empty")
        seldom = k % 20 == 0
        loss = 0.4 + 4 / k + 1 - k / total  # it goes on falling to the end
        yield Step(k, total, loss, loss + 0.1 if seldom else None,
                   f"<b>sample</b> {k} of $x$" if seldom else None)"""
PANEL = """panel = Panel(steps({n}), {n}, top=4.564, floor=0.34, title="A toy")
panel"""
SLIDER = "line_through([(1, 2), (3, 4)])"
FINISH = "panel.finish()"
HURRY = "pace = 0"
LONG = 40_000  # steps: 200 s at least
BROKEN = "bad = Panel(steps(99, fails=30), 99)\nbad"


class Page:
    """A notebook with a panel, as the tests drive it; its cells are run one by one."""

    def __init__(self, new_page, lab, name, *cells):
        code = [nbformat.v4.new_code_cell(c, id=f"c{i}") for i, c in enumerate(cells)]
        notebook = nbformat.v4.new_notebook(cells=code, metadata=METADATA)
        nbformat.write(notebook, lab.root / f"{name}.ipynb")
        self.opened = new_page(name)
        self.page = self.opened.page
        self.root = self.page.locator(".jp-Notebook .live-panel")
        self.go = self.root.locator(".live-go")
        self.stop = self.root.locator(".live-stop")
        self.words = self.root.locator(".live-note")
        self.picture = self.root.locator(".live-picture > svg")
        self.took = 0.3  # seconds until it was last seen to move

    def run(self, *numbers):
        """Run cells, and wait for their ends."""
        for number in numbers:
            self.begin(number)
            self.wait_for_cell(number)

    def begin(self, number):
        self.opened.js(
            "(k) => { jupyterapp.shell.currentWidget.content.activeCellIndex = k;"
            " void jupyterapp.commands.execute('notebook:run-cell'); }",
            number,
        )

    def wait_for_cell(self, number):
        self.opened.wait(
            "(k) => {"
            " const m = jupyterapp.shell.currentWidget.content.widgets[k].model;"
            " return m.executionCount > 0 && m.executionState !== 'running'; }",
            number,
        )

    def step(self):
        return int(self.root.locator("progress").get_attribute("value") or 0)

    def moves(self):
        """Wait until steps are trained: the bar and the curve go on."""
        begun = time.monotonic()
        picture = self.root.locator(".live-moving").inner_html()
        self.opened.wait(
            """([step, picture]) => {
              const root = document.querySelector('.jp-Notebook .live-panel');
              return root.querySelector('progress').value > step
                && root.querySelector('.live-moving').innerHTML !== picture; }""",
            [self.step(), picture],
        )
        self.took = max(self.took, time.monotonic() - begun)
        return True

    def stands(self):
        """Whether nothing is trained in a time in which it has moved twice before."""
        step = self.step()
        self.page.wait_for_timeout(2000 * self.took)
        return self.step() == step

    def slider_answers(self):
        (figure,) = self.opened.figures()
        control = figure.controls()[0]
        control.focus()
        for key in ("ArrowRight", "ArrowRight", "ArrowLeft"):
            figure.remember("before")
            control.press(key)
            seen = figure.settle("before")
            if seen.same or seen.fault:
                return False
        return True


@pytest.fixture
def panel(new_page, lab):
    def build(name, *cells):
        return Page(new_page, lab, name, SETUP, *cells)

    return build


def test_by_mouse_with_a_slider_beside_it(panel):
    one = panel("by_mouse", PANEL.format(n=LONG), SLIDER)
    one.run(0, 1, 2)
    expect(one.go).to_have_text("Start")
    assert one.stands() and one.step() == 0
    one.go.click()
    expect(one.go).to_have_text("Pause")
    assert one.moves()
    assert one.slider_answers()
    assert one.moves(), "it trains on while a slider is moved"
    one.go.click()
    expect(one.go).to_have_text("Resume")
    expect(one.words).to_contain_text("Paused")
    assert one.stands()
    one.go.click()
    assert one.moves()
    one.stop.click()
    expect(one.words).to_contain_text("Stopped")
    expect(one.go).to_have_attribute("aria-disabled", "true")
    assert one.stands()
    assert one.root.locator("b").count() == 0, "a sample is markup"
    expect(one.root.locator("li").first).to_contain_text("<b>sample</b>")
    assert not one.opened.faults, one.opened.faults


def test_by_keyboard(panel):
    one = panel("by_keyboard", PANEL.format(n=LONG))
    one.run(0, 1)
    one.go.focus()
    selection = one.opened.selection()
    one.page.keyboard.press("Enter")
    assert one.moves()
    one.page.keyboard.press("Space")
    expect(one.go).to_have_text("Resume")
    expect(one.go).to_be_focused()
    one.page.keyboard.press("Space")
    assert one.moves()
    one.page.keyboard.press("Tab")
    expect(one.stop).to_be_focused()
    one.page.keyboard.press("Enter")
    expect(one.words).to_contain_text("Stopped")
    expect(one.stop).to_be_focused()
    assert one.opened.selection() == selection, "a key moved the notebook's selection"
    assert not one.opened.faults, one.opened.faults


def stored_picture(one):
    """The PNG that the notebook would be saved with."""
    (output,) = one.opened.outputs()[1]
    return output["data"]["image/png"]


def test_where_it_is_paused_the_picture_is_stored_and_the_keyboard_stays(panel):
    one = panel("pause_is_stored", PANEL.format(n=4000))
    one.run(0, 1)
    first = stored_picture(one)
    one.go.focus()
    one.page.keyboard.press("Enter")
    assert one.moves()
    assert stored_picture(one) == first
    one.page.keyboard.press("Enter")
    expect(one.go).to_have_text("Resume")
    one.opened.wait(
        "(first) => jupyterapp.shell.currentWidget.content.widgets[1].model.outputs"
        ".toJSON()[0].data['image/png'] !== first", first,
    )  # fmt: skip
    expect(one.go).to_be_focused()


def test_on_a_narrow_page_nothing_is_scrolled_sideways(panel):
    one = panel("narrow_panel", PANEL.format(n=4000))
    one.run(0, 1)
    one.page.set_viewport_size({"width": 400, "height": 900})
    expect(one.picture).to_have_attribute("viewBox", "0 0 374 330")
    assert one.opened.js(
        "() => { const box = document.querySelector('.live-panel .live-picture');"
        " return box.scrollWidth <= box.clientWidth; }"
    )
    one.page.set_viewport_size({"width": 1280, "height": 900})
    expect(one.picture).to_have_attribute("viewBox", "0 0 560 330")


def test_in_the_foreground_the_buttons_and_the_slider_answer(panel):
    one = panel("foreground", PANEL.format(n=LONG), SLIDER, FINISH)
    one.run(0, 1, 2)
    one.begin(3)
    assert one.moves()
    assert one.slider_answers()
    one.go.click()
    expect(one.go).to_have_text("Resume")
    assert one.stands()
    one.go.click()
    assert one.moves()
    one.stop.click()
    expect(one.words).to_contain_text("Stopped")
    one.wait_for_cell(3)
    assert one.opened.outputs()[3] == []
    assert not one.opened.faults, one.opened.faults


def test_run_all_at_once_and_the_buttons_answer(panel):
    """The view first asks when the kernel is already busy with `finish`."""
    one = panel("run_all", PANEL.format(n=LONG), FINISH)
    one.opened.js("jupyterapp.commands.execute('notebook:run-all-cells') && 0")
    expect(one.go).to_have_text("Pause")
    assert one.moves()
    one.go.click()
    expect(one.go).to_have_text("Resume")
    one.go.click()
    assert one.moves()
    one.stop.click()
    one.wait_for_cell(2)
    assert not one.opened.faults, one.opened.faults


def test_an_interrupt_leaves_a_sentence_and_the_run_goes_on(panel):
    one = panel("interrupt", PANEL.format(n=LONG), FINISH, HURRY)
    one.run(0, 1)
    one.begin(2)
    assert one.moves()
    one.opened.js("jupyterapp.commands.execute('notebook:interrupt-kernel') && 0")
    one.wait_for_cell(2)
    expect(one.words).to_contain_text("Interrupted at step")
    (output,) = one.opened.outputs()[2]
    assert output["output_type"] == "stream" and output["text"].startswith("Interrupt")
    assert one.stands()
    one.go.click()
    assert one.moves()
    one.run(3, 2)
    expect(one.words).to_have_text("Done.")
    assert one.step() == LONG and one.opened.outputs()[2] == []
    assert not one.opened.faults, one.opened.faults


def test_saved_and_reloaded_it_keeps_the_curve(panel, lab):
    one = panel("reloaded", PANEL.format(n=60), FINISH)
    one.run(0, 1, 2)
    expect(one.words).to_have_text("Done.")
    described = one.picture.get_attribute("aria-label")
    assert "At step 60 of 60" in described
    one.opened.js("() => jupyterapp.shell.currentWidget.context.save()")
    path = lab.root / "reloaded.ipynb"
    saved = nbformat.read(path, as_version=4)
    assert "widgets" in saved.metadata and "image/png" in saved.cells[1].outputs[0].data
    lab.stop_kernels()
    one.page.goto(lab.address("reloaded"))
    expect(one.picture).to_have_attribute("aria-label", described)
    expect(one.words).to_have_text("Done.")
    outputs = one.page.locator(".jp-OutputArea-output")
    expect(outputs.filter(has_text="rror")).to_have_count(0)


def test_a_restarted_kernel_is_said(panel):
    one = panel("restarted", PANEL.format(n=LONG))
    one.run(0, 1)
    one.go.click()
    assert one.moves()
    one.opened.js(
        "() => jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
    )
    expect(one.words).to_contain_text("restarted")
    expect(one.go).to_have_attribute("aria-disabled", "true")
    one.run(0, 1)
    expect(one.go).to_have_text("Start")
    one.go.click()
    assert one.moves()


def test_the_cell_run_again_begins_anew(panel):
    one = panel("again", PANEL.format(n=LONG), "before = panel.phase\nbefore")
    one.run(0, 1)
    one.go.click()
    assert one.moves()
    one.run(1)
    expect(one.go).to_have_text("Start")
    assert one.step() == 0
    one.go.click()
    assert one.moves()
    assert not one.opened.faults, one.opened.faults


def test_an_error_is_one_line_with_its_traceback_behind_it(panel):
    one = panel("broken", BROKEN)
    one.run(0, 1)
    one.go.click()
    summary = one.root.locator(".live-fault summary")
    expect(summary).to_have_text("ValueError: the <b>batch</b> is empty")
    expect(one.root.locator("pre")).to_be_hidden()
    summary.click()
    expect(one.root.locator("pre")).to_contain_text("in steps")
    expect(one.go).to_have_attribute("aria-disabled", "true")
    assert not one.opened.faults, one.opened.faults


def test_screens(panel):
    """Light, dark, and 400 px wide: written to look at; nothing is cut off."""
    one = panel("panel_screens", PANEL.format(n=300), FINISH)
    one.run(0, 1, 2)
    take(one.opened, "light", 1280, 1000)
    theme(one.opened, "JupyterLab Dark")
    take(one.opened, "dark", 1280, 1000)
    theme(one.opened, "JupyterLab Light")
    take(one.opened, "narrow", 400, 1000)
    cut = one.root.evaluate("(e) => e.scrollWidth > e.clientWidth + 1")
    assert not cut, "wider than a page of 400 px"
