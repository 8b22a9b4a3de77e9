"""Formulas with the digits in them: from LaTeX to MathML, which browsers draw."""

import functools
import html
import itertools
import re

from latex2mathml.converter import convert

from helpers.live.wrapping import in_pieces

# latex2mathml passes angle brackets inside \text{} through, so whatever is not
# one of its own plain tags is text and gets escaped.
_ATTRIBUTES = (
    "xmlns|display|stretchy|fence|form|mathvariant|width|height|depth|columnalign|"
    "rowspacing|columnspacing|linethickness|lspace|rspace|minsize|maxsize|"
    "movablelimits|separator|accent|scriptlevel|displaystyle|voffset"
)
_TAG = re.compile(
    r"</?(?:math|mrow|mi|mn|mo|mfrac|msup|msub|msubsup|mtext|mspace|msqrt|mroot|"
    r"munder|mover|munderover|mstyle|mtable|mtr|mtd|mpadded)"
    rf'(?:\s+(?:{_ATTRIBUTES})="[^"<>]*")*\s*/?>'
)
# Spacing that the converter leaves out: after the name of a function, or its power,
# and none after a minus that is a sign.
_NAME = "<mi>(?:ln|log|exp|max|min|sin|cos|tan)</mi>"
_FUNCTION = re.compile(
    rf"((?<!<msup>)(?<!<msub>){_NAME}|<msup>{_NAME}<m[in]>[^<]*</m[in]></msup>)"
    r"(?=<m[in]|<mtext|<mfrac)"
)
_SIGN = re.compile(r"(<mo[^>]*>(?:[=+,]|&#x[0-9A-F]+;)</mo>)<mo>(&#x02212;)</mo>")
_CLOSING = ("&#x00029;", "&#x0005D;", "&#x0007D;")
_CODE_OR_FORMULA = re.compile(
    r"(```.*?```|`[^`\n]+`)|\$\$(.+?)\$\$|(?<![\\$\w])\$(\S(?:[^$`\n]|\n(?!\n))*?)\$(?!\d)",
    re.DOTALL,
)
# The converter reads one digit after ^, _ and \frac by itself.
_NUMBER = re.compile(r"(?<![\w^_.\\])(?<!frac )[0-9]+(?:\.[0-9]+)?")
_FIRST = 7000000
_STOOD_IN = re.compile(r"(7[0-9]{6})(?:\.5)?")
_SPECIAL = {
    "\\": r"\backslash ", "{": r"\{", "}": r"\}", "$": r"\$", "%": r"\%",
    "&": r"\text{&}", "#": r"\#", "_": r"\_", "^": r"\hat{}", "~": r"\sim ",
}  # fmt: skip


def words(text):
    r"""LaTeX that shows `text`, whoever typed it, as upright words.

    Characters with a meaning in LaTeX are escaped, so ``words("50 %")`` is
    ``\text{50 }\%``.
    """
    parts = re.split(r"([\\{}$%&#_^~])", str(text))
    return "".join(_SPECIAL.get(part) or rf"\text{{{part}}}" for part in parts if part)


def mathml(lines):
    """One block of MathML a line of LaTeX, as HTML. Shape: str or list -> str.

    Nothing but plain MathML tags leaves this function as markup.
    """
    return "".join(f"<div>{_filled_in(line)}</div>" for line in as_lines(lines))


def room(lines, others):
    """How much wider than in `lines` each line of a formula is in `others`, at most.

    A list with one ratio of at least 1 a line, from the number of characters.
    """
    widest = [_length(line) for line in lines]
    for other in others:
        for i, line in enumerate(other[: len(widest)]):
            widest[i] = max(widest[i], _length(line))
    pairs = zip(widest, lines, strict=True)
    return [round(wide / max(1, _length(line)), 2) for wide, line in pairs]


def _length(line):
    return len(re.sub(r"\\[a-zA-Z]+|[\\{}^_ ]", "", line))


def typeset(markdown):
    """Markdown with its $formulas$ as MathML, for a page without MathJax.

    Code is left alone, and so is a formula that the converter cannot read.
    """
    return _CODE_OR_FORMULA.sub(_in_place, markdown)


def _in_place(match):
    code, block, inline = match.groups()
    if code:
        return code
    try:
        made = _mathml(block or inline, "block" if block else "inline")
    except Exception:  # the converter has many; MathJax may still know better
        return match.group()
    # Between tags Markdown would still read these as emphasis or code.
    for mark in "*_`":
        made = made.replace(mark, f"&#{ord(mark)};")
    return f'<div style="margin: 0.8em 0">{made}</div>' if block else made


def as_lines(lines):
    """A list of lines from what an update function returned."""
    if lines is None:
        return []
    return [lines] if isinstance(lines, str) else [str(line) for line in lines]


def _filled_in(line):
    """The pieces of a line, from one like it with other numbers where that is sure."""
    numbers, count = _NUMBER.findall(line), itertools.count(_FIRST)
    parts, order = _around(
        # A stand-in is of the number's kind, whole or not.
        _NUMBER.sub(lambda n: f"{next(count)}{'.5' * ('.' in n.group())}", line),
        len(numbers),
    )
    if order is None:
        return _pieces(line)
    filled = [numbers[k] + part for k, part in zip(order, parts[1:], strict=True)]
    return parts[0] + "".join(filled)


@functools.lru_cache(1024)
def _around(line, count):
    """What stands between the `count` stand-ins in the pieces of a line, their order.

    The order is None where one is lost, comes twice, or was typed by a reader.
    """
    pieces = _STOOD_IN.split(_pieces(line))
    order = [int(stood) - _FIRST for stood in pieces[1::2]]
    return pieces[::2], order if sorted(order) == list(range(count)) else None


def _pieces(line):
    return in_pieces(_mathml(line))


def _mathml(line, display="inline"):
    if not line.strip():
        return ""
    made = _FUNCTION.sub(r'\1<mspace width="0.17em"/>', convert(line, display=display))
    made = _SIGN.sub(_sign, made)
    safe, end = [], 0
    for tag in _TAG.finditer(made):
        safe += [_escaped(made[end : tag.start()]), tag.group()]
        end = tag.end()
    return "".join([*safe, _escaped(made[end:])])


def _sign(match):
    before, minus = match.groups()
    if any(closing in before for closing in _CLOSING):
        return match.group()
    return f'{before}<mo form="prefix">{minus}</mo>'


def _escaped(text):
    # Entities made by the converter stay; brackets and bare ampersands do not.
    return html.escape(html.unescape(text), quote=False)
