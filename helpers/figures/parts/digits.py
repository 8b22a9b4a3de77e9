"""Numbers as they stand in a formula, in LaTeX."""

import math


def digits(x, places=3):
    r"""`x` with fixed decimals: "1.204", "\infty"; -0.0 is written without a sign."""
    if math.isinf(x):
        return r"\infty" if x > 0 else r"-\infty"
    text = f"{x:.{places}f}"
    return text.lstrip("-") if float(text) == 0 else text


def signed(x, places=3):
    """`x` inside a sum or a product: "0.50", or "(-0.50)" in brackets."""
    text = digits(x, places)
    return f"({text})" if text.startswith("-") else text


def powers(x, places=3):
    r"""`x` with fixed decimals while these say something, else "1.12\cdot 10^{-7}"."""
    if math.isinf(x) or x == 0 or 0.5 * 10**-places <= abs(x) < 10_000:
        return digits(x, places)
    mantissa, exponent = f"{x:.2e}".split("e")
    return rf"{mantissa}\cdot 10^{{{int(exponent)}}}"


def worked(terms, sign, result):
    r"""A sum or product with its result, "1 + 2 = 3"; one term alone is the result."""
    left = f" {sign} ".join(map(str, terms))
    return f"{left} = {result}" if len(terms) > 1 else str(result)


def listed(values, places=3):
    """A row of numbers in round brackets: "(0.40, -0.10)"."""
    inner = r",\ ".join(digits(float(value), places) for value in values)
    return f"({inner})"
