"""The README stays true. Authority: the files, the commands and the ladder."""

import math
import re
from pathlib import Path

import course
from helpers import language
from helpers.maths import models, ngrams, training

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_ladder_has_the_measured_rungs():
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+) \|$", README, re.MULTILINE)
    rungs = ngrams.rungs()
    assert {name for name, _, _ in rows} == set(rungs)
    for name, loss, perplexity in rows:
        assert f"{rungs[name]:.3f}" == loss
        digits = len(perplexity.partition(".")[2])
        assert f"{math.exp(rungs[name]):.{digits}f}" == perplexity


def test_the_window_mlp_stands_where_it_says():
    """Authority: the model of notebook 06, trained here. It differs by machine."""
    row = re.search(r"^\| window MLP, (\d+) words \| about ([\d.]+) \| about ([\d.]+) ",
                    README, re.MULTILINE)  # fmt: skip
    window, loss = int(row[1]), float(row[2])
    model = models.WindowMLP(window=window)
    data = models.windows(language.train(), window)
    for _ in training.steps(model, data, total=600):
        pass
    held_out = models.windows(language.held_out(), window)
    assert abs(models.held_out_loss(model, held_out) - loss) < 0.02
    assert abs(math.exp(loss) - float(row[3])) < 0.01


def test_the_language_is_as_described():
    assert f"{len(language.VOCABULARY)} words" in README
    assert f"{language.entropy_per_word():.3f} nats a word" in README


def test_every_link_to_a_file_leads_somewhere():
    links = re.findall(r"\]\(([^)\s]+)\)", README)
    local = [link for link in links if "://" not in link]
    assert len(local) >= 5
    assert [link for link in local if not (ROOT / link).exists()] == []


def test_every_notebook_is_on_the_map():
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        assert f"(notebooks/{path.name})" in README


def test_every_command_is_one_of_course_py():
    named = re.findall(r"course\.py (\w+)", README)
    assert set(named) <= set(course.COMMANDS)


def test_every_benchmark_is_named():
    for path in (ROOT / "benchmarks").glob("*.py"):
        assert f"`{path.name}`" in README
