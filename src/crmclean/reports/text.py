"""The report for a terminal: plain aligned text, no colour needed to read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

from crmclean.core import history_trends as past_trends
from crmclean.core import history_wording as past_words
from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.overview_wording import overview_sheets
from crmclean.core.relationship_wording import Sheet, sheets
from crmclean.core.summary import RunSummary
from crmclean.plugins import Report

BAR_WIDTH = 20  # characters
MAX_NAME = 32  # characters of a column name; longer ones are cut with an ellipsis


def _safe(text: str, limit: int = 200) -> str:
    """Text a terminal can't be harmed by, of bounded length."""
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"


def _width(text: str) -> int:
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def aligned(rows: Iterable[Sequence[str]], right: Sequence[int] = (), indent: str = "  ") -> list[str]:
    """Rows as lines with columns under each other; the columns in ``right`` are flush right."""
    table = [list(row) for row in rows]
    widths = [max((_width(row[i]) for row in table), default=0) for i in range(max(map(len, table), default=0))]
    lines = []
    for row in table:
        cells = []
        for i, cell in enumerate(row):
            fill = " " * (widths[i] - _width(cell))
            cells.append(fill + cell if i in right else cell + fill)
        lines.append((indent + "  ".join(cells)).rstrip())
    return lines


def bar(n: int, of: int) -> str:
    """A share as a bar of ``BAR_WIDTH`` characters.

    >>> bar(1, 2)
    '##########----------'
    """
    full = round(BAR_WIDTH * n / of) if of else 0
    return "#" * full + "-" * (BAR_WIDTH - full)


def render(summary: RunSummary, language: Language) -> bytes:
    """The figures as text, UTF-8."""
    lines = [_safe(words.heading(summary, language)), ""]
    figures = (_scores, _history, _overview, _purposes, _columns, _clocks, _relationship, _duplicates, _enrichment)
    for part in (*figures, _findings, _rejects):
        lines += [*said, ""] if (said := part(summary, language)) else []
    return ("\n".join(lines).rstrip() + "\n").encode()


def _scores(summary: RunSummary, language: Language) -> list[str]:
    rows = [
        (
            words.SCORES[name].said(language),
            bar(r.n, r.of),
            words.percent(r, language),
            words.counted(r, language) if r.of else "",
        )
        for name, r in summary.scores.items()
    ]
    return aligned(rows, right=(2,), indent="")


def _history(summary: RunSummary, language: Language) -> list[str]:
    past = summary.history
    if past is None:
        return []
    rows = past_words.code_rows(past, language)
    moved = past_words.move_rows(past, past_words.phase_titles(summary), language)
    unusual = [
        (words.SEVERITIES[a.severity].said(language), a.code, _safe(past_words.anomaly_said(a, language)))
        for a in past.anomalies
    ]
    lines = [_safe(past_words.since_said(past, language)), *aligned(unusual)]
    if rows:
        lines += aligned([past_words.code_head(past, language), *rows], right=range(1, len(rows[0]) - 2))
    if unchanged := past_words.unchanged_said(past, language):
        lines.append(f"  {unchanged}")
    if moved:
        head = past_words.MOVE_HEAD.said(language).split("|")
        lines += ["", past_words.PHASES.said(language), *aligned([head, *moved], right=(0,))]
    if trends := past_trends.trend_rows(summary, language):
        table = [past_trends.trend_head(summary, language), *trends]
        lines += ["", past_trends.TITLE.said(language), *aligned(table, right=range(1, len(table[0])))]
    return lines


def _purposes(summary: RunSummary, language: Language) -> list[str]:
    rows = []
    for purpose in summary.purposes:
        said = words.counted(purpose.ratio, language)
        if not purpose.ratio.of:
            said = words.not_applicable(purpose.missing, language)
        rows.append((purpose.title.said(language), words.percent(purpose.ratio, language), said))
    return [Text("Usable for", "Nutzbar für").said(language), *aligned(rows, right=(1,))]


def _columns(summary: RunSummary, language: Language) -> list[str]:
    head = Text("column|field|filled|valid|doubtful|invalid", "Spalte|Feld|gefüllt|gültig|zweifelhaft|ungültig")
    rows = [head.said(language).split("|")]
    for c in summary.columns:
        figures = [number(n, language) for n in (c.filled, c.valid, c.doubtful, c.invalid)]
        if not c.valid + c.doubtful + c.invalid:
            figures[1:] = ["", "", ""]
        rows.append([_safe(c.column, MAX_NAME), words.field_title(c.field, language), *figures])
    return [Text("Columns", "Spalten").said(language), *aligned(rows, right=(2, 3, 4, 5))]


def _clocks(summary: RunSummary, language: Language) -> list[str]:
    rows = [Text("clock|fresh|stale|unknown|", "Uhr|frisch|veraltet|unbekannt|").said(language).split("|")]
    for clock in summary.clocks:
        figures = [number(n, language) for n in (clock.fresh, clock.stale, clock.unknown)]
        rows.append([clock.title.said(language), *figures, words.clock_said(clock, language)])
    return [Text("Freshness", "Aktualität").said(language), *aligned(rows, right=(1, 2, 3))]


def _overview(summary: RunSummary, language: Language) -> list[str]:
    return _sheets(overview_sheets(summary, language))


def _relationship(summary: RunSummary, language: Language) -> list[str]:
    return _sheets(sheets(summary.relationship, language)) if summary.relationship else []


def _sheets(found: Iterable[Sheet]) -> list[str]:
    lines: list[str] = []
    for sheet in found:
        rows = [[_safe(cell, MAX_NAME * 2) for cell in row] for row in (sheet.head, *sheet.rows)]
        lines += ["", sheet.title, *aligned(rows, right=sheet.numbers), *(f"  {_safe(note)}" for note in sheet.notes)]
    return lines[1:]


def _duplicates(summary: RunSummary, language: Language) -> list[str]:
    found = summary.duplicates
    if found is None:
        return []
    rows = [
        (number(band.pairs, language), words.BANDS[band.name].said(language), words.expected_said(band, language))
        for band in found.bands
    ]
    shared = [
        (number(value.entities, language), words.shared_said(value, language), words.rows_said(value.rows, language))
        for value in found.shared
    ]
    title = Text("Duplicates (pairs)", "Dubletten (Paare)").said(language)
    lines = [title, *aligned(rows, right=(0,)), f"  {words.clusters_said(found, language)}"]
    return [*lines, "", words.SHARED.said(language), *aligned(shared, right=(0,))] if shared else lines


def _enrichment(summary: RunSummary, language: Language) -> list[str]:
    found = summary.enrichment
    if found is None:
        return []
    counts = [(number(n, language), words.ENRICHED[key].said(language)) for key, n in words.enriched_counts(found)]
    head = ("", words.FILLED_CELLS.said(language), words.PROPOSED_CELLS.said(language))
    cells = [
        (title, number(filled, language), number(proposed, language))
        for title, filled, proposed in words.enriched_cells(found, language)
    ]
    register = [(number(n, language), code, words.code_said(code, language)[0]) for code, n in found.register]
    lines = [words.ENRICHMENT.said(language), *aligned(counts, right=(0,))]
    lines += ["", *aligned([head, *cells], right=(1, 2))] if cells else []
    return [*lines, "", *aligned(register, right=(0,))] if register else lines


def _findings(summary: RunSummary, language: Language) -> list[str]:
    head = Text("Findings", "Befunde").said(language)
    rows = [
        (words.SEVERITIES[note.severity].said(language), "", note.code, _safe(note.message.said(language)))
        for note in summary.notes
    ]
    rows += [
        (
            words.SEVERITIES[found.severity].said(language),
            number(found.n, language),
            found.code,
            words.code_said(found.code, language, summary.own_rules)[0],
        )
        for found in summary.findings
    ]
    return [head, *(aligned(rows, right=(1,)) if rows else [f"  {words.NO_FINDINGS.said(language)}"])]


def _rejects(summary: RunSummary, language: Language) -> list[str]:
    if not summary.rejects:
        return []
    head = Text("Lines that are no records", "Zeilen, die keine Datensätze sind").said(language)
    rows = [(number(r.n, language), r.code, words.code_said(r.code, language)[1]) for r in summary.rejects]
    return [head, *aligned(rows, right=(0,))]


REPORT = Report(name="text", suffix=".txt", render=render)
