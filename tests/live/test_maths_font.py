"""The maths font. Authority: its own tables, and every formula that is stored."""

import html
import re

import pytest
from fontTools.ttLib import TTFont

from helpers.live.formula import typeset
from helpers.live.parts import FONT
from tests.notebooks import every_notebook, prose, stored_frames

# Words may be in any script; the reader's own fonts have them.
_WORDS = re.compile(r"<mtext[^>]*>.*?</mtext>", re.DOTALL)


@pytest.fixture(scope="module")
def font():
    return TTFont(FONT)


def test_it_is_light_and_its_licence_is_beside_it():
    assert FONT.stat().st_size <= 40_000
    licence = FONT.with_name("maths-LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in licence


def test_it_knows_how_maths_is_set(font):
    """Brackets and roots grow, fractions have an axis; digits are of one width."""
    maths = font["MATH"].table
    assert maths.MathConstants.AxisHeight.Value > 0
    names, cmap = maths.MathVariants.VertGlyphCoverage.glyphs, font.getBestCmap()
    for char in "()[]{}|√∑":
        assert cmap[ord(char)] in names, f"{char} does not grow"
    assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


def lacking(font, mathml):
    """The characters of a formula, its words left out, that the font has not."""
    text = html.unescape(re.sub(r"<[^>]*>", "", _WORDS.sub("", mathml)))
    have = font.getBestCmap()
    # A letter alone is set in italics, which have code points of their own.
    return {char for char in text if ord(char) not in have and not char.isspace()}


@every_notebook
def test_every_stored_formula_is_in_it(name, font):
    formulas = [frame["formula"] for frame in stored_frames(name)]
    formulas += re.findall("<math.*?</math>", "\n".join(map(typeset, prose(name))))
    assert not set().union(*(lacking(font, one) for one in formulas))


def test_a_formula_with_another_sign_would_be_found(font):
    assert lacking(font, "<math><mi>x</mi><mo>⨝</mo><mtext>好</mtext></math>") == {"⨝"}
