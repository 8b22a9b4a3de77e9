"""setup/doctor.py: a healthy machine is fine, and each fault is found and named."""

import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from packaging.requirements import Requirement

from helpers.setup import doctor

HEALTHY = "Python, Free disk, Packages, helpers, JupyterLab, Kernel, Widgets"


def faulty(*checks):
    """Assert that these are faults and say so in both texts, with a way out."""
    for check in checks:
        assert check.ok is False and check.mend.strip() and "\n" not in check.mend
        for text in (doctor.report(checks), doctor.summary(checks)):
            assert check.says in text and check.mend in text


def test_pins_are_read_as_packaging_reads_them():
    """Authority: packaging.requirements."""
    lines = (doctor.ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    texts = [line.split("  #")[0] for line in lines if not line.startswith("#")]
    known = {r.name: str(r.specifier) for r in map(Requirement, texts)}
    assert {name: "==" + pin for name, pin in doctor.pins().items()} == known


@pytest.mark.parametrize(
    "version, ok",
    [((3, 10, 9), 0), ((3, 11, 0), 1), ((3, 14, 2), 1), ((3, 15, 0), 0)],
)
def test_python(version, ok):
    """Authority: the Pythons that the pinned torch has builds for."""
    assert doctor.python(version).ok == bool(ok)
    if not ok:
        faulty(doctor.python(version))


def test_disk():
    assert doctor.disk(0.6).ok
    faulty(doctor.disk(0.4))


def test_a_missing_package():
    faulty(doctor.package("a-package-that-is-not", "1.0"))


@pytest.mark.parametrize(
    "found, ok", [("2.13.0", 1), ("2.13.0+cpu", 1), ("2.12.0", 0), ("2.13.0.post1", 0)]
)
def test_a_version_beside_its_pin(monkeypatch, found, ok):
    """Authority: PEP 440, where what follows + is the same release."""
    monkeypatch.setattr(doctor.metadata, "version", lambda name: found)
    assert doctor.package("torch", "2.13.0").ok == bool(ok)


def test_helpers_of_another_clone(monkeypatch, tmp_path):
    assert doctor.helpers().ok
    monkeypatch.setattr(doctor, "ROOT", tmp_path)
    faulty(doctor.helpers())


def test_helpers_that_are_not_installed(monkeypatch):
    monkeypatch.setattr(doctor, "PROJECT", "a-package-that-is-not")
    faulty(doctor.helpers())


def test_lost_settings(monkeypatch, tmp_path):
    assert doctor.settings().ok
    monkeypatch.setattr(doctor.sys, "prefix", str(tmp_path))
    faulty(doctor.settings())


def test_a_real_kernel_and_a_real_widget():
    """Authority: 6 times 7 is 42, computed in another process."""
    kernel, widgets = doctor.fresh_kernel()
    assert kernel.ok and widgets.ok and "42" in widgets.says


def test_a_widget_that_answers_wrongly(monkeypatch):
    monkeypatch.setattr(doctor, "PROBE", doctor.PROBE.replace("6 *", "5 *"))
    kernel, widgets = doctor.fresh_kernel()
    assert kernel.ok
    faulty(widgets)


def test_a_kernel_without_widgets(monkeypatch):
    monkeypatch.setattr(doctor, "PROBE", "import sys; print(sys.executable)")
    faulty(doctor.fresh_kernel()[-1])


def test_a_kernel_that_does_not_start(monkeypatch):
    def fail(**options):
        raise RuntimeError("Kernel died before replying to kernel_info")

    monkeypatch.setattr("jupyter_client.manager.start_new_kernel", fail)
    faulty(*doctor.fresh_kernel())


def test_a_kernel_of_another_python(monkeypatch, tmp_path):
    (tmp_path / "python").touch()
    path = str(tmp_path / "python")
    monkeypatch.setattr(
        doctor, "PROBE", doctor.PROBE.replace("sys.executable", repr(path))
    )
    faulty(doctor.fresh_kernel()[0])


def test_the_reader_s_own_notebooks(tmp_path):
    """Authority: the files; a folder that is not there yet is no fault."""
    mine = tmp_path / "my-notebooks"
    assert doctor.own_notebooks(mine).ok
    mine.mkdir()
    nbformat.write(nbformat.v4.new_notebook(), mine / "01_one.ipynb")
    assert doctor.own_notebooks(mine).says == "1 notebook"
    (mine / "02_two.ipynb").write_text("{", encoding="utf-8")
    faulty(found := doctor.own_notebooks(mine))
    assert found.says == "02_two.ipynb cannot be read"
    faulty(doctor.own_notebooks(mine / "01_one.ipynb"))


def test_main_fails_on_a_fault(monkeypatch, capsys):
    fine = doctor.Check("Python", True, "3.12.1", "")
    monkeypatch.setattr(doctor, "own_notebooks", lambda: fine)
    monkeypatch.setattr(doctor, "examine", lambda: [fine])
    assert doctor.main() == 0 and "Everything is fine." in capsys.readouterr().out
    monkeypatch.setattr(doctor, "examine", lambda: [fine, doctor.disk(0.1)])
    assert doctor.main() == 1 and "1 to mend." in capsys.readouterr().out


def test_this_environment_is_fine():
    """Every check, as `course.py doctor` makes it: this is the course's environment."""
    assert [check for check in doctor.examine() if not check.ok] == []


def test_in_a_notebook_it_says_the_same_everywhere(tmp_path):
    """Run in a real kernel, far from the course, where no second one may start."""
    notebook = nbformat.v4.new_notebook()
    code = "import jupyter_client.manager as m; m.start_new_kernel = None\n"
    code += "from helpers.setup import doctor\ndoctor.check()"
    notebook.cells = [nbformat.v4.new_code_cell(code)]
    place = {"metadata": {"path": str(tmp_path)}}
    NotebookClient(
        notebook, timeout=300, kernel_name="python3", resources=place
    ).execute()
    (output,) = notebook.cells[0].outputs
    assert output["text"] == "".join(f"{name}: fine\n" for name in HEALTHY.split(", "))


def test_a_healthy_summary_has_no_numbers_and_no_paths():
    checks = [doctor.python((3, 12, 1)), doctor.disk(77.7)]
    checks += [doctor.Check(name, True, "9.9.9", "") for name in doctor.pins()]
    text = doctor.summary(checks)
    assert not re.search(r"[0-9/\\]", text) and text.count("\n") == 2


def test_the_doctor_lies_where_the_pins_are():
    assert (doctor.ROOT / "requirements.txt").is_file()
    assert Path(doctor.__file__).parents[2] == doctor.ROOT
