"""The picture of a run: the loss step by step, between what is known of its ends.

The axes and the two known losses are the still part; the two curves, each with its
name and its newest value at its end, are the moving part.
"""

import math

import numpy as np

from helpers.live import svg
from helpers.live.style import DASHES, PALETTE, figure

POINTS = 300  # of the curve of batches, at most: what the eye can tell apart
WIDE = 560  # px, of the picture
NAMES = 112  # px to the right of the axes, for the names
NUMBERS = 48  # px there on a narrow page, where the names stand above the axes
CURVES = ("batches", "held-out")
GAP = 17  # px between the two names


class Curves:
    """Draw a run of `total` steps on axes of its own.

    `top`, `floor` and `goal`, a pair (name, loss), are to compare with and drawn as
    lines. `ylim` is fixed if given; else it holds these and the first losses, and
    grows with the curve, to three times its height at most.
    """

    def __init__(self, total, top=None, floor=None, unit="", title="", ylim=None,
                 goal=None):  # fmt: skip
        self.total, self.top, self.floor, self.goal = total, top, floor, goal
        self.fig, self.ax = figure()
        self.ax.set(xlabel="step", ylabel=f"loss, {unit}" if unit else "loss")
        self.ax.set_title(title)
        self._known = []
        self.fixed = ylim is not None
        known = [x for x in (top, floor, goal and goal[1]) if x is not None]
        self._known_most = max(known, default=0.0)
        # Without a top the first loss sets the limits.
        self._open = top is None and not self.fixed
        self._scale(*(ylim or self._limits(self._known_most or 1.0)))
        self._most = 3 * self.ax.get_ylim()[1]
        self.curves = [self._curve("blue", "", 1.4), self._curve("orange", "o", 2.2)]
        self.names = [
            # The paper behind a name hides the line of the goal.
            self.ax.text(0, 0, "", va="center", animated=True, in_layout=False,
                         color=PALETTE["ink"],
                         bbox={"facecolor": PALETTE["paper"], "lw": 0, "pad": 0})
            for _ in self.curves
        ]  # fmt: skip
        self._seen = 1  # curves that there are
        self.lay_out(WIDE)

    def lay_out(self, width):
        """Make the next still part `width` px wide."""
        self.short = width < WIDE
        self.fig.set_size_inches(width / 72, self.fig.get_size_inches()[1])
        self.fig.set_layout_engine("constrained")
        # The names stand to the right of the axes when the curves are complete.
        room = NUMBERS if self.short else NAMES
        self.fig.get_layout_engine().set(rect=(0, 0, 1 - room / width, 1))
        self._legend()

    def _legend(self):
        for old in list(self.fig.legends):
            old.remove()
        if self.short:
            shown = self.curves[: self._seen], CURVES[: self._seen]
            self.fig.legend(*shown, loc="outside upper left", ncols=2)

    def still(self):
        """The still part as SVG, for the limits as they stand."""
        return svg.still_part(self.fig)

    def moving(self):
        """The moving part as SVG."""
        return svg.moving_part(self.fig)

    def show(self, history):
        """Move the curves to `history`; True if the still part is another now."""
        batches, held_out = thinned(history, self.total), measured(history)
        changed = self._fit(batches, held_out)
        seen = 1 + (len(held_out[0]) > 0)
        if seen != self._seen:
            self._seen = seen
            self._legend()
            changed |= self.short
        for curve, (x, y) in zip(self.curves, (batches, held_out), strict=True):
            curve.set_data(x, y)
        self._name(batches, held_out)
        return changed

    def _curve(self, colour, marker, width):
        (line,) = self.ax.plot(
            [], [], color=PALETTE[colour], linestyle=DASHES[colour], marker=marker,
            markersize=5, linewidth=width, animated=True,
        )  # fmt: skip
        return line

    def _limits(self, high):
        low = 0.0 if self.floor is None else min(0.0, self.floor - 0.09 * high)
        return low, high * (1.1 if self.top is None else 1.13)

    def _scale(self, low, high):
        """Set the limits and draw the known losses, named where no curve goes."""
        self.ax.set(xlim=(0, self.total), ylim=(low, high))
        for artist in self._known:
            artist.remove()
        self._known = []
        name, goal = self.goal or ("", None)
        for value, words, side, way, colour in (
            (self.top, "ln V =", "bottom", "right", "grey"),
            # To the left below it, as the curve comes down to it from there.
            (goal, name, "top", "left", "green"),
            (self.floor, "floor", "top", "right", "grey"),
        ):
            if value is None:
                continue
            line = self.ax.axhline(
                value, color=PALETTE[colour], linestyle=DASHES[colour], linewidth=1.5
            )
            word = self.ax.annotate(
                f"{words} {value:.3f}", (way == "right", value),
                xycoords=("axes fraction", "data"), textcoords="offset points",
                xytext=(3 * (way == "left"), 3 if side == "bottom" else -3),
                ha=way, va=side, color=PALETTE["ink"], fontsize=12,
            )  # fmt: skip
            self._known += [line, word]

    def _fit(self, *curves):
        """Let the axes grow with the run; True if they did."""
        low, high = self.ax.get_ylim()
        largest = max((y.max() for _, y in curves if len(y)), default=-math.inf)
        first = self._open and largest > 0
        grows = first or (not self.fixed and largest > high and high < self._most)
        if not grows and self.ax.get_xlim()[1] == self.total:
            return False
        if first:
            self._open, self._most = False, 3 * largest
        if grows:
            high = max(min(1.1 * largest, self._most), self._known_most)
            low, high = self._limits(high)
        self._scale(low, high)
        return True

    def _name(self, *curves):
        to_px, to_data = self.ax.transData.transform, self.ax.transData.inverted()
        low, high = self.ax.get_ylim()
        least = to_px((0, low if self.floor is None else self.floor))[1] + GAP / 2
        line = math.inf if self.top is None else to_px((0, self.top))[1]
        ends = []
        for words, name, (x, y) in zip(CURVES, self.names, curves, strict=True):
            name.set_visible(len(y) > 0)
            if len(y):
                name.set_text(f"{y[-1]:.3f}" if self.short else f"{words} {y[-1]:.3f}")
                right, up = to_px((x[-1], min(y[-1], high)))
                if abs(up - line) < GAP / 2:
                    up = line - GAP / 2  # beneath the line, not across it
                ends.append([up, right + 7, name])
        ends.sort(key=lambda end: end[0])
        for up, right, name in ends:
            least = max(up, least)
            name.set_position(to_data.transform((right, least)))
            least += GAP


def thinned(history, total, points=POINTS):
    """The batches' losses, at most `points`: (x, y), means over as many steps each.

    The same steps share a point from the first to the last picture. Losses that are
    no finite number are left out.
    """
    losses = np.array([step.loss for step in history], dtype=float)  # (n,)
    width = max(1, math.ceil(max(total, len(losses)) / points))
    starts = np.arange(0, len(losses), width)
    if width > 1 and len(losses):
        counts = np.diff(np.append(starts, len(losses)))
        losses = np.add.reduceat(losses, starts) / counts
    steps = [history[i].step for i in np.minimum(starts + width, len(history)) - 1]
    return _finite(steps, losses)


def measured(history, points=POINTS):
    """The losses on held-out text: (x, y), the newest and at most `points`."""
    there = [step for step in history if step.held_out is not None]
    every = max(1, math.ceil(len(there) / points))
    there = there[::-1][::every][::-1]
    return _finite([s.step for s in there], [s.held_out for s in there])


def _finite(x, y):
    x, y = np.array(x, dtype=float), np.array(y, dtype=float)
    return x[np.isfinite(y)], y[np.isfinite(y)]
