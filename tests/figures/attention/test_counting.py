"""Parameters and multiplications, counted.

Authorities: transformers' GPT-2 with its own weights counted by torch, the published
sizes of GPT-2 and GPT-3, and the product of shapes that a forward pass meets.
"""

import itertools
import re

import pytest
from transformers import GPT2Config, GPT2LMHeadModel

from helpers.figures.attention.counting import (
    CONTEXTS,
    LAYERS,
    VOCABULARIES,
    WIDTHS,
    count_transformer,
    crossing,
    parts,
)
from helpers.maths.attention import count_parameters, multiplications
from tests.pictures import crowded

ENDS = [(s[0], s[-1]) for s in map(list, (VOCABULARIES, CONTEXTS, WIDTHS, LAYERS))]
OURS, GPT_2, GPT_3 = (
    (96, 64, 48, 2),
    (50_257, 1_024, 768, 12),
    (50_257, 2_048, 12_288, 96),
)


@pytest.fixture(scope="module")
def live():
    return count_transformer()


def test_parts_of_ours_as_transformers_has_them():
    V, T, D, L = OURS
    config = GPT2Config(vocab_size=V, n_positions=T, n_embd=D, n_layer=L, n_head=4)
    held = dict.fromkeys(parts(*OURS), 0)
    for name, weight in GPT2LMHeadModel(config).named_parameters():
        found = {"wte": "words", "wpe": "places", "attn": "attention", "mlp": "MLPs"}
        where = [found[piece] for piece in name.split(".") if piece in found]
        held[where[0] if where else "norms"] += weight.numel()
    assert held == parts(*OURS)


@pytest.mark.parametrize("sizes", [*itertools.product(*ENDS), OURS, GPT_2, GPT_3])
def test_the_digits_shown(live, sizes):
    lines = live.move(**dict(zip("VTDL", sizes, strict=True)))
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    shown = [
        [int(n.replace(",", "")) for n in re.findall(r"\d[\d,]*(?![^{]*\s[a-z])", line)]
        for line in (re.sub(r"\^2|\\approx.*", "", line) for line in lines)
    ]
    V, T, D, L = sizes
    total = count_parameters(*sizes)
    assert sum(parts(*sizes).values()) == total
    assert shown[0] == [V, T, D, (V + T) * D]
    assert shown[1] == [L, 12, D, 13, D, 2, D, total - (V + T) * D]
    assert shown[2] == [(V + T) * D, total - (V + T) * D, total]
    N = crossing(V, D, L)
    linear, growing = multiplications(V, max(round(N), 1), D, L)
    assert growing == pytest.approx(linear, rel=0.5 / N)
    assert shown[3][-1] == round(N) == round(6 * D + V / (2 * L))
    assert f"{total:,} in all" in live.alt_text()


def test_published_sizes(live):
    live.move(**dict(zip("VTDL", GPT_2, strict=True)))
    assert "124,439,808 in all" in live.alt_text()
    lines = live.move(**dict(zip("VTDL", GPT_3, strict=True)))
    assert r"\approx \text{175 billion}" in lines[2]


def test_the_lines_cross_where_it_is_said(live):
    live.move(**dict(zip("VTDL", GPT_2, strict=True)))
    flat, rising, cross, limit = live._fig.axes[1].get_lines()
    (x, y), (one, most) = cross.get_xydata()[0], rising.get_ydata()
    assert one * x == pytest.approx(y) == flat.get_ydata()[0]
    assert most == one * rising.get_xdata()[1] and limit.get_xdata()[0] == 1024 < x
