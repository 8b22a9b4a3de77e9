"""Live figures: plain Matplotlib, moved by controls that answer at once."""

from helpers.live.controls import (
    Bars,
    Choice,
    Drag,
    Slider,
    Text,
    Toggle,
    counted,
)
from helpers.live.figure import Live, still

__all__ = [
    "Bars", "Choice", "Drag", "Live", "Slider", "Text", "Toggle", "counted", "still",
]  # fmt: skip
