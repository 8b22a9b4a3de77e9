"""What changed code may build before it is stopped."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

from helpers.check.run import call
from helpers.check.slips.bounded import BITS, ITEMS
from helpers.check.slips.written import Written
from tests.check.learners import Answer

SIZE = 16 * ITEMS  # bytes: twice the largest list that may be

ENDLESS = [
    "for _ in range(60):\n    x = ([x[0] * n] + x * n) * n\nreturn x",
    "for _ in range(60):\n    x = x + x\nreturn x",
    "for _ in range(60):\n    x += x\nreturn x",
    "for _ in range(60):\n    x *= n\nreturn x",
    "for _ in range(60):\n    x.extend(x)\nreturn x",
    "for _ in range(60):\n    x = [*x, *x]\nreturn x",
    "for _ in range(60):\n    x = np.concatenate([x, x])\nreturn x",
    "t = 'ab'\nfor _ in range(60):\n    t = f'{t}{t}'\nreturn t",
    "t = 'ab'\nreturn t * n ** n",
    "out = []\nfor _ in range(2000):\n    out.append(x * 50000)\nreturn out",
    "a = np.ones(9)\nfor _ in range(9):\n    a = a[:, None] * a[None]\nreturn a",
    "return list(range(n ** 12))",
    "return np.ones(n ** 12)",
    "return np.zeros((n ** 6, n ** 6))",
    "return 5000 ** 300 ** 9",
    "for _ in range(60):\n    n *= n\nreturn n",
    "for _ in range(60):\n    n = n ** 2\nreturn n",
    "return 1 << n ** 12",
    "import itertools\nreturn list(itertools.combinations(range(n ** 4), n))",
    "from itertools import product\nreturn list(product(x, repeat=n ** 2))",
    "out = []\nfor i in range(9):\n    out.append(i)\n    out.append(out)\nreturn out",
    "for _ in range(60):\n    x = [x, x]\nreturn np.array(x)",
    "for _ in range(60):\n    x[0] = x\n    x[-1] = x\nreturn np.array(x)",
]


@pytest.mark.parametrize("body", ENDLESS)
def test_it_ends_before_memory_does(body):
    """Authority: the bytes that Python counts; each would fill any machine's memory."""
    changed = Written(Answer("f", "f(x, n)", "", "", [], body)()).compiled(2000)
    tracemalloc.start()
    try:
        outcome = call(changed, ([1, 2], 12), look=False)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert outcome.stopped.startswith("TooLong")
    assert most < 5 * SIZE


@pytest.mark.parametrize(
    "body",
    [
        "out = []\nfor i in range(1000):\n    out = out + [i]\nreturn out",
        "x = x * 3 + 2 * x\nx += [n]\nreturn x",
        "a = np.arange(4)\na += 1\nreturn a[:, None] * a ** 2 - a / 2",
        "n += 1\nn <<= 3\nreturn 2 ** n + n ** -1 + 2.5 ** n",
        "return 'ab' * n + 'c'",
        "a = np.zeros((n, 2))\na[0] += 1\na[1] *= -1\nreturn a * [1, 2]",
        "return [1.5 * i for i in x] + [True * n]",
        "from itertools import combinations\nreturn list(combinations(range(n), 2))",
        "return x * np.int64(2) if n else x + np.array(x)",
    ],
)
def test_what_is_small_comes_out_the_same(body):
    """Authority: the function as it stands."""
    function = Answer("f", "f(x, n)", "", "", [], body)()
    changed = Written(function).compiled(2000)
    assert np.array_equal(changed([1, 2], 12), function([1, 2], 12))


def test_a_whole_number_may_be_as_long_as_a_text_may():
    function = Answer("f", "f(n)", "", "", [], "return 2 ** n")()
    changed = Written(function).compiled(2000)
    assert changed(BITS // 4) == 2 ** (BITS // 4)


def test_a_thread_stopped_at_its_very_end_says_nothing():
    """Authority: stderr of an interpreter in which TimeUp leaves a thread."""
    code = (
        "import threading\n"
        "from helpers.check import guard\n"
        "def late(): raise guard.TimeUp\n"
        "def other(): raise ValueError('heard')\n"
        "for work in (late, other):\n"
        "    thread = threading.Thread(target=work)\n"
        "    thread.start()\n"
        "    thread.join()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "TimeUp" not in done.stderr
    assert "ValueError: heard" in done.stderr
