"""Training step by step. Authorities: torch's Adam in a plain loop, closed forms."""

import math

import pytest
import torch
from torch.nn import functional as F

from helpers.maths import models, training

IDS = [3, 1, 4, 1, 5, 2, 6] * 30


def small(seed=1):
    return models.WindowMLP(V=7, window=3, width=4, hidden=8, seed=seed)


def data():
    return models.windows(IDS, 3)


def weights(model):
    return torch.cat([p.detach().flatten() for p in model.parameters()])


@pytest.mark.parametrize("fused", [True, False])
def test_the_weights_are_those_of_a_plain_loop(fused):
    """To the bit; Adam written another way, not fused, rounds otherwise."""
    model, plain, (windows, targets) = small(), small(), data()
    for _ in training.steps(model, data(), 40, batch=16, rate=0.01, seed=5):
        pass
    adam = torch.optim.Adam(plain.parameters(), lr=0.01, fused=fused)
    random = torch.Generator().manual_seed(5)
    for step in range(40):
        for group in adam.param_groups:
            group["lr"] = 0.01 * (1 - step / 40)
        some = torch.randint(len(targets), (16,), generator=random)
        adam.zero_grad()
        F.cross_entropy(plain(windows[some]), targets[some]).backward()
        adam.step()
    off = (weights(model) - weights(plain)).abs().max()
    assert off == 0 if fused else off < 1e-6
    assert not torch.allclose(weights(model), weights(small()), atol=0.01)


def test_a_warm_rate_climbs_and_then_falls():
    """Authority: a plain loop, the rates written out."""
    model, plain, (windows, targets) = small(), small(), data()
    for _ in training.steps(model, data(), 8, rate=0.01, warm=0.5, betas=(0.8, 0.9)):
        pass
    adam = torch.optim.Adam(plain.parameters(), betas=(0.8, 0.9), fused=True)
    random = torch.Generator().manual_seed(0)
    for rate in (0, 0.0025, 0.005, 0.0075, 0.01, 0.0075, 0.005, 0.0025):
        adam.param_groups[0]["lr"] = rate
        some = torch.randint(len(targets), (512,), generator=random)
        adam.zero_grad()
        F.cross_entropy(plain(windows[some]), targets[some]).backward()
        adam.step()
    assert torch.allclose(weights(model), weights(plain), rtol=0, atol=1e-6)


def test_steps_are_counted_and_measured_when_asked():
    asked = []
    run = training.steps(
        small(), data(), 10, batch=8, every=4, held_out=data(),
        sample=lambda: asked.append(1) or "word",
    )  # fmt: skip
    steps = list(run)
    assert [s.step for s in steps] == list(range(1, 11))
    assert {s.total for s in steps} == {10}
    measured = [s.step for s in steps if s.held_out is not None]
    assert measured == [s.step for s in steps if s.sample == "word"] == [4, 8, 10]
    assert len(asked) == 3


def test_the_last_held_out_loss_is_that_of_the_model_left_behind():
    model = small()
    *_, last = training.steps(model, data(), 5, held_out=data())
    assert last.held_out == models.held_out_loss(model, data())


def test_it_learns_what_can_be_learnt():
    """Authority: the text repeats, three words tell the next one: its loss is 0."""
    model = small()
    first, *_, last = training.steps(model, data(), 300, batch=64, rate=0.02,
                                  held_out=data())  # fmt: skip
    assert first.loss == pytest.approx(math.log(7), abs=0.4)
    assert last.held_out < 0.05


def test_the_same_seed_gives_the_same_run_and_torch_keeps_its_own():
    before = torch.get_rng_state()
    runs = [[s.loss for s in training.steps(small(), data(), 6, batch=4, seed=seed)]
            for seed in (1, 1, 2)]  # fmt: skip
    assert runs[0] == runs[1] != runs[2]
    assert torch.equal(torch.get_rng_state(), before)


def test_stopping_early_leaves_a_usable_model():
    model = small()
    run = training.steps(model, data(), 100, batch=16)
    for _ in range(7):
        next(run)
    run.close()
    after = weights(model)
    assert torch.isfinite(after).all()
    assert models.probabilities(model)([1, 2]).sum() == pytest.approx(1)
    same = small()
    steps = training.steps(same, data(), 100, batch=16)
    for _ in range(7):
        next(steps)
    assert torch.equal(weights(same), after)  # no step is half-done


def test_nothing_is_trained_before_the_first_step():
    model = small()
    training.steps(model, data(), 10)
    assert torch.equal(weights(model), weights(small()))


@pytest.mark.parametrize(
    "error, said, build",
    [
        (ValueError, "total", lambda: training.steps(small(), data(), 0)),
        (ValueError, "total", lambda: training.steps(small(), data(), 2.5)),
        (ValueError, "batch", lambda: training.steps(small(), data(), 1, batch=0)),
        (ValueError, "every", lambda: training.steps(small(), data(), 1, every=0)),
        (ValueError, "above 0", lambda: training.steps(small(), data(), 1, rate=0)),
        (ValueError, "above 0",
         lambda: training.steps(small(), data(), 1, rate=math.nan)),
        (ValueError, "warm", lambda: training.steps(small(), data(), 1, warm=1)),
        (ValueError, "warm", lambda: training.steps(small(), data(), 1, warm=-0.1)),
        (ValueError, "as many",
         lambda: training.steps(small(), models.windows([], 3), 1)),
        (ValueError, "as many",
         lambda: training.steps(small(), (data()[0], data()[1][1:]), 1)),
        (ValueError, "held_out",
         lambda: training.steps(small(), data(), 1, held_out=models.windows([], 3))),
        (TypeError, "pair", lambda: training.steps(small(), data()[0], 1)),
        (TypeError, "weights", lambda: training.steps(print, data(), 1)),
    ],
)  # fmt: skip
def test_bad_input_is_refused_at_once_with_a_sentence(error, said, build):
    with pytest.raises(error, match=f"{said}.*\\."):
        build()
