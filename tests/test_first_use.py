"""Python is taught where it first stands: no cell uses what no words have named.

Page 00 says what "a little Python" is, in a table of examples. What goes beyond it
(a form, a function, a method, a keyword argument) must be named before a code cell
uses it for the first time: in a code span of the text anywhere before, in plain words
of the text just before, or in a comment of the cell. The names of helpers and those
that the notebooks define are exempt, as the prose speaks of what they do.

The authority is page 00 itself: its examples are parsed like any cell.
"""

import ast
import contextlib
import io
import re
import tokenize
from collections import Counter

import numpy as np
import pytest
import torch

from tests.notebooks import NAMES, read

# A form of Python and the words that name it to a reader, one of them is enough.
FORMS = {
    "list comprehension": ["makes a list", "comprehension"],
    "comprehension in a call": ["such a loop", "comprehension"],
    "dictionary comprehension": ["dictionary"],
    "set comprehension": ["set"],
    "if in a comprehension": ["if"],
    "dictionary": ["dictionary"],
    "set": ["set"],
    "lambda": ["lambda"],
    "x if y else z": ["if … else", "else"],
    "assignment to several names": ["several names", "two names", "unpack"],
    "*rest": ["star"],
    "**keywords": ["two stars"],
    "default value": ["default", "unless"],
    "slice": ["slice", "from the second", "all but"],
    "slice with a step": ["step"],
    "negative index": ["last"],
    "[row, column]": ["row"],
    "[:, column]": ["column"],
    "mask": ["mask", "where"],
    "@": ["@"],
    "**": ["power", "squared"],
    "//": ["whole"],
    "%": ["rest", "remainder"],
    "+=": ["+="],
    "-=": ["-="],
    "*=": ["*="],
    "chained comparison": ["between"],
    "and, or": ["and"],
    "not": ["not"],
    "in": ["in"],
    "is": ["is"],
    "None": ["None"],
    "f-string": ["f-string"],
    "format in an f-string": ["digits"],
    "1e-5": ["1e-"],
    "10_000": ["underscore", "10_000"],
    "_": ["underscore", "_"],
    "for": ["loop"],
    "while": ["while", "until"],
    "if": ["if"],
    "break": ["break"],
    "continue": ["continue"],
    "with": ["with"],
    "try": ["try"],
    "raise": ["raise"],
    "assert": ["assert"],
    "class": ["class"],
    "def": ["function"],
    "decorator": ["decorator", "@"],
    "yield": ["yield"],
    "...": ["..."],
    "text in three quotes": ["what it does", "three quotes"],
    "import": ["fetches", "import"],
    "from … import": ["fetches", "import"],
}

# Whose attributes and methods count, the course's own objects aside.
BUILT = (str, list, tuple, dict, set, Counter, int, float, np.ndarray, torch.Tensor,
         torch.nn.Module, torch.nn.Linear(1, 1), torch.optim.Optimizer)  # fmt: skip
LIBRARIES = {"np", "torch", "math", "random", "copy"}

# What still stands without a word, by notebook. It may only get shorter.
MISSING = {}


def kinds(node, parent):
    """The forms that one node of the syntax tree is, names of FORMS."""
    simple = {
        ast.DictComp: "dictionary comprehension",
        ast.SetComp: "set comprehension",
        ast.Dict: "dictionary",
        ast.Set: "set",
        ast.Lambda: "lambda",
        ast.IfExp: "x if y else z",
        ast.MatMult: "@",
        ast.Pow: "**",
        ast.FloorDiv: "//",
        ast.Mod: "%",
        ast.BoolOp: "and, or",
        ast.Not: "not",
        ast.In: "in",
        ast.NotIn: "in",
        ast.Is: "is",
        ast.IsNot: "is",
        ast.JoinedStr: "f-string",
        ast.For: "for",
        ast.While: "while",
        ast.If: "if",
        ast.Break: "break",
        ast.Continue: "continue",
        ast.With: "with",
        ast.Try: "try",
        ast.Raise: "raise",
        ast.Assert: "assert",
        ast.ClassDef: "class",
        ast.FunctionDef: "def",
        ast.Yield: "yield",
        ast.Import: "import",
        ast.ImportFrom: "from … import",
        ast.Starred: "*rest",
    }
    if type(node) in simple:
        yield simple[type(node)]
    match node:
        case ast.ListComp():
            yield "list comprehension"
        case ast.GeneratorExp():
            yield "comprehension in a call"
        case ast.comprehension(ifs=[_, *_]):
            yield "if in a comprehension"
        case ast.Tuple(ctx=ast.Store()):
            yield "assignment to several names"
        case ast.keyword(arg=None):
            yield "**keywords"
        case ast.arg(arg=_) if isinstance(parent, ast.arguments):
            if node in (parent.vararg, parent.kwarg):
                yield "*rest" if node is parent.vararg else "**keywords"
        case ast.arguments(defaults=[_, *_]) | ast.arguments(kw_defaults=[_, *_]):
            yield "default value"
        case ast.Slice(step=None):
            if not isinstance(parent, ast.Tuple):
                yield "slice"
        case ast.Slice():
            yield "slice with a step"
        case ast.Subscript(slice=ast.UnaryOp(op=ast.USub())):
            yield "negative index"
        case ast.Subscript(slice=ast.Tuple(elts=parts)):
            slices = any(isinstance(one, ast.Slice) for one in parts)
            yield "[:, column]" if slices else "[row, column]"
        case ast.Subscript(slice=ast.Compare()):
            yield "mask"
        case ast.AugAssign(op=op):
            sign = {ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*="}
            yield sign.get(type(op), "+=")
        case ast.Compare(ops=[_, _, *_]):
            yield "chained comparison"
        case ast.FormattedValue(format_spec=ast.JoinedStr()):
            yield "format in an f-string"
        case ast.Name(id="_", ctx=ast.Store()):
            yield "_"
        case ast.Constant(value=None):
            yield "None"
        case ast.Constant(value=value) if value is ...:
            yield "..."
    if getattr(node, "decorator_list", None):
        yield "decorator"
    if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
        yield "text in three quotes"


def root(node):
    """The name at the left end of a.b[c].d(), or None."""
    while isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else None


def uses(source, ours=frozenset(), helpers=frozenset()):
    """What Python a piece of code uses: forms, and names as np.sum, .sum, axis=.

    Calls of `ours`, names that the notebooks give a meaning, are exempt, and all
    that hangs on `helpers`, names that come from helpers.
    """
    found = set()
    tree = ast.parse(source)
    parents = {
        one: node for node in ast.walk(tree) for one in ast.iter_child_nodes(node)
    }
    for node in ast.walk(tree):
        found.update(kinds(node, parents.get(node)))
        match node:
            case ast.Call(func=ast.Name(id=name)) if name not in ours | helpers:
                found.add(name)
            case ast.Attribute(attr=name) if root(node) not in helpers:
                path = ast.unparse(node)
                if root(node) in LIBRARIES and re.fullmatch(r"[\w.]+", path):
                    found.add(path)
                elif any(hasattr(kind, name) for kind in BUILT):
                    found.add(f".{name}")
            case ast.keyword(arg=str(name)) if isinstance(parents[node], ast.Call):
                if root(parents[node].func) not in ours | helpers:
                    found.add(f"{name}=")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NUMBER:
            found |= {"10_000"} if "_" in token.string else set()
            found |= {"1e-5"} if re.match(r"[\d.]+e", token.string) else set()
    return found


def defines(source):
    """Names that a cell gives a meaning: functions, classes, arguments, variables."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
    return found


def helpers_names(source):
    """Names that a cell imports from helpers."""
    return {
        alias.asname or alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom) and node.module.startswith("helpers")
        for alias in node.names
    }


def spans(markdown):
    """The pieces of code in a text, between backticks."""
    blocks = re.findall(r"```(?:python)?\n(.*?)```", markdown, re.DOTALL)
    bare = re.sub(r"```.*?```", "", markdown, flags=re.DOTALL)
    return [one.strip() for one in blocks + re.findall(r"`([^`]+)`", bare)]


def taught(markdown):
    """What a text names: the uses in its pieces of code, and their bare names."""
    found = set()
    for span in spans(markdown):
        found |= set(re.findall(r"\w+", span))
        with contextlib.suppress(SyntaxError, tokenize.TokenError):
            found |= uses(span)
    return found


def named(use, known, words):
    """Is a use known, or said in `words` (the text just before, or a comment)?"""
    bare = re.split(r"[.]", use.rstrip("="))[-1] if use not in FORMS else None
    if use in known or bare in known:
        return True
    asked = FORMS.get(use, [bare])
    return any(
        re.search(rf"(?<!\w){re.escape(one)}(?!\w)", words, re.I) for one in asked
    )


def comments(source):
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return " ".join(t.string for t in tokens if t.type == tokenize.COMMENT)


def unexplained(notebooks):
    """{notebook: what it uses first and nobody named}, walking all in order.

    `notebooks` is {name: [(kind, source)]}.
    """
    known, ours, helpers, missing = set(), {"f"}, set(), {}
    for name, pages in notebooks.items():
        before = ""
        for kind, source in pages:
            if kind == "markdown":
                before += "\n" + source
                known |= taught(source)
                continue
            ours |= defines(source)
            helpers |= helpers_names(source)
            here = uses(source, ours, helpers)
            words = before + comments(source)
            missing.setdefault(name, set()).update(
                use for use in here if not named(use, known, words)
            )
            known |= here
            before = ""
    return missing


def known_missing(name):
    return {" ".join(use.split()) for use in MISSING.get(name, "").split(";")} - {""}


def pages():
    return {
        name: [(cell.cell_type, cell.source) for cell in read(name).cells]
        for name in NAMES
    }


def test_python_is_named_where_it_first_stands():
    missing = unexplained(pages())
    new = {n: sorted(u - known_missing(n)) for n, u in missing.items()}
    assert not any(new.values()), f"used before any words name it: {new}"


def test_what_is_known_to_be_missing_still_is():
    missing = unexplained(pages())
    gone = {n: sorted(known_missing(n) - missing.get(n, set())) for n in MISSING}
    assert not any(gone.values()), f"named by now, take it off the list: {gone}"


# The rule itself.

TABLE = ("markdown", "`sum(points)`, `for x in points: print(x)`")


@pytest.mark.parametrize(
    "cells, missing",
    [
        ([TABLE, ("code", "sum(points)")], set()),
        ([("code", "np.cumsum(p)")], {"np.cumsum"}),
        ([("markdown", "`cumsum` adds up."), ("code", "p.cumsum()")], set()),
        ([("code", "p.cumsum()  # cumsum adds up")], set()),
        ([("markdown", "We sum."), ("code", "p = 1"), ("code", "p.sum()")], {".sum"}),
        ([("code", "a.sum(axis=1)  # sum")], {"axis="}),
        ([("code", "def f(a):\n    return a\nf(a=2)  # a function")], set()),
        ([("code", "from helpers import figures  # import\nfigures.roll(h=2)")], set()),
        ([("code", "(lambda x: x)(2)")], {"lambda"}),
        ([("code", "e[:, 2], e[1, 2], e[-1], e[1:]  # row, column, last, slice")],
         set()),
        ([("code", "e[:, 2]")], {"[:, column]"}),
        ([("code", "h = 1e-5; n = 10_000")], {"1e-5", "10_000"}),
    ],
)  # fmt: skip
def test_unexplained(cells, missing):
    assert unexplained({"n": cells})["n"] == missing
