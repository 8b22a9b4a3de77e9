"""A JupyterLab server that passes each message on at once.

A change of a control travels as several small messages. Sockets hold a small
message back until the last one is acknowledged (Nagle's algorithm), and the
other side waits about 40 ms before it acknowledges (RFC 1122, 4.2.3.2).
Tornado leaves that on for websockets, so every live figure would wait for it.
``benchmarks/nodelay.py`` measures what this extension saves.
"""

SETTING = "kernel_websocket_connection_class"


def prompt(connection):
    """Return a subclass of the kernel connection that never holds back."""

    class PromptConnection(connection):
        def connect(self):
            self.websocket_handler.set_nodelay(True)
            return super().connect()

    return PromptConnection


def _jupyter_server_extension_points():
    return [{"module": "helpers.setup.server"}]


def _load_jupyter_server_extension(app):
    settings = app.web_app.settings
    settings[SETTING] = prompt(settings[SETTING])
