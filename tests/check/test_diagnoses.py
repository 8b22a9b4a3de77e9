"""Wrong answers as readers write them, and the sentence that each must get.

The authority is the answer itself: it is written out here by hand, apart from the
mistakes in helpers/check/subjects, and the numbers in the whole sentences are worked
by hand.
"""

import math

import numpy as np
import pytest

from helpers.check.exercise import Function
from helpers.check.subjects import exercises

FUNCTIONS = {n: e for n, e in exercises().items() if isinstance(e, Function)}
MISTAKES = [
    (n, s, i)
    for n, e in FUNCTIONS.items()
    for s, made in (e.surest | e.mistakes).items()
    for i in range(len(made) if isinstance(made, tuple) else 1)
]


@pytest.mark.parametrize(("name", "sentence", "number"), MISTAKES)
def test_each_mistake_is_told_as_itself(name, sentence, number, verdict):
    """Authority: the mistake, handed in as an answer."""
    made = (FUNCTIONS[name].surest | FUNCTIONS[name].mistakes)[sentence]
    mistake = made[number] if isinstance(made, tuple) else made
    result, said = verdict(name, lambda *args: mistake(*args))
    before, after = sentence.split("{case}")
    assert said.startswith(f"{name}: not right yet. {before}for ")
    assert said.endswith(after)
    assert result is FUNCTIONS[name].reference


@pytest.mark.parametrize("name", FUNCTIONS)
def test_there_are_three_mistakes_and_three_hints(name):
    """Authority: the rule that every exercise has at least three of each."""
    assert len(FUNCTIONS[name].mistakes) >= 3
    assert len(FUNCTIONS[name].hints) >= 3


# exercise, the reader's code, what the sentence must hold
READERS = [
    ("count_knobs", "return inputs * outputs", "the weights without the biases"),
    ("count_knobs", "return (outputs + 1) * inputs", "one bias for each input"),
    ("count_knobs", "return inputs * outputs + 1", "a single bias for the whole"),
    ("normalise", "return counts / counts.sum()", "one sum for the whole table"),
    ("normalise", "return counts / counts.sum(axis=0)", "columns in place of rows"),
    ("normalise", "return counts / counts.sum(axis=-1)", "Add keepdims=True"),
    ("normalise", "return counts / counts.max(-1, keepdims=True)", "largest count"),
    ("conditional", "return counts[previous]", "still counts"),
    (
        "conditional",
        "return counts[previous] / counts.sum()",
        "These are not yet divided by their sum",
    ),
    (
        "conditional",
        "return counts[:, previous] / sum(counts[:, previous])",
        "a column in place of a row",
    ),
    (
        "sequence_log_probability",
        """
        p = start[ids[0]]
        for a, b in zip(ids, ids[1:]):
            p = p * table[a, b]
        return p
        """,
        "the probability itself",
    ),
    (
        "sequence_log_probability",
        """
        p = start[ids[0]]
        for a, b in zip(ids, ids[1:]):
            p = p * table[a, b]
        return np.log(p)
        """,
        "the logarithm of the product, which is too small for float64",
    ),
    (
        "sequence_log_probability",
        "return sum(np.log(table[a, b]) for a, b in zip(ids, ids[1:]))",
        "The first word is missing",
    ),
    (
        "sequence_log_probability",
        """
        total = np.log(start[ids[0]])
        for t in range(1, len(ids)):
            total += np.log(table[ids[t], ids[t - 1]])
        return total
        """,
        "rows and columns swapped",
    ),
    ("entropy", "return -np.sum(p * np.log2(p))", "log base 2"),
    ("entropy", "return -np.sum(p * np.log(p))", "leave out the words with p = 0"),
    (
        "entropy",
        "return np.sum(p[p > 0] * np.log(p[p > 0]))",
        "Only the sign is wrong.",
    ),
    ("entropy", "return -np.mean(np.log(p))", "a plain mean of the surprises"),
    ("bayes", "return table[:, next] / table[:, next].sum()", "The prior is missing"),
    ("bayes", "return prior * table[:, next]", "not yet divided"),
    (
        "bayes",
        "joint = prior * table[next]\n    return joint / joint.sum()",
        "a row in place of a column",
    ),
    ("encode", "return [vocabulary.index(t) + 1 for t in tokens]", "counting from 1"),
    ("encode", "return [tokens.index(t) for t in tokens]", "places in the text"),
    (
        "encode",
        "order = sorted(vocabulary)\n    return [order.index(t) for t in tokens]",
        "the order of the alphabet",
    ),
    ("decode", "return [vocabulary[i - 1] for i in ids]", "counting from 1"),
    ("decode", "return ' '.join(vocabulary[i] for i in ids)", "This is one string"),
    (
        "decode",
        "for i in ids:\n        return [vocabulary[i]]",
        "had its first item alone",
    ),
    ("one_hot", "return np.eye(V)[ids - 1]", "one place too early"),
    ("one_hot", "return np.eye(V)[:, ids]", "The table lies on its side"),
    (
        "one_hot",
        "v = np.zeros(V)\n    v[ids] = 1\n    return v",
        "one vector for all ids together",
    ),
    (
        "one_hot",
        "v = np.zeros((len(ids), V))\n    v[:, ids] = 1\n    return v",
        "Every row has a 1 for every id",
    ),
    ("look_up", "return one_hots * W", "* in place of @"),
    ("look_up", "return W @ one_hots", "the wrong way round"),
    ("look_up", "return one_hots @ W.T", "columns of W in place of rows"),
    ("cosine", "return u @ v", "the dot product alone"),
    ("cosine", "return u @ v / np.sqrt(u @ u)", "one length only"),
    ("cosine", "return u @ v / (u @ u * (v @ v))", "square root of the lengths"),
    (
        "cosine",
        "return u @ v / np.linalg.norm(u) * np.linalg.norm(v)",
        "Mind the brackets",
    ),
    (
        "merge",
        """
        out = []
        i = 0
        while i < len(ids) - 1:
            if (ids[i], ids[i + 1]) == pair:
                out.append(new)
                i += 2
            else:
                out.append(ids[i])
                i += 1
        return out
        """,
        "The last id gets lost",
    ),
    (
        "merge",
        """
        out = []
        for i in range(len(ids)):
            if i > 0 and (ids[i - 1], ids[i]) == pair:
                out[-1:] = [new] if out[-1] == ids[i - 1] else [out[-1], new]
            else:
                out.append(ids[i])
        return out
        """,
        "pairs that overlap",
    ),
    (
        "merge",
        """
        out = []
        i = 0
        while i < len(ids):
            if (ids[i], ids[i + 1]) == pair:
                out.append(new)
                i += 2
            else:
                out.append(ids[i])
                i += 1
        return out
        """,
        "past the end of the list",
    ),
    ("softmax", "return np.exp(z) / np.exp(z).sum(-1, keepdims=True)", "overflows"),
    (
        "softmax",
        "e = np.exp(z - z.max())\n    return e / e.sum()",
        "one softmax over the whole array",
    ),
    ("softmax", "e = np.exp(z)\n    return e / e.sum(axis=0)", "the wrong axis"),
    ("softmax", "return z / z.sum(-1, keepdims=True)", "The exponential is missing"),
    ("cross_entropy", "return -np.log2(p[truth])", "log base 2"),
    ("cross_entropy", "return np.log(p[truth])", "Only the sign is wrong."),
    ("cross_entropy", "return p[truth]", "This is the probability of the truth"),
    ("cross_entropy", "return -sum(np.log(p))", "all the words added up"),
    (
        "mean_cross_entropy",
        "return sum(-math.log(P[n, t]) for n, t in enumerate(truths))",
        "the sum, not the mean",
    ),
    (
        "mean_cross_entropy",
        "return -np.log(P[:, truths]).mean()",
        "every truth from every row",
    ),
    (
        "mean_cross_entropy",
        "return np.mean([-math.log(P[t, n]) for n, t in enumerate(truths)])",
        "rows and columns swapped",
    ),
    ("kl", "return np.sum(p * np.log(p / y))", "y and p swapped"),
    ("kl", "return np.sum(y * np.log2(y / p))", "log base 2"),
    ("kl", "return np.sum(y * np.log(p / y))", "Only the sign is wrong."),
    ("kl", "return -np.sum(y * np.log(p))", "the cross-entropy"),
    ("kl", "return np.sum(y * np.log(y / p))", "Leave out the words with y = 0"),
    ("perplexity", "return np.exp(-np.log(p_truth).sum())", "the sum in place of"),
    ("perplexity", "return -np.log(p_truth).mean()", "The exponential is missing"),
    ("perplexity", "return 2 ** -np.log(p_truth).mean()", "mixes two bases"),
    (
        "numerical_gradient",
        """
        h, slopes = 1e-5, []
        for i in range(len(z)):
            moved = z.copy()
            moved[i] += h
            slopes.append((f(moved) - f(z)) / h)
        return np.array(slopes)
        """,
        "a one-sided difference",
    ),
    (
        "numerical_gradient",
        "return (f(z + 1e-5) - f(z - 1e-5)) / 2e-5",
        "one number for all of z",
    ),
    (
        "numerical_gradient",
        """
        h, slopes = 1e-5, []
        for i in range(len(z)):
            up, down = z.copy(), z.copy()
            up[i] += h
            down[i] -= h
            slopes.append((f(up) - f(down)) / h)
        return slopes
        """,
        "a division by h",
    ),
    (
        "numerical_gradient",
        """
        h, slopes = 1e-5, []
        for i in range(len(z)):
            z[i] += h
            above = f(z)
            z[i] -= 2 * h
            slopes.append((above - f(z)) / (2 * h))
        return np.array(slopes)
        """,
        "not put back",
    ),
    (
        "numerical_gradient",
        """
        h, slopes = 1e-5, []
        for i in range(len(z)):
            up, down = z, z
            up[i] += h
            down[i] -= h
            slopes.append((f(up) - f(down)) / (2 * h))
        return np.array(slopes)
        """,
        "two steps to the same place",
    ),
    (
        "cross_entropy",
        "return -(np.eye(len(p))[truth] * np.log(p)).sum()",
        "0 · ln 0 is nan",
    ),
    ("cross_entropy", "return -math.log(p)", "np.log and np.sqrt take an array"),
    (
        "entropy",
        "return -sum(x * math.log(x) for x in p)",
        "math.log(0) has no value",
    ),
    (
        "normalise",
        "return counts / counts.sum(axis=1, keepdims=True)",
        "The last axis is axis=-1",
    ),
    (
        "sequence_log_probability",
        """
        product = math.log(start[ids[0]])
        for a, b in zip(ids, ids[1:]):
            product *= math.log(table[a, b])
        return product
        """,
        "the logarithms multiplied",
    ),
]


def written(name, body):
    """The function that a reader would have in a cell."""
    arguments = ", ".join(FUNCTIONS[name].arguments)
    if name == "numerical_gradient":
        arguments = "f, z"
    lines = [line.removeprefix("    ") for line in body.rstrip().split("\n")]
    lines = lines if body.startswith("\n") else body.replace("\n    ", "\n").split("\n")
    indent = "" if body.startswith("\n") else "    "
    source = f"def {name}({arguments}):\n" + "\n".join(indent + x for x in lines)
    scope = {"np": np, "math": math}
    exec(compile(source, f"<{name}>", "exec"), scope)
    return scope[name]


@pytest.mark.parametrize(("name", "body", "part"), READERS)
def test_what_a_reader_writes(name, body, part, verdict):
    """Authority: the reader's code, which makes just this mistake."""
    result, said = verdict(name, written(name, body))
    assert part in said
    assert result is FUNCTIONS[name].reference


@pytest.mark.parametrize(
    ("name", "body", "sentence"),
    [
        (
            "cross_entropy",
            "return -np.log2(p[truth])",
            "This looks like log base 2: for p = [0.4, 0.3, 0.15, 0.1, 0.05] and "
            "truth = 1 you returned 1.737, expected 1.204. Use np.log.",
        ),
        (
            "merge",
            "return ids",
            "Nothing is merged: for ids = [7, 8, 9, 7, 8, 5], pair = (7, 8) and "
            "new = 256 you returned [7, 8, 9, 7, 8, 5], expected [256, 9, 256, 5]. "
            "Compare two neighbours with the pair as a tuple.",
        ),
        (
            "count_knobs",
            "return inputs * outputs",
            "This looks like the weights without the biases: for inputs = 1 and "
            "outputs = 1 you returned 1, expected 2. "
            "Each output has one bias of its own.",
        ),
        (
            "softmax",
            "e = np.exp(z)\n    return e / e.sum(axis=-1, keepdims=True)",
            "This overflows, as exp of a large number is more than float64 holds: for "
            "z = [123, 456, 789] you returned [0, 0, nan], expected "
            "[5.753e-290, 2.398e-145, 1]. Subtract the maximum of each row from z "
            "first.",
        ),
    ],
)
def test_whole_sentences(name, body, sentence, verdict):
    """Authority: arithmetic; -ln 0.3 = 1.204 is worked example E1, [123, 456, 789]
    is E6."""
    assert verdict(name, written(name, body))[1] == f"{name}: not right yet. {sentence}"


VALUES = [
    ("knobs", (4, 1), "the right knobs in the wrong order"),
    ("knobs", (1, -4), "a sign turned round"),
    (
        "knobs",
        (2, 2),
        "The line meets the first point and misses the second: a = 2 and b = 2 give "
        "f(2) = 6 and f(3) = 8, expected 6 and 7.",
    ),
    ("knobs", (0, 7), "The line meets the second point and misses the first"),
    ("knobs", (1, 5), "The slope is right"),
    ("knobs", (3, 3), "The line misses both points"),
    ("knobs", (1,), "You gave a row of 1 number, expected a row of 2 numbers."),
    ("knobs", ("a", "b"), "You gave a list of 2 words"),
    ("distribution", [20] * 5, "percentages: 20 + 20 + 20 + 20 + 20 = 100."),
    ("distribution", [3, 1, 1, 1, 1], "counts: 3 + 1 + 1 + 1 + 1 = 7."),
    ("distribution", [0.6, 0.6, 0, 0, -0.2], "cannot be below 0"),
    ("distribution", [0.2, 0.2, 0.2, 0.2, 0.1], "These do not reach 1"),
    ("distribution", [0.3] * 5, "These go beyond 1"),
    ("distribution", [1.5, 0.1, 0.1, 0.1, 0.1], "above 1, and no probability is"),
    ("distribution", [0.25] * 4, "You gave a row of 4 numbers"),
    ("distribution", [0.2, 0.2, 0.2, 0.2, math.nan], "nan or infinite"),
]


@pytest.mark.parametrize(("name", "answer", "part"), VALUES)
def test_wrong_values(name, answer, part, verdict):
    """Authority: worked example F2 for the knobs, P3 for the distribution."""
    result, said = verdict(name, answer)
    assert said.startswith(f"{name}: not right yet. ") and part in said
    assert result is exercises()[name].reference


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("knobs", (1, 4)),
        ("knobs", (1.0, 4.0)),
        ("knobs", [1, 4]),
        ("knobs", np.array([1, 4])),
        ("distribution", [0.2] * 5),
        ("distribution", np.array([0.5, 0.5, 0, 0, 0])),
        ("distribution", {"水果": 0.6, "食品": 0.1, "书": 0.1, "菜": 0.1, "水": 0.1}),
    ],
)
def test_right_values(name, answer, verdict):
    """Authority: worked example F2 for the knobs, the sum 1 for the distribution."""
    result, said = verdict(name, answer)
    assert said == f"{name}: right."
    given = list(answer.values()) if isinstance(answer, dict) else answer
    np.testing.assert_array_equal(result, given)
    assert isinstance(result, type(exercises()[name].reference))
