"""08: the unit of a loss, and how sure a difference of two models is."""

import numpy as np

from helpers.check.exercise import Function
from helpers.maths.evaluation.sureness import bits_per_character, paired_standard_error

NOTEBOOK = "08_evaluation"

LN2 = np.log(2)
LETTERS = "abc d "


def _text_and_losses(rng):
    text = "".join(rng.choice([*LETTERS], rng.integers(12, 30)))
    return rng.gamma(2, 1.5, rng.integers(3, 9)), text


def _bits_by(count):
    """Bits over count(losses, text), with ln 2 as it is and as people write it."""
    return tuple(
        lambda n, t, bit=bit: n.sum() / bit / count(n, t) for bit in (LN2, 0.693, 0.69)
    )


BITS_PER_CHARACTER = Function(
    reference=bits_per_character,
    cases=(
        (np.array([LN2, 2 * LN2, 3 * LN2]), "the red kite"),
        (np.array([1.5, 0.25, 2.0, 0.75]), "mia won a cup ."),
        (np.array([3.0, 1.0]), "我 今天 去 超市"),
    ),
    random=_text_and_losses,
    hard=(
        (np.array([1.0]), "a"),
        (np.array([0.0, 0.0, 0.0]), "one day a kite"),
    ),
    surest={
        "Spaces are left out of the count: {case}. A space is a character, and the "
        "model had to predict it.": _bits_by(lambda n, t: len(t.replace(" ", ""))),
        "This counts one character too many: {case}. Begin a count at 0, or take "
        "len(text).": _bits_by(lambda n, t: len(t) + 1),
    },
    mistakes={
        "These are nats a character: {case}. A bit is ln 2 nats, so divide by "
        "np.log(2).": lambda n, t: n.sum() / len(t),
        "This is multiplied by ln 2: {case}. A bit is smaller than a nat, so there "
        "are more of them: divide by np.log(2).": lambda n, t: n.sum() * LN2 / len(t),
        "This divides twice by ln 2: {case}. Once makes bits of nats.": lambda n, t: (
            n.sum() / LN2**2 / len(t)
        ),
        "This takes a logarithm of the losses: {case}. They are logarithms already; "
        "bits come by a division, by np.log(2).": (
            lambda n, t: np.log2(n).sum() / len(t),
            lambda n, t: np.log2(n.sum()) / len(t),
            lambda n, t: -np.log2(n).sum() / len(t),
            lambda n, t: -np.log(n).sum() / len(t),
        ),
        "These are bits a token: {case}. Divide by how many characters the text "
        "has.": _bits_by(lambda n, t: len(n)),
        "This is the mean loss of a token, in nats: {case}. Add the losses up, divide "
        "by np.log(2) and by the number of characters.": lambda n, t: n.mean(),
        "This takes the mean of the losses and divides again: {case}. Their sum is "
        "what the text costs.": (
            lambda n, t: n.mean() / LN2 / len(t),
            lambda n, t: n.mean() / len(t),
        ),
        "These are the bits of the whole text: {case}. Divide by how many characters "
        "it has.": lambda n, t: n.sum() / LN2,
        "These are the nats of the whole text: {case}. Divide by np.log(2) and by how "
        "many characters it has.": lambda n, t: n.sum(),
        "This is a perplexity: {case}. Leave the exponential out.": (
            lambda n, t: np.exp(n.mean()),
            lambda n, t: np.exp(n.sum() / len(t)),
            lambda n, t: 2 ** (n.sum() / LN2 / len(t)),
        ),
        "This divides by the number of words of the text: {case}. len(text) counts "
        "characters.": _bits_by(lambda n, t: len(t.split())),
        "This divides by bytes: {case}. Some characters have three. len(text) counts "
        "characters.": lambda n, t: n.sum() / LN2 / len(t.encode()),
        "This divides by how many different characters there are: {case}. len(text) "
        "counts them all.": lambda n, t: n.sum() / LN2 / len(set(t)),
    },
    properties={
        "it does not matter how the text was cut": lambda f, n, t: np.isclose(
            f(np.array([n.sum()]), t), f(n, t)
        ),
    },
    hints=(
        "What does the whole text cost? The losses of its tokens, added up.",
        "A bit is ln 2 nats, np.log(2). How many bits is the sum?",
        "return losses.sum() / np.log(2) / len(text).",
    ),
)


def _pairs(rng):
    hard = rng.normal(14, 3, rng.integers(3, 9))  # stories that are hard for both
    return tuple(hard + rng.normal(shift, 1, len(hard)) for shift in (1, 0))


def _sd(x):
    return np.std(x, ddof=1)


def _sizes(differences):
    return abs(differences - differences.mean()).sum()


PAIRED_STANDARD_ERROR = Function(
    reference=paired_standard_error,
    cases=(
        (np.array([14.0, 11.0, 17.0, 12.0]), np.array([13.0, 9.0, 15.0, 11.0])),
        (np.array([12.0, 15.0, 11.0]), np.array([10.0, 15.0, 12.0])),
        (
            np.array([16.2, 18.1, 14.9, 15.5, 17.0]),
            np.array([12.1, 13.0, 12.6, 11.9, 12.2]),
        ),
    ),  # fmt: skip
    random=_pairs,
    hard=(
        (np.array([3.0, 5.0]), np.array([2.0, 1.0])),
        (np.array([4.0, 9.0, 6.0]), np.array([3.0, 8.0, 5.0])),
    ),
    mistakes={
        "The variance is divided by n here: {case}. The mean was taken from the same "
        "numbers, so divide by n − 1: np.std(differences, "
        "ddof=1).": lambda a, b: np.std(a - b) / np.sqrt(len(a)),
        "This is the standard deviation of the differences: {case}. The mean of n of "
        "them is surer: divide by np.sqrt(n).": (
            lambda a, b: _sd(a - b),
            lambda a, b: np.std(a - b),
        ),
        "This divides by n, and not by its root: {case}. Divide the standard deviation "
        "by np.sqrt(n).": (
            lambda a, b: _sd(a - b) / len(a),
            lambda a, b: np.std(a - b) / len(a),
        ),
        "This is the square of the standard error: {case}. Take the root at the end.": (
            lambda a, b: _sd(a - b) ** 2 / len(a),
            lambda a, b: np.var(a - b) / len(a),
        ),
        "This is the variance of the differences: {case}. Take its root, the standard "
        "deviation, and divide by np.sqrt(n).": (
            lambda a, b: _sd(a - b) ** 2,
            lambda a, b: np.var(a - b),
        ),
        "This is the unpaired formula, as for two different sets of stories: {case}. "
        "Take the difference of each story first.": (
            lambda a, b: np.hypot(_sd(a), _sd(b)) / np.sqrt(len(a)),
            lambda a, b: np.hypot(np.std(a), np.std(b)) / np.sqrt(len(a)),
        ),
        "This adds the standard errors of the two models: {case}. Take the difference "
        "of each story first.": (
            lambda a, b: (_sd(a) + _sd(b)) / np.sqrt(len(a)),
            lambda a, b: (np.std(a) + np.std(b)) / np.sqrt(len(a)),
        ),
        "This subtracts the standard errors of the two models: {case}. Subtract the "
        "losses, story by story, and take one standard error of that.": (
            lambda a, b: (_sd(a) - _sd(b)) / np.sqrt(len(a)),
            lambda a, b: abs(_sd(a) - _sd(b)) / np.sqrt(len(a)),
        ),
        "n − 1 stands twice here: {case}. The variance has n − 1, the root has "
        "n.": lambda a, b: _sd(a - b) / np.sqrt(len(a) - 1),
        "The mean is not taken off: {case}. What counts is how far the differences lie "
        "from their mean.": (
            lambda a, b: np.sqrt(((a - b) ** 2).sum() / (len(a) - 1) / len(a)),
            lambda a, b: np.sqrt(((a - b) ** 2).sum()) / len(a),
        ),
        "This is the mean difference: {case}. Its standard error says how far it may "
        "be off.": lambda a, b: (a - b).mean(),
        "This is the mean difference in standard errors: {case}. Return the standard "
        "error alone.": lambda a, b: (a - b).mean() / _sd(a - b) * np.sqrt(len(a)),
        "These are two standard errors: {case}. Return one.": lambda a, b: (
            2 * _sd(a - b) / np.sqrt(len(a))
        ),
        "This is one model alone: {case}. Take the differences a - b.": (
            lambda a, b: _sd(a) / np.sqrt(len(a)),
            lambda a, b: _sd(b) / np.sqrt(len(b)),
        ),
    },
    surest={
        "The signs of the differences are gone: {case}. a − b may lie below 0, and has "
        "to count so.": lambda a, b: _sd(abs(a - b)) / np.sqrt(len(a)),
        "The variance is divided by the root of n: {case}. It is the standard "
        "deviation, its root, that is divided so.": lambda a, b: (
            _sd(a - b) ** 2 / np.sqrt(len(a))
        ),
        "Each story is counted twice: {case}. There is one difference a story, so n is "
        "len(a).": lambda a, b: _sd(a - b) / np.sqrt(len(a) + len(b)),
        "Each model is sorted by itself: {case}. Then the losses of different stories "
        "meet; a[i] belongs to b[i].": lambda a, b: (
            _sd(np.sort(a) - np.sort(b)) / np.sqrt(len(a))
        ),
        "The root of each square is its size alone: {case}. Add the squares up first, "
        "and take the root of their mean.": (
            lambda a, b: _sizes(a - b) / (len(a) - 1) / np.sqrt(len(a)),
            lambda a, b: _sizes(a - b) / len(a) / np.sqrt(len(a)),
            lambda a, b: _sizes(a - b) / np.sqrt(len(a) - 1) / np.sqrt(len(a)),
        ),
        "The losses of both models are put in one row: {case}. Take the difference of "
        "each story.": (
            lambda a, b: _sd([*a, *b]) / np.sqrt(2 * len(a)),
            lambda a, b: _sd([*a, *b]) / np.sqrt(len(a)),
        ),
        "This takes each story of a with each of b: {case}. Only a[i] and b[i] are of "
        "the same story.": (
            lambda a, b: _sd(np.subtract.outer(a, b).ravel()) / len(a),
            lambda a, b: _sd(np.subtract.outer(a, b).ravel()) / np.sqrt(len(a)),
        ),
    },
    properties={
        "what is added to both losses of a story changes nothing": lambda f, a, b: (
            np.isclose(f(a + np.arange(len(a)), b + np.arange(len(a))), f(a, b))
        ),
        "a and b may change places": lambda f, a, b: np.isclose(f(b, a), f(a, b)),
    },
    hints=(
        "One number a story: differences = a - b. The rest is about these alone.",
        "Their standard deviation with n − 1 is np.std(differences, ddof=1).",
        "A mean of n numbers is surer by the root of n: divide by "
        "np.sqrt(len(differences)).",
    ),
)

EXERCISES = [BITS_PER_CHARACTER, PAIRED_STANDARD_ERROR]
