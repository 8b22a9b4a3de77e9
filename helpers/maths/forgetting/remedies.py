"""What keeps a network from forgetting: Fisher information, LoRA, frozen layers.

The formulas themselves, in NumPy or torch alike, are in `formulas`; here stands what
needs a network. A network's weights are named as torch names them.
"""

import copy

import torch
from torch import nn
from torch.func import functional_call, grad, jacrev, vmap
from torch.nn import functional as F

from helpers.maths.inputs import positive


def weights_of(model):
    """A copy of every weight by name, to come back to: {name: tensor}."""
    return {name: w.detach().clone() for name, w in model.named_parameters()}


def _scores(model):
    """f(weights, window) -> ln p of every word, (V,), of one window (K,)."""

    def scores(weights, window):
        logits = functional_call(model, weights, (window[None],))[0]  # (V,)
        return F.log_softmax(logits, dim=-1)

    return scores


@torch.no_grad()
def _drawn(model, windows, seed):
    """The next word (N,) of each window (N, K), drawn from the model itself."""
    p = torch.softmax(model(windows), dim=-1)  # (N, V)
    random = torch.Generator().manual_seed(seed)
    return torch.multinomial(p, 1, generator=random)[:, 0]


def gradients_of_each(model, windows, targets=None, seed=0):
    """The gradient of −ln p(target | window) for each window (K,) by itself.

    Windows (N, K), targets (N,) -> {name: (N, *shape of the weight)}. Without
    targets they are drawn by `seed` from the model's own distribution.
    """
    if targets is None:
        targets = _drawn(model, windows, seed)
    scores = _scores(model)
    each = vmap(grad(lambda w, x, t: F.nll_loss(scores(w, x), t)), (None, 0, 0))
    return each(weights_of(model), windows, targets)


def fisher(model, windows, targets=None, seed=0, chunk=128):
    """The diagonal of the Fisher information, sample by sample: {name: tensor}.

    The mean over windows (N, K) of the squared gradient of ln p(word | window), the
    word drawn by `seed` from the model's own distribution, or given as `targets`
    (N,). Kirkpatrick and others, 2017, equation 3 and after.
    """
    if targets is None:
        targets = _drawn(model, windows, seed)
    total = {name: torch.zeros_like(w) for name, w in model.named_parameters()}
    for x, t in zip(windows.split(chunk), targets.split(chunk), strict=True):
        for name, g in gradients_of_each(model, x, t).items():  # (chunk, *shape)
            total[name] += (g**2).sum(0)
    return {name: one / len(windows) for name, one in total.items()}


def exact_fisher(model, windows):
    """The same without drawing: every word of the vocabulary, weighed by its p.

    Costs V gradients a window (K,); windows (N, K).
    """
    scores, weights = _scores(model), weights_of(model)
    each = jacrev(scores)
    total = {name: torch.zeros_like(w) for name, w in weights.items()}
    for window in windows:
        p = scores(weights, window).exp()  # (V,)
        for name, g in each(weights, window).items():  # (V, *shape)
            total[name] += torch.tensordot(p, g**2, dims=1)
    return {name: one / len(windows) for name, one in total.items()}


def squared_mean_gradient(model, windows, targets):
    """What is often taken for the Fisher information, and is not: {name: tensor}.

    The square of the mean gradient over the batch, in place of the mean of squares.
    At the end of training the gradients cancel, so almost nothing is left.
    """
    loss = F.cross_entropy(model(windows), targets)
    names, weights = zip(*model.named_parameters(), strict=True)
    gradients = torch.autograd.grad(loss, weights)
    return {n: g.detach() ** 2 for n, g in zip(names, gradients, strict=True)}


def freeze_all_but(model, *parts):
    """A copy of the model in which only the named parts can move."""
    model = copy.deepcopy(model)
    known = dict(model.named_children())
    if not parts or not set(parts) <= set(known):
        raise ValueError(f"Name some of the parts {', '.join(known)}, not {parts}.")
    for name, part in known.items():
        part.requires_grad_(name in parts)
    return model


class LoRA(nn.Module):
    """A window MLP that stands still, with a low-rank pair beside each matrix.

    Every matrix W (out, in) becomes W + scale · B A, with A (r, in) at random and
    B (out, r) zero, so that nothing changes before training. ``on = False`` gives
    the old model back. Hu and others, 2021.
    """

    def __init__(self, model, rank, scale=1.0, seed=0):
        rank = positive(rank, "The rank")
        super().__init__()
        self.base = copy.deepcopy(model).requires_grad_(False)
        self.window, self.scale, self.on = model.window, scale, True
        self.A, self.B = nn.ParameterDict(), nn.ParameterDict()
        random = torch.Generator().manual_seed(seed)
        for name, part in self.base.named_children():
            out, inside = part.weight.shape
            start = torch.randn(rank, inside, generator=random)
            self.A[name] = nn.Parameter(start / inside**0.5)  # (r, in)
            self.B[name] = nn.Parameter(torch.zeros(out, rank))  # (out, r)

    def forward(self, windows):
        """Ids (B, K) -> logits (B, V)."""
        if not self.on:
            return self.base(windows)
        words, hidden, head = (self.base.embedding, self.base.hidden, self.base.head)
        rows = words(windows)  # (B, K, D)
        rows = rows + self.scale * self.B["embedding"][windows] @ self.A["embedding"]
        x = rows.flatten(1)  # (B, K * D)
        x = torch.tanh(hidden(x) + self._beside("hidden", x))
        return head(x) + self._beside("head", x)

    def _beside(self, name, x):
        return self.scale * (x @ self.A[name].T) @ self.B[name].T

    def merged(self):
        """The pairs added into the matrices: a plain model of the old size."""
        model = copy.deepcopy(self.base)
        with torch.no_grad():
            for name, part in model.named_children():
                part.weight += self.scale * self.B[name] @ self.A[name]
        return model.requires_grad_(True)
