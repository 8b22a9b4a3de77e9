"""Two estimates of pass@k in the mean. Authority: scipy's binomial distribution."""

import re

import numpy as np
import pytest
from scipy.stats import binom

from helpers.figures.evaluation.tries import SAMPLES, means, several_tries
from helpers.maths.evaluation.writing import plain_pass_at_k
from tests.pictures import crowded


@pytest.fixture(scope="module")
def live():
    return several_tries()


@pytest.mark.parametrize("n", SAMPLES)
def test_means(n):
    p, k = 0.2, np.arange(1, n + 1)
    good, plain = means(p, n)
    assert good == pytest.approx(1 - (1 - p) ** k)
    weights = binom.pmf(np.arange(n + 1), n, p)
    wanted = [
        sum(w * plain_pass_at_k(n, c, int(one)) for c, w in enumerate(weights))
        for one in k
    ]
    assert plain == pytest.approx(wanted)


@pytest.mark.parametrize(("p", "n", "k"), [(0.1, 10, 5), (0.05, 2, 20), (0.7, 20, 20)])
def test_the_digits_shown(live, p, n, k):
    first, second = live.move(p=p, n=n, k=k)
    assert "error" not in live.frame(live.state) and not crowded(live._fig)
    k = min(k, n)
    assert f"k = {k}:" in first
    truth = [float(x) for x in re.findall(r"\d\.\d+", first)]
    assert truth == pytest.approx([1 - (1 - p) ** k], abs=0.00051)
    shown = [float(x) for x in re.findall(r"\d\.\d+", second)]
    assert shown == pytest.approx(means(p, n)[:, k - 1], abs=0.00051)
