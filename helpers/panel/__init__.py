"""The training panel: a run of training that the reader starts, stops and watches."""

from helpers.panel.panel import Panel

__all__ = ["Panel"]
