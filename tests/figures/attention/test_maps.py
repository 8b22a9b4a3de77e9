"""What the heads of a Transformer look at.

Authorities: the model's own forward pass, its attention maps (tested against
transformers), and the grammar, asked word by word.
"""

import re

import numpy as np
import pytest
import torch

from helpers import language
from helpers.figures.attention.maps import START, STORIES, Reading, attention_map
from helpers.maths.transformer import Config, Transformer, attention_maps
from tests.pictures import crowded


@pytest.fixture(scope="module")
def model():
    return Transformer(Config(layers=3, heads=2, width=8))


@pytest.fixture(scope="module")
def live(model):
    return attention_map(model)


@pytest.mark.parametrize("name", STORIES)
def test_a_reading_is_the_grammar_s(name, model):
    one = Reading(STORIES[name])
    assert language.text(one.ids[1:]) == STORIES[name]
    for t in (0, 1, START, len(one.ids) - 1):
        exact = language.next_word(one.words[1 : t + 1])
        assert one.exact[t] == pytest.approx(exact, abs=1e-12)
    assert (one.exact[range(len(one.ids)), one.targets] > 0).all()
    with torch.no_grad():
        wanted = model(torch.tensor(one.ids)[None])[0].double().softmax(1)  # (T, V)
    assert one.given(model) == pytest.approx(wanted.numpy(), abs=1e-6)


def test_the_first_picture_asks_for_the_colour_of_a_lost_toy():
    one = Reading(STORIES["a lost kite"])
    assert one.words[START] == "the"
    assert language.VOCABULARY[one.targets[START]] == "red"
    assert one.exact[START, one.targets[START]] == pytest.approx(1)


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("place", [0, 1, START, 36])
@pytest.mark.parametrize("layer, head", [(1, 1), (3, 2)])
def test_what_is_shown(live, model, story, place, layer, head):
    looks, says = live.move(story=story, place=place, layer=layer, head=head)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    one = Reading(STORIES[story])
    t = min(place, len(one.ids) - 1)
    weights = attention_maps(model, one.ids)[layer - 1, head - 1, t].numpy()
    left, right = live._fig.axes
    shown = {}
    for text in left.texts:
        if re.fullmatch(r"0\.\d\d|1\.00", text.get_text()):
            x, y = text.get_position()
            shown[int(x) + 6 * int(y)] = float(text.get_text())
    assert len(shown) >= min(t + 1, 5)
    for k, weight in enumerate(weights):
        assert shown.get(k, 0) == pytest.approx(weight, abs=0.0051)
    best = one.words[int(weights.argmax())].replace(".", "full stop")
    assert f"most at: {best} {weights.max():.2f}" in looks
    q = one.given(model)[t]
    came = q[one.targets[t]]
    numbers = [float(x) for x in re.findall(r"\d\.\d+", says)]
    exact = one.exact[t, one.targets[t]]
    assert numbers == pytest.approx([came, exact, came, -np.log(came)], abs=0.0006)
    bars = [bar for bar in right.patches if bar.get_fill()]
    assert [bar.get_height() for bar in bars if bar.get_hatch()] == [came]


def test_the_description_tells_nothing_that_was_trained(model):
    other = Transformer(model.config, seed=1)
    assert attention_map(other).alt_text() == attention_map(model).alt_text()
