"""An option that says something files of this format don't have is refused, never silently passed over."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from crmclean import api
from crmclean.__main__ import run_and_report
from crmclean.core.errors import UsageError

FRAME = pl.DataFrame({"Firma": ["Adler GmbH", "Falke AG"], "Ort": ["Ulm", "Jena"]})


def made(form: str, folder: Path) -> Path:
    """A small export in this format."""
    path = folder / f"export.{form}"
    if form == "xlsx":
        FRAME.write_excel(path)
    elif form == "parquet":
        FRAME.write_parquet(path)
    elif form == "jsonl":
        FRAME.write_ndjson(path)
    else:
        FRAME.write_csv(path, separator=";")
    return path


@pytest.mark.parametrize(
    ("form", "options"),
    [
        ("csv", ("--sheet", "Kunden")),
        ("xlsx", ("--delimiter", ";")),
        ("xlsx", ("--encoding", "cp1252")),
        ("parquet", ("--sheet", "Kunden")),
        ("parquet", ("--no-header",)),
        ("jsonl", ("--delimiter", ";")),
        ("jsonl", ("--header-row", "2")),
    ],
)
def test_an_option_of_another_format_is_refused(
    form: str, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export = made(form, tmp_path)
    assert run_and_report(["run", str(export), "-o", str(tmp_path / "out"), *options]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert options[0] in said.err
    assert said.err.count("\n") == 1
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("form", "options"),
    [("csv", ("--delimiter", ";")), ("csv", ("--encoding", "utf-8")), ("xlsx", ("--header-row", "1"))],
)
def test_an_option_of_this_format_counts(form: str, options: tuple[str, ...], tmp_path: Path) -> None:
    assert run_and_report(["clean", str(made(form, tmp_path)), "--dry-run", "-q", *options]) == 0


def test_the_same_from_python(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--sheet"):
        api.read(made("csv", tmp_path), sheet="Kunden")
