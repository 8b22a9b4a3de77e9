"""A model that answers from a note in its prompt, and the note edited by hand."""

import re

import numpy as np

from helpers.live import Choice, Live, Text
from helpers.live.formula import words as upright
from helpers.live.style import INK, PALETTE, figure
from helpers.maths.forgetting.island import FOODS, PLACES
from helpers.maths.retrieval import Library, retrieval_prompt

EXAMPLES = ["kim liked milk.", "", "rex liked milk.", "kim liked cake. kim liked milk."]


class Answer:
    """What a model gives to six answers and to all other words, as bars on `ax`."""

    def __init__(self, ax, animated=False):
        spots = np.arange(7)
        self.bars = ax.bar(spots, 0 * spots, width=0.66, color=PALETTE["blue"],
                           animated=animated)  # fmt: skip
        self.texts, self.names = (
            [ax.text(k, 0, "", ha="center", va=va, animated=animated) for k in spots]
            for va in ("bottom", "top")
        )
        ax.set(xlim=(-0.6, 6.6), ylim=(0, 1.12), ylabel="probability")
        ax.set_xticks([])
        ax.grid(axis="y")

    def show(self, names, p, right):
        """`names` (7,) with their probabilities (7,); `right` is the true answer."""
        for k, bar in enumerate(self.bars):
            hit = names[k] == right
            bar.set_height(p[k])
            bar.set_facecolor(PALETTE["orange" if hit else "blue"])
            bar.set_hatch("//" if hit else None)
            bar.set_edgecolor("white" if hit else PALETTE["blue"])
            self.texts[k].set_text(f"{p[k]:.2f}")
            self.texts[k].set_y(p[k] + 0.015)
            self.names[k].set_text(names[k])
            self.names[k].set_y(-0.03)
            self.names[k].set_color(INK)


def read_a_note(model, vocabulary, facts, room, question, note):
    """A live figure: a question, a note that the reader edits, and the answer.

    `model` is a function ids -> (V,) probabilities, `facts` have a question and an
    answer, `room` is the model's window; `question` and `note` are those to begin
    with.
    """
    fig, ax = figure((700, 330))
    bars = Answer(ax, animated=True)
    ids = {word: i for i, word in enumerate(vocabulary)}
    questions = {" ".join(fact.question): fact for fact in facts}

    def look(question, note):
        """Prompt, words that the model does not know, names (7,) and p (7,)."""
        said = re.findall(r"[a-z]+|\.", note.lower())
        known = [w for w in said if w in ids]
        prompt = retrieval_prompt([" ".join(known)], question, room)
        p = model([ids[w] for w in prompt])  # (V,)
        names = FOODS if questions[question].answer in FOODS else PLACES
        six = [float(p[ids[name]]) for name in names]
        unknown = [w for w in said if w not in ids]
        too_long = bool(known) and len(prompt) == len(question.split())
        return prompt, unknown, too_long, [*names, "others"], [*six, 1 - sum(six)]

    def update(question, note):
        prompt, unknown, too_long, names, p = look(question, note)
        bars.show(names, p, questions[question].answer)
        remark = "The note fits."
        if too_long:
            remark = f"The note does not fit into {room} words with the question."
        elif unknown:
            remark = f"Words that the model does not know: {' '.join(unknown)}"
        elif len(prompt) == len(question.split()):
            remark = "There is no note."
        best = int(np.argmax(p))
        return [
            upright("Prompt: " + " ".join(prompt) + " …"),
            rf"\text{{Answer: {names[best]}, }} p = {p[best]:.3f}",
            upright(remark),
        ]

    def describe(question, note):
        # The model's own numbers stand in the formula alone, as they differ a little
        # from machine to machine.
        prompt, _, _, names, _ = look(question, note)
        return (
            f"The prompt is “{' '.join(prompt)}”. Bars show what the model gives to "
            f"{', '.join(names)}; the truth, {questions[question].answer}, is hatched."
        )

    return Live(
        fig,
        update,
        alt=describe,
        question=Choice(list(questions), question, "question"),
        note=Text(note, "note in the prompt", examples=EXAMPLES),
    )


def find_notes(library, question, count=5):
    """A live figure: the best notes for a question that the reader types."""
    library = Library(library.notes)  # as it is now, whatever is added later
    fig, ax = figure((700, 300))
    rows = np.arange(count)[::-1]
    bars = ax.barh(rows, 0 * rows, height=0.6, color=PALETTE["blue"], animated=True)
    names = [ax.text(-0.1, y, "", ha="right", va="center", animated=True) for y in rows]
    values = [ax.text(0, y, "", ha="left", va="center", animated=True) for y in rows]
    ax.set(xlim=(-3.4, 4.4), xlabel="BM25 score", ylim=(-0.6, count - 0.4))
    ax.set_xticks(range(5))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)

    def ask(question):
        return library.search(question.lower(), count)

    def update(question):
        found = ask(question)
        for k in range(count):
            note, score = found[k] if k < len(found) else ("", 0.0)
            bars[k].set_width(score)
            names[k].set_text(note)
            values[k].set_text(f"{score:.3f}" if note else "")
            values[k].set_x(score + 0.1)  # clear of the bar
        if not found:
            return upright("No note shares a word with the question.")
        return upright(f"Best note: {found[0][0]}")

    def describe(question):
        found = ask(question)
        if not found:
            return f"No note of the library shares a word with “{question}”."
        said = "; ".join(f"{note} {score:.3f}" for note, score in found)
        return f"The notes found for “{question}”, with their scores: {said}"

    return Live(
        fig,
        update,
        alt=describe,
        question=Text(question, "question", examples=["rex went", "cheese", "moon"]),
    )
