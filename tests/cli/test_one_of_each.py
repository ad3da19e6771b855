"""One record is a record, one cell a cell: in both languages, wherever a number stands before a noun."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from crmclean.__main__ import run_and_report

PLURALS = "records|columns|cells|lines|findings|errors|warnings|rows|days"
PLURALS += "|Datensätze|Spalten|Zellen|Zeilen|Befunde|Warnungen|Tage"
EXPORT = "Nr;Firma;PLZ;Ort;Telefon\n1;  Adler GmbH;1067;Dresden;x\n2;zu wenig\n"


@pytest.mark.parametrize("language", ["en", "de"])
def test_one_is_singular(language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_text(EXPORT)
    said = ""
    for arguments in (
        ("run", export, "-o", tmp_path / "run", "-v", "--fail-on", "error"),
        ("clean", export, "-o", tmp_path / "c.csv"),
        ("clean", export, "--dry-run"),
        ("check", export, "--fail-under", "0.99"),
        ("undo", tmp_path / "run", "-o", tmp_path / "o.csv"),
        ("report", export),
        ("report", export, "--format", "markdown"),
        ("report", export, "--format", "html"),
        ("profile", export),
    ):
        run_and_report([*map(str, arguments), "--lang", language])
        said += "".join(capsys.readouterr())
    assert "1 record" in said or "1 Datensatz" in said
    assert not re.findall(rf"(?<![\d.,])1 (?:{PLURALS})\b[^<]{{,20}}", said)
    if language == "de":
        assert not re.findall(
            r"\b(?:score|ab error|records?|cells?|lines?|safe|would)\b",
            re.sub("<style.*?</style>", "", said, flags=re.DOTALL),
        )


def test_a_missing_folder_says_how_to_make_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    export = tmp_path / "export.csv"
    export.write_text(EXPORT)
    for target, option in (("no such/c.csv", "clean"), ("no such/r.txt", "report"), ("no such/c.toml", "init")):
        assert run_and_report([option, str(export), "-o", str(tmp_path / target)]) == 5
        said = capsys.readouterr().err
        assert f"mkdir -p '{tmp_path}/no such'" in said
        assert said.count("\n") == 1
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]
