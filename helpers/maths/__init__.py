"""What the course teaches: one reference of each idea, checked against an authority.

What a notebook has taught, later ones import by its name: ``softmax`` from here, or
a subject as a whole, such as ``maths.sampling``.
"""

from helpers import lazily

__getattr__, __dir__ = lazily(
    __name__,
    {
        "loss": "numerical_gradient softmax",
        "probability": "entropy sample sequence_log_probability",
        "tokens": "bpe_train bpe_train_words decode encode one_hot",
        "retrieval": "Library",
    },
)
