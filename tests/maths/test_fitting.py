"""Fits with and without a penalty, and the bigram as a network.

Authority: scipy's minimiser, the conditions that the least point of an L1 penalty
meets (KKT), torch's gradient, and the counted bigram.
"""

import numpy as np
import pytest
from scipy.optimize import minimize

from helpers import language
from helpers.maths import ngrams
from helpers.maths.fitting import (
    KNOBS,
    X_HELD_OUT,
    Y_HELD_OUT,
    X,
    Y,
    fit,
    l1_step,
    l2_step,
    learning_curve,
    mean_squared_error,
    table_loss,
    table_slopes,
    truth,
    waves,
)
from helpers.maths.loss import numerical_gradient

V = len(language.VOCABULARY)
STRENGTHS = [0.001, 0.01, 0.03, 0.1, 0.15, 0.3, 0.7, 1.0, 3.0]


def counts_of(stories):
    text = language.train()
    return ngrams.pair_counts(text[: np.flatnonzero(text == 0)[stories - 1] + 1], V)


def test_the_points_lie_round_the_two_waves():
    for x, y in [(X, Y), (X_HELD_OUT, Y_HELD_OUT)]:
        assert len(x) == len(y) == 20 and (np.diff(x) >= 0).all()
        assert 0.35 < np.std(y - truth(x)) < 0.65
    assert truth(X) == pytest.approx(waves(X, 5) @ [0, 1, 0, 0, 0.8])


def test_no_penalty_is_least_squares():
    """Authority: the normal equations, solved."""
    for knobs in (1, 2, 5, 12):
        A = waves(X, knobs)
        assert fit(X, Y, knobs) == pytest.approx(np.linalg.solve(A.T @ A, A.T @ Y))


@pytest.mark.parametrize("strength", STRENGTHS)
def test_l2_is_the_least_point(strength):
    """Authority: the slope of loss + penalty is 0 there, and nowhere else."""
    w = fit(X, Y, l2=strength)
    mask = np.r_[0, np.ones(KNOBS - 1)]
    slopes = numerical_gradient(
        lambda v: mean_squared_error(v, X, Y) + strength * np.sum(mask * v**2), w
    )
    assert np.abs(slopes).max() < 1e-6
    assert (w != 0).all()  # it shrinks, and leaves no zeros


@pytest.mark.parametrize("strength", STRENGTHS)
def test_l1_is_the_least_point_with_exact_zeros(strength):
    """Authority: KKT. On a knob that is not 0 the slope of the loss balances the
    penalty; on one that is, it is no stronger than the penalty."""
    w = fit(X, Y, l1=strength)
    g = 2 * waves(X, KNOBS).T @ (waves(X, KNOBS) @ w - Y) / len(X)
    on = w[1:] != 0
    assert abs(g[0]) < 1e-9
    assert np.abs(g[1:] + strength * np.sign(w[1:]))[on].max(initial=0) < 1e-9
    assert np.abs(g[1:][~on]).max(initial=0) <= strength


def test_l1_agrees_with_scipy():
    """Authority: scipy, with w split into parts that are not negative."""
    A = waves(X, KNOBS)

    def loss(parts):
        w = np.r_[parts[0], parts[1:KNOBS] - parts[KNOBS:]]
        g = 2 * A.T @ (A @ w - Y) / len(X)
        value = np.mean((A @ w - Y) ** 2) + 0.3 * parts[1:].sum()
        return value, np.r_[g[0], g[1:] + 0.3, 0.3 - g[1:]]

    bounds = [(None, None)] + [(0, None)] * (2 * KNOBS - 2)
    exact = {"ftol": 1e-15, "gtol": 1e-10, "maxiter": 9999}
    start = np.zeros(2 * KNOBS - 1)
    best = minimize(loss, start, jac=True, bounds=bounds, options=exact)
    w = np.r_[best.x[0], best.x[1:KNOBS] - best.x[KNOBS:]]
    assert fit(X, Y, l1=0.3) == pytest.approx(w, abs=1e-4)
    assert list(np.flatnonzero(fit(X, Y, l1=0.3))) == [0, 1, 4]  # the two true waves


def test_steps_of_both_penalties_end_at_their_fit():
    """Authority: `fit`, whose least points are tested above."""
    A = waves(X, KNOBS)
    free = np.arange(KNOBS) == 0
    for step, named in [(l1_step, {"l1": 0.3}), (l2_step, {"l2": 0.3})]:
        w = np.zeros(KNOBS)
        for _ in range(5000):
            g = 2 * A.T @ (A @ w - Y) / len(X)
            w = np.where(free, w - 0.3 * g, step(w, g, 0.3, 0.3))
        assert w == pytest.approx(fit(X, Y, **named), abs=1e-6)


def test_steps_by_hand():
    """Authority: arithmetic, and the least point of (w − v)²/2r + s·|w| by search."""
    assert l2_step(0.5, 0, 0.1, 1) == pytest.approx(0.4)
    assert l1_step([0.5, 0.05, -0.5], [0, 0, 0], 0.1, 1) == pytest.approx(
        [0.4, 0, -0.4]
    )
    assert (l1_step([0.1, -0.1, 0.0], [0, 0, 0], 0.1, 1) == 0).all()
    grid = np.linspace(-2, 2, 400_001)
    for w, g in [(0.5, 1.0), (-0.3, 0.4), (0.05, 0.2), (0.02, -0.9)]:
        moved = w - 0.1 * g
        best = grid[np.argmin((grid - moved) ** 2 / 0.2 + 0.7 * np.abs(grid))]
        assert l1_step(w, g, 0.1, 0.7) == pytest.approx(best, abs=2e-5)


def test_table_loss_is_the_mean_over_the_words():
    """Authority: −ln p of each word of the text, by `ngrams.Model`."""
    W = np.random.default_rng(0).normal(size=(V, V))
    table = np.exp(W) / np.exp(W).sum(axis=1, keepdims=True)
    text = language.held_out()[:5000]
    wanted = ngrams.Model("any", table).loss(text)
    assert table_loss(W, ngrams.pair_counts(text, V)) == pytest.approx(wanted)


def test_table_slopes_are_torchs():
    """Authority: torch's backward on torch's cross-entropy, word by word."""
    import torch

    text = language.held_out()[:3000]
    W = torch.randn(V, V, dtype=torch.float64, requires_grad=True)
    previous = torch.tensor(np.r_[0, text[:-1]])
    loss = torch.nn.functional.cross_entropy(W[previous], torch.tensor(text))
    loss.backward()
    ours = table_slopes(W.detach().numpy(), ngrams.pair_counts(text, V))
    assert np.abs(ours - W.grad.numpy()).max() < 1e-12


def test_the_network_reaches_the_counted_bigram():
    """Authority: the bigram counted from the same text, on held-out text."""
    counts, held = counts_of(20_000), ngrams.pair_counts(language.held_out(), V)
    assert counts.sum() == len(language.train())
    _, losses = learning_curve(counts, held, 1000)
    goal = ngrams.bigram(language.train(), V).loss(language.held_out())
    assert losses[0] == pytest.approx(np.log(V))
    assert abs(losses[-1] - goal) < 1e-3


def test_few_stories_over_fit():
    """The loss on what was learnt falls at every look, the other one turns back."""
    seen, held = learning_curve(
        counts_of(10), ngrams.pair_counts(language.held_out(), V), 200
    )
    assert (np.diff(seen[::10]) < 0).all()
    least = int(held.argmin())
    assert 10 < least < 60 and held[-1] > held[least] + 0.3


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: l1_step(1, 1, 0.1, -1), "strength must be one number of at least 0"),
        (lambda: l2_step([1, 2], [1], 0.1, 1), "g and w must have the same shape"),
        (lambda: waves([[1]], 3), "x must be one row of numbers"),
        (lambda: table_loss(np.zeros((2, 2)), [[1, -1], [0, 0]]), "none may be below"),
    ],
)
def test_bad_input_gets_a_sentence(call, said):
    with pytest.raises(ValueError, match=said):
        call()
