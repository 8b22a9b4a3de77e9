"""Retrieval: a library of notes, a search by BM25, and the prompt made of both.

BM25 scores a note by the words that it shares with the question; a rare word counts
for more. Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and
Beyond", 2009. The search itself is done by the library bm25s.
"""

import numpy as np

from helpers.maths.inputs import positive, takes, text, words


class Library:
    """Notes, each a text, that can be searched by words and grow one at a time."""

    def __init__(self, notes):
        self.notes = []
        self.add(*notes)

    def add(self, *notes):
        """Take in more notes and index all of them anew. ValueError without words."""
        for note in notes:
            if not isinstance(note, str) or not note.split():
                raise ValueError(f"A note is a text with some words, not {note!r}.")
        import bm25s  # here, as the checks import this module in every notebook

        self.notes += notes
        self._index = bm25s.BM25()
        self._index.index([n.split() for n in self.notes], show_progress=False)

    def scores(self, question):
        """The BM25 score of every note for a question: (N,). Unknown words count 0."""
        known = [w for w in question.split() if w in self._index.vocab_dict]
        return self._index.get_scores(known) if known else np.zeros(len(self.notes))

    def search(self, question, k=1):
        """The k best notes for a question, best first: [(note, score)].

        Of equal scores the older note comes first. Notes that share no word with the
        question are left out, so the list may be empty.
        """
        scores = self.scores(question).round(5)  # sums in another order are equal
        best = np.argsort(-scores, kind="stable")[:k]
        return [(self.notes[i], float(scores[i])) for i in best if scores[i] > 0]


@takes(passages=words, question=text, room=positive)
def retrieval_prompt(passages, question, room):
    """The words of the prompt: passages before the question, the best one nearest.

    `passages` are texts, best first. They are taken whole, one after the other, until
    one does not fit into `room` words any more. Returns a list of words.
    retrieval_prompt(["kim liked cake ."], "kim liked", 12) is the six words in order.
    """
    prompt = question.split()
    for passage in passages:
        more = passage.split()
        if len(more) + len(prompt) > room:
            break
        prompt = more + prompt
    return prompt
