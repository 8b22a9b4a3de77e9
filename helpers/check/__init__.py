"""Checks that say which mistake they see.

``softmax = check.softmax(softmax)`` looks at the reader's function, says in a
sentence or two what it found, and returns the function if it is right and the
course's own if not, so that a notebook always runs to its end. ``hint("softmax")``
and ``solution("softmax")`` help; ``check.summary()`` counts what was solved.
"""

from helpers.check import cells, record
from helpers.check.engine import OPEN, SOLVED, Verdict, examine
from helpers.check.help import hint, nearest, solution
from helpers.check.subjects import exercises

__all__ = ["hint", "solution", "summary"]

cells.listen()
_progress = {}  # name of the exercise -> status of its last check
_place = record.place()  # where what is solved is kept, None outside a reader's folder


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(name)
    if name not in exercises():
        raise AttributeError(nearest(name))
    return _check(exercises()[name])


def __dir__():
    return [*__all__, *exercises()]


def _check(exercise):
    def check(*answer, **named):
        answer = (*answer, *named.values())
        verdict = _verdict(exercise, answer[0] if len(answer) == 1 else answer or None)
        if _progress.get(exercise.name) != SOLVED:  # what was right once stays solved
            _progress[exercise.name] = verdict.status
        if _place and verdict.status == SOLVED:
            record.add(_place, exercise.notebook, exercise.name)
        print(verdict.sentence)
        if verdict.printed:
            print(verdict.printed)
        return verdict.result

    check.__name__ = check.__qualname__ = exercise.name
    check.__doc__ = (
        f"Check your {exercise.name}; returns it if right, the course's own if not."
    )
    return check


def _verdict(exercise, answer):
    """The last net: a fault in the check itself must not stop a notebook."""
    try:
        return examine(exercise, answer)
    except Exception as error:
        sentence = (
            f"{exercise.name}: the check itself failed ({type(error).__name__}), so "
            "nothing can be said about your answer; please report it."
        )
        return Verdict(OPEN, sentence, exercise.reference)


def summary(notebook=None, *rest):
    """Print how many exercises of each notebook are solved, and which are not.

    Without a name it counts the notebooks whose exercises have been checked. In the
    reader's own copies these are all notebooks so far, as what is solved is kept.
    """
    by_notebook = {}
    for name, exercise in sorted(exercises().items(), key=lambda e: e[1].notebook):
        by_notebook.setdefault(exercise.notebook, []).append(name)
    solved = dict.fromkeys(record.read(_place) if _place else [], SOLVED)
    status = {**solved, **_progress}
    if notebook is None:
        wanted = [n for n, names in by_notebook.items() if status.keys() & {*names}]
    else:
        wanted = [n for n in by_notebook if isinstance(notebook, str) and n == notebook]
        if not wanted:
            print(f"There are exercises for {', '.join(by_notebook)}.")
            return
    if not wanted:
        print("No exercise has been checked yet.")
    for each in wanted:
        print(_count(each, by_notebook[each], status))


def _count(notebook, names, status):
    left = [name for name in names if status.get(name) != SOLVED]
    count = f"{notebook}: {len(names) - len(left)} of {len(names)} exercises solved."
    if notebook in {exercises()[name].notebook for name in _progress}:
        left = [f"{name} ({status.get(name, OPEN)})" for name in left]
    return f"{count} Still to do: {', '.join(left)}." if left else count
