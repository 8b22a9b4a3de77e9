"""What holds for every test: none is skipped, and where the time goes is told.

In several processes (-n 2 --dist loadscope) what belongs together stays in one: the
tests that share one run of a notebook, or one page with it, or a file's fixtures.
"""

import re
import signal
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# The parts of the suite, the one with the longest tests first: a process that is free
# takes the next, so that both end at about the same time.
BROWSER, NBVAL, KERNEL, REST = PARTS = (
    "notebooks and views in a browser",
    "notebooks as nbval runs them",
    "notebooks in this process",
    "everything else",
)
LATE = 120  # seconds that nbval waits for a word of a kernel that has answered
# How long one example takes is the machine's affair.
EXAMPLES = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("any machine", settings(), **EXAMPLES)
settings.load_profile("any machine")
# Run in the background a shell lets nobody hear Ctrl+C, nor what we start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def part_of(nodeid):
    """The part that a test belongs to."""
    if nodeid.startswith("tests/browser/"):
        return BROWSER
    if nodeid.startswith("notebooks/"):
        return NBVAL
    return KERNEL if notebook_of(nodeid) else REST


def notebook_of(nodeid):
    """The notebook that a test is run for, None if it is not run once a notebook."""
    found = re.search(r"(?:\[|^notebooks/)(\d\d_\w+)(?:\]$|\.ipynb::)", nodeid)
    return found and found[1]


def group_of(nodeid):
    """Tests of one group are run in one process, one after the other."""
    return notebook_of(nodeid) or nodeid.split("::")[0], part_of(nodeid)


def pytest_addoption(parser):
    said = "of the tests that are run once a notebook, only those of this one"
    parser.addoption("--notebook", action="append", default=[], help=said)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Leave out the notebooks that are not asked for, and sort the tests by part."""
    if only := config.getoption("notebook"):
        items[:] = [i for i in items if notebook_of(i.nodeid) in (None, *only)]
    for item in items:
        if hasattr(item, "output_timeout"):
            item.output_timeout = LATE
    items.sort(key=lambda item: PARTS.index(part_of(item.nodeid)))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Deal out the tests by group. (xdist 3.8's own marks do nothing on pytest 9.2.)"""
    from xdist.scheduler import LoadScopeScheduling

    class ByGroup(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return group_of(nodeid)

    return ByGroup(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Count a skipped test as failed: a test that did not run has shown nothing."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """The same for a whole file that skips itself, as importorskip does."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped: {report.longrepr}"
    return report


def pytest_terminal_summary(terminalreporter):
    """How long each part took, whether it passed or failed."""
    every = [one for reports in terminalreporter.stats.values() for one in reports]
    every = [one for one in every if isinstance(one, pytest.TestReport)]
    seconds, tests = Counter(), Counter()
    for report in every:
        seconds[part_of(report.nodeid)] += report.duration
        tests[part_of(report.nodeid)] += report.when == "call"
    if not tests:
        return
    from tests.notebooks import BUDGET, write_table  # not before: it loads Matplotlib

    rows = [row for one in every for name, row in one.user_properties if name == BUDGET]
    if rows:
        write_table(BUDGET, sorted(rows, key=lambda row: row["notebook"]))
    workers = terminalreporter.config.getoption("numprocesses", None) or 1
    terminalreporter.section(f"seconds of each part, {workers} at a time")
    for part in PARTS:
        if tests[part]:
            terminalreporter.line(f"{seconds[part]:7.1f}  {tests[part]:5}  {part}")
