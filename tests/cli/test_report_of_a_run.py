"""``crmclean report DIR``: the report of a finished run, once more and in any form."""

from __future__ import annotations

from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report
from crmclean.core.registry import REPORTS

EXAMPLE = Path(__file__).parents[2] / "examples" / "german-excel-export" / "kunden.csv"
AS_OF = ("--as-of", "2026-01-31")


def crmclean(*arguments: str | Path) -> int:
    return run_and_report([str(argument) for argument in arguments])


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The folder of a run."""
    assert crmclean("run", EXAMPLE, "-o", tmp_path / "run", *AS_OF, "-q") == 1
    capsys.readouterr()
    return tmp_path / "run"


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("form", sorted(REPORTS))
def test_a_run_gives_the_report_its_export_gives(form: str, language: str, run: Path, tmp_path: Path) -> None:
    """Whatever is asked of the folder, the bytes are those the export itself gives."""
    for place, out in ((EXAMPLE, "direct"), (run, "recalled")):
        more = AS_OF if place == EXAMPLE else ()
        assert crmclean("report", place, "--format", form, "-o", tmp_path / out, "--lang", language, *more) == 0
    assert (tmp_path / "recalled").read_bytes() == (tmp_path / "direct").read_bytes()


@pytest.mark.parametrize("form", ["html", "json"])
def test_its_own_reports_come_back_as_they_are(form: str, tmp_path: Path) -> None:
    crmclean("run", EXAMPLE, "-o", tmp_path / "run", *AS_OF, "-q", "--lang", "de")
    assert crmclean("report", tmp_path / "run", "--format", form, "-o", tmp_path / "again") == 0
    assert (tmp_path / "again").read_bytes() == (tmp_path / "run" / f"report.{form}").read_bytes()


def test_it_goes_to_the_terminal(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crmclean("report", run) == 0
    assert "18 records" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("fault", "code", "said"),
    [
        ("no run", 3, "file-not-found"),
        ("no report", 3, "file-not-found"),
        ("edited", 3, "audit-mismatch"),
        ("gone", 3, "audit-mismatch"),
        ("manifest", 3, "audit-mismatch"),
    ],
)
def test_what_is_no_run_is_refused(
    fault: str, code: int, said: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report, manifest = run / "report.json", run / "manifest.json"
    if fault == "no run":
        manifest.unlink()
    elif fault == "no report":
        manifest.write_text(manifest.read_text().replace("report.json", "other.json"))
    elif fault == "edited":
        report.write_text(report.read_text() + " ")
    elif fault == "gone":
        report.unlink()
    else:
        manifest.write_text("{")
    assert crmclean("report", run) == code
    streams = capsys.readouterr()
    assert streams.out == ""
    assert said in streams.err
    assert streams.err.count("\n") == 1


def test_options_that_would_change_nothing_are_refused(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crmclean("report", run, "--country", "DE", "--map", "PLZ=text") == 2
    assert "--map, --country" in capsys.readouterr().err


@pytest.mark.parametrize("force", [(), ("--force",)])
def test_a_report_is_never_written_over_the_run(force: tuple[str, ...], run: Path) -> None:
    before = (run / "report.json").read_bytes()
    assert crmclean("report", run, "--format", "text", "-o", run / "report.json", *force) == 2
    assert (run / "report.json").read_bytes() == before
