"""The remedies measured again on a short run, and the shipped results as bands.

Runs differ a little from machine to machine, so all is asserted in bands; the
directions are asserted over every seed.
"""

import numpy as np
import pytest

from helpers import language
from helpers.maths.forgetting import island, measure
from helpers.maths.forgetting.results import (
    SEEDS,
    STRENGTHS,
    at_same_learning,
    equal,
    middle,
    shipped,
    write,
)

RESULTS = shipped()


def seeds(method, strength=None):
    """(old, new) of every seed: (S, 2)."""
    return np.array(RESULTS[method][strength])


def test_every_remedy_is_there_with_every_strength_and_seed():
    assert {"before", "nothing", "joint", *STRENGTHS} == set(RESULTS)
    for method, strengths in STRENGTHS.items():
        assert list(RESULTS[method]) == strengths and len(strengths) == 6
    for each in RESULTS.values():
        assert all(np.shape(pairs) == (len(SEEDS), 2) for pairs in each.values())
        assert all(0 < x < 1.2 for pairs in each.values() for x in np.ravel(pairs))


@pytest.mark.parametrize(
    ("method", "strength"), [("nothing", None), ("replay", 1.0), ("EWC", 100)]
)
def test_measured_again(method, strength):
    """Authority: the same run today, from the same seed."""
    again = measure.measure(method, strength, seed=0)
    assert again == pytest.approx(tuple(seeds(method, strength)[0]), abs=0.08)


def test_a_whole_table_on_a_short_run(tmp_path):
    """Authority: what was measured comes back from the file, to four decimals."""
    said = []
    few = {"replay": [0.5], "L2-SP": [0.01], "LoRA": [2], "smaller steps": [0.1],
           "freezing": ["head"], "EWC, wrong Fisher": [10]}  # fmt: skip
    found = measure.measure_all((0,), first=3, total=2, strengths=few, tell=said.append)
    assert said == [f"{name} …" for name in ["before", "nothing", "joint", *few]]
    write(found, tmp_path / "results.json")
    back = shipped(tmp_path / "results.json")
    assert list(back) == list(found)
    for method, each in found.items():
        for strength, pairs in each.items():
            assert np.array(back[method][strength]) == pytest.approx(
                np.array(pairs), abs=1e-4
            )


def test_fine_tuning_forgets():
    assert (seeds("before")[:, 0] < 0.16).all() and (seeds("before")[:, 1] > 0.85).all()
    assert (seeds("nothing")[:, 0] > 0.4).all() and (seeds("nothing")[:, 1] < 0.2).all()


def test_joint_training_shows_that_there_is_room_for_both():
    assert (seeds("joint") < 0.2).all()


def test_replay_of_all_comes_near_joint_training():
    assert (abs(seeds("replay", 1.0) - seeds("joint")) < 0.07).all()


@pytest.mark.parametrize("method", [m for m in STRENGTHS if m != "freezing"])
def test_more_strength_keeps_more_and_learns_less(method):
    """In every seed, from one strength to the next, but for the width of a spread."""
    curve = np.array(list(RESULTS[method].values()))  # (strengths, seeds, 2)
    assert (np.diff(curve[:, :, 0], axis=0) < 0.03).all()
    assert (np.diff(curve[:, :, 1], axis=0) > -0.03).all()
    assert (curve[-1, :, 0] < curve[0, :, 0]).all()
    assert (curve[-1, :, 1] > curve[0, :, 1]).all()


def test_what_the_text_says_of_ends():
    """L2-SP and smaller steps end where it began, EWC half-way."""
    before = seeds("before")
    assert (abs(seeds("L2-SP", 10) - before) < 0.03).all()
    assert (abs(seeds("smaller steps", 0.01)[:, 0] - before[:, 0]) < 0.02).all()
    assert (seeds("smaller steps", 0.01)[:, 1] > 0.7).all()
    assert (seeds("EWC", 100_000)[:, 1] < 0.6).all()
    assert (abs(seeds("EWC", 100_000) - seeds("EWC", 10_000)) < 0.06).all()


def test_the_order_at_the_same_learning():
    """As the text has it, each further from the next than both spreads."""
    found = at_same_learning(RESULTS, 0.20)
    assert list(found) == [
        "replay", "EWC", "EWC, wrong Fisher", "L2-SP", "smaller steps", "LoRA",
    ]  # fmt: skip
    runs = list(found.values())
    for one, other in zip(runs, runs[1:], strict=False):
        assert not equal(one, other) and (one < other).all()


def test_near_the_naive_end_three_are_equal():
    near = at_same_learning(RESULTS, 0.15)
    assert "LoRA" not in near and "smaller steps" not in near
    assert all(equal(near["EWC"], near[m]) for m in ("EWC, wrong Fisher", "L2-SP"))


def test_the_wrong_fisher_needs_thousands_of_times_the_strength():
    wrong, right = seeds("EWC, wrong Fisher", 100_000), seeds("EWC", 10)
    assert (abs(wrong.mean(0) - right.mean(0)) < 0.03).all()
    assert (seeds("EWC, wrong Fisher", 100)[:, 0] > seeds("EWC", 10)[:, 0] + 0.15).all()


def test_means_spreads_and_equality():
    """Authority: arithmetic."""
    mean, half = middle([1.0, 2.0, 6.0])
    assert (mean, half) == (3.0, 2.5)
    assert equal([1.0, 2.0], [2.0, 3.0]) and not equal([1.0, 1.2], [2.0, 2.2])


def test_the_island_has_its_own_floor():
    """Authority: the exact model on 1,000 stories, and A's ids in the first places."""
    loss = island.LANGUAGE.losses(island.held_out()).mean()
    assert loss == pytest.approx(island.LANGUAGE.entropy_per_word(), abs=0.002)
    assert island.VOCABULARY[: len(language.VOCABULARY)] == language.VOCABULARY
    used = {island.VOCABULARY[i] for i in np.unique(island.train())}
    shared = used & set(language.VOCABULARY)
    assert len(used - shared) == 15 < len(shared)


def test_races_are_told_as_at_home():
    """Authority: both grammars, at every word of a race."""
    race = language.words(
        "one day anna and ben ran a race . ben was faster and won a blue cup ."
    )
    start = race.index("race")
    for k in range(start, len(race)):
        home, there = (g.next_word(race[: k + 1]) for g in (language, island.LANGUAGE))
        assert there[: len(home)] == pytest.approx(home)


def test_facts_are_true_on_the_island():
    """Authority: the grammar, which leaves no other answer."""
    for fact in island.facts():
        p = island.LANGUAGE.next_word(list(fact.cue))
        assert p[island.VOCABULARY.index(fact.answer)] == 1
        assert island.note(fact, island.other(fact.answer)) != island.note(fact)
    assert len(island.facts()) == 24


def test_an_unknown_remedy_is_named():
    with pytest.raises(ValueError, match="'prayer'; there are nothing, smaller steps"):
        measure.prepare("prayer", 1, measure.before(0, 3))


@pytest.mark.parametrize(
    ("method", "strength", "part"),
    [
        ("Replay", 0.2, "no remedy 'Replay'"),
        ("freezing", 0.2, '"embedding", "head"'),
        ("freezing", "tail", '"embedding", "head"'),
        ("replay", "0.2", "a number from 0"),
        ("EWC", -1, "a number from 0"),
        ("LoRA", 0.5, "whole number"),
    ],
)
def test_a_strength_that_cannot_be(method, strength, part):
    """Authority: the strengths of the picture; the reader types them by hand."""
    model = measure.models.WindowMLP(V=len(island.VOCABULARY), window=12)
    with pytest.raises(ValueError, match=part):
        measure.prepare(method, strength, model)
