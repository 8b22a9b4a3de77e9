"""What becomes of a gradient on its way down through many layers.

Every layer is h ← f(scale · W h), with W of shape (D, D), entries of mean 0 and
standard deviation 1/√D, and one of three functions f. On its way back the gradient
is multiplied by the slopes of f and by the weights, layer for layer. On a residual
road h is added, h ← h + f(…), and a layer norm may stand before the weights, as in a
Transformer (pre-norm, Xiong and others 2020).
"""

import functools
import random

import numpy as np

WIDTH, SAMPLES, DEEPEST = 48, 16, 50
EPS = 1e-5  # below the root of the norm, as torch has it


def _sigmoid(z):
    return 0.5 * (1 + np.tanh(z / 2))  # σ(x) = (1 + tanh(x/2)) / 2: no overflow


# Each function with its slope, written by the value where that is shorter.
FUNCTIONS = {
    "sigmoid": (_sigmoid, lambda z, h: h * (1 - h)),
    "tanh": (np.tanh, lambda z, h: 1 - h * h),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z, h: (z > 0) * 1.0),
}


@functools.cache
def weights(seed=0):
    """Weights of every layer, (DEEPEST, D, D), and inputs, (N, D).

    Drawn evenly from -√3 to √3, which has standard deviation 1, and for the weights
    divided by √D. The same on any machine.
    """
    rng = random.Random(seed)

    def drawn(*shape):
        flat = [rng.random() for _ in range(int(np.prod(shape)))]
        return (2 * np.array(flat).reshape(shape) - 1) * np.sqrt(3)

    return drawn(DEEPEST, WIDTH, WIDTH) / np.sqrt(WIDTH), drawn(SAMPLES, WIDTH)


def _norm(h):
    """Rows with mean 0, variance 1, and what divided them: (N, D) -> (N, D), (N, 1)."""
    centred = h - h.mean(axis=1, keepdims=True)
    by = np.sqrt((centred**2).mean(axis=1, keepdims=True) + EPS)
    return centred / by, by


def _through_norm(gradient, normed, by):
    """The gradient before a norm, from the one after it: (N, D) -> (N, D)."""
    along = (gradient * normed).mean(axis=1, keepdims=True)
    return (gradient - gradient.mean(axis=1, keepdims=True) - normed * along) / by


@functools.lru_cache(maxsize=512)
def gradient_sizes(name, scale, depth, road=False, norm=False):
    """Size of the gradient at each layer's output: str, float, int -> (depth,).

    The size is the root of the mean square over units and samples; the first entry
    belongs to layer 1, next to the inputs. The gradient that comes in at the top has
    size 1. `road` adds the residual road, `norm` the layer norm. ValueError for an
    unknown function or a depth outside 1 to DEEPEST.
    """
    if name not in FUNCTIONS:
        raise ValueError(f"There is no {name!r}: use {', '.join(FUNCTIONS)}.")
    if not 1 <= depth <= DEEPEST:
        raise ValueError(f"depth must lie between 1 and {DEEPEST}, not {depth}.")
    function, slope = FUNCTIONS[name]
    W, h = weights()
    layers = []
    for k in range(depth):  # forwards
        seen, by = _norm(h) if norm else (h, 1)  # (N, D)
        z = scale * seen @ W[k].T  # (N, D)
        out = function(z)
        h = h + out if road else out
        layers.append((z, out, seen, by))
    gradient = weights()[1] / size(weights()[1])  # (N, D) any direction, size 1
    sizes = [size(gradient)]
    for k in range(depth - 1, 0, -1):  # backwards: slope of f, then weights
        z, out, seen, by = layers[k]
        inner = scale * (gradient * slope(z, out)) @ W[k]
        inner = _through_norm(inner, seen, by) if norm else inner
        gradient = gradient + inner if road else inner
        sizes.append(size(gradient))
    return np.array(sizes[::-1])


def size(gradient):
    """Root of the mean square."""
    return float(np.sqrt((gradient**2).mean()))


def factor(sizes):
    """The mean factor a layer on the way down: (depth,) -> float."""
    return float((sizes[0] / sizes[-1]) ** (1 / max(len(sizes) - 1, 1)))
