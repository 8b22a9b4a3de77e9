"""The counter of knobs.

Authority: torch's own count for the same network; for the known models, their
published shapes.
"""

import itertools
import re

import pytest
from torch import nn

from helpers.figures.knobs.counting import (
    KNOWN,
    LAYERS,
    MOST,
    WIDTHS,
    as_time,
    count_network,
    count_up,
    in_words,
)


def drawn(live):
    units, joins = (live._fig.axes[0].lines[k] for k in (1, 0))
    return len(units.get_xdata()), len(joins.get_xdata()) // 3


@pytest.mark.parametrize("width, layers", [(1, 1), (5, 3), (100, 10)])
def test_count_is_torchs(width, layers):
    network = nn.Sequential(*[nn.Linear(width, width) for _ in range(layers)])
    assert count_network(width, layers) == sum(p.numel() for p in network.parameters())


def test_from_two_to_a_trillion():
    assert count_network(WIDTHS[0], LAYERS[0]) == 2
    assert count_network(WIDTHS[-1], LAYERS[-1]) == 100 * (10**10 + 10**5)


def gpt(vocabulary, context, width, layers):
    """Embeddings, then blocks of attention, a network four wide, two norms."""
    block = (
        3 * (width * width + width)  # queries, keys, values
        + (width * width + width)
        + (width * 4 * width + 4 * width)
        + (4 * width * width + width)
        + 2 * 2 * width
    )
    return (vocabulary + context) * width + layers * block + 2 * width


def test_known_sizes():
    """LeNet-5: LeCun and others (1998), layer by layer. GPT-2: the published model.
    GPT-3: Brown and others (2020), table 2.1, which gives 175 billion."""
    lenet = 156 + 12 + 1516 + 32 + 48_120 + 10_164
    line, lenet_5, gpt_2, gpt_3 = KNOWN.values()
    assert (line, lenet_5) == (count_network(1, 1), lenet)
    assert gpt_2 == gpt(50_257, 1024, 768, 12)
    assert gpt_3 == pytest.approx(gpt(50_257, 2048, 12_288, 96), rel=0.005)


def test_known_sizes_are_named_as_they_are():
    for label, size in list(KNOWN.items())[2:]:
        assert label.split("\n")[1] == in_words(size)


@pytest.mark.parametrize(
    "width, layers",
    list(itertools.product([1, 50, WIDTHS[-1]], [1, 10, LAYERS[-1]])),
)
def test_the_digits_shown(width, layers):
    live = count_up()
    one, every, time = live.move(width=width, layers=layers)
    assert "error" not in live.frame(live.state)
    digits = [int(d.replace(",", "")) for d in re.findall(r"\d[\d,]*", one + every)]
    n = width * width + width
    assert digits == [width, width, width, n, layers, n, layers * n]
    assert as_time(layers * n) in time
    assert f"{layers * n:,} knobs" in live.alt_text()


@pytest.mark.parametrize("width, layers", [(1, 1), (2, 3), (5, 5), (100, 100)])
def test_what_is_drawn(width, layers):
    """A layer has a join for each weight; a large network is cut, and says so."""
    live = count_up(width, layers)
    units, joins = drawn(live)
    columns, rows = min(layers + 1, MOST[0]), min(width, MOST[1])
    assert units == columns * rows
    assert joins == (columns - 1) * rows * rows
    note = live._fig.axes[0].texts[0].get_text()
    assert (note == "drawn: all of it") is (joins == layers * width * width)


@pytest.mark.parametrize(
    "count, words",
    [(2, "2"), (1260, "1,260"), (1_500_000, "1.5 million"), (10**12, "1 trillion"),
     (124_439_808, "124 million"), (10_000_100_000, "10 billion")],
)  # fmt: skip
def test_in_words(count, words):
    assert in_words(count) == words


@pytest.mark.parametrize(
    "seconds, words",
    [(2, "2 seconds"), (60, "about 1 minute"), (3600 * 5, "about 5 hours"),
     (86_400, "about 1 day"), (10**12, "about 32,000 years")],
)  # fmt: skip
def test_as_time(seconds, words):
    """Authority: a year of 365.25 days."""
    assert as_time(seconds) == words
