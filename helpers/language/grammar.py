"""A grammar of short stories, and every probability that follows from it.

A grammar is data: a dictionary of choices. The engine here samples from it, gives
the exact probability of every next word after any prefix, and its entropy.

    RULES = {
        "story": {"{lost}": 0.6, "{gift}": 0.4},
        "hero": {"anna": 0.7, "ben": 0.3},
        "she | hero": {"anna": {"she": 1}, "ben": {"he": 1}},
        "lost": {"{hero} ran . {she} fell .": 1},
        "gift": {"{hero} sang . {she} smiled .": 1},
    }

A choice in braces is made where it is first mentioned, and **stays made**: every
later mention in the same story repeats it. ``"she | hero"`` is a conditional table,
P(she | hero), and needs the hero to be known. The choice ``story`` comes first.
"""

import random
import re
from fractions import Fraction
from functools import cached_property

import numpy as np

from helpers.language.machine import Machine
from helpers.language.rules import label, read, slots

END = "[end]"
ONE = Fraction(1)


class Grammar:
    """A probabilistic grammar with a finite set of stories.

    ``rules`` is a dictionary as in the module's example. ``capitals`` lists the
    words that `text` writes with a capital letter. ``vocabulary`` may list words
    that get the first ids, so that two grammars can share theirs. Raises
    ValueError for rules that name an unknown choice, do not add up to 1, or run in
    a circle.
    """

    def __init__(self, rules, capitals=(), vocabulary=()):
        self.choices = read(rules)
        words = [END, "."]
        for _, tables in self.choices.values():
            for table in tables.values():
                words += [s for symbols in table for s in symbols if s[0] != "{"]
        self.vocabulary = list(dict.fromkeys([*vocabulary, *words]))  # fixed order
        self.ids = {word: i for i, word in enumerate(self.vocabulary)}
        self.capitals = set(capitals)
        # A node is a belief {(what is left to say, choices made): weight}.
        self._beliefs, self._arcs, self._number_of = [], [], {}
        self._start = self._number({(("{story}",), ()): ONE})

    def next_word(self, prefix=()):
        """Exact distribution of the next word after a prefix, an array (V,).

        ``prefix`` is a list of words or a text; empty means the start of a story,
        as does a final [end]; a first one is that of the story before. Raises
        ValueError naming the first word that cannot
        stand where it stands, and what could.
        """
        p = np.zeros(len(self.vocabulary))
        for word, (probability, _) in self._arcs_of(self._after(prefix)).items():
            p[self.ids[word]] = probability
        return p  # (V,)

    def posterior(self, prefix=()):
        """``{template: probability}`` after a prefix, by Bayes' rule.

        Templates that the words exclude are left out. Raises ValueError as
        `next_word` does.
        """
        node = self._after(prefix)
        _, tables = self.choices["story"]
        shares = dict(tables[""]) if node == self._start else {}
        for (_, made), weight in self._beliefs[node].items():
            if made:
                template = dict(made)["story"]
                shares[template] = shares.get(template, 0) + weight
        return {label(template): float(p) for template, p in shares.items()}

    def words(self, prefix):
        """A prefix as a list of words: a text is cut into words, a list is kept."""
        if isinstance(prefix, str):
            return re.findall(r"\[end\]|\w+|[^\w\s]", prefix.lower())
        return list(prefix)

    def text(self, words):
        """Words or ids as readable text, a line a story, with capitals."""
        out, fresh = [], True  # fresh: a sentence begins
        for word in words:
            word = word if isinstance(word, str) else self.vocabulary[word]
            if word in (END, "."):
                out.append("\n" if word == END else word)
                fresh = True
            else:
                big = fresh or word in self.capitals
                space = " " if out and out[-1] != "\n" else ""
                out.append(space + (word.capitalize() if big else word))
                fresh = False
        return "".join(out).strip()

    # ---- sampling

    @cached_property
    def machine(self):
        """The grammar as one table of nodes and arcs (`Machine`), built once."""
        for node, _ in enumerate(self._arcs):  # grows as new nodes are reached
            self._arcs_of(node)
        return Machine(self._arcs, self.ids)

    def story(self, u):
        """The story at ``u`` in [0, 1): a list of words that ends in [end].

        Every story owns an interval of [0, 1) as long as its probability, so a
        uniform u gives each story as often as the grammar says (inverse CDF).
        """
        if not 0 <= u < 1:
            raise ValueError(f"u must lie in [0, 1), not {u}.")
        return [self.vocabulary[i] for i in self.machine.walk([u])]

    def sample(self, n, seed=0):
        """``n`` stories as one flat array of ids (N,), each story closed by [end].

        Story i is `story` at the i-th ``random.Random(seed).random()``, a stream
        that Python guarantees: the same words on every machine and every NumPy.
        """
        if n < 1:
            raise ValueError(f"Ask for at least one story, not {n}.")
        draw = random.Random(seed).random
        return self.machine.walk([draw() for _ in range(n)])  # (N,) int64

    # ---- closed forms

    def losses(self, ids):
        """Exact −ln p of every word of a stream of stories: (N,) -> (N,) nats."""
        return -np.log(self.machine.read(ids)[1])

    def next_words(self, ids):
        """Exact distribution before every word of a stream: (N,) ids -> (N, V)."""
        return self.machine.distributions(self.machine.read(ids)[0])

    def entropy_per_story(self):
        """Entropy of the choice of a story, −Σ p ln p over all stories, in nats.

        By the chain rule it is a sum over the nodes: expected visits in one story
        × entropy of the next word there.
        """
        return self.machine.entropy()

    def words_per_story(self):
        """Expected number of predicted words in a story, full stops and [end] too."""
        return float(self.machine.visits.sum())

    def entropy_per_word(self, window=None):
        """Entropy per story / expected words per story, in nats.

        Full stops count as words and so does [end], which has to be predicted
        too. This is the lowest mean loss that any model can have on an endless
        stream of stories: the floor. With a `window` it is the floor of those that
        see only so many words, the last of the story so far. ValueError for a window
        below 1.
        """
        if window is not None:
            if window < 1:
                raise ValueError(f"A window holds at least one word, not {window}.")
            return self.machine.window_entropy(window)
        return self.entropy_per_story() / self.words_per_story()

    def pair_frequencies(self):
        """Exact share of each pair (previous, next) in an endless stream: (V, V).

        Rows are the previous word, [end] before the first word of a story. Sums
        to 1.
        """
        return self.machine.pairs() / self.words_per_story()

    # ---- beliefs: which rules may be at work after a prefix

    def _number(self, belief):
        key = next(iter(belief)) if len(belief) == 1 else frozenset(belief.items())
        if key not in self._number_of:
            self._number_of[key] = len(self._beliefs)
            self._beliefs.append(belief)
            self._arcs.append(None)
        return self._number_of[key]

    def _arcs_of(self, node):
        """``{word: (exact probability, next node)}``.

        Where every choice made is visible in the words, a belief has one candidate.
        Templates that share a beginning give several, weighed by Bayes' rule: prior
        × likelihood of the word, divided by the sum.
        """
        if self._arcs[node] is None:
            belief, said = self._beliefs[node], {}  # word -> {state: weight}
            for (left, made), weight in belief.items():
                if len(belief) == 1 and left and not slots(left[:1]):
                    said[left[0]] = {(left[1:], made): ONE}  # a plain word: certain
                    break
                for p, word, *state in self._first_words(left, made):
                    states = said.setdefault(word, {})
                    states[*state,] = states.get((*state,), 0) + weight * p
            arcs = {}
            for word, states in said.items():
                total = sum(states.values())
                after = {state: weight / total for state, weight in states.items()}
                arcs[word] = total, self._number(after)
            self._arcs[node] = arcs
        return self._arcs[node]

    def _first_words(self, left, made):
        """Yield (probability, word, left, made) for every way to say one word."""
        if not left:
            yield ONE, END, ("{story}",), ()
        elif left[0][0] != "{":
            yield ONE, left[0], left[1:], self._needed(left, made)
        else:
            name, rest, known = left[0][1:-1], left[1:], dict(made)
            if name in known:
                yield from self._first_words(known[name] + rest, made)
                return
            given, tables = self.choices[name]
            seen = ""
            if given:
                if given not in known:
                    raise ValueError(f"{name!r} needs {given!r}, not yet mentioned.")
                seen = label(known[given])
            if seen not in tables:
                raise ValueError(f"{name!r} has no table for {given} = {seen!r}.")
            for symbols, p in tables[seen].items():
                now = (*made, (name, symbols))
                for q, *state in self._first_words(symbols + rest, now):
                    yield p * q, *state

    def _needed(self, left, made):
        """Choices that a later word still depends on. Forgetting the rest keeps the
        number of nodes small."""
        known, needed = dict(made), {"story"}
        todo = slots(left)
        while todo:
            name = todo.pop()
            if name not in needed:
                needed.add(name)
                given, tables = self.choices[name]
                if name in known:
                    todo += slots(known[name])
                else:
                    todo += [given] if given else []
                    todo += [s for t in tables.values() for x in t for s in slots(x)]
        return tuple(sorted(item for item in made if item[0] in needed))

    def _after(self, prefix):
        """The node after a prefix, or ValueError."""
        words, node = self.words(prefix), self._start
        for i, word in enumerate(words):
            if i == 0 and word == END:
                continue  # of the story before
            arcs = self._arcs_of(node)
            if word not in arcs:
                *most, last = sorted(arcs)
                could = f"{', '.join(most)} or {last}" if most else last
                recent = " ".join(words[max(0, i - 5) : i])
                where = f"after '{recent}'" if recent else "at the start of a story"
                if word not in self.ids:
                    raise ValueError(
                        f"'{word}' is not a word of this language. "
                        f"What can come {where}: {could}."
                    )
                raise ValueError(
                    f"'{word}' cannot come {where}. What can come there: {could}."
                )
            node = arcs[word][1]
        return node
