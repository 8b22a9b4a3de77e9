"""A grammar laid out as one table of nodes and arcs, for fast exact sums."""

from functools import cached_property

import numpy as np

BELOW_ONE = np.nextafter(1.0, 0.0)


class Machine:
    """Nodes with arcs; an arc says a word, has a probability, leads to a node.

    From a node each word leads along one arc at most, so a prefix is a path. Node
    0 is the start of a story, and [end] (id 0) leads back to it. Arrays are
    (S, K): S nodes, at most K arcs each, filled up with probability 0.
    """

    def __init__(self, arcs, ids):
        S, K = len(arcs), max(map(len, arcs))
        self.V = len(ids)
        self.word = np.zeros((S, K), dtype=np.int64)
        self.p = np.zeros((S, K))
        self.next = np.zeros((S, K), dtype=np.int64)
        self.above = np.ones((S, K))  # upper end of each arc's interval of [0, 1)
        for s, row in enumerate(arcs):
            total = 0
            for k, (word, (p, target)) in enumerate(row.items()):
                self.word[s, k], self.next[s, k] = ids[word], target
                total += p  # exact fractions: the last sum is exactly 1
                self.p[s, k], self.above[s, k] = p, total
        self.end = ids["[end]"]

    def walk(self, u):
        """Stories at ``u`` (n,) in [0, 1), one after the other: flat ids (N,).

        All stories walk in step. At each node u picks the arc whose interval holds
        it, and is then stretched from that interval to [0, 1) again.
        """
        u = np.array(u, dtype=float)  # (n,)
        node = np.zeros(len(u), dtype=np.int64)
        going = np.arange(len(u))
        said = []
        while len(going):
            above = self.above[node]  # (n, K)
            k = (u[:, None] >= above).sum(axis=1)  # (n,)
            word, p = self.word[node, k], self.p[node, k]
            below = np.where(k > 0, above[np.arange(len(k)), k - 1], 0.0)
            u = np.clip((u - below) / p, 0.0, BELOW_ONE)
            said.append((going, word))
            on = word != self.end
            node, u, going = self.next[node, k][on], u[on], going[on]
        who = np.concatenate([g for g, _ in said])
        words = np.concatenate([w for _, w in said])
        return words[np.argsort(who, kind="stable")]  # (N,)

    @cached_property
    def _steps(self):
        """For each node ``{word id: (probability, next node)}``."""
        rows = zip(*(a.tolist() for a in (self.word, self.p, self.next)), strict=True)
        return [
            {w: (p, t) for w, p, t in zip(*row, strict=True) if p > 0} for row in rows
        ]

    def read(self, ids):
        """Node before each word and the word's probability there: (N,), (N,).

        Raises ValueError at the first word that the language cannot say there.
        """
        nodes, p = [], []
        node = 0
        for i, word in enumerate(np.asarray(ids).tolist()):
            step = self._steps[node]
            if word not in step:
                raise ValueError(
                    f"The word at position {i} (id {word}) cannot come there; "
                    f"the ids that could are {sorted(step)}."
                )
            nodes.append(node)
            q, node = step[word]
            p.append(q)
        return np.array(nodes, dtype=np.int64), np.array(p)

    def distributions(self, nodes):
        """Next-word distribution at each node: (N,) -> (N, V)."""
        out = np.zeros((len(nodes), self.V))
        rows = np.arange(len(nodes))
        for k in range(self.p.shape[1]):
            out[rows, self.word[nodes, k]] += self.p[nodes, k]
        return out

    @cached_property
    def _flow(self):
        """Expected visits (S,), and P(t words before [end]) for t = 0, 1, … (T,)."""
        now = np.zeros(len(self.p))
        now[0] = 1.0
        visits, lengths = np.zeros_like(now), []
        ends = np.where(self.word == self.end, self.p, 0.0)  # (S, K)
        on = self.p - ends
        while now.any():
            visits += now
            lengths.append(now @ ends.sum(axis=1))
            flow = now[:, None] * on  # (S, K)
            now = np.bincount(self.next.ravel(), flow.ravel(), minlength=len(now))
        return visits, np.array(lengths)

    @property
    def visits(self):
        """Expected visits of each node in one story: (S,). They sum to its words."""
        return self._flow[0]

    @property
    def lengths(self):
        """P(a story has t words, [end] not counted) for t = 0, 1, …: (T,)."""
        return self._flow[1]

    def entropy(self):
        """Entropy of a whole story in nats: Σ visits · entropy of the next word."""
        logs = np.log(self.p, where=self.p > 0, out=np.zeros_like(self.p))
        return float(-self.visits @ (self.p * logs).sum(axis=1))

    def window_entropy(self, K):
        """Entropy of the next word given the last K of its story: nats a word.

        All stories walk in step, and those that stand at one node with the same last
        K words are one from there on. [end] fills up a window that begins before its
        story. With the chances of each window and of each window and next word,
        H(next | window) = H(window, next) − H(window).
        """
        rows, chance = np.zeros((1, K + 1), np.int32), np.ones(1)  # node, K words
        windows, chances = [], []
        while len(rows):
            s, k = np.nonzero(self.p[rows[:, 0]])  # the arcs, (E,)
            node, seen, chance = rows[s, 0], rows[s, 1:], chance[s]
            word, chance = self.word[node, k], chance * self.p[node, k]
            seen = np.column_stack([seen, word]).astype(np.int32)  # (E, K + 1)
            windows.append(seen)
            chances.append(chance)
            on = word != self.end
            after = self.next[node, k][on].astype(np.int32)
            rows, chance = _joined(np.column_stack([after, seen[on, 1:]]), chance[on])
        both, joint = _joined(np.vstack(windows), np.concatenate(chances))
        _, alone = _joined(both[:, :-1], joint)
        return float((alone @ np.log(alone) - joint @ np.log(joint)) / joint.sum())

    def pairs(self):
        """Expected number of each pair (previous, next) in one story: (V, V)."""
        s, k = np.nonzero(self.p)  # the arcs, (E,)
        weight = self.visits[s] * self.p[s, k]  # (E,)
        after = self.next[s, k]
        pair = self.word[s, k][:, None] * self.V + self.word[after]  # (E, K)
        both = weight[:, None] * self.p[after]
        flat = np.bincount(pair.ravel(), both.ravel(), minlength=self.V**2)
        return flat.reshape(self.V, self.V)


def _joined(rows, weight):
    """Equal rows of a table (N, M) as one, their weights (N,) added up."""
    rows = np.ascontiguousarray(rows)
    whole = rows.view(np.dtype((np.void, rows.shape[1] * rows.itemsize))).ravel()
    _, first, place = np.unique(whole, return_index=True, return_inverse=True)
    return rows[first], np.bincount(place, weight, minlength=len(first))
