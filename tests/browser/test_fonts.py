"""The height of a figure with other fonts on the machine. Authority: the browser.

Exported pages, in a Chromium that is shown one set of fonts alone. Most have none
for maths: the one that travels along must do.
"""

import os
from pathlib import Path

import matplotlib
import pytest
from nbconvert import HTMLExporter

from helpers.live.export import OfflineFigures
from tests.browser.page import FLAGS
from tests.notebooks import OUTPUT, read

NAMES = ["01_probability", "03_cross_entropy"]
# Matplotlib brings the first three; .ci/run unpacks two more in ci-output/fonts,
# which are not installed: a font for maths there would hide what is looked for.
BROUGHT = Path(matplotlib.get_data_path(), "fonts/ttf")
SETS = {
    "DejaVu": (BROUGHT, "DejaVu*.ttf"),
    "STIX": (BROUGHT, "STIX*.ttf"),
    "Computer Modern": (BROUGHT, "cm*.ttf"),
    "Noto": (Path("/usr/share/fonts/opentype/noto"), "NotoSans*.ttc"),
    "Liberation": (OUTPUT / "fonts", "**/Liberation*.ttf"),
    "Latin Modern": (OUTPUT / "fonts", "**/l*m*.otf"),
}
# Every figure's state stands behind the figure that was made of it.
STANDING = """() => [...document.querySelectorAll(
  'script[type="application/json"]:not(#live-parts)')].every((state) =>
    state.previousElementSibling?.querySelector(".live"))"""
# Walk each control and tell where anything below the formula moves or is cut off.
WALK = """async () => {
  const painted = () => new Promise((done) =>
    requestAnimationFrame(() => requestAnimationFrame(done)));
  await painted();
  let states = 0;
  const faults = [];
  for (const [index, root] of document.querySelectorAll(".live").entries()) {
    const box = root.querySelector(".live-formula");
    const below = root.querySelector(".live-controls");
    const at = (node) => node.getBoundingClientRect().top;
    const top = () => at(below) - at(root);
    const start = top();
    for (const input of root.querySelectorAll("input[type=range], select")) {
      const last = Number(input.max || input.options.length - 1);
      const first = input.value;
      for (let value = 0; value <= last; value += Math.max(1, Math.floor(last / 12))) {
        input.value = value;
        input.dispatchEvent(new Event(input.max ? "input" : "change"));
        states += 1;
        if (Math.abs(top() - start) > 0.5) faults.push(
          `figure ${index}, ${input.id} at ${value}: ${start} px, then ${top()}`);
        if (box.scrollHeight > box.clientHeight) faults.push(
          `figure ${index}, ${input.id} at ${value}: cut off: ${box.textContent}`);
      }
      input.value = first;
      input.dispatchEvent(new Event(input.max ? "input" : "change"));
    }
  }
  return { states, faults, font: document.fonts.check('18px "Course Maths"', "𝑥√∑") };
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The exported pages of a few notebooks, by name."""
    folder = tmp_path_factory.mktemp("exported")
    exporter = HTMLExporter(preprocessors=[OfflineFigures])
    for name in NAMES:
        page, _ = exporter.from_notebook_node(read(name).copy())
        (folder / f"{name}.html").write_text(page, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in NAMES}


HERE = [name for name, (folder, fonts) in SETS.items() if any(folder.glob(fonts))]


@pytest.fixture(params=HERE)
def browser(request, chromium, tmp_path):
    """A Chromium that knows one set of fonts alone."""
    folder, pattern = SETS[request.param]
    for font in folder.glob(pattern):
        (tmp_path / font.name).symlink_to(font)
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<fontconfig><dir>{tmp_path}</dir><cachedir>{tmp_path}</cachedir></fontconfig>"
    )
    kind = chromium.browser.browser_type
    one = kind.launch(
        executable_path=chromium.path,
        args=FLAGS,
        env={**os.environ, "FONTCONFIG_FILE": str(config)},
    )
    yield one
    one.close()


def test_no_figure_changes_its_height(browser, pages):
    faults = []
    for name, path in pages.items():
        page = browser.new_page(viewport={"width": 1280, "height": 1000})
        page.goto(path.as_uri())
        page.wait_for_function(STANDING)
        for width in (1280, 400):
            page.set_viewport_size({"width": width, "height": 1000})
            seen = page.evaluate(WALK)
            assert seen["states"] > 50 and seen["font"], f"{name}: {seen['states']}"
            faults += [f"{name}, {width} px, {fault}" for fault in seen["faults"]]
        page.close()
    assert not faults, "\n" + "\n".join(faults)
