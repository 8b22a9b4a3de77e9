"""Training as a generator: each step is one `next()`, and whoever asks may stop.

The generator computes and nothing else. A loop, a test or the training panel asks it
for steps, draws what it likes, and can stop after any of them: the model is usable at
every moment, as a step is never left half-done.
"""

from dataclasses import dataclass

from helpers.maths.inputs import positive


@dataclass(frozen=True)
class Step:
    """What one step of training left; losses in nats a word."""

    step: int  # counted from 1
    total: int
    loss: float  # of this step's batch
    held_out: float | None = None  # measured every so often, and at the end
    sample: str | None = None  # what the model writes, at the same moments


def steps(model, data, total, *, batch=512, rate=5e-3, warm=0.0, betas=(0.9, 0.999),
          held_out=None, every=50, sample=None, seed=0):  # fmt: skip
    """Train `model` on ``data``, a pair (inputs, targets): yields `total` Steps.

    The data are windows (N, K) with the word after each (N,), or stories (N, T) with
    the word after each place (N, T). Each step draws `batch` of the N at random, with
    `seed`, and moves the weights once by Adam with its `betas`. The learning rate falls
    from `rate` to 0 in a straight line, so that the last steps settle; before that it
    climbs from 0 for `warm`, a part of the steps. Every `every` steps and at the end
    the loss on `held_out`, data of the same form, and the text of `sample()` are taken
    along. Raises TypeError or ValueError at once where the input cannot be trained on.
    """
    from torch.optim import Adam

    _check(model, data, total, batch, rate, every, warm)
    if held_out is not None:
        _check_data(held_out, "held_out")
    # Here, not at the first step: torch loads a second or two of itself for this.
    # Fused, all weights move in one pass; it saves a tenth of the step.
    adam = Adam(model.parameters(), lr=rate, betas=betas, fused=True)
    rates = (rate * _part(step / total, warm) for step in range(total))
    return _steps(model, adam, data, total, batch, rates, held_out, every, sample, seed)


def _part(done, warm):
    """The part of the learning rate, when a part of the steps is done."""
    return done / warm if done < warm else (1 - done) / (1 - warm)


def _steps(model, adam, data, total, batch, rates, held_out, every, sample, seed):
    import torch

    from helpers.maths import models

    inputs, targets = data  # (N, K), (N,) or (N, T), (N, T)
    weights, random = list(model.parameters()), torch.Generator().manual_seed(seed)
    for step, rate in enumerate(rates, start=1):
        adam.param_groups[0]["lr"] = rate
        some = torch.randint(len(targets), (batch,), generator=random)  # (B,)
        loss = models.loss(model, inputs[some], targets[some])
        for w in weights:  # adam.zero_grad() takes longer for the same
            w.grad = None
        loss.backward()
        adam.step()
        now = step % every == 0 or step == total
        seen = None
        if now and held_out is not None:
            seen = models.held_out_loss(model, held_out)
        text = sample() if now and sample else None
        yield Step(step, total, loss.item(), seen, text)


def _check(model, data, total, batch, rate, every, warm):
    if not list(getattr(model, "parameters", list)()):
        raise TypeError(
            f"Only a torch model with weights can be trained, not {model!r}."
        )
    for name, value in (("total", total), ("batch", batch), ("every", every)):
        positive(value, name)
    if not rate > 0:
        raise ValueError(f"The learning rate must be above 0, not {rate!r}.")
    if not 0 <= warm < 1:
        raise ValueError(
            f"warm is the part of the steps in which the rate climbs: from 0 to below "
            f"1, not {warm!r}."
        )
    _check_data(data, "data")


def _check_data(data, name):
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError(f"{name} must be a pair: windows, targets.")
    windows, targets = data
    if len(windows) != len(targets) or len(targets) == 0:
        raise ValueError(
            f"{name} must hold as many windows as targets, and at least one, "
            f"not {len(windows)} and {len(targets)}."
        )
