"""What a next word costs. Authority: torch's own count of the products."""

import pytest
import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from helpers.figures.attention.writing import (
    WITH,
    WITHOUT,
    products,
    seconds,
    ways,
    writing_time,
)
from helpers.maths.transformer import Config, Transformer


@pytest.mark.parametrize("context", [1, 16, 60])
def test_products(context):
    model = Transformer(Config(layers=3))
    found = products(model.config, context)
    answers = []
    with torch.no_grad():
        for name, ask in ways(model, context).items():
            counter = FlopCounterMode(display=False)  # two for each: times, plus
            with sdpa_kernel(SDPBackend.MATH), counter:
                answers.append(ask())
            assert found[name] == counter.get_total_flops() / 2
    again, one = answers
    assert torch.allclose(again, one, atol=1e-6)


def test_one_word_alone_costs_the_same_either_way():
    found = products(Config(), 1)
    assert found[WITH] == found[WITHOUT] == 59_904 + 192


def test_time_is_measured_and_not_told():
    model = Transformer(Config(width=8, layers=1))
    assert min(seconds(model, 3).values()) > 0
    shown = writing_time(model)
    assert not any(c.isdigit() for c in shown.alt_text())
    for ax in shown._fig.axes:
        rising, flat = ax.get_lines()
        assert len(rising.get_ydata()) == len(flat.get_ydata()) == 5
        assert rising.get_label() == WITHOUT or ax is shown._fig.axes[1]


def test_without_a_cache_the_reader_s_machine_takes_longer():
    """By more than twice at 512 words, where 500 times as much is multiplied."""
    found = seconds(Transformer(Config(context=512)), 512)
    assert found[WITHOUT] > 2 * found[WITH]
