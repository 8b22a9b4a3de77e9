"""All decoding controls on one distribution.

Authority: scipy's softmax, and the definitions of the two cuts written out anew.
"""

import itertools
import re

import numpy as np
import pytest
from scipy.special import softmax

from helpers.figures.sampling.decoding import TEMPERATURES, all_controls, stages

WORDS = ["kite", "ball", "drum", "doll", "cup", "log"]
CASES = {
    "between": [40, 25, 15, 12, 6, 2],
    "sure": [91, 4, 2, 1, 1, 1],
    "unsure": [19, 18, 17, 16, 15, 15],
}


@pytest.fixture(scope="module")
def controls():
    return all_controls(WORDS, CASES)


def by_definition(p, T, k, share):
    """Temperature, top-k and top-p word by word."""
    p = softmax(np.log(p) / T)
    ranked = sorted(range(len(p)), key=lambda i: (-p[i], i))
    total = sum(p[i] for i in ranked[:k])
    kept, held = {}, 0.0
    for i in ranked[:k]:
        kept[i] = p[i] / total
        held += kept[i]
        if held >= share - 1e-9:
            break
    return {i: value / held for i, value in kept.items()}, held


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(
    "T, k, share",
    list(itertools.product((TEMPERATURES[0], 1.0, TEMPERATURES[-1]), (1, 4, 6),
                           (0.05, 0.7, 1.0))),
)  # fmt: skip
def test_the_digits_shown(controls, case, T, k, share):
    lines = controls.move(case=case, T=T, k=k, share=share, u=0.62)
    assert len(lines) == 4 and "error" not in controls.frame(controls.state)
    kept, held = by_definition(np.array(CASES[case]) / 100, T, k, share)
    _, _, left_over = stages(np.array(CASES[case]) / 100, T, k, share)
    for i, value in enumerate(left_over):
        assert value == pytest.approx(kept.get(i, 0))
    total = float(re.search(r"([\d.]+) \\geq", lines[2])[1])  # the sum, or its one term
    assert total == pytest.approx(held, abs=0.0006)
    word = int(re.search(r"word (\d)", lines[3])[1]) - 1
    assert float(lines[3].split("= ")[-1]) == pytest.approx(kept[word], abs=0.0006)
    assert f"chooses {WORDS[word]}." in controls.alt_text()


def test_what_the_prose_says(controls):
    """The numbers of words that stay at top-p 0.90, and what excludes the log."""
    stay = {
        name: np.count_nonzero(stages(np.array(p) / 100, 1, 6, 0.90)[2])
        for name, p in CASES.items()
    }
    assert stay == {"between": 4, "sure": 1, "unsure": 6}
    between = np.array(CASES["between"]) / 100
    assert all(stages(between, T, 6, 1)[2][5] > 0 for T in TEMPERATURES)
    assert stages(between, 1, 5, 1)[2][5] == stages(between, 1, 6, 0.95)[2][5] == 0


@pytest.mark.parametrize("u", [0, 0.5, 0.98])
@pytest.mark.parametrize("setting", [{"k": 1, "share": 1.0}, {"k": 6, "share": 0.05}])
def test_one_word_left_is_greedy(controls, u, setting):
    for case, percents in CASES.items():
        controls.move(case=case, T=1.0, u=u, **setting)
        best = WORDS[int(np.argmax(percents))]
        assert controls.alt_text().endswith(f"chooses {best}.")
