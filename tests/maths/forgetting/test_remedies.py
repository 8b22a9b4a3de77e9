"""Fisher information, LoRA and frozen layers, on networks small enough to check."""

import copy

import numpy as np
import pytest
import torch
from torch.nn import functional as F

from helpers.maths.forgetting import island
from helpers.maths.forgetting.remedies import (
    LoRA,
    exact_fisher,
    fisher,
    freeze_all_but,
    gradients_of_each,
    squared_mean_gradient,
    weights_of,
)
from helpers.maths.forgetting.tuning import tune, tuned
from helpers.maths.models import WindowMLP

V, K = 5, 3


def tiny(seed=0):
    return WindowMLP(V=V, window=K, width=2, hidden=3, seed=seed)


def data(count=200, seed=0):
    random = torch.Generator().manual_seed(seed)
    windows = torch.randint(V, (count, K), generator=random)
    return windows, (windows[:, -1] + 1) % V


def enumerated(model, windows):
    """Σ over windows and words of p(word) · (∂ ln p(word) / ∂w)², by plain autograd."""
    total = {name: torch.zeros_like(w) for name, w in model.named_parameters()}
    for window in windows:
        for word in range(V):
            model.zero_grad()
            log_p = F.log_softmax(model(window[None])[0], dim=-1)[word]
            log_p.backward()
            for name, w in model.named_parameters():
                total[name] += log_p.exp().detach() * w.grad**2
    return {name: one / len(windows) for name, one in total.items()}


def test_exact_fisher_is_the_enumeration():
    """Authority: every window with every word, by autograd."""
    model, (windows, _) = tiny(), data(6)
    expected = enumerated(model, windows)
    for name, found in exact_fisher(model, windows).items():
        torch.testing.assert_close(found, expected[name], rtol=1e-5, atol=1e-8)


def test_fisher_by_sample_is_the_enumeration_for_given_words():
    """Authority: summed over all words with their p, the sampled one is exact."""
    model, (windows, _) = tiny(), data(4)
    p = torch.softmax(model(windows), dim=-1).detach()  # (N, V)
    expected = enumerated(model, windows)
    total = {name: torch.zeros_like(w) for name, w in expected.items()}
    for n in range(len(windows)):
        for word in range(V):
            one = fisher(model, windows[n : n + 1], torch.tensor([word]))
            for name in total:
                total[name] += p[n, word] * one[name] / len(windows)
    for name in total:
        torch.testing.assert_close(total[name], expected[name], rtol=1e-4, atol=1e-7)


def test_drawing_comes_near_the_exact_fisher():
    """Authority: the law of large numbers, in a band of a tenth of the whole."""
    model, (windows, _) = tiny(), data(8)
    exact = exact_fisher(model, windows)
    drawn = fisher(model, windows.repeat(1000, 1), seed=1)
    for name in exact:
        whole = exact[name].sum()
        assert abs(drawn[name].sum() - whole) < 0.1 * whole


def test_the_wrong_fisher_is_far_too_small_for_a_trained_model():
    """Authority: at the least loss the mean gradient is next to 0, its square too."""
    model = tuned(tiny(), data(), 400, batch=200, rate=0.02)
    windows, _ = data()
    p = torch.softmax(model(windows), -1)
    words = torch.multinomial(p, 1, generator=torch.Generator().manual_seed(3))[:, 0]
    right = sum(f.sum() for f in fisher(model, windows, words).values())
    wrong = sum(f.sum() for f in squared_mean_gradient(model, windows, words).values())
    assert 0 < wrong < right / 20


def test_words_are_drawn_from_the_model_itself():
    """Authority: a model that is sure draws its most probable word."""
    model, (windows, _) = tiny(), data(20)
    model.head.weight.data *= 1000
    best = model(windows).argmax(-1)  # (N,)
    drawn = gradients_of_each(model, windows)
    for name, expected in gradients_of_each(model, windows, best).items():
        torch.testing.assert_close(drawn[name], expected)


def test_chunks_change_nothing():
    model, (windows, words) = tiny(), data(10)
    whole, parts = (fisher(model, windows, words, chunk=c) for c in (100, 3))
    for name in whole:
        torch.testing.assert_close(whole[name], parts[name])


def moved_lora(rank=2):
    lora = LoRA(WindowMLP(V=20, window=4, seed=1).double(), rank, scale=0.5).double()
    for B in lora.B.values():
        torch.nn.init.normal_(B, generator=torch.Generator().manual_seed(0))
    return lora, torch.randint(20, (50, 4))


@pytest.mark.parametrize("rank", [1, 2, 8])
def test_lora_merged_equals_unmerged(rank):
    """Authority: (W + s B A) x = W x + s B (A x), to 1e-6."""
    lora, windows = moved_lora(rank)
    torch.testing.assert_close(lora.merged()(windows), lora(windows), rtol=0, atol=1e-6)
    assert not torch.allclose(lora(windows), lora.base(windows))


def test_lora_switched_off_is_the_old_model_to_the_bit():
    lora, windows = moved_lora()
    lora.on = False
    assert torch.equal(lora(windows), lora.base(windows))


def test_lora_begins_as_the_old_model_and_leaves_its_weights_alone():
    model = tiny()
    was = weights_of(model)
    lora = LoRA(model, rank=2)
    windows, _ = data()
    torch.testing.assert_close(lora(windows), model(windows))
    for _ in tune(lora, data(), 5):
        pass
    for name, w in lora.base.named_parameters():
        assert torch.equal(w, was[name])
    assert any(B.abs().sum() > 0 for B in lora.B.values())


@pytest.mark.parametrize("rank", [0, -1, 1.5, True, None])
def test_a_rank_is_a_whole_number(rank):
    with pytest.raises(ValueError, match="rank"):
        LoRA(tiny(), rank)


def test_freezing_moves_the_named_parts_alone():
    model = freeze_all_but(tiny(), "head")
    was = weights_of(model)
    for _ in tune(model, data(), 3):
        pass
    for name, w in model.named_parameters():
        assert torch.equal(w, was[name]) is not name.startswith("head")
    with pytest.raises(ValueError, match="embedding, hidden, head"):
        freeze_all_but(model, "tail")


def test_a_copy_of_the_weights_does_not_move():
    model = tiny()
    was = weights_of(model)
    with torch.no_grad():
        model.head.weight += 1
    assert torch.equal(model.head.weight - 1, was["head.weight"]) or torch.allclose(
        model.head.weight - 1, was["head.weight"], atol=1e-6
    )
    assert not torch.equal(model.head.weight, was["head.weight"])


def test_readings_stand_alone():
    """Authority: a window built by hand from the sentence before the word."""
    windows, words = island.reading(12, 50)
    ids = island.NOTES.sample(50, 1)
    assert np.array_equal(words, ids)
    ends = np.flatnonzero(ids == 0)
    for k in (0, 3, ends[0] + 1, ends[4] + 3, len(ids) - 1):
        begin = max([e + 1 for e in ends if e < k], default=0)
        expected = ([0] * 12 + list(ids[begin:k]))[-12:]
        assert windows[k].tolist() == expected
    assert copy.deepcopy(windows).shape == (len(ids), 12)
