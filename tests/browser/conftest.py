"""One JupyterLab and one Chromium for all browser tests; one open page a notebook.

Where the tests run in several processes at once, each has its own of all three.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.browser.page import FLAGS, LATE, Opened
from tests.notebooks import NAMES, NOTEBOOKS, OUTPUT, ROOT

TOKEN = "only-for-these-tests"
THREADS = "2"  # nbval runs the notebooks with one: what they print is the same
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")

expect.set_options(timeout=1000 * LATE)


class Lab:
    """A running JupyterLab: `url`, and `root`, the folder that it shows."""

    def __init__(self, url, root, environment):
        self.url, self.root, self.environment = url, root, environment

    def ask(self, path, method="GET"):
        """The server's REST interface."""
        address = f"{self.url}/api/{path}?token={TOKEN}"
        request = urllib.request.Request(address, method=method)
        with urllib.request.urlopen(request, timeout=LATE) as answer:
            return json.loads(answer.read() or "null")

    def stop_kernels(self):
        """Shut every session down, and so every kernel."""
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")

    def address(self, name):
        """Where `name` is opened, alone, in a workspace of its own."""
        return f"{self.url}/lab/workspaces/{name}/tree/{name}.ipynb?token={TOKEN}&reset"


@pytest.fixture(scope="package")
def lab(tmp_path_factory):
    """JupyterLab on a temporary copy of the notebooks, with settings of its own."""
    base = tmp_path_factory.mktemp("lab")
    root = base / "course"
    shutil.copytree(NOTEBOOKS, root, ignore=shutil.ignore_patterns(".*"))
    # Cells outside the window are otherwise not drawn, and could not be tested.
    settings = base / "settings/@jupyterlab/notebook-extension"
    settings.mkdir(parents=True)
    text = json.dumps({"windowingMode": "none"})
    (settings / "tracker.jupyterlab-settings").write_text(text, encoding="utf-8")
    environment = {
        **os.environ,
        "JUPYTERLAB_SETTINGS_DIR": str(base / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(base / "workspaces"),
        "JUPYTER_DATA_DIR": str(base / "data"),
        "JUPYTER_CONFIG_DIR": str(base / "config"),
        "IPYTHONDIR": str(base / "ipython"),
        "OMP_NUM_THREADS": THREADS,
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}"]
    command += ["--ServerApp.port_retries=0", f"--IdentityProvider.token={TOKEN}"]
    command += [f"--ServerApp.root_dir={root}", "--expose-app-in-browser"]
    command += ["--LabApp.news_url=", "--allow-root"]
    OUTPUT.mkdir(exist_ok=True)
    said = OUTPUT / f"jupyterlab{os.environ.get('PYTEST_XDIST_WORKER', '')}.log"
    with open(said, "w", encoding="utf-8") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, env=environment, cwd=ROOT
        )
    lab = Lab(f"http://127.0.0.1:{port}", root, environment)
    try:
        wait_for_server(lab, server, said)
        yield lab
        lab.stop_kernels()
    finally:
        server.terminate()
        server.wait(timeout=LATE)


def wait_for_server(lab, server, said):
    end = time.monotonic() + LATE
    while time.monotonic() < end and server.poll() is None:
        try:
            return lab.ask("status")
        except OSError:
            time.sleep(0.1)
    log = said.read_text(encoding="utf-8")
    pytest.fail(f"JupyterLab did not start:\n{log[-2000:]}")


@pytest.fixture(scope="package")
def chromium():
    """The machine's Chromium. A machine without one fails, it does not skip."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            "The browser tests need Chromium: install it (on Debian and Ubuntu, "
            "apt-get install chromium) or put Chrome on the PATH, and run them again."
        )
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        # One context: JupyterLab's own scripts are loaded and compiled once.
        context = browser.new_context()
        context.set_default_timeout(1000 * LATE)
        context.path = path  # for who starts another
        yield context
        browser.close()


@pytest.fixture
def new_page(lab, chromium):
    """Open notebooks of the lab's folder: ``new_page("01_probability")``."""
    pages = []

    def open_page(name, **options):
        pages.append(Opened(chromium, lab, name, **options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
    lab.stop_kernels()


@pytest.fixture(scope="module", params=NAMES)
def opened(request, lab, chromium):
    """A notebook that was opened and run from top to bottom, once for all tests."""
    page = Opened(chromium, lab, request.param)
    try:
        page.run_all()
        yield page
    finally:
        page.close()
        lab.stop_kernels()
