"""What may be handed to the functions that the course teaches.

A taught function states its rules in a decorator, so that its body holds the idea
and nothing else: ``@takes(p=distribution, truth=index("p"))``. Each rule turns an
argument into the array or list that the body expects, or raises a ValueError whose
sentence says what to do.
"""

import functools
import inspect
from numbers import Integral, Real

import numpy as np

TOLERANCE = 1e-5  # how far a distribution may be from summing to 1


def takes(**rules):
    """Apply a rule to each named argument, in the order given, before the call."""

    def decorate(function):
        signature = inspect.signature(function)

        @functools.wraps(function)
        def careful(*args, **kwargs):
            bound = signature.bind(*args, **kwargs)
            given = bound.arguments
            for name, rule in rules.items():
                if name in given:
                    given[name] = rule(given[name], name, given)
            with np.errstate(divide="ignore"):  # ln 0 is -inf here, and meant
                result = function(*bound.args, **bound.kwargs)
            # -ln 1 is -0.0 in floating point; adding zero prints it as 0.0
            return result + 0.0 if isinstance(result, float) else result

        return careful

    return decorate


def numbers(value, name, given=None):
    """Any real numbers -> a float64 array."""
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "biufO":
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{name} must hold numbers in rows of equal length.") from None
    if array.size == 0:
        raise ValueError(f"{name} is empty: give it at least one number.")
    if np.isnan(array).any():
        raise ValueError(f"{name} holds nan, which is not a number: remove it.")
    return array


def vector(value, name, given=None):
    """-> (D,)"""
    array = numbers(value, name)
    if array.ndim != 1:
        raise ValueError(
            f"{name} must be one row of numbers, but its shape is {array.shape}."
        )
    return array


def matrix(value, name, given=None):
    """-> (N, M)"""
    array = numbers(value, name)
    if array.ndim != 2:
        raise ValueError(
            f"{name} must be a table of rows and columns, "
            f"but its shape is {array.shape}."
        )
    return array


def columns_for(other):
    """-> (N, M), a column for each of the M numbers of the row `other`."""

    def fitting(value, name, given):
        array, wanted = matrix(value, name), len(given[other])
        if array.shape[1] != wanted:
            raise ValueError(
                f"{name} must have a column for each of the {wanted} numbers of "
                f"{other}, but its shape is {array.shape}."
            )
        return array

    return fitting


def one_for_each_row(of):
    """-> (N,), a number for each row of the table `of`."""

    def fitting(value, name, given):
        array, wanted = vector(value, name), len(given[of])
        if len(array) != wanted:
            raise ValueError(
                f"{name} must have a number for each of the {wanted} rows of {of}, "
                f"but it has {len(array)}."
            )
        return array

    return fitting


def counts(value, name, given=None):
    """-> (..., V), nothing negative, something counted in every row."""
    array = numbers(value, name)
    if array.ndim == 0:
        raise ValueError(f"{name} must be a list or an array, not one number.")
    if (array < 0).any() or np.isinf(array).any():
        raise ValueError(f"{name} must be finite, and none may be below 0.")
    if (array.sum(axis=-1) == 0).any():
        raise ValueError(
            f"{name} add up to 0, so nothing can be divided by their sum: "
            "count at least one."
        )
    return array


def pair_counts(value, name, given=None):
    """-> (V, V), nothing negative; a row may be empty."""
    array = matrix(value, name)
    if array.shape[0] != array.shape[1]:
        raise ValueError(
            f"{name} must have as many rows as columns, but its shape is {array.shape}."
        )
    if (array < 0).any() or np.isinf(array).any():
        raise ValueError(f"{name} must be finite, and none may be below 0.")
    return array


def distributions(value, name, given=None):
    """-> (..., V), each row not negative and summing to 1."""
    array = numbers(value, name)
    if array.ndim == 0:
        raise ValueError(f"{name} must be a list or an array, not one number.")
    if (array < 0).any():
        raise ValueError(f"{name} has a probability below 0: none can be negative.")
    totals = array.sum(axis=-1)
    if (np.abs(totals - 1) > TOLERANCE).any():  # np.allclose takes ten times as long
        worst = totals.flat[np.argmax(np.abs(totals - 1))]
        raise ValueError(
            f"{name} must sum to 1, but sums to {worst:.6g}: "
            "divide by the sum first (probability.normalise)."
        )
    return array


def distribution(value, name, given=None):
    """-> (V,), not negative and summing to 1."""
    return distributions(vector(value, name), name)


def table(value, name, given=None):
    """-> (N, V), each row a distribution."""
    return distributions(matrix(value, name), name)


def like(other, rule):
    """A rule, and the same shape as the argument called ``other``."""

    def same_shape(value, name, given):
        array = rule(value, name)
        if array.shape != np.shape(given[other]):
            raise ValueError(
                f"{name} and {other} must have the same shape, but they are "
                f"{array.shape} and {np.shape(given[other])}."
            )
        return array

    return same_shape


def square_like(other):
    """A table of distributions with a row and a column for each entry of other."""

    def square(value, name, given):
        array, size = table(value, name), len(given[other])
        if array.shape != (size, size):
            raise ValueError(
                f"{name} must have {size} rows and {size} columns, as {other} has "
                f"{size} entries, but its shape is {array.shape}."
            )
        return array

    return square


def whole(value, name, given=None):
    """A whole number -> int."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise ValueError(f"{name} must be a whole number, not {value!r:.40}.")
    return int(value)


def real(value, name, given=None):
    """One real number -> float; inf passes, nan does not."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    if isinstance(value, bool) or not isinstance(value, Real):
        raise ValueError(f"{name} must be one number, not {value!r:.40}.")
    if np.isnan(value):
        raise ValueError(f"{name} is nan, which is not a number: give it a value.")
    return float(value)


def positive(value, name, given=None):
    """A whole number of at least 1 -> int."""
    number = whole(value, name)
    if number < 1:
        raise ValueError(f"{name} must be at least 1, not {number}.")
    return number


def index(of, axis=-1):
    """A position in the argument called ``of``, counted from 0 -> int."""

    def position(value, name, given):
        number = whole(value, name)
        size = np.shape(given[of])[axis]
        if not 0 <= number < size:
            raise ValueError(f"{name} must lie between 0 and {size - 1}, not {number}.")
        return number

    return position


def indices(of, axis=-1, least=0):
    """Positions in ``of`` (an argument's name, or the size itself) -> list[int]."""

    def positions(value, name, given):
        whole_size = isinstance(given[of], int)
        size = given[of] if whole_size else np.shape(given[of])[axis]
        found = ids(value, name)
        if len(found) < least:
            raise ValueError(f"{name} is empty: give it at least {least}.")
        for number in found:
            if not 0 <= number < size:
                raise ValueError(
                    f"every one of {name} must lie between 0 and {size - 1}, "
                    f"but one is {number}."
                )
        return found

    return positions


def ids(value, name, given=None):
    """Whole numbers -> list[int]"""
    try:
        found = list(value)
    except TypeError:
        raise ValueError(f"{name} must be a list of whole numbers.") from None
    return [whole(number, f"each of {name}") for number in found]


def words(value, name, given=None):
    """Strings -> list[str]; a string counts as the list of its characters."""
    try:
        found = list(value)
    except TypeError:
        raise ValueError(f"{name} must be a list of strings.") from None
    for word in found:
        if not isinstance(word, str):
            raise ValueError(f"{name} must hold strings, but one is {word!r:.40}.")
    return [str(word) for word in found]


def text(value, name, given=None):
    """A string that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ValueError(f"{name} must be a string, not {type(value).__name__}.")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError(
            f"{name} holds half of a character (a lone surrogate): remove it."
        ) from None
    return value
