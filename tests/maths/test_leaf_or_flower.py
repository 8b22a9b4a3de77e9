"""The labelled set and its network, against torch, scipy and arithmetic by hand."""

import numpy as np
import pytest
import torch
from scipy.stats import norm

from helpers.maths import leaf_or_flower as lf
from helpers.maths.autograd import Value

INPUTS, WANTED = lf.arrays()


def test_the_things_are_the_same_everywhere():
    """Authority: the numbers themselves, as the stored notebook shows them."""
    things = lf.things()
    assert [label for _, label in things].count("leaf") == 30
    assert len(things) == 60
    assert things[0] == ((32, 107, 56, 11.2), "leaf")  # N1
    assert things[1] == ((40, 101, 72, 10.1), "leaf")
    assert things[30] == ((195, 101, 55, 20.3), "flower")
    assert things[59] == ((45, 84, 51, 18.8), "flower")
    sums = [round(sum(thing[part] for thing, _ in things), 1) for part in range(4)]
    assert sums == [4427, 6179, 3815, 703.6]
    colours = np.array([thing[:3] for thing, _ in things])
    assert colours.dtype.kind == "i" and 0 <= colours.min() <= colours.max() <= 255


@pytest.mark.parametrize("name", lf.KINDS)
def test_the_things_follow_their_distributions(name):
    """Authority: the stated mean, to within 3.5 standard errors of 40 draws' mean."""
    first = sum(kind[1] for n, kind in lf.KINDS.items() if list(lf.KINDS).index(n)
                < list(lf.KINDS).index(name))  # fmt: skip
    _, count, red, volume = lf.KINDS[name]
    drawn = [
        thing
        for seed in range(40)
        for thing, _ in lf.things(seed)[first + 1 : first + count]
    ]
    for part, (mean, spread) in ((0, red), (3, volume), (1, lf.GREEN), (2, lf.BLUE)):
        values = np.array([thing[part] for thing in drawn])
        error = spread / np.sqrt(len(values))
        assert abs(values.mean() - mean) < 3.5 * error + 0.05
        assert values.std() == pytest.approx(spread, rel=0.15)


def test_scaled():
    """Authority: by hand, (32 - 96) / 64 = -1 and (11.2 - 10) / 5 = 0.24."""
    assert lf.scaled(lf.LEAF) == pytest.approx([-1, 11 / 64, -0.625, 0.24])
    assert abs(INPUTS).max() < 3


def test_the_probability_of_a_leaf():
    """Authority: scipy's normal density."""
    for thing in [lf.LEAF, (100, 90, 60, 9.0), (48, 100, 60, 6.0), (52, 90, 70, 15.5)]:
        weights = {"leaf": 0.0, "flower": 0.0}
        for label, count, red, volume in lf.KINDS.values():
            density = norm.pdf(thing[0], *red) * norm.pdf(thing[3], *volume)
            density *= norm.pdf(thing[1], *lf.GREEN) * norm.pdf(thing[2], *lf.BLUE)
            weights[label] += count * density
        expected = weights["leaf"] / sum(weights.values())
        assert lf.probability_of_leaf(thing) == pytest.approx(expected, rel=1e-9)


def test_e4():
    """Worked example E4: wanted (0.8, 0.2), got (0.6, 0.4)."""
    wanted, got = np.array([[0.8, 0.2]]), np.array([[0.6, 0.4]])
    assert lf.squared_error(got, wanted) == pytest.approx(0.08)
    assert not lf.mistakes(got, wanted).any()
    assert lf.mistakes(got[:, ::-1], wanted).all()


def torch_losses(hidden, epochs, rate):
    """The same network, start and steps in torch, in float64."""
    weights = [torch.tensor(w, requires_grad=True) for w in lf.start(hidden)]
    x, y = torch.tensor(INPUTS), torch.tensor(WANTED)
    step, losses = torch.optim.SGD(weights, lr=rate), []
    for _ in range(epochs + 1):
        W1, b1, W2, b2 = weights
        got = torch.tanh(x @ W1.T + b1) @ W2.T + b2
        loss = ((got - y) ** 2).sum(dim=1).mean()
        losses.append(loss.item())
        step.zero_grad()
        loss.backward()
        step.step()
    return np.array(losses)


@pytest.mark.parametrize("hidden", [1, 2, 3])
def test_a_whole_run_equals_torch(hidden):
    """Authority: torch.optim.SGD and torch's autograd in float64."""
    history = lf.train(lf.start(hidden), INPUTS, WANTED)
    losses = [lf.squared_error(lf.outputs(w, INPUTS), WANTED) for w in history]
    assert len(losses) == lf.EPOCHS + 1
    expected = torch_losses(hidden, lf.EPOCHS, lf.RATE)
    assert losses == pytest.approx(expected, abs=1e-6)


def value_loss(weights, inputs, wanted):
    """The loss by the scalar engine, and the weights as Values."""
    W1, b1, W2, b2 = [np.vectorize(Value, otypes=[object])(w) for w in weights]
    total = Value(0)
    for x, y in zip(inputs.tolist(), wanted.tolist(), strict=True):
        hidden = [
            sum((w * part for w, part in zip(row, x, strict=True)), bias).tanh()
            for row, bias in zip(W1, b1, strict=True)
        ]
        for row, bias, target in zip(W2, b2, y, strict=True):
            got = sum((w * h for w, h in zip(row, hidden, strict=True)), bias)
            total = total + (got - target) ** 2
    return total / len(inputs), [W1, b1, W2, b2]


def test_the_engine_finds_the_same_gradient():
    """Authority: helpers.maths.autograd, itself tested against torch."""
    for weights in lf.train(lf.start(3), INPUTS, WANTED, epochs=40)[::20]:
        loss, values = value_loss(weights, INPUTS, WANTED)
        got = lf.outputs(weights, INPUTS)
        assert loss.data == pytest.approx(lf.squared_error(got, WANTED), rel=1e-12)
        loss.backward()
        expected = lf.gradient(weights, INPUTS, WANTED)
        for mine, theirs in zip(values, expected, strict=True):
            grads = [value.grad for value in mine.flat]
            assert grads == pytest.approx(theirs.ravel(), rel=1e-9, abs=1e-12)


def test_hidden_units_make_the_difference():
    """What the notebook says: a straight border errs, two units and three do not."""
    wrong = {
        hidden: lf.mistakes(
            lf.outputs(lf.train(lf.start(hidden), INPUTS, WANTED)[-1], INPUTS), WANTED
        ).sum()
        for hidden in (1, 2, 3)
    }
    assert wrong == {1: 10, 2: 0, 3: 0}


def test_unscaled_inputs_teach_nothing():
    """What the notebook says: the loss of always answering (0.5, 0.5) is 0.18."""
    raw = np.array([thing for thing, _ in lf.things()], dtype=float)
    assert lf.squared_error(np.full((60, 2), 0.5), WANTED) == pytest.approx(0.18)
    for rate in (0.03, 0.01):
        weights = lf.train(lf.start(), raw, WANTED, rate=rate)[-1]
        loss = lf.squared_error(lf.outputs(weights, raw), WANTED)
        assert loss == pytest.approx(0.18, abs=1e-3)


def test_n3():
    """Worked example N3: 0.17 + 0.05 · 0.4 · 0.5 = 0.18, the bias as a weight on 1."""
    w, x = np.array([0.17, 0.515]), np.array([0.5, 1.0])
    assert w @ x == pytest.approx(0.6)
    after = lf.training_step(w, x, wanted=0.8, rate=0.05)
    assert after == pytest.approx([0.18, 0.535])


def test_a_step_is_one_of_torch():
    """Authority: torch.optim.SGD."""
    w, x, wanted, rate = (
        np.array([0.5, -1.0, 2.0]),
        np.array([1.0, 3.0, -0.5]),
        0.7,
        0.1,
    )
    leaf = torch.tensor(w, requires_grad=True)
    ((leaf @ torch.tensor(x) - wanted) ** 2).backward()
    torch.optim.SGD([leaf], lr=rate).step()
    expected = leaf.detach().numpy()
    assert lf.training_step(w, x, wanted, rate) == pytest.approx(expected)


def test_questions():
    """The rounds give the exact model the probability of the label that came."""
    for said, words, truth, models in lf.questions():
        things = said.removesuffix(" cm³: is it a leaf or a flower?").split(",")
        numbers = [float(part.split()[-1]) for part in things]
        leaf = lf.probability_of_leaf(numbers)
        assert models["exact"] == pytest.approx([leaf, 1 - leaf][truth])
        assert words == ["leaf", "flower"]


@pytest.mark.parametrize("sizes", [(4, 3, 2), (1, 1, 1), (2, 5, 3)])
def test_forward_pass(sizes):
    """Authority: two layers of torch with the same weights."""
    D, H, K = sizes
    torch.manual_seed(3)
    layers = [torch.nn.Linear(D, H), torch.nn.Tanh(), torch.nn.Linear(H, K)]
    model = torch.nn.Sequential(*layers).double()
    x = torch.randn(D, dtype=torch.float64)
    parts = [part.detach().numpy() for part in model.parameters()]
    got = lf.forward_pass(x.numpy(), *parts)  # (K,)
    assert got == pytest.approx(model(x).detach().numpy())
    assert got == pytest.approx(lf.outputs(parts, x.numpy()))


@pytest.mark.parametrize(
    "place, part, said",
    [
        (1, [[1, 2, 3]], "W1 must have a column for each of the 2 numbers of x"),
        (2, [1, 2], "b1 must have a number for each of the 1 rows of W1"),
        (3, [[1, 2]], "W2 must have a column for each of the 1 numbers of b1"),
        (4, [1, 2, 3], "b2 must have a number for each of the 2 rows of W2"),
    ],
)
def test_sizes_that_do_not_fit(place, part, said):
    given = [[1, 2], [[1, 2]], [0], [[1], [2]], [0, 0]]
    given[place] = part
    with pytest.raises(ValueError, match=said):
        lf.forward_pass(*given)
