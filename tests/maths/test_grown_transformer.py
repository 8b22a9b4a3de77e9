"""The Transformer that grows in notebook 07 is the one of helpers.

Authority: maths.transformer, itself tested against GPT-2. The cells are run as they
stand in the notebook.
"""

import pytest
import torch

from helpers.maths import transformer
from tests.notebooks import cells, lines_of_code

GROWS = ("def look", "class Block", "def ask", "def think", "class Transformer")


def grown():
    """The cells that write a part of it: (their sources, what they define)."""
    code = [cell.source for cell in cells("07_attention", "code")]
    sources = [source for source in code if source.startswith(GROWS)]
    scope = {"torch": torch, "nn": torch.nn}
    for source in sources:
        exec(source, scope)
    return sources, scope


SOURCES, SCOPE = grown()


def test_it_is_short_as_its_notebook_says():
    assert len(SOURCES) == len(GROWS)
    assert sum(len(lines_of_code(source)) for source in SOURCES) <= 60


@pytest.mark.parametrize("T", [1, 2, 41, 64])
def test_the_logits_are_those_of_helpers(T):
    model = transformer.Transformer(seed=T)
    c = model.config
    other = SCOPE["Transformer"](c.vocabulary, c.context, c.width, c.layers, c.heads)
    other.load_state_dict(model.state_dict())
    ids = torch.randint(96, (3, T), generator=torch.Generator().manual_seed(T))
    with torch.no_grad():
        assert torch.allclose(other(ids), model(ids), rtol=0, atol=1e-5)
