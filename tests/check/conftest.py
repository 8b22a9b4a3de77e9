"""Each test begins as a fresh kernel does: nothing checked, no hint given."""

import pytest

from helpers import check
from helpers.check import guard, help, sentences


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setattr(check, "_progress", {})
    monkeypatch.setattr(help, "_given", {})


@pytest.fixture
def impatient(monkeypatch):
    """Endless loops are stopped sooner, so that the tests do not wait."""
    monkeypatch.setattr(guard, "BUSY", 0.2)
    monkeypatch.setattr(guard, "WAIT", 0.5)


@pytest.fixture
def verdict(capsys):
    """verdict(name, answer) -> (what the check returned, what it printed)"""

    def run(name, answer):
        capsys.readouterr()
        result = getattr(check, name)(answer)
        said = capsys.readouterr().out.strip()
        if "not right yet" in said:  # and where a cell later right numbers come from
            assert sentences.GOES_ON in said
            said = said.replace(f"\n{sentences.GOES_ON}", "")
        return result, said

    return run
