"""A notebook open in JupyterLab, as the browser tests drive it."""

import re
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import TimeoutError as Late

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--font-render-hinting=none",
]  # fmt: skip

# What JupyterLab itself says on the console, and why it is no fault of the course.
HARMLESS = ()

_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const context = panel?.context, session = panel?.sessionContext;
  return !!(context?.isReady && session?.isReady
            && session.session?.kernel?.status === 'idle'
            && document.querySelector('.jp-Notebook .jp-Cell'));
}"""
_RAN = """() => {
  const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
  const code = content.widgets.map((w) => w.model).filter((m) => m.type === 'code');
  const failed = code.some((m) => m.outputs.toJSON()
                                   .some((o) => o.output_type === 'error'));
  return sessionContext.session?.kernel?.status === 'idle'
    && (failed || code.every(
      (m) => m.executionCount > 0 && m.executionState !== 'running'));
}"""
# The code cells that show a widget with no picture of a live figure in it.
_MISSING = """() => jupyterapp.shell.currentWidget.content.widgets.filter((cell) =>
  (cell.model.outputs?.toJSON() ?? []).some(
    (out) => out.data?.['application/vnd.jupyter.widget-view+json'])
  && !cell.node.querySelector('.live-picture > svg')?.getBoundingClientRect().height
).map((cell) => cell.model.executionCount)"""

# The looks of the figures stay on the page: they are long, and only compared.
_LOOKS = """window.looks = {
  kept: {},
  root: (index) => document.querySelectorAll('.jp-Notebook .live')[index],
  now(index) {
    const root = this.root(index);
    return root.querySelector('.live-moving').innerHTML + '\\n'
      + root.querySelector('.live-formula').innerHTML + '\\n'
      + root.querySelector('svg').getAttribute('aria-label');
  },
  remember(index, name) { this.kept[index + name] = this.now(index); },
  async wait(index, name, same, ms) {
    const end = performance.now() + ms;
    const there = () => (this.now(index) === this.kept[index + name]) === same;
    while (!there() && performance.now() < end) {
      await new Promise((next) => setTimeout(next, 8));
    }
    const root = this.root(index), fault = root.querySelector('.live-fault');
    return { came: there(), height: root.getBoundingClientRect().height,
             fault: fault.hidden ? '' : fault.textContent };
  },
}"""


@dataclass
class Seen:
    """What a figure showed: see `Figure.wait_for`."""

    came: bool
    height: float
    fault: str


class Opened:
    """A page of the browser with one notebook.

    `faults` collects what the console said, `missing` the cells without a picture.
    """

    def __init__(self, context, lab, name, width=1280, height=1000):
        self.name, self.lab = name, lab
        self.faults, self.missing = [], []
        self.page = context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.add_init_script(_LOOKS)
        self.page.goto(lab.address(name))
        self.page.wait_for_function(_READY, timeout=60_000)
        self.js("jupyterapp.commands.execute('application:toggle-left-area')")

    def close(self):
        self.page.close()

    def js(self, code, argument=None):
        return self.page.evaluate(code, argument)

    def wait(self, code, argument=None, seconds=15):
        """Wait until the JavaScript function `code` returns something true."""
        self.page.wait_for_function(code, arg=argument, timeout=1000 * seconds)

    def _hear(self, message):
        text = f"{message.type}: {message.text}"
        known = any(re.search(pattern, text) for pattern in HARMLESS)
        if message.type == "error" and not known:
            self.faults.append(f"{text} ({message.location.get('url', '')})")

    def run_all(self):
        """Run from top to bottom and wait until every figure stands."""
        self.js("jupyterapp.shell.currentWidget.context.model.sharedModel.cells"
                ".forEach((cell) => cell.clearOutputs?.())")  # fmt: skip
        self.js("jupyterapp.commands.execute('notebook:run-all-cells') && 0")
        self.wait(_RAN, seconds=180)
        with suppress(Late):
            self.wait(f"() => !({_MISSING})().length")
        # The cells that have no picture now stay without one.
        self.missing = self.js(_MISSING)

    def outputs(self):
        """Every output as nbformat has it, by cell."""
        return self.js(
            "() => jupyterapp.shell.currentWidget.content.widgets.map("
            "(w) => w.model.outputs?.toJSON() ?? [])"
        )

    def figures(self):
        """The live figures of the page that have controls."""
        count = self.page.locator(".jp-Notebook .live").count()
        every = [Figure(self, k) for k in range(count)]
        return [one for one in every if one.root.locator(".live-reset").count()]

    def selection(self):
        """The active cell, the mode, and where the notebook is scrolled to."""
        return self.js(
            "() => {const n = jupyterapp.shell.currentWidget.content;"
            "return [n.activeCellIndex, n.mode]}"
        )


class Figure:
    """One live figure on the page."""

    def __init__(self, opened, index):
        self.opened, self.page, self.index = opened, opened.page, index
        self.root = opened.page.locator(".jp-Notebook .live").nth(index)

    def __str__(self):
        labels = self.root.locator("label, legend").all_inner_texts()
        return f"{self.opened.name}, live figure {self.index + 1} ({', '.join(labels)})"

    def remember(self, name):
        """Keep what it shows now as `name`: picture, formula and description."""
        self.page.evaluate("([index, name]) => looks.remember(index, name)",
                           [self.index, name])  # fmt: skip

    def wait_for(self, test, name, seconds=6):
        """Wait until it "is" or "is not" what was remembered as `name`.

        Returns whether that came, the height in px, and the message of an error in
        the update function.
        """
        seen = self.page.evaluate(
            "([index, name, same, ms]) => looks.wait(index, name, same, ms)",
            [self.index, name, test == "is", 1000 * seconds],
        )
        return Seen(**seen)

    def controls(self):
        """The inputs that move it."""
        inputs = self.root.element_handle().query_selector_all("input, select")
        return [Control(self.page, one) for one in inputs]

    def reset(self):
        self.root.locator(".live-reset").click()


class Control:
    """One input of a live figure: `kind`, `name`, and for a slider its `last` value."""

    def __init__(self, page, handle):
        self.page, self.handle = page, handle
        self.kind, self.name, self.last = handle.evaluate(
            """(e) => [e.tagName === 'SELECT' ? 'select' : e.type,
                       e.labels?.[0]?.textContent || e.getAttribute('aria-label'),
                       Number(e.max || e.options?.length - 1 || 1)]"""
        )

    @property
    def value(self):
        """An index for a slider and a list of options, else a truth or a text."""
        return self.handle.evaluate(
            "(e) => e.type === 'checkbox' ? e.checked : e.type === 'range'"
            " ? Number(e.value) : e.tagName === 'SELECT' ? e.selectedIndex : e.value"
        )

    @property
    def focused(self):
        return self.handle.evaluate("(e) => document.activeElement === e")

    def focus(self):
        """Bring it into view and give it the keyboard."""
        self.show()
        self.handle.evaluate("(e) => e.focus()")

    def show(self):
        self.handle.evaluate("(e) => e.scrollIntoView({block: 'center'})")

    def box(self):
        """Left, top, width and height on the page, in px."""
        return self.handle.evaluate(
            "(e) => {const b = e.getBoundingClientRect();"
            "return [b.x, b.y, b.width, b.height]}"
        )

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
