"""How fast a live figure answers, beside `interact` with inline Matplotlib.

Real JupyterLab, real Chromium, the same three pictures drawn both ways, the two
interleaved in one run. A time goes from a key press on the slider to the painted
picture; medians in ms. For a new picture the slider jumps to where nothing was read
ahead, and a picture that the browser had all the same is not counted. Run it with

    .venv/bin/python benchmarks/live_figure.py [repeats]

It ends with one line a bar, and exits 1 if any falls short.
"""

import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
PICTURES = ["bars", "two", "surface"]

SHARED = """
import numpy as np
x = np.linspace(-3, 3, 60)
def softmax(z):
    e = np.exp(z - z.max())
    return e / e.sum()
def distribution(k):
    return softmax(np.array([k / 200 - 2, 1, 0.5, 0, -0.5, -1]))
def path(k):
    rate, w = 0.02 + k / 6000, np.array([2.5, 2.0])
    steps = [w]
    for _ in range(25):
        w = w - rate * np.array([1, 4]) * w
        steps.append(w)
    return np.array(steps)
surface = x[:, None] ** 2 * 2 + x**2 / 2
"""

INTERACT = """
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import IntSlider, interact
int_slider = lambda: IntSlider(value=500, min=0, max=1000)
def bars(k):
    plt.figure(figsize=(560/72, 330/72)); plt.bar(range(6), distribution(k))
    plt.ylim(0, 1); plt.title(f"k = {k}"); plt.show()
def two(k):
    fig, (a, b) = plt.subplots(1, 2, figsize=(860/72, 330/72))
    a.plot(x, x**2); a.plot([k / 200 - 2], [(k / 200 - 2)**2], "o")
    b.plot(x, (k / 200 - 2) * x); b.set_ylim(-5, 5); b.set_title(f"k = {k}")
    plt.show()
def surf(k):
    plt.figure(figsize=(560/72, 330/72)); plt.contour(x, x, surface, 15)
    p = path(k); plt.plot(p[:, 0], p[:, 1], "o-"); plt.title(f"k = {k}")
    plt.show()
"""

LIVE = """
from helpers.live import Live, Slider
from helpers.live.style import figure
slider = lambda: Slider(0, 10000, 1, 5000, "k")
def live_bars():
    fig, ax = figure()
    bars = ax.bar(range(6), distribution(500), animated=True)
    note = ax.text(0, 0.95, "", animated=True); ax.set_ylim(0, 1)
    def update(k):
        for bar, p in zip(bars, distribution(k / 10)):
            bar.set_height(p)
        note.set_text(f"k = {k}")
        return rf"p_1 = {distribution(k / 10)[0]:.3f}"
    return Live(fig, update, k=slider(), alt="bars")
def live_two():
    fig, (a, b) = figure("wide", 1, 2)
    a.plot(x, x**2); (dot,) = a.plot([0], [0], "o", animated=True)
    (line,) = b.plot(x, x, animated=True); b.set_ylim(-5, 5)
    note = b.text(-3, 4.5, "", animated=True)
    def update(k):
        w = k / 2000 - 2
        dot.set_data([w], [w**2]); line.set_ydata(w * x)
        note.set_text(f"k = {k}")
        return rf"L = {w**2:.3f}"
    return Live(fig, update, k=slider(), alt="loss and line")
def live_surface():
    fig, ax = figure()
    ax.contour(x, x, surface, 15)
    (line,) = ax.plot([0], [0], "o-", animated=True)
    note = ax.text(-3, 2.7, "", animated=True)
    def update(k):
        p = path(k / 10); line.set_data(p[:, 0], p[:, 1])
        note.set_text(f"k = {k}")
        return rf"w = {p[-1, 0]:.3f}"
    return Live(fig, update, k=slider(), alt="descent")
"""

CELLS = [SHARED, INTERACT, LIVE] + [
    "interact(bars, k=int_slider());", "live_bars()",
    "interact(two, k=int_slider());", "live_two()",
    "interact(surf, k=int_slider());", "live_surface()",
]  # fmt: skip

# In the page: when was the key pressed, when was a new picture painted.
WATCH = """
window.watch = (cell, kind) => {
  const outputs = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[cell]
    .querySelector(".jp-Cell-outputArea");
  const w = { pressed: null, painted: null, blank: 0, heights: new Set(), frames: 0 };
  const text = outputs.querySelector(".live-moving")?.textContent;
  const old = outputs.querySelector("img")?.src;
  const done = () => requestAnimationFrame(() => {
    const c = new MessageChannel();
    c.port1.onmessage = () => { w.painted ??= performance.now(); };
    c.port2.postMessage(0);
  });
  w.press = () => { w.pressed ??= performance.now(); };
  window.addEventListener("keydown", w.press, true);
  w.watcher = new MutationObserver(() => {
    if (w.pressed === null || w.painted !== null) return;
    if (kind === "live") {
      if (outputs.querySelector(".live-moving").textContent !== text) done();
      return;
    }
    const image = outputs.querySelector("img");
    if (!image || image.src === old) return;
    if (image.complete) done();
    else image.addEventListener("load", done, { once: true });
  });
  w.watcher.observe(outputs, { childList: true, subtree: true, attributes: true,
                               attributeFilter: ["src"] });
  w.stop = () => {
    w.watcher.disconnect();
    window.removeEventListener("keydown", w.press, true);
  };
  window.w = w;
};
window.burst = async (cell, count) => {
  const root = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[cell]
    .querySelector(".live");
  const input = root.querySelector("input");
  const moving = root.querySelector(".live-moving");
  const right = () => moving.textContent.includes(`k = ${input.value}`)
    && moving.textContent.trim().endsWith(`k = ${input.value}`);
  const heights = new Set();
  let blank = 0, pictures = 0, before = "", on = true;
  const sample = () => {
    heights.add(root.getBoundingClientRect().height);
    if (!moving.childElementCount) blank += 1;
    if (moving.textContent !== before) { pictures += 1; before = moving.textContent; }
    if (on) requestAnimationFrame(sample);
  };
  requestAnimationFrame(sample);
  for (let i = 0; i < count; i++) {
    input.value = Number(input.value) + 1;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    await new Promise((next) => setTimeout(next, 16));
  }
  const last = performance.now();
  while (!right() && performance.now() - last < 5000) {
    await new Promise((next) => requestAnimationFrame(next));
  }
  await new Promise((next) => requestAnimationFrame(next));
  const behind = performance.now() - last;
  on = false;
  return { behind, blank, heights: heights.size, pictures };
};
window.jump = async (cell, value) => {
  watch(cell, "live");
  const root = document.querySelectorAll(".jp-Notebook .jp-CodeCell")[cell]
    .querySelector(".live");
  const input = root.querySelector("input");
  const moving = root.querySelector(".live-moving");
  const before = moving.textContent;
  w.press();
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const kept = moving.textContent !== before;
  while (w.painted === null && performance.now() - w.pressed < 5000) {
    await new Promise((next) => setTimeout(next, 1));
  }
  w.stop();
  return kept ? null : w.painted - w.pressed;
};
null;
"""


@contextlib.contextmanager
def lab(folder):
    """A JupyterLab server on `folder`; yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        f"--port={port}", "--IdentityProvider.token=bench",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.user_settings_dir={folder}/settings",
        "--expose-app-in-browser",
    ]  # fmt: skip
    # All cells are on the page at once, so that a cell can be counted.
    settings = Path(folder) / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    settings = settings / "tracker.jupyterlab-settings"
    settings.write_text('{"windowingMode": "none"}', encoding="utf-8")
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, **quiet, env=os.environ | {"HOME": folder})
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(300):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"{url}/api?token=bench", timeout=1)
                break
            time.sleep(0.1)
        yield url
    finally:
        server.terminate()
        server.wait()


def open_notebook(page, url):
    """Run the notebook and wait until all six pictures are there."""
    page.goto(f"{url}/lab/tree/bench.ipynb?token=bench&reset")
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=60_000)
    page.wait_for_function("window.jupyterapp")
    time.sleep(2)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait_for_function(
        "document.querySelectorAll('.live').length == 3 && "
        "document.querySelectorAll('.jp-OutputArea img').length == 3",
        timeout=120_000,
    )
    page.evaluate(WATCH)
    time.sleep(3)


def key_press(page, cell, kind):
    """One arrow key on the slider of a cell; ms until the picture is painted."""
    inside = "input[type=range]" if kind == "live" else ".noUi-handle"
    slider = page.locator(f".jp-Notebook .jp-CodeCell >> nth={cell}").locator(inside)
    slider.scroll_into_view_if_needed()
    slider.focus()
    time.sleep(0.15)
    page.evaluate("([cell, kind]) => watch(cell, kind)", [cell, kind])
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.w.painted !== null", timeout=20_000)
    took = page.evaluate("window.w.painted - window.w.pressed")
    page.evaluate("window.w.stop()")
    return took


def measure(page, repeats):
    """Times in ms by picture and way, interleaved."""
    times = {name: {"interact": [], "cached": [], "uncached": []} for name in PICTURES}
    bursts = {name: [] for name in PICTURES}
    for turn in range(repeats):
        for place, name in enumerate(PICTURES):
            slow, live = 3 + 2 * place, 4 + 2 * place
            times[name]["interact"].append(key_press(page, slow, "interact"))
            key_press(page, live, "live")  # there and back: the next one is cached
            page.keyboard.press("ArrowLeft")
            time.sleep(0.1)
            times[name]["cached"].append(key_press(page, live, "live"))
            page.keyboard.press("ArrowLeft")
            # Far from anything fetched ahead, and never seen before.
            far = turn * 3700 % 4000 + (5800 if turn % 2 else 100)
            new = page.evaluate("([c, v]) => jump(c, v)", [live, far])
            if new is not None:
                times[name]["uncached"].append(new)
            time.sleep(0.2)
            bursts[name].append(page.evaluate("c => burst(c, 30)", live))
            time.sleep(0.2)
    return times, bursts


def main(repeats):
    """Measure, print the table and the bars; 1 if any bar falls short."""
    folder = tempfile.mkdtemp()
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source.strip()) for source in CELLS],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, Path(folder) / "bench.ipynb")
    try:
        with lab(folder) as url, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=FLAGS
            )
            page = browser.new_page(viewport={"width": 1280, "height": 1000})
            open_notebook(page, url)
            times, bursts = measure(page, repeats)
            browser.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    middle = {
        name: {way: statistics.median(ms) for way, ms in ways.items()}
        for name, ways in times.items()
    }
    print(f"{'picture':10}{'interact':>10}{'cached':>10}{'uncached':>10}"
          f"{'behind':>10}{'pictures':>10}")  # fmt: skip
    for name, ways in middle.items():
        behind = statistics.median(burst["behind"] for burst in bursts[name])
        shown = statistics.median(burst["pictures"] for burst in bursts[name])
        print(f"{name:10}" + "".join(f"{ms:10.0f}" for ms in ways.values())
              + f"{behind:10.0f}{shown:10.0f}")  # fmt: skip
    every = [burst for name in PICTURES for burst in bursts[name]]
    ratio = {
        way: min(m["interact"] / m[way] for m in middle.values())
        for way in ("cached", "uncached")
    }
    behind = max(
        statistics.median(burst["behind"] for burst in bursts[name])
        for name in PICTURES
    )
    bars = [
        ("cached_times_faster", ratio["cached"], 15, ratio["cached"] >= 15),
        ("uncached_times_faster", ratio["uncached"], 6, ratio["uncached"] >= 6),
        ("burst_ms_behind", behind, 150, behind <= 150),
        ("blank_frames", sum(b["blank"] for b in every), 0, None),
        ("height_changes", sum(b["heights"] - 1 for b in every), 0, None),
    ]
    short = False
    for name, value, required, met in bars:
        met = value == required if met is None else met
        short |= not met
        print(f"{name} {value:.1f} {required} {'met' if met else 'short'}")
    return 1 if short else 0


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 12))
