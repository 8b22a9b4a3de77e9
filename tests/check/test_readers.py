"""Every exercise, whichever file its wrong answers stand in, has three of them."""

import importlib.util
import re
from collections import Counter
from pathlib import Path

from helpers.check.exercise import Function
from helpers.check.subjects import exercises


def readers_of(path):
    """The `READERS` of a test file: wrong answers, each with its sentence."""
    spec = importlib.util.spec_from_file_location(f"readers_{path.stem}", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, "READERS", [])


def exercise_of(reader):
    """An answer is written as (exercise, body, …) or as (the whole code, …)."""
    written = re.match(r"def (\w+)\(", reader[0])
    return written.group(1) if written else reader[0]


def test_every_function_has_three_readers():
    """Authority: the rule that at least three wrong answers are asserted for each."""
    files = set(Path(__file__).parent.glob("test_*.py")) - {Path(__file__)}
    told = Counter(exercise_of(one) for file in files for one in readers_of(file))
    names = [n for n, one in exercises().items() if isinstance(one, Function)]
    assert {name: told[name] for name in names if told[name] < 3} == {}
