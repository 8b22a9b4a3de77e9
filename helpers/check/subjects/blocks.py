"""07: what stands around the heads, and how many numbers it has."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.attention import count_parameters, layer_norm
from helpers.maths.loss import softmax

NOTEBOOK = "07_attention"

EPS = 1e-5
ONES, ZEROS = np.ones(4), np.zeros(4)


def _layers(rng):
    N, D = rng.permutation(np.arange(2, 8))[:2]
    x = rng.normal(rng.normal(0, 3), 0.7, (N, D))
    return x, rng.uniform(0.5, 2, D), rng.normal(0, 1, D)


def _norm(mean=None, spread=None, root=np.sqrt):
    """layer_norm, with one of its steps made another; eps inside the root."""
    mean = mean or (lambda x: x.mean(axis=-1, keepdims=True))
    spread = spread or (lambda x: x.var(axis=-1, keepdims=True))

    def norm(x, gain, shift, eps=EPS):
        with np.errstate(all="ignore"):
            return gain * (x - mean(x)) / root(spread(x) + eps) + shift

    return norm


def _distance(x):
    return abs(x - x.mean(axis=-1, keepdims=True)).mean(axis=-1, keepdims=True)


def _outside(x, gain, shift, eps=EPS):
    spread = x.std(axis=-1, keepdims=True) + eps
    return gain * (x - x.mean(axis=-1, keepdims=True)) / spread + shift


def _without_eps(x, gain, shift, eps=EPS):
    with np.errstate(all="ignore"):
        return _norm(lambda x: x.mean(axis=-1, keepdims=True))(x, gain, shift, 0)


LAYER_NORM = Function(
    reference=layer_norm,
    cases=(
        (np.array([[2.0, 4.0, 6.0, 8.0]]), ONES, ZEROS),
        (np.array([[1.0, 3.0], [4.0, 3.0]]), np.ones(2), np.zeros(2)),
        (np.array([[0.01, 0.02, 0.03], [5.0, 6.0, 8.0]]), np.array([1.0, 2.0, 3.0]),
         np.array([0.5, 0.0, -0.5])),
        (np.array([[1.0, 2.0], [3.0, 7.0], [2.0, 0.0]]), np.array([2.0, 1.0]),
         np.array([1.0, 4.0])),
        (np.array([[1.0, 3.0], [0.0, 4.0]]), np.ones(2), np.zeros(2), 0.5),
    ),
    random=_layers,
    hard=(
        (np.array([[7.0, 7.0, 7.0], [1.0, 2.0, 3.0]]), np.ones(3), np.zeros(3)),
        (np.array([[5.0]]), np.array([2.0]), np.array([3.0])),
        (np.array([[2.0, 2.0, 2.0], [4.0, 4.0, 4.0]]), np.array([1.0, 2.0, 3.0]),
         np.array([1.0, 0.0, 4.0])),
    ),
    mistakes={
        "ε is missing below the root: {case}. It shows where the numbers lie close "
        "together, and where all are equal 0/0 is nan.": (
            _without_eps,
            lambda x, g, s, eps=EPS: np.nan_to_num(_without_eps(x, g, s)),
        ),
        "ε stands outside the root: {case}. Add it to the variance, then take the "
        "root.": _outside,
        "ε is squared here, or √ε is added: {case}. Add ε to the variance, then take "
        "the root.": lambda x, g, s, eps=EPS: layer_norm(x, g, s, eps**2),
        "ε is added to the result: {case}. Add it to the variance, below the "
        "root.": lambda x, g, s, eps=EPS: _without_eps(x, g, s) + eps,
        "This divides by the mean distance from the mean: {case}. Square the "
        "distances, take their mean, then the root.": (
            _norm(spread=_distance, root=lambda x: x), _norm(spread=_distance)
        ),
        "Another ε than the one given: {case}. Use the argument eps.": lambda x, g, s,
        eps=EPS: layer_norm(x, g, s),
        "The sum of the squares is divided by D - 1: {case}. This norm divides by D, "
        "as np.var does.": _norm(
            spread=lambda x: x.var(axis=-1, ddof=1, keepdims=True)
        ),
        "This divides by the variance: {case}. Divide by its root, the standard "
        "deviation.": _norm(root=lambda x: x),
        "The mean and the variance run down the columns: {case}. They belong to a row, "
        "to one word's own numbers: axis=-1.": _norm(
            lambda x: x.mean(axis=0), lambda x: x.var(axis=0)
        ),
        "There is one mean and one variance for the whole table: {case}. Each row has "
        "its own: axis=-1, keepdims=True.": _norm(np.mean, np.var),
        "There is one variance for the whole table: {case}. Each row has its own: "
        "axis=-1, keepdims=True.": _norm(spread=np.var),
        "The mean and the variance are those of the first row: {case}. Each row has "
        "its own.": _norm(
            lambda x: x[:1].mean(axis=-1, keepdims=True),
            lambda x: x[:1].var(axis=-1, keepdims=True),
        ),
        "Gain and shift are swapped: {case}. The gain multiplies, the shift is "
        "added.": lambda x, g, s, *e: layer_norm(x, s, g, *e),
        "Gain and shift are taken by the row: {case}. They belong to the columns, each "
        "of the D numbers has its own: gain[j] for column j.": (
            lambda x, g, s, *e: [
                row * g[i] + s[i]
                for i, row in enumerate(layer_norm(x, g / g, 0 * s, *e))
            ],
        ),
        "Gain and shift are missing: {case}. Multiply by gain, then add shift.": (
            lambda x, g, s, *e: layer_norm(x, np.ones_like(g), np.zeros_like(s), *e)
        ),
        "The gain is missing: {case}. Multiply by it before the shift is added.": (
            lambda x, g, s, *e: layer_norm(x, np.ones_like(g), s, *e)
        ),
        "The shift is missing: {case}. Add it at the end.": lambda x, g, s, *e: (
            layer_norm(x, g, np.zeros_like(s), *e)
        ),
        "The shift is multiplied by the gain too: {case}. First the gain, then add the "
        "shift.": lambda x, g, s, *e: layer_norm(x, g, g * s, *e),
        "The mean is not taken away: {case}. First x minus its mean.": (
            lambda x, g, s, eps=EPS: (
                g * x / np.sqrt(x.var(axis=-1, keepdims=True) + eps) + s
            ),
            lambda x, g, s, eps=EPS: (
                g * x / np.sqrt((x**2).mean(axis=-1, keepdims=True) + eps) + s
            ),
        ),
        "The variance is missing: {case}. Divide by its root.": lambda x, g, s, *e: (
            g * (x - x.mean(axis=-1, keepdims=True)) + s
        ),
        "The squares are added up and not divided by D: {case}. The variance is their "
        "mean.": _norm(
            spread=lambda x: x.shape[-1] * x.var(axis=-1, keepdims=True)
        ),
        "This divides by the length of the row: {case}. Take the mean away first, and "
        "divide by √(variance + ε).": lambda x, g, s, *e: (
            g * x / np.linalg.norm(x, axis=-1, keepdims=True) + s
        ),
        "These are weights that sum to 1: {case}. A norm is no softmax: subtract the "
        "mean, divide by √(variance + ε).": lambda x, g, s, *e: g * softmax(x) + s,
    },
    hints=(
        "For each row its mean and its variance, the mean of the squared distances "
        "from it.",
        "keepdims=True keeps them as a column, one for each row: "
        "x.mean(axis=-1, keepdims=True), and x.var(axis=-1, keepdims=True).",
        "return gain * (x - mean) / np.sqrt(variance + eps) + shift.",
    ),
)  # fmt: skip


def _count(words=1, places=1, norms=2, last=1, square=12, biases=9, add=None):
    """count_parameters, from how often each part of it is counted."""

    def count(V, T, D, L):
        layer = norms * 2 * D + square * D * D + biases * D
        more = add(V, T, D, L) if add else 0
        return words * V * D + places * T * D + L * layer + last * 2 * D + more

    return count


COUNT_PARAMETERS = Function(
    reference=count_parameters,
    cases=((5, 3, 2, 1), (96, 64, 48, 2), (50257, 1024, 768, 12)),
    random=lambda rng: tuple(
        int(n) for n in (*rng.integers(5, 200, 3), rng.integers(2, 9))
    ),
    mistakes={
        "The words' vectors are counted twice: {case}. The output's matrix is the same "
        "one, so it counts once.": _count(words=2),
        "The biases are left out: {case}. A matrix from D to D numbers has D biases, "
        "one from D to 4D has 4D.": _count(biases=0),
        "The biases and the norms are left out: {case}. A matrix has a bias a column, "
        "and a norm has a gain and a shift for each of D numbers.": _count(
            norms=0, last=0, biases=0
        ),
        "The positions are left out: {case}. Each place of the context has a vector of "
        "D numbers.": _count(places=0),
        "The words' vectors are left out: {case}. Tied means counted once, not "
        "never.": _count(words=0),
        "The norm at the end is left out: {case}. It has 2D more.": _count(last=0),
        "The norms are left out: {case}. A layer has two, and one stands at the end, "
        "with 2D each.": _count(norms=0, last=0),
        "A layer has one norm here: {case}. It has two, one before the heads and one "
        "before the MLP.": _count(norms=1),
        "A norm has D numbers here: {case}. It has a gain and a shift, so 2D.": _count(
            norms=1, last=0.5
        ),
        "The matrix after the heads is left out: {case}. Queries, keys, values and "
        "this one make 4(D² + D).": (
            _count(square=11, biases=8), _count(square=11), _count(square=11, biases=5)
        ),
        "Only one of the two matrices of the MLP is there: {case}. It goes from D to "
        "4D, and back again.": (
            _count(square=8, biases=8), _count(square=8, biases=5), _count(square=8)
        ),
        "The biases of the MLP are left out: {case}. They are 4D on the way up, and D "
        "on the way down.": _count(biases=4),
        "Each layer lacks 4D: {case}. Its two norms have 2D each; the four matrices of "
        "the heads have D biases each; the MLP has 4D on the way up.": _count(biases=5),
        "Each layer lacks 3D biases: {case}. Queries, keys and values have D "
        "each; the MLP has 4D on the way up, not D.": _count(biases=6),
        "Each layer lacks D biases: {case}. The matrix after the heads has D, "
        "and the MLP has D on the way down.": _count(biases=8),
        "Both matrices of the MLP have 4D biases here: {case}. On the way down they "
        "are D, one for each number that comes out.": _count(biases=12),
        "A matrix has a single bias here: {case}. It has one for each number that "
        "comes out.": _count(biases=0, add=lambda V, T, D, L: 6 * L),
        "The heads are counted twice: {case}. Queries, keys and values are D numbers "
        "each for all heads together.": (
            _count(square=16, biases=13), _count(square=15, biases=12)
        ),
        "The MLP is D wide inside: {case}. It is 4D wide.": (
            _count(square=6, biases=6)
        ),
        "The attention is counted once for queries, keys and values together: {case}. "
        "Each has a matrix of its own.": (
            _count(square=10, biases=7), _count(square=9, biases=6)
        ),
        "The table of the mask is counted too: {case}. Nothing in it is learned.": (
            _count(add=lambda V, T, D, L: T * T),
            _count(add=lambda V, T, D, L: L * T * T),
        ),
        "Biases of the output are counted, one for each word: {case}. It has "
        "none.": _count(add=lambda V, T, D, L: V),
        "The norm at the end is counted in each layer: {case}. There is one of it "
        "alone.": _count(norms=3, last=0),
        "The words and places are counted in each layer: {case}. They are there once; "
        "only the block is repeated.": lambda V, T, D, L: (
            L * (count_parameters(V, T, D, 1) - 2 * D) + 2 * D
        ),
        "Everything is counted in each layer: {case}. Only the block is "
        "repeated.": lambda V, T, D, L: L * count_parameters(V, T, D, 1),
        "The number of layers is added: {case}. Multiply the block by it.": (
            lambda V, T, D, L: _count()(V, T, D, 1) + L
        ),
        "This is one layer: {case}. Multiply the block by the number of "
        "layers.": lambda V, T, D, L: count_parameters(V, T, D, 1),
        "These are the layers alone: {case}. Add the words' and the places' vectors, "
        "and the norm at the end.": _count(words=0, places=0, last=0),
        "This is the rule of thumb 12D² a layer: {case}. Add words, places, norms and "
        "biases.": _count(words=0, places=0, norms=0, last=0, biases=0),
    },
    hints=(
        "A vector of D numbers for each word and each place: (V + T) · D. The output "
        "adds nothing.",
        "In a layer: two norms of 2D; four matrices with D² + D; the MLP up, 4D² + 4D, "
        "and down, 4D² + D. Which sum is that?",
        "D = width; return (vocabulary + context) * D + layers * (12 * D**2 + 13 * D) "
        "+ 2 * D.",
    ),
)  # fmt: skip

EXERCISES = [LAYER_NORM, COUNT_PARAMETERS]
