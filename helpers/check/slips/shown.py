"""How a line is shown to the reader, and whether it is a line of theirs."""

import ast
import builtins
import contextlib
import keyword
import re

WORDS = {*keyword.kwlist, "axis", "keepdims"}


def header(stmt):
    """A statement in one line; of a loop or an if its head alone."""
    lines = ast.unparse(stmt).splitlines()
    if hasattr(stmt, "body"):
        return lines[0].removesuffix(":")
    return _lean(" ".join(line.strip() for line in lines))


def _lean(text):
    """sum((x for x in p)) -> sum(x for x in p), as a reader writes it."""
    start = text.find("((")
    while start >= 0:
        depth, end = 0, start
        for end in range(start + 1, len(text)):
            depth += {"(": 1, ")": -1}.get(text[end], 0)
            if depth == 0:
                break
        shorter = text[: start + 1] + text[start + 2 : end] + text[end + 1 :]
        with contextlib.suppress(SyntaxError):
            if ast.dump(ast.parse(shorter)) == ast.dump(ast.parse(text)):
                text = shorter
        start = text.find("((", start + 1)
    return text


def strange(written, line, arguments=()):
    """Whether a line holds names that the reader's function has not.

    Of a function without a source no more is known than the arguments asked for.
    """
    known = {"np", "math", *dir(builtins)}
    if written is None:
        known.update(arguments)
    else:
        known |= {n.id for n in ast.walk(written.tree) if isinstance(n, ast.Name)}
        known.update(written.arguments)
    return bool(set(re.findall(r"(?<![.\w])[A-Za-z_]\w*", line)) - known - WORDS)
