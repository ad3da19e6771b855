"""The report as a workbook: complete, bounded, deterministic, and nothing in it runs."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from python_calamine import CalamineWorkbook
from tests.tables import Columns, cleaned

from crmclean.__main__ import run_and_report
from crmclean.config.model import FreshnessSection
from crmclean.core.language import Text
from crmclean.core.summary import Reason, RunSummary
from crmclean.pipeline.reporting import findings_to_list
from crmclean.plugins import REPORTED_FINDINGS
from crmclean.reports import xlsx
from crmclean.reports._xlsx_book import Book
from crmclean.stages.measure import measure

COLUMNS: Columns = {
    ("E-Mail", "email"): ['=HYPERLINK("x")', "@SUM(1)", "-1+1", "+cmd|x", "\x1b[31m\u202ex", "nicht"],
    ("Telefon", "phone"): ["030 Frau Muster", "abc", "", "", "", ""],
}


def book_of(content: bytes) -> CalamineWorkbook:
    return CalamineWorkbook.from_filelike(io.BytesIO(content))


def part(content: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode()


def rendered(columns: Columns, *, show_values: bool = True) -> tuple[RunSummary, bytes]:
    normalised = cleaned(columns)
    summary = measure(normalised, FreshnessSection())
    listed = findings_to_list(normalised.findings, summary, 100, show_values=show_values)
    return summary, xlsx.render_findings(summary, listed, "en")


def test_every_code_has_its_sheet_with_rows_filters_and_frozen_head() -> None:
    summary, content = rendered(COLUMNS)
    book = book_of(content)
    assert book.sheet_names == ["Overview", *(reason.code for reason in summary.findings)]
    for at, reason in enumerate(summary.findings, start=1):
        rows = book.get_sheet_by_name(reason.code).to_python()
        assert len(rows) == reason.n + 1
        xml = part(content, f"xl/worksheets/sheet{at + 1}.xml")
        assert '<pane ySplit="1"' in xml
        assert f'<autoFilter ref="A1:F{reason.n + 1}"/>' in xml


def test_nothing_runs_and_nothing_acts() -> None:
    _, content = rendered(COLUMNS)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("<f>" in text or "vbaProject" in text for text in parts.values())
    assert 'quotePrefix="1"' in parts["xl/styles.xml"]
    texts = parts["xl/sharedStrings.xml"]
    assert "=HYPERLINK" in texts  # as text
    assert "\x1b" not in texts
    assert "\u202e" not in texts


def test_values_are_masked_unless_asked_for() -> None:
    _, content = rendered({("E-Mail", "email"): ["max muster@@firma"]}, show_values=False)
    assert "muster" not in part(content, "xl/sharedStrings.xml")


def test_the_same_bytes_and_no_clock() -> None:
    assert rendered(COLUMNS) == rendered(COLUMNS)
    with zipfile.ZipFile(io.BytesIO(rendered(COLUMNS)[1])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        assert "2000-01-01T00:00:00Z" in archive.read("docProps/core.xml").decode()


def test_long_lists_are_cut_and_say_so() -> None:
    summary, _ = rendered(COLUMNS)
    codes = [f"rule.{'rule' * 12}-{i}" for i in range(60)]
    summary = replace(
        summary,
        findings=tuple(Reason(code, "error", 20_000, (1,)) for code in codes),
        own_rules=tuple((code, Text("x", "x")) for code in codes),
    )
    rows = {"row": [1, 2] * 60, "code": [code for code in codes for _ in range(2)], "value": ["v"] * 120}
    found = pl.DataFrame(rows, schema_overrides={"row": pl.UInt32}).with_columns(
        pl.lit(None).cast(kind).alias(name) for name, kind in REPORTED_FINDINGS.items() if name not in rows
    )
    book = book_of(xlsx.render_findings(summary, found, "en"))
    assert len(book.sheet_names) == 1 + xlsx.MAX_SHEETS
    assert len({name.casefold() for name in book.sheet_names}) == len(book.sheet_names)
    assert max(map(len, book.sheet_names)) <= 31
    assert book.get_sheet_by_index(1).to_python()[-1][0] == "and 19,998 more: see findings.csv"


@pytest.mark.parametrize("wanted", ["", "a/b[c]:*?\\d", "'x'", "History", "x" * 40, "\x07"])
def test_any_text_gives_a_name_for_a_sheet(wanted: str) -> None:
    book = Book("t")
    names = [book.name_for(wanted) for _ in range(12)]
    assert len({name.casefold() for name in names}) == 12
    assert all(re.fullmatch(r"[^\[\]:*?/\\\x00-\x1f]{1,31}", name) and name.casefold() != "history" for name in names)


def test_rows_of_a_workbook_are_links() -> None:
    summary, _ = rendered(COLUMNS)
    as_book = replace(
        summary,
        file={**summary.file, "name": "kunden.xlsx", "format": "xlsx"},
        facts={"sheet": ("Kunden", Text("only one", "einziges"))},
    )
    listed = findings_to_list(cleaned(COLUMNS).findings, summary, 100, show_values=False)
    content = xlsx.render_findings(as_book, listed, "de")
    assert 'Target="kunden.xlsx" TargetMode="External"' in part(content, "xl/worksheets/_rels/sheet2.xml.rels")
    assert "location=\"'Kunden'!A2\"" in part(content, "xl/worksheets/sheet2.xml")


def test_the_command_writes_a_file_or_a_pipe(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    export = Path(__file__).parents[2] / "examples" / "german-excel-export" / "kunden.csv"
    run_and_report(["run", str(export), "-o", str(tmp_path / "run"), "--as-of", "2026-01-31", "-q"])
    capfdbinary.readouterr()
    options = ["report", str(tmp_path / "run"), "--format", "xlsx", "-q"]
    assert run_and_report([*options, "-o", str(tmp_path / "r.xlsx")]) == 0
    assert run_and_report(options) == 0
    assert capfdbinary.readouterr().out == (tmp_path / "r.xlsx").read_bytes()
    assert run_and_report([*options, "--dsgvo", "-o", str(tmp_path / "d.xlsx")]) == 0
    ids = [row[2] for row in book_of((tmp_path / "d.xlsx").read_bytes()).get_sheet_by_index(1).to_python()[1:]]
    assert ids
    assert all(str(each).startswith("#") for each in ids)


def test_a_terminal_gets_a_hint(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert run_and_report(["report", "no-such-file.csv", "--format", "xlsx"]) == 2
    assert "-o report.xlsx" in capsys.readouterr().err
