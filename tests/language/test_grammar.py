"""The engine, on grammars small enough to be worked out by hand."""

import numpy as np
import pytest

from helpers.language import Grammar

# Two templates share a beginning; a toy hints at the template.
SMALL = {
    "story": {"{keep}": 0.6, "{lose}": 0.4},
    "hero": {"anna": 0.7, "ben": 0.3},
    "she | hero": {"anna": {"she": 1}, "ben": {"he": 1}},
    "toy | story": {
        "keep": {"ball": 0.5, "red kite": 0.5},
        "lose": {"ball": 0.25, "red kite": 0.75},
    },
    "keep": {"{hero} had a {toy} . {she} kept the {toy} .": 1},
    "lose": {"{hero} had a {toy} . {end} .": 1},
    "end": {"{she} lost it": 0.5, "now {she} cried": 0.5},
}


def p(grammar, prefix):
    row = grammar.next_word(prefix)
    return {w: row[i] for w, i in grammar.ids.items() if row[i] > 0}


def test_next_word_by_hand():
    """Authority: products and Bayes' rule worked out on paper."""
    small = Grammar(SMALL)
    assert p(small, "") == pytest.approx({"anna": 0.7, "ben": 0.3})
    # P(ball) = 0.6 · 0.5 + 0.4 · 0.25
    assert p(small, "anna had a") == pytest.approx({"ball": 0.4, "red": 0.6})
    # P(keep | red) = 0.6 · 0.5 / 0.6 = 0.5; P(now) = 0.5 · 0.5
    after = p(small, "anna had a red kite .")
    assert after == pytest.approx({"she": 0.75, "now": 0.25})
    # P(keep | ball) = 0.3 / 0.4 = 0.75; P(keep | ball, she) = 0.75 / (0.75 + 0.125)
    assert p(small, "ben had a ball . he") == pytest.approx(
        {"kept": 0.75 / 0.875, "lost": 0.125 / 0.875}
    )
    # A choice made comes back.
    assert p(small, "ben had a red kite . he kept the") == {"red": 1}
    assert p(small, "ben had a red kite . he kept the red kite .") == {"[end]": 1}


def test_a_window_as_long_as_the_stories_sees_all():
    """Authority: the entropy of whole stories. Shorter windows cannot be better."""
    small = Grammar(SMALL)
    floors = [small.entropy_per_word(window=K) for K in range(1, 16)]
    assert max(np.diff(floors)) < 1e-12
    assert floors[0] > 1.1 * floors[-1]
    assert floors[-1] == pytest.approx(small.entropy_per_word(), abs=1e-12)


def test_posterior_by_hand():
    """Authority: the same sums; the start of a story gives the prior."""
    small = Grammar(SMALL)
    assert small.posterior("") == {"keep": 0.6, "lose": 0.4}
    assert small.posterior("anna had a ball") == pytest.approx(
        {"keep": 0.75, "lose": 0.25}
    )
    assert small.posterior("anna had a ball . now") == {"lose": 1}
    assert small.posterior(small.story(0.5)) == {"keep": 0.6, "lose": 0.4}


def test_a_story_begins_afresh_after_end():
    small = Grammar(SMALL)
    story = small.story(0.1)
    assert story[-1] == "[end]"
    np.testing.assert_array_equal(small.next_word(story), small.next_word())
    np.testing.assert_array_equal(
        small.next_word([*story, "ben", "had"]), small.next_word("Ben had")
    )


def test_entropy_by_hand():
    """Authority: the chain rule for entropy over the grammar's choices."""
    small = Grammar(SMALL)

    def h(*p):
        return -sum(x * np.log(x) for x in p)

    by_hand = h(0.6, 0.4) + h(0.7, 0.3) + 0.6 * h(0.5, 0.5)
    by_hand += 0.4 * (h(0.25, 0.75) + h(0.5, 0.5))
    assert small.entropy_per_story() == pytest.approx(by_hand, abs=1e-12)
    # keep: 11 words with a ball, 13 with a red kite; lose: 10 and 11; [end] counted.
    words = 0.6 * (11 + 13) / 2 + 0.4 * (0.25 * 10 + 0.75 * 11)
    assert small.words_per_story() == pytest.approx(words, abs=1e-12)
    assert small.entropy_per_word() == pytest.approx(by_hand / words, abs=1e-12)


def test_a_story_that_two_templates_can_tell_is_one_story():
    """Authority: two roads to the same words must not count as two stories."""
    twice = Grammar(
        {"story": {"{a}": 0.5, "{b}": 0.5}, "a": {"hi .": 1}, "b": {"hi .": 1}}
    )
    assert twice.entropy_per_story() == 0
    assert twice.posterior("hi") == {"a": 0.5, "b": 0.5}


def test_story_is_an_inverse_cdf():
    """Authority: an interval's length is the story's probability, listed in order."""
    coin = Grammar({"story": {"{x} {y} .": 1}, "x": {"a": 0.25, "b": 0.75},
                    "y": {"c": 0.5, "d": 0.5}})  # fmt: skip
    edges = {"a c": 0.0, "a d": 0.125, "b c": 0.25, "b d": 0.625}
    for words, edge in edges.items():
        assert coin.story(edge) == [*words.split(), ".", "[end]"]
    for words, edge in zip(edges, [0.125, 0.25, 0.625, 1.0], strict=True):
        assert coin.story(np.nextafter(edge, 0)) == [*words.split(), ".", "[end]"]
    for u in (-0.1, 1.0, float("nan")):
        with pytest.raises(ValueError, match=r"u must lie in \[0, 1\)"):
            coin.story(u)


def test_sample_repeats_and_extends():
    small = Grammar(SMALL)
    ids = small.sample(50, seed=3)
    np.testing.assert_array_equal(ids, small.sample(200, seed=3)[: len(ids)])
    assert not np.array_equal(ids, small.sample(50, seed=4)[: len(ids)])
    with pytest.raises(ValueError, match="at least one story"):
        small.sample(0)


def test_pair_frequencies_by_hand():
    """Authority: the grammar has one story in which every pair can be counted."""
    one = Grammar({"story": {"{x} saw a {x} .": 1}, "x": {"cat": 0.5, "dog": 0.5}})
    pairs = one.pair_frequencies()  # 6 words a story with [end]
    assert pairs.sum() == pytest.approx(1)
    i = one.ids
    assert pairs[i["[end]"], i["cat"]] == pytest.approx(0.5 / 6)
    assert pairs[i["saw"], i["a"]] == pytest.approx(1 / 6)
    assert pairs[i["dog"], i["."]] == pytest.approx(0.5 / 6)
    assert pairs[i["."], i["[end]"]] == pytest.approx(1 / 6)


def test_impossible_words_are_named():
    small = Grammar(SMALL)
    for prefix, message in {
        "zebra": "'zebra' is not a word of this language. "
        "What can come at the start of a story: anna or ben.",
        "anna had a kite": "'kite' cannot come after 'anna had a'. "
        "What can come there: ball or red.",
        "ben had a ball . she": "'she' cannot come after 'ben had a ball .'. "
        "What can come there: he or now.",
    }.items():
        for call in (small.next_word, small.posterior):
            with pytest.raises(ValueError) as error:
                call(prefix)
            assert str(error.value) == message
    with pytest.raises(ValueError, match="position 1"):
        small.losses([small.ids["anna"], small.ids["ben"]])


def test_text_and_words():
    small = Grammar(SMALL, capitals=["anna", "ben"])
    words = small.words("ben had a ball . now he cried . [end] anna had")
    assert words[:5] == ["ben", "had", "a", "ball", "."]
    assert small.text(words) == "Ben had a ball. Now he cried.\nAnna had"
    assert small.text([small.ids[w] for w in words]) == small.text(words)
    assert small.words("Ben had a ball. Now he cried. [end] Anna had") == words
    assert small.words(words) == words and small.text([]) == ""


def test_vocabulary_can_be_shared():
    """A second grammar may take over the ids of the first."""
    small = Grammar(SMALL)
    other = Grammar({"story": {"ben sat .": 1}}, vocabulary=small.vocabulary)
    assert other.vocabulary == [*small.vocabulary, "sat"]
    assert other.next_word("ben").shape == (len(small.vocabulary) + 1,)


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"story": {"a": 0.5, "b": 0.4}}, "'story' must be above 0 and add up to 1"),
        ({"story": {"a": 1.5, "b": -0.5}}, "must be above 0"),
        ({"story": {"{hero} ran .": 1}}, "'hero', which is not a choice"),
        ({"tale": {"a": 1}}, "a choice called 'story'"),
        ({"story": {"{a}": 1}, "a": {"{b}": 1}, "b": {"{a}": 1}}, "'a' leads back"),
        ({"story": {"a": 1}, "b | c": {"a": {"x": 0.9}}}, "'b' given 'a'"),
        ({"story": {"a": 1}, "b | c": {"a": {"x": 1}}}, "'c', which is not"),
    ],
)
def test_bad_rules_are_named(rules, message):
    with pytest.raises(ValueError, match=message):
        Grammar(rules)


def test_a_table_must_fit_what_it_depends_on():
    rules = {"story": {"{she} saw {hero} .": 1}, "hero": {"anna": 0.5, "ben": 0.5},
             "she | hero": {"anna": {"she": 1}}}  # fmt: skip
    with pytest.raises(ValueError, match="'she' needs 'hero', not yet mentioned"):
        Grammar(rules).next_word()
    rules["story"] = {"{hero} saw {she} .": 1}
    with pytest.raises(ValueError, match="'she' has no table for hero = 'ben'"):
        Grammar(rules).next_word("ben saw")
