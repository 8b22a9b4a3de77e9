"""The optimisers.

Authority: torch.optim in float64 on the loss of the course's bigram network, closed
forms, and the examples in the docstrings worked by hand.
"""

import numpy as np
import pytest

from helpers import language
from helpers.maths import ngrams
from helpers.maths.loss import softmax
from helpers.maths.optimisers import (
    RULES,
    adagrad_step,
    adam_step,
    count_steps,
    descend,
    momentum_step,
    rmsprop_step,
    sgd_step,
)

V = len(language.VOCABULARY)
# A rule that forgets within a few steps (RMSprop with alpha 0.9 and rate 0.1, say)
# hops about at the bottom and doubles any rounding, so that two right programs part.
# These settings leave rounding at 1e-13.
SETTINGS = [
    ("SGD", "SGD", 30.0, {}, {}),
    ("SGD", "SGD", 0.5, {}, {}),
    ("momentum", "SGD", 3.0, {"beta": 0.9}, {"momentum": 0.9}),
    ("momentum", "SGD", 10.0, {"beta": 0.5}, {"momentum": 0.5}),
    ("momentum", "SGD", 1.0, {"beta": 0.0}, {"momentum": 0.0}),
    ("AdaGrad", "Adagrad", 0.1, {}, {}),
    ("AdaGrad", "Adagrad", 1.0, {"eps": 1e-4}, {"eps": 1e-4}),
    ("RMSprop", "RMSprop", 0.01, {}, {}),
    ("RMSprop", "RMSprop", 0.001, {"alpha": 0.9}, {"alpha": 0.9}),
    ("RMSprop", "RMSprop", 0.1, {"alpha": 0.5, "eps": 1e-3},
     {"alpha": 0.5, "eps": 1e-3}),
    ("Adam", "Adam", 0.1, {}, {}),
    ("Adam", "Adam", 0.01, {"beta1": 0.8, "beta2": 0.99}, {"betas": (0.8, 0.99)}),
    ("Adam", "Adam", 0.1, {"beta1": 0.5, "eps": 1e-3},
     {"betas": (0.5, 0.999), "eps": 1e-3}),
]  # fmt: skip


@pytest.fixture(scope="module")
def share():
    counts = ngrams.pair_counts(language.train(), V)
    return counts / counts.sum()


@pytest.mark.parametrize("name, theirs, rate, ours, options", SETTINGS)
def test_equal_to_torch_over_100_steps(share, name, theirs, rate, ours, options):
    """Authority: torch.optim and torch's gradient; ours is p − y by hand."""
    import torch

    pairs = torch.tensor(share)
    W = torch.zeros(V, V, dtype=torch.float64, requires_grad=True)
    optimiser = getattr(torch.optim, theirs)([W], lr=rate, **options)
    places = [W.detach().numpy().copy()]
    for _ in range(100):
        loss = -(pairs * torch.log_softmax(W, dim=1)).sum()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        places.append(W.detach().numpy().copy())

    def slopes(w):
        return share.sum(axis=1, keepdims=True) * softmax(w) - share

    path = descend(name, slopes, np.zeros((V, V)), 100, rate, **ours)
    assert np.abs(path - np.array(places)).max() < 1e-6
    assert np.abs(path[-1]).max() > 0.1  # it went somewhere


def test_first_steps_by_hand():
    """Authority: arithmetic on w = 3, g = 6, rate 0.1."""
    assert sgd_step(3, 6, 0.1) == pytest.approx(2.4)
    assert momentum_step(3, 6, 0, 0.1) == pytest.approx((2.4, 6))
    assert momentum_step(2.4, 4.8, 6, 0.1) == pytest.approx((2.4 - 1.02, 10.2))
    assert adagrad_step(3, 6, 0, 0.1) == pytest.approx((2.9, 36))
    assert rmsprop_step(3, 6, 0, 0.1) == pytest.approx((2.0, 0.36))
    assert adam_step(3, 6, 0, 0, 1, 0.1) == pytest.approx((2.9, 0.6, 0.036))


def test_adam_first_step_is_the_rate_whatever_the_slope():
    """Authority: the formula at t = 1, where m / √s is the sign of g."""
    g = np.array([1e-3, -5.0, 2e4])
    w, m, s = adam_step(np.zeros(3), g, 0.0, 0.0, 1, 0.01)
    assert w == pytest.approx(-0.01 * np.sign(g), rel=1e-4)
    assert m.shape == s.shape == (3,)


@pytest.mark.parametrize("a", [0.5, 1.0, 4.0])
@pytest.mark.parametrize("part, kind", [(0.999, "in"), (1.0, "for ever"),
                                        (1.001, "out"), (0.5, "at once")])  # fmt: skip
def test_the_threshold_on_a_parabola(a, part, kind):
    """N7. Authority: f(x) = a·x² gives x_t = (1 − 2·a·rate)^t · x_0."""
    rate = part / a
    path = descend("SGD", lambda x: 2 * a * x, 3.0, 400, rate)
    assert path == pytest.approx((1 - 2 * a * rate) ** np.arange(401) * 3.0)
    sizes = np.abs(path)
    if kind == "for ever":
        assert path == pytest.approx(np.resize([3.0, -3.0], 401), abs=1e-9)
    elif kind == "at once":
        assert (sizes[1:] == 0).all()
    else:
        assert (np.diff(sizes) < 0).all() == (kind == "in")
        assert (np.diff(sizes) > 0).all() == (kind == "out")


def test_the_threshold_on_a_valley():
    """N7. Authority: numpy's eigenvalues, 2 / the largest."""
    A = np.array([[5.5, 4.5], [4.5, 5.5]])
    edge = 2 / np.linalg.eigvalsh(A).max()
    assert edge == pytest.approx(0.2)
    for rate, ends in [(0.99 * edge, True), (1.01 * edge, False)]:
        path = descend("SGD", lambda w: A @ w, [1.0, 0.5], 2000, rate)
        assert bool(np.abs(path[-1]).max() < 1e-6) is ends


def test_a_path_that_runs_away_is_inf():
    path = descend("SGD", lambda x: 4 * x**3, [3.0, 1.0], 50, 1.0)
    assert path.shape == (51, 2) and np.isinf(path[-1]).all()


def test_a_step_leaves_its_input():
    w, g, m, s = (np.ones(2) for _ in range(4))
    adam_step(w, g, m, s, 1, 0.1)
    assert all((one == 1).all() for one in (w, g, m, s))


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: sgd_step([1, 2], [1], 0.1), "g and w must have the same shape"),
        (lambda: sgd_step(1, 1, 0), "rate must be one number above 0"),
        (lambda: sgd_step(1, 1, -0.1), "rate must be one number above 0"),
        (lambda: sgd_step(float("nan"), 1, 0.1), "w holds nan"),
        (lambda: momentum_step(1, 1, 0, 0.1, beta=1), "beta must be one number from 0"),
        (lambda: momentum_step([1, 2], [1, 2], [1, 2, 3], 0.1), "same shape"),
        (lambda: adagrad_step(1, 1, -1, 0.1), "s gathers squares"),
        (lambda: adam_step(1, 1, 0, 0, 0, 0.1), "t must be at least 1"),
        (lambda: descend("sgd", abs, 1, 1, 0.1), "There is no rule 'sgd'"),
        (lambda: count_steps(10, 0, 1), "batch must be at least 1"),
        (lambda: count_steps(10, 2.5, 1), "batch must be a whole number"),
    ],
)
def test_bad_input_gets_a_sentence(call, said):
    with pytest.raises(ValueError, match=said):
        call()


@pytest.mark.parametrize("words", [1, 7, 64, 1000])
@pytest.mark.parametrize("batch", [1, 3, 64, 2000])
def test_steps_counted_one_by_one(words, batch):
    """Authority: walking through the words."""
    steps = sum(1 for _ in range(3) for _ in range(0, words, batch))
    assert count_steps(words, batch, 3) == steps


def test_every_rule_stands_in_the_table():
    assert list(RULES) == ["SGD", "momentum", "AdaGrad", "RMSprop", "Adam"]
