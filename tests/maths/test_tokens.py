"""Text to tokens to ids to vectors, and byte-pair encoding."""

import re

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.maths.tokens import (
    bpe_decode,
    bpe_encode,
    bpe_encode_words,
    bpe_pieces,
    bpe_steps,
    bpe_train,
    bpe_train_words,
    cut_words,
    decode,
    encode,
    merge,
    most_common_pair,
    one_hot,
    piece_label,
    text_bytes,
)

WEATHER = ["好", "晴朗", "糟糕", "热", "其他"]
any_text = st.text(st.characters(codec="utf-8"), max_size=40)


def test_the_label_of_the_weather():
    """Authority: worked example T1; the truth 晴朗 is [0, 1, 0, 0, 0]."""
    ids = encode(["晴朗"], WEATHER)
    np.testing.assert_array_equal(one_hot(ids, 5), [[0, 1, 0, 0, 0]])


def test_a_single_1_in_10_000():
    """Authority: worked example T2; 好 has index 42."""
    (vector,) = one_hot([42], 10_000)
    assert vector.shape == (10_000,)
    assert np.flatnonzero(vector).tolist() == [42] and vector.sum() == 1


def test_h_is_the_eighth_letter():
    """Authority: worked example T3; h = 8 where a = 1."""
    assert encode("h", list("abcdefgh"))[0] + 1 == 8


@settings(max_examples=50)
@given(st.data())
def test_decode_is_the_way_back(data):
    """Authority: the definition of an inverse."""
    vocabulary = data.draw(st.lists(any_text, min_size=1, max_size=9, unique=True))
    tokens = data.draw(st.lists(st.sampled_from(vocabulary)))
    assert decode(encode(tokens, vocabulary), vocabulary) == tokens


def test_one_hot_is_torchs():
    """Authority: torch.nn.functional.one_hot."""
    ids = np.array([3, 0, 3, 1])
    expected = torch.nn.functional.one_hot(torch.tensor(ids), 5)
    np.testing.assert_array_equal(one_hot(ids, 5), expected)


def test_the_most_common_pair():
    """Authority: counted by hand; of equals the first seen wins."""
    assert most_common_pair([7, 8, 7, 8, 9]) == (7, 8)
    assert most_common_pair([5, 6, 7]) == (5, 6)


def test_merge_uses_an_id_once():
    """Authority: by hand, left to right: aaa has one pair and an a left over."""
    assert merge([1, 1, 1], (1, 1), 9) == [9, 1]
    assert merge([1, 1, 1, 1], (1, 1), 9) == [9, 9]
    assert merge([2, 1, 2, 1, 1, 2], (1, 2), 9) == [2, 9, 1, 9]
    assert merge([], (1, 2), 9) == [] and merge([1], (1, 1), 9) == [1]


@settings(max_examples=100)
@given(st.text("ab", max_size=20), st.sampled_from(["aa", "ab", "ba", "bb"]))
def test_merge_is_a_regular_expression(text, pair):
    """Authority: re.sub, which replaces from left to right without overlap."""
    expected = re.sub(pair, "X", text)
    merged = merge(text_bytes(text), tuple(text_bytes(pair)), ord("X"))
    assert "".join(map(chr, merged)) == expected


def test_the_example_of_the_encyclopaedia():
    """Authority: "aaabdaaabac", the example of Gage (1994): ZabdZabac, ZYdZYac, XdXac.

    Gage's second pair is ab or Za, seen twice each; here the first seen wins.
    """
    steps = bpe_steps(text_bytes("aaabdaaabac"), 3)
    assert [step.count for step in steps] == [4, 2, 2]
    assert [len(step.ids) for step in steps] == [9, 7, 5]
    merges = {step.pair: step.new for step in steps}
    pieces = bpe_pieces(steps[-1].ids, merges)
    assert pieces == [b"aaab", b"d", b"aaab", b"a", b"c"]


def test_training_stops_when_no_pair_stands_twice():
    """Authority: by hand; abab becomes two equal ids, which stand side by side once."""
    assert bpe_train("abab", 10) == {(97, 98): 256}
    assert bpe_train("", 10) == {} and bpe_train("x", 10) == {}


@settings(max_examples=60)
@given(any_text, any_text)
def test_any_text_comes_back(learnt_from, text):
    """Authority: UTF-8 itself, for any language and emoji."""
    merges = bpe_train(learnt_from, 8)
    ids = bpe_encode(text, merges)
    assert bpe_decode(ids, merges) == text
    assert len(ids) <= len(text.encode("utf-8"))


def test_encoding_its_own_text_repeats_the_training():
    """Authority: the steps themselves."""
    text = "低低低 lower 🙂🙂 newest widest"
    steps = bpe_steps(text_bytes(text), 10)
    assert bpe_encode(text, bpe_train(text, 10)) == steps[-1].ids


def test_labels_of_pieces():
    """Authority: UTF-8; 好 is the bytes E5 A5 BD."""
    assert piece_label("好".encode()) == "好"
    assert piece_label("好".encode()[:2]) == "<E5 A5>"


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: encode(["z"], ["a"]), "'z' is not in the vocabulary"),
        (lambda: encode(["a"], ["a", "a"]), "has 'a' twice"),
        (lambda: encode([3], ["a"]), "tokens must hold strings, but one is 3"),
        (lambda: encode(3, ["a"]), "tokens must be a list of strings"),
        (lambda: decode([1], ["a"]), "between 0 and 0, but one is 1"),
        (lambda: decode([-1], ["a"]), "but one is -1"),
        (lambda: decode([0.5], ["a"]), "must be a whole number, not 0.5"),
        (lambda: one_hot([3], 3), "between 0 and 2, but one is 3"),
        (lambda: one_hot([0], 0), "V must be at least 1"),
        (lambda: most_common_pair([1]), "at least two numbers"),
        (lambda: merge([1], (1,), 9), "pair must hold two numbers, but holds 1"),
        (lambda: text_bytes("\ud83d"), "half of a character"),
        (lambda: bpe_train(3, 1), "text must be a string, not int"),
        (lambda: bpe_decode([300], {}), "no merge made the id 300"),
    ],
)
def test_bad_input_gets_a_sentence(call, sentence):
    """Authority: the docstrings, which promise a ValueError."""
    with pytest.raises(ValueError, match=sentence):
        call()


@pytest.mark.parametrize(
    "text", ["a cat.", "  a\n\n b \t", "é!? x", "天气 👍🏽", "", "don't"]
)
def test_words_joined_are_the_text(text):
    assert "".join(cut_words(text)) == text


def test_words_are_cut_as_gpt_2_cuts_them():
    """Authority: words, marks and spaces in the pattern of GPT-2's own encoder."""
    assert cut_words("a cat, 12 dogs.") == ["a", " cat", ",", " 12", " dogs", "."]


def test_merges_within_words_by_hand():
    """Three ␣ab and two b: ab comes first, then ␣ab; a␣ would join two words."""
    merges = bpe_train_words("ab ab ab", 9)
    assert merges == {(97, 98): 256, (32, 256): 257}
    assert bpe_encode_words("ab ab", merges) == [256, 257]
    assert bpe_train("ab ab ab", 1) == {(97, 98): 256}
