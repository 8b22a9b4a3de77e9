"""Measured numbers: the digits are shown, the band is compared. Authority: nbval."""

import subprocess
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest

from helpers.live.measured import Measured, Told, band, measured, shown
from helpers.setup.execute import METADATA, execute

ROOT = Path(__file__).parents[2]


def made(value, at_least=-float("inf"), at_most=float("inf")):
    return Measured("loss", np.atleast_1d(value), at_least, at_most, 3)


@pytest.mark.parametrize(
    "x, places, text",
    [
        (24, 3, "24"),
        (1234567, 3, "1,234,567"),
        (0.46412, 3, "0.464"),
        (-0.5, 2, "−0.50"),
        (0.0, 3, "0.000"),
        (0.00041, 3, "4.1·10⁻⁴"),
        (1e-8, 3, "10⁻⁸"),
        (0.5, None, "0.5"),
        (1e-6, None, "10⁻⁶"),
        (float("nan"), 3, "nan"),
    ],
)
def test_shown(x, places, text):
    assert shown(x, places) == text


def test_bands_in_words():
    assert band(-float("inf"), 0.5) == "at most 0.5"
    assert band(23, float("inf")) == "at least 23"
    assert band(1.8, 2.2) == "between 1.8 and 2.2"
    with pytest.raises(ValueError, match="at_least"):
        band(-float("inf"), float("inf"))


def test_a_text_of_this_run_is_shown_and_its_name_compared():
    one, other = Told("it writes", "a <b> & c"), Told("it writes", "else")
    assert repr(one) == repr(other) == "it writes: (a text of this run)"
    assert '<b class="measured">a &lt;b&gt; &amp; c</b>' in one._repr_html_()


def test_the_text_is_the_band_and_the_page_has_the_digits():
    one = made([0.4641, 0.25], at_most=0.5)
    assert repr(one) == "loss: at most 0.5"
    assert ">0.464, 0.250<" in one._repr_html_() and "at most 0.5" in one._repr_html_()


@pytest.mark.parametrize("value", [0.6, [0.1, 0.6], float("nan")])
def test_outside_the_band_both_say_so(value):
    one = made(value, at_most=0.5)
    assert "not at most 0.5 as expected" in repr(one)
    assert "not at most 0.5 as expected" in one._repr_html_()


def test_markup_in_a_name_is_text():
    one = Measured("<b>x", np.array([1.0]), 0, 2, 3)
    assert "&lt;b&gt;x" in one._repr_html_()


def test_it_shows_at_once_as_print_does(capsys):
    assert measured("loss", 0.2, at_most=0.5) is None
    assert "loss: at most 0.5" in capsys.readouterr().out


@pytest.mark.parametrize("later, passes", [("0.4", True), ("0.6", False)])
def test_nbval_compares_the_band_alone(tmp_path, later, passes):
    """A number that moves inside its band passes, one that leaves it fails."""
    path = tmp_path / "page.ipynb"
    code = "from helpers import measured\nmeasured('loss', {}, at_most=0.5)"
    cells = [nbformat.v4.new_code_cell(code.format("0.3"), id="a")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=METADATA), path)
    execute(path)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source = code.format(later)
    nbformat.write(notebook, path)
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env"]
    done = subprocess.run(
        [*command, str(path), "-p", "no:cacheprovider", "-c", "pyproject.toml"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert (done.returncode == 0) is passes, done.stdout[-2000:]
