"""Formulas. Authority: the MathML element list, and XML's own parser."""

import itertools
import re
import string
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.mathtext import MathTextParser

from helpers.live.formula import _pieces, as_lines, mathml, typeset, words
from tests.notebooks import every_notebook, run

TAGS = {
    "div", "math", "mrow", "mi", "mn", "mo", "mfrac", "msup", "msub", "msubsup",
    "mtext", "mspace", "msqrt", "mroot", "munder", "mover", "munderover", "mstyle",
    "mtable", "mtr", "mtd", "mpadded",
}  # fmt: skip


def tags(html):
    return set(re.findall(r"<\s*/?\s*([a-zA-Z]+)", html))


def test_a_loss_with_its_digits():
    html = mathml(r"L = -\ln 0.30 = 1.204")
    text = "".join(ET.fromstring(html).itertext())
    assert text.replace(" ", "") == "L=−ln0.30=1.204"


def test_a_sign_is_no_subtraction():
    assert 'form="prefix">−' in mathml(r"x = -3")
    assert 'form="prefix">−' not in mathml(r"(1) - 3")


@pytest.mark.parametrize("latex", [r"\sin^2 60", r"\log_2 8", r"\ln^{2} x"])
def test_a_function_keeps_its_power(latex):
    """Authority: MathML, where msup and msub have two children and no more."""
    for part in ET.fromstring(mathml(latex)).iter():
        if part.tag.endswith(("msup", "msub")):
            assert len(part) == 2 and "mspace" not in part[1].tag


@pytest.mark.parametrize(
    "latex", [r"\ln 2", r"\ln x", r"\ln \frac{1}{2}", r"\sin^2 60"]
)
def test_a_space_follows_a_function(latex):
    """Authority: LaTeX, which sets a thin space there."""
    assert mathml(latex).count('<mspace width="0.17em"/>') == 1


def test_lines_become_blocks():
    assert mathml(["a", "b"]).count("<math") == 2
    assert as_lines(None) == [] and mathml(None) == ""


@pytest.mark.parametrize(
    "typed",
    [
        r"\text{<script>alert(1)</script>}",
        r"\text{<img src=x onerror=alert(1)>}",
        r'\text{<mi onclick="alert(1)">x</mi>}',
        r'\text{<mtext href="javascript:alert(1)">x</mtext>}',
        "<b>a & b</b>",
    ],
)
def test_markup_in_a_formula_is_text(typed):
    html = mathml(typed)
    assert tags(html) <= TAGS
    assert not re.search(r"<[^>]*\b(on\w+|href|src|style)=", html)


@given(st.text(max_size=30))
def test_any_words_stay_words(typed):
    html = mathml(words(typed))
    assert tags(html) <= TAGS


LINES = [
    r"L = -\ln # = #", r"x^# + a_# - #^{-#}", r"\frac## + \frac ## - \frac{#}{#}",
    r"\text{# of # } #em # in \hspace{#em}", r"\begin{bmatrix}#&#\\#&#\end{bmatrix}",
    r"#{,}# = #,#", r"\max(#, -#) \cdot \sqrt[#]{#} x#",
    "# %#", r"\mathbf{#}\left(#.\right)",
]  # fmt: skip


@given(st.sampled_from(LINES), st.data())
def test_numbers_filled_in_later_change_nothing(line, data):
    """Authority: the converter, given the same line with no other before it."""
    texts = ["0", "3", "12", "0.30", "1234.5", "7000000", "7000001", "7000001.5"]
    for _ in range(2):  # the second one is like the first
        filled = re.sub("#", lambda _: data.draw(st.sampled_from(texts)), line)
        try:
            expected = _pieces(filled)
        except Exception as error:
            with pytest.raises(type(error)):
                mathml(filled)
        else:
            assert mathml(filled) == f"<div>{expected}</div>"


@every_notebook
def test_the_formulas_of_the_course_are_converted_as_they_are(name):
    """Authority: as above, on each figure along its controls."""
    for _, live in run(name).figures:
        along = [control.along()[:: max(1, len(control.along()) // 8)]
                 for control in live._controls.values()]  # fmt: skip
        for state in itertools.islice(zip_longest_last(along), 12):
            try:
                lines = live._run(state)
            except ValueError:  # what a reader may set, and is told about
                continue
            for line in lines:
                assert mathml(line) == f"<div>{_pieces(line)}</div>"


def zip_longest_last(columns):
    """Rows of the columns, the shorter ones going on with their last."""
    for k in range(max(map(len, columns), default=1)):
        yield [column[min(k, len(column) - 1)] for column in columns]


def test_words_are_shown_as_typed():
    html = mathml(words("50 % of {a_b} & 好"))
    text = "".join(ET.fromstring(html).itertext()).replace("\xa0", " ")
    assert text == "50 % of {a_b} & 好"


def test_words_are_drawn_in_a_still_too():
    """Authority: Matplotlib's parser, which knows fewer commands than the browser."""
    for one in string.printable:
        if not one.isspace():
            MathTextParser("path").parse(f"${words(one)}$")


def test_formulas_in_markdown_are_typeset_and_code_is_not():
    html = typeset("Costs $5 and `$x$`.\n\nSo $p_i*2$ and\n$$\\frac{1}{2}$$\n")
    assert "Costs $5 and `$x$`." in html
    assert html.count("<math") == 2 and html.count("<mfrac") == 1
    # Markdown must find nothing of its own between the tags.
    assert "*" not in html and "_" not in html


def test_a_formula_that_cannot_be_read_stays():
    assert typeset(r"See $\left($.") == r"See $\left($."
