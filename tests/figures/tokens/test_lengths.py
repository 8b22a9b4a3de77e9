"""Tokens against characters. Authority: the encoding itself, and counting."""

from helpers.figures.tokens.lengths import LINE, LINES, count_tokens, token_lines
from helpers.maths.tokens import bpe_train


def test_both_counts():
    live = count_tokens(bpe_train("abababab", 2), ["abab", "天"])
    for text, characters, tokens in [("abab", 4, 1), ("ab", 2, 1), ("ba", 2, 2),
                                     ("天", 1, 3), ("", 0, 0)]:  # fmt: skip
        (line,) = live.move(text=text)
        assert f"characters: }}{characters} " in line and f"tokens: }}{tokens} " in line
        assert "error" not in live.frame(live.state)


def test_lines_are_cut():
    lines = token_lines(["word"] * 200)
    assert len(lines) == LINES and lines[-1] == "…"
    assert all(len(line) <= LINE for line in lines)
