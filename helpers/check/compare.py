"""What a function returned, made comparable, and told in words."""

import contextlib
import inspect
from dataclasses import dataclass
from numbers import Integral, Real
from types import EllipsisType

import numpy as np

RTOL, ATOL = 1e-6, 1e-8
SHOWN = 16  # numbers or words that a sentence may hold


@dataclass(frozen=True)
class Unreadable:
    """Something that is neither numbers nor a list of words."""

    what: str
    inner: str = ""  # what it holds, so that two such may be told apart


class Parts(list):
    """Arrays that are no table together, as a function gives that returns several."""


def plain(value):
    """None, ..., a float64 array, a tuple of words, Parts, or Unreadable."""
    if value is None or value is ...:
        return value
    if isinstance(value, str):
        return Unreadable(f"the string {value!r:.60}")
    if isinstance(value, bytes | bytearray | dict | set | frozenset):
        return Unreadable(f"a {type(value).__name__}")
    if inspect.iscoroutine(value):
        value.close()  # or Python warns that it was never awaited
        return Unreadable("a coroutine")
    if hasattr(value, "__next__"):
        return Unreadable(f"a {type(value).__name__} (wrap it in list)")
    if callable(value):
        return Unreadable("a function")
    if hasattr(value, "detach"):
        value = value.detach()  # a torch tensor that records its history
    if _deep(value):
        return Unreadable("a list of lists of lists without end")
    with contextlib.suppress(Exception):
        array = np.asarray(value)
        if array.dtype.kind == "O":
            array = _objects(array)
        if array.dtype.kind in "biuf":
            return array.astype(np.float64)
        if array.dtype.kind == "U" and array.ndim == 1:
            return tuple(str(word) for word in value)
    if isinstance(value, list | tuple):
        parts = Parts(plain(item) for item in value)
        sizes = {np.ndim(part) for part in parts if _are_arrays(part)}
        if _are_arrays(*parts) and len(sizes) > 1 and min(sizes) > 0:
            return parts
        inner = repr(_bare(value))
        sizes = [len(x) for x in value if isinstance(x, list | tuple | np.ndarray)]
        if len(sizes) == len(value) > 1 and len(set(sizes)) > 1 and len(sizes) < 5:
            what = f"lists of {' and '.join(map(str, sizes))} items"
            return Unreadable(f"a {type(value).__name__} with {what}", inner)
        return Unreadable(
            f"a {type(value).__name__} that is no row or table of numbers", inner
        )
    return Unreadable(f"a value of type {type(value).__name__}")


def _bare(value):
    """Lists for arrays and tuples, and Python's own numbers for NumPy's."""
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return value.tolist() if hasattr(value, "tolist") else value


def _deep(value, levels=4):
    """Whether lists stand in lists too often; one that holds itself never ends."""
    if not isinstance(value, list | tuple):
        return False
    return levels == 0 or any(_deep(item, levels - 1) for item in value)


def _objects(array):
    """Fractions, decimals and large ints as floats; words and the rest as they are."""
    if any(isinstance(item, str | None) for item in array.flat):
        return array
    return array.astype(np.float64)


def depth(value):
    """np.ndim, which has none for a list of lists of several lengths."""
    try:
        return np.ndim(value)
    except ValueError:
        return 2


def as_returned(result, reference):
    """result in the type of the reference's result: array, list, tuple or number."""
    if isinstance(reference, np.ndarray):
        if isinstance(result, dict):
            result = list(result.values())
        return np.asarray(result, dtype=reference.dtype)
    if isinstance(reference, list | tuple):
        if hasattr(result, "tolist"):
            result = result.tolist()
        kinds = {type(item) for item in reference}
        if kinds <= {int}:
            result = [int(item) for item in result]
        if np.ndarray in kinds:
            pairs = zip(result, reference, strict=True)
            result = [as_returned(item, wanted) for item, wanted in pairs]
        return type(reference)(result)
    return type(reference)(result)


def fits(result, reference):
    """Whether result has the type that later cells count on."""
    if isinstance(reference, np.ndarray):
        return isinstance(result, np.ndarray) and result.dtype == reference.dtype
    if isinstance(reference, list | tuple):
        kinds = {_kind_of(item) for item in reference}
        return type(result) is type(reference) and all(
            _kind_of(item) in kinds or not kinds for item in result
        )
    wanted = Integral if isinstance(reference, int) else Real
    return isinstance(result, wanted)


def _kind_of(item):
    """The type of an item; NumPy's float and Python's do the same later on."""
    return float if isinstance(item, float) else type(item)


def same(a, b, rtol=RTOL, atol=ATOL):
    """Whether two plain values agree; nan agrees with nan."""
    if isinstance(a, Parts) and isinstance(b, Parts):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, np.ndarray) and isinstance(b, np.ndarray):
        if a.shape != b.shape:
            return False
        if np.array_equal(a, b, equal_nan=True):
            return True
        with np.errstate(all="ignore"):  # what np.isclose does, in a third of its time
            near = np.abs(a - b) <= atol + rtol * np.abs(b)
        return bool(((near & np.isfinite(b)) | (a == b) | ((a != a) & (b != b))).all())
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return False
    return a == b


def kind(value):
    """A plain value's kind in words: one number, an array of shape (2, 3) …"""
    if isinstance(value, tuple):
        return f"a list of {len(value)} words"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return "one number"
        if value.ndim == 1:
            return f"a row of {value.size} number{'s' * (value.size != 1)}"
        return f"an array of shape {value.shape}"
    if isinstance(value, Parts):
        shapes = ", ".join(str(part.shape) for part in value)
        return f"{len(value)} results of shapes {shapes}"
    if isinstance(value, Unreadable):
        return value.what
    return "nothing (None)" if value is None else "..."


def number(x, digits=4):
    """1.2039728 -> 1.204; whole numbers whole; no -0."""
    x = float(x)
    if not np.isfinite(x):
        return str(x)
    if x == round(x) and abs(x) < 1e15:
        return str(round(x))
    if 1e-4 <= abs(x) < 1e15:
        places = max(digits - 1 - int(np.floor(np.log10(abs(x)))), 1)
        return f"{x:.{places}f}".rstrip("0").rstrip(".")
    return f"{x:.{digits}g}"


def show(value, digits=4):
    """A short value as Python would write it, numbers rounded; None if it is long."""
    if isinstance(value, str):
        return repr(value)
    if isinstance(value, EllipsisType) or value is None:
        return "..." if value is ... else "None"
    if callable(value):
        return getattr(value, "__doc__", None) or getattr(value, "__name__", "f")
    if isinstance(value, Unreadable):
        return value.what
    if isinstance(value, list) and depth(value) == 2:
        rows = [show(item, digits) for item in value]
        return None if None in rows else f"[{', '.join(rows)}]"
    if depth(value) == 0:
        return number(value, digits)
    if np.size(value) > SHOWN:
        return None
    inner = ", ".join(show(item, digits) for item in value)
    pair = isinstance(value, tuple) and not any(isinstance(v, str) for v in value)
    return f"({inner})" if pair else f"[{inner}]"


def show_both(got, expected):
    """Two different values, with as many digits as it takes to tell them apart."""
    if _are_arrays(got, expected) and got.shape == expected.shape and got.size > SHOWN:
        differs = ~np.isclose(got, expected, rtol=RTOL, atol=ATOL)
        where = tuple(int(i) for i in np.argwhere(differs)[0])
        place = f" at [{', '.join(map(str, where))}]"
        first, second = show_both(got[where], expected[where])
        return first + place, second
    if isinstance(got, Parts) and kind(got) == kind(expected):
        i = [same(*pair) for pair in zip(got, expected, strict=True)].index(False)
        first, second = show_both(got[i], expected[i])
        return f"{first} as result {i + 1} of {len(got)}", second
    if isinstance(expected, Parts) or isinstance(got, Parts):
        return kind(got), kind(expected)
    for digits in (4, 6, 8, 10, 12, 16):
        first, second = show(got, digits), show(expected, digits)
        if first != second:
            break
    return first or kind(got), second or kind(expected)


def _are_arrays(*values):
    return all(isinstance(value, np.ndarray) for value in values)


def show_arguments(names, args):
    """'p = [0.4, 0.6] and truth = 1'; long ones by their shape."""
    parts = []
    for name, value in zip(names, args, strict=False):
        shown = show(value)
        if shown is None:
            shape = np.shape(value)
            size = f"length {shape[0]}" if len(shape) == 1 else f"shape {shape}"
            parts.append(f"{name} of {size}")
        else:
            parts.append(f"{name} = {shown}")
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]
