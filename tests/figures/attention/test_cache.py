"""The memory of a cache.

Authorities: the bytes of the arrays themselves, the model's own Cache, and the size
of GPT-3's, 96 layers of 96 heads of 128 in half precision.
"""

import itertools
import re

import numpy as np
import pytest

from helpers.figures.attention.cache import (
    BYTES,
    CONTEXTS,
    HEADS,
    LAYERS,
    SHARED,
    WIDTHS,
    as_bytes,
    cache_memory,
)
from helpers.maths.transformer import Cache, Config
from tests.pictures import crowded

ENDS = [(s[0], s[-1]) for s in map(list, (LAYERS, HEADS, SHARED, WIDTHS, CONTEXTS))]
GPT_3 = {"L": 96, "H": 96, "shared": "by none", "d": 128, "T": 2048, "b": 2}


@pytest.fixture(scope="module")
def live():
    return cache_memory()


@pytest.mark.parametrize("b", [1, 2, 4])
@pytest.mark.parametrize("L, H, shared, d, T", list(itertools.product(*ENDS)))
def test_the_digits_shown(live, L, H, shared, d, T, b):
    word, every, saved = live.move(L=L, H=H, shared=shared, d=d, T=T, b=b)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    kept = 1 if shared == "by all" else H
    kind = {1: np.int8, 2: np.float16, 4: np.float32}[b]
    one = np.zeros((2, L, kept, d), kind).nbytes
    assert word.endswith(rf"= \text{{{one:,}}} \text{{ bytes}}")
    assert rf"= \text{{{T * one:,}}} \text{{ bytes}} \approx" in every
    query, key = live._fig.axes[0].patches
    assert [len(p.get_path().vertices) // 5 for p in (query, key)] == [H, kept]
    mark = live._fig.axes[1].get_lines()[-1].get_xdata()[0]
    assert mark == T * one and (rf"\text{{{T * one * H // kept:,}}}" in saved) == (
        kept < H
    )


def test_ours_is_the_model_s_own_cache(live):
    room = Cache(Config()).room
    size = room.element_size() * room.nelement()
    live.move(**{name: c.values[c.initial] for name, c in live._controls.items()})
    assert f"takes {as_bytes(size)}" in live.alt_text()
    assert BYTES[room.element_size()] == "ours"


def test_gpt_3(live):
    _, every, _ = live.move(**GPT_3)
    assert "9,663,676,416" in every and "9.66 GB" in every
    _, every, saved = live.move(**{**GPT_3, "shared": "by 4"})
    assert "2.42 GB" in every and re.search(r"9,663,676,416.*}4 .*times", saved)


def test_every_number_of_heads_can_be_shared():
    for heads, share in itertools.product(HEADS, SHARED.values()):
        assert heads % (share or heads) == 0


@pytest.mark.parametrize(
    "count, text",
    [(1, "1 byte"), (960, "960 bytes"), (49_152, "49.2 kB"), (1_000_000, "1 MB"),
     (9_663_676_416, "9.66 GB"), (1.2e12, "1.2 TB")],
)  # fmt: skip
def test_bytes_in_words(count, text):
    assert as_bytes(count) == text
