"""What somebody meets who never saw the program: no arguments, the file init wrote, names that promise too much."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report

EXPORT = "Firma;Kürzel;Ort\nAdler Bau GmbH;x1;Bonn\nFalke AG;q7;Köln\n"


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, "utf-8")
    return path


def test_without_arguments_there_is_help_and_no_error_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_and_report([]) == 2
    said = capsys.readouterr()
    assert said.out.startswith("Usage: crmclean")
    assert not said.err


def test_the_configuration_of_init_fits_its_export(
    export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "made.toml"
    assert run_and_report(["init", str(export), "-o", str(made)]) == 0
    assert '"Kürzel" = "-"' in made.read_text("utf-8")  # the column nobody knows
    code = run_and_report(["run", str(export), "-o", str(tmp_path / "r"), "--config", str(made)])
    assert code == 0, capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "hint"),
    [("c.xlsx", ".csv"), ("c.parquet", ".csv"), ("c.csv.gz", ".csv"), ("c.jsonl", ".csv")],
)
def test_a_name_that_promises_another_format_is_refused(
    name: str, hint: str, export: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_and_report(["clean", str(export), "-o", str(tmp_path / name)]) == 2
    assert f"ends with {hint}\n" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv"]


@pytest.mark.parametrize("name", ["c.csv", "c.TXT", "c.tsv", "c", "c.out"])
def test_other_names_promise_nothing_else(name: str, export: Path, tmp_path: Path) -> None:
    assert run_and_report(["clean", str(export), "-o", str(tmp_path / name), "-q"]) == 0


def test_a_packed_export_stays_packed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    packed = tmp_path / "export.csv.gz"
    packed.write_bytes(gzip.compress(EXPORT.encode()))
    assert run_and_report(["clean", str(packed), "-o", str(tmp_path / "c.csv")]) == 2
    assert "ends with .csv.gz\n" in capsys.readouterr().err
    assert run_and_report(["clean", str(packed), "-o", str(tmp_path / "c.csv.gz"), "-q"]) == 0


def test_options_that_contradict_each_other(export: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_and_report(["profile", str(export), "--no-header", "--header-row", "2"]) == 2
    assert "contradict each other" in capsys.readouterr().err


def test_force_replaces_a_run_whose_manifest_is_damaged(export: Path, tmp_path: Path) -> None:
    out = tmp_path / "r"
    assert run_and_report(["run", str(export), "-o", str(out), "-q"]) == 0
    whole = (out / "manifest.json").read_bytes()
    (out / "manifest.json").write_bytes(b"[]")
    assert run_and_report(["run", str(export), "-o", str(out), "-q", "--force"]) == 0
    assert len((out / "manifest.json").read_bytes()) == len(whole)
    assert run_and_report(["undo", str(out), "-o", str(tmp_path / "back.csv"), "-q"]) == 0
