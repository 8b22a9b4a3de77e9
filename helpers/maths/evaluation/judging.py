"""Who is better, from choices between two: the Bradley–Terry model.

Each of K models has a strength s, and P(i is preferred to j) = σ(s_i − s_j) (Zermelo
1929; Bradley and Terry 1952). Only differences count, so the mean of the strengths is
0. A table of wins (K, K) holds how often the model of the row was preferred to that of
the column; half a win each is a tie.
"""

import numpy as np

from helpers.maths.inputs import real, takes, vector

WIDE = 2  # standard errors to either side: in 19 of 20 cases the truth lies within


def _wins(value, name, given=None):
    """-> (K, K), nothing negative, and nobody against itself."""
    table = np.array(value, dtype=float)
    if table.ndim != 2 or table.shape[0] != table.shape[1] or len(table) < 2:
        raise ValueError(
            f"{name} must be a square table with a row for each of two models or more, "
            f"but its shape is {table.shape}."
        )
    if not np.isfinite(table).all() or (table < 0).any():
        raise ValueError(f"{name} must hold counts, 0 or more.")
    if table.diagonal().any():
        raise ValueError(f"{name} must hold 0 on its diagonal: no model meets itself.")
    return table


def _pull(value, name, given=None):
    pull = real(value, name)
    if not 0 <= pull < np.inf:
        raise ValueError(f"{name} must be 0 or more, and finite, not {pull:g}.")
    return pull


def table_of_wins(choices, K):
    """Pairs (winner, loser), ids from 0 -> the table of wins (K, K).

    ValueError for a model that is not there, or that met itself.
    """
    wins = np.zeros((K, K))
    for winner, loser in choices:
        if not (0 <= winner < K and 0 <= loser < K) or winner == loser:
            raise ValueError(
                f"({winner}, {loser}) is no choice between two of {K} models: their "
                f"ids go from 0 to {K - 1}."
            )
        wins[winner, loser] += 1
    return wins


def expected_win(one, other):
    """σ(one − other): the probability that the first is preferred, any shapes.

    expected_win(0.847, 0) is 0.700.
    """
    gap = np.subtract(one, other, dtype=float)
    return np.exp(-np.logaddexp(0, -gap))  # 1 / (1 + e^−gap) that never overflows


@takes(wins=_wins, pull=_pull)
def preference_loss(strengths, wins, pull=0.0):
    """−ln P(the choices) + pull · Σ s², in nats: (K,), (K, K) -> float.

    Each choice costs −ln σ(winner − loser), a cross-entropy; `pull` is the λ of L2.
    """
    s = np.asarray(strengths, dtype=float)
    surprises = np.logaddexp(0, s[None, :] - s[:, None])  # (K, K) −ln σ(s_i − s_j)
    return float((wins * surprises).sum() + pull * (s**2).sum())


@takes(wins=_wins, pull=_pull)
def bradley_terry(wins, pull=0.0):
    """The strengths of least `preference_loss`, their mean 0: (K, K) -> (K,).

    For 7 wins of 10 they are ± ln(7/3) / 2. Where some models never lost to the
    others, no finite strengths fit best: ValueError, unless `pull` is above 0.
    """
    if pull == 0:
        _bounded(wins)
    s = np.zeros(len(wins))
    for _ in range(200):
        slope, bend = _slopes(s, wins, pull)
        step = np.linalg.pinv(bend, hermitian=True) @ slope  # Newton's
        # Where the loss is flat, a whole step of Newton's can overshoot.
        size = min(1.0, 2 / max(np.abs(step).max(), 1e-300))
        s = s - size * step
        if np.abs(step).max() < 1e-12:
            break
    return s - s.mean()


def _slopes(s, wins, pull):
    """Slope (K,) and second slopes (K, K) of the loss."""
    p, games = expected_win(s[:, None], s), wins + wins.T  # (K, K) each
    slope = (games * p - wins).sum(axis=1) + 2 * pull * s  # games · (p − y)
    spread = games * p * (1 - p)
    bend = np.diag(spread.sum(axis=1)) - spread
    # All strengths together can move by the same amount, and nothing changes.
    return slope, bend + 2 * pull * (np.eye(len(s)) - 1 / len(s))


def _bounded(wins):
    """ValueError where some models never lost to any of the others."""
    beats = (wins > 0) | np.eye(len(wins), dtype=bool)
    for _ in wins:  # by chains: who beat one who beat …
        beats = beats @ beats
    above = beats[:, beats.sum(axis=0).argmin()]
    if not above.all():
        best, rest = (", ".join(map(str, np.flatnonzero(x))) for x in (above, ~above))
        raise ValueError(
            f"Model {best} never lost to {rest}: the larger the gap, the better it "
            f"fits, without end. Give a pull above 0, such as 0.1, or collect choices."
        )


@takes(strengths=vector, wins=_wins, pull=_pull)
def covariance(strengths, wins, pull=0.0):
    """How unsure fitted strengths are: (K,), (K, K) -> (K, K), of mean 0.

    The inverse of the second slopes of the loss: where the loss is sharply bent, few
    other strengths fit nearly as well (Fisher's information). Its diagonal holds the
    squares of the standard errors.
    """
    _, bend = _slopes(strengths, wins, pull)
    return np.linalg.pinv(bend, hermitian=True)


def gap_error(spread, i, j):
    """The standard error of s_i − s_j from a covariance (K, K)."""
    return float(np.sqrt(spread[i, i] + spread[j, j] - 2 * spread[i, j]))


def expected_wins(strengths, each, first=0.0, longer=0.0, lengths=None, both=True):
    """What a judge with two habits is expected to choose: (K,) -> wins (K, K).

    Each pair of models is judged `each` times. The text that is shown first gets
    `first` on top of its strength, the longer one `longer`; `lengths` (K,) says which
    that is, and of equal ones neither. With `both` each model is shown first in half
    of its meetings; else the first in the list always is.
    """
    s = np.asarray(strengths, dtype=float)
    K = len(s)
    lengths = np.zeros(K) if lengths is None else np.asarray(lengths, dtype=float)
    s_gap = s[:, None] - s + longer * np.sign(lengths[:, None] - lengths)  # (K, K)
    ahead = expected_win(s_gap, -first)  # the model of the row is shown first
    behind = expected_win(s_gap, first)
    earlier = np.triu(np.ones((K, K), dtype=bool), 1)
    chosen = (ahead + behind) / 2 if both else np.where(earlier, ahead, behind)
    return each * chosen * ~np.eye(K, dtype=bool)
