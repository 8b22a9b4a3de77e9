"""04: a step of training by hand, which way a weight moves, one forward pass."""

import numpy as np

from helpers.check.compare import number
from helpers.check.exercise import Function, Value
from helpers.maths.leaf_or_flower import forward_pass, training_step

NOTEBOOK = "04_backprop"


def _miss(w, x, wanted):
    return w @ x - wanted


def _one_by_one(w, x, wanted, rate):
    """Each weight moves before the miss for the next one is taken."""
    w = w.copy()
    for i in range(len(w)):
        w[i] -= rate * 2 * _miss(w, x, wanted) * x[i]
    return w


TRAINING_STEP = Function(
    reference=training_step,
    cases=(
        (np.array([0.5, 1.0]), np.array([2.0, 1.0]), 1.0, 0.1),
        (np.array([0.2, -0.4, 0.1]), np.array([1.0, 0.0, 3.0]), 2.0, 0.5),
        (np.array([0.3]), np.array([-2.0]), 0.0, 0.1),
    ),
    random=lambda rng: (
        *rng.normal(0, 1, (2, n := int(rng.integers(2, 6)))),
        float(rng.normal() + n / 10),
        float(rng.uniform(0.01, 0.4)),
    ),
    mistakes={
        "This goes uphill, away from what is wanted: {case}. Either the step needs a "
        "minus, w - rate * slope, or the miss is turned round: it is the output minus "
        "what was wanted.": lambda w, x, t, r: w + r * 2 * _miss(w, x, t) * x,
        "The miss is worked out anew after the first weight has moved: {case}. Work it "
        "out once, before the loop.": _one_by_one,
        "The 2 of the square is missing: {case}. "
        "The slope of m² along m is 2m.": lambda w, x, t, r: w - r * _miss(w, x, t) * x,
        "The input is missing in the slope: {case}. A weight moves the output by its "
        "own x.": lambda w, x, t, r: w - r * 2 * _miss(w, x, t),
        "The rate is missing: {case}. "
        "The step is rate times slope.": lambda w, x, t, r: w - 2 * _miss(w, x, t) * x,
        "This is the gradient: {case}. "
        "Return the new weights, w - rate · slope.": lambda w, x, t, r: (
            2 * _miss(w, x, t) * x
        ),
        "This is the step alone: {case}. "
        "Add it to the old weights.": lambda w, x, t, r: -r * 2 * _miss(w, x, t) * x,
        "The weights stand where the inputs should: {case}. The slope of w · x along "
        "w is x.": lambda w, x, t, r: w - r * 2 * _miss(w, x, t) * w,
        "The slope uses the squared miss, which has lost its sign: {case}. The slope "
        "of m² is 2m.": lambda w, x, t, r: w - r * 2 * _miss(w, x, t) ** 2 * x,
        "The square itself stands where its slope should: {case}. The slope of m² "
        "is 2m.": lambda w, x, t, r: w - r * _miss(w, x, t) ** 2 * x,
        "Each weight has its own output here: {case}. There is one output, the sum "
        "of all products, w @ x.": lambda w, x, t, r: w - r * 2 * (w * x - t) * x,
        "The brackets around the miss are missing: {case}. All of output minus wanted "
        "is multiplied.": lambda w, x, t, r: w - r * 2 * (w @ x) - t * x,
        "The output alone stands in the slope: {case}. "
        "Take what is wanted away from it.": lambda w, x, t, r: w - r * 2 * (w @ x) * x,
    },
    properties={
        "a weight with input 0 stays as it was": lambda f, w, x, t, r: np.allclose(
            f(w, 0 * x, t, r), w
        ),
    },
    hints=(
        "The output is w @ x. By how much does it miss what was wanted?",
        "The slope of miss² along the miss is 2 · miss; along a weight, times its x.",
        "The new weights are w - rate * 2 * miss * x.",
    ),
)

WAYS = np.array([-1.0, 1.0, 0.0, 0.0, 1.0])


def _ways_seen(k):
    return f"you gave {', '.join(number(x) for x in k)}"


DIRECTIONS = Value(
    name="directions",
    reference=WAYS,
    case=_ways_seen,
    wrong={
        "Give 1 for up, -1 for down and 0 for stays: {case}.": lambda k: bool(
            set(k) - {-1, 0, 1}
        ),
        "All signs are turned round: {case}. These are the slopes of the loss; "
        "the step goes against them.": lambda k: (k == -WAYS).all(),
        "The first goes the wrong way: {case}. The output is too high, and more "
        "of this weight makes it higher still.": lambda k: k[0] != -1,
        "Look at the second again: {case}. Its input is below 0, so a larger "
        "weight makes the output lower.": lambda k: k[1] != 1,
        "Look at the third again: {case}. What it makes is multiplied by 0, "
        "so the weight changes nothing, and its slope is 0.": lambda k: k[2] != 0,
        "Look at the fourth again: {case}. The sum is below 0, where ReLU is flat, "
        "so no slope comes through.": lambda k: k[3] != 0,
        "Look at the fifth again: {case}. Follow the path to the end: behind tanh "
        "stands a factor of -1.5, which turns the sign.": lambda k: k[4] != 1,
    },
    hints=(
        "The output should fall. Would more of this weight make it rise or fall?",
        "Multiply the local slopes along the path. Only the product's sign counts.",
        "A factor of 0, or a ReLU that is switched off, puts a 0 into the product.",
    ),
    solution="""
        # The slope of the loss along the output is 2 · (0.8 - 0.6) > 0: it must fall.
        directions = [
            -1,  # input 0.5 > 0: less weight, less output
            1,   # input -1 < 0: more weight, less output
            0,   # times 0 further on: the weight changes nothing
            0,   # ReLU at -3 is flat: slope 0
            1,   # 0.2 > 0, tanh rises, but then times -1.5
        ]
    """,
)


def _layer(x, W, b):
    return W @ x + b


def _sizes(rng):
    D, H, K = rng.permutation([2, 3, 4, 5])[:3]
    return tuple(rng.normal(0, 1, size) for size in (D, (H, D), H, (K, H), K))


FORWARD_PASS = Function(
    reference=forward_pass,
    cases=(
        (
            np.array([1.0, 2.0]),
            np.array([[1.0, -0.25]]),
            np.array([0.5]),
            np.array([[1.0], [-2.0]]),
            np.array([0.5, 1.0]),
        ),
        (
            np.array([0.5, -1.0, 2.0]),
            np.array([[1.0, 0.5, -0.5], [0.0, 1.0, 0.25]]),
            np.array([0.25, -0.5]),
            np.array([[2.0, 1.0]]),
            np.array([-1.0]),
        ),
    ),
    random=_sizes,
    mistakes={
        "The bend is missing: {case}. Each hidden unit puts its sum through "
        "np.tanh.": lambda x, W, b, V, c: _layer(_layer(x, W, b), V, c),
        "The outputs are bent, too: {case}. Only the hidden units have "
        "tanh.": lambda x, W, b, V, c: np.tanh(_layer(np.tanh(_layer(x, W, b)), V, c)),
        "The bend stands at the outputs: {case}. It belongs to the hidden units.": (
            lambda x, W, b, V, c: np.tanh(_layer(_layer(x, W, b), V, c))
        ),
        "The bias of the hidden units comes after the bend: {case}. It is part of "
        "the sum, so it goes through tanh, too.": lambda x, W, b, V, c: _layer(
            np.tanh(W @ x) + b, V, c
        ),
        "Each product goes through tanh by itself: {case}. First add them up, with "
        "the bias.": lambda x, W, b, V, c: _layer(np.tanh(W * x).sum(axis=1) + b, V, c),
        "Both biases are missing: {case}. Add b1 before the bend, and b2 at the "
        "end.": lambda x, W, b, V, c: V @ np.tanh(W @ x),
        "The bias of the hidden units is missing: {case}. Add b1 before the "
        "bend.": lambda x, W, b, V, c: _layer(np.tanh(W @ x), V, c),
        "The bias of the outputs is missing: {case}. Add b2 at the end.": (
            lambda x, W, b, V, c: V @ np.tanh(_layer(x, W, b))
        ),
        "These are the hidden values: {case}. They go on through W2 and b2.": (
            lambda x, W, b, V, c: np.tanh(_layer(x, W, b)),
            lambda x, W, b, V, c: _layer(x, W, b),
        ),
        "This bends with ReLU: {case}. The network of the picture has tanh.": (
            lambda x, W, b, V, c: _layer(np.maximum(0, _layer(x, W, b)), V, c)
        ),
        "This bends with sigmoid: {case}. The network of the picture has tanh.": (
            lambda x, W, b, V, c: _layer(1 / (1 + np.exp(-_layer(x, W, b))), V, c)
        ),
        "This is the place of the winner: {case}. Return all outputs.": (
            lambda x, W, b, V, c: forward_pass(x, W, b, V, c).argmax()
        ),
        "This is the winner's output alone: {case}. Return all of them.": (
            lambda x, W, b, V, c: forward_pass(x, W, b, V, c).max()
        ),
        "This gives two outputs, and there may be one, or five: {case}. Return all of "
        "W2 @ hidden + b2.": lambda x, W, b, V, c: forward_pass(x, W, b, V, c)[[0, 1]],
        "A bias is added once for each input, as it stands in the loop: {case}. Add "
        "it once, behind the loop.": (
            lambda x, W, b, V, c: forward_pass(x, W, b * len(x), V, c),
            lambda x, W, b, V, c: forward_pass(x, W, b, V, c * len(b)),
            lambda x, W, b, V, c: forward_pass(x, W, b * len(x), V, c * len(b)),
        ),
        "The outputs are added up: {case}. Each unit has a sum of its own: return "
        "all of them.": lambda x, W, b, V, c: forward_pass(x, W, b, V, c).sum(),
    },
    hints=(
        "Two layers, one after the other: first all hidden values, then the outputs.",
        "W1 @ x adds up weight times input for each hidden unit. Then comes b1, then "
        "np.tanh.",
        "hidden = np.tanh(W1 @ x + b1). The outputs: the same with W2 and b2, no bend.",
    ),
)

EXERCISES = [TRAINING_STEP, DIRECTIONS, FORWARD_PASS]
