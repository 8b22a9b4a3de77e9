"""Words as vectors: looking one up, and how alike two of them are.

W has shape (V, D): one row of D numbers for each word of the vocabulary.
"""

import numpy as np

from helpers.maths.inputs import like, matrix, takes, vector


def _rows_of(value, name, given):
    W = matrix(value, name)
    V = given["one_hots"].shape[1]
    if len(W) != V:
        raise ValueError(
            f"{name} must have a row for each of the {V} columns of one_hots, "
            f"but has {len(W)}."
        )
    return W


def _direction(value, name, given=None):
    """A vector that points somewhere: finite, and not all zeros."""
    array = vector(value, name)
    if not array.any() or np.isinf(array).any():
        raise ValueError(
            f"{name} has no direction: give it finite numbers that are not all 0."
        )
    return array


@takes(one_hots=matrix, W=_rows_of)
def look_up(one_hots, W):
    """The rows of W that the one-hot vectors pick: (N, V), (V, D) -> (N, D).

    An embedding layer gives the same rows without multiplying by the zeros.
    ValueError if W does not have V rows. look_up([[0, 1]], [[5, 6], [7, 8]]) is
    [[7, 8]].
    """
    return one_hots @ W  # (N, V) @ (V, D) = (N, D)


@takes(u=_direction, v=like("u", _direction))
def cosine(u, v):
    """The cosine of the angle between two vectors: (D,), (D,) -> float, -1 to 1.

    ValueError if one of them is all zeros. cosine([1, 0], [1, 1]) is 0.707.
    """
    lengths = np.linalg.norm(u) * np.linalg.norm(v)
    return float(u @ v / lengths)


@takes(u=_direction, v=like("u", _direction))
def angle(u, v):
    """The angle between two vectors: (D,), (D,) -> float, degrees, 0 to 180.

    ValueError if one of them is all zeros. angle([1, 0], [1, 1]) is 45.
    """
    rounded = np.clip(cosine(u, v), -1, 1)  # rounding can leave 1.0000000000000002
    return float(np.degrees(np.arccos(rounded)))


@takes(vectors=matrix)
def distances(vectors):
    """How far each vector is from each other one: (N, D) -> (N, N).

    The square root of the summed squared differences. ValueError if the rows differ
    in length. Any two different one-hot vectors are √2 = 1.414 apart.
    """
    difference = vectors[:, None, :] - vectors[None, :, :]  # (N, N, D)
    return np.sqrt((difference**2).sum(axis=-1))  # (N, N)
