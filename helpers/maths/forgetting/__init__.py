"""Forgetting: what a model loses of the old while it learns the new.

``formulas`` holds the arithmetic, ``island`` the second language, ``results`` the
measured remedies. These need no torch. ``tuning``, ``remedies`` and ``measure`` do.
"""

from helpers import lazily
from helpers.maths.forgetting import island  # noqa: F401

__getattr__, __dir__ = lazily(
    __name__,
    {
        "asking": "answers seconds_for",
        "diary": "diary_of most_broken",
        "measure": "above_the_floors few floors measure_all prepare texts",
        "remedies": "LoRA freeze_all_but gradients_of_each weights_of",
        "results": "at_same_learning equal middle shipped",
        "tuning": "from_floors keep_copies tune",
    },
)
