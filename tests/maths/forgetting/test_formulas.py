"""The closed forms: rows F4 to F7 of the worked examples, and plain descent."""

import numpy as np
import pytest
from scipy.optimize import minimize

from helpers.maths.forgetting.formulas import (
    angle_loss,
    descend,
    ewc_penalty,
    merge_lora,
    refit_b,
    replay_batch,
    second_task,
)

OLD, NEW = [(2, 6), (3, 7)], [(4, 13)]


def descent(a, b, points, steps, rate, moving=(True, True)):
    """Gradient descent, one step after the other."""
    for _ in range(steps):
        misses = [(x, y - a * x - b) for x, y in points]
        a += moving[0] * rate * 2 * sum(x * miss for x, miss in misses)
        b += moving[1] * rate * 2 * sum(miss for _, miss in misses)
    return a, b


def test_f4_is_refitted_by_b_alone():
    assert refit_b(1, 4, 13) == 9
    assert [1 * x + 9 for x in (2, 3)] == [11, 12]


def test_f5_ends_at_the_nearest_setting():
    """Authority: the fractions of row F5."""
    found = descend(1, 4, NEW, 10_000)
    assert found == pytest.approx((1 + 20 / 17, 4 + 5 / 17), abs=1e-9)
    assert found == pytest.approx((2.176, 4.294), abs=5e-4)


def test_f6_ends_at_least_squares():
    """Authority: numpy.polyfit, and the digits of row F6."""
    found = descend(1, 4, OLD + NEW, 20_000)
    assert found == pytest.approx(np.polyfit([2, 3, 4], [6, 7, 13], 1), abs=1e-9)
    assert found == pytest.approx((3.5, -11 / 6), abs=1e-9)


@pytest.mark.parametrize("moving", [(True, True), (False, True), (True, False)])
@pytest.mark.parametrize("points", [OLD, NEW, OLD + NEW])
@pytest.mark.parametrize("steps", [0, 1, 2, 7, 50, 300])
def test_the_closed_form_is_descent_step_by_step(moving, points, steps):
    """Authority: the loop above."""
    exact = descend(1.5, -2, points, steps, 0.01, moving)
    assert exact == pytest.approx(
        descent(1.5, -2, points, steps, 0.01, moving), abs=1e-9
    )


def test_a_rate_that_overshoots_is_refused():
    """Authority: 1 / λ, with λ = 17 for the new point."""
    with pytest.raises(ValueError, match="0.0588"):
        descend(1, 4, NEW, 10, rate=1 / 17)


def test_f7_digits():
    assert [round(float(angle_loss(d)), 4) for d in (0, 15, 30, 45, 90)] == [
        0, 0.0625, 0.1875, 0.25, 0,
    ]  # fmt: skip


@pytest.mark.parametrize("degrees", range(0, 91, 5))
def test_f7_is_what_descent_does(degrees):
    """Authority: gradient descent on the second sample, from zero."""
    theta, w = np.radians(degrees), np.zeros(2)
    sample = np.array([np.cos(theta), np.sin(theta)])
    for _ in range(300):
        w += 0.2 * (np.sin(theta) - w @ sample) * sample
    assert w == pytest.approx(second_task(degrees), abs=1e-9)
    assert w[0] ** 2 == pytest.approx(float(angle_loss(degrees)), abs=1e-9)


def test_a_replay_batch_holds_both():
    new, old = np.arange(256), np.arange(1000, 3000)
    assert len(replay_batch(new, old, 0.1)) == 256 + 26
    assert replay_batch([1, 2], [7, 8, 9], 1.0).tolist() == [1, 2, 7, 8]
    assert replay_batch([1, 2], [7, 8, 9], 0).tolist() == [1, 2]
    with pytest.raises(ValueError, match="3 samples, but 4"):
        replay_batch([1, 2], [7, 8, 9], 2.0)
    with pytest.raises(ValueError, match="0 or more"):
        replay_batch([1, 2], [7, 8, 9], -1)


def test_the_penalty_pulls_with_f_times_the_distance():
    """Authority: scipy's minimum of a parabola with the penalty is in between, at the
    mean weighed by both curvatures."""
    old, fisher, goal = np.array([0.0, 0.0]), np.array([3.0, 0.5]), np.array([1.0, 1.0])
    found = minimize(
        lambda w: ((w - goal) ** 2).sum() / 2 + ewc_penalty(w, old, fisher, 2.0), old
    ).x
    assert found == pytest.approx(1 / (1 + 2 * fisher), abs=1e-4)
    with pytest.raises(ValueError, match="same shape"):
        ewc_penalty(goal, old, np.ones(3), 1.0)


def test_merging_is_what_the_pair_does_to_any_input():
    """Authority: (W + s B A) x = W x + s B (A x)."""
    rng = np.random.default_rng(0)
    W, A, B = rng.normal(size=(3, 5)), rng.normal(size=(2, 5)), rng.normal(size=(3, 2))
    x = rng.normal(size=5)
    assert merge_lora(W, A, B, 0.7) @ x == pytest.approx(W @ x + 0.7 * B @ (A @ x))
    with pytest.raises(ValueError, match="do not go together"):
        merge_lora(W, B, A, 0.7)
