"""The exercises, one file for each subject.

A file sets NOTEBOOK, the notebook its exercises stand in, and EXERCISES, in the
order they stand there. It is found by being here. A file whose references need torch
must import it inside them.
"""

import dataclasses
import functools
import importlib
import pkgutil


@functools.cache
def exercises():
    """Name -> exercise, in the order of the notebooks."""
    modules = [
        importlib.import_module(f"{__name__}.{found.name}")
        for found in pkgutil.iter_modules(__path__)
    ]
    return {
        exercise.name: dataclasses.replace(exercise, notebook=module.NOTEBOOK)
        for module in sorted(modules, key=lambda module: module.NOTEBOOK)
        for exercise in module.EXERCISES
    }
