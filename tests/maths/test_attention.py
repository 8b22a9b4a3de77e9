"""One head, its mask and its cache, the norm, rotary places, and the counts.

Authorities: torch's scaled_dot_product_attention, MultiheadAttention and LayerNorm,
transformers' RoFormer, the rotary code that Llama was published with, closed forms, and
counting what torch's own layers hold.
"""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn
from torch.nn import functional as F

from helpers.maths.attention import (
    attend,
    cache_bytes,
    cached_step,
    causal_mask,
    count_parameters,
    layer_norm,
    multiplications,
    rotate,
    scores,
)
from helpers.maths.loss import softmax

INF = math.inf
lengths = st.integers(1, 9)
seeds = st.integers(0, 10_000)


def draw(seed, *shapes):
    """Normal numbers of each shape."""
    rng = np.random.default_rng(seed)
    return [rng.normal(size=shape) for shape in shapes]


def tensors(*arrays):
    return [torch.tensor(array) for array in arrays]


# ---- one head


def test_scores_by_hand():
    """By hand: √4 = 2, so that (4 + 2)/2 = 3 and (2 + 0)/2 = 1."""
    found = scores([[2, 1, 0, 0]], [[2, 2, 5, 5], [1, 0, -9, 0]])
    np.testing.assert_array_equal(found, [[3, 1]])


@given(lengths, lengths, lengths, lengths, seeds)
@settings(max_examples=60)
def test_softmax_of_scores_is_torchs_attention_without_a_mask(N, M, d, dv, seed):
    """Authority: torch's scaled_dot_product_attention."""
    q, k, v = draw(seed, (N, d), (M, d), (M, dv))
    wanted = F.scaled_dot_product_attention(*tensors(q, k, v))
    np.testing.assert_allclose(softmax(scores(q, k)) @ v, wanted, atol=1e-12)


@given(lengths, lengths, lengths, seeds)
@settings(max_examples=60)
def test_attend_is_torchs_causal_attention(N, d, dv, seed):
    """Authority: torch's scaled_dot_product_attention with is_causal."""
    q, k, v = draw(seed, (N, d), (N, d), (N, dv))
    wanted = F.scaled_dot_product_attention(*tensors(q, k, v), is_causal=True)
    np.testing.assert_allclose(attend(q, k, v), wanted, atol=1e-12)


@given(lengths, lengths, seeds)
@settings(max_examples=30)
def test_attend_is_a_head_of_multihead_attention(N, heads, seed):
    """Authority: torch's MultiheadAttention; each head attends by itself."""
    D = heads * 3
    x, W, W_out = draw(seed, (N, D), (3 * D, D), (D, D))
    layer = nn.MultiheadAttention(D, heads, bias=False, dtype=torch.float64)
    with torch.no_grad():
        layer.in_proj_weight.copy_(torch.tensor(W))
        layer.out_proj.weight.copy_(torch.tensor(W_out))
    ahead = torch.ones(N, N, dtype=torch.bool).triu(1)
    wanted, _ = layer(*tensors(x, x, x), attn_mask=ahead)
    q, k, v = (np.split(x @ part.T, heads, axis=1) for part in np.split(W, 3))
    mixed = [attend(*head) for head in zip(q, k, v, strict=True)]
    found = np.concatenate(mixed, axis=1) @ W_out.T
    np.testing.assert_allclose(found, wanted.detach(), atol=1e-9)


@given(lengths, seeds)
def test_the_mask_is_numpys_upper_triangle(N, seed):
    """Authority: np.triu_indices and np.tril_indices; a copy is changed."""
    (z,) = draw(seed, (N, N))
    before = z.copy()
    masked = causal_mask(z)
    assert (masked[np.triu_indices(N, 1)] == -INF).all()
    np.testing.assert_array_equal(masked[np.tril_indices(N)], z[np.tril_indices(N)])
    np.testing.assert_array_equal(z, before)
    np.testing.assert_array_equal(causal_mask(masked), masked)


@given(st.integers(2, 9), lengths, seeds, st.data())
@settings(max_examples=40)
def test_no_row_looks_ahead(N, d, seed, data):
    """Authority: other words from one place on; the rows before keep every digit."""
    place = data.draw(st.integers(1, N - 1))
    q, k, v = draw(seed, (N, d), (N, d), (N, 3))
    before = attend(q, k, v)
    for table in (q, k, v):
        table[place:] = table[place:][:, ::-1] + 1
    after = attend(q, k, v)
    np.testing.assert_array_equal(after[:place], before[:place])
    assert not np.allclose(after[place:], before[place:])


# ---- the cache


@given(lengths, lengths, lengths, seeds)
@settings(max_examples=40)
def test_cached_steps_are_the_rows_of_attend(N, d, dv, seed):
    """Authority: attend on the whole text, one word after the other, from nothing."""
    q, k, v = draw(seed, (N, d), (N, d), (N, dv))
    whole = attend(q, k, v)
    keys, values = np.zeros((0, d)), np.zeros((0, dv))
    for n in range(N):
        kept = keys.copy(), values.copy()
        mix, new_keys, new_values = cached_step(q[n], k[n], v[n], keys, values)
        np.testing.assert_allclose(mix, whole[n], atol=1e-12)
        np.testing.assert_array_equal(keys, kept[0])  # nothing given is changed
        np.testing.assert_array_equal(values, kept[1])
        keys, values = new_keys, new_values
    np.testing.assert_array_equal(keys, k)
    np.testing.assert_array_equal(values, v)


def test_an_empty_list_is_an_empty_cache():
    """By hand: with itself alone to look at, a word gets its own value."""
    mix, keys, values = cached_step([1, 2], [3, 4], [5, 6, 7], [], [])
    np.testing.assert_array_equal(mix, [5, 6, 7])
    assert (keys.tolist(), values.tolist()) == ([[3, 4]], [[5, 6, 7]])


@pytest.mark.parametrize(
    "layers, kv_heads, head_width, context, bytes_each",
    [(2, 4, 12, 64, 4), (3, 2, 5, 7, 2)],
)
def test_cache_bytes_are_what_torch_holds(
    layers, kv_heads, head_width, context, bytes_each
):
    """Authority: torch's nbytes of the tensors themselves."""
    kind = {2: torch.float16, 4: torch.float32}[bytes_each]
    kept = torch.zeros(layers, 2, kv_heads, context, head_width, dtype=kind)
    args = layers, kv_heads, head_width, context, bytes_each
    assert cache_bytes(*args) == kept.nbytes


def test_the_caches_of_the_text():
    """By hand: 2 · 96 · 96 · 128 · 2048 · 2 bytes; 8 key heads are a twelfth."""
    assert cache_bytes(96, 96, 128, 2048) == 9 * 2**30  # 9 GiB
    assert cache_bytes(96, 8, 128, 2048) * 12 == cache_bytes(96, 96, 128, 2048)
    assert cache_bytes(2, 4, 12, 64, 4) == 49_152


# ---- the norm


@given(st.lists(st.integers(1, 5), min_size=0, max_size=3), lengths, seeds)
@settings(max_examples=60)
def test_layer_norm_is_torchs(before, D, seed):
    """Authority: torch's LayerNorm, for any number of axes before the last."""
    x, gain, shift = draw(seed, (*before, D), (D,), (D,))
    x = 100 * x - 30
    wanted = F.layer_norm(*tensors(x), (D,), *tensors(gain, shift))
    np.testing.assert_allclose(layer_norm(x, gain, shift), wanted, atol=1e-9)


def test_layer_norm_by_hand():
    """By hand: 2, 4, 6, 8 have the mean 5 and the variance (9 + 1 + 1 + 9)/4 = 5."""
    found = layer_norm([2, 4, 6, 8], np.ones(4), np.zeros(4))
    np.testing.assert_allclose(found, np.array([-3, -1, 1, 3]) / math.sqrt(5), 1e-5)
    np.testing.assert_array_equal(layer_norm([7, 7], [3, 3], [1, 2]), [1, 2])


# ---- rotary places


def llamas_rotary(x, place, base):
    """apply_rotary_emb as published with Llama (facebookresearch/llama, model.py)."""
    d = x.shape[-1]
    speeds = 1.0 / (base ** (torch.arange(0, d, 2).double() / d))
    angles = torch.outer(place, speeds)  # (N, d/2)
    turns = torch.polar(torch.ones_like(angles), angles)  # complex
    pairs = torch.view_as_complex(x.reshape(len(x), -1, 2))
    return torch.view_as_real(pairs * turns).flatten(1)


@given(lengths, st.integers(1, 6), st.sampled_from([10.0, 1e4, 5e5]), seeds)
@settings(max_examples=60)
def test_rotate_is_llamas(N, half, base, seed):
    """Authority: the code that Llama was published with."""
    (x,) = draw(seed, (N, 2 * half))
    place = np.arange(N) + seed % 50
    wanted = llamas_rotary(*tensors(x, place.astype(float)), base)
    np.testing.assert_allclose(rotate(x, place, base), wanted, atol=1e-12)
    for row, turned, at in zip(x, wanted, place, strict=True):
        np.testing.assert_allclose(rotate(row, int(at), base), turned, atol=1e-12)


@pytest.mark.parametrize("d", [2, 8, 12])
def test_rotate_is_roformers(d):
    """Authority: RoFormer, the model of the paper, in transformers (float32)."""
    from transformers.models.roformer import modeling_roformer as roformer

    table = roformer.RoFormerSinusoidalPositionalEmbedding(40, d).create_weight()
    q, k = draw(d, (40, d), (40, d))
    turn = roformer.RoFormerSelfAttention.apply_rotary_position_embeddings
    for found, wanted in zip((q, k), turn(table, *tensors(q, k)), strict=True):
        np.testing.assert_allclose(rotate(found, np.arange(40)), wanted, atol=1e-5)


@given(st.integers(1, 32), st.integers(0, 2000), st.integers(0, 2000), seeds)
@settings(max_examples=60)
def test_rotated_scores_depend_on_the_distance_alone(half, m, n, seed):
    """Closed form: turning both by the same angle keeps every dot product."""
    q, k = draw(seed, 2 * half, 2 * half)
    found = rotate(q, m) @ rotate(k, n)
    assert found == pytest.approx(rotate(q, m + 1000) @ rotate(k, n + 1000), abs=1e-9)
    assert found == pytest.approx(rotate(q, m - n) @ k, abs=1e-9)
    assert np.linalg.norm(rotate(q, m)) == pytest.approx(np.linalg.norm(q))


def test_rotate_by_hand():
    """School geometry: a right angle sends (1, 0) to (0, 1); pairs are neighbours."""
    np.testing.assert_allclose(rotate([1, 0], math.pi / 2), [0, 1], atol=1e-12)
    found = rotate([1, 0, 1, 0], math.pi, base=16.0)  # the second at a quarter of it
    half = math.sqrt(0.5)
    np.testing.assert_allclose(found, [-1, 0, half, half], atol=1e-12)
    np.testing.assert_array_equal(rotate([3, 4], 0), [3, 4])


# ---- counting


def held(vocabulary, context, width, layers):
    """The parameters of torch's own layers, put together in GPT-2's shape."""
    block = nn.TransformerEncoderLayer(width, 1, dim_feedforward=4 * width)
    parts = [
        nn.Embedding(vocabulary, width),
        nn.Embedding(context, width),
        *[block] * layers,
        nn.LayerNorm(width),
    ]
    return sum(p.numel() for part in parts for p in part.parameters())


@given(st.integers(1, 50), st.integers(1, 20), st.integers(1, 6), st.integers(1, 4))
@settings(max_examples=30)
def test_parameters_are_what_torchs_layers_hold(vocabulary, context, width, layers):
    """Authority: numel of torch's Embedding, TransformerEncoderLayer, LayerNorm."""
    args = vocabulary, context, width, layers
    assert count_parameters(*args) == held(*args)


def test_the_counts_of_the_text():
    """GPT-2 small as published (Radford and others 2019), and the course's model."""
    assert count_parameters(50257, 1024, 768, 12) == 124_439_808
    assert count_parameters(96, 64, 48, 2) == 64_320


@given(st.integers(1, 40), st.integers(1, 12), st.integers(1, 6), st.integers(1, 3))
@settings(max_examples=30)
def test_multiplications_are_those_of_the_matrices(V, N, D, L):
    """Authority: the shapes of every matrix product of one step, N words looked at."""
    matrices = L * [(D, 3 * D), (D, D), (D, 4 * D), (4 * D, D)] + [(D, V)]
    looking = L * [(N, D), (N, D)]  # the scores, and the mix, of all heads together
    wanted = sum(a * b for a, b in matrices), sum(a * b for a, b in looking)
    assert multiplications(V, N, D, L) == wanted


@pytest.mark.parametrize(
    "V, D, L, crossing", [(96, 48, 2, 312), (50257, 768, 12, 6702)]
)
def test_where_the_two_parts_cross(V, D, L, crossing):
    """Closed form: N = 6D + V/(2L), 312 for our model and 6,702 for GPT-2 small."""
    assert int(6 * D + V / (2 * L)) == crossing
    linear, growing = multiplications(V, crossing, D, L)
    assert growing <= linear < multiplications(V, crossing + 1, D, L)[1]


# ---- what a reader may get wrong

TWO = np.ones((2, 4))
BAD = [
    (lambda: scores([1, 2], [[1, 2]]), "queries must be a table of rows and columns"),
    (
        lambda: scores([[1, 2]], [[1, 2, 3]]),
        "keys must be as wide as queries, 2, but its",
    ),
    (lambda: scores([[1, INF]], [[1, 2]]), "queries holds an infinity"),
    (lambda: scores([[1, 2]], [[1, INF]]), "keys holds an infinity"),
    (lambda: scores([[1, 2]], []), "keys is empty"),
    (lambda: scores([[1, 2]], [["a", "b"]]), "keys must hold numbers"),
    (lambda: scores([[1, math.nan]], [[1, 2]]), "queries holds nan"),
    (lambda: causal_mask([[1, 2, 3], [4, 5, 6]]), "as many columns as rows"),
    (lambda: causal_mask([1, 2]), "scores must be a table"),
    (lambda: causal_mask([[INF]]), "only -inf"),
    (lambda: attend(TWO, TWO[:1], TWO), "keys must have as many rows as queries, 2,"),
    (lambda: attend(TWO, TWO[:, 1:], TWO), "keys must be as wide as queries, 4,"),
    (lambda: attend(TWO, TWO, TWO[:1]), "values must have as many rows as keys, 2"),
    (lambda: cached_step([1, 2], [1], [1], [], []), "key must be as wide as query, 2"),
    (lambda: cached_step([[1]], [1], [1], [], []), "query must be one row of numbers"),
    (
        lambda: cached_step([1], [1], [1], [[1, 2]], [[1]]),
        "keys must be as wide as key, 1,",
    ),
    (
        lambda: cached_step([1], [1], [1], [[1]], []),
        "values must have as many rows as keys,",
    ),
    (
        lambda: cached_step([1], [1], [1], [[1]], [[1, 2]]),
        "values must be as wide as value",
    ),
    (lambda: cached_step([1], [1], [1], [[1], [1, 2]], []), "rows of equal length"),
    (lambda: layer_norm(3, [1], [1]), "x must be a list or an array"),
    (lambda: layer_norm([1, 2], [1], [0, 0]), "gain must be as wide as x, 2, but"),
    (lambda: layer_norm([1, 2], [1, 1], [[0, 0]]), "shift must be one row"),
    (lambda: layer_norm([1, 2], [1, 1], [0, 0], 0), "eps must be a small number above"),
    (lambda: layer_norm([1, INF], [1, 1], [0, 0]), "x holds an infinity"),
    (lambda: rotate([1, 2, 3], 1), "x must be even in width"),
    (lambda: rotate([[[1, 2]]], 1), "one vector, or a table"),
    (lambda: rotate([[1, 2], [3, 4]], [1, 2, 3]), "each of the 2 rows of x, but its"),
    (lambda: rotate([1, 2], [1]), "place must be one number, but its shape is"),
    (lambda: rotate([1, 2], INF), "place holds an infinity"),
    (lambda: rotate([1, 2], 1, base=0), "base must be finite and at least 1, not 0"),
    (lambda: count_parameters(0, 1, 1, 1), "vocabulary must be at least 1, not 0"),
    (lambda: count_parameters(96, 64, 48.5, 2), "width must be a whole number"),
    (lambda: multiplications(96, 0, 48, 2), "context_so_far must be at least 1"),
    (lambda: cache_bytes(2, 4, 12, 64, 0.5), "bytes_each must be a whole number"),
]


@pytest.mark.parametrize("call, said", BAD)
def test_bad_input_gets_a_sentence(call, said):
    with pytest.raises(ValueError, match=said) as caught:
        call()
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence
