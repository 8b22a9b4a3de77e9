"""The numbers in the prose of 07_attention."""

from functools import cache
from math import comb, cos, e, exp, log, pi, sqrt

import numpy as np
from scipy.special import softmax

from helpers import language
from helpers.maths.attention import (
    cache_bytes,
    count_parameters,
    multiplications,
)

V = len(language.VOCABULARY)
T, D, L, H = 64, 48, 2, 4  # our model: places, width, layers, heads
OURS, GPT2, GPT3 = (V, T, D, L), (50257, 1024, 768, 12), (50257, 2048, 12288, 96)

# Three words, red, kite and the: a query, a key and a value each.
QUERIES = np.array([[0, 2, 0, 0], [2, 0, 0, 0], [2, 1, 0, 0]])
KEYS = np.array([[2, 0, 0, 0], [0, 2, 0, 0], [0, 0, 2, 0]])
VALUES = 10 * np.eye(3)
DOTS = QUERIES @ KEYS.T  # (3, 3)
SCORES = DOTS / sqrt(4)
MASKED = SCORES + np.triu(np.full((3, 3), -np.inf), 1)
WEIGHTS = softmax(MASKED, axis=1)
OPEN = softmax(SCORES, axis=1)  # without a mask
MIXES = WEIGHTS @ VALUES
DOWN = softmax(MASKED, axis=0)  # the wrong axis
SILENT = np.where([[True], [True], [False]], MASKED, 0.0)  # the last query all 0
MOVED = softmax(SILENT, axis=0)


def parts(V, T, D, L):
    """The parameters, part by part, straight from the shapes."""
    shapes = {
        "words": [(V, D)],
        "places": [(T, D)],
        "norms": [(2, D), (2, D)],
        "heads": [(D + 1, 3 * D), (D + 1, D)],
        "up": [(D + 1, 4 * D)],
        "down": [(4 * D + 1, D)],
        "last": [(2, D)],
    }
    count = {name: sum(a * b for a, b in both) for name, both in shapes.items()}
    count["layer"] = sum(count[name] for name in ("norms", "heads", "up", "down"))
    count["layers"] = L * count["layer"]
    assert count_parameters(V, T, D, L) == sum(
        count[name] for name in ("words", "places", "layers", "last")
    )
    return count


def crossing(V, T, D, L):
    """How many words looked at make both parts of the work equal."""
    linear, one = multiplications(V, 1, D, L)
    return linear / one


def anew(N):
    """Multiplications for word N where nothing was kept: all places again."""
    return sum(sum(multiplications(V, n, D, L)) for n in range(1, N + 1))


@cache
def bars(d, divided):
    """Means over 200,000 draws: (largest of 16 weights, entropy, slope p(1 - p)).

    Given the query, its products with normal keys are normal, with its own length
    as their spread; that length squared is χ² with d degrees of freedom.
    """
    rng = np.random.default_rng(7)
    lengths = np.sqrt(rng.chisquare(d, (200_000, 1)))
    z = lengths * rng.normal(size=(200_000, 16)) / (sqrt(d) if divided else 1)
    p = softmax(z, axis=1)
    surprise = -np.log(np.maximum(p, 1e-300))
    return p.max(1).mean(), (p * surprise).sum(1).mean(), (p * (1 - p)).mean()


def slope(score):
    """p(1 - p) of the first of two weights, the other score being 0."""
    p = 1 / (1 + exp(-score))
    return p * (1 - p)


BLOCKS = {model: 12 * model[2] ** 2 * model[3] for model in (OURS, GPT2, GPT3)}
PARTS, GPT2_PARTS = parts(*OURS), parts(*GPT2)
LINEAR, WORD = multiplications(V, 1, D, L)
GPT2_LINEAR, GPT2_WORD = multiplications(50257, 1, 768, 12)
GPT3_LINEAR, GPT3_WORD = multiplications(50257, 1, 12288, 96)
GPT3_CACHE = cache_bytes(96, 96, 128, 2048)
NORMED = np.array([-3, -1, 1, 3]) / sqrt(5)
STEP = softmax([1, 2, 3])  # the scores of the exercise's cached step
STEPPED = STEP @ [[10, 0], [0, 10], [1, 1]]

GIVEN = {
    # sizes of published models
    "50257": "GPT-2's vocabulary",
    "1024": "GPT-2's context",
    "768": "GPT-2's width",
    "2048": "GPT-3's context",
    "12288": "GPT-3's width; what our cache holds, checked below",
    "128": "the width of a head of GPT-3",
    "300": "billions of tokens that GPT-3 was trained on",
    "175": "billions of parameters, as GPT-3 is called; checked below",
    "600000": "tokens that our model is trained on, at most",
    "3.14": "10^23 operations that training GPT-3 took, as published",
    "-4": "a sum of four numbers that are each -1 or 1",
    "-2": "a sum of two, or of four, such numbers",
    "-1": "the last axis; a number of an example",
    "-3": "a distance from the mean: 2 - 5, checked below",
    "-1/4": "an example of a slope",
    "1e-5": "the usual eps",
    "2020": "a year",
    "2017": "a year",
    "2021": "a year",
    "2023": "a year",
    "10000": "the base of the rotary speeds",
    "0.5": "an example",
    "8.5": "an example of a residual: 8 + 0.5, checked below",
    "2.5": "an example of a residual: 2 + 0.5, checked below",
}
NUMBERS = {
    # 1. a soft look-up
    "7.389": e**2,
    "2.718": e,
    "11.107": e**2 + e + 1,
    "0.665": (WEIGHTS[2, 0], STEP[2]),
    "0.245": (WEIGHTS[2, 1], STEP[1]),
    "0.090": (WEIGHTS[2, 2], STEP[0]),
    "6.65": MIXES[2, 0],
    "2.45": MIXES[2, 1],
    "0.90": (MIXES[2, 2], bars(16, False)[1]),
    # 3. why the root of d
    "0.867": softmax(DOTS[2])[0],
    "0.117": softmax(DOTS[2])[1],
    "0.016": softmax(DOTS[2])[2],
    "0.506": softmax(DOTS[2] / 4)[0],
    "0.307": softmax(DOTS[2] / 4)[1],
    "0.186": softmax(DOTS[2] / 4)[2],
    "16": 2**4,
    "64": (T, sum(comb(4, k) * (4 - 2 * k) ** 2 for k in range(5)), 64),
    "512": 512,
    "22.6": sqrt(512),
    "0.99966": 1 / (1 + exp(-8)),
    "0.00034": 1 / (1 + exp(8)),
    "0.000335": slope(8),
    "0.731": (1 / (1 + exp(-1)), softmax([2, 3])[1]),
    "0.269": (1 / (1 + exp(1)), softmax([2, 3])[0]),
    "0.197": slope(1),
    "586": slope(1) / slope(8),
    "0.21": bars(1, False)[0],
    "0.43": bars(4, False)[0],
    "0.84": bars(64, False)[0],
    "0.95": bars(512, False)[0],
    "0.69": bars(16, False)[0],
    "0.23": bars(4, True)[0],
    "0.24": bars(16, True)[0],
    "0.25": (0.25, bars(64, True)[0], bars(512, True)[0]),
    "2.44": bars(1, False)[1],
    "2.38": bars(4, True)[1],
    "1.77": bars(4, False)[1],
    "0.41": bars(64, False)[1],
    "0.13": bars(512, False)[1],
    "2.36": (bars(64, True)[1], bars(512, True)[1]),
    "2.773": log(16),
    "0.055": bars(1, False)[2],
    "0.044": bars(4, False)[2],
    "0.027": bars(16, False)[2],
    "0.054": (bars(4, True)[2], bars(64, True)[2], bars(512, True)[2]),
    "0.014": bars(64, False)[2],
    "0.005": bars(512, False)[2],
    "3.46": sqrt(D / H),
    "6.93": sqrt(D),
    # 4. the mask
    "0.881": (WEIGHTS[1, 0], OPEN[1, 0] / OPEN[1, :2].sum()),
    "0.119": WEIGHTS[1, 1],
    "8.389": e**2 + 1,
    "8.81": MIXES[1, 0],
    "1.19": MIXES[1, 1],
    "0.107": (OPEN[0, 0], OPEN[1, 1], MOVED[0, 0]),
    "0.787": (OPEN[0, 1], OPEN[1, 0], MOVED[1, 0]),
    "9.389": e**2 + 2,
    "0.893": OPEN[1, :2].sum(),
    "0.333": softmax(np.tril(SCORES)[0])[0],
    "0.063": DOWN[0, 0],
    "0.468": (DOWN[1, 0], DOWN[2, 0]),
    "15.778": 1 + 2 * e**2,
    # 5. order
    "57.3": 180 / pi,
    "-0.416": (cos(3 - 1), cos(13 - 11)),
    "0.540": cos(1),
    "-2/4": -2 / 4,
    "0.01": 10000 ** (-2 / 4),
    "6.28": 2 * pi,
    "628": 2 * pi / 10000 ** (-2 / 4),
    "13": 3 + 10,
    # 6. residuals, the norm
    "0.00000095": 0.25**10,
    "9.31": 1.25**10,
    "0.056": 0.75**10,
    "1.25": 1 + 0.25,
    "0.75": 1 - 0.25,
    "2.236": sqrt(5),
    "-1.342": NORMED[0],
    "-0.447": NORMED[1],
    "0.447": NORMED[2],
    "1.342": NORMED[3],
    "6.667": np.var([2, 4, 6, 8], ddof=1),
    "-1.162": -3 / np.std([2, 4, 6, 8], ddof=1),
    # 7. counting
    "96": (V, 2 * D),
    "48": D,
    "20": 9 + 1 + 1 + 9,
    "4608": (PARTS["words"], 6 * 768),
    "3072": (PARTS["places"], GPT2_PARTS["norms"]),
    "192": (PARTS["norms"], WORD, 2 * L * D),
    "9408": (PARTS["heads"], PARTS["up"]),
    "9264": PARTS["down"],
    "28272": PARTS["layer"],
    "56544": PARTS["layers"],
    "64320": count_parameters(*OURS),
    "38597376": GPT2_PARTS["words"],
    "786432": GPT2_PARTS["places"],
    "2362368": (GPT2_PARTS["heads"], GPT2_PARTS["up"]),
    "2360064": GPT2_PARTS["down"],
    "7087872": GPT2_PARTS["layer"],
    "85054464": GPT2_PARTS["layers"],
    "1536": GPT2_PARTS["last"],
    "124439808": count_parameters(*GPT2),
    "163037184": count_parameters(*GPT2) + 50257 * 768,
    "68928": count_parameters(*OURS) + V * D,
    "163": (count_parameters(*GPT2) + 50257 * 768) / 1e6,
    "12582912": 12 * 1024**2,
    "174604259328": count_parameters(*GPT3),
    "173946175488": BLOCKS[GPT3],
    "99.6%": BLOCKS[GPT3] / count_parameters(*GPT3),
    "84934656": BLOCKS[GPT2],
    "68%": BLOCKS[GPT2] / count_parameters(*GPT2),
    "86%": BLOCKS[OURS] / count_parameters(*OURS),
    "94": 10 + 6 + 8 + 24 + 24 + 18 + 4,
    "24": (4 * (4 + 2), 16 + 8, V / (2 * L)),
    "18": 16 + 2,
    "55296": BLOCKS[OURS],
    "59904": LINEAR,
    "21%": T * WORD / LINEAR,
    "288": 6 * D,
    "312": crossing(*OURS),
    "123532032": GPT2_LINEAR,
    "18432": GPT2_WORD,
    "18874368": 1024 * GPT2_WORD,
    "15%": 1024 * GPT2_WORD / GPT2_LINEAR,
    "2094": 50257 / 24,
    "6702": crossing(*GPT2),
    "174563733504": GPT3_LINEAR,
    "2359296": (GPT3_WORD, 2 * 96 * 96 * 128),
    "2.8%": 2048 * GPT3_WORD / GPT3_LINEAR,
    "4831838208": 2048 * GPT3_WORD,
    "73728": 6 * 12288,
    "262": 50257 / 192,
    "73990": crossing(*GPT3),
    "62976": LINEAR + 16 * WORD,
    "109056": LINEAR + 256 * WORD,
    "1.73": (LINEAR + 256 * WORD) / (LINEAR + 16 * WORD),
    "256": 256,
    "231552000000": 6 * count_parameters(*OURS) * 600_000,
    "2.3": 6 * count_parameters(*OURS) * 600_000 / 1e11,
    "2.7": 6 * count_parameters(*OURS) * len(language.train()) / 1e11,
    "10^11": 1e11,
    "10^9": 1e9,
    "1.36": 6 * 175e9 * 300e9 / (6 * count_parameters(*OURS) * 600_000) / 1e12,
    "10^12": 1e12,
    "23": round(6 * count_parameters(*OURS) * 600_000 / 1e10),
    "10^10": 1e10,
    "3.15": 6 * 175e9 * 300e9 / 1e23,
    "10^23": 1e23,
    "708698": len(language.train()),
    # 9. the cache
    "49152": cache_bytes(L, H, D // H, T, 4),
    "49": cache_bytes(L, H, D // H, T, 4) / 1000,
    "2^30": 2**30,
    "4718592": GPT3_CACHE / 2048,
    "4.7": GPT3_CACHE / 2048 / 1e6,
    "9663676416": GPT3_CACHE,
    "9.66": GPT3_CACHE / 1e9,
    "805306368": cache_bytes(96, 8, 128, 2048),
    "0.81": cache_bytes(96, 8, 128, 2048) / 1e9,
    "100663296": cache_bytes(96, 1, 128, 2048),
    "0.10": cache_bytes(96, 1, 128, 2048) / 1e9,
    "349": 2 * count_parameters(*GPT3) / 1e9,
    "3833856": 64 * LINEAR,
    "399360": WORD * 64 * 65 // 2,
    "4233216": anew(64),
    "72192": sum(multiplications(V, 64, D, L)),
    "58.6": anew(64) / sum(multiplications(V, 64, D, L)),
    # the exercises
    "2.69": 10 * softmax([2, 3])[0],
    "7.31": 10 * softmax([2, 3])[1],
    "1.57": STEPPED[0],
    "3.11": STEPPED[1],
}
assert (DOTS[2] == [4, 2, 0]).all() and (SCORES[2] == [2, 1, 0]).all()
assert np.isclose(DOWN[:, 0], [1 / 15.778, e**2 / 15.778, e**2 / 15.778], 1e-3).all()
assert T * 2 * L * D == 12288 == cache_bytes(L, 1, D // H, T, 4)  # one key head
assert round(count_parameters(*GPT3) / 1e9) == 175 and GPT3_CACHE == 9 * 2**30
assert GPT3_CACHE / cache_bytes(96, 8, 128, 2048) == 12
assert np.array([2, 4, 6, 8]).var() == 5 and 2 + 0.5 == 2.5 and 8 + 0.5 == 8.5
assert sum(comb(4, k) * (4 - 2 * k) ** 2 for k in range(5)) / 2**4 == 4  # ±1, d = 4
