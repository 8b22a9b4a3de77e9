"""Training as a generator: each step is one `next()`, and whoever asks may stop.

The generator computes and nothing else. A loop, a test or the training panel asks it
for steps, draws what it likes, and can stop after any of them: the model is usable at
every moment, as a step is never left half-done.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """What one step of training left; losses in nats a word."""

    step: int  # counted from 1
    total: int
    loss: float  # of this step's batch
    held_out: float | None = None  # measured every so often, and at the end
    sample: str | None = None  # what the model writes, at the same moments


def steps(model, data, total, *, batch=512, rate=5e-3, held_out=None, every=50,
          sample=None, seed=0):  # fmt: skip
    """Train `model` on ``data``, (windows (N, K), targets (N,)): yields `total` Steps.

    Each step draws `batch` windows at random, with `seed`, and moves the weights once
    by Adam. The learning rate falls from `rate` to 0 in a straight line, so that the
    last steps settle. Every `every` steps and at the end the loss on `held_out`, data
    of the same form, and the text of `sample()` are taken along.
    """
    import torch
    from torch.nn import functional as F

    from helpers.models import held_out_loss

    windows, targets = data
    random = torch.Generator().manual_seed(seed)
    adam = torch.optim.Adam(model.parameters(), lr=rate, fused=True)
    for step in range(1, total + 1):
        adam.param_groups[0]["lr"] = rate * (1 - (step - 1) / total)
        some = torch.randint(len(targets), (batch,), generator=random)  # (B,)
        loss = F.cross_entropy(model(windows[some]), targets[some])
        adam.zero_grad()
        loss.backward()
        adam.step()
        now = step % every == 0 or step == total
        yield Step(
            step, total, loss.item(),
            held_out_loss(model, held_out) if now and held_out is not None else None,
            sample() if now and sample else None,
        )  # fmt: skip
