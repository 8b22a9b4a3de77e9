"""06: one step of a beam search."""

import numpy as np

from helpers.check.exercise import Function
from helpers.check.subjects.sampling import NOTEBOOK, _distribution, _order
from helpers.maths.sampling import beam_step

WAYS = (np.log([0.5, 0.3]), np.log([[0.4, 0.3, 0.2, 0.1], [0.1, 0.75, 0.1, 0.05]]), 2)


def _ranked(totals, width):
    best = np.argsort(-totals, axis=None, kind="stable")[:width]
    return np.transpose(np.unravel_index(best, totals.shape))


EQUALS = np.array([[-1.0, -3.0, -1.0], [-3.0, -1.0, -1.0]])


def _three_of_four(beams, words):
    """Which ones, and in which order, is free."""
    ways = {*zip(beams, words, strict=True)}
    return len(ways) == len(beams) == 3 and (EQUALS[beams, words] == -1).all()


def _beams(rng):
    B, V = int(rng.integers(2, 5)), int(rng.integers(3, 7))
    table = np.array([rng.permutation(_distribution(rng, V)[:V]) for _ in range(B)])
    scores = np.log(rng.permutation(np.arange(1, B + 1)) / (B + 2.1))
    logs = np.log(table / table.sum(axis=1, keepdims=True))
    return scores, logs, int(rng.integers(2, V + 1))


BEAM_STEP = Function(
    reference=beam_step,
    cases=(
        WAYS,
        (np.log([0.2, 0.15]), np.log([[0.4, 0.35, 0.25], [0.6, 0.3, 0.1]]), 3),
        (np.array([-0.5, -0.2]), np.log([[0.05, 0.95], [0.4, 0.6]]), 2),
    ),
    random=_beams,
    hard=(
        (np.array([-1.0, -2.0]), np.array([[-1.0, -np.inf], [-np.inf, -1.0]]), 3),
    ),
    mistakes={
        "Ways with -inf are among them: {case}. They cannot be, so leave them "
        "out.": lambda s, z, w: _ranked(s[:, None] + z, w),
        "This looks like the best word of each beam: {case}. Compare the ways of all "
        "beams with each other; one beam may give several.": (
            lambda s, z, w: [(b, int(np.argmax(z[b]))) for b in range(len(s))],
            lambda s, z, w: [(b, int(np.argmax(z[b]))) for b in range(len(s))][:w],
            lambda s, z, w: [
                (b, int(np.argmax(z[b]))) for b in np.argsort(-(s + z.max(axis=1)))
            ][:w],
        ),
        "These are sorted by their places, not by their scores: {case}. Sort by "
        "scores[beam] + logs[beam, word].": lambda s, z, w: [
            (b, v) for b in range(len(s))[::-1] for v in range(z.shape[1])[::-1]
        ][:w],
        "These are the first ways as they come, not the best: {case}. Sort all of them "
        "by scores[beam] + logs[beam, word] first.": lambda s, z, w: [
            (b, v) for b in range(len(s)) for v in range(z.shape[1])
        ][:w],
        "The scores of the beams so far are left out: {case}. A way scores "
        "scores[beam] + logs[beam, word].": lambda s, z, w: _ranked(z, w),
        "The worst ways come out: {case}. The best has the largest "
        "sum.": lambda s, z, w: _ranked(-(s[:, None] + z), w),
        "The ways are right, but the worst of them comes first: {case}. Turn them "
        "round.": lambda s, z, w: beam_step(s, z, w)[::-1],
        "These are places in the flattened table: {case}. The beam is place // V, the "
        "word place % V.": lambda s, z, w: [b * z.shape[1] + v for b, v in
                                            beam_step(s, z, w)],
        "Word and beam are swapped: {case}. Give (beam, word).": lambda s, z, w: [
            (v, b) for b, v in beam_step(s, z, w)
        ],
        "These are the best `width` ways of each beam: {case}. Only `width` go on in "
        "all.": lambda s, z, w: [
            (b, int(v)) for b in range(len(s)) for v in _order(z[b])[:w]
        ],
        "The scores still stand beside the pairs: {case}. Give (beam, word) "
        "alone.": lambda s, z, w: [(s[b] + z[b, v], b, v) for b, v in
                                   beam_step(s, z, w)],
        "These are all ways, sorted: {case}. Only the best `width` go "
        "on.": lambda s, z, w: beam_step(s, z, z.size),
    },
    promises={
        "Ways of the same score get lost, or too many stay: for scores = [-1, -1], "
        "logs = [[-1, -3, -1], [-3, -1, -1]] and width = 3 four ways score -2, and any "
        "three of them will do. Sort a list of (score, beam, word) and take the first "
        "`width`; a dict by scores keeps one way for each.": lambda f: _three_of_four(
            *f(np.array([-1.0, -1.0]), EQUALS.copy(), 3).T
        ),
    },
    hints=(
        "A way is a beam and a word. It scores scores[beam] + logs[beam, word].",
        "Make a list of (score, beam, word) for every beam and every word.",
        "Sort it downwards, and return (beam, word) of the first `width`.",
    ),
)  # fmt: skip

EXERCISES = [BEAM_STEP]
__all__ = ["EXERCISES", "NOTEBOOK"]
