"""The report as a workbook: an overview, and a sheet for each kind of finding with filters. No formula, no macro."""

from __future__ import annotations

import re

import polars as pl

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.overview_wording import overview_sheets
from crmclean.core.summary import Reason, RunSummary
from crmclean.plugins import REPORTED_FINDINGS, Report
from crmclean.reports._xlsx_book import Book, Cell, Sheet

MAX_SHEETS = 40  # codes with a sheet of their own
MAX_ROWS = 10_000  # of one code
_MAX_LINKS = 65_000  # Excel takes 65,530 in a sheet
_WHOLE = re.compile(r"\d{1,3}([.,]\d{3})*")
_OVERVIEW = Text("Overview", "Übersicht")
_HEAD = Text(
    "row in the file|record|record id|column|value|proposal",
    "Zeile der Datei|Datensatz|Datensatz-ID|Spalte|Wert|Vorschlag",
)


def render(summary: RunSummary, language: Language) -> bytes:
    """The overview alone."""
    return render_findings(summary, pl.DataFrame(schema=dict(REPORTED_FINDINGS)), language)


def render_findings(summary: RunSummary, findings: pl.DataFrame, language: Language) -> bytes:
    """The overview, and the findings: gravest codes first, one sheet each.

    Args:
        summary: the figures.
        findings: ``REPORTED_FINDINGS``.
        language: of what a person reads.
    """
    book = Book(f"{words.TITLE.said(language)}: {summary.file['name']}")
    overview = book.sheet(book.name_for(_OVERVIEW.said(language)))
    by_code = {str(key[0]): part for key, part in findings.partition_by("code", as_dict=True).items()}
    listed = [reason for reason in summary.findings if reason.code in by_code][:MAX_SHEETS]
    sheets = {reason.code: book.name_for(reason.code) for reason in listed}
    _overview(overview, summary, sheets, language)
    for reason in listed:
        _findings(book.sheet(sheets[reason.code]), reason, by_code[reason.code], summary, language)
    return book.close()


def _overview(sheet: Sheet, summary: RunSummary, sheets: dict[str, str], language: Language) -> None:
    sheet.widths(58, 34, 26, 26, 14, 40)
    sheet.for_print()
    sheet.line([words.TITLE.said(language)], bold=True, font_size=16)
    sheet.line([words.heading(summary, language)])
    _title(sheet, Text("Scores", "Werte"), Text("dimension|share|n|of", "Dimension|Anteil|Zähler|von"), language)
    for name, ratio in summary.scores.items():
        sheet.line([words.SCORES[name].said(language), ratio, ratio.n, ratio.of])
    rejects = Text("Lines that are no records", "Zeilen, die keine Datensätze sind").said(language)
    sheet.line([rejects, None, summary.n_rejects])
    for_what = Text("purpose|share|n|of|missing", "Zweck|Anteil|Zähler|von|es fehlt")
    _title(sheet, Text("What the data can be used for", "Wofür die Daten taugen"), for_what, language)
    for purpose in summary.purposes:
        missing = ", ".join(words.field_title(name, language) for name in purpose.missing)
        counts: list[Cell] = [purpose.ratio.n, purpose.ratio.of] if purpose.ratio.of else [None, None]
        sheet.line([purpose.title.said(language), purpose.ratio, *counts, missing])
    for part in overview_sheets(summary, language):
        sheet.line([])
        sheet.line([part.title], bold=True, font_size=13)
        sheet.line(part.head, bold=True, bottom=1)
        for row in part.rows:
            sheet.line([_figure(cell) if i in part.numbers else cell for i, cell in enumerate(row)])
        for note in part.notes:
            sheet.line([note], font_color="#555555")
    _index(sheet, summary, sheets, language)


def _figure(cell: str) -> Cell:
    """A whole number as one, whatever its thousands sign."""
    return int(re.sub("[.,]", "", cell)) if _WHOLE.fullmatch(cell) else cell


def _title(sheet: Sheet, title: Text, head: Text, language: Language) -> None:
    sheet.line([])
    sheet.line([title.said(language)], bold=True, font_size=13)
    sheet.line(head.said(language).split("|"), bold=True, bottom=1)


def _index(sheet: Sheet, summary: RunSummary, sheets: dict[str, str], language: Language) -> None:
    """All codes, with links to those that have a sheet."""
    head = Text("what|code|severity|findings|listed|what to do", "was|Code|Schwere|Befunde|aufgeführt|was tun")
    _title(sheet, Text("Findings", "Befunde"), head, language)
    for reason in summary.findings:
        what, fix = words.code_said(reason.code, language, summary.own_rules)
        severity = words.SEVERITIES[reason.severity].said(language)
        listed = min(reason.n, MAX_ROWS) if reason.code in sheets else 0
        if reason.code in sheets:
            sheet.link(1, f"internal:'{sheets[reason.code]}'!A1", reason.code)
        sheet.line([what, None if reason.code in sheets else reason.code, severity, reason.n, listed, fix])
    if any(reason.n > MAX_ROWS for reason in summary.findings) or len(summary.findings) > len(sheets):
        cut = Text(
            "What is not listed here is in findings.csv.", "Was hier nicht aufgeführt ist, steht in findings.csv."
        )
        sheet.line([cut.said(language)], font_color="#555555")


def _findings(sheet: Sheet, reason: Reason, found: pl.DataFrame, summary: RunSummary, language: Language) -> None:
    head = _HEAD.said(language).split("|")
    sheet.widths(14, 11, 20, 26, 44, 44)
    sheet.line(head, bold=True, bottom=1)
    sheet.freeze(1)
    sheet.for_print(header="repeat")
    target = _row_link(summary)
    columns = ("line", "row", "record_id", "column", "value", "suggestion")
    for line, *rest in found.select(columns).head(MAX_ROWS).iter_rows():
        if target and line is not None and sheet.row < _MAX_LINKS:
            sheet.link(0, target.format(line), str(line))
            sheet.plain([None, *rest])
        else:
            sheet.plain([line, *rest])
    sheet.filter(sheet.row - 1, len(head) - 1)
    if reason.n > sheet.row - 1:
        more = Text("and {} more: see findings.csv", "und {} weitere: siehe findings.csv").said(language)
        sheet.line([more.format(number(reason.n - sheet.row + 1, language))], font_color="#555555")


def _row_link(summary: RunSummary) -> str:
    """Where a row of the export stands, with ``{}`` for its number; empty where the export is no plain workbook.

    The link is to the file's name alone: it works where report and export lie in one folder.
    """
    name = str(summary.file["name"])
    if (
        summary.file["format"] not in ("xlsx", "xls", "ods")
        or summary.file["compression"]
        or "sheet" not in summary.facts
    ):
        return ""
    # Signs a link or its format would take for its own.
    if set("#{}'\"<>") & set(name + summary.facts["sheet"][0]):
        return ""
    return f"external:{name}#'{summary.facts['sheet'][0]}'!A{{}}"


REPORT = Report(
    name="xlsx",
    suffix=".xlsx",
    render=render,
    is_text=False,
    most_findings=MAX_ROWS,
    render_findings=render_findings,
)
