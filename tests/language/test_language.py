"""The course's language against brute force.

The authority is `fill`: it knows nothing of the engine, replaces "{choice}" in the
rules' texts by each of its values, and so lists the whole finite set.
"""

import numpy as np
import pytest
from scipy.stats import chisquare

from helpers import language
from helpers.language.stories import RULES

TABLES = {}
for head, rule in RULES.items():
    TABLES[head.split(" | ")[0]] = (head.partition(" | ")[2], rule)


def fill():
    """Yield (words, probability) of each story there is."""
    half_filled = [("{story}", 1.0, {})]
    while half_filled:
        text, probability, made = half_filled.pop()
        begin, end = text.find("{"), text.find("}")
        if begin < 0:
            yield (*text.split(), "[end]"), probability
            continue
        slot, name = text[begin : end + 1], text[begin + 1 : end]
        if name in made:
            half_filled.append((text.replace(slot, made[name]), probability, made))
            continue
        given, table = TABLES[name]
        for value, p in (table[made[given].strip("{}")] if given else table).items():
            filled = text.replace(slot, value)
            half_filled.append((filled, probability * p, {**made, name: value}))


@pytest.fixture(scope="module")
def every():
    """The whole set: ids (S, 41) filled up with −1, probabilities (S,)."""
    ids = {word: i for i, word in enumerate(language.VOCABULARY)}
    flat, lengths, p = bytearray(), [], []
    for words, probability in fill():
        flat += bytes(map(ids.get, words))
        lengths.append(len(words))
        p.append(probability)
    lengths = np.array(lengths)
    stories = np.full((len(p), lengths.max()), -1, dtype=np.int8)  # (S, 41)
    rows = np.arange(stories.shape[1]) < lengths[:, None]
    stories[rows] = np.frombuffer(flat, dtype=np.uint8)
    return stories, np.array(p)


def test_every_story_is_told_once_and_in_length(every):
    """Enumeration: probabilities add up to 1, no two derivations tell one story."""
    stories, p = every
    assert p.sum() == pytest.approx(1, abs=1e-12)
    told = np.ascontiguousarray(stories).view(f"V{stories.shape[1]}").ravel()
    assert len(np.unique(told)) == len(told) == 441_936
    length = (stories > 0).sum(axis=1)  # full stops counted, [end] not
    assert length.min() == 29 and length.max() == 40
    assert (stories > 1).sum(axis=1).min() >= 20  # full stops not counted either
    assert set(np.unique(stories)) - {-1} == set(range(len(language.VOCABULARY)))
    assert 50 <= len(language.VOCABULARY) <= 120


def test_entropy_equals_enumeration(every):
    """Enumeration: −Σ p ln p over all stories, and the mean length with [end]."""
    stories, p = every
    assert language.entropy_per_story() == pytest.approx(-p @ np.log(p), abs=1e-9)
    length = (stories >= 0).sum(axis=1)
    assert language.words_per_story() == pytest.approx(p @ length, abs=1e-9)
    assert language.entropy_per_word() == pytest.approx(0.340030, abs=5e-7)


def test_next_word_equals_enumeration(every):
    """Enumeration: P(word | prefix) as the share of the stories that begin so."""
    V, ids = len(language.VOCABULARY), language.LANGUAGE.ids
    for u in (np.arange(200) + 0.5) / 200:
        stories, p = every
        story = language.story(u)
        for t, word in enumerate(story):
            want = np.bincount(stories[:, t], p, minlength=V)
            got = language.next_word(story[:t])
            np.testing.assert_allclose(got, want / want.sum(), atol=1e-12)
            on = stories[:, t] == ids[word]
            if not on.all():
                stories, p = stories[on], p[on]


def test_pair_frequencies_equal_enumeration(every):
    """Enumeration: expected count of each pair, divided by the words of a story."""
    stories, p = every
    V = len(language.VOCABULARY)
    want, previous = np.zeros(V * V), np.zeros(len(p), dtype=int)
    for t in range(stories.shape[1]):
        on = stories[:, t] >= 0
        now = stories[:, t].astype(int)
        want += np.bincount((previous * V + now)[on], p[on], minlength=V * V)
        previous = now
    got = language.pair_frequencies()
    np.testing.assert_allclose(got.ravel(), want / want.sum(), atol=1e-12)


@pytest.mark.parametrize("window, floor", [(2, 0.773), (16, 0.426)])
def test_the_floor_of_a_window_equals_enumeration(every, window, floor):
    """Enumeration: what comes after each window, over all places of all stories."""
    stories, p = every
    S, T = stories.shape
    padded = np.pad(stories, [(0, 0), (window, 0)])  # [end], id 0, before the story
    # A window becomes one number: two windows with the same among so few would be a
    # chance of one in a million, and would show.
    weights = np.random.default_rng(0).integers(2**64, size=window + 1, dtype=np.uint64)
    before, last = np.zeros((S, T), np.uint64), padded[:, window:].astype(np.uint64)
    for k in range(window):
        before += padded[:, k : k + T].astype(np.uint64) * weights[k]
    on = stories >= 0  # (S, T)
    chance = np.repeat(p, on.sum(axis=1)) / (p @ on.sum(axis=1))

    def entropy(keys):
        _, place = np.unique(keys[on], return_inverse=True)
        each = np.bincount(place, chance)
        return -each @ np.log(each)

    want = entropy(before + last * weights[window]) - entropy(before)
    assert language.entropy_per_word(window=window) == pytest.approx(want, abs=1e-9)
    assert want == pytest.approx(floor, abs=5e-4)


def test_the_floor_of_one_word_is_the_bigram_s():
    """Authority: H(next | previous) from the exact pairs."""
    pairs = language.pair_frequencies()  # (V, V)
    given = pairs / pairs.sum(axis=1, keepdims=True)
    want = -(pairs[pairs > 0] @ np.log(given[pairs > 0]))
    assert language.entropy_per_word(window=1) == pytest.approx(want, abs=1e-12)
    with pytest.raises(ValueError, match="at least one word, not 0"):
        language.entropy_per_word(window=0)


def test_probabilities_sum_to_one_at_every_reachable_prefix():
    """Closed form: every prefix of every story leads to one node of the machine."""
    machine = language.LANGUAGE.machine
    np.testing.assert_allclose(machine.p.sum(axis=1), 1, atol=1e-15)
    np.testing.assert_allclose(machine.distributions(np.arange(5)).sum(axis=1), 1)
    assert (machine.visits > 0).all()
    assert machine.lengths.sum() == pytest.approx(1)


def test_exact_models_loss_is_the_entropy():
    """Law of large numbers: within four standard errors, stories independent."""
    ids = language.sample(100_000, seed=11)
    ends = np.flatnonzero(ids == 0)
    assert len(ends) == 100_000
    per_story = np.add.reduceat(language.losses(ids), np.r_[0, ends[:-1] + 1])
    error = per_story.std(ddof=1) / np.sqrt(len(per_story))
    assert abs(per_story.mean() - language.entropy_per_story()) < 4 * error


def test_sampled_stories_follow_the_grammar():
    """χ² of the first words of 20,000 stories, four degrees of freedom."""
    ids = language.train()
    first = ids[np.r_[0, np.flatnonzero(ids == 0)[:-1] + 1]]
    want = language.next_word() * len(first)
    seen = np.bincount(first, minlength=len(want))
    on = want > 0
    assert seen[~on].sum() == 0
    assert on.sum() == 5
    assert chisquare(seen[on], want[on]).pvalue > 0.001


def test_losses_and_next_words_agree_with_next_word():
    """One table read in three ways."""
    ids = language.sample(20, seed=5)
    rows, losses = language.next_words(ids), language.losses(ids)
    words = [language.VOCABULARY[i] for i in ids]
    for t in range(0, len(ids), 7):
        np.testing.assert_array_equal(rows[t], language.next_word(words[:t]))
        assert losses[t] == -np.log(rows[t, ids[t]])


def test_posterior_of_the_shared_beginning():
    """By hand: 0.4 · 0.4 against 0.3 · 0.1 once the kite is seen."""
    assert language.posterior("one") == pytest.approx(
        {"lost": 0.5, "swap": 0.375, "race": 0.125}
    )
    assert language.posterior("One day Anna took a red kite") == pytest.approx(
        {"lost": 0.16 / 0.19, "swap": 0.03 / 0.19}
    )
    rest = language.next_word("one day anna took a red kite to the park .")
    lost = rest[language.LANGUAGE.ids["she"]] + rest[language.LANGUAGE.ids["but"]]
    assert lost == pytest.approx(0.16 / 0.19)


def test_a_bigram_cannot_see_what_came_back():
    """The gap that attention has to close is most of a nat and more."""
    pairs = language.pair_frequencies()
    given = pairs / pairs.sum(axis=1, keepdims=True)
    on = pairs > 0
    bigram = -(pairs[on] * np.log(given[on])).sum()
    assert bigram - language.entropy_per_word() > 0.9
    assert 0.25 < language.entropy_per_word() < 0.6


def test_the_split_never_changes():
    """Committed words and sums: the same on every machine and NumPy version."""
    train, held_out = language.train(), language.held_out()
    assert language.text(train).splitlines()[0] == TRAIN_BEGINS
    assert language.text(held_out).splitlines()[0] == HELD_OUT_BEGINS
    position = np.arange(1, 1001)
    assert (len(train), int(train[-1000:] @ position)) == TRAIN_SUMS
    assert (len(held_out), int(held_out[-1000:] @ position)) == HELD_OUT_SUMS
    assert train.dtype == held_out.dtype == np.int64
    assert (train == 0).sum() == 20_000 and (held_out == 0).sum() == 5_000


def test_the_split_is_safe_from_its_readers():
    language.train()[:] = 7
    assert language.train().min() == 0


def test_held_out_is_typical_to_three_decimals():
    """What makes losses measured on it comparable with the floor."""
    loss = language.losses(language.held_out()).mean()
    assert f"{loss:.3f}" == f"{language.entropy_per_word():.3f}" == "0.340"


TRAIN_BEGINS = (
    "One morning Anna took a big blue doll to the river. Mia came with a red "
    "drum. Soon they swapped. Mia went home with the blue doll."
)
HELD_OUT_BEGINS = (
    "One morning Ben took a little blue doll to the park. Anna came with a "
    "green kite. Soon they swapped. Ben went home with the green kite."
)
TRAIN_SUMS = (708698, 17035129)
HELD_OUT_SUMS = (177485, 16438155)
