"""Looking words up, and how alike two of them are."""

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.maths.tokens import one_hot
from helpers.maths.vectors import angle, cosine, distances, look_up

finite = st.floats(-100, 100).filter(lambda x: abs(x) > 1e-3)


def test_look_up_is_torchs_embedding():
    """Authority: worked example T4 and torch.nn.functional.embedding."""
    W = np.arange(12.0).reshape(4, 3)
    ids = [2, 0, 2]
    expected = torch.nn.functional.embedding(torch.tensor(ids), torch.tensor(W))
    np.testing.assert_array_equal(look_up(one_hot(ids, 4), W), expected)


@settings(max_examples=50)
@given(st.lists(st.tuples(finite, finite), min_size=1, max_size=6))
def test_cosine_is_torchs(pairs):
    """Authority: worked example T5 and torch.nn.functional.cosine_similarity."""
    u, v = np.array(pairs).T
    expected = torch.nn.functional.cosine_similarity(
        torch.tensor(u), torch.tensor(v), dim=0
    )
    assert cosine(u, v) == pytest.approx(expected.item(), abs=1e-12)


def test_angles():
    """Authority: school geometry; rounding must not leave the arc cosine's range."""
    assert angle([1, 0], [1, 1]) == pytest.approx(45)
    assert angle([1, 0], [0, 3]) == pytest.approx(90)
    assert angle([0.1, 0.3], [0.2, 0.6]) == pytest.approx(0, abs=1e-5)
    assert angle([1, 1], [-1, -1]) == pytest.approx(180)


def test_one_hots_are_equally_far():
    """Authority: worked example T3; any two letters are √2 apart."""
    apart = distances(one_hot(range(8), 8))
    np.testing.assert_allclose(apart, np.sqrt(2) * (1 - np.eye(8)))


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: cosine([0, 0], [1, 1]), "u has no direction"),
        (lambda: cosine([1, 1], [0, 0]), "v has no direction"),
        (lambda: cosine([1, 1], [1]), "v and u must have the same shape"),
        (lambda: look_up([[1, 0]], [[1], [2], [3]]), "a row for each of the 2 columns"),
        (lambda: look_up([1, 0], [[1], [2]]), "a table of rows and columns"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    """Authority: the docstrings, which promise a ValueError."""
    with pytest.raises(ValueError, match=sentence):
        call()
