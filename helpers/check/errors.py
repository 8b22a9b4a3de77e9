"""What Python's and NumPy's errors mean to someone who meets them the first time."""

import re

ADVICE = (
    (r"unsupported operand type.*'NoneType'|'NoneType' object",
     "One of these is None. append and sort give nothing back, and so does a function "
     "without return."),
    (r"Cannot cast ufunc|float infinity to integer|float NaN to integer",
     "This is an array of whole numbers, with no place for a fraction or for ∞. Make "
     "it one of floats first: np.zeros(x.shape), or x.astype(float)."),
    (r"not implemented for '(Long|Int)'", "These are whole numbers. Make floats of "
     "them first: torch.tensor(x, dtype=torch.float64)."),
    (r"0-dimensional|only (length-1|0-d|size-1) arrays|only 0-dimensional",
     "float, math.log and math.sqrt take one number; np.log and np.sqrt take an "
     "array."),
    (r"truth value of an array",
     "Python's if, max and min compare number with number, and here are whole arrays. "
     "For the largest of each row: z.max(axis=-1, keepdims=True), and the same for "
     "its sum. Number by number: np.where, np.maximum, np.minimum."),
    (r"'numpy\.ufunc'", "A function needs its bracket at once, np.sqrt(d), and a power "
     "stands behind that: np.sin(…) ** 2."),
    (r"argument 'keepdim'", "It is spelt `keepdims`."),
    (r"__round__", "Python's round takes one number. Do not round here: return all the "
     "digits."),
    (r"numpy\.ndarray' object has no attribute 'remove'", "An array has no `remove`. "
     "p[p > 0] leaves out what is 0."),
    (r"'(numpy\.)?(float|int)\d*' object is not iterable", "That is one number, and a "
     "loop, sum() or max() needs several: a loop over a single row gives its numbers "
     "one by one. For n rounds: range(n)."),
    (r"math domain error|expected a positive input",
     "math.log(0) has no value: is there a probability of 0, or a product too small "
     "for float64?"),
    (r"AxisError", "The last axis is axis=-1, for one row and for many."),
    (r"arrays used as indices must be", "Places are picked by whole numbers, or by "
     "True and False: table == 1 makes these of 1 and 0."),
    (r"list indices must be .*not tuple", "A list of lists has two pairs of brackets: "
     "table[i][j]."),
    (r"only integers, slices|indices must be integers|only integer scalar arrays",
     "A place in a list or an array is a whole number, 0, 1, 2 and so on. Does a value "
     "stand where its place belongs? `for i in p` gives the values, "
     "`for i in range(len(p))` the places."),
    (r"object is not callable",
     "Round brackets call a function. A place in a list stands in square ones: p[i]."),
    (r"index .*out of (range|bounds)|list index out of range|string index",
     "That place does not exist: places go from 0 to len - 1. Is a value taken for a "
     "place, or does a loop go one too far?"),
    (r"object is not subscriptable",
     "Square brackets need a list or an array in front of them. Is this one number, or "
     "a function, which takes round brackets?"),
    (r"is not in list|is not in tuple", "x.index(y) looks for y in x: is that the list "
     "in which it stands?"),
    (r"ZeroDivisionError|division by zero", "Something is divided by 0 here. Which "
     "number is 0 for this input?"),
    (r"operands could not be broadcast",
     "Two arrays of different shapes meet here. Compare their lengths. "
        "np.concatenate([a, b]) puts one behind the other; a sum that must "
        ""
     "stay a column needs keepdims=True."),
    (r"matmul|mismatch in its core dimension|shapes .* not aligned",
     "In A @ B the columns of A must be as many as the rows of B. Are the two the "
     "wrong way round?"),
    (r"cannot access local variable|referenced before assignment",
     "Give it a first value before the loop, such as 0 or an empty list []."),
    (r"ndarray' object has no attribute 'append'", "An array has no `append`: "
     "np.vstack([table, row]) puts a row below a table, np.append(row, number) a "
     "number behind a row."),
    (r"has no attribute 'append'",
     "Only a list can append: begin with an empty list, [], and do not write "
     "x = x.append(…), which leaves None in x."),
    (r"can only concatenate|concatenate list|concatenate tuple",
     "Lists are joined with +, a single item is put in with append. "
     "A list is no array: np.array makes one that calculates number by number."),
    (r"EOFError", "input() waits for somebody to type. What the function works with "
     "is given to it: leave input() out."),
    (r"arrays used as indices", "0.0 and 1.0 are no places. A row of 0 and 1 picks by "
     "a product, @, or by the place of its 1, argmax."),
    (r"has no len\(\)", "That is one number, and has no length. One number comes here "
     "as well as rows, or a row as well as tables."),
    (r"invalid index to scalar", "That is one number, and has no places. Is a single "
     "number handed on where all of them are wanted?"),
    (r"unsupported operand type.*'tuple'", "One of these is several numbers at once, "
     "as from a function that returns two. Take the one that is meant."),
    (r"can't multiply sequence|unsupported operand type.*'list'|"
     r"bad operand type for unary -: 'list'",
     "A list does not calculate: go through it number by number, or make an array of "
     "it with np.array."),
    (r"unsupported operand type\(s\) for \^|ufunc 'bitwise_xor'",
     "^ is no power in Python: write **."),
    (r"unsupported operand type.*'(builtin_function|function|type)|"
     r"builtin_function_or_method|'function' and",
     "This is a function, not a number: give it its input in brackets, or use another "
     "name."),
    (r"cannot be interpreted as an integer|integer argument expected|"
     r"cannot interpret .* as a data type|data type not understood",
     "A whole number is wanted: range(len(p)) counts places, and a shape stands in "
     "brackets of its own, np.zeros((N, V))."),
    (r"only integer|slice indices must be", "Places and slices need whole numbers: "
     "round gives one, // divides to one."),
    (r"not iterable", "A loop needs a list, an array or range(…) to run through. For n "
     "rounds: range(n)."),
    (r"missing (\d+|a) required|takes (\d+ positional|from)|an unexpected keyword",
     "This function takes other arguments than these: count them."),
    (r"setting an array element with a sequence|inhomogeneous",
     "The parts have different lengths, or an array stands where one number belongs."),
    (r"not enough values to unpack|too many values to unpack|cannot unpack",
     "There are not as many parts as names to the left of the sign =."),
    (r"module 'math' has no attribute|module 'numpy' has no attribute",
     "There is no such function. The natural logarithm is np.log or math.log, the "
     "power of e is np.exp or math.exp."),
    (r"must be real number, not (list|function|str)|must be a number|"
     r"loop of ufunc does not support|could not convert string",
     "Numbers are wanted here, and something else is given."),
    (r"RecursionError", "Python lets a function call itself 1,000 deep at most: write "
     "a loop."),
    (r"KeyError", "The dictionary has no such key. Is a list meant, or its index?"),
    (r"AttributeError: '(list|tuple)' object", "This is a list, not an array: np.array "
     "makes an array of it."),
    (r"AttributeError: '(float|int|numpy\.float64)' object", "This is one number, and "
     "not an array. For both, np.sum, np.max and the like work."),
    (r"same number of dimensions", "A row is no table: np.vstack([table, row]) puts it "
     "below, and so does np.concatenate with the row in brackets of its own, [row]."),
    (r"all the input array", "np.concatenate joins arrays "
     "that are given as one list: np.concatenate([a, b])."),
    (r"same shape|shape mismatch", "The shapes do not fit: compare the lengths."),
    (r"OverflowError|too large", "A power is more than float64 holds. "
     "Take the power of a number below 0: e to minus something never overflows."),
)  # fmt: skip
MODULES = ("math", "random", "itertools", "collections", "statistics")


def advice(stopped):
    """A sentence on an error, such as "NameError: name 'ln' is not defined"."""
    if found := re.match(r"NameError: name '(\w+)' is not defined", stopped):
        return _unknown(found.group(1))
    return next((words for sign, words in ADVICE if re.search(sign, stopped)), "")


def _unknown(name):
    import collections
    import itertools
    import math

    import numpy as np

    if name == "ln":
        return "The natural logarithm is np.log, or math.log for one number."
    if name in MODULES:
        return f"Write `import {name}` first."
    if name == "np":
        return "Write `import numpy as np` first."
    for module in (itertools, collections):
        if hasattr(module, name):
            return f"Write `from {module.__name__} import {name}` first."
    homes = [home for home, made in (("np", np), ("math", math)) if hasattr(made, name)]
    if homes:
        written = " or ".join(f"{home}.{name}" for home in homes)
        return f"It belongs to a module: {written}."
    return (
        f"Nobody has made a {name}: use the names of the function's arguments, or "
        "those that you set yourself before."
    )
