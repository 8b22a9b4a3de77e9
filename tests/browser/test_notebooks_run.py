"""Each notebook in a real JupyterLab and a real browser, as its reader meets it."""

from contextlib import suppress

from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from tests.notebooks import OUTPUT, compared, read


def test_runs_from_top_to_bottom(opened):
    for number, outputs in enumerate(opened.outputs()):
        for out in outputs:
            where = f"{opened.name}, cell {number}"
            assert out["output_type"] != "error", f"{where}: {out.get('evalue')}"
            assert out.get("name") != "stderr", f"{where}: {out.get('text')}"
    assert not opened.missing, f"{opened.name}: no picture in cells {opened.missing}"
    assert opened.figures(), f"{opened.name}: no live figure on the page"


def test_says_what_is_stored(opened):
    """Authority: the committed notebook, run with another number of threads by nbval.

    A number that depends on the threads would differ here or there.
    """
    for cell, outputs in zip(read(opened.name).cells, opened.outputs(), strict=True):
        where = f"{opened.name}:\n{cell.source}"
        assert compared(outputs) == compared(cell.get("outputs", [])), where


class Moves:
    """What moving a figure's controls has shown; `faults` names what is wrong."""

    def __init__(self, figure):
        self.figure, self.faults = figure, []
        figure.remember("first")
        self.height = figure.settle("first").height

    def check(self, control, way, steps):
        """Move `control` by each of `steps`; the last brings it back to its start.

        A step tells whether it moved the control. The picture must change with at
        least one, keep its height, and be the same at the end.
        """
        figure, changed, faults = self.figure, False, []
        figure.remember("start")
        for step in steps:
            figure.remember("before")
            if step():
                seen = figure.settle("before")
                changed |= not seen.same
                faults += [seen.fault] if seen.fault else []
                if abs(seen.height - self.height) > 1:  # less is rounding
                    faults.append(f"{self.height} px high, then {seen.height}")
        if not changed:
            faults.append("the picture does not change")
        if not figure.settle("start").same:
            faults.append("back at its start, the picture is another")
            figure.reset()
            figure.settle("first")
        name = f"{figure}: {control.name!r} by {way}"
        self.faults += [f"{name}: {fault}" for fault in faults]


def moving(control, move):
    """A step that calls `move` and tells whether the control's value changed."""

    def step():
        before = control.value
        move()
        return control.value != before

    return step


def pressing(control, *keys):
    """A step that presses keys."""
    return moving(control, lambda: control.press(*keys))


def by_keyboard(control):
    """The steps to both ends and back."""
    start, last = control.value, control.last
    if control.kind == "range":
        back = moving(control, lambda: walk_to(control, start))
        return [pressing(control, "Home"), pressing(control, "End"), back]
    if control.kind == "checkbox":
        return [pressing(control, "Space")] * 2
    if control.kind == "select":
        goals = [["Home"], ["End"], ["Home", *["ArrowDown"] * start]]
        return [pressing(control, *keys) for keys in goals if last]
    typed = pressing(control, "Control+a", *"<b>$x")
    back = moving(control, lambda: control.page.keyboard.insert_text(start))
    return [typed, pressing(control, "Control+a", "Delete"), back]


def walk_to(control, goal):
    """From the nearer end of a slider to `goal`, by pages first, then by arrows."""
    from_start = goal <= control.last - goal
    control.press("Home" if from_start else "End")
    at, stride = control.value, 0
    while abs(goal - at) > max(stride, 3):
        control.press("PageUp" if from_start else "PageDown")
        at, before = control.value, at
        stride = abs(at - before)
    control.press(*["ArrowRight" if at < goal else "ArrowLeft"] * abs(goal - at))


def by_mouse(control):
    """The same steps with a pointer."""
    start, last = control.value, control.last
    if control.kind == "range":
        goals = (last, 0, start)
        return [moving(control, lambda g=g: drag_to(control, g)) for g in goals]
    if control.kind == "select":
        choose = control.handle.select_option
        return [moving(control, lambda g=g: choose(index=g)) for g in (0, last, start)]
    if control.kind == "checkbox":
        return [moving(control, lambda: click(control))] * 2
    fill = control.handle.fill
    return [moving(control, lambda: fill("")), moving(control, lambda: fill(start))]


THUMB = 16  # px: the width of a native slider's handle


def click(control):
    left, top, width, height = control.box()
    control.page.mouse.click(left + width / 2, top + height / 2)


def drag_to(control, goal):
    """Drag a slider's handle to the value `goal`."""
    left, top, width, height = control.box()
    mouse, start = control.page.mouse, control.value

    def go(value):
        across = value / control.last * (width - THUMB) + THUMB / 2
        mouse.move(left + across, top + height / 2)

    go(start)
    mouse.down()
    go((start + goal) / 2)
    go(goal)
    mouse.up()
    reached = control.value
    near = 1 + control.last / (width - THUMB)  # a pixel may be several steps
    assert abs(reached - goal) <= near, f"dragged to {reached}, not to {goal}"
    key = "ArrowLeft" if reached > goal else "ArrowRight"
    control.press(*[key] * abs(reached - goal))


def test_controls_by_keyboard(opened):
    faults = []
    for figure in opened.figures():
        moves = Moves(figure)
        for control in figure.controls():
            control.focus()
            selection = opened.selection()
            moves.check(control, "keyboard", by_keyboard(control))
            where = f"{figure}: {control.name!r}"
            if opened.selection() != selection:
                faults.append(f"{where}: keys moved the notebook's selection")
            if not control.focused:
                faults.append(f"{where}: its own keys took the focus away")
        faults += moves.faults
    assert not faults, "\n" + "\n".join(faults)


def test_controls_by_mouse(opened):
    faults = []
    for figure in opened.figures():
        moves = Moves(figure)
        for control in figure.controls():
            control.show()
            moves.check(control, "mouse", by_mouse(control))
        faults += moves.faults
    assert not faults, "\n" + "\n".join(faults)


def test_dragging_in_the_picture(opened):
    faults = []
    for figure in opened.figures():
        figure.remember("first")
        for zone in figure.root.locator(".live-drag").all():
            zone.scroll_into_view_if_needed()
            box, mouse, changed = zone.bounding_box(), opened.page.mouse, False
            for down, up in (((0.2, 0.8), (0.8, 0.2)), ((0.7, 0.3), (0.1, 0.9))):
                figure.remember("before")
                mouse.move(*inside(box, *down))
                mouse.down()
                mouse.move(*inside(box, 0.5, 0.5))
                mouse.move(*inside(box, *up))
                mouse.up()
                seen = figure.settle("before")
                changed |= not seen.same
                faults += [f"{figure}: {seen.fault}"] if seen.fault else []
            if not changed:
                faults.append(f"{figure}: dragging does not change the picture")
        figure.reset()
        if not figure.settle("first").same:
            faults.append(f"{figure}: Reset does not bring the first picture back")
    assert not faults, "\n" + "\n".join(faults)


def inside(box, across, down):
    return box["x"] + across * box["width"], box["y"] + down * box["height"]


def test_play_walks_and_stops(opened):
    for figure in opened.figures():
        for button in figure.root.locator(".live-play").all():
            figure.remember("before")
            button.click()
            assert figure.changes("before"), f"{figure}: Play"
            button.click()
            expect(button).to_contain_text("Play")
            figure.reset()
            assert figure.settle("before").same, f"{figure}: Reset after Play"


def test_you_are_the_model(opened):
    """Every round is played to the end, and the same figures stand beside the score."""
    page = opened.page
    for panel in page.locator(".jp-OutputArea-output:has(.widget-button)").all():
        button = panel.locator("button.widget-button")
        if button.count() != 1 or "That is my answer" not in button.inner_text():
            continue
        for _ in range(20):
            button.click()
            expect(button).not_to_have_text("That is my answer")
            expect(panel.locator("table, p").last).to_be_visible()
            if button.inner_text() == "Play again":
                break
            button.click()
            expect(button).to_have_text("That is my answer")
        expect(button).to_have_text("Play again")
        button.click()
        expect(button).to_have_text("That is my answer")


# What a screen reader is told, and what a narrow or dark page shows ------------------


def test_every_input_has_a_name(opened):
    bare = opened.js(
        """() => [...document.querySelectorAll(
            '.jp-OutputArea-output :is(input, select, textarea, button)')].filter((e) =>
              !(e.labels?.length && e.labels[0].textContent.trim())
              && !e.getAttribute('aria-label')?.trim()
              && !document.getElementById(e.getAttribute('aria-labelledby'))
              && !(e.tagName === 'BUTTON' && (e.textContent.trim() || e.title)))
            .map((e) => e.outerHTML.slice(0, 160))"""
    )
    assert not bare, f"{opened.name}: inputs without a name: {bare}"


def test_every_picture_has_a_description(opened):
    bare = opened.js(
        """() => [...document.querySelectorAll(
            '.jp-Notebook .live-picture > svg, .jp-Notebook img')].filter((e) =>
              ((e.getAttribute('aria-label') || e.alt || '').trim().split(/\\s+/)
               .length < 3)).map((e) => e.outerHTML.slice(0, 160))"""
    )
    assert not bare, f"{opened.name}: pictures without a description: {bare}"


def test_screens(opened):
    """Screenshots of every screenful, to look at; a narrow page cuts nothing off."""
    take(opened, "light", 1280, 1800)
    theme(opened, "JupyterLab Dark")
    take(opened, "dark", 1280, 1800)
    theme(opened, "JupyterLab Light")
    before = opened.js(WIDTHS)
    opened.page.set_viewport_size({"width": 400, "height": 1000})
    redrawn = comes(opened, "(widths) => Math.max(...widths) <= 374")
    take(opened, "narrow", 400, 1800)
    wide = opened.js(
        """() => [...document.querySelectorAll('.jp-Notebook .live')].filter((e) =>
             e.scrollWidth > e.clientWidth + 1
             || e.getBoundingClientRect().right > window.innerWidth)
           .map((e) => `${e.scrollWidth} in ${e.clientWidth} px: `
                       + (e.querySelector('label, legend')?.textContent ?? ''))"""
    )
    small = opened.js(NARROW)
    opened.page.set_viewport_size({"width": 1280, "height": 1000})
    again = comes(opened, "(widths, before) => `${widths}` === `${before}`", before)
    assert redrawn, f"{opened.name}: not drawn for a narrow page"
    assert again, f"{opened.name}: not as wide as before: {opened.js(WIDTHS)}"
    assert not wide, f"{opened.name}: wider than a page of 400 px: {wide}"
    assert not small, f"{opened.name}: scrolled, cut, or words under 8 px: {small}"


# The widths that the pictures of the page are drawn in; those of panels too.
WIDTHS = """() => [...document.querySelectorAll('.jp-Notebook .live-picture > svg')]
  .map((svg) => svg.viewBox.baseVal.width)"""


def comes(opened, true_of, argument=None):
    """Wait until the function `true_of` holds for the widths; False if it never does.

    Python draws a picture anew when its page gets narrow; see helpers/live/narrow.py.
    """
    with suppress(Late):
        opened.wait(f"(argument) => ({true_of})(({WIDTHS})(), argument)", argument)
        return True
    return False


# The pictures that are scrolled sideways, whose smallest words are too small, or that
# show a frame drawn for a wide page.
NARROW = """() => {
  const pictures = [...document.querySelectorAll('.jp-Notebook .live-picture')];
  return pictures.filter((e) => {
    const svg = e.querySelector('svg');
    const size = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
    const words = [...e.querySelectorAll('text')].map(
      (one) => size * parseFloat(getComputedStyle(one).fontSize));
    const edges = [...svg.querySelectorAll('clipPath rect')].map(
      (one) => one.x.baseVal.value + one.width.baseVal.value);
    return e.scrollWidth > e.clientWidth + 1 || Math.min(99, ...words) < 8
      || Math.max(0, ...edges) > svg.viewBox.baseVal.width;
  }).map((e) => `${e.scrollWidth} in ${e.clientWidth} px: `
    + e.querySelector('svg').getAttribute('aria-label').slice(0, 60));
}"""


def theme(opened, name):
    command = "jupyterapp.commands.execute('apputils:change-theme', {theme})"
    opened.js(f"(theme) => {command}", name)
    light = "true" if "Light" in name else "false"
    opened.wait(f"() => document.body.dataset.jpThemeLight === '{light}'")


_SCROLLER = "document.querySelector('.jp-WindowedPanel-outer')"


def take(opened, kind, width, height):
    """ci-output/screens/<notebook>/<kind>-<number>.jpg for each screenful."""
    page, folder = opened.page, OUTPUT / "screens" / opened.name
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{kind}-*.*"):
        old.unlink()
    page.set_viewport_size({"width": width, "height": height})
    opened.js(f"() => {{ {_SCROLLER}.scrollTop = 0 }}")
    for number in range(1, 100):
        opened.js("() => new Promise((done) => requestAnimationFrame(() => "
                  "requestAnimationFrame(done)))")  # fmt: skip
        # As PNG it would take twice as long.
        page.screenshot(path=folder / f"{kind}-{number:02}.jpg", quality=85)
        more = opened.js(
            f"""() => {{
              const e = {_SCROLLER}, before = e.scrollTop;
              e.scrollTop += e.clientHeight - 60;
              return e.scrollTop > before + 1;
            }}"""
        )
        if not more:
            return


def test_nothing_on_the_console(opened):
    """Last of all: nothing above made the page complain."""
    opened.hear_out()
    assert not opened.faults, f"{opened.name}:\n" + "\n".join(opened.faults)
