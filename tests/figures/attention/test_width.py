"""Scores with and without √d.

Authorities: scipy's softmax and entropy, torch's Jacobian of softmax, and the mean and
variance that a score of independent unit-variance numbers has, 0 and d.
"""

import re

import numpy as np
import pytest
import torch
from scipy.special import softmax
from scipy.stats import entropy

from helpers.figures.attention.width import (
    DRAWS,
    KEYS,
    WIDTHS,
    dot_products,
    entropies,
    grow_d,
    slopes,
    weights,
)
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return grow_d()


def test_the_variance_of_a_score_is_d():
    """Within four standard errors of the mean square of 1,600 scores, half of them
    dependent through their query."""
    z = dot_products()  # (10, DRAWS, KEYS)
    for d, scores in zip(WIDTHS, z, strict=True):
        by_query = (scores**2).mean(axis=1) / d  # (DRAWS,) each of mean 1
        error = by_query.std(ddof=1) / np.sqrt(DRAWS)
        assert abs(by_query.mean() - 1) < 4 * error
        assert error < 0.15


def test_slopes_are_the_diagonal_of_softmax_s_jacobian():
    z = torch.tensor(dot_products()[3, 0])
    jacobian = torch.autograd.functional.jacobian(lambda x: x.softmax(0), z)
    assert slopes(softmax(z.numpy())) == pytest.approx(jacobian.trace().item())


def test_entropies():
    p = np.array([[1.0, 0, 0], [0.5, 0.25, 0.25], [1 / 3, 1 / 3, 1 / 3]])
    assert entropies(p) == pytest.approx(entropy(p, axis=1))


@pytest.mark.parametrize("scaled", [False, True])
@pytest.mark.parametrize("d", [1, 4, 64, 512])
def test_the_digits_shown(live, d, scaled):
    first, second = live.move(d=d, scaled=scaled)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    z = dot_products()[WIDTHS.index(d)] / (np.sqrt(d) if scaled else 1)
    p = softmax(z, axis=1)  # (DRAWS, KEYS)
    wanted = [p.max(axis=1).mean(), entropy(p, axis=1).mean(),
              (1 - (p**2).sum(axis=1)).mean()]  # fmt: skip
    shown = [float(x) for x in re.findall(r"\} (\d\.\d+)", second)]
    assert shown == pytest.approx(wanted, abs=0.0051)
    assert first.endswith("= 1" if scaled else f"= {d}")
    bars = live._fig.axes[0].patches
    assert [bar.get_height() for bar in bars] == pytest.approx(p[0])


def test_what_the_prose_says():
    """With 16 keys: not divided, the largest weight grows to .94; divided, it stays."""
    largest = {s: weights(s).max(axis=2).mean(axis=1) for s in (False, True)}
    i = [WIDTHS.index(d) for d in (4, 64, 512)]
    assert largest[False][i] == pytest.approx([0.43, 0.84, 0.94], abs=0.02)
    assert largest[True][i] == pytest.approx([0.24] * 3, abs=0.02)
    assert weights(True).shape == (len(WIDTHS), DRAWS, KEYS)
