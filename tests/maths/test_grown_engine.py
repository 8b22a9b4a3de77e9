"""The engine that grows in notebook 04 behaves as maths.autograd does.

Authority: maths.autograd, itself tested against torch. The cells are run as they
stand in the notebook.
"""

import re

import pytest
from hypothesis import given, settings

from helpers.maths import autograd
from tests.maths.test_autograd import LEAVES, POINTS, STEPS, build, slopes
from tests.notebooks import cells

GROWS = re.compile(
    r"^class Value|^Value\.\w+ = |^def (as_value|measured_slope)", re.MULTILINE
)


def grown():
    """The class, from the cells that define it or give it a method."""
    code = [cell.source for cell in cells("04_backprop", "code")]
    scope = {"sigmoid": autograd.sigmoid, "add_path": autograd.add_path}
    exec(code[0], scope)
    for source in code[1:]:
        if GROWS.search(source):
            # Without the lines that show something of other cells.
            source = re.sub(r"^(\[|draw_graph|f\.).*$", "", source, flags=re.MULTILINE)
            exec(source, scope)
    return scope["Value"]


Grown = grown()


def test_it_has_every_operation():
    own = {
        name for name in vars(autograd.Value) if callable(vars(autograd.Value)[name])
    }
    assert own <= set(vars(Grown)), own - set(vars(Grown))


@settings(max_examples=100, deadline=None)
@given(STEPS, LEAVES)
def test_random_graphs(steps, numbers):
    """Twice backwards, as the leaves must add up and the rest must not."""
    ours, theirs = ([kind(x) for x in numbers] for kind in (autograd.Value, Grown))
    one, other = build(steps, ours), build(steps, theirs)
    assert other.data == one.data
    for result in (one, other, one, other):
        result.backward()
    assert [x.grad for x in theirs] == pytest.approx(
        [x.grad for x in ours], nan_ok=True
    )
    middle = [[n.grad for n in result.nodes()] for result in (one, other)]
    assert middle[1] == pytest.approx(middle[0])


@pytest.mark.parametrize(("operation", "x"), POINTS)
def test_each_operation(operation, x):
    leaf = Grown(x)
    result = operation(leaf)
    result.backward()
    assert [result.data, leaf.grad] == pytest.approx(slopes(operation, x), rel=1e-14)


def test_plain_numbers_on_either_side():
    x = Grown(3)
    y = (1 + x) * 2 - (6 - x) / (12 / x) + (-x) / 2 + sum([x, x])
    y.backward()
    mine = autograd.Value(3)
    z = (1 + mine) * 2 - (6 - mine) / (12 / mine) + (-mine) / 2 + sum([mine, mine])
    z.backward()
    assert (y.data, x.grad) == (z.data, mine.grad)
