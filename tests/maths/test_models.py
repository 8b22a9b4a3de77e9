"""The networks. Authorities: a naive loop, NumPy's softmax, sums by hand."""

import math

import numpy as np
import pytest
import torch

from helpers.maths import loss, models, transformer
from tests.notebooks import cells

NOTEBOOK = "06_autoregressive_sampling"

IDS = [3, 1, 4, 1, 5, 2]


@pytest.fixture
def model():
    return models.WindowMLP(V=7, window=3, width=4, hidden=5, seed=1)


@pytest.mark.parametrize("K", [1, 2, 6, 9])
def test_windows_are_those_of_a_naive_loop(K):
    windows, targets = models.windows(IDS, K)
    padded = [0] * K + IDS
    assert windows.tolist() == [padded[i : i + K] for i in range(len(IDS))]
    assert targets.tolist() == IDS
    assert windows.dtype == targets.dtype == torch.int64


def test_windows_take_arrays_and_an_empty_text():
    windows, targets = models.windows(np.array(IDS, dtype=np.int16), np.int64(2))
    assert windows.shape == (6, 2)
    windows, targets = models.windows([], 2)
    assert windows.shape == (0, 2) and targets.shape == (0,)


@pytest.mark.parametrize("K", [1, 3, 8])
def test_story_windows_are_those_of_each_story_alone(K):
    """Authority: `windows` of every story by itself, and the code of notebook 06."""
    stories = [[3, 1, 0], [4, 0], [0], [1, 5, 2, 6, 0], [2, 2]]
    text = sum(stories, [])
    alone = [models.windows(story, K)[0] for story in stories]
    seen, targets = models.story_windows(text, K)
    assert seen.tolist() == torch.cat(alone).tolist()
    assert targets.tolist() == text
    (cell,) = (c for c in cells(NOTEBOOK, "code") if "def story_windows" in c.source)
    scope = {"models": models}
    exec(cell.source.partition("\n\n")[0], scope)
    assert torch.equal(scope["story_windows"](text, K)[0], seen)


@pytest.mark.parametrize("K", [0, -1, 2.0, True, "8", None])
def test_a_bad_window_is_refused_with_a_sentence(K):
    with pytest.raises(
        ValueError, match="The window K must be (a whole number|at least 1), not "
    ):
        models.windows(IDS, K)


def test_the_model_is_its_formula(model):
    """Authority: look-up, tanh(W x + b) and head, in NumPy, a row at a time."""
    part = {name: p.detach().double().numpy() for name, p in model.named_parameters()}
    windows, _ = models.windows(IDS, 3)
    logits = model(windows)
    assert logits.shape == (6, 7)
    for row, window in zip(logits.tolist(), windows.tolist(), strict=True):
        x = np.concatenate([part["embedding.weight"][i] for i in window])  # (12,)
        h = np.tanh(part["hidden.weight"] @ x + part["hidden.bias"])  # (5,)
        z = part["head.weight"] @ h + part["head.bias"]  # (7,)
        assert np.allclose(row, z, atol=1e-6)


def test_the_same_seed_gives_the_same_start_and_torch_keeps_its_own():
    before = torch.get_rng_state()
    one, same, other = (models.WindowMLP(V=7, seed=s) for s in (1, 1, 2))
    assert torch.equal(torch.get_rng_state(), before)
    pairs = list(zip(one.parameters(), same.parameters(), strict=True))
    assert all(torch.equal(a, b) for a, b in pairs)
    assert not torch.equal(one.head.weight, other.head.weight)


def test_windows_of_another_length_are_refused(model):
    with pytest.raises(ValueError, match="looks at 3 words, not 4"):
        model(torch.zeros(2, 4, dtype=torch.int64))


def test_held_out_loss_is_the_mean_of_minus_ln_p(model):
    windows, targets = models.windows(IDS, 3)
    P = loss.softmax(model(windows).detach().double().numpy())  # (6, 7)
    mean = -sum(math.log(P[i, x]) for i, x in enumerate(IDS)) / 6
    assert models.held_out_loss(model, (windows, targets)) == pytest.approx(mean)


def test_held_out_loss_does_not_depend_on_how_it_is_cut(model, monkeypatch):
    data = models.windows(IDS * 5, 3)
    whole = models.held_out_loss(model, data)
    monkeypatch.setattr(models, "BATCH", 7)  # the last one holds 2
    assert models.held_out_loss(model, data) == pytest.approx(whole)


def test_no_held_out_text_is_refused(model):
    with pytest.raises(ValueError, match="no held-out text"):
        models.held_out_loss(model, models.windows([], 3))


@pytest.mark.parametrize("ids", [[], [5], [1, 2, 3], [6, 5, 4, 3, 2, 1]])
def test_probabilities_are_the_softmax_of_the_logits(model, ids):
    p = models.probabilities(model)(ids)
    assert p.shape == (7,) and p.dtype == np.float64
    assert p.sum() == pytest.approx(1, abs=1e-12)
    window = ([0, 0, 0] + ids)[-3:]
    logits = model(torch.tensor([window]))[0].detach().double().numpy()
    assert np.allclose(p, loss.softmax(logits), atol=1e-12)


@pytest.mark.parametrize("ids", [[7], [-1], [1, 2, 99]])
def test_ids_outside_the_vocabulary_are_refused(model, ids):
    with pytest.raises(ValueError, match="outside the vocabulary"):
        models.probabilities(model)(ids)


def test_nothing_that_only_asks_leaves_gradients(model):
    models.held_out_loss(model, models.windows(IDS, 3))
    models.probabilities(model)(IDS)
    assert all(p.grad is None for p in model.parameters())


def test_losses_and_logits_of_each_word(model, monkeypatch):
    """Authority: the model asked for one word after the other, and for one story."""
    monkeypatch.setattr(models, "BATCH", 4)  # several parts
    data = models.windows(IDS, 3)
    alone = [model(window[None])[0].detach().double().numpy() for window in data[0]]
    assert models.logits(model, data) == pytest.approx(np.array(alone), abs=1e-6)
    wanted = [-np.log(loss.softmax(z)[i]) for z, i in zip(alone, IDS, strict=True)]
    losses = models.word_losses(model, data)
    assert losses.dtype == np.float64 and losses == pytest.approx(wanted, abs=1e-6)
    assert losses.mean() == pytest.approx(models.held_out_loss(model, data), abs=1e-6)


def test_losses_and_logits_leave_out_what_is_filled_up(monkeypatch):
    monkeypatch.setattr(models, "BATCH", 4)
    text = [3, 1, 0, 4, 0, 5, 2, 6, 0]
    config = transformer.Config(vocabulary=7, context=4, width=4, layers=1, heads=2)
    model = transformer.Transformer(config)
    data = transformer.stories(text, 4)  # (3, 4), three places filled up
    z = models.logits(model, data)  # (9, 7)
    rows = [model(torch.tensor([[0, *story]]))[0].detach().double().numpy()
            for story in ([3, 1], [4], [5, 2, 6])]  # fmt: skip
    assert z == pytest.approx(np.concatenate(rows), abs=1e-5)
    losses = models.word_losses(model, data)
    assert losses == pytest.approx(-np.log(loss.softmax(z)[range(9), text]), abs=1e-6)
