"""Measured numbers: the reader sees the digits, and the stored page the band.

What a training run gives differs a little from machine to machine. So the text of
the output, which nbval compares, is the band that holds on any machine, and the
HTML that is shown has the digits too; tests/nbval.cfg takes these out again.
"""

import math
from html import escape

import numpy as np
from IPython.display import display


def measured(name, value, *, at_least=-math.inf, at_most=math.inf, places=3):
    """Show "name: digits (band)", as print would; `value` is a number or a few.

    >>> measured("loss", 0.4641, at_most=0.5)
    loss: 0.464 (at most 0.5)

    A value outside its band, or nan, is shown with the words "not" and "as
    expected", in the text as well.
    """
    display(Measured(name, np.atleast_1d(value), at_least, at_most, places))


class Measured:
    """What `measured` shows. `values` has shape (N,)."""

    def __init__(self, name, values, at_least, at_most, places):
        self.name, self.band = name, band(at_least, at_most)
        self.digits = ", ".join(shown(one, places) for one in values.tolist())
        self.inside = bool(((values >= at_least) & (values <= at_most)).all())

    def __repr__(self):
        if self.inside:
            return f"{self.name}: {self.band}"
        return f"{self.name}: {self.digits}, not {self.band} as expected"

    def _repr_html_(self):
        verdict = self.band if self.inside else f"not {self.band} as expected"
        digits = f'<b class="measured">{self.digits}</b>'
        return f"<span>{escape(self.name)}: {digits} ({verdict})</span>"


def told(name, text):
    """Show "name: text", a text that a trained model wrote in this run.

    nbval compares the name alone, as the words may differ from machine to machine.
    """
    display(Told(name, str(text)))


class Told:
    """What `told` shows."""

    def __init__(self, name, text):
        self.name, self.text = name, text

    def __repr__(self):
        return f"{self.name}: (a text of this run)"

    def _repr_html_(self):
        text = f'<b class="measured">{escape(self.text)}</b>'
        return f"<span>{escape(self.name)}: {text}</span>"


def band(least, most):
    """The band in words: "at most 0.5", "between 1.8 and 2.2"."""
    if math.isinf(least) and math.isinf(most):
        raise ValueError("Say between which numbers it lies: at_least, at_most.")
    if math.isinf(least):
        return f"at most {shown(most)}"
    if math.isinf(most):
        return f"at least {shown(least)}"
    return f"between {shown(least)} and {shown(most)}"


def shown(x, places=None):
    """`x` for reading: whole numbers whole, tiny ones as 3.1·10⁻⁷."""
    if not math.isfinite(x):
        return str(x).replace("inf", "∞")
    if isinstance(x, int) or places is None and abs(x) >= 1e-4:
        return f"{x:,}".replace("-", "−")
    if places is not None and (x == 0 or abs(x) >= 0.5 * 10**-places):
        return f"{x:,.{places}f}".replace("-", "−")
    mantissa, exponent = f"{x:.1e}".split("e")
    power = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    mantissa = mantissa.removesuffix(".0").replace("-", "−")
    return f"10{power}" if mantissa == "1" else f"{mantissa}·10{power}"
