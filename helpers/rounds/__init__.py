"""You are the model, or the judge: the panels, and what they show, which is data."""

from helpers import lazily

__getattr__, __dir__ = lazily(
    __name__,
    {
        "panel": "Round you_are_the_model",
        "stories": "first in_a_story on_stories",
        "spelling": "spell_a_word",
        "few_stories": "on_few_stories",
        "window": "through_a_window",
        "looking": "where_to_look",
        "island": "on_both",
        "judge": "you_are_the_judge",
    },
)
