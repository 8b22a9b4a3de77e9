"""Heads switched off.

Authority: the whole model with a hook that blanks a head's mix on its way into `out`,
and the exact losses of the grammar.
"""

import re

import numpy as np
import pytest
import torch

from helpers import language
from helpers.figures.attention.heads import BROKEN, switch_off_heads
from helpers.figures.attention.maps import STORIES, Reading
from helpers.maths.transformer import Config, Transformer
from tests.pictures import crowded

OFFS = [[], [(0, 1)], [(1, 0)], [(0, 0), (1, 1)], [(0, 0), (0, 1), (1, 0), (1, 1)]]


@pytest.fixture(scope="module")
def model():
    """Small and untrained, with weights large enough for heads to matter."""
    model = Transformer(Config(width=12, heads=2))
    with torch.no_grad():
        for block in model.blocks:
            block.qkv.weight.mul_(40)
            block.out.weight.mul_(40)
        model.words.weight.mul_(20)
    return model


@pytest.fixture(scope="module")
def live(model):
    return switch_off_heads(model)


def losses(model, one, off):
    """Nats a word with the mixes of some heads set to 0: (T,)."""
    d = model.config.width // model.config.heads
    hooks = []
    for layer, head in off:

        def blank(part, given, head=head):
            mix = given[0].clone()  # (1, T, D)
            mix[..., head * d : (head + 1) * d] = 0
            return (mix,)

        hooks.append(model.blocks[layer].out.register_forward_pre_hook(blank))
    with torch.no_grad():
        p = model(torch.tensor(one.ids)[None])[0].double().log_softmax(1)
    for hook in hooks:
        hook.remove()
    return -p[range(len(one.ids)), one.targets].numpy()


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("off", OFFS)
def test_what_is_shown(live, model, story, off):
    on = {f"h{i}_{k}": (i, k) not in off for i in (0, 1) for k in (0, 1)}
    worth, most = live.move(story=story, **on)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    one = Reading(STORIES[story])
    best = language.losses(one.targets)  # (T,)
    before, now = losses(model, one, []), losses(model, one, off)
    left, right = live._fig.axes
    shown = {}
    for text in left.texts:
        if re.fullmatch(r"−?\d+\.\d\d", text.get_text()):
            x, y = text.get_position()
            shown[int(x) + 6 * int(y)] = float(text.get_text().replace("−", "-"))
    for k, nats in enumerate(now - best):
        assert shown.get(k, 0) == pytest.approx(nats, abs=0.0055)
    sums = [best.sum(), before.sum(), now.sum()]
    assert [bar.get_height() for bar in right.patches] == pytest.approx(sums, abs=1e-4)
    a, b, c = (float(x) for x in re.findall(r"-?\d+\.\d\d", worth))
    assert [a, b] == pytest.approx([sums[2], sums[1]], abs=0.0055)
    assert c == pytest.approx(a - b, abs=1e-9)  # as the reader works it out
    rise = now - before
    framed = len(left.patches[-1].get_path().vertices) // 5
    assert framed == (rise > BROKEN).sum()
    if off:
        assert float(re.findall(r"= (-?[\d.]+)", most)[0]) == pytest.approx(
            rise.max(), abs=0.0105
        )
    else:
        assert c == 0 and "all heads are on" in most


def test_the_description_tells_nothing_that_was_trained(model):
    live = switch_off_heads(Transformer(model.config, seed=1))
    live.move(h0_1=False)
    said = live.alt_text()
    assert "head 2 of block 1 off" in said
    floor = language.losses(Reading(STORIES["a lost kite"]).targets).sum()
    assert re.findall(r"\d+\.\d+", said) == [f"{floor:.2f}"]
    assert np.isfinite(floor)
