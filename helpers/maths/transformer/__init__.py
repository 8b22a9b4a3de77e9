"""The Transformer: ``model`` has it and its data, ``asking`` what it is asked."""

from helpers import lazily

__getattr__, __dir__ = lazily(
    __name__,
    {
        "model": "Cache Config Transformer stories",
        "asking": "attention_maps probabilities stepper without_heads write",
    },
)
