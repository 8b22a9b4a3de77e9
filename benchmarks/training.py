"""How fast the course trains, and what the training panel costs it.

    python benchmarks/training.py [rounds]

The course's training step (`training.steps` with `WindowMLP`) beside the same model in
a plain loop as a newcomer would write it, and beside this machine's float32 matrix
product; all on as many threads as the course takes, turn by turn in one run, medians.
Then the steps a second with the panel drawing and without it, turn by turn in one
kernel, so that its messages are really sent; seconds of the processor, all threads of
the kernel counted, as other programs of the machine would drown so small a part. It
ends with one line a bar, and exits 1 if any falls short.
"""

import json
import statistics
import sys
from pathlib import Path
from time import perf_counter, process_time, sleep

from jupyter_client.manager import start_new_kernel

BATCH, WINDOW, STEPS = 512, 8, 40  # steps a turn
SIDE = 1024  # of the matrices whose product is this machine's peak
STRETCH, PAIRS = 0.6, 2  # seconds a turn with the panel or without; pairs a round
REQUIRED = [("times_faster_than_plain_loop", 1.3), ("part_of_matmul_peak", 0.2)]


def main(rounds):
    peak, tokens, plain, flops, threads = speeds(rounds)
    print(f"threads                              {threads}")
    print(f"float32 product, {SIDE} a side       {peak / 1e9:8.1f} GFLOP/s")
    print(f"course's step                   {tokens:13,.0f} tokens a second")
    print(f"plain loop                      {plain:13,.0f} tokens a second")
    cost, by_the_clock, drawn = in_a_kernel(rounds)
    print(f"pictures of the panel           {drawn:13.1f} a second")
    print(f"panel's cost by the clock       {by_the_clock:13.1f} %")
    bars = [
        (name, value, f">={least:g}", value >= least)
        for (name, least), value in zip(
            REQUIRED, (tokens / plain, tokens * flops / peak), strict=True
        )
    ]
    bars.append(("panel_cost_percent", cost, "<5", cost < 5))
    for name, value, required, met in bars:
        print(f"{name} {value:.2f} {required} {'met' if met else 'short'}")
    return 0 if all(met for *_, met in bars) else 1


def speeds(rounds):
    """FLOP/s of a product; tokens a second of both ways; FLOPs a token; threads."""
    import torch

    from helpers import language
    from helpers.maths import models, training

    data = models.windows(language.train(), WINDOW)
    ours = training.steps(models.WindowMLP(window=WINDOW), data, 10**6, batch=BATCH,
                       every=10**6)  # fmt: skip
    model = models.WindowMLP(window=WINDOW)
    theirs = plain_loop(model, data)
    a, b = torch.randn(SIDE, SIDE), torch.randn(SIDE, SIDE)
    for run in (ours, theirs):
        take(run, 3)
    took = [[], [], []]
    for _ in range(rounds):
        for times, work in zip(
            took,
            (lambda: a @ b, lambda: take(ours, STEPS), lambda: take(theirs, STEPS)),
            strict=True,
        ):
            times.append(seconds(work))
    product, step, plain = map(statistics.median, took)
    # Forwards 2 a weight and token, backwards 4; looking up a vector costs none.
    weights = model.hidden.weight.numel() + model.head.weight.numel()
    words = STEPS * BATCH
    return (
        2 * SIDE**3 / product, words / step, words / plain, 6 * weights,
        torch.get_num_threads(),
    )  # fmt: skip


def plain_loop(model, data):
    """The loop of most tutorials: a sample at a time, and a loader that stacks them."""
    import torch
    from torch.nn import functional as F
    from torch.utils.data import DataLoader, Dataset

    class Words(Dataset):
        def __len__(self):
            return len(data[1])

        def __getitem__(self, i):
            return data[0][i], data[1][i]

    adam = torch.optim.Adam(model.parameters(), lr=5e-3)
    while True:
        for windows, targets in DataLoader(Words(), batch_size=BATCH, shuffle=True):
            adam.zero_grad()
            loss = F.cross_entropy(model(windows), targets)
            loss.backward()
            adam.step()
            yield loss.item()


def take(run, count):
    for _ in range(count):
        next(run)


def seconds(work):
    start = perf_counter()
    work()
    return perf_counter() - start


def in_a_kernel(rounds):
    """`panel_cost` as a notebook would see it: percents, pictures a second."""
    here = str(Path(__file__).parent)
    manager, client = start_new_kernel(cwd=here)
    said = []
    code = f"import training; training.panel_cost({rounds})"
    try:
        client.execute_interactive(
            code, timeout=600, output_hook=lambda m: said.append(m["content"])
        )
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    text = "".join(content.get("text", "") for content in said)
    if not text:
        raise RuntimeError(next(c["evalue"] for c in said if "evalue" in c))
    return json.loads(text)


def panel_cost(rounds):
    """Print what part of its speed the training loses to a panel that draws."""
    from math import log

    from helpers import language
    from helpers.live.panel import Panel
    from helpers.maths import models, training

    data = models.windows(language.train(), WINDOW)

    def stamped(times):
        # As many steps as a long run has, so that the curve is a full one.
        model = models.WindowMLP(window=WINDOW)
        for step in training.steps(model, data, 2 * 10**4, batch=BATCH, every=10**6):
            times.append((process_time(), perf_counter()))
            yield step

    shown, bare = [], []
    panel = Panel(stamped(shown), 2 * 10**4, top=log(96), floor=0.34)
    pictures = []
    panel.observe(lambda change: pictures.append(perf_counter()), "now")
    loop = stamped(bare)
    take(loop, 20)
    costs, drawn = ([], []), []

    def with_panel():
        panel.start()
        sleep(STRETCH)
        panel.pause()
        while panel.phase == "training":
            sleep(0.001)

    def without():
        end = perf_counter() + STRETCH
        while perf_counter() < end:
            next(loop)

    # Short turns, next to each other and in changing order: another program that
    # takes the processor for a while then falls on both.
    for pair in range(PAIRS * rounds):
        del shown[:], bare[:], pictures[:]
        for turn in (with_panel, without)[:: 1 if pair % 2 else -1]:
            turn()
        # The pictures of the start and of the pause lie outside the stretch.
        first, last = shown[0][1], shown[-1][1]
        drawn.append(sum(first < t < last for t in pictures) / (last - first))
        for k in (0, 1):
            costs[k].append(100 * (1 - pace(shown, k) / pace(bare, k)))
    panel.stop()
    print(json.dumps([statistics.median(one) for one in (*costs, drawn)]))


def pace(times, clock):
    return (len(times) - 1) / (times[-1][clock] - times[0][clock])


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
