"""A round trip through the kernel, with and without helpers.setup.server.

Two servers of the environment run side by side, one of them with the extension
switched off. A comm in each kernel answers every message; the rounds are
interleaved, so that a busy machine slows both alike.

    python benchmarks/nodelay.py [rounds]
"""

import json
import os
import secrets
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
import uuid
from pathlib import Path

import websocket

ROOT = Path(__file__).resolve().parents[1]
REQUIRED = 3.0  # times faster with the extension
PAUSE = 0.016  # seconds between rounds: a control dragged at 60 Hz
ECHO = """
def opened(comm, message):
    @comm.on_msg
    def answer(message):
        comm.send(message["content"]["data"])

get_ipython().kernel.comm_manager.register_target("echo", opened)
"""


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Server:
    """A JupyterLab server with one kernel, and a websocket to that kernel."""

    def __init__(self, prompt):
        self.port, self.token = free_port(), secrets.token_hex(16)
        self.process = subprocess.Popen(
            [
                sys.executable,
                *["-m", "jupyterlab", "--no-browser", "--allow-root"],
                f"--ServerApp.port={self.port}",
                "--ServerApp.ip=127.0.0.1",
                f"--ServerApp.root_dir={ROOT}",
                f"--ServerApp.jpserver_extensions=helpers.setup.server={prompt}",
            ],
            env={**os.environ, "JUPYTER_TOKEN": self.token},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait()
        kernel = self.ask("api/kernels", {"name": "python3"})["id"]
        self.session = uuid.uuid4().hex
        self.socket = websocket.create_connection(
            f"ws://127.0.0.1:{self.port}/api/kernels/{kernel}/channels"
            f"?session_id={self.session}&token={self.token}",
            sockopt=[(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
            timeout=60,
        )
        self.send("execute_request", {"code": ECHO, "silent": False})
        self.until("execute_reply")
        self.comm = uuid.uuid4().hex
        opening = {"comm_id": self.comm, "target_name": "echo", "data": {}}
        self.send("comm_open", opening)
        self.trip()  # the first one is not counted

    def ask(self, path, data=None):
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/{path}",
            data=data and json.dumps(data).encode(),
            headers={"Authorization": f"token {self.token}"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)

    def wait(self):
        for _ in range(300):
            try:
                return self.ask("api/status")
            except OSError:
                time.sleep(0.1)
        raise SystemExit("JupyterLab's server did not start.")

    def send(self, kind, content):
        header = {
            "msg_id": uuid.uuid4().hex,
            "msg_type": kind,
            "session": self.session,
            "username": "reader",
            "version": "5.3",
            "date": "2026-01-01T00:00:00Z",
        }
        message = dict(header=header, parent_header={}, metadata={}, content=content)
        self.socket.send(json.dumps({**message, "channel": "shell", "buffers": []}))

    def until(self, kind):
        while json.loads(self.socket.recv())["header"]["msg_type"] != kind:
            pass

    def trip(self):
        """Milliseconds from a message to its answer, as a slider would see it."""
        start = time.perf_counter()
        self.send("comm_msg", {"comm_id": self.comm, "data": {"value": 0.3}})
        self.until("comm_msg")
        answered = time.perf_counter() - start
        time.sleep(PAUSE)
        return 1000 * answered

    def stop(self):
        self.socket.close()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def main(rounds):
    servers = []
    try:
        for prompt in (False, True):
            servers.append(Server(prompt))
        times = [[server.trip() for server in servers] for _ in range(rounds)]
    finally:
        for server in servers:
            server.stop()
    without, with_it = map(statistics.median, zip(*times, strict=True))
    print(f"round trip, median of {rounds}:")
    print(f"{without:6.1f} ms as Jupyter comes, {with_it:.1f} ms with the extension")
    ratio = without / with_it
    met = ratio >= REQUIRED
    print(f"nodelay {ratio:.1f}x {REQUIRED:.0f}x {'met' if met else 'short'}")
    return 0 if met else 1


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 60))
