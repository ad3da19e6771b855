"""A file with cells written as ``="text"``, from the command line: judged right, written alike, undone."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report

# Bare beside quoted cells, quoted like any other cell, and in a file without any quoted cell.
EXPORTS = {
    "bare": '"Nr";"Firma";"PLZ";"Ort"\n"1";"Adler; Nord";="01067";" Dresden"\n"2";"Falke";=" 04109 ";"Leipzig"\n',
    "quoted": '"Nr","Firma","PLZ"\n"1","Adler","=""01067"""\n"2","Falke","="" 04109 """\n',
    "alone": '="Nr";="PLZ"\n="1";="01067"\n="2";=" 04109 "\n="3";\n',
}


@pytest.mark.parametrize("name", EXPORTS)
def test_run_and_undo(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export, out, back = tmp_path / "export.csv", tmp_path / "out", tmp_path / "back.csv"
    export.write_text(EXPORTS[name], encoding="utf-8")
    assert run_and_report(["profile", str(export)]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    assert 'written as ="text", in ' in shown.out
    assert shown.out.count("text-formula") == 1
    assert "postal_code.format" not in shown.out
    assert "formula-cell" not in shown.out
    assert run_and_report(["run", str(export), "-o", str(out)]) == 0
    cleaned = (out / "cleaned.csv").read_text(encoding="utf-8")
    assert cleaned == EXPORTS[name].replace(" 04109 ", "04109").replace(" Dresden", "Dresden")
    with (out / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        changes = {(row["column"], row["after"]) for row in csv.DictReader(file)}
    assert ("PLZ", "04109") in changes
    assert run_and_report(["undo", str(out), "-o", str(back)]) == 0
    assert back.read_bytes() == export.read_bytes()


def test_what_spreadsheets_would_run_is_still_called_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_text('Nr;PLZ;Notiz\n1;="01067";=1+1\n2;="01099";"=""a""&""b"""\n', encoding="utf-8")
    assert run_and_report(["profile", str(export)]) == 0
    found = [line.split() for line in capsys.readouterr().out.splitlines() if " formula-cell " in line]
    assert [line[:3] for line in found] == [["warning", "2", "formula-cell"]]
