"""Where the browser's messages to a figure are answered.

JupyterLab sends them through a subshell, a second thread of the kernel, so that a
figure answers while a cell runs. ipykernel 7.4 sends them instead to whichever
shell sent that figure's last message; for a figure that a running cell draws on,
this is the one that is busy.
"""


def answer_where_asked(widget):
    """Let messages for `widget` be handled by the shell that the browser names."""
    if widget.comm is not None:
        # An older or newer kernel knows no such route and keeps its own.
        widget.comm._reply_subshell_for = _named_by_the_browser


def _named_by_the_browser(data, named):
    return named
