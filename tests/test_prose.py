"""Every number in the prose of a notebook is given, or computed and compared."""

import importlib.util
import math
from pathlib import Path

import pytest

from tests.notebooks import NAMES, every_notebook, prose
from tests.prose import agrees, canonical, faults, numbers

PROSE = Path(__file__).parent / "prose"


def bindings(name):
    """The module that binds the numbers of a notebook."""
    path = PROSE / f"nb_{name}.py"
    if not path.exists():
        pytest.fail(f"{name}: tests/prose/{path.name} is missing; it binds the numbers")
    spec = importlib.util.spec_from_file_location(f"prose_of_{name}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.GIVEN, module.NUMBERS


def test_there_are_notebooks():
    assert NAMES, "notebooks/ holds no notebook"


@every_notebook
def test_every_number_is_bound(name):
    wrong = faults(prose(name), *bindings(name))
    assert not wrong, f"{name}: {len(wrong)} faults\n" + "\n".join(wrong)


def test_every_module_has_its_notebook():
    have = {path.stem.removeprefix("nb_") for path in PROSE.glob("nb_*.py")}
    assert have <= set(NAMES), f"no notebook for {sorted(have - set(NAMES))}"


# The extractor. What each string holds was read off by eye.


@pytest.mark.parametrize(
    "text, keys",
    [
        ("a loss of 1.204 nats", ["1.204"]),
        ("It ends at 0.30.", ["0.30"]),
        ("a vocabulary of 10,000 words, not 1,000,000", ["10000", "1000000"]),
        ("$10{,}000$, $1\\,000$, 128\u202f000", ["10000", "1000", "128000"]),
        ("the point (2, 6) and [123, 456, 789]", ["2", "6", "123", "456", "789"]),
        ("[0, 1, 0, 0, 0]", ["0", "1", "0", "0", "0"]),
        ("between −3.5 and -2.25", ["-3.5", "-2.25"]),
        ("pages 379–423, 20-30 minutes", ["379", "423", "20", "30"]),
        ("$x - 0.3$, $x-0.3$, $(x)-0.3$, $a_{1}-0.3$", ["0.3"] * 4),
        ("$e^{-0.3}$ and $-\\ln 0.30$", ["-0.3", "0.30"]),
        ("40% and 12.5 % and $35\\%$ and $20\\,\\%$", ["40%", "12.5%", "35%", "20%"]),
        ("$\\frac{20}{17}$ and $-\\tfrac{1}{4}$", ["20/17", "-1/4"]),
        ("$\\frac{a}{17}$, $\\frac{e^{1.5}}{2.5}$", ["17", "1.5", "2.5"]),
        ("1/5 of it, or ¼, or −½", ["1/5", "1/4", "-1/2"]),
        ("and/or 24/7", ["24/7"]),
        ("$10^{12}$, 10¹², 10^12, 10**12 and 2^{-10}", ["10^12"] * 4 + ["2^-10"]),
        ("10⁻⁵ and 1e-5", ["10^-5", "1e-5"]),
        ("$x_1$, $x_{10}$, $p_{t-1}$, x₁, w1, log2, float64, P1", []),
        ("$\\sum_{i=1}^{20} p_i$", ["1", "20"]),
        ("$x^2$ and $x^{30}$", ["2", "30"]),
        ("see [there](https://a.org/2020/17) or <https://b.org/33>", []),
        ("[a](https://x.org/a_(12)_b45) then 46", ["46"]),
        ("![a bar of 0.4](attachment:p50.png)", ["0.4"]),
        ("[1]: https://a.org/99", []),
        ("run `course.py`, `data_2020.csv` and `notebooks/03_cross_entropy.ipynb`", []),
        ("go to 01_probability, then **02_one_hot**", []),
        ("`softmax([123, 4.5])`, `p[42]`, `1_000`", ["123", "4.5", "42", "1000"]),
        ('<img width="400"> 13', ["13"]),
        ("1. first\n2. second\n13) third", []),
        ("a window of 13. Then 14.", ["13", "14"]),
        ("red .8, green .15", [".8", ".15"]),
        ("torch 2.13.0 and Python 3.11", ["2.13.0", "3.11"]),
        ("GPT-3.5 has 175B knobs, the 20th", ["3.5", "175", "20"]),
        ("−1.833…", ["-1.833"]),
        ("气温30度，概率0.40。", ["30", "0.40"]),
        ("| 0.25 | -0.75 |", ["0.25", "-0.75"]),
        ("- 40 words\n- -40 degrees", ["40", "-40"]),
        ("&#8722; and U+1F600 and #1f7fd1", []),
        ("-0.5 + (-0.25) = -0.75", ["-0.5", "-0.25", "-0.75"]),
        ("$2\\cdot3.5$ and $\\ln2.5$", ["2", "3.5", "2.5"]),
        ("<!-- 77 -->nothing", []),
        ("Shannon (1948), 27(3)", ["1948", "27", "3"]),
    ],
)
def test_numbers_in(text, keys):
    assert [number.key for number in numbers(text)] == keys


@pytest.mark.parametrize(
    "text, exempt",
    [("12 words", True), ("13 words", False), ("1.0", False), ("-1", False),
     ("5%", False), ("1/5", True), ("1/20", False), ("10^12", False), ("01", True)],
)  # fmt: skip
def test_exempt(text, exempt):
    assert numbers(text)[0].exempt is exempt


def test_the_sentence_around_a_number():
    text = "# Head\n\nOne here. The loss is **1.204** nats. Then more."
    assert numbers(text)[0].sentence == "The loss is **1.204** nats."


@pytest.mark.parametrize(
    "key, value, right",
    [
        ("1.204", -math.log(0.30), True),
        ("1.20", -math.log(0.30), True),
        ("1.21", -math.log(0.30), False),
        ("1.203", -math.log(0.30), False),
        ("1.2040", -math.log(0.30), True),
        ("-1.204", -math.log(0.30), False),
        ("40%", 0.40, True),
        ("40%", 40, False),
        ("40", 0.40, False),
        ("15.8", math.sqrt(250), True),
        ("20/17", 20 / 17, True),
        ("20/17", 1.18, False),
        ("10^12", 1e12, True),
        ("10^12", 1e11, False),
        ("1e-5", 0.00001, True),
        ("1e-5", 0.0001, False),
        ("9.210", math.log(10_000), True),
        ("0.5", (0.5, 0.52), True),
        ("0.5", (0.5, 0.6), False),
        ("0.5", (), False),
        ("0.5", float("nan"), False),
        ("0.5", float("inf"), False),
        ("0.5", None, False),
        ("0.5", "half", False),
    ],
)
def test_agrees_at_the_precision_written(key, value, right):
    assert agrees(key, value) is right


def test_keys_have_one_way_to_be_written():
    for key in ("10,000", "10{,}000", "10000"):
        assert canonical(key) == "10000"
    assert canonical("−0.5") == "-0.5"
    assert canonical("10¹²") == "10^12"
    with pytest.raises(ValueError):
        canonical("ln V")


@pytest.mark.parametrize(
    "text, given, bound, said",
    [
        ("It is 0.40.", {}, {}, "0.40 is not bound: “It is 0.40.”"),
        ("It is 0.40.", {"0.40": ""}, {}, "needs a row"),
        ("It is 0.41.", {}, {"0.41": 0.40}, "0.41 should be 0.4: “It is 0.41.”"),
        ("It is there.", {"0.40": "P1"}, {}, "GIVEN binds '0.40', which the text no"),
        ("It is there.", {}, {"0.40": 0.40}, "NUMBERS binds '0.40', which the text no"),
        ("It is 0.40.", {"0.40": "P1", "a": "b"}, {}, "'a' is not one number"),
        ("It is 14/15.", {"14": "P1"}, {}, "14/15 is not bound"),
    ],
)
def test_faults_are_named(text, given, bound, said):
    assert said in faults([text], given, bound)[0]


@pytest.mark.parametrize(
    "text, given, bound",
    [
        ("It is 0.40.", {"0.40": "P1"}, {}),
        ("It is 40%.", {"40": "P1"}, {}),
        ("It is 14/15.", {"14": "P1", "15": "P1"}, {}),
        ("It is 14/15.", {}, {"14/15": 14 / 15}),
        ("It is 3/15.", {"15": "P1"}, {}),
        ("Count to 12.", {}, {}),
        ("It is 3.", {}, {"3": 3}),
        ("A 10,000 and 10{,}000.", {"10,000": "T2"}, {}),
    ],
)
def test_bound_prose_has_no_faults(text, given, bound):
    assert faults([text], given, bound) == []
