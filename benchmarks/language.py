"""How long the course's language takes to start and to speak a million words.

    python benchmarks/language.py

Prints what was measured; the last line is the bar, and the exit code is 1 if short.
"""

import sys
from time import perf_counter

from helpers import language
from helpers.language import Grammar
from helpers.language.stories import RULES

WORDS = 1_000_000
REQUIRED = 5.0  # seconds, start included


def seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def main():
    fresh = Grammar(RULES)  # nothing built yet
    n = round(WORDS / language.words_per_story()) + 1
    build = seconds(lambda: fresh.machine)
    speak = seconds(lambda: fresh.sample(n))
    words = fresh.sample(n)[:100_000]
    judge = seconds(lambda: fresh.losses(words))
    print(f"nodes and arcs laid out      {build:6.2f} s ({len(fresh.machine.p)} nodes)")
    print(
        f"{n} stories sampled       {speak:6.2f} s "
        f"({n * fresh.words_per_story():.0f} words)"
    )
    print(f"exact loss of 100,000 words  {judge:6.2f} s")
    took = build + speak
    verdict = "met" if took < REQUIRED else "short"
    print(f"million_words {took:.2f}s <{REQUIRED:g}s {verdict}")
    return verdict == "short"


if __name__ == "__main__":
    sys.exit(main())
