"""Right, not attempted, wrong in any way: what the check says and hands back."""

import copy
import inspect
import time
import types

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from helpers import check
from helpers.check import guard
from helpers.check.exercise import Function
from helpers.check.subjects import exercises
from helpers.maths import loss

NAMES = list(exercises())
FUNCTIONS = [n for n in NAMES if isinstance(exercises()[n], Function)]


def reference(name):
    return exercises()[name].reference


# right


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_right_answer_is_handed_back(name, verdict):
    """Authority: the reference's own body, as solution shows it."""
    own = inspect.unwrap(reference(name))
    answer = types.FunctionType(own.__code__, own.__globals__, name, own.__defaults__)
    result, said = verdict(name, answer)
    assert said == f"{name}: right."
    assert result is answer


def test_lists_and_numpy_numbers_count(verdict):
    """Authority: the numbers are right; later cells get the reference's type."""

    def softmax(z):
        return loss.softmax(z).tolist()

    def cross_entropy(p, truth):
        return np.float64(-np.log(p[truth]))

    result, said = verdict("softmax", softmax)
    assert said == "softmax: right."
    assert isinstance(result(np.zeros(2)), np.ndarray)
    result, said = verdict("cross_entropy", cross_entropy)
    assert said == "cross_entropy: right." and result is cross_entropy


def test_arrays_where_lists_are_wanted(verdict):
    """Authority: as above."""

    def encode(tokens, vocabulary):
        return np.array([vocabulary.index(t) for t in tokens])

    result, said = verdict("encode", encode)
    assert said == "encode: right."
    assert result(["b"], ["a", "b"]) == [1]


# not attempted


def stub(*args): ...


def documented(*args):
    """What to write."""


def todo(*args):
    raise NotImplementedError


def passing(*args):
    pass


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answer", [stub, documented, todo, passing, None, ...])
def test_a_stub_is_not_attempted(name, answer, verdict):
    """Authority: course-design, "not attempted is told apart from wrong"."""
    if name not in FUNCTIONS and callable(answer):
        answer = (..., ...)
    result, said = verdict(name, answer)
    assert said == (
        f"{name}: not attempted yet; the notebook goes on with the course's own. "
        f'hint("{name}") helps you start.'
    )
    assert result is reference(name)


@pytest.mark.parametrize("name", NAMES)
def test_what_the_check_handed_back_is_not_the_readers(name, verdict):
    """Authority: running the check cell twice must not solve the exercise."""
    first, _ = verdict(name, None)
    again, said = verdict(name, first)
    assert again is reference(name)
    assert said.startswith(f"{name}: this is the course's own, handed back")


# wrong in ways that no exercise expects


def unfinished(z):
    powers = np.exp(z)  # noqa: F841


def half_done(z):
    return z / ...


def stops(z):
    raise ValueError("too large: stop..")


def misspelt(z):
    return mp.exp(z)  # noqa: F821


def recursive(z):
    return recursive(z)


def recursive_in_c(z):
    return np.vectorize(recursive_in_c)(z)


def generator(z):
    yield from z


async def coroutine(z):
    return z


def rounded(z):
    return loss.softmax(z).round(3)


def twice(z):
    return 2 * loss.softmax(z)


def negative(z):
    return -loss.softmax(z)


def in_place(z):
    z -= z.max(axis=-1, keepdims=True)
    return loss.softmax(z)


def leaves(z):
    raise SystemExit


def interrupts(z):
    raise KeyboardInterrupt


def two(z, axis):
    return z


def shifted(z):
    return loss.softmax(z) + (z.max() > 3.5) * (z.max() < 100) * (z.ndim == 1)


WRONG = [
    (unfinished, "returns nothing (None): end it with a return line."),
    (stops, "ValueError: too large: stop."),
    (half_done, "still has a ... in it"),
    (misspelt, "line 2, return mp.exp(z)"),
    (misspelt, "NameError: name 'mp' is not defined."),
    (recursive, "For z = [1, 2, 3] your softmax calls itself more than 1,000 deep"),
    (recursive_in_c, "calls itself more than 1,000 deep"),
    (generator, "returns a generator (wrap it in list), expected a row of 3"),
    (coroutine, "returns a coroutine"),
    (rounded, "It looks rounded to 3 places"),
    (twice, "Line 2, `return 2 * loss.softmax(z)`, has `2 *` too much."),
    (negative, "Line 2, `return -loss.softmax(z)`, has a minus too many."),
    (lambda z: 2 * loss.softmax(z), "Your result is always 2 times the expected one."),
    (lambda z: -loss.softmax(z), "Only the sign is wrong."),
    (in_place, "your function changes its input z"),
    (leaves, "SystemExit"),
    (interrupts, "KeyboardInterrupt"),
    (two, "Your softmax takes 2 arguments, expected 1: z."),
    (lambda: 1, "Your softmax takes 0 arguments, expected 1: z."),
    (lambda z: "abc", "returns the string 'abc', expected a row of 3 numbers."),
    (lambda z: {}, "returns a dict"),
    (lambda z: z[:1], "returns a row of 1 number, expected a row of 3 numbers"),
    (lambda z: [[1], [2, 3]], "a list with lists of 1 and 2 items"),
    (lambda z: z * np.nan, "A nan comes from 0 · inf, 0/0"),
    (lambda z: np.array(["a"]), "a list of 1 words"),
    (lambda z: 1j * z, "returns a value of type ndarray"),
    (shifted, "adding 5 to every logit changes nothing"),
    (3, "takes your function itself, without brackets"),
    ([1, 2], "takes your function itself, without brackets"),
    ("softmax", "takes your function itself, without brackets"),
]


@pytest.mark.parametrize(("answer", "part"), WRONG)
def test_wrong_answers_get_a_clear_sentence(answer, part, verdict):
    """Authority: the answer, which does just that."""
    result, said = verdict("softmax", answer)
    assert said.startswith("softmax: not right yet. ") and part in said
    assert result is loss.softmax


def test_a_call_without_an_answer_or_with_too_many(capsys):
    """Authority: "no input may make a check raise"."""
    assert check.softmax() is loss.softmax
    assert check.softmax(1, 2) is loss.softmax
    assert check.softmax(f=loss.softmax.__wrapped__) is not loss.softmax
    assert check.knobs(1, 4) == (1, 4)


def test_the_readers_printing_is_kept_for_the_first_case(verdict):
    """Authority: what the function prints there, once."""

    def softmax(z):
        print("max", z.max())
        return loss.softmax(z)

    said = verdict("softmax", softmax)[1]
    assert said == (
        "softmax: right.\nYour softmax printed, for z = [1, 2, 3]:\nmax 3.0"
    )


def test_long_printing_is_cut(verdict):
    """Authority: guard.KEEP."""

    def softmax(z):
        for _ in range(1000):
            print("again and again")

    assert len(verdict("softmax", softmax)[1]) < guard.KEEP + 300


def test_addresses_are_not_printed(verdict):
    """Authority: a printed address would differ from run to run."""

    def softmax(z):
        raise ValueError(object())

    said = verdict("softmax", softmax)[1]
    assert "object at 0x…>" in said


def test_the_same_answer_gets_the_same_sentence(verdict):
    """Authority: nbval compares what is printed, whatever the seed."""

    def softmax(z):
        return np.abs(loss.softmax(z) - 0.01 * (z.size > 6))

    np.random.seed(1)
    first = verdict("softmax", softmax)[1]
    np.random.seed(2)
    assert verdict("softmax", softmax)[1] == first
    assert first.startswith("softmax: not right yet.")


# whatever comes back

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
plain = plain | st.binary() | st.complex_numbers() | st.just(...) | st.just(stub)
nested = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(st.text(max_size=2), inner, max_size=3)
        | st.sets(st.integers(), max_size=3)
    ),
    max_leaves=6,
)
numeric = arrays(
    st.sampled_from([float, int, bool, complex, "f4", "M8[s]", "U3", object]),
    array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4),
)


class Hostile:
    """Every question about it raises."""

    def __getattribute__(self, name):
        raise RuntimeError(name)

    def __repr__(self):
        raise RuntimeError

    __str__ = __len__ = __iter__ = __float__ = __array__ = __bool__ = __repr__


class HostileError(Exception):
    def __str__(self):
        raise RuntimeError


ANYTHING = nested | numeric | st.builds(Hostile) | st.builds(object)
ERRORS = st.sampled_from(
    [ValueError, HostileError, SystemExit, KeyboardInterrupt, GeneratorExit, OSError]
)


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@pytest.mark.parametrize("name", FUNCTIONS)
@given(returned=ANYTHING)
def test_any_return_value_gets_a_sentence(name, returned, verdict):
    """Authority: "no input may make a check raise"; none of these is right."""
    result, said = verdict(name, lambda *args: copy.copy(returned))
    assert result is reference(name)
    assert said.startswith(f"{name}: not ") and "check itself failed" not in said


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(NAMES), answer=ANYTHING)
def test_any_answer_gets_a_sentence(name, answer, verdict):
    """Authority: as above; a random answer to a value may be right."""
    result, said = verdict(name, answer)
    assert said.startswith(f"{name}: ") and "check itself failed" not in said
    assert result is reference(name) or said == f"{name}: right."


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(FUNCTIONS), error=ERRORS, late=st.integers(0, 30))
def test_any_exception_gets_a_sentence(name, error, late, verdict):
    """Authority: as above; the exception may come at a later call only."""
    calls = []

    def answer(*args):
        calls.append(args)
        if len(calls) > late:
            raise error
        return reference(name)(*args)

    result, said = verdict(name, answer)
    assert said.startswith(f"{name}: ") and "check itself failed" not in said
    assert result is reference(name) or said == f"{name}: right."


@pytest.mark.parametrize("name", FUNCTIONS)
def test_an_endless_loop_is_stopped(name, verdict, impatient):
    """Authority: the loop, which would never end."""

    def answer(*args):
        while True:
            pass

    result, said = verdict(name, answer)
    assert "takes too long: it was stopped" in said
    assert result is reference(name)


def test_a_stubborn_loop_and_a_sleep_are_stopped(verdict, impatient):
    """Authority: the code, which catches what is thrown at it, or sleeps in C."""

    def stubborn(z):
        while True:
            try:  # noqa: SIM105, as a reader writes it
                len(z)
            except BaseException:
                pass

    for answer in (stubborn, lambda z: time.sleep(3)):
        result, said = verdict("softmax", answer)
        assert "takes too long: it was stopped" in said
        assert result is loss.softmax


@pytest.mark.parametrize("name", NAMES)
def test_the_last_net(name, verdict, monkeypatch):
    """Authority: a fault planted in the check itself still hands back something."""
    monkeypatch.setattr(check, "examine", lambda *args: 1 / 0)
    result, said = verdict(name, stub)
    assert "the check itself failed (ZeroDivisionError)" in said
    assert result is reference(name)


# names and counting


def test_unknown_names():
    """Authority: the exercise that is nearest by spelling."""
    with pytest.raises(AttributeError, match="Did you mean softmax?"):
        check.sofmax  # noqa: B018
    assert not hasattr(check, "nothing_like_it")
    assert set(NAMES) <= set(dir(check))


def test_no_exercise_hides_a_part_of_the_package():
    """Authority: a module's own attribute comes before its exercises."""
    assert [name for name in NAMES if name in vars(check)] == []


def test_exercises_stand_in_the_order_of_the_notebooks():
    """Authority: the list of exercises in the course's plan."""
    by_notebook = {}
    for name, exercise in exercises().items():
        by_notebook.setdefault(exercise.notebook, set()).add(name)
    assert list(by_notebook) == sorted(by_notebook)
    assert by_notebook["00_start_here"] == {"knobs", "distribution", "count_knobs"}
    assert by_notebook["01_probability"] == {
        "normalise",
        "conditional",
        "sequence_log_probability",
        "entropy",
        "bayes",
    }
    assert by_notebook["02_one_hot"] == {
        "encode",
        "decode",
        "one_hot",
        "look_up",
        "cosine",
        "merge",
    }
    assert by_notebook["03_cross_entropy"] == {
        "softmax",
        "cross_entropy",
        "mean_cross_entropy",
        "kl",
        "perplexity",
        "numerical_gradient",
    }


def test_summary_counts_what_was_solved(capsys):
    """Authority: counted by hand."""
    check.summary()
    check.knobs((1, 4))
    check.distribution([1, 1, 1, 1, 1])
    capsys.readouterr()
    check.summary()
    assert capsys.readouterr().out == (
        "00_start_here: 1 of 3 exercises solved. Still to do: "
        "distribution (not right yet), count_knobs (not attempted).\n"
    )
    check.distribution([0.2] * 5)
    check.count_knobs(lambda inputs, outputs: (inputs + 1) * outputs)
    capsys.readouterr()
    check.summary("00_start_here")
    assert capsys.readouterr().out == "00_start_here: 3 of 3 exercises solved.\n"
    check.knobs((1, 1))  # what was right stays solved, whatever is tried later
    capsys.readouterr()
    check.summary("00_start_here")
    assert capsys.readouterr().out == "00_start_here: 3 of 3 exercises solved.\n"


def test_summary_of_nothing_and_of_no_notebook(capsys):
    """Authority: nothing was checked."""
    check.summary()
    check.summary("99_nothing")
    nothing, unknown = capsys.readouterr().out.splitlines()
    assert nothing == "No exercise has been checked yet."
    assert unknown.startswith("There are exercises for 00_start_here, 01_prob")
