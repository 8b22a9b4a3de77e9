"""The controls of a live figure.

A control's *state* is what the browser holds: an index, a text, a list of whole
percents. Its *value* is what the update function gets. States are whole numbers
and text only, so that both sides agree on them to the letter.
"""

from dataclasses import dataclass

import numpy as np


class Slider:
    """A number between `low` and `high` in steps of `step`.

    `value` is where it starts; `unit` is written behind the number, a pair such as
    ("word", "words") by how many there are. With ``play=True`` a button walks it
    from here to the end. Raises ValueError when the range is empty or the start
    lies outside it.
    """

    kind = "range"

    def __init__(self, low, high, step, value, label, unit="", play=False):
        if step <= 0 or high <= low:
            raise ValueError(
                f"The slider {label!r} needs low < high and a step above 0, "
                f"got {low}, {high}, {step}."
            )
        whole = all(float(x).is_integer() for x in (low, step))
        decimals = 0 if whole else max(_decimals(step), _decimals(low))
        count = int(round((high - low) / step)) + 1
        values = [round(low + k * step, decimals) for k in range(count)]
        self.values = [int(v) for v in values] if whole else values
        self.texts = [_number(v, decimals) for v in self.values]
        self._finish(value, label, unit, play)

    @classmethod
    def over(cls, values, value, label, unit="", play=False, texts=None):
        """A slider over listed values, such as 1, 10, 100, 1000."""
        self = cls.__new__(cls)
        self.values = list(values)
        self.texts = list(texts) if texts else [_listed(v) for v in self.values]
        self._finish(value, label, unit, play)
        return self

    def _finish(self, value, label, unit, play):
        self.label, self.unit, self.play = label, unit, play
        self.initial = self.state(value)

    def state(self, value):
        """The index of `value`, or of the nearest number to it."""
        if value in self.values:
            return self.values.index(value)
        numbers = [isinstance(v, int | float) for v in [value, *self.values]]
        inside = all(numbers) and min(self.values) <= value <= max(self.values)
        if not inside:
            raise ValueError(
                f"{self.label!r} goes from {self.texts[0]} to {self.texts[-1]}; "
                f"{value!r} is outside."
            )
        return int(np.argmin([abs(v - value) for v in self.values]))

    def value(self, state):
        """The number at index `state`, kept inside the range."""
        return self.values[min(max(int(state), 0), len(self.values) - 1)]

    def along(self):
        """States for the frames that travel along: all, or about a hundred."""
        last = len(self.values) - 1
        states = {*range(0, last, max(1, last // 100)), last, self.initial}
        return sorted(states)

    def told(self):
        """The text of each value with its unit, as the reader sees it."""
        one, many = (self.unit,) * 2 if isinstance(self.unit, str) else self.unit
        units = [one if value == 1 else many for value in self.values]
        return [f"{t} {u}".strip() for t, u in zip(self.texts, units, strict=True)]

    def spec(self):
        """What the browser needs to draw the control."""
        return {
            "kind": self.kind,
            "label": self.label,
            "texts": self.told(),
            "play": self.play,
            # For dragging in the picture, which needs the numbers themselves.
            "numbers": [v for v in self.values if isinstance(v, int | float)],
        }


class Choice(Slider):
    """One of a few named options; the update function gets its name."""

    kind = "choice"

    def __init__(self, options, value, label):
        self.values = list(options)
        self.texts = [str(option) for option in self.values]
        self._finish(value, label, "", False)

    def state(self, value):
        """The index of the option `value`; ValueError lists the options."""
        if value not in self.values:
            raise ValueError(
                f"{self.label!r} has no option {value!r}; it has "
                f"{', '.join(self.texts)}."
            )
        return self.values.index(value)


class Toggle(Choice):
    """On or off; the update function gets True or False."""

    kind = "toggle"

    def __init__(self, value, label):
        self.values, self.texts = [False, True], ["off", "on"]
        self._finish(bool(value), label, "", False)


class Text:
    """A line of text that the reader types, at most `longest` characters."""

    kind = "text"

    def __init__(self, value, label, longest=60, examples=()):
        self.label, self.longest = label, longest
        self.examples = [value, *examples]
        self.initial = self.state(value)

    def state(self, value):
        """`value` as text, cut at the longest length."""
        return str(value)[: self.longest]

    value = state

    def along(self):
        """A few texts: the field has no end to list."""
        return [self.state(text) for text in self.examples]

    def spec(self):
        """What the browser needs to draw the control."""
        return {"kind": self.kind, "label": self.label, "longest": self.longest}


class Bars:
    """A probability distribution in whole percents, one slider a bar.

    The percents always sum to 100: moving one bar rescales the rest in
    proportion (see `rescale`). The update function gets an array of
    probabilities, shape (K,). Raises ValueError unless the percents are whole,
    not negative, one a label, and sum to 100.
    """

    kind = "bars"

    def __init__(self, labels, percents, label):
        self.labels, self.label = list(labels), label
        self.initial = self._checked(list(percents))

    def _checked(self, percents):
        whole = all(float(p).is_integer() and p >= 0 for p in percents)
        if len(percents) != len(self.labels) or not whole or sum(percents) != 100:
            raise ValueError(
                f"{self.label!r} needs {len(self.labels)} whole percents that "
                f"sum to 100, got {percents}."
            )
        return [int(p) for p in percents]

    def state(self, value):
        """Whole percents from probabilities that sum to 1."""
        return self._checked([round(float(p) * 100, 6) for p in value])

    def value(self, state):
        """Probabilities from whole percents, shape (K,)."""
        return np.array(state, dtype=float) / 100

    def along(self):
        """States in which one bar has been moved from the start, by twos."""
        return [
            rescale(self.initial, bar, percent)
            for bar in range(len(self.labels))
            for percent in range(0, 101, 2)
        ]

    def spec(self):
        """What the browser needs to draw the control."""
        return {"kind": self.kind, "label": self.label, "labels": self.labels}


def rescale(percents, bar, percent):
    """Set one bar to `percent` and rescale the rest to fill up to 100.

    The rest keep their proportions; a rest of all zeros is shared out evenly.
    Whole percents are kept by the largest-remainder method, ties to the left.
    The browser's view holds the same rule, and a test compares the two.
    """
    rest = 100 - percent
    weights = [0 if i == bar else p for i, p in enumerate(percents)]
    if sum(weights) == 0:
        weights = [0 if i == bar else 1 for i in range(len(percents))]
    total = sum(weights)
    shares = [w * rest // total for w in weights]
    remainders = [w * rest % total for w in weights]
    order = sorted(range(len(weights)), key=lambda i: -remainders[i])
    for i in order[: rest - sum(shares)]:
        shares[i] += 1
    shares[bar] = percent
    return shares


def counted(n, one, many=""):
    """A count with its noun: ``counted(1, "word")`` is "1 word", else "2 words"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


@dataclass
class Drag:
    """Lets the reader drag in the picture: `x` and `y` name the controls.

    A slider follows the pointer's coordinate on that axis. For `Bars`, bar k
    stands at coordinate k of the other axis. With only one of the two named,
    `at` is where the handle stands on the other, or None for anywhere.
    """

    ax: object
    x: str | None = None
    y: str | None = None
    at: float | None = None

    def spec(self, names, height):
        """Box in SVG pixels (y down) and the data range across it."""
        box = self.ax.get_window_extent()
        return {
            "x": names.index(self.x) if self.x else None,
            "y": names.index(self.y) if self.y else None,
            "at": self.at,
            "box": [box.x0, height - box.y1, box.width, box.height],
            "xlim": [float(v) for v in self.ax.get_xlim()],
            "ylim": [float(v) for v in self.ax.get_ylim()],
        }


def _decimals(x):
    text = f"{float(x):.10f}".rstrip("0")
    return len(text.split(".")[1])


def _number(x, decimals):
    return f"{x:.{decimals}f}".replace("-", "−")


def _listed(x):
    return f"{x:,}".replace("-", "−") if isinstance(x, int) else _words(x)


def _words(x):
    return f"{x:g}".replace("-", "−") if isinstance(x, float) else str(x)
