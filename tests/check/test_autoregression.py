"""The exercises of 06: answers as readers write them, and the sentence each gets.

The authority is the answer itself, written out by hand apart from the mistakes in
helpers/check/subjects.
"""

import textwrap

import numpy as np
import pytest

from helpers.check.subjects import exercises

ARGUMENTS = {
    "shifted_targets": "ids",
    "sequence_loss": "model, ids",
    "temperature": "p, T",
    "top_k": "p, k",
    "top_p": "p, share",
    "beam_step": "scores, logs, width",
}


def written(name, body):
    """The reader's function from the lines of its body."""
    lines = textwrap.indent(textwrap.dedent(body).strip(), "    ")
    space = {"np": np}
    exec(f"def {name}({ARGUMENTS[name]}):\n{lines}", space)
    return space[name]


READERS = [
    ("shifted_targets", "return ids[1:], ids[:-1]", "the words before, not after"),
    ("shifted_targets", "return ids[:-1], ids[:-1]", "the inputs themselves"),
    ("shifted_targets", "return ids, ids[1:]", "The inputs keep the last word"),
    ("shifted_targets", "return ids, list(np.roll(ids, -1))", "the first one as its"),
    ("shifted_targets", "return ids[:-2], ids[2:]", "shifts by two"),
    (
        "sequence_loss",
        """
        total = 0
        for t in range(len(ids)):
            total -= np.log(model(ids[:t + 1])[ids[t]])
        return total
        """,
        "has seen the word that it should say",
    ),
    (
        "sequence_loss",
        """
        total = 0
        for t in range(1, len(ids)):
            total -= np.log(model(ids[:t])[ids[t]])
        return total
        """,
        "The first word is missing",
    ),
    (
        "sequence_loss",
        """
        losses = [-np.log(model(ids[:t])[ids[t]]) for t in range(len(ids))]
        return np.mean(losses)
        """,
        "the mean over the words",
    ),
    (
        "sequence_loss",
        """
        p = 1
        for t in range(len(ids)):
            p = p * model(ids[:t])[ids[t]]
        return p
        """,
        "the probability of the text",
    ),
    (
        "sequence_loss",
        """
        total = 0
        for t in range(len(ids)):
            total += np.log(model(ids[:t])[ids[t]])
        return total
        """,
        "Only the sign is wrong.",
    ),
    (
        "sequence_loss",
        "return -sum(np.log(model(ids)[word]) for word in ids)",
        "the whole text at once",
    ),
    ("temperature", "return p ** T / (p ** T).sum()", "logits times T"),
    ("temperature", "return p / T / (p / T).sum()", "which gives p back"),
    (
        "temperature",
        "e = np.exp(p / T)\nreturn e / e.sum()",
        "softmax of p / T",
    ),
    ("temperature", "return p ** (1 / T)", "do not sum to 1 yet"),
    (
        "top_k",
        """
        kept = np.zeros(len(p))
        best = np.argsort(p)[::-1][:k]
        kept[best] = p[best]
        return kept
        """,
        "does not sum to 1 yet",
    ),
    (
        "top_k",
        """
        kept = np.zeros(len(p))
        best = np.argsort(p)[:k]
        kept[best] = p[best]
        return kept / kept.sum()
        """,
        "the k least probable words",
    ),
    ("top_k", "q = np.sort(p)[::-1][:k]\nreturn q / q.sum()", "lost their places"),
    ("top_k", "return np.argsort(-p)[:k]", "ids of the words"),
    (
        "top_k",
        "q = np.where(np.arange(len(p)) < k, p, 0)\nreturn q / q.sum()",
        "the first k of the list",
    ),
    (
        "top_k",
        "q = np.where(p > np.sort(p)[-k], p, 0)\nreturn q / q.sum()",
        "one word too few",
    ),
    (
        "top_k",
        "q = np.zeros(len(p))\nq[np.argsort(-p)[:k]] = 1 / k\nreturn q",
        "equal shares",
    ),
    (
        "top_k",
        "q = p.copy()\nq[np.argsort(-p)[:k]] = 0\nreturn q / q.sum()",
        "are left out",
    ),
    (
        "top_p",
        """
        order = np.argsort(-p)
        best = order[np.cumsum(p[order]) < share]
        kept = np.zeros(len(p))
        kept[best] = p[best]
        return kept / kept.sum()
        """,
        "one word too few",
    ),
    ("top_p", "q = np.where(p >= share, p, 0)\nreturn q / q.sum()", "at least the sha"),
    (
        "top_p",
        """
        order = np.argsort(-p)
        n = np.searchsorted(np.cumsum(p[order]), share) + 1
        kept = np.zeros(len(p))
        kept[order[:n]] = p[order[:n]]
        return kept
        """,
        "does not sum to 1 yet",
    ),
    (
        "top_p",
        "q = np.where(np.cumsum(p) - p < share, p, 0)\nreturn q / q.sum()",
        "in the order of the list",
    ),
    (
        "top_p",
        """
        n = int(np.sum(np.cumsum(p) < share)) + 1
        q = p.copy()
        q[n:] = 0
        return q / q.sum()
        """,
        "in the order of the list",
    ),
    (
        "top_p",
        """
        order = np.argsort(-p)
        n = int(np.sum(np.cumsum(p[order]) <= share)) + 1
        q = np.zeros(len(p))
        q[order[:n]] = p[order[:n]]
        return q / q.sum()
        """,
        "exactly the share",
    ),
    (
        "top_p",
        """
        best = np.argsort(-p)[:round(share * len(p))]
        q = np.zeros(len(p))
        q[best] = p[best]
        return q / q.sum()
        """,
        "a share of the words",
    ),
    (
        "beam_step",
        """
        return [(b, int(w)) for b in range(len(scores))
                for w in np.argsort(-logs[b])[:width]]
        """,
        "ways of each beam",
    ),
    (
        "beam_step",
        """
        ways = [(scores[b] + logs[b, w], b, w) for b in range(len(scores))
                for w in range(logs.shape[1])]
        return sorted(ways, reverse=True)[:width]
        """,
        "still stand beside",
    ),
    (
        "beam_step",
        "return [(b, int(np.argmax(logs[b]))) for b in range(len(scores))][:width]",
        "the best word of each beam",
    ),
    (
        "beam_step",
        """
        ways = [(logs[b, w], b, w) for b in range(len(scores))
                for w in range(logs.shape[1])]
        return [(b, w) for _, b, w in sorted(ways, reverse=True)[:width]]
        """,
        "The scores of the beams so far are left out",
    ),
    (
        "beam_step",
        "return np.argsort(-(scores[:, None] + logs), axis=None)[:width]",
        "places in the flattened table",
    ),
    (
        "beam_step",
        """
        ways = [(scores[b] + logs[b, w], b, w) for b in range(len(scores))
                for w in range(logs.shape[1])]
        return [(b, w) for _, b, w in sorted(ways)[:width]]
        """,
        "The worst ways come out",
    ),
]


@pytest.mark.parametrize(("name", "body", "held"), READERS)
def test_wrong_answers_get_their_sentence(name, body, held, verdict):
    result, said = verdict(name, written(name, body))
    assert said.startswith(f"{name}: not right yet.") and held in said, said
    assert result is exercises()[name].reference


@pytest.mark.parametrize("name", ARGUMENTS)
def test_three_diagnoses_each_are_tried(name):
    assert sum(one == name for one, *_ in READERS) >= 3


RIGHT = [
    ("shifted_targets", "return list(ids[:-1]), list(ids[1:])"),
    (
        "sequence_loss",
        "return sum(-np.log(model(ids[:t])[w]) for t, w in enumerate(ids))",
    ),
    (
        "temperature",
        """
        z = np.log(p)
        e = np.exp((z - z.max()) / T)
        return e / e.sum()
        """,
    ),
    (
        "top_p",
        """
        order = np.argsort(-p)
        kept, total = np.zeros(len(p)), 0
        for i in order:
            kept[i] = p[i]
            total += p[i]
            if total >= share:
                break
        return kept / kept.sum()
        """,
    ),
    (
        "top_p",
        """
        order = np.argsort(-p)
        n = np.searchsorted(np.cumsum(p[order]), share) + 1
        kept = np.zeros(len(p))
        kept[order[:n]] = p[order[:n]]
        return kept / kept.sum()
        """,
    ),
    (
        "beam_step",
        """
        ways = [(-scores[b] - logs[b, w], b, w) for b in range(len(scores))
                for w in range(logs.shape[1]) if np.isfinite(logs[b, w])]
        return [(b, w) for _, b, w in sorted(ways)[:width]]
        """,
    ),
]


@pytest.mark.parametrize(("name", "body"), RIGHT)
def test_right_answers_are_right(name, body, verdict):
    """Authority: each is another way to write the definition down."""
    _, said = verdict(name, written(name, body))
    assert said == f"{name}: right."


def test_they_stand_in_the_order_of_the_notebook():
    own = [n for n, e in exercises().items() if e.notebook.startswith("06")]
    assert own == list(ARGUMENTS)
