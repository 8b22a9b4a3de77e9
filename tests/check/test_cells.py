"""Cells that Python cannot read, and the sentence that stands below its error."""

import pytest
from IPython.core.interactiveshell import InteractiveShell

from helpers.check import cells

CELLS = [
    ("def f(p)\n    return p", "Line 1 needs a colon at its end: `def f(p):`."),
    ("def f(p):\n    for x in p\n        print(x)", "Line 2 needs a colon at its end"),
    ("def f(p):\n    return (p", "A bracket in line 2 is opened and never closed."),
    ("def f(p):\n    return p)", "Line 2 closes a bracket that nothing has opened."),
    ("def f(p):\nreturn p", "begin with four spaces more"),
    ("x = 1\n    y = 2", "Line 2 begins with more spaces than the one before it"),
    ("if x:\n        y = 1\n    z = 2", "a number of spaces that no line above it has"),
    ("def f(p):\n    if p = 1:\n        return p", "== asks whether two are equal"),
    ("def f(p):\n    p + 1 = 2", "= gives a name, on its left, a value"),
    ("f(1) = 2", "In line 1"),
    ("x = 'abc", "has no quotation mark at its end"),
    ("x = 1 − 2", "type minus, quotation marks and spaces on the keyboard"),
    ("return 3", "The return of line 1 stands outside the function"),
    ("y = 2x", "a product needs its sign, 2 * x"),
    ("x = (1 2)", "is a comma missing"),
    ("x = 1 +", "Python cannot read line 1, `x = 1 +`."),
]  # fmt: skip


@pytest.mark.parametrize(("cell", "words"), CELLS)
def test_what_is_said_below_the_error(cell, words):
    """Authority: the fault that the cell has."""
    with pytest.raises(SyntaxError) as caught:
        compile(cell, "<cell>", "exec")
    assert words in cells.sentence(caught.value)


def test_a_notebook_is_listened_to(monkeypatch, capsys):
    """Authority: IPython's own event, in a shell of its own."""
    shell = InteractiveShell()
    monkeypatch.setattr("IPython.get_ipython", lambda: shell)
    cells.listen()
    shell.run_cell("def f(p)\n    return p")
    assert "Line 1 needs a colon at its end" in capsys.readouterr().out
    shell.run_cell("1 / 0")
    assert "run the cell again" not in capsys.readouterr().out
