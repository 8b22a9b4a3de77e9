"""Rules as they are written, read into exact numbers and checked."""

from fractions import Fraction


def slots(symbols):
    """The names of the choices among symbols: ("{hero}", "ran") -> ["hero"]."""
    return [symbol[1:-1] for symbol in symbols if symbol[0] == "{"]


def label(symbols):
    """How a conditional table names a value: the words, or the choice it stands for."""
    return " ".join(symbols).strip("{}")


def read(rules):
    """``{choice: (given, {value of given: {symbols: exact probability}})}``."""
    choices = {}
    for head, tables in rules.items():
        name, _, given = (part.strip() for part in head.partition("|"))
        exact = {}
        for seen, table in (tables if given else {"": tables}).items():
            # Decimals as written: 0.1 is one tenth, not the nearest binary number.
            exact[seen] = {tuple(t.split()): Fraction(str(table[t])) for t in table}
            total = sum(exact[seen].values())
            if total != 1 or min(exact[seen].values()) <= 0:
                where = f"'{name}' given '{seen}'" if given else f"'{name}'"
                raise ValueError(
                    f"The probabilities of {where} must be above 0 and add up to 1; "
                    f"they add up to {float(total):g}."
                )
        choices[name] = given, exact
    if "story" not in choices:
        raise ValueError("A grammar needs a choice called 'story' to begin with.")
    below = {}  # choice -> the choices in its texts
    for name, (given, tables) in choices.items():
        below[name] = {s for table in tables.values() for x in table for s in slots(x)}
        for other in sorted(below[name]) + [given] * bool(given):
            if other not in choices:
                raise ValueError(f"'{name}' uses '{other}', which is not a choice.")
    for name in choices:
        reached, todo = set(), {name}
        while todo:
            todo = set().union(*(below[other] for other in todo)) - reached
            reached |= todo
        if name in reached:
            raise ValueError(f"'{name}' leads back to itself: its story has no end.")
    return choices
