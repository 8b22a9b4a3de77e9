"""You are the model: the reader gives the probabilities, and is marked by them.

A round shows the words so far and a bar for each word that may come. The reader
sets the bars and presses a button; the word that came is shown, with the loss
−ln p of the probability that the reader gave to it, beside the same number for
other models. At the end stand the mean loss and the perplexity of each.
"""

import math
from dataclasses import dataclass, field
from html import escape

import ipywidgets as widgets
import numpy as np

from helpers.figures.parts.words import each
from helpers.figures.probability.distribution import (
    Distribution,
    edit_distribution,
    two_lines,
)
from helpers.live import still
from helpers.live.style import PALETTE, figure


@dataclass
class Round:
    """One question: the words `said` so far and the `words` that may come.

    `truth` is the index of the word that came, None where any answer is right.
    `models` gives, by name, the probability that each model gave to that word. A
    word may stand at several places of `words`; then what they are given adds up.
    """

    said: str
    words: list
    truth: int | None = None
    models: dict = field(default_factory=dict)

    @classmethod
    def of(cls, said, words, came, models):
        """The round in which `came`, one of `words`, follows what was `said`."""
        given = {name: float(p) for name, p in models.items()}
        return cls(f"{said} …", list(words), words.index(came), given)

    def __post_init__(self):
        if self.truth is not None and not 0 <= self.truth < len(self.words):
            raise ValueError(
                f"The truth is the index of a word, 0 to {len(self.words) - 1}, "
                f"not {self.truth!r}."
            )
        for name, p in self.models.items():
            if not 0 <= p <= 1:
                raise ValueError(f"{name!r} must give a probability, not {p!r}.")

    def hit(self, p):
        """What `p`, (K,), gives to the word that came, at all of its places."""
        came = [word == self.words[self.truth] for word in self.words]
        return float(np.asarray(p)[came].sum())


def surprise(p):
    """−ln p in nats, without end for p = 0."""
    return math.inf if p == 0 else -math.log(p) + 0.0


def score(probabilities):
    """Mean loss in nats and perplexity of the probabilities of what came."""
    loss = sum(map(surprise, probabilities)) / len(probabilities)
    return loss, math.exp(loss)


def even(count):
    """Whole percents for `count` words, as equal as they can be."""
    share, rest = divmod(100, count)
    return [share + (i < rest) for i in range(count)]


def you_are_the_model(rounds):
    """The panel that plays `rounds`, one after the other."""
    return Panel(rounds)


class Panel(widgets.VBox):
    """Rounds played with bars and one button; `answer` and `next` do the same.

    `given` holds the reader's distributions, one array (K,) a round answered.
    """

    def __init__(self, rounds):
        if not rounds:
            raise ValueError("Give at least one round to play.")
        self.rounds, self.given = list(rounds), []
        self.said = widgets.HTML()
        self.button = widgets.Button(button_style="primary")
        self.button.layout.width = "14em"
        self.board = widgets.HTML()
        self.button.on_click(lambda _: self._press())
        super().__init__()
        self._ask()

    def answer(self, p=None):
        """Give `p`, shape (K,), or where the bars stand; show what came."""
        if p is not None:
            self.bars.move(p=p)
        self.given.append(self.bars.values["p"])
        now, p = self.rounds[len(self.given) - 1], self.given[-1]
        self._show(still(_answered(now, p), _described(now, p)))
        last = len(self.given) == len(self.rounds)
        self.button.description = "Play again" if last else "Next"
        self.board.value = self._table()

    def next(self):
        """The next round, or the first one again after the last."""
        if len(self.given) == len(self.rounds):
            self.given, self.board.value = [], ""
        self._ask()

    def results(self):
        """Mean loss and perplexity by player, over the rounds with a truth."""
        played = [
            (now, p)
            for now, p in zip(self.rounds, self.given, strict=False)
            if now.truth is not None
        ]
        if not played:
            return {}
        players = {"you": [now.hit(p) for now, p in played]}
        for name in played[0][0].models:
            if all(name in now.models for now, _ in played):
                players[name] = [now.models[name] for now, _ in played]
        return {name: score(p) for name, p in players.items()}

    def _press(self):
        if self.button.description.startswith("That"):
            self.answer()
        else:
            self.next()

    def _ask(self):
        now = self.rounds[len(self.given)]
        count = f"Round {len(self.given) + 1} of {len(self.rounds)}.<br>"
        self.said.value = (
            f'<p style="font-size: 15px; line-height: 1.5">'
            f"{count if len(self.rounds) > 1 else ''}"
            f"<strong>{escape(now.said)}</strong></p>"
        )
        self.bars = edit_distribution(now.words, even(len(now.words)))
        self.button.description = "That is my answer"
        self._show(self.bars)

    def _show(self, picture):
        self.children = [self.said, picture, self.button, self.board]

    def _table(self):
        names = list(dict.fromkeys(name for now in self.rounds for name in now.models))
        head = ["what came", "your p", "your −ln p", *(f"p of {n}" for n in names)]
        rows = []
        for now, p in zip(self.rounds, self.given, strict=False):
            if now.truth is None:
                rows.append(["anything may", "", "", *("" for _ in names)])
                continue
            mine = now.hit(p)
            rows.append(
                [now.words[now.truth], f"{mine:.2f}", _nats(surprise(mine))]
                + [f"{now.models[n]:.3f}" if n in now.models else "" for n in names]
            )
        return html_table(head, rows) + self._totals()

    def _totals(self):
        results = self.results()
        if not results:
            return (
                "<p>No answer is wrong here: any word may come. What you gave "
                "is a distribution, as it sums to 1.</p>"
            )
        rows = [
            [name, _nats(loss), f"{perplexity:.2f}".replace("inf", "∞")]
            for name, (loss, perplexity) in results.items()
        ]
        words = ""
        if math.isinf(results["you"][0]):
            words = (
                "<p>You gave 0 % to a word that came. Its loss has no end, and one "
                "such word spoils every mean. A model never says never.</p>"
            )
        head = ["player", "mean loss, nats", "perplexity"]
        return html_table(head, rows) + words

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        picture = self.bars._repr_mimebundle_(**options)
        data, metadata = picture if isinstance(picture, tuple) else (picture, {})
        data = {**data, **(bundle[0] if isinstance(bundle, tuple) else bundle)}
        said = self.rounds[len(self.given) % len(self.rounds)].said
        data["text/plain"] = f"You are the model. {said} {self.bars.alt_text()}"
        return data, metadata


def _answered(now, p):
    fig, ax = figure()
    labels = [two_lines(word) for word in now.words]
    Distribution(ax, labels, np.asarray(p), truth=now.truth)
    if now.truth is not None:
        mine = now.hit(p)
        ax.set_title(f"It was {now.words[now.truth]}: −ln {mine:.2f} = "
                     f"{_nats(surprise(mine))}", color=PALETTE["ink"])  # fmt: skip
    return fig


def _described(now, p):
    said = each(now.words, p)
    came = "" if now.truth is None else f" The word was {now.words[now.truth]}."
    return f"Your answer: {said}.{came}"


def _nats(x):
    return "∞" if math.isinf(x) else f"{x:.3f}"


def html_table(head, rows):
    """Names of columns and rows of strings, as HTML."""
    cell = 'style="text-align: left; padding: 2px 14px 2px 0"'
    top = "".join(f'<th scope="col" {cell}>{escape(h)}</th>' for h in head)
    body = "".join(
        "<tr>" + "".join(f"<td {cell}>{escape(c)}</td>" for c in row) + "</tr>"
        for row in rows
    )
    return f'<table style="margin-top: 8px"><tr>{top}</tr>{body}</table>'
