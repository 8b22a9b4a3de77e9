"""The training panel: a run of training that the reader starts, stops and watches."""

from helpers.live.panel.panel import Panel

__all__ = ["Panel"]
