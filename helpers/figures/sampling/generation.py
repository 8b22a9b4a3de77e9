"""The generation loop, stepped by the reader."""

import bisect
import math
from html import escape

import ipywidgets as widgets
import numpy as np

from helpers import language
from helpers.figures.probability.draws import drawn
from helpers.figures.probability.tables import Row
from helpers.language.answers import ENGLISH, PROMPTS, TABLE, TOKENS
from helpers.live import still
from helpers.live.style import figure
from helpers.maths.probability import sample
from helpers.maths.sampling import greedy, next_word
from helpers.maths.tokens import encode

OFFERED = 5  # words with a button of their own
MOST = 45  # words of a text


def grammar(prefix):
    """The course's grammar as a model: ids -> P(next), (V,).

    None if the grammar could never have said the prefix.
    """
    try:
        return language.next_word([language.VOCABULARY[i] for i in prefix])
    except ValueError:
        return None


def first_slip(text, start):
    """The place of the first word, from `start` on, that the grammar never says there.

    None if there is none.
    """
    # Once a prefix is impossible, every longer one is: the place is found by halving.
    length = bisect.bisect_left(
        range(len(text) + 1), True, lo=start, key=lambda n: grammar(text[:n]) is None
    )
    return length - 1 if length <= len(text) else None


class Writer(widgets.VBox):
    """The loop by hand: the reader picks each next word, or lets it be sampled.

    `model` is a function of ids that gives P(next), (V,); `prompt` is where it
    begins. `author` is the exact model to compare with, a function like `grammar`,
    `words` cuts a prompt into tokens, and `english` translates them on the buttons.
    `pick`, `sample`, `greedy`, `back` and `begin` do what the buttons do.
    """

    def __init__(self, model, vocabulary, prompt="one morning anna took a",
                 author=grammar, words=language.words, english=None):  # fmt: skip
        self.model, self.vocabulary = model, vocabulary
        self.author, self.split, self.english = author, words, english or {}
        self.numbers, self.draws = drawn(1, 1000), 0
        # Told when it is left or Enter is pressed, and what is told begins. A button
        # could not do that: its press may overtake, on the way, what was typed.
        self.prompt = widgets.Text(
            prompt, description="prompt", continuous_update=False
        )
        self.prompt.observe(lambda change: self.begin(change.new), "value")
        self.prompt.layout.width, self.prompt.layout.max_width = "28em", "100%"
        self.words = [widgets.Button() for _ in range(OFFERED)]
        for button in self.words:
            button.on_click(lambda pressed: self.pick(pressed.word))
        actions = [
            ("Sample", self.sample),
            ("Most probable", self.greedy),
            ("One word back", self.back),
        ]
        self.actions = [self._button(name, act) for name, act in actions]
        begin = self._button("Begin again", lambda: self.begin(self.prompt.value))
        self.note, self.fault, self.page = (widgets.HTML() for _ in range(3))
        super().__init__()
        self.rows = [
            self._wrapping([self.prompt, begin]),
            self._wrapping(self.words),
            self._wrapping(self.actions),
        ]
        self.begin(prompt)

    def begin(self, prompt):
        """Start again from a text; a sentence says what is wrong with it."""
        try:
            ids = encode(self.split(str(prompt)), self.vocabulary)
            if not ids:
                raise ValueError("The prompt is empty: give it at least one word.")
            if len(ids) >= MOST:
                raise ValueError(f"The prompt is too long: {MOST - 1} words at most.")
        except ValueError as error:
            self.fault.value = f"<p>{escape(str(error))}</p>"
            return
        self.fault.value = ""
        self.start, self.ids, self.how = len(ids), ids, ""
        self._draw()

    def pick(self, word, how="picked by you"):
        """Append a word of the vocabulary, unless the text is over."""
        if not self.over:
            self.ids, self.how = [*self.ids, self.vocabulary.index(word)], how
            self.fault.value = ""
            self._draw()

    def sample(self):
        """Append a word by the next of a fixed list of numbers u."""
        u = float(self.numbers[self.draws % len(self.numbers)])
        self.draws += 1
        self.pick(self.vocabulary[sample(self.p, u)], f"sampled, u = {u:.3f}")

    def greedy(self):
        """Append the most probable word."""
        self.pick(self.vocabulary[greedy(self.p)], "the most probable")

    def back(self):
        """Take the last word away, down to the prompt."""
        if len(self.ids) > self.start:
            self.ids, self.how = self.ids[:-1], ""
            self._draw()

    @property
    def over(self):
        """Whether [end] was said, or the text is as long as it may be."""
        return len(self.ids) >= MOST or (
            len(self.ids) > self.start and self.vocabulary[self.ids[-1]] == language.END
        )

    def _draw(self):
        self.p = next_word(self.model, self.ids)  # (V,)
        text = [self.vocabulary[i] for i in self.ids]
        # The text is a line of the page, not of the picture: it wraps on a narrow one.
        end = "" if self.over else " …"
        so_far = escape(" ".join(text))
        self.page.value = f"<p>the text so far: <b>{so_far}</b>{end}</p>"
        fig, ax = figure()
        row = Row(ax, self.vocabulary)
        if self.over:
            ax.set_axis_off()
            ax.set_title("nothing more to choose")
        else:
            row.show(self.p)
            ax.set_title(f"after … {' '.join(text[-5:])}")
        beside = "It is over, and no bars stand beside it."
        if not self.over:
            beside = "Beside it a bar for each of the most probable next words."
        self.picture = still(fig, f"The text so far: {' '.join(text)}. {beside}")
        best = np.argsort(-self.p, kind="stable")[:OFFERED]
        for button, i in zip(self.words, best, strict=True):
            button.word = self.vocabulary[i]
            meaning = self.english.get(button.word, "")
            button.description = f"{button.word} {meaning} {self.p[i]:.2f}"
            button.disabled = self.over
            # A story that is over has no next word, whatever the model would say,
            # and a word that cannot come is no offer.
            gone = self.over or self.p[i] == 0
            button.layout.visibility = "hidden" if gone else "visible"
        for button in self.actions[:2]:
            button.disabled = self.over
        self.actions[2].disabled = len(self.ids) == self.start
        self.note.value = f"<p>{escape(self._told())}</p>"
        self.children = [*self.rows, self.fault, self.page, self.picture, self.note]

    def _told(self):
        """How the last word came, and the text's probability so far."""
        added = self.ids[self.start :]
        if not added:
            return "Nothing is added yet. Choose the next word."
        before = range(self.start, len(self.ids))
        p = [float(self.model(self.ids[:t])[self.ids[t]]) for t in before]
        total = sum(math.log(max(one, 1e-300)) for one in p)
        ended = " The text is over." if self.over else ""
        return (
            f"{self.vocabulary[self.ids[-1]]} ({self.how or 'the word before'}): the "
            f"model gave it {p[-1]:.3f}{self._judged()}. "
            f"ln P of the {len(added)} added: "
            f"{total:.3f}.{ended}"
        )

    def _judged(self):
        """What the exact model says of the last word, if there is one."""
        if self.author is None:
            return ""
        true = self.author(self.ids[:-1])
        if true is None:
            return ", the grammar had given the text up before"
        if true[self.ids[-1]] > 0:
            return f", the grammar gives it {true[self.ids[-1]]:.3f}"
        return ", the grammar never says this"

    def _button(self, name, act):
        button = widgets.Button(description=name)
        button.layout.width = "auto"
        button.on_click(lambda _: act())
        return button

    @staticmethod
    def _wrapping(parts):
        for part in parts:
            if isinstance(part, widgets.Button):
                part.layout.width = "auto"
                part.layout.min_width = "6.5em"
        return widgets.Box(parts, layout=widgets.Layout(flex_flow="row wrap"))

    def _repr_mimebundle_(self, **options):
        bundle = super()._repr_mimebundle_(**options)
        picture = self.picture._repr_mimebundle_(**options)
        data, metadata = picture if isinstance(picture, tuple) else (picture, {})
        data = {**data, **(bundle[0] if isinstance(bundle, tuple) else bundle)}
        data["text/plain"] = f"Write word by word. {self.picture.alt_text()}"
        return data, metadata


def write_an_answer(prompt=PROMPTS[0]):
    """A `Writer` over the small Chinese table of `language.answers`."""
    return Writer(lambda ids: TABLE[ids[-1]], TOKENS, prompt, author=None,
                  words=str.split, english=ENGLISH)  # fmt: skip
