"""The Transformer. Authorities: torch's attention, transformers' GPT-2, the grammar."""

from dataclasses import replace
from functools import partial

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from helpers import language
from helpers.maths import models, sampling, training, transformer
from helpers.maths.models import PADDING
from helpers.maths.transformer.model import shares
from tests.gpt2 import gpt2

SMALL = transformer.Config(vocabulary=11, context=12, width=12, layers=2, heads=3)
SIZES = {"B": st.integers(1, 4), "T": st.integers(1, 12), "seed": st.integers(0, 99)}


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


@settings(max_examples=40, deadline=None)
@given(H=st.integers(1, 4), d=st.integers(1, 8), hidden=st.booleans(), **SIZES)
def test_a_head_is_torch_s_attention(B, H, T, d, hidden, seed):
    random = torch.Generator().manual_seed(seed)
    q, k, v = torch.randn(3, B * H, T, d, generator=random, dtype=torch.float64)
    model = transformer.Transformer(replace(SMALL, causal=hidden)).double()
    ours = shares(q, k, model.mask(T)) @ v
    theirs = F.scaled_dot_product_attention(q, k, v, is_causal=hidden)
    assert torch.allclose(ours, theirs, rtol=0, atol=1e-12)


@pytest.mark.parametrize("causal", [True, False])
def test_the_maps_are_those_of_torch_s_heads(causal):
    """Authority: nn.MultiheadAttention with the weights of each layer."""
    config = replace(SMALL, causal=causal)
    model, ids = wild(config), some_ids(9)
    x = model.words(ids) + model.places.weight[:9]  # (T, D)
    hidden = torch.ones(9, 9).triu(1).bool() if causal else None
    for block, maps in zip(
        model.blocks, transformer.attention_maps(model, ids), strict=True
    ):
        theirs = nn.MultiheadAttention(12, 3)
        theirs.in_proj_weight, theirs.in_proj_bias = block.qkv.weight, block.qkv.bias
        theirs.out_proj = block.out
        now = block.norm1(x)
        mixed, weights = theirs(
            now, now, now, attn_mask=hidden, average_attn_weights=False
        )
        assert torch.allclose(maps, weights, atol=1e-6)
        assert torch.allclose(maps.sum(2), torch.ones(3, 9))
        x = x + mixed
        x = x + block.down(F.gelu(block.up(block.norm2(x))))


@settings(max_examples=20, deadline=None)
@given(**SIZES)
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


# ---- what it sees


@settings(max_examples=20, deadline=None)
@given(at=st.integers(0, 11), **SIZES)
def test_a_later_word_changes_nothing_before_it(B, T, at, seed):
    model, ids = wild(seed=seed), some_ids(B, T, seed=seed)
    at = min(at, T - 1)
    other = ids.clone()
    other[:, at] = ids[:, at] % 10 + 1  # another word than it was
    one, two = model(ids), model(other)
    assert torch.equal(one[:, :at], two[:, :at])
    assert not torch.allclose(one[:, at], two[:, at])


def test_without_the_mask_it_does():
    model, ids = wild(replace(SMALL, causal=False)), some_ids(1, 8)
    other = ids.clone()
    other[:, 7] = ids[:, 7] % 10 + 1
    assert not torch.allclose(model(ids)[:, 0], model(other)[:, 0])


@pytest.mark.parametrize("seed", range(5))
def test_without_places_one_layer_reads_a_bag(seed):
    model = wild(replace(SMALL, layers=1), seed).double()
    ids = some_ids(1, 12, seed=seed)
    random = torch.Generator().manual_seed(seed)
    mixed = torch.cat([ids[:, torch.randperm(11, generator=random)], ids[:, 11:]], 1)
    last, again = model(ids)[:, 11], model(mixed)[:, 11]
    assert not torch.allclose(last, again)  # with places the order counts
    nn.init.zeros_(model.places.weight)
    last, again = model(ids)[:, 11], model(mixed)[:, 11]
    assert torch.allclose(last, again, rtol=0, atol=1e-12)


# ---- the cache


@settings(max_examples=30, deadline=None)
@given(cuts=st.lists(st.integers(1, 5), max_size=11), **SIZES)
def test_words_read_bit_by_bit_are_those_read_at_once(B, T, cuts, seed):
    model, ids = wild(seed=seed), some_ids(B, T, seed=seed)
    cache, parts, done = transformer.Cache(SMALL, B), [], 0
    with torch.no_grad():
        for cut in [*cuts, T]:
            if done < T:
                parts.append(model(ids[:, done : done + cut], cache))
                done = min(T, done + cut)
                assert cache.length == done
        whole = model(ids)
        assert torch.allclose(torch.cat(parts, dim=1), whole, rtol=0, atol=1e-5)
        cache = transformer.Cache(SMALL)
        step = transformer.stepper(model, cache)
        alone = torch.stack([step(word) for word in ids[0].tolist()])
    assert cache.length == T
    assert torch.allclose(alone, whole[0], rtol=0, atol=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10), max_size=20), st.integers(1, 30), st.integers(0, 9))
def test_a_text_written_with_the_cache_is_that_without(prompt, most, seed):
    """Past the context, too, and the probabilities on the way."""
    model, heard = wild(seed=seed), {True: [], False: []}

    def choose(p, heard):
        heard.append(p)
        return no_end(p)

    texts = [
        transformer.write(model, prompt, partial(choose, heard=heard[c]), most, cache=c)
        for c in (True, False)
    ]
    assert texts[0] == texts[1] and len(texts[0]) == len(prompt) + most
    assert np.allclose(heard[True], heard[False], rtol=0, atol=1e-6)


def test_the_text_ends_with_its_story():
    model = wild()
    text = transformer.write(model, [3], lambda p: 0, 9)
    assert text == [3, 0]


def test_past_the_context_the_older_half_is_dropped():
    """Authority: the model itself, read from the first place on."""
    model, ids = wild(), some_ids(30).tolist()
    answer = transformer.probabilities(model)
    for count in range(31):
        read = [0, *ids[:count]]  # at most 12, of which 6 go at once
        while len(read) > 12:
            read = read[6:]
        with torch.no_grad():
            logits = model(torch.tensor([read]))[0, -1].double()
        assert np.allclose(answer(ids[:count]), logits.softmax(0), rtol=0, atol=1e-6)


def test_a_story_begins_after_the_last_end():
    answer = transformer.probabilities(wild())
    assert np.allclose(answer([4, 0, 5, 0, 7, 8]), answer([7, 8]))
    assert np.allclose(answer([4, 0]), answer([]))


@pytest.mark.parametrize("causal", [True, False])
def test_rows_are_those_of_each_text(causal):
    answer = transformer.probabilities(wild(replace(SMALL, causal=causal)))
    texts = [[], [3], [1, 2, 3, 4], [5, 0, 6], list(range(1, 9)) * 3]
    rows = answer.rows(texts)
    assert rows.shape == (5, 11) and rows.dtype == np.float64
    assert np.allclose(rows.sum(axis=1), 1, rtol=0, atol=1e-12)
    for row, text in zip(rows, texts, strict=True):
        assert np.allclose(row, answer(text), rtol=0, atol=1e-6)


# ---- data and losses


@pytest.mark.parametrize(
    "text", [[3, 1, 0, 4, 0, 0, 1, 5, 2, 6, 0, 2, 2], [5, 0], [7], [0]]
)
def test_stories_are_those_of_a_naive_loop(text):
    inputs, targets = transformer.stories(text, 8)
    rows, story = [], []
    for word in text:
        story.append(word)
        if word == 0:
            rows.append(story)
            story = []
    rows += [story] if story else []
    longest = max(map(len, rows))
    for row, seen, wanted in zip(rows, inputs, targets, strict=True):
        filled = longest - len(row)
        assert wanted.tolist() == row + [PADDING] * filled
        assert seen.tolist()[: len(row)] == [0, *row[:-1]]
        assert len(seen) == longest and seen.min() >= 0


def test_no_text_is_no_story():
    inputs, targets = transformer.stories([], 8)
    assert inputs.shape == targets.shape == (0, 0)
    with pytest.raises(ValueError, match="no held-out text"):
        models.held_out_loss(wild(), (inputs, targets))


def test_the_course_s_stories_fit():
    inputs, targets = transformer.stories(language.held_out(), 64)
    assert inputs.shape == targets.shape == (5000, 41)
    assert (targets != PADDING).sum() == len(language.held_out())


def test_held_out_loss_is_the_mean_of_minus_ln_p(monkeypatch):
    """Authority: the model as a function, by the chain rule, a story at a time."""
    model, alone = wild(), [[3, 1, 0], [4, 0], [1, 5, 2, 6, 0], [2, 2, 9]]
    answer, text = transformer.probabilities(model), sum(alone, [])
    total = sum(sampling.sequence_loss(answer, story) for story in alone)
    data = transformer.stories(text, 12)
    assert models.held_out_loss(model, data) == pytest.approx(total / len(text))
    monkeypatch.setattr(models, "BATCH", 9)  # one story at a time
    assert models.held_out_loss(model, data) == pytest.approx(total / len(text))


HOW = {"batch": 12, "rate": 6e-3, "warm": 0.1, "betas": (0.9, 0.95)}


def trained(causal, seed):
    """(loss, exact loss) on 20,000 held-out words, after two seconds of training."""
    model = transformer.Transformer(transformer.Config(causal=causal), seed)
    data = transformer.stories(language.train()[:200_000], 64)
    for _ in training.steps(model, data, 250, seed=seed, **HOW):
        pass
    few = language.held_out()[:20_000]
    loss = models.held_out_loss(model, transformer.stories(few, 64))
    return loss, language.losses(few).mean()


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_model_that_reads_its_answers_falls_below_the_floor(seed):
    loss, floor = trained(False, seed)
    assert loss < floor - 0.2


def test_a_model_behind_the_mask_does_not():
    """Authority: the exact grammar; beating it by more than noise takes a leak."""
    loss, floor = trained(True, 0)
    assert floor - 0.01 < loss < floor + 0.5


# ---- heads, and what is refused


@pytest.mark.parametrize("heads", [[], [(0, 0)], [(1, 2)], [(0, 1), (1, 0), (1, 1)]])
def test_heads_that_are_switched_off_add_nothing(heads):
    """Authority: the same model, the values of these heads made 0 instead."""
    model, other, ids = wild(), wild(), some_ids(2, 9)
    before = model(ids)
    for layer, head in heads:
        with torch.no_grad():
            for w in (other.blocks[layer].qkv.weight, other.blocks[layer].qkv.bias):
                w[24 + 4 * head : 28 + 4 * head] = 0  # d = 4, behind 24 of Q and K
    less = transformer.without_heads(model, heads)
    assert torch.allclose(less(ids), other(ids), atol=1e-6)
    assert torch.equal(model(ids), before)
    assert torch.allclose(less(ids), before) == (not heads)


def test_the_same_seed_gives_the_same_start_and_torch_keeps_its_own():
    before = torch.get_rng_state()
    one, same, other = (transformer.Transformer(SMALL, s) for s in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    pairs = zip(one.parameters(), same.parameters(), strict=True)
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(one.words.weight, other.words.weight)


def test_one_matrix_for_the_words_is_counted_once():
    config, D = transformer.Config(), transformer.Config().width
    model = transformer.Transformer()
    block = 2 * 2 * D + (3 * D * D + 3 * D) + (D * D + D) + (8 * D * D + 5 * D)
    count = (96 + config.context) * D + config.layers * block + 2 * D
    assert sum(w.numel() for w in model.parameters()) == count


@pytest.mark.parametrize(
    "said, build",
    [
        ("multiple", lambda: transformer.Config(width=10, heads=3)),
        ("heads in Config must be at least 1", lambda: transformer.Config(heads=0)),
        ("width in Config .* whole", lambda: transformer.Config(width=4.0)),
        ("context is 12 words, and this text has 13",
         lambda: wild()(some_ids(1, 13))),
        ("Without a mask", lambda: wild(replace(SMALL, causal=False))(
            some_ids(1, 2), transformer.Cache(SMALL))),
        ("room for 1 of the 2 texts", lambda: wild()(
            some_ids(2, 2), transformer.Cache(SMALL))),
        ("more than the context of 3",
         lambda: transformer.stories([1, 2, 3, 0], 3)),
        ("outside the vocabulary",
         lambda: transformer.probabilities(wild())([1, 11])),
        ("outside the vocabulary",
         lambda: transformer.write(wild(), [1, 11], no_end, 3)),
        ("outside the vocabulary",
         lambda: transformer.write(wild(), [1], lambda p: 11, 3)),
        ("no head \\(2, 0\\)", lambda: transformer.without_heads(wild(), [(2, 0)])),
        ("no head \\(0, -1\\)", lambda: transformer.without_heads(wild(), [(0, -1)])),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(said, build):
    with pytest.raises(ValueError, match=f"{said}.*\\."):
        build()


def test_a_step_past_the_end_of_the_context_is_refused():
    model, cache = wild(), transformer.Cache(SMALL)
    with torch.no_grad():
        model(some_ids(1, 12), cache)
        with pytest.raises(ValueError, match="12 words.* 13.*newest"):
            model(some_ids(1, 1), cache)
        with pytest.raises(ValueError, match="12 words.* 13.*newest"):
            transformer.stepper(model, cache)(1)
    assert cache.length == 12
