"""What changed code may build: no list, text or number that fills the memory.

A change such as `prompt * room` in a loop grows in C, where no clock can stop it. So
every sum, product and power of changed code is looked at before it is worked out.
"""

import ast
import operator
import sys
from collections.abc import Iterator

import numpy as np

from helpers.check import listing

ITEMS = 10**6  # that one list, text or array may hold
MADE = 5 * 10**6  # items of lists and texts that one call may make
BITS = 10**5  # of one whole number
DEPTH = 8  # lists in lists in lists
OPERATORS = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul,
    ast.Div: operator.truediv, ast.Pow: operator.pow, ast.LShift: operator.lshift,
}  # fmt: skip
MAKERS = {"zeros", "ones", "full", "empty", "eye", "arange", "linspace", "repeat",
          "tile", "identity", "rand", "randn", "range", "factorial"}  # fmt: skip


class TooLong(BaseException):
    """A changed function went round its loops, or built something, without end."""


class Bounds(ast.NodeTransformer):
    """Send what may grow through the count of one call; the tree given stays.

    A whole tree takes longer than to compile it, so what no edit touches is kept.
    """

    def __init__(self, tree):
        self.kept, self.touched = {}, ()
        self.visit(tree)
        self.keeping = False

    keeping = True

    def bounded(self, tree, touched):
        """The tree as it stands now; touched are the nodes that hold a change."""
        self.touched = touched
        return self.visit(tree)

    def visit(self, node):
        if node in self.kept and node not in self.touched:
            return self.kept[node]
        new = super().visit(node)
        if self.keeping:
            self.kept[node] = new
        return new

    def generic_visit(self, node):
        fields, changed = {}, False
        for name, old in ast.iter_fields(node):
            new = old
            if isinstance(old, list):
                new = [self.visit(i) if isinstance(i, ast.AST) else i for i in old]
                if all(a is b for a, b in zip(old, new, strict=True)):
                    new = old
            elif isinstance(old, ast.AST):
                new = self.visit(old)
            fields[name], changed = new, changed or new is not old
        return ast.copy_location(type(node)(**fields), node) if changed else node

    def visit_BinOp(self, node):
        node = self.generic_visit(node)
        if type(node.op) not in OPERATORS:
            return node
        return _call("__grown__", node, _sign(node), node.left, node.right)

    def visit_AugAssign(self, node):
        node = self.generic_visit(node)
        if type(node.op) not in OPERATORS or not isinstance(node.target, ast.Name):
            return node
        left = ast.copy_location(ast.Name(node.target.id, ast.Load()), node)
        value = _call("__fitting__", node, _sign(node), left, node.value)
        return ast.copy_location(ast.AugAssign(node.target, node.op, value), node)

    def visit_Call(self, node):
        node = self.generic_visit(node)
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        method = isinstance(node.func, ast.Attribute)
        if name == "append" and method and len(node.args) == 1:
            args = [_call("__apart__", node, node.func.value, *node.args)]
            return ast.copy_location(ast.Call(node.func, args, node.keywords), node)
        if name in listing.NAMES:
            return _call("__slowly__", node, node)
        if name not in MAKERS:
            return node
        args = [
            a if isinstance(a, ast.Starred) else _call("__few__", a, a)
            for a in node.args
        ]
        return ast.copy_location(ast.Call(node.func, args, node.keywords), node)


def _sign(node):
    return ast.Constant(type(node.op).__name__)


def _call(name, place, *args):
    new = ast.Call(ast.Name(name, ast.Load()), list(args), [])
    for node in (new, new.func, *args):
        if not hasattr(node, "lineno"):
            ast.copy_location(node, place)
    return new


class Count:
    """The rounds that one call has gone through, and what it has made."""

    def __init__(self, limit):
        self.limit = limit
        self.start()

    def start(self):
        self.rounds = self.made = 0

    def scope(self):
        """The names that changed code calls."""
        return {
            "__tick__": self.tick, "__grown__": self.grown,
            "__fitting__": self.fitting, "__few__": few, "__apart__": apart,
            "__slowly__": slowly,
        }  # fmt: skip

    def tick(self):
        self.rounds += 1
        if self.rounds > self.limit:
            raise TooLong
        for value in sys._getframe(1).f_locals.values():
            if isinstance(value, list | str | tuple) and len(value) > ITEMS // 10:
                raise TooLong  # it may double in each round: [*x, *x]
            if isinstance(value, np.ndarray) and value.size > ITEMS // 10:
                raise TooLong
            if isinstance(value, list) and _deep(value):
                raise TooLong  # np.array would look for each of its 2 ** 64 numbers

    def grown(self, sign, left, right):
        self.fitting(sign, left, right)
        return _BY_NAME[sign](left, right)

    def fitting(self, sign, left, right):
        """right, if what the operator makes of the two may be made."""
        items = _items(sign, left, right)
        if isinstance(left, list | str | tuple):
            self.made += items
        if items > ITEMS or self.made > MADE:
            raise TooLong
        return right


_BY_NAME = {kind.__name__: made for kind, made in OPERATORS.items()}


def _items(sign, left, right):
    """How many items the result will have, at least about."""
    pair = (left, right)
    whole = [isinstance(x, int) for x in pair]
    if all(whole):
        a, b = abs(int(left)), abs(int(right))
        bits = a.bit_length() + b.bit_length()
        if sign == "Pow":
            bits = a.bit_length() * b if a > 1 else 1
        elif sign == "LShift":
            bits = a.bit_length() + b
        return ITEMS + 1 if bits > BITS else 1
    sequence = [isinstance(x, list | str | tuple) for x in pair]
    if sign == "Mult" and any(sequence):
        items, times = (left, right) if sequence[0] else (right, left)
        whole = isinstance(times, int | np.integer)
        return len(items) * max(int(times), 1) if whole else len(items)
    if all(sequence):
        return len(left) + len(right)
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        size = 1
        a, b = left.shape[::-1], right.shape[::-1]
        for i in range(max(len(a), len(b))):
            size *= max(a[i] if i < len(a) else 1, b[i] if i < len(b) else 1)
        return size
    return 1


def _deep(value):
    """Whether lists stand in lists without end, as [x, x] of x in each round."""
    for place in (0, -1):
        inner = value
        for _ in range(DEPTH):
            if not isinstance(inner, list) or not inner:
                break
            inner = inner[place]
        else:
            return True
    return False


def apart(whole, item):
    """item, unless it is the list that it goes into."""
    if item is whole:
        raise TooLong
    return item


def few(value):
    """value, unless it is a count or a shape of too many."""
    numbers = value if isinstance(value, list | tuple) else (value,)
    size = 1
    for number in numbers:
        if isinstance(number, int | float | np.number) and number == number:
            size *= max(abs(number), 1)
    if size > ITEMS:
        raise TooLong
    return value


def slowly(groups):
    """All the ways to choose, one by one, up to ITEMS in all."""
    return _counted(groups) if isinstance(groups, Iterator) else groups


def _counted(groups):
    made = 0
    for group in groups:
        made += len(group)
        if made > ITEMS:
            raise TooLong
        yield group
