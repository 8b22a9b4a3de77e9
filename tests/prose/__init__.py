r"""Numbers in prose, found and compared.

Each notebook NN_slug has a module nb_NN_slug.py here that binds its numbers:

    GIVEN = {"0.40": "P1"}             stated as given, with the row or the reason
    NUMBERS = {"1.204": -log(0.30)}    computed, compared at the precision written

A number is written in a binding as in the text, without thousands separators and
with "-" for minus: "1000", "-0.5", "40%" (the share 0.40), "20/17", "10^12". A tuple
of values binds a number that the text uses for several things.

Not numbers: whole ones from 0 to 12, digits in a name (x_1, log2, P1, 01_probability),
file names, addresses, and the numbers of a list.
"""

import re
from dataclasses import dataclass
from math import isfinite

_SPACE = "[\u00a0\u2009\u202f]"
_WHOLE = rf"\d{{1,3}}(?:(?:,|\{{,\}}|_|\\,|{_SPACE})\d{{3}})+(?!\d)|\d+"
_PLAIN = rf"(?:(?:{_WHOLE})(?:\.\d+)*|\.\d+)"
_MINUS = r"(?:(?<![\w)\]}])[-−])?"
_SIGNED = rf"{_MINUS}{_PLAIN}"
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
_FRACTIONS = {"½": "1/2", "⅓": "1/3", "⅔": "2/3", "¼": "1/4", "¾": "3/4", "⅕": "1/5"}

_NUMBER = re.compile(
    # Digits behind a letter are part of a name.
    r"(?<![A-Za-z0-9_α-ωΑ-Ω])(?<![A-Za-z0-9_]\.)(?:"
    rf"(?P<frac>{_MINUS}\\[dt]?frac\{{(?P<over>{_SIGNED})\}}\{{(?P<under>{_PLAIN})\}})"
    rf"|(?P<base>{_SIGNED})(?:\^\{{(?P<braced>{_SIGNED})\}}|(?:\^|\*\*)(?P<bare>-?\d+)"
    r"|(?P<high>[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+))"
    rf"|(?P<float>{_SIGNED}e[-−+]?\d+)"
    rf"|(?P<left>{_SIGNED})/(?P<right>{_PLAIN})(?![\w/])"
    rf"|(?P<vulgar>{_MINUS}[{''.join(_FRACTIONS)}])"
    rf"|(?P<plain>{_SIGNED})(?P<percent>[ ~\u00a0\u202f]?(?:\\,)?\\?%)?"
    r")"
)  # fmt: skip

_FILES = "ipynb|py|txt|md|json|toml|csv|html|png|svg|pdf|gz|zip|js|css|sh|yml|yaml"
_NOT_PROSE = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"<!--[\s\S]*?-->",
        r"</?[a-zA-Z][^<>]*>",  # an HTML tag
        # a link's target
        r"(?<=\])\([^()\s]*(?:\([^()]*\)[^()\s]*)*(?:\s+\"[^\"]*\")?\)",
        r"(?<=\])\[[^\]]*\]",
        r"^\s*\[[^\]]+\]:.*$",
        r"<?https?://[^\s<>)\]`]+",
        rf"[\w./\\-]*\.(?:{_FILES})\b",
        r"\b\d\d_[a-z]\w*",  # 01_probability
        r"^[ \t]*\d+[.)](?=[ \t])",  # the number of a list
        r"&#?\w+;",
        r"\bU\+[0-9A-Fa-f]{4,6}\b",
        r"#[0-9A-Fa-f]{6}\b",
        r"_\{[^{}=]*\}",  # a subscript
        r"\\(?![dt]?frac\b)[A-Za-z]+",  # \ln, \cdot
        r"\bdoi:\S+",
    )
]
# A sentence ends at a stop before a space, at a blank line, or in a table's cell.
_END = re.compile(r"(?<=[.!?:;。！？])\s+|\n\s*\n|\n(?=[#>*-] )|\|")


@dataclass(frozen=True)
class Number:
    """One number: `key` as in a binding, `parts` that may be bound instead."""

    key: str
    parts: tuple
    sentence: str

    @property
    def exempt(self):
        """Whole numbers from 0 to 12 are counting, not claims."""
        if "^" in self.key:
            return False
        return all(part.isdigit() and int(part) <= 12 for part in self.parts)


def numbers(markdown):
    """The numbers of a markdown text, in order, exempt ones too."""
    bare = markdown
    for pattern in _NOT_PROSE:
        bare = pattern.sub(_blank, bare)
    found = []
    for match in _NUMBER.finditer(bare):
        key, parts = _key(match)
        sentence = _sentence(markdown, match.start(), match.end())
        found.append(Number(key, parts, sentence))
    return found


def canonical(key):
    """The one way to write a binding's key; ValueError if it is not a number."""
    found = numbers(key)
    if len(found) != 1:
        raise ValueError(f"{key!r} is not one number")
    return found[0].key


def agrees(key, value):
    """Whether `value` is what `key` says, at the precision of `key`.

    The last digit may be rounded; nothing closer than half of it counts as wrong.
    """
    values = value if isinstance(value, tuple | list) else (value,)
    return bool(values) and all(_agrees(key, one) for one in values)


def faults(texts, given, bound):
    """What is wrong between the prose and its bindings: a list of sentences.

    `texts` are the markdown cells, `given` and `bound` the two tables.
    """
    wrong, given_keys, bound_keys = [], {}, {}
    for table, keys in ((given, given_keys), (bound, bound_keys)):
        for key in table:
            try:
                keys[canonical(key)] = key
            except ValueError as error:
                wrong.append(f"the binding {error}")
    used = set()
    for number in (number for text in texts for number in numbers(text)):
        covering = _covering(number, {*given_keys, *bound_keys})
        used.update(covering)
        if not covering and not number.exempt:
            wrong.append(f"{number.key} is not bound: “{number.sentence}”")
    sentences = {n.key: n.sentence for text in texts for n in numbers(text)}
    for canon, key in bound_keys.items():
        if canon not in used:
            wrong.append(f"NUMBERS binds {key!r}, which the text no longer holds")
        elif not agrees(canon, bound[key]):
            where = sentences.get(canon, "")
            wrong.append(f"{key} should be {bound[key]!r}: “{where}”")
    for canon, key in given_keys.items():
        if canon not in used:
            wrong.append(f"GIVEN binds {key!r}, which the text no longer holds")
        elif not (isinstance(given[key], str) and given[key].strip()):
            wrong.append(f"GIVEN[{key!r}] needs a row of the worked examples or why")
    return wrong


def _blank(match):
    # A closing bracket keeps a minus behind a subscript a subtraction.
    return ("}" if match.group()[0] == "_" else " ") * len(match.group())


def _covering(number, keys):
    """The keys that bind a number: its own, or those of all its parts."""
    own = {number.key, number.key.rstrip("%")} & keys
    if own or len(number.parts) == 1:
        return own
    parts = [(p in keys, p.isdigit() and int(p) <= 12, p) for p in number.parts]
    if all(have or small for have, small, _ in parts):
        return {part for have, _, part in parts if have}
    return set()


def _key(match):
    g = match.groupdict()
    if g["frac"]:
        sign = "-" if g["frac"][0] in "-−" else ""
        over, under = sign + _tidy(g["over"]), _tidy(g["under"])
        return f"{over}/{under}", (over, under)
    if g["base"]:
        power = g["braced"] or g["bare"] or "".join(_HIGH[c] for c in g["high"])
        base, power = _tidy(g["base"]), _tidy(power)
        return f"{base}^{power}", (base, power)
    if g["left"]:
        left, right = _tidy(g["left"]), _tidy(g["right"])
        return f"{left}/{right}", (left, right)
    if g["vulgar"]:
        key = _tidy(g["vulgar"][:-1]) + _FRACTIONS[g["vulgar"][-1]]
        return key, tuple(key.split("/"))
    key = _tidy(g["float"] or g["plain"]) + ("%" if g["percent"] else "")
    return key, (key,)


def _tidy(text):
    return re.sub(rf"[,_{{}}\\]|{_SPACE}", "", text).replace("−", "-")


def _sentence(text, start, end):
    before = [m.end() for m in _END.finditer(text) if m.end() <= start]
    after = [m.start() for m in _END.finditer(text) if m.start() >= end]
    part = text[before[-1] if before else 0 : after[0] if after else len(text)]
    part = " ".join(part.split())
    return part if len(part) <= 240 else part[:239] + "…"


def _agrees(key, value):
    try:
        value = float(value)
    except (TypeError, ValueError):
        return False
    if not isfinite(value):
        return False
    if "/" in key:
        over, under = key.split("/")
        return abs(float(over) / float(under) - value) <= 1e-9 * max(1, abs(value))
    if "^" in key:
        base, power = key.split("^")
        return abs(float(base) ** float(power) - value) <= 1e-9 * abs(value)
    digits, scale = key, 1.0
    if key.endswith("%"):
        digits, scale = key[:-1], 0.01
    elif "e" in key:
        digits, power = key.split("e")
        scale = 10.0 ** int(power)
    decimals = len(digits.partition(".")[2])
    half = 0.5 * 10**-decimals * scale
    return abs(float(digits) * scale - value) <= half * (1 + 1e-9)
