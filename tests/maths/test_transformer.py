"""The Transformer. Authorities: torch's attention, transformers' GPT-2, the grammar."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from helpers import language
from helpers.maths import transformer

SMALL = transformer.Config(vocabulary=11, context=12, width=12, layers=2, heads=3)
FLOOR = language.entropy_per_word()


def wild(config=SMALL, seed=0):
    """A model with weights so large that every part of it counts."""
    model = transformer.Transformer(config, seed)
    random = torch.Generator().manual_seed(seed)
    for name, w in model.named_parameters():
        std = 1 if name.startswith(("words", "places")) else 0.3
        nn.init.normal_(w, std=std, generator=random)
    return model.eval()


def some_ids(*shape, seed=0, config=SMALL):
    random = torch.Generator().manual_seed(seed)
    return torch.randint(1, config.vocabulary, shape, generator=random)


# ---- the same as others


GPT2 = {"words": "wte", "places": "wpe", "blocks": "h", "norm": "ln_f",
        "norm1": "ln_1", "qkv": "attn.c_attn", "out": "attn.c_proj",
        "norm2": "ln_2", "up": "mlp.c_fc", "down": "mlp.c_proj"}  # fmt: skip


def gpt2(model):
    """transformers' GPT-2 with the weights of `model`; it keeps matrices transposed."""
    from transformers import GPT2Config, GPT2LMHeadModel

    c = model.config
    theirs = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=c.vocabulary, n_positions=c.context, n_embd=c.width,
            n_layer=c.layers, n_head=c.heads, bos_token_id=0, eos_token_id=None,
            activation_function="gelu",
        )
    ).eval()  # fmt: skip
    state = {}
    for name, w in model.state_dict().items():
        key = ".".join(GPT2.get(part, part) for part in name.split("."))
        state[f"transformer.{key}"] = w.T if ".c_" in key and w.ndim == 2 else w
    state["lm_head.weight"] = model.words.weight
    theirs.load_state_dict(state)
    return theirs


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 5), st.integers(1, 12), st.integers(0, 99))
def test_the_logits_are_gpt2_s(B, T, seed):
    model, ids = wild(seed=seed), some_ids(B, T, seed=seed)
    with torch.no_grad():
        assert torch.allclose(model(ids), gpt2(model)(ids).logits, rtol=0, atol=1e-5)


@pytest.mark.parametrize("cache", [True, False])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_the_greedy_texts_are_gpt2_s(seed, cache):
    config = transformer.Config(vocabulary=30, context=40, width=12, heads=3)
    model = wild(config, seed)
    prompt = some_ids(5, seed=seed, config=config).tolist()
    start = torch.tensor([[0, *prompt]])
    theirs = gpt2(model).generate(
        start, attention_mask=torch.ones_like(start), max_new_tokens=30,
        do_sample=False, use_cache=cache, suppress_tokens=[0],
    )  # fmt: skip
    ours = transformer.write(model, prompt, no_end, 30, cache=cache)
    assert len(set(ours[5:])) > 3
    assert [0, *ours] == theirs[0].tolist()


def no_end(p):
    """The most probable word that is not [end]."""
    return 1 + int(np.argmax(p[1:]))
