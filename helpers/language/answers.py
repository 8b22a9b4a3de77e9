"""A small table of answers in Chinese: the next token after each token.

The rows of ？ and 超市 are given examples, the others are made up to go with them.
What a row leaves out is shared by ten everyday words, after which it ends.
"""

import numpy as np

ROWS = {
    "？": {"在": 0.20, "东": 0.15, "西": 0.13},
    "在": {"北": 0.60, "东": 0.10},
    "东": {"边": 0.50, "城": 0.30},
    "西": {"边": 0.50, "城": 0.30},
    "北": {"京": 0.90},
    "京": {"[end]": 0.80, "东": 0.05},
    "边": {"[end]": 0.90},
    "城": {"[end]": 0.90},
    "超市": {"买": 0.80, "看": 0.10, "玩": 0.05},
    "买": {"水果": 0.40, "东西": 0.30, "食品": 0.15},
    "看": {"东西": 0.60, "[end]": 0.20},
    "玩": {"[end]": 0.70},
    "水果": {"[end]": 0.90},
    "东西": {"[end]": 0.90},
    "食品": {"[end]": 0.90},
}
ENGLISH = {
    "在": "(in)", "东": "(east)", "西": "(west)", "北": "(north)",
    "京": "(capital)", "边": "(side)", "城": "(town)", "买": "(buy)",
    "看": "(look at)", "玩": "(play)", "水果": "(fruit)", "东西": "(things)",
    "食品": "(food)", "我": "(I)", "你": "(you)", "这": "(this)", "那": "(that)",
    "很": "(very)", "不": "(not)", "是": "(is)", "有": "(has)", "的": "(of)",
    "了": "(done)",
}  # fmt: skip
PROMPTS = ["故宫 在 哪里 ？", "我 今天 去 超市"]
OTHERS = list("我你这那很不是有的了")
TOKENS = ["[end]", *ROWS, *OTHERS, "故宫", "哪里", "今天", "去"]


def _table():
    table = np.zeros((len(TOKENS), len(TOKENS)))  # (V, V)
    for i, token in enumerate(TOKENS):
        row = ROWS.get(token, {"[end]": 1.0})
        for word, p in row.items():
            table[i, TOKENS.index(word)] = p
        for word in OTHERS:
            table[i, TOKENS.index(word)] += (1 - sum(row.values())) / len(OTHERS)
    return table


TABLE = _table()
