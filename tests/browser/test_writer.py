"""The writer of 06 in a real JupyterLab, word by word, by the keyboard alone.

Authority: the grammar of the course, which is the model here, asked in this process.
"""

import re

import nbformat
import numpy as np
import pytest
from playwright.sync_api import expect

from helpers import language
from helpers.setup.execute import METADATA

CODE = """from helpers import figures, language
from helpers.figures.sampling.generation import grammar

writer = figures.Writer(grammar, language.VOCABULARY)
writer"""
BEGUN = "one morning anna took a"


class Writing:
    """The page as the test reads it and types into it."""

    def __init__(self, opened):
        self.opened, self.keyboard = opened, opened.page.keyboard
        self.root = opened.page.locator(".jp-OutputArea-output:has(.widget-button)")
        self.prompt = self.root.locator("input")
        self.buttons = self.root.locator("button.widget-button:visible")
        self.text = self.root.locator("p b").first

    def button(self, name):
        return self.root.get_by_role("button", name=name)

    def shows(self, text):
        """Wait until the text so far is this; the picture says the same."""
        expect(self.text).to_have_text(text)
        picture = self.root.locator(".live-picture > svg")
        expect(picture).to_have_attribute(
            "aria-label", re.compile(re.escape(f"The text so far: {text}. "))
        )

    def begin(self, prompt):
        self.prompt.focus()
        self.keyboard.press("Control+a")
        self.keyboard.type(prompt)
        self.keyboard.press("Enter")

    def press(self, button, key):
        button.focus()
        self.keyboard.press(key)


def best(text):
    """The most probable next word by the grammar, and its probability."""
    p = language.next_word(text)
    return language.VOCABULARY[int(np.argmax(p))], p.max()


@pytest.fixture
def writing(new_page, lab):
    cell = nbformat.v4.new_code_cell(CODE, id="writer")
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata=METADATA)
    nbformat.write(notebook, lab.root / "writer.ipynb")
    opened = new_page("writer")
    opened.run_all()
    return Writing(opened)


def test_words_are_picked_sampled_and_taken_back(writing):
    writing.shows(BEGUN)
    expect(writing.button("One word back")).to_be_disabled()
    word, p = best(BEGUN)
    first = writing.button(f"{word} {p:.2f}")
    first.focus()
    selection = writing.opened.selection()
    writing.keyboard.press("Enter")
    writing.shows(f"{BEGUN} {word}")
    expect(writing.root).to_contain_text(f"{word} (picked by you)")
    expect(writing.root).to_contain_text(f"the model gave it {p:.3f}")
    expect(writing.buttons.nth(1)).to_be_focused()  # its place, with the next word
    second, _ = best(f"{BEGUN} {word}")
    writing.press(writing.button("Most probable"), "Space")
    writing.shows(f"{BEGUN} {word} {second}")
    writing.press(writing.button("One word back"), "Enter")
    writing.shows(f"{BEGUN} {word}")
    writing.press(writing.button("Sample"), "Enter")
    expect(writing.root).to_contain_text("sampled, u = 0.134")
    assert writing.opened.selection() == selection, "a key moved the notebook"
    assert not writing.opened.faults, writing.opened.faults


def test_it_ends_and_begins_again_from_another_prompt(writing):
    words = BEGUN.split()
    while words[-1] != language.END:
        words.append(best(" ".join(words))[0])
    for n in (-2, -1, len(words)):
        text = " ".join(words[:n])
        if n == -2:
            writing.begin(text)
        else:
            writing.press(writing.button("Most probable"), "Enter")
        writing.shows(text)
    expect(writing.root).to_contain_text("The text is over.")
    for name in ("Sample", "Most probable"):
        expect(writing.button(name)).to_be_disabled()
    writing.begin("one evening xyzzy")
    expect(writing.root).to_contain_text("xyzzy")
    expect(writing.text).to_have_text(text)  # what was written is not lost
    writing.begin("one evening")
    writing.shows("one evening")
    writing.press(writing.button("Most probable"), "Enter")
    writing.shows(f"one evening {best('one evening')[0]}")
    writing.press(writing.button("Begin again"), "Enter")
    writing.shows("one evening")
    expect(writing.button("Sample")).to_be_enabled()
    assert not writing.opened.faults, writing.opened.faults
