"""helpers/setup/server.py: JupyterLab's server takes it up, and each socket is told."""

import asyncio
import json
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

from jupyter_server.services.kernels.connection.channels import (
    ZMQChannelsWebsocketConnection,
)
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from helpers.setup import server


def test_the_environment_switches_it_on():
    """Authority: the file that Jupyter's server reads in this environment."""
    folder = Path(sys.prefix) / "etc/jupyter/jupyter_server_config.d"
    text = (folder / "one-token-at-a-time.json").read_text(encoding="utf-8")
    assert json.loads(text)["ServerApp"]["jpserver_extensions"][server.__name__]


def test_it_wraps_the_connection_that_the_server_uses():
    """Authority: jupyter_server's own class, whose settings must still apply."""
    settings = {server.SETTING: ZMQChannelsWebsocketConnection}
    app = SimpleNamespace(web_app=SimpleNamespace(settings=settings))
    server._load_jupyter_server_extension(app)
    assert issubclass(settings[server.SETTING], ZMQChannelsWebsocketConnection)
    assert server._jupyter_server_extension_points() == [{"module": server.__name__}]


def test_a_real_socket_no_longer_waits():
    """Authority: the operating system's own word, before and after."""
    seen = []

    class Connection:
        def __init__(self, handler):
            self.websocket_handler = handler

        def connect(self):
            seen.append(delay(self.websocket_handler))

    def delay(handler):
        connected = handler.ws_connection.stream.socket
        return bool(connected.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    class Handler(WebSocketHandler):
        def open(self):
            seen.append(delay(self))
            server.prompt(Connection)(self).connect()
            self.write_message("opened")

    async def talk():
        listener, port = bind_unused_port()
        http = HTTPServer(Application([("/", Handler)]))
        http.add_socket(listener)
        client = await websocket_connect(f"ws://127.0.0.1:{port}/")
        await client.read_message()
        client.close()
        http.stop()

    asyncio.run(talk())
    assert seen == [False, True]
