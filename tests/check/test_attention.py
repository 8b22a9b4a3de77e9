"""The exercises of 07: answers as readers write them, and the sentence each gets.

The authority is the answer itself, written out by hand apart from the mistakes in
helpers/check/subjects. More of them stand in answers/attention.txt.
"""

import textwrap

import numpy as np
import pytest

from helpers.check.compare import Parts, kind, plain, same, show_both
from helpers.check.subjects import exercises
from helpers.maths import attention
from helpers.maths.loss import softmax

HEADS = {
    "scores": "queries, keys",
    "causal_mask": "scores",
    "attend": "queries, keys, values",
    "layer_norm": "x, gain, shift, eps=1e-5",
    "count_parameters": "vocabulary, context, width, layers",
    "cached_step": "query, key, value, keys, values",
}


def written(name, body):
    """The reader's function from the lines of its body."""
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    space = {"np": np, "softmax": softmax, **vars(attention)}
    exec(f"def {name}({HEADS[name]}):\n{lines}", space)
    return space[name]


READERS = [
    ("scores", "return queries @ keys.T", "The division by √d is missing"),
    ("scores", "return queries @ keys.T / queries.shape[-1]", "divided by d"),
    ("scores", "return keys @ queries.T / queries.shape[1] ** 0.5", "are swapped"),
    ("scores", "return queries @ keys.T / len(keys) ** 0.5", "number of keys"),
    ("causal_mask", "return np.tril(scores)", "a score of 0, or next to it"),
    ("causal_mask", "return scores", "Nothing is hidden"),
    (
        "causal_mask",
        "return np.where(np.triu(np.ones(scores.shape)), -np.inf, scores)",
        "This hides the word itself too",
    ),
    (
        "causal_mask",
        "return np.where(np.tril(np.ones(scores.shape), -1), -np.inf, scores)",
        "hides the past and shows the future",
    ),
    (
        "causal_mask",
        "scores[np.triu_indices(len(scores), 1)] = -np.inf\nreturn scores",
        "your function changes its input scores",
    ),
    ("attend", "return softmax(scores(queries, keys)) @ values", "mask is missing"),
    (
        "attend",
        "return softmax(causal_mask(scores(queries, keys)).T).T @ values",
        "the future leaks in, in spite of the mask",
    ),
    (
        "attend",
        "return np.tril(softmax(scores(queries, keys))) @ values",
        "the rows no longer sum to 1",
    ),
    ("attend", "return softmax(causal_mask(scores(queries, keys)))", "the weights"),
    (
        "layer_norm",
        "m = x.mean(-1, keepdims=True)\nreturn gain * (x - m) / x.std(-1, "
        "keepdims=True) + shift",
        "ε is missing below the root",
    ),
    (
        "layer_norm",
        "return gain * (x - x.mean(0)) / np.sqrt(x.var(0) + eps) + shift",
        "run down the columns",
    ),
    (
        "layer_norm",
        "return gain * (x - x.mean()) / np.sqrt(x.var() + eps) + shift",
        "for the whole table",
    ),
    (
        "count_parameters",
        "return width * (2 * vocabulary + context + 2) + layers * (12 * width ** 2 "
        "+ 13 * width)",
        "counted twice",
    ),
    ("count_parameters", "return 12 * layers * width ** 2", "rule of thumb"),
    (
        "count_parameters",
        "return width * (vocabulary + 2) + layers * (12 * width ** 2 + 13 * width)",
        "The positions are left out",
    ),
    (
        "cached_step",
        "keys, values = np.vstack([key, keys]), np.vstack([value, values])\n"
        "return softmax(keys @ query / len(query) ** 0.5) @ values, keys, values",
        "The new key and value stand in front",
    ),
    (
        "cached_step",
        "keys, values = np.vstack([keys, key]), np.vstack([values, value])\n"
        "return softmax(keys @ query) @ values, keys, values",
        "The division by √d is missing",
    ),
    (
        "cached_step",
        "keys, values = np.vstack([keys, key]), np.vstack([values, value])\n"
        "return keys, values, softmax(keys @ query / len(query) ** 0.5) @ values",
        "Return mix, keys, values",
    ),
    (
        "cached_step",
        "more = np.vstack([keys, key]), np.vstack([values, value])\n"
        "return softmax(more[0] @ query / len(query) ** 0.5) @ more[1], keys, values",
        "The cache did not grow",
    ),
]


@pytest.mark.parametrize(("name", "body", "words"), READERS)
def test_the_mistake_is_named(name, body, words, verdict):
    result, said = verdict(name, written(name, body))
    assert words in said
    assert result is getattr(attention, name)


def test_they_stand_in_the_order_of_the_notebook():
    own = [n for n, e in exercises().items() if e.notebook.startswith("07")]
    assert own == list(HEADS)


def test_stopping_is_no_infinity(verdict):
    """Authority: 1 / 0 raises in Python, where a mask wants −∞."""
    body = "return np.array([[z if m <= n else -1 / 0 for m, z in enumerate(row)]\n"
    body += "                 for n, row in enumerate(scores)])"
    assert "Write it -np.inf" in verdict("causal_mask", written("causal_mask", body))[1]


def test_a_mask_may_be_written_without_numpy(verdict):
    """Authority: the definition; a list comes back as the array that follows it."""
    body = "return [[z if m <= n else float('-inf') for m, z in enumerate(row)]\n"
    body += "        for n, row in enumerate(scores)]"
    result, said = verdict("causal_mask", written("causal_mask", body))
    assert said == "causal_mask: right."
    given = np.ones((2, 2))
    np.testing.assert_array_equal(result(given), [[1, -np.inf], [1, 1]])


def test_a_cache_of_lists_comes_back_as_arrays(verdict):
    """Authority: the reference's types, which later cells count on."""
    body = """
    rows, more = [*keys.tolist(), list(key)], [*values.tolist(), list(value)]
    weights = softmax(np.array(rows) @ query / len(query) ** 0.5)
    return [list(weights @ np.array(more)), rows, more]
    """
    result, said = verdict("cached_step", written("cached_step", body))
    assert said == "cached_step: right."
    args = np.ones(2), np.ones(2), np.ones(3), np.zeros((0, 2)), np.zeros((0, 3))
    got = result(*args)
    assert [type(part) for part in got] == [np.ndarray] * 3
    assert [part.shape for part in got] == [(3,), (1, 2), (1, 3)]


def test_a_nought_in_the_cache_is_enough(verdict):
    """Authority: the first word has only itself, and nothing to divide by."""
    body = """
    if len(keys) == 0:
        return value, key[None], value[None]
    keys, values = np.vstack([keys, key]), np.vstack([values, value])
    return softmax(keys @ query / np.sqrt(query.size)) @ values, keys, values
    """
    assert verdict("cached_step", written("cached_step", body))[1].endswith("right.")


# several results of unlike shapes


def test_several_results_are_compared_part_by_part():
    """Authority: the parts themselves, one of them moved by more than rounding."""
    row, table = np.arange(2.0), np.ones((2, 3))
    first, second = plain((row, table)), plain([row.tolist(), (table + 1e-9).tolist()])
    assert isinstance(first, Parts) and same(first, second)
    other = plain((row, table + 0.5))
    assert not same(first, other) and not same(first, plain((row, table, table)))
    assert kind(first) == "2 results of shapes (2,), (2, 3)"
    assert show_both(other, first) == (
        "[[1.5, 1.5, 1.5], [1.5, 1.5, 1.5]] as result 2 of 2",
        "[[1, 1, 1], [1, 1, 1]]",
    )


def test_a_pair_inside_a_list_is_no_result_of_several():
    """Authority: parts have an axis each; a word and a row are a mistake."""
    assert not isinstance(plain([(7, 8), 9]), Parts)
    assert not isinstance(plain(([1, 2], [1, 2, 3])), Parts)  # rows, uneven


def test_what_does_not_come_back_is_counted(verdict):
    """By hand: the mixture alone is one row, and three results are wanted."""
    body = "return softmax(np.vstack([keys, key]) @ query) @ np.vstack([values, value])"
    said = verdict("cached_step", written("cached_step", body))[1]
    assert "a row of 2 numbers, expected 3 results of shapes (2,), (3, 4), (3, 2)" in (
        said
    )
