"""Softmax, cross-entropy, KL divergence, perplexity, numerical gradient."""

import math

import numpy as np
import pytest
import scipy.special
import scipy.stats
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from helpers.maths.loss import (
    cross_entropy,
    kl,
    mean_cross_entropy,
    numerical_gradient,
    perplexity,
    softmax,
)
from helpers.maths.probability import entropy, normalise

P1 = [0.40, 0.30, 0.15, 0.10, 0.05]
P2 = [0.60, 0.20, 0.15, 0.05]
logits = arrays(float, (3, 5), elements=st.floats(-1000, 1000))
counts = arrays(int, (2, 6), elements=st.integers(1, 99))


def test_the_losses_of_the_weather():
    """Authority: worked examples E1 (1.204), E2 (0.511) and P4 (0.223)."""
    assert round(cross_entropy(P1, 1), 3) == 1.204
    assert round(cross_entropy(P2, 0), 3) == 0.511
    assert round(cross_entropy([0.80, 0.10, 0.05, 0.05], 0), 3) == 0.223


def test_cross_entropy_is_the_sum_over_the_label():
    """Authority: worked example E1, -sum of y ln p with the one-hot label of T1."""
    assert cross_entropy(P1, 1) == pytest.approx(-np.dot([0, 1, 0, 0, 0], np.log(P1)))


@pytest.mark.parametrize("N", [64, 100])
def test_the_batch_is_a_sum_divided_by_n(N):
    """Authority: worked example E3 and torch.nn.functional.cross_entropy."""
    rng = np.random.default_rng(N)
    z, truths = rng.normal(size=(N, 7)), rng.integers(0, 7, N)
    P = softmax(z)
    one_by_one = sum(cross_entropy(p, t) for p, t in zip(P, truths, strict=True))
    assert mean_cross_entropy(P, truths) == pytest.approx(one_by_one / N)
    authority = torch.nn.functional.cross_entropy(torch.tensor(z), torch.tensor(truths))
    assert mean_cross_entropy(P, truths) == pytest.approx(authority.item())


def test_a_model_that_knows_nothing():
    """Authority: worked example E5; ln 10,000 = 9.210 and perplexity 10,000."""
    uniform = np.full(10_000, 1e-4)
    assert f"{cross_entropy(uniform, 42):.3f}" == "9.210"
    assert perplexity([1e-4, 1e-4, 1e-4]) == pytest.approx(10_000)


@settings(max_examples=50)
@given(logits)
def test_softmax_is_scipys(z):
    """Authority: scipy.special.softmax."""
    np.testing.assert_allclose(softmax(z), scipy.special.softmax(z, axis=-1))


def test_softmax_does_not_overflow():
    """Authority: worked example E6; shifted by the maximum the same, and finite."""
    p = softmax([123, 456, 789])
    assert np.isfinite(p).all() and p[2] == 1
    np.testing.assert_allclose(softmax([1000, 1001]), softmax([0, 1]))


def test_softmax_rules_out_minus_infinity():
    """Authority: exp(-inf) = 0, as a causal mask needs."""
    np.testing.assert_array_equal(softmax([0, -np.inf, 0]), [0.5, 0, 0.5])


@settings(max_examples=30)
@given(arrays(float, 5, elements=st.floats(-5, 5)), st.integers(0, 4))
def test_the_gradient_by_the_logits_is_p_minus_y(z, truth):
    """Authority: worked example E6, closed form, and torch's autograd."""
    slope = numerical_gradient(lambda x: cross_entropy(softmax(x), truth), z)
    np.testing.assert_allclose(slope, softmax(z) - np.eye(5)[truth], atol=1e-8)
    t = torch.tensor(z, requires_grad=True)
    torch.nn.functional.cross_entropy(t, torch.tensor(truth)).backward()
    np.testing.assert_allclose(slope, t.grad, atol=1e-8)


def test_numerical_gradient_keeps_the_shape():
    """Authority: the closed form, 2z."""
    z = np.arange(6.0).reshape(2, 3)
    np.testing.assert_allclose(
        numerical_gradient(lambda x: (x**2).sum(), z), 2 * z, atol=1e-8
    )


@settings(max_examples=50)
@given(counts)
def test_kl_is_scipys(table):
    """Authority: scipy.stats.entropy with two arguments."""
    y, p = normalise(table)
    assert kl(y, p) == pytest.approx(scipy.stats.entropy(y, p), abs=1e-12)


@settings(max_examples=50)
@given(counts)
def test_cross_entropy_is_entropy_plus_kl(table):
    """Authority: worked example E7; the mean of -ln p over what y makes happen."""
    y, p = normalise(table)
    mean = sum(y[i] * cross_entropy(p, i) for i in range(6))
    assert mean == pytest.approx(entropy(y) + kl(y, p))


def test_perplexity_of_the_reds():
    """Authority: worked example M1; 1.89 for red .8, green .1, blue .1, else 3."""
    assert perplexity([0.8, 0.8, 0.8, 0.8, 0.1]) == pytest.approx(1.895, abs=5e-4)
    assert perplexity([1 / 3] * 5) == pytest.approx(3)


def test_the_ends():
    """Authority: ln 0 = -inf, ln 1 = 0; zero prints without a minus sign."""
    assert cross_entropy([0, 1], 0) == math.inf
    assert str(cross_entropy([0, 1], 1)) == "0.0"
    assert kl([0.5, 0.5], [1, 0]) == math.inf and kl([1, 0], [0.5, 0.5]) > 0
    assert perplexity([0.5, 0]) == math.inf


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: softmax(3), "a list or an array, not one number"),
        (lambda: softmax([1, np.inf]), "no infinity"),
        (lambda: softmax([-np.inf, -np.inf]), "a finite number in each row"),
        (lambda: cross_entropy(P1, 5), "truth must lie between 0 and 4, not 5"),
        (lambda: cross_entropy(P1, -1), "between 0 and 4"),
        (lambda: cross_entropy(P1, 1.0), "a whole number"),
        (lambda: cross_entropy([0.5, 0.4], 0), "p must sum to 1"),
        (lambda: mean_cross_entropy([P1], [0, 1]), "each of the 1 rows of P"),
        (lambda: mean_cross_entropy([P1], [7]), "between 0 and 4, but one is 7"),
        (lambda: mean_cross_entropy(P1, [0]), "a table of rows and columns"),
        (lambda: kl(P1, P2), "p and y must have the same shape"),
        (lambda: perplexity([1.2]), "from 0 to 1"),
        (lambda: numerical_gradient(sum, [1], h=0), "one small number above 0"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    """Authority: the docstrings, which promise a ValueError."""
    with pytest.raises(ValueError, match=sentence):
        call()
