"""The rounds for a beginner. Authority: the grammar's exact next word."""

from helpers import language, rounds


def test_the_first_rounds():
    rhyme, story = rounds.first()
    assert rhyme.words[rhyme.truth] == "wall"
    assert rhyme.models == {"even bars": 0.2}
    p = language.next_word(story.said.removesuffix(" …"))
    possible = {language.VOCABULARY[i] for i in p.nonzero()[0]}
    assert set(story.words) == possible, "the bars leave a word out"
    assert round(p[language.VOCABULARY.index(story.words[story.truth])], 6) == 0.3
    assert story.models == {"even bars": 0.25}
