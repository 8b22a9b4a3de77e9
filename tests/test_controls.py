"""Every control of every live figure, moved through its range in the kernel.

An error in a widget's callback is otherwise seen by nobody. What holds for each
figure of each notebook: no error anywhere, a picture that changes, and that is the
same whenever the controls stand the same.
"""

import html
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser

from helpers.live import Bars, Live, Slider, Text
from helpers.live import figure as live
from helpers.live.controls import rescale
from helpers.live.narrow import NARROW
from helpers.live.style import figure
from tests.notebooks import every_notebook, run
from tests.pictures import crowded

# What a reader may type: nothing, markup, maths, scripts of the world, too much.
TYPED = ["", "<b>&", "$x_1$ \\frac", "好 नमस्ते 👍🏽", "a" * 200]


def moving_figures(name):
    """(where, figure) for each figure of a notebook that has controls."""
    return [
        (f"{name}, code cell {cell + 1}, {labels(figure)}", figure)
        for cell, figure in run(name).figures
        if figure.controls
    ]


def labels(figure):
    return [control.label for control in figure._controls.values()]


def start(figure):
    return [control.initial for control in figure._controls.values()]


def stops(control):
    """Where a control is taken: both ends, its middle, where it is 1, and back."""
    if isinstance(control, Bars):
        bars = range(len(control.labels))
        return [rescale(control.initial, k, p) for k in bars for p in (0, 100, 50)]
    if isinstance(control, Text):
        return [control.state(text) for text in [*control.examples, *TYPED]]
    last = len(control.values) - 1
    if control.kind == "range":
        ones = [k for k, value in enumerate(control.values) if value == 1]
        return sorted({0, last // 2, last, *ones})
    return list(range(last + 1))


def sweep(figure):
    """(control, state) for each stop of each control, the others at their start.

    Then all controls at their first ends, and at their last.
    """
    first, all_stops = start(figure), []
    for i, control in enumerate(figure._controls.values()):
        for stop in stops(control):
            yield control, [*first[:i], stop, *first[i + 1 :]]
        all_stops.append(stops(control))
    for end in (0, -1):
        yield None, [one[end] for one in all_stops]


def faults_of(figure):
    """Everything wrong with how a figure moves: a list of sentences."""
    first, faults = start(figure), []
    shown = {"state": first, **figure.frame(first)}
    if shown != figure.first:
        faults.append("at the start it does not show its first frame")
    seen, changed = {}, set()
    for control, state in sweep(figure):
        frame, place = figure.frame(state), say(figure, state)
        if "error" in frame:
            faults.append(f"{place}: {frame['error']}")
            continue
        seen[live.key(state)] = frame, state
        if frame["svg"] != shown.get("svg"):
            changed.add(control)
        formula = formula_faults(figure, state, frame)
        faults += [f"{place}: {fault}" for fault in formula]
        if frame["formula"].count("<div>") != shown["formula"].count("<div>"):
            faults.append(f"{place}: more or fewer lines of formula than at first")
        faults += [f"{place}: {fault}" for fault in wording_faults(figure, frame)]
        if not isinstance(frame["alt"], str) or len(frame["alt"].split()) < 3:
            faults.append(f"{place}: {frame['alt']!r} describes nothing")
    for control in figure._controls.values():
        if control not in changed:
            faults.append(f"moving {control.label!r} does not change the picture")
    # Backwards: what a picture shows may not depend on what came before it.
    for frame, state in reversed(list(seen.values())):
        if figure.frame(state) != frame:
            faults.append(f"{say(figure, state)}: not the same picture as before")
    if {"state": first, **figure.frame(first)} != shown:
        faults.append("back at the start it shows another picture than at first")
    return faults


def formula_faults(figure, state, frame):
    """What MathML or Matplotlib cannot draw of the formula at `state`."""
    faults, parser = [], MathTextParser("path")
    try:
        ElementTree.fromstring(f"<formula>{frame['formula']}</formula>")
    except ElementTree.ParseError as error:
        faults.append(f"the formula is not well-formed MathML: {error}")
    if "\\" in "".join(ElementTree.fromstring(f"<f>{frame['formula']}</f>").itertext()):
        faults.append("a LaTeX command is left in the formula as the browser shows it")
    for line in figure._run(state):
        try:
            parser.parse(f"${line}$", dpi=72, prop=FontProperties(size=14))
        except ValueError as error:
            reason = str(error).strip().splitlines()[-1]
            faults.append(f"Matplotlib cannot draw {line!r}: {reason}")
    return faults


# "1 words", and a number that equals itself: "= 0.5 = 0.500".
ONE_OF_MANY = re.compile(
    r"(?<![\d.,·⋅/^|−+-])(?<![·⋅/^|−+-] )\b1 (?!(?:is|as|has|was|less|plus|minus)\b)"
    r"[a-z]+s\b"
)
TWICE = re.compile(r"(?<=[=:])\s*(−?[\d.]+)\s*=\s*(−?[\d.]+)(?![\d.,])")


def wording_faults(figure, frame):
    """Slips of one that the reader would see or hear at this frame."""
    formula = re.sub(r"<mspace[^>]*>|</div>", " ; ", frame["formula"])
    formula = html.unescape(re.sub(r"<(?!mfrac|msqrt|msup)[^>]*>", "", formula))
    words = " ; ".join(re.findall(r">([^<>]+)</text>", frame["svg"]))
    formula = formula.replace("\u00a0", " ")
    told = [
        text
        for control in figure._controls.values() if hasattr(control, "values")
        for text in control.told()
    ]  # fmt: skip
    faults = []
    for text in [formula, frame["alt"], html.unescape(words), *told]:
        faults += [f"{m.group()!r} in {text!r}" for m in ONE_OF_MANY.finditer(text)]
    for one, other in TWICE.findall(formula):
        if float(one.replace("−", "-")) == float(other.replace("−", "-")):
            faults.append(f"{one} = {other} in {formula!r}")
    return faults


@pytest.mark.parametrize(
    "formula, alt, fault",
    [
        (r"P(\text{we}) = 0.5 = 0.500", "Two beams of two words.", "0.5 = 0.500"),
        (r"\text{asked for: } 1 = 1", "Two beams of two words.", "1 = 1"),
        ("P = 0.5", "A text of 1 words.", "'1 words'"),
        (r"1\text{ tokens}", "A text of two words.", "'1 tokens'"),
        (r"P = \frac{1}{2} = 0.5", "A text of 1 word, 2.1 words, 11 words.", ""),
        (r"L = 1.2 - 0.2 = 1.0", "Run 1 has three steps, 0.1 steps each.", ""),
    ],
)
def test_wording(formula, alt, fault):
    one = toy()
    one._alt, one._update = alt, lambda a: formula
    found = wording_faults(one, one.frame(start(one)))
    assert bool(found) == bool(fault) and fault in "".join(found)


def say(figure, state):
    """A state in words: only the controls that do not stand at their start."""
    parts = [
        f"{control.label} = {control.texts[one] if hasattr(control, 'texts') else one}"
        for control, one in zip(figure._controls.values(), state, strict=True)
        if one != control.initial
    ]
    return "; ".join(parts) or "at the start"


@every_notebook
def test_controls_move_the_picture(name):
    faults = [f"{where}: {fault}" for where, one in moving_figures(name)
              for fault in faults_of(one)]  # fmt: skip
    assert not faults, "\n" + "\n".join(faults)


@every_notebook
def test_words_can_be_read(name):
    """No word over the edge or on another, wherever the controls stand."""
    faults = []
    for number, one in run(name).figures:
        for _, state in [*sweep(one), (None, start(one))]:
            one.frame(state)
            faults += [
                f"{name}, cell {number + 1}, {labels(one)}: {say(one, state)}: {fault}"
                for fault in crowded(one._fig)
            ]
    assert not faults, f"\n{len(faults)} faults\n" + "\n".join(dict.fromkeys(faults))


@every_notebook
def test_words_can_be_read_on_a_narrow_page(name):
    """The same at the start and with all controls at their ends, laid out narrow."""
    faults = []
    for number, one in run(name).figures:
        one.lay_out(True)
        for state in [start(one), *(state for _, state in [*sweep(one)][-2:])]:
            one.frame(state)
            faults += [
                f"{name}, cell {number + 1}, {labels(one)}: {say(one, state)}: {fault}"
                for fault in crowded(one._fig)
            ]
        if one.size[0] > NARROW:
            faults.append(f"{name}, cell {number + 1}: still {one.size[0]} px wide")
        one.lay_out(False)
    assert not faults, f"\n{len(faults)} faults\n" + "\n".join(dict.fromkeys(faults))


# The same tests on figures that have the faults.


def toy(update=None, **options):
    """A figure with a line, a word, and one slider from 0 to 3."""
    fig, ax = figure()
    (line,) = ax.plot([0, 1], [0, 1], animated=True)
    word = ax.text(0.5, 0.5, "here", animated=True)
    ax.set(xlim=(0, 1), ylim=(0, 3))

    def usual(a):
        line.set_ydata([0, a])
        return rf"f(1) = {a}"

    def called(a):
        return (update or usual)(a, line, word) if update else usual(a)

    controls = {"a": Slider(0, 3, 1, 1, "slope a"), **options}
    return Live(fig, called, alt=lambda a: f"A line of slope {a}.", **controls)


def moved(a, line):
    line.set_ydata([0, a])


def raises(a, line, word):
    moved(a, line)
    return f"{1 / (3 - a):g}"


def remembers(a, line, word):
    line.set_ydata(np.asarray(line.get_ydata()) + a / 100)  # stays in the picture
    return f"{a}"


def alternates(a, line, word):
    """The picture at 3 depends on how often it was drawn."""
    alternates.times += a == 3
    line.set_ydata([0, a - alternates.times % 2])
    return f"{a}"


alternates.times = 0


def stands_still(a, line, word):
    return f"{a}"


def grows(a, line, word):
    moved(a, line)
    return [f"{a}"] * (1 + a // 3)


def no_mathtext(a, line, word):
    moved(a, line)
    return r"\frac{1}" if a == 3 else "1"


@pytest.mark.parametrize(
    "update, said",
    [
        (None, None),
        (raises, "slope a = 3: ZeroDivisionError"),
        (remembers, "another picture than at first"),
        (alternates, "not the same picture as before"),
        (stands_still, "moving 'slope a' does not change the picture"),
        (grows, "more or fewer lines of formula"),
        (no_mathtext, "Matplotlib cannot draw"),
    ],
)
def test_faults_are_found(update, said):
    faults = faults_of(toy(update))
    assert any(said in fault for fault in faults) if said else not faults


@pytest.mark.parametrize(
    "x, text, said",
    [(0.5, "here", None), (0.97, "far away", "over the edge"), (0, "lost", None)],
)
def test_words_over_the_edge_are_found(x, text, said):
    def update(a, line, word):
        word.set(x=x, text=text) if a == 0 else word.set(x=0.5, text="here")

    one = toy(update)
    one.frame([0])
    faults = crowded(one._fig)
    assert any(said in fault for fault in faults) if said else not faults


def test_words_on_each_other_are_found():
    fig, ax = figure()
    ax.text(0.5, 0.5, "one word")
    ax.text(0.52, 0.51, "another")
    Live(fig, alt="Two words on each other.")
    (fault,) = crowded(fig)
    assert "'one word' lies on 'another'" in fault
