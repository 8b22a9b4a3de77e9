"""How fast the Transformer trains and writes, and how near it comes to the floor.

    python benchmarks/transformer.py [rounds]

Beside it stands transformers' GPT2LMHeadModel, of the same size and with the same
weights, as it comes but without dropout, which ours does not have: the same stories,
the same loss, the same Adam, as many threads as the course takes. All turn by turn in
one run; medians; seconds of the processor, as other programs of the machine would
count otherwise. It ends with one line a bar, and exits 1 if any falls short.
"""

import statistics
import sys
from functools import partial
from pathlib import Path
from time import process_time

import torch
from torch.nn import functional as F

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # for the tests' GPT-2

from helpers import language  # noqa: E402
from helpers.maths import models, training  # noqa: E402
from helpers.maths.transformer import (  # noqa: E402
    Cache,
    Config,
    Transformer,
    stepper,
    stories,
    write,
)
from tests.gpt2 import gpt2  # noqa: E402

STEPS, WORDS = 10, 256  # steps a turn; words a text
BATCH = 16  # stories, where both are compared
TOKENS, SEEDS = 600_000, (0, 1, 2)  # for the loss
# As notebook 07 trains it.
HOW = {"total": 2100, "batch": 8, "warm": 0.05, "betas": (0.9, 0.95)}
LONG = Config(context=320)  # room to write in


def main(rounds):
    print(f"threads {torch.get_num_threads()}")
    bars = [
        ("training_times_gpt2", steps(rounds), ">=", 1.5),
        ("nats_above_the_floor_worst_seed", loss(), "<=", 0.02),
        *writing(rounds),
        ("cached_step_at_256_against_16", growth(rounds), "<", 1.5),
    ]
    short = False
    for name, value, sign, bar in bars:
        met = {">=": value >= bar, "<=": value <= bar, "<": value < bar}[sign]
        short |= not met
        print(f"{name} {value:.4g} {sign}{bar:g} {'met' if met else 'short'}")
    return int(short)


def in_turns(rounds, works):
    """{name: function} -> {name: median seconds of a call}."""
    took = {name: [] for name in works}
    for turn in range(rounds + 1):
        for name, work in works.items():
            start = process_time()
            work()
            if turn:  # the first one warms up
                took[name].append(process_time() - start)
    return {name: statistics.median(times) for name, times in took.items()}


def steps(rounds):
    """Tokens a second against GPT-2's, in words that are learnt from."""
    data = stories(language.train(), Config().context)
    words = STEPS * len(language.train()) / len(data[0])  # a turn, and one a batch
    for batch in (8, 32, BATCH):
        runs = {"ours": training.steps(Transformer(), data, 10**6, batch=batch,
                                       every=10**6)}  # fmt: skip
        for name, gelu in (("GPT-2", "gelu_new"), ("GPT-2, our GELU", "gelu")):
            model = gpt2(Transformer(), activation_function=gelu).train()
            runs[name] = their_steps(model, data, batch)
        took = in_turns(rounds, {n: partial(take, run) for n, run in runs.items()})
        for name, seconds in took.items():
            print(
                f"batch {batch:2} {name:16} {words * batch / seconds:9,.0f} tokens a "
                f"second, {took[name] / took['ours']:.2f} of our time"
            )
    return took["GPT-2"] / took["ours"]


def their_steps(model, data, batch):
    adam = torch.optim.Adam(model.parameters(), lr=5e-3, fused=True)
    while True:
        some = torch.randint(len(data[0]), (batch,))
        logits = model(data[0][some]).logits  # (B, T, V)
        loss = F.cross_entropy(logits.flatten(0, 1), data[1][some].flatten())
        adam.zero_grad()
        loss.backward()
        adam.step()
        yield loss.item()


def take(run):
    for _ in range(STEPS):
        next(run)


def loss():
    """The worst held-out loss of three seeds, in nats a word above the floor."""
    held_out, floor = language.held_out(), language.entropy_per_word()
    train, held_out = (stories(ids, 64) for ids in (language.train(), held_out))
    above = []
    for seed in SEEDS:
        model, read = Transformer(seed=seed), []

        def count(model, ids, read=read):  # [end] comes first and fills up the rest
            read.append(int((ids[0] != 0).sum()) + len(ids[0]))

        counting = model.register_forward_pre_hook(count)
        start = process_time()
        for _ in training.steps(model, train, seed=seed, every=10**6, **HOW):
            pass
        took = process_time() - start
        counting.remove()
        tokens = sum(read)
        if tokens > TOKENS:
            raise ValueError(f"{tokens:,} tokens are more than {TOKENS:,}.")
        above.append(models.held_out_loss(model, held_out) - floor)
        print(
            f"seed {seed}: {above[-1]:.4f} nats a word above the floor after "
            f"{tokens:,} tokens and {took:.1f} s"
        )
    return max(above)


def no_end(p):
    return 1 + int(p[1:].argmax())


def writing(rounds):
    """Two bars: a text of 256 words, beside our own without cache and GPT-2's with."""
    model = Transformer(LONG)
    theirs, start = gpt2(model), torch.zeros(1, 1, dtype=torch.int64)
    generate = partial(
        theirs.generate, start, attention_mask=start + 1, max_new_tokens=WORDS,
        do_sample=False, use_cache=True,
    )  # fmt: skip
    took = in_turns(
        max(3, rounds // 3),
        {
            "ours": lambda: write(model, [], no_end, WORDS),
            "ours without": lambda: write(model, [], no_end, WORDS, cache=False),
            "GPT-2": generate,
        },
    )
    lengths = {len(write(model, [], no_end, WORDS)), len(generate()[0]) - 1}
    if lengths != {WORDS}:
        raise ValueError(f"Not all wrote {WORDS} words: {lengths}.")
    for name, seconds in took.items():
        print(f"writing, {name:12} {1e3 * seconds / WORDS:8.3f} ms a word")
    return [
        (f"writing_times_{name}", took[other] / took["ours"], ">=", bar)
        for name, other, bar in (
            ("own_without_cache", "ours without", 3),
            ("gpt2_with_cache", "GPT-2", 5),
        )
    ]


def growth(rounds):
    """The time of a word after 256 words against that of a word after 16."""
    model, cache = Transformer(LONG), Cache(LONG)
    step = stepper(model, cache)

    @torch.inference_mode()
    def many(at):
        for _ in range(100):
            cache.length = at
            step(5)

    took = in_turns(3 * rounds, {at: partial(many, at) for at in (16, 64, 256)})
    for at, seconds in took.items():
        print(f"one word after {at:3} {1e4 * seconds:8.1f} µs")
    return took[256] / took[16]


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
