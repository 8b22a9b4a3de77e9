"""What a model answers about the new facts, and how long a way takes."""

import time

from helpers.maths import models
from helpers.maths.forgetting import island


def answers(model, prompts, truths):
    """How many prompts (lists of words) the model goes on with the true word."""
    ids = {word: i for i, word in enumerate(island.VOCABULARY)}
    next_word = models.probabilities(model)
    right = 0
    for prompt, truth in zip(prompts, truths, strict=True):
        p = next_word([ids[word] for word in prompt])  # (V,)
        right += island.VOCABULARY[p.argmax()] == truth
    return int(right)


def seconds_for(action):
    """Seconds that `action` takes, once."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
