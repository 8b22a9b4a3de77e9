"""A sentence on a cell that Python cannot read at all, in the reader's words.

Such a cell never runs, so no check sees it: IPython says when it happens.
"""

import re
import sys

# What Python says -> what is to be done; {line} and {text} come from the error.
SAID = (
    (r"expected ':'", "Line {line} needs a colon at its end: `{text}:`."),
    (r"was never closed", "A bracket in line {line} is opened and never closed."),
    (r"unmatched '(.)'", "Line {line} closes a bracket that nothing has opened."),
    (r"closing parenthesis", "The brackets of line {line} do not belong together."),
    (r"expected an indented block", "The lines that belong to the one above line "
     "{line} begin with four spaces more."),
    (r"unexpected indent", "Line {line} begins with more spaces than the one before "
     "it, and nothing there asks for it."),
    (r"unindent does not match|inconsistent use of tabs", "Line {line} begins with a "
     "number of spaces that no line above it has."),
    (r"instead of '='|cannot assign to (comparison|expression|operator)", "In line "
     "{line}: == asks whether two are equal, = gives a name, on its left, a value."),
    (r"cannot assign to", "In line {line}: left of = stands a name, or a place such as "
     "p[i], and nothing else."),
    (r"unterminated string", "A text in line {line} has no quotation mark at its end."),
    (r"invalid (non-printable )?character", "Line {line} holds a sign that Python does "
     "not know: type minus, quotation marks and spaces on the keyboard."),
    (r"'return' outside function", "The return of line {line} stands outside the "
     "function: begin it with four spaces."),
    (r"'(break|continue)'", "break and continue stand inside a loop: look how far line "
     "{line} is indented."),
    (r"invalid decimal literal", "Line {line}: a product needs its sign, 2 * x, and a "
     "name does not begin with a digit."),
    (r"forgot a comma", "Line {line}: is a comma missing, or the sign *?"),
)  # fmt: skip
HEADS = ("def", "for", "while", "if", "elif", "else", "class", "with", "try")


def sentence(error):
    """What a SyntaxError means to someone who meets it for the first time."""
    line, text = error.lineno or 1, (error.text or "").strip()
    words = next((w for sign, w in SAID if re.search(sign, error.msg or "")), None)
    if words is None:
        words = "Python cannot read line {line}, `{text}`. Is a bracket or a sign "
        words += "missing, there or in the line above?"
        head = re.match(r"\w*", text).group()
        if head in HEADS and not text.endswith(":"):
            words = "Line {line} needs a colon at its end: `{text}:`."
    return words.format(line=line, text=text)


def explain(result):
    """After a cell: a word on why it could not be read."""
    error = getattr(result, "error_before_exec", None)
    if isinstance(error, SyntaxError):
        print(f"{sentence(error)} Mend it and run the cell again.")


def listen():
    """Explain from now on, where there is a notebook to listen to."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    if shell is not None:
        shell.events.register("post_run_cell", explain)
