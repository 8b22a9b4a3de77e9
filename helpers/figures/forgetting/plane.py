"""The learning–forgetting plane: every remedy at every strength, on one picture."""

import numpy as np

from helpers.live import Choice, Live, Slider
from helpers.live.style import DASHES, INK, PALETTE, figure
from helpers.maths.forgetting.results import middle

COUNT = 6  # strengths of a remedy
LOOKS = {
    "replay": ("green", "o"),
    "EWC": ("blue", "s"),
    "EWC, wrong Fisher": ("sky", "v"),
    "L2-SP": ("purple", "P"),
    "smaller steps": ("orange", "X"),
    "freezing": ("grey", "^"),
    "LoRA": ("red", "D"),
}
REFERENCES = {"before": ("p", "before"), "nothing": ("X", "no remedy"),
              "joint": ("*", "both together")}  # fmt: skip
KNOB = {
    "replay": ("old for each new", lambda s: f"{s:g}"),
    "EWC": ("strength", lambda s: f"{s:,}"),
    "EWC, wrong Fisher": ("strength", lambda s: f"{s:,}"),
    "L2-SP": ("strength", lambda s: f"{s:g}"),
    "smaller steps": ("rate, times", lambda s: f"{s:g}"),
    "freezing": ("may move", str),
    "LoRA": ("rank", str),
}


class Plane:
    """Remedies as lines on `ax`: across what is left to learn of B, up what A lost.

    `results` is {method: {strength: [(old, new) a seed]}}, both in nats above the
    floor; `own` is a point (old, new) of the reader's. `show` picks out one point,
    with bars as long as the spread over the seeds.
    """

    def __init__(self, ax, results, own=None, animated=False):
        self.results = results
        for method, (colour, marker) in LOOKS.items():
            old, new = self._means(method)
            if method == "freezing":  # not an order of strength, so not a line
                ax.plot(new, old, marker, ls="none", ms=6, color=PALETTE[colour],
                        label=method)  # fmt: skip
            else:
                ax.plot(new, old, marker=marker, ms=5, lw=1.5, color=PALETTE[colour],
                        ls=DASHES[colour], label=method)  # fmt: skip
        for method, (marker, words) in REFERENCES.items():
            (old, new), _ = middle(results[method][None])
            ax.plot(new, old, marker, ms=12, color=INK, mfc=PALETTE["paper"],
                    mew=1.6, label=words)  # fmt: skip
        if own is not None:
            ax.plot(own[1], own[0], "h", ms=13, color=PALETTE["orange"], mec=INK,
                    mew=1.6, label="yours", zorder=6)  # fmt: skip
        (self.chosen,) = ax.plot([], [], lw=5, alpha=0.45, color=INK, ls="-",
                                 animated=animated)  # fmt: skip
        (self.across,) = ax.plot([], [], lw=2, color=INK, ls="-", animated=animated)
        (self.up,) = ax.plot([], [], lw=2, color=INK, ls="-", animated=animated)
        (self.mark,) = ax.plot([], [], "o", ms=15, mfc="none", mec=INK, mew=2,
                               animated=animated)  # fmt: skip
        ax.set(xlim=(0, 1.02), ylim=(0, 0.58),
               xlabel="B, the new: nats above its floor",
               ylabel="A, the old: nats above its floor")  # fmt: skip
        ax.grid()

    def show(self, method, place):
        """Pick out the remedy `method` at its strength number `place`."""
        old, new = self._means(method)
        line = ([], []) if method == "freezing" else (new, old)
        self.chosen.set_data(*line)
        (up, across), (tall, wide) = middle(
            self.results[method][self.at(method, place)]
        )
        self.mark.set_data([across], [up])
        self.across.set_data([across - wide, across + wide], [up, up])
        self.up.set_data([across, across], [up - tall, up + tall])

    def at(self, method, place):
        """The strength number `place` of a remedy."""
        return list(self.results[method])[place]

    def _means(self, method):
        means = [middle(pairs)[0] for pairs in self.results[method].values()]
        return np.transpose(means)  # (2, strengths): old, new


def remedies_plane(results, own=None):
    """A live figure: the plane, with one remedy and its strength picked out."""
    fig, ax = figure((860, 430))
    plane = Plane(ax, results, own, animated=True)
    fig.legend(*ax.get_legend_handles_labels(), loc="outside right upper")

    def update(method, place):
        plane.show(method, place - 1)
        strength = plane.at(method, place - 1)
        (old, new), (tall, wide) = middle(results[method][strength])
        name, text = KNOB[method]
        return [
            rf"\text{{{method}, {name}: {text(strength)}}}",
            rf"\text{{A: }} {old:.3f} \pm {tall:.3f} \qquad "
            rf"\text{{B: }} {new:.3f} \pm {wide:.3f} \text{{ nats above the floor}}",
        ]

    def describe(method, place):
        strength = plane.at(method, place - 1)
        (old, new), _ = middle(results[method][strength])
        name, text = KNOB[method]
        return (
            f"A plane of remedies, seven of them, with the model before, without a "
            f"remedy and trained on both texts together. Picked out: {method}, {name} "
            f"{text(strength)}: {old:.3f} nats above the floor on the old language, "
            f"{new:.3f} on the new."
        )

    places = range(1, COUNT + 1)
    return Live(
        fig, update, alt=describe,
        method=Choice(list(LOOKS), "replay", "remedy"),
        place=Slider.over(
            places, 1, "strength, from weak to strong",
            texts=[f"{place} of {COUNT}" for place in places],
        ),
    )  # fmt: skip
