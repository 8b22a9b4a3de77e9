"""Waves through points, with more knobs and with penalties.

Authority: numpy's least squares, and the fits tested in tests/maths/test_fitting.py.
"""

import re

import numpy as np
import pytest

from helpers.figures.training.fits import (
    KINDS,
    STRENGTHS,
    errors,
    overfit,
    penalise,
    penalised,
)
from helpers.maths.fitting import X_HELD_OUT, Y_HELD_OUT, X, Y, waves


def squared(w, x, y):
    return np.mean((waves(x, len(w)) @ w - y) ** 2)


@pytest.mark.parametrize("knobs", range(1, 17))
def test_the_digits_of_the_fit(knobs):
    live = overfit()
    (shown,) = live.move(knobs=knobs)
    assert "error" not in live.frame(live.state)
    w = np.linalg.lstsq(waves(X, knobs), Y, rcond=None)[0]
    train, held = map(float, re.findall(r"\d+\.\d+", shown))
    assert train == pytest.approx(squared(w, X, Y), abs=6e-4)
    assert held == pytest.approx(squared(w, X_HELD_OUT, Y_HELD_OUT), rel=1e-3, abs=6e-4)


def test_over_fitting():
    found = [errors(k)[1:] for k in range(1, 17)]
    train, held = np.transpose(found)
    assert (np.diff(train) < 0).all()
    assert held.argmin() == 4 and held[-1] > 20  # five knobs; sixteen


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("strength", [STRENGTHS[0], 0.01, 0.1, 1.0, STRENGTHS[-1]])
def test_the_digits_of_a_penalty(kind, strength):
    live = penalise()
    first, second = live.move(kind=kind, strength=strength)
    assert "error" not in live.frame(live.state)
    w, train, held = penalised(kind, strength)
    assert train == pytest.approx(squared(w, X, Y))
    norm = np.linalg.norm(w[1:], 1) if kind == "L1" else np.linalg.norm(w[1:]) ** 2
    numbers = list(map(float, re.findall(r"\d+(?:\.\d+)?", first.replace("w^2", ""))))
    wanted = [train, strength, norm, train + strength * norm]
    assert numbers == pytest.approx(wanted, abs=6e-4)
    assert f"held-out error {held:.3f}" in second
    assert f"{(w[1:] == 0).sum()} of 15 waves exactly 0" in second


def test_what_the_penalties_do():
    """N8: L1 makes exact zeros, more with its strength, and L2 none at all."""
    zeros = [(penalised("L1", s)[0][1:] == 0).sum() for s in STRENGTHS]
    assert zeros[0] == 0 and zeros[-1] == 15
    assert all((penalised("L2", s)[0] != 0).all() for s in STRENGTHS)
    sizes = [np.linalg.norm(penalised("L2", s)[0][1:]) for s in STRENGTHS]
    assert (np.diff(sizes) < 0).all()
    for kind in KINDS:
        held = [penalised(kind, s)[2] for s in STRENGTHS]
        best = int(np.argmin(held))
        assert 0 < best < len(STRENGTHS) - 1 and held[best] < held[0] / 50
