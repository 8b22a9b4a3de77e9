"""How soon a stored notebook's first figure moves, beside an older version's.

One JupyterLab, both versions of the notebook trusted and saved with their widgets,
opened in turns. A time goes from the command that opens the notebook to the first
picture that a control has moved, painted; medians in ms, and of the ratios of each
turn. Run it with

    .venv/bin/python benchmarks/opening.py 2f1c0de [notebook] [turns]

for the commit to compare with. It exits 1 if the first figure comes later than there.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from live_figure import FLAGS, lab
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]

# Opens a notebook, moves its first control at once, and tells when it was painted.
OPEN = """async (path) => {
  const start = performance.now();
  const spent = {};
  const next = () => new Promise((done) => requestAnimationFrame(done));
  const panel = await jupyterapp.commands.execute("docmanager:open", { path });
  const find = (what) => panel.node.querySelector(what);
  while (!find(".live input[type=range]")) await next();
  spent.shown = performance.now() - start;
  const input = find(".live input[type=range]");
  const moving = input.closest(".live").querySelector(".live-moving");
  const before = moving.innerHTML;
  while (moving.innerHTML === before) {
    input.value = (Number(input.value) + 1) % Number(input.max);
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await next();
  }
  await next();
  spent.moved = performance.now() - start;
  panel.context.model.dirty = false;
  panel.dispose();
  return spent;
}"""


def main(commit, name="01_probability", turns="12"):
    """Measure and print the table; 1 if the first figure moves later than before."""
    folder = Path(tempfile.mkdtemp())
    old = subprocess.run(
        ["git", "show", f"{commit}:notebooks/{name}.ipynb"],
        cwd=ROOT, check=True, capture_output=True,
    ).stdout  # fmt: skip
    (folder / "before.ipynb").write_bytes(old)
    shutil.copy(ROOT / f"notebooks/{name}.ipynb", folder / "after.ipynb")
    paths = {way: str(folder / f"{way}.ipynb") for way in ("before", "after")}
    subprocess.run(
        [sys.executable, "-m", "jupyter", "trust", *paths.values()],
        env=os.environ | {"HOME": str(folder)}, check=True, capture_output=True,
    )  # fmt: skip
    times = {way: {"shown": [], "moved": []} for way in paths}
    try:
        with lab(str(folder)) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            page.goto(f"{url}/lab?token=bench&reset")
            page.wait_for_function("window.jupyterapp?.restored")
            page.wait_for_timeout(3000)
            for turn in range(-1, int(turns)):
                for way in sorted(paths, reverse=turn % 2):
                    spent = page.evaluate(OPEN, f"{way}.ipynb")
                    if turn < 0:
                        continue  # the first opening loads what JupyterLab needs
                    for what, ms in spent.items():
                        times[way][what].append(ms)
            browser.close()
    finally:
        sizes = {way: os.path.getsize(path) / 1000 for way, path in paths.items()}
        shutil.rmtree(folder, ignore_errors=True)
    worst = 0
    print(f"{'':8}{'before':>10}{'after':>10}{'ratio':>10}")
    print(f"{'KB':8}{sizes['before']:10.0f}{sizes['after']:10.0f}")
    for what in ("shown", "moved"):
        before, after = times["before"][what], times["after"][what]
        ratio = statistics.median(a / b for a, b in zip(after, before, strict=True))
        worst = max(worst, ratio)
        print(f"{what:8}{statistics.median(before):10.0f}"
              f"{statistics.median(after):10.0f}{ratio:10.2f}")  # fmt: skip
    return 1 if worst > 1 else 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
