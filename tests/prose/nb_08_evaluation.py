"""The numbers in the prose of 08_evaluation: a file of prose/evaluation a section."""

from importlib import import_module

SECTIONS = [
    "perplexity", "sureness", "leaks", "calibration", "bleu", "rouge", "misses",
    "judge", "free_text",
]  # fmt: skip
YEARS = "1952 2004 2017 2018 2020 2021 2023 2024"


def merged(parts):
    """GIVEN and NUMBERS of all; a number of several sections agrees with each."""
    given, numbers = {year: "of a paper" for year in YEARS.split()}, {}
    given["600"] = "minutes, those of two new readers"
    for part in parts:
        given |= part.GIVEN
        for key, value in part.NUMBERS.items():
            several = value if isinstance(value, tuple | list) else (value,)
            numbers[key] = (*numbers.get(key, ()), *several)
    return {key: why for key, why in given.items() if key not in numbers}, numbers


GIVEN, NUMBERS = merged(
    import_module(f"tests.prose.evaluation.{name}") for name in SECTIONS
)
