"""How fast BLEU and ROUGE-L are, beside sacrebleu and rouge-score.

    python benchmarks/overlap.py [rounds]

2,000 of the course's stories, each against itself with words changed, left out and put
in. The libraries take texts; they are told to split them at blanks, which is the least
they can do, and ours takes lists of words. All turn by turn in one run; medians;
seconds of the processor. It ends with one line a bar, and exits 1 if any falls short.
"""

import random
import statistics
import sys
from time import process_time

from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU

from helpers import language
from helpers.maths.evaluation.overlap import bleu, corpus_bleu, rouge_l

PAIRS, BAR = 2000, 1.5


class Split:
    def tokenize(self, text):
        return text.split()


def main(rounds):
    rng = random.Random(1)
    stories = [language.story(rng.random()) for _ in range(PAIRS)]
    candidates = [changed(story, rng) for story in stories]
    references = [[story] for story in stories]
    written, wanted = (
        [" ".join(one) for one in some] for some in (candidates, stories)
    )
    theirs = BLEU(
        tokenize="none", smooth_method="none", force=True, effective_order=True
    )
    rouge = RougeScorer(["rougeL"], tokenizer=Split())
    short = False
    for name, ours, other in (
        (
            "bleu_of_the_text_times_sacrebleu",
            lambda: corpus_bleu(candidates, references),
            lambda: theirs.corpus_score(written, [wanted]),
        ),
        (
            "bleu_of_each_times_sacrebleu",
            lambda: list(map(bleu, candidates, references)),
            lambda: [
                theirs.sentence_score(one, [text])
                for one, text in zip(written, wanted, strict=True)
            ],
        ),
        (
            "rouge_l_times_rouge_score",
            lambda: list(map(rouge_l, candidates, stories)),
            lambda: list(map(rouge.score, wanted, written)),
        ),
    ):
        took = in_turns(rounds, ours, other)
        print(f"{name}: ours {took[0]:.3f} s, theirs {took[1]:.3f} s")
        short |= (ratio := took[0] / took[1]) > BAR
        print(f"{name} {ratio:.3g} <={BAR:g} {'met' if ratio <= BAR else 'short'}")
    return int(short)


def changed(story, rng):
    """A story with a fifth of its words changed, left out, or with one put before."""
    made = []
    for word in story:
        kind = rng.choice(["change", "leave out", "put in", *["keep"] * 12])
        if kind in ("change", "put in"):
            made.append(rng.choice(story))
        if kind in ("keep", "put in"):
            made.append(word)
    return made


def in_turns(rounds, *works):
    """Median seconds of each work."""
    took = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, times in zip(works, took, strict=True):
            start = process_time()
            work()
            if turn:  # the first one warms up
                times.append(process_time() - start)
    return list(map(statistics.median, took))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 9))
