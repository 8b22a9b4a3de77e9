"""You are the judge. Authority: the grammar, and the choices counted by hand."""

import itertools
from collections import Counter

import numpy as np
import pytest

from helpers import language, rounds
from helpers.figures.sampling.generation import grammar
from helpers.maths import ngrams
from helpers.maths.evaluation.judging import table_of_wins
from helpers.rounds.judge import exact_wins, fitted, told_apart
from helpers.rounds.pairs import FILE, MODELS, MOST, judged, shipped, write

PAIRS = shipped()
STORIES = language.text(language.held_out()).splitlines()


def play(choices):
    panel = rounds.you_are_the_judge()
    for side in choices:
        panel.choose(side)
    return panel


def possible(words):
    """Whether the grammar could have said this, asked word by word."""
    for t, word in enumerate(words):
        if not language.next_word(words[:t])[language.VOCABULARY.index(word)]:
            return False
    return True


# ---- the texts


def test_each_two_models_meet_once_each_way_round():
    met = Counter(one["by"] for one in PAIRS)
    assert met == Counter(itertools.permutations(range(len(MODELS)), 2))


@pytest.mark.parametrize("one", PAIRS)
def test_a_pair_is_well_formed(one):
    begins, (a, b) = language.text(one["begins"]), one["ends"]
    assert begins.endswith(".") and any(s.startswith(begins) for s in STORIES)
    assert a != b
    for end in (a, b):
        assert set(end) <= set(language.VOCABULARY)
        cut = len(end) == MOST and language.END not in end
        assert cut or end.index(language.END) == len(end) - 1


@pytest.mark.parametrize("one", PAIRS)
def test_what_the_grammar_says_is_so(one):
    for end in one["ends"]:
        whole = [*one["begins"], *end]
        log_p, place = judged(one["begins"], end)
        if place is None:
            assert possible(whole)
            p = [language.next_word(whole[:t])[language.VOCABULARY.index(whole[t])]
                 for t in range(len(one["begins"]), len(whole))]  # fmt: skip
            assert log_p == pytest.approx(np.log(p).sum() / len(end))
        else:
            before = whole[: len(one["begins"]) + place]
            assert log_p == -np.inf and possible(before)
            assert not possible([*before, end[place]])


def test_the_grammar_s_own_ends_are_possible_and_judging_takes_five_minutes():
    ends = [
        (one["begins"], end)
        for one in PAIRS
        for by, end in zip(one["by"], one["ends"], strict=True)
        if MODELS[by] == "grammar"
    ]
    assert all(judged(*end)[1] is None for end in ends)
    read = sum(len(one["begins"]) + sum(map(len, one["ends"])) for one in PAIRS)
    assert read < 5 * 150  # a learner of English reads so many words a minute


def test_they_can_be_written_again(tmp_path):
    """The bigram and the grammar draw again; the trained ones say what they said."""

    def saying(k):
        said = {
            " ".join([*one["begins"], *end[:t]]): word
            for one in PAIRS
            for by, end in zip(one["by"], one["ends"], strict=True)
            for t, word in enumerate(end)
            if by == k
        }
        return lambda ids: eye[V.index(said[" ".join(V[i] for i in ids)])]

    V = language.VOCABULARY
    eye = np.eye(len(V))
    bigram = ngrams.bigram(language.train(), len(V)).probabilities
    file = tmp_path / "pairs.json"
    write((bigram, saying(1), saying(2), grammar), file)
    assert file.read_bytes() == FILE.read_bytes()


# ---- the panel


def test_choices_become_a_table_of_wins():
    panel = play("AB")
    wins = np.zeros((4, 4))
    wins[PAIRS[0]["by"]] += 1
    wins[PAIRS[1]["by"][::-1]] += 1
    assert (panel.wins() == wins).all()
    panel.back()
    assert panel.wins().sum() == 1
    panel.back()
    panel.back()
    assert panel.chosen == []


def test_names_are_hidden_until_the_end():
    panel = play([])
    for _ in PAIRS:
        shown = panel.page.value + panel.board.value + panel.picture.alt_text()
        assert not any(name in shown for name in MODELS)
        panel.choose("A")
    shown = panel.page.value + panel.board.value + panel.picture.alt_text()
    assert panel.over and all(name in shown for name in MODELS)


def test_buttons_stay_and_nothing_happens_after_the_end():
    panel = play([])
    a, b, back, again = panel.row.children
    for _ in range(len(PAIRS) + 3):
        assert panel.row.children == (a, b, back, again)
        assert not a.disabled and not b.disabled and not back.disabled
        assert again.disabled == (not panel.over)
        b.click()
    assert panel.chosen == [1] * len(PAIRS)
    back.click()
    assert not panel.over and panel.board.value == ""
    a.click()
    assert panel.chosen[-1] == 0
    again.click()
    assert panel.chosen == [] and again.disabled


def places(one):
    """How far each end gets before its first impossible word, asked word by word."""
    found = []
    for end in one["ends"]:
        whole = [*one["begins"], *end]
        ways = range(len(one["begins"]) + 1, len(whole) + 1)
        possibles = sum(possible(whole[:t]) for t in ways)
        found.append(MOST if possibles == len(end) else possibles)
    return found


def test_the_exact_judge_shares_what_is_equal():
    wins = np.zeros((4, 4))
    for one in PAIRS:
        (a, b), (far, other) = one["by"], places(one)
        wins[a, b] += 0.5 if far == other else far > other
        wins[b, a] += 0.5 if far == other else far < other
    assert exact_wins(PAIRS) == pytest.approx(wins)
    strengths, _ = fitted(wins)
    assert list(strengths) == sorted(strengths)  # in the order of MODELS


def test_who_judges_as_the_grammar_does_has_proved_little():
    """However the choices between equals fall, at most 2 of 6 pairs are told apart."""
    better = []  # A, B, or either
    for one in PAIRS:
        far, other = places(one)
        better.append("A" if far > other else "B" if far < other else "AB")
    counts = set()
    for choices in itertools.product(*better):
        chosen = zip(PAIRS, choices, strict=True)
        wins = [one["by"][:: 1 if side == "A" else -1] for one, side in chosen]
        counts.add(len(told_apart(table_of_wins(wins, len(MODELS)))))
    assert max(counts) == 2


def test_the_board_says_who_is_told_apart():
    """Where the better in the list of models wins all 12, some are."""
    panel = play("A" if a > b else "B" for a, b in (one["by"] for one in PAIRS))
    apart = told_apart(panel.wins())
    assert apart and f"tell {len(apart)} apart" in panel.board.value
    for better, worse in apart:
        assert f"{MODELS[better]} above {MODELS[worse]}" in panel.board.value
        assert panel.results()[MODELS[better]] > panel.results()[MODELS[worse]]


def test_the_board_explains_bars_that_overlap():
    """Where all the pair's bars are apart there is nothing to explain."""
    for choices in ("BAAABABAABBA", "A" * 12, "B" * 12, "ABBBABABBAAB"):
        panel = play(choices)
        results = [panel.results()[name] for name in MODELS]
        overlaps = any(
            results[i][0] - 2 * results[i][1] < results[j][0] + 2 * results[j][1]
            for i, j in told_apart(panel.wins())
        )
        assert ("Two bars may overlap" in panel.board.value) == overlaps
    assert "Two bars may overlap" in play("BAAABABAABBA").board.value


def test_always_the_first_is_no_opinion_here():
    """Each model is A as often as B against each other: all strengths are equal."""
    panel = play("A" * len(PAIRS))
    assert [s for s, _ in panel.results().values()] == pytest.approx([0] * 4)
    assert "You chose A 12 times and B 0 times" in panel.page.value
    assert "none of the 6 pairs" in panel.board.value


def test_the_bundle_has_a_picture_and_its_description():
    for choices in ("", "ABA", "AB" * 6):
        data, metadata = play(choices)._repr_mimebundle_()
        assert data["text/plain"].startswith("You are the judge. ")
        assert "image/png" in data and metadata["image/png"]["alt"]


def test_another_side_is_refused():
    with pytest.raises(ValueError, match="Choose 'A' or 'B', not 'C'"):
        play("C")
