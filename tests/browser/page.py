"""A notebook open in JupyterLab, as the browser tests drive it.

A wait here ends when the thing waited for is there. LATE is when it is given up: a
machine may be busy with something else, and how fast it is proves nothing.
"""

import re
from contextlib import suppress
from dataclasses import dataclass

from playwright.sync_api import TimeoutError as Late

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--font-render-hinting=none",
]  # fmt: skip

LATE = 120  # seconds

# What others say on the console, and why it is no fault of the course.
HARMLESS = (
    # anywidget gives a model 2 s to load, on however busy a machine. The models that
    # were saved with a notebook are made anew when it is run; one that the run itself
    # makes would then never answer, and the tests of its controls would fail.
    r"\[anywidget\] Failed to initialize model",
)

_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  const context = panel?.context, session = panel?.sessionContext;
  return !!(context?.isReady && session?.isReady
            && session.session?.kernel?.status === 'idle'
            && document.querySelector('.jp-Notebook .jp-Cell'));
}"""
_RAN = """() => {
  const {content, sessionContext} = window.jupyterapp.shell.currentWidget;
  if (sessionContext.session?.kernel?.status !== 'idle') return false;
  const code = content.widgets.map((w) => w.model).filter((m) => m.type === 'code');
  const failed = code.some((m) => m.outputs.toJSON()
                                   .some((o) => o.output_type === 'error'));
  return failed || code.every(
    (m) => m.executionCount > 0 && m.executionState !== 'running');
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
  async wait(index, ms, there) {
    const root = this.root(index), end = performance.now() + ms;
    while (!there() && performance.now() < end) {
      await new Promise((next) => setTimeout(next, 4));
    }
    const fault = root.querySelector('.live-fault');
    return { came: there(), height: root.getBoundingClientRect().height,
             fault: fault.hidden ? '' : fault.textContent };
  },
  // Until the picture is the one that the controls ask for.
  async settled(index, name, ms) {
    const busy = () => this.root(index).querySelector('[aria-busy=true]');
    const seen = await this.wait(index, ms, () => !busy());
    return { ...seen, same: this.now(index) === this.kept[index + name] };
  },
  changed(index, name, ms) {
    return this.wait(index, ms, () => this.now(index) !== this.kept[index + name]);
  },
}"""


@dataclass
class Seen:
    """What a figure shows: see `Figure.settle`."""

    same: bool
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
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._blame(f"error: {error}"))
        self.page.add_init_script(_LOOKS)
        self.page.goto(lab.address(name))
        self.wait(_READY)
        self.js("jupyterapp.commands.execute('application:toggle-left-area')")

    def close(self):
        self.page.close()

    def js(self, code, argument=None):
        return self.page.evaluate(code, argument)

    def wait(self, code, argument=None, seconds=LATE):
        """Wait until the JavaScript function `code` returns something true."""
        # Asked at every frame, as is usual, the page would have no time for its work.
        self.page.wait_for_function(
            code, arg=argument, timeout=1000 * seconds, polling=100
        )

    def _hear(self, message):
        if message.type == "error":
            where = message.location.get("url", "")
            self._blame(f"error: {message.text} ({where})")

    def _blame(self, text):
        if not any(re.search(pattern, text) for pattern in HARMLESS):
            self.faults.append(text)

    def hear_out(self):
        """Wait until all that the page has said so far is heard."""
        with self.page.expect_console_message(lambda message: message.text == "over"):
            self.js("console.debug('over')")

    def run_all(self):
        """Run from top to bottom and wait until every figure stands."""
        self.js("jupyterapp.shell.currentWidget.context.model.sharedModel.cells"
                ".forEach((cell) => cell.clearOutputs?.())")  # fmt: skip
        self.js("jupyterapp.commands.execute('notebook:run-all-cells') && 0")
        self.wait(_RAN, seconds=5 * LATE)
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

    def settle(self, name):
        """Wait until the picture is the one that its controls ask for.

        Returns whether it is what was remembered as `name`, the height in px, and
        the message of an error in the update function.
        """
        seen = self.page.evaluate(
            "([index, name, ms]) => looks.settled(index, name, ms)",
            [self.index, name, 1000 * LATE],
        )
        assert seen.pop("came"), f"{self}: no picture came for where its controls stand"
        return Seen(**seen)

    def changes(self, name):
        """Wait until it shows something else than what was remembered as `name`."""
        return self.page.evaluate(
            "([index, name, ms]) => looks.changed(index, name, ms)",
            [self.index, name, 1000 * LATE],
        )["came"]

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
