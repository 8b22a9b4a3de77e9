"""Training that goes on: from a trained model to a new text, one step at a time."""

import copy
from dataclasses import replace

import torch
from torch.nn import functional as F

from helpers.maths.models import held_out_loss
from helpers.maths.training import Step

KEPT = (1, 2, 5, 10, 20, 50, 100, 150, 200, 250)  # steps whose model is kept


def tune(model, new, total=300, *, batch=256, rate=2e-3, penalty=None, old=None,
         share=0.0, watch=None, every=25, seed=0):  # fmt: skip
    """Train a trained `model` on the text `new`: yields `total` Steps, as `training`.

    `new`, `old` and `watch` are (windows (N, K), targets (N,)). Each step draws
    `batch` windows of the new text, and `share` times as many of the old. The loss
    is that of the words, plus `penalty(model)`, which is not reported. Adam, at a
    rate that falls from `rate` to 0. The loss on `watch` is taken along after the
    first step, where most is still as it was, and then every so often.
    """
    random = torch.Generator().manual_seed(seed)
    again = torch.Generator().manual_seed(seed + 1)  # share 0 leaves `random` alone
    moving = [w for w in model.parameters() if w.requires_grad]
    adam = torch.optim.Adam(moving, lr=rate)
    for step in range(1, total + 1):
        adam.param_groups[0]["lr"] = rate * (1 - (step - 1) / total)
        windows, targets = _batch(new, old, batch, share, random, again)
        loss = F.cross_entropy(model(windows), targets)
        adam.zero_grad()
        (loss if penalty is None else loss + penalty(model)).backward()
        adam.step()
        now = step % every == 0 or step in (1, total)
        seen = held_out_loss(model, watch) if now and watch is not None else None
        yield Step(step, total, loss.item(), seen)


def keep_copies(run, model, kept, at=KEPT):
    """Pass the steps of `run` on, and keep a copy of the model after some of them.

    `kept` is a dictionary {step: model}; step 0 is the model as it was.
    """
    kept[0] = copy.deepcopy(model)
    for step in run:
        if step.step in at or step.step == step.total:
            kept[step.step] = copy.deepcopy(model)
        yield step


def from_floors(run, new=0.0, old=0.0):
    """Pass the steps of `run` on with their losses as nats above two floors.

    The loss of a batch is above `new`, the loss on the watched text above `old`.
    """
    for step in run:
        seen = None if step.held_out is None else step.held_out - old
        yield replace(step, loss=step.loss - new, held_out=seen)


def _batch(new, old, batch, share, random, again):
    """One batch of the new text with some of the old: (B, K), (B,)."""
    some = torch.randint(len(new[1]), (batch,), generator=random)
    windows, targets = new[0][some], new[1][some]
    count = round(share * batch)
    if old is None or not count:
        return windows, targets
    some = torch.randint(len(old[1]), (count,), generator=again)
    return torch.cat([windows, old[0][some]]), torch.cat([targets, old[1][some]])


def tuned(model, new, total=300, **options):
    """A copy of `model` after `tune`; the model itself stays as it was."""
    model = copy.deepcopy(model)
    for _ in tune(model, new, total, **options):
        pass
    return model
