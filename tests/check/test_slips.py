"""Slips found by making them: what is told, what is left alone, what it may cost."""

import ast
import itertools
import time

import numpy as np
import pytest
from IPython.core.interactiveshell import InteractiveShell

from helpers.check import slips
from helpers.check.compare import Unreadable, plain
from helpers.check.exercise import Value
from helpers.check.run import call
from helpers.check.subjects import exercises
from tests.check.learners import Answer, answers

HEADS = {one.exercise: one.head for one in answers()}  # as the stubs have them


def answer(name, body, notebook=""):
    """The function that stands in the notebook, its source kept as IPython does."""
    return Answer(name, HEADS[name], "", notebook, [], body.strip() + "\n")()


# What the first readers wrote and were told wrongly: (exercise, answer, what must be
# said, what must not).
NOTES = [
    (
        "entropy",
        "total = 0\nfor i in p:\n    total += p[i] * -np.log(p[i])\nreturn total",
        "Line 3, `for i in p`, makes `i` what stands in `p`, not its place",
        "still has a ...",
    ),
    (
        "entropy",
        "h = 0\nfor x in p:\n    if x == 0:\n        break\n    h -= x * np.log(x)\n"
        "return h",
        "Write `continue`.",
        "the order of the words",
    ),
    (
        "bayes",
        "return prior * table[:, next] / prior[next]",
        "This divides by prior[next]",
        "In a right answer",
    ),
    (
        "one_hot",
        "row = [0] * V\nrows = []\nfor i in ids:\n    row[i] = 1\n"
        "    rows.append(row)\nreturn rows",
        "Line 2, `row = [0] * V`, stands before the loop",
        "vectors[n, ids[n]]",
    ),
    (
        "one_hot",
        "t = np.zeros(len(ids), V)\nfor n, i in enumerate(ids):\n    t[n, i] = 1\n"
        "return t",
        "Write `t = np.zeros((len(ids), V))`.",
        "In a right answer",
    ),
    ("cosine", "return np.cos(u @ v)", "np.cos is no part of it", "In a right answer"),
    (
        "numerical_gradient",
        "z = list(z)\nout = []\nfor i in range(len(z)):\n"
        "    up, down = z[:], z[:]\n    up[i] += h\n    down[i] -= h\n"
        "    out.append((f(up) - f(down)) / (2 * h))\nreturn out",
        "A list does not calculate",
        "still has a ...",
    ),
    (
        "softmax",
        "out = []\nfor row in z:\n    e = np.exp(row - row.max())\n"
        "    out.append(e / e.sum())\nreturn np.array(out)",
        "This is wrong where z is one row, and right where it is a table",
        "each row sums to 1",
    ),
    (
        "mean_cross_entropy",
        "total = 0\nfor n in range(len(truths)):\n"
        "    total -= np.log(P[n, truths[n]])\n    return total / len(truths)",
        "stands inside the loop, so the function ends in its first round",
        "the order of the predictions",
    ),
    (
        "kl",
        "return (y * np.log(y)).sum() - (y * np.log(p)).sum()",
        "A probability of 0 spoils the sum",
        "In a right answer",
    ),
    (
        "kl",
        "keep = (p > 0) & (y > 0)\nreturn (y[keep] * np.log(y[keep] / p[keep])).sum()",
        "A word that the model rules out and that yet comes",
        "In a right answer",
    ),
    (
        "training_step",
        "miss = wanted - w @ x\nreturn w - rate * 2 * miss * x",
        "or the miss is turned round",
        "with a minus.",
    ),
    (
        "adam_step",
        "m = beta1 * m + (1 - beta1) * g\ns = beta2 * s + (1 - beta2) * g**2\n"
        "a, b = m / (1 - beta1) ** t, s / (1 - beta2) ** t\n"
        "return w - rate * a / (np.sqrt(b) + eps), m, s",
        "has its brackets in the wrong place",
        "does not know the step",
    ),
    (
        "beam_step",
        "return [(b, int(np.argmax(logs[b]))) for b in range(len(scores))]",
        "This looks like the best word of each beam",
        "two columns",
    ),
    (
        "top_k",
        "q = np.where(np.argsort(-p) < k, p, 0)\nreturn q / q.sum()",
        "and not the rank of each word",
        "In a right answer",
    ),
    (
        "shifted_targets",
        "return [ids[:t] for t in range(1, len(ids))], ids[1:]",
        "",
        "The inputs keep the last word",
    ),
    (
        "retrieval_prompt",
        "prompt = question.split()\nfor p in passages:\n"
        "    if len(p) + len(prompt) > room:\n        break\n"
        "    prompt = p.split() + prompt\nreturn prompt",
        "counts the characters of a text, not its words",
        "passages are missing",
    ),
    (
        "count_knobs",
        "return inputs + 1 * outputs",
        "Write `return (inputs + 1) * outputs`.",
        "inputs plus outputs",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "told", "untold"), NOTES)
def test_what_first_readers_wrote(name, body, told, untold, verdict):
    """Authority: what each wrote, and what was wrong with it."""
    said = verdict(name, answer(name, body))[1]
    assert "not right yet" in said
    assert told in said and untold not in said


def test_a_name_of_the_notebook_in_place_of_an_argument(verdict):
    """Authority: the answer, which never looks at p."""
    body = "return -sum(x * np.log(x) for x in q if x > 0)"
    said = verdict("entropy", answer("entropy", body, "q = np.array([0.5, 0.5])"))[1]
    assert "uses `q`, a name of the notebook: what the function gets is `p`" in said


# every rule, on every answer


@pytest.mark.parametrize(
    "rule", [*slips.SURE, *slips.BRACKETS, *slips.LIKELY, *slips.LAST]
)
def test_no_rule_stumbles(rule):
    """Authority: an edit undone leaves the tree as it was; compile reads each."""
    for one in answers()[::11]:
        source = slips.written(one()) if one.head != one.exercise else None
        if source is None:
            continue
        source.stopped, source.rows = "TypeError: …", source.arguments
        before = ast.dump(source.tree)
        for edit in itertools.islice(rule(source), 0, 400, 7):
            edit.read()
            assert ast.dump(source.tree) == before, f"{one.source}\n{edit.why}"


@pytest.mark.parametrize(
    ("name", "body", "untold"),
    [
        ("causal_mask", "new = scores.copy()\nfor i in range(len(scores) - 1):\n"
         "    new[i, i + 1] = -np.inf\nreturn new", "/ i"),
        ("causal_mask", "new = scores.copy()\nfor row in range(len(scores) - 1):\n"
         "    new[row][-1] = -np.inf\nreturn new", "1 / row"),
        ("causal_mask", "return [row[:i + 1] for i, row in enumerate(scores)]", "/ i"),
    ],
)  # fmt: skip
def test_no_mend_stops_or_divides_a_place(name, body, untold, verdict):
    """Authority: row 0, for which each of these divides by 0."""
    assert untold not in verdict(name, answer(name, body))[1]


@pytest.mark.parametrize(
    ("name", "body", "line"),
    [
        ("entropy", "np.log(p)\nreturn -(p * p).sum()", "p = np.log(p)"),
        ("softmax", "e = np.exp(z)\ne.sum(axis=-1)\nreturn e", "e = e.sum(axis=-1)"),
    ],
)
def test_a_result_thrown_away_is_named(name, body, line, verdict):
    """Authority: a call on a line of its own that changes nothing."""
    said = verdict(name, answer(name, body))[1]
    assert "throws its result away" in said and f"`{line}`" in said


def test_a_call_that_changes_its_argument_throws_nothing_away(verdict):
    """Authority: NumPy: fill_diagonal and `out=` write into what they are given."""
    body = "e = z.copy()\nnp.exp(e, out=e)\nnp.fill_diagonal(e, 0)\nreturn e"
    assert "throws" not in verdict("softmax", answer("softmax", body))[1]


def test_whole_numbers_come_where_a_notebook_has_them():
    """Authority: NumPy, which makes integers of np.array([[2, 0]])."""
    for one in exercises().values():
        given = [] if isinstance(one, Value) else one.edges[len(one.hard) :]
        for args in given:
            kinds = [a.dtype.kind for a in args if isinstance(a, np.ndarray)]
            assert "i" in kinds
            assert call(one.reference, args).value is not None
    assert len(exercises()["attend"].edges) > len(exercises()["attend"].hard)
    assert exercises()["causal_mask"].edges == [*exercises()["causal_mask"].hard]


# where there is nothing to read, or nothing that may be run


def test_without_a_source_the_check_goes_on(verdict):
    """Authority: code that was never kept, as a module without its file."""
    scope = {"np": np}
    exec("def entropy(p):\n    return -np.mean(np.log(p))", scope)
    said = verdict("entropy", scope["entropy"])[1]
    assert "a plain mean of the surprises" in said


@pytest.mark.parametrize(
    "line", ["open('/dev/null')", "exec('1')", "input()", "import subprocess"]
)
def test_what_reaches_outside_is_not_run_with_changes(line):
    """Authority: the line."""
    assert slips.written(answer("entropy", f"{line}\nreturn 0")) is None


def test_a_change_may_make_a_loop_without_end(verdict):
    """Authority: taking the step away from this loop would do it."""
    body = "i = 0\nh = 0\nwhile i < len(p):\n    h -= p[i] * np.log(p[i]) * 2\n"
    begun = time.monotonic()
    said = verdict("entropy", answer("entropy", body + "    i += 1\nreturn h"))[1]
    assert "not right yet" in said
    assert time.monotonic() - begun < 30  # an endless one would never end


def test_an_endless_loop_gets_its_line(verdict):
    """Authority: i never changes."""
    body = "i = 0\nh = 0\nwhile i < len(p):\n    h -= p[i] * np.log(p[i])\nreturn h"
    said = verdict("entropy", answer("entropy", body))[1]
    assert "takes too long: it was stopped" in said and "Add `i += 1` below it." in said


def test_a_list_that_holds_itself_is_no_table():
    """Authority: NumPy would look for 64 dimensions in it."""
    row = [1, 2]
    row.append(row)
    assert isinstance(plain(row), Unreadable)


def test_a_right_function_may_stop_where_numpy_says_inf(verdict):
    """Authority: math.log(0) raises; the text promises no infinity."""
    body = "return sum(a * (math.log(a) - math.log(b)) for a, b in zip(y, p) if a > 0)"
    assert verdict("kl", answer("kl", body))[1] == "kl: right."


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("rmsprop_step", "s = alpha * s + (1 - alpha) * g**2\n"
         "return w - rate * g / np.sqrt(s), s"),
        ("rmsprop_step", "s = alpha * s + (1 - alpha) * g**2\n"
         "return w - rate * g / np.sqrt(s) + eps, s"),
        ("top_k", "q = np.where(p >= np.sort(p)[-k], p, 0)\nreturn q / q.sum()"),
        ("temperature", "q = p ** (1 / T)\nreturn q / q.sum()"),
    ],
)  # fmt: skip
def test_what_the_text_promises_is_asked_for(name, body, verdict):
    """Authority: ε in the formula of 05, exactly k words, a temperature of 0.01."""
    assert "not right yet" in verdict(name, answer(name, body))[1]


def test_a_cell_of_a_notebook_is_read(capsys):
    """Authority: IPython, which keeps the source of its cells."""
    shell = InteractiveShell()
    shell.run_cell(
        "import numpy as np\nfrom helpers import check\n\n"
        "def entropy(p):\n    total = 0\n    for x in p[p > 0]:\n"
        "        total = -x * np.log(x)\n    return total\n\n"
        "entropy = check.entropy(entropy)"
    )
    said = capsys.readouterr().out
    assert "sets `total` anew in each round" in said and "Line 4, `total" in said


def test_no_power_without_end_is_made(verdict):
    """Authority: 9 ** (5000 ** 300), which no computer ends, and no thread stops."""
    body = "return epochs * (words // batch) + 1"
    begun = time.process_time()
    assert "not right yet" in verdict("count_steps", answer("count_steps", body))[1]
    assert time.process_time() - begun < 30


def test_what_the_reader_never_wrote_is_called_the_courses_own():
    """Authority: the names of the reader's function, read from its source."""
    source = slips.written(answer("sigmoid", "u = math.exp(-x)\nreturn u, np.abs(u)"))
    for line in ("u = abs(x) / 2", "if math.exp(x) > u", "x.sum(axis=-1)"):
        assert not slips.strange(source, line)
    for line in ("s = 1 / (1 + x)", "return u, e", "if len(more) > x"):
        assert slips.strange(source, line)


@pytest.mark.parametrize(
    "name, body, line",
    [
        (
            "angle_loss",
            "return np.tan(2 * np.radians(degrees)) * 2 / 4",
            "return np.sin(2 * np.radians(degrees)) ** 2 / 4",
        ),
        (
            "ewc_penalty",
            "return strength / 2 * np.sum(fisher * (w + old) * 2)",
            "return strength / 2 * np.sum(fisher * (w - old) ** 2)",
        ),
    ],
)
def test_one_line_is_shown_once(name, body, line, verdict):
    """Two slips in it; authority: the line with both undone, which is right."""
    said = verdict(name, answer(name, body))[1]
    assert said.count("Write `") == 1 and f"Write `{line}`." in said
