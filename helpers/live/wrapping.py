"""Where a formula may go on in the next line: browsers break none by themselves.

A formula becomes several, one a piece, and the page breaks between them: before a
relation or an operator, between words, after a comma of a long list.
"""

import re
import xml.etree.ElementTree as ET

_BEFORE = set("=≈≤≥<>≠→←∼∝+−±·⋅×")
_SIGNS = set("+−±")  # at the start of a piece these would be taken for a sign
_LIST = 3  # commas in brackets from which on a line may break between them


def in_pieces(math):
    """A <math> element as one or several, which look the same side by side."""
    try:
        # Without the namespace, which HTML does not need, the tags stay as they are.
        (row,) = ET.fromstring(re.sub("^<math[^>]*>", "<math>", math))
    except (ET.ParseError, ValueError):
        return math
    pieces, depth, ready = [[]], 0, False
    long_list = sum(part.text == "," for part in row) >= _LIST
    for part in _words_apart(row):
        text = "".join(part.itertext())
        space = part.tag == "mspace" or (part.tag == "mtext" and not text.strip())
        operator = part.tag == "mo" and text in _BEFORE and depth == 0
        if pieces[-1] and not space:
            if operator and part.get("form") != "prefix":
                ready = True
                if text in _SIGNS:
                    part.set("form", "infix")
            if ready:
                pieces.append([])
            ready = False
        pieces[-1].append(part)
        depth += sum(text.count(one) for one in "([{")
        depth -= sum(text.count(one) for one in ")]}")
        if depth == 0:
            ready |= part.get("width", "0")[0] in "12" or text.endswith((" ", "\xa0"))
        ready |= text == "," and depth <= long_list
    return "".join(map(_whole, pieces))


def _words_apart(row):
    """The parts of a row, with each word of a text a part of its own."""
    for part in row:
        if part.tag != "mtext" or not (part.text or "").strip():
            yield part
            continue
        for word in re.findall(r"[^ \xa0]*[ \xa0]*", part.text)[:-1]:
            one = ET.Element("mtext")
            one.text = word
            yield one


def _whole(piece):
    inside = "".join(ET.tostring(part, encoding="unicode") for part in piece)
    return f"<math>{inside}</math>".replace(" />", "/>")
