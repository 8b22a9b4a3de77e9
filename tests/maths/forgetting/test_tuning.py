"""Going on with a trained model: penalties, replay, and what is kept on the way."""

import copy

import pytest
import torch

from helpers.maths.forgetting.measure import distance
from helpers.maths.forgetting.remedies import fisher, weights_of
from helpers.maths.forgetting.tuning import from_floors, keep_copies, tune, tuned
from helpers.maths.models import WindowMLP

V, K = 6, 3


def text(seed, shift):
    windows = torch.randint(V, (300, K), generator=torch.Generator().manual_seed(seed))
    return windows, (windows[:, -1] + shift) % V


OLD, NEW = text(0, 1), text(1, 2)


@pytest.fixture(scope="module")
def start():
    model = WindowMLP(V=V, window=K, width=4, hidden=8)
    return tuned(model, OLD, 100, batch=64, rate=0.02)


def same(one, other):
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(a, b) for a, b in pairs)


def test_ewc_of_strength_zero_is_naive_fine_tuning_to_the_bit(start):
    """Authority: the run without a penalty."""
    old, information = weights_of(start), fisher(start, OLD[0])
    naive = tuned(start, NEW, 30, batch=32)
    nothing, something = (
        tuned(start, NEW, 30, batch=32,
              penalty=lambda m, s=s: s * distance(m, old, information))
        for s in (0, 100)
    )  # fmt: skip
    assert same(naive, nothing)
    assert not same(naive, something)


def test_a_share_of_zero_is_naive_fine_tuning_to_the_bit(start):
    assert same(tuned(start, NEW, 30), tuned(start, NEW, 30, old=OLD, share=0.0))
    assert not same(tuned(start, NEW, 30), tuned(start, NEW, 30, old=OLD, share=0.5))


def test_the_distance_counts_every_weight(start):
    """Authority: all weights moved by 1: half their number, or half the sum of F."""
    old, information = weights_of(start), fisher(start, OLD[0])
    moved = copy.deepcopy(start)
    with torch.no_grad():
        for w in moved.parameters():
            w += 1
    count = sum(w.numel() for w in old.values())
    assert distance(moved, old).item() == pytest.approx(count / 2, rel=1e-5)
    total = sum(float(f.sum()) for f in information.values())
    assert distance(moved, old, information).item() == pytest.approx(
        total / 2, rel=1e-4
    )


def test_a_strong_pull_keeps_the_old(start):
    """Authority: the loss on the old text, which must rise less."""
    from helpers.maths.models import held_out_loss

    old, information = weights_of(start), fisher(start, OLD[0])
    free = tuned(start, NEW, 60, rate=0.01)
    held = tuned(start, NEW, 60, rate=0.01,
                 penalty=lambda m: 1000 * distance(m, old, information))  # fmt: skip
    before, after, kept = (held_out_loss(m, OLD) for m in (start, free, held))
    assert before < kept < after - 0.5


def test_the_model_itself_stays(start):
    was = weights_of(start)
    tuned(start, NEW, 5)
    assert all(torch.equal(w, was[name]) for name, w in start.named_parameters())


def test_steps_are_kept_and_shifted(start):
    model, kept = copy.deepcopy(start), {}
    run = from_floors(tune(model, NEW, 12, watch=OLD, every=6), 1.0, 2.0)
    run = keep_copies(run, model, kept)
    steps = list(run)
    assert sorted(kept) == [0, 1, 2, 5, 10, 12]
    assert same(kept[0], start) and same(kept[12], model)
    plain = list(tune(copy.deepcopy(start), NEW, 12, watch=OLD, every=6))
    assert [s.loss for s in steps] == pytest.approx([s.loss - 1 for s in plain])
    seen = [(s.held_out, p.held_out) for s, p in zip(steps, plain, strict=True)]
    assert [a is None for a, _ in seen] == [k + 1 not in (1, 6, 12) for k in range(12)]
    assert all(a == pytest.approx(b - 2) for a, b in seen if a is not None)
