"""What the notebooks draw. The folders have the names of what they draw, in maths/.

A figure is one function, and every figure is at hand as ``figures.roll_down()``.
"""

from helpers import lazily

__getattr__, __dir__ = lazily(
    __name__,
    {
        "knobs.counting": "count_up",
        "knobs.lines": "line_and_map line_through",
        "probability.bayes": "smudged_word",
        "probability.distribution": "edit_distribution",
        "probability.draws": "choose drawn sample_many underflow",
        "probability.surprise": "entropy_area surprise_curve",
        "probability.tables": "read_row",
        "probability.walks": "score_text walk",
        "tokens.lengths": "count_tokens",
        "tokens.merges": "watch_merges",
        "tokens.places": "one_of_many",
        "tokens.texts": "two_numberings type_a_text",
        "tokens.vectors": "look_up_a_row two_arrows",
        "tokens.word_map": "place_a_word",
        "loss.divergence": "split_loss",
        "loss.ladder": "ladder",
        "loss.logits": "edit_logits follow_gradient",
        "loss.losses": "compare_losses square_the_misses",
        "loss.terms": "batch_with_outlier know_nothing show_halves watch_terms",
        "autograd.activations": "follow_slope",
        "autograd.depth": "through_layers",
        "autograd.graph": "draw_graph",
        "autograd.graphs": "follow_paths follow_unit",
        "autograd.leaf_or_flower": "by_hand watch_training",
        "autograd.network": "forward_pass",
        "autograd.tug": "pull",
        "training.batches": "batch_noise time_a_word",
        "training.descent": "cross_valley roll_down",
        "training.fits": "overfit penalise",
        "training.learning": "few_stories watch_row",
        "training.race": "race",
        "attention.look_up": "soft_look_up",
        "attention.width": "grow_d",
        "sampling.beams": "TREE_WORDS tree_model walk_beams",
        "sampling.context": "multiplications slide_window time_against_context "
        "window_floor window_losses",
        "sampling.decoding": "all_controls",
        "sampling.generation": "Writer write_an_answer",
        "sampling.lengths": "weigh_length",
        "sampling.letters": "letter_by_letter two_histories",
        "sampling.settings": "slips stories_of write_stories",
        "forgetting.angle": "turn_the_task",
        "forgetting.losses": "broken_words watch_forgetting",
        "forgetting.plane": "remedies_plane",
        "forgetting.reading": "find_notes read_a_note",
        "forgetting.refit": "learn_a_point",
        "forgetting.ways": "ways_table",
    },
)
