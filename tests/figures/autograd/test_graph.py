"""The drawn graph: where boxes stand, and what each step shows.

Authority: helpers.maths.autograd's own backward, and arithmetic by hand.
"""

import itertools
import random

import pytest

from helpers.figures.autograd.graph import (
    Graph,
    draw_graph,
    made_of,
    names,
    short,
    walk,
)
from helpers.figures.autograd.graphs import (
    follow_paths,
    follow_unit,
    named,
    one_unit,
    two_paths,
)
from helpers.figures.autograd.layers import columns, layout
from helpers.figures.autograd.steps import Steps, step_through
from helpers.live import Slider
from helpers.maths.autograd import Value
from tests.pictures import crowded


def shown(graph):
    """{title: (value, slope)} as the boxes say it."""
    texts = zip(graph.titles, graph.values, graph.grads, strict=True)
    return {title: (v.get_text(), g.get_text()) for title, v, g in texts}


def test_before_and_after_backward():
    """By hand: (a + b)(b + 1) at (2, 1) is 6, the slopes are 2 and 5."""
    root = two_paths(2, 1)
    before = shown(Graph(root))
    assert before["f = c × d"] == ("value 6", "slope 0")
    assert {slope for _, slope in before.values()} == {"slope 0"}
    root.backward()
    after = shown(Graph(root))
    assert after == {
        "a": ("value 2", "slope 2"),
        "b": ("value 1", "slope 5"),
        "1": ("value 1", "slope 3"),
        "c = a + b": ("value 3", "slope 2"),
        "d = b + 1": ("value 2", "slope 3"),
        "f = c × d": ("value 6", "slope 1"),
    }
    assert "b, value 1, slope 5;" in draw_graph(root).alt_text()


@pytest.mark.parametrize("build, leaves", [(two_paths, (2, 1)), (one_unit, (0.17,))])
def test_the_last_step_holds_what_backward_finds(build, leaves):
    """Authority: Value.backward. A graph that was walked before is drawn afresh."""
    root = build(*leaves)
    root.backward()
    root.backward()
    fresh = build(*leaves)
    fresh.backward()
    steps = Steps(root)
    state, _ = steps.at(steps.last)
    assert state["grads"] == [node.grad for node in walk(fresh)]
    assert state["known"] == set(range(len(steps.nodes)))


def test_each_step_adds_one_thing():
    """Forwards one value a step, then the first slope, then one box hands down."""
    steps = Steps(two_paths(2, 1))
    states = [steps.at(k)[0] for k in range(steps.last + 1)]
    assert [len(state["known"]) for state in states] == [3, 4, 5, 6, 6, 6, 6, 6]
    assert [state["grads"][-1] for state in states] == [None] * 4 + [1.0] * 4
    b = [node.name for node in steps.nodes].index("b")
    assert [state["grads"][b] for state in states[4:]] == [0, 0, 3, 5]
    assert [state.get("active") for state in states[5:]] == [5, 4, 2]


def test_a_number_used_twice_by_one_operation():
    x = Value(3, name="x")
    steps = Steps(named(x * x, "y"))
    assert steps.at(steps.last)[0]["grads"] == [6, 1]
    live = step_through(lambda a: named((v := Value(a, name="x")) * v, "y"),
                        a=Slider(0, 5, 1, 3, "x"))  # fmt: skip
    assert live.move(step=3) == [
        r"\text{slope along } x = 0 + 1 \cdot 3 = 3",
        r"\text{slope along } x = 3 + 1 \cdot 3 = 6",
    ]


def test_the_digits_of_n3():
    """Worked example N3 by hand: -0.4 · 0.5 = -0.2."""
    live = follow_unit()
    assert live.move(step=9)[0] == (
        r"\text{slope along } w = 0 + (-0.4) \cdot 0.5 = -0.2"
    )
    assert live.move(step=4) == [
        r"E = (-0.2)^{2} = 0.04",
        r"\text{local slope along } \text{miss} = -0.4",
    ]
    assert live.move(step=2)[0] == r"\text{got} = 0.085 + 0.515 = 0.6"
    assert "slope −0.2" in live.alt_text() or live.move(step=9)
    live.move(step=9, w=0.57)
    assert "w 0.57 with slope 0;" in live.alt_text()
    live.move(w=0.17, h=-1)
    assert "got = wh + b 0.345" in live.alt_text()


@pytest.mark.parametrize("make", [follow_paths, follow_unit])
def test_every_step_at_every_end(make):
    live = make()
    stops = []
    for control in live._controls.values():
        last = len(control.values) - 1
        every = control.label == "step"
        stops.append(range(last + 1) if every else (0, last // 2, last))
    for state in itertools.product(*stops):
        frame = live.frame(list(state))
        assert "error" not in frame, frame
        assert frame["formula"].count("<div>") == 2
    assert crowded(live._fig) == []


def test_the_zero_of_the_two_paths():
    """By hand: the slope along b is a + 2b + 1, so 0 at a = -3, b = 1."""
    live = follow_paths()
    live.move(step=7, a=-3)
    assert "b 1 with slope 0;" in live.alt_text()


@pytest.mark.parametrize("seed", range(20))
def test_boxes_stand_apart_and_roads_lead_right(seed):
    """No two boxes share a place; every road leads from left to right."""
    rng = random.Random(seed)
    parents = [[] for _ in range(3)]
    for _ in range(9):
        parents.append([rng.randrange(len(parents)) for _ in range(2)])
    points, roads = layout(parents)
    assert len(set(points)) == len(points)
    for (parent, child), road in roads.items():
        assert road[0] == points[parent] and road[-1] == points[child]
        across = [x for x, _ in road]
        assert across == list(range(across[0], across[-1] + 1))
        inner = set(road[1:-1])
        assert not inner & set(points), "a road runs through a box"
    assert all(0 < y < 1 for _, y in points)


def test_leaves_stand_beside_their_use():
    assert columns([[], [], [0, 1], [], [2, 3]]) == [0, 0, 1, 1, 2]


def test_few_lines_cross():
    """Authority: by hand, these two pairs can be drawn without a crossing."""
    points, _ = layout([[], [], [], [], [0, 2], [1, 3]])
    heights = [y for _, y in points[:4]]
    first, second = sorted(heights[0::2]), sorted(heights[1::2])
    assert first[1] < second[0] or second[1] < first[0]


def test_names_and_signs():
    x = Value(-1.5, name="x")
    y = (-x).tanh() ** 2 / 2
    nodes = walk(y)
    called = dict(zip(map(id, nodes), names(nodes), strict=True))
    assert [made_of(node, called) for node in nodes] == [
        "x", "c = −x", "d = tanh(c)", "e = d²", "2", "f = e ÷ 2",
    ]  # fmt: skip
    assert [short(n) for n in (-0.0001, 1 / 3, -2.5, 123456)] == [
        "0", "0.333", "−2.5", "1.2e+05",
    ]  # fmt: skip
