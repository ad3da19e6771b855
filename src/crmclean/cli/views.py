"""What commands show on the terminal, as plain text built from figures. Never a cell value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.catalogue import describe
from crmclean.core.codes import Severity
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary
from crmclean.core.text import column_letters, visible
from crmclean.core.wording import field_title, number
from crmclean.reports.text import REPORT, aligned
from crmclean.table import Normalised, Note, Table


def done(cleaned: Normalised, summary: RunSummary) -> Text:
    """One line about a finished run."""
    errors, warnings = summary.count("error"), summary.count("warning")
    n, changes, rejects = summary.n_rows, cleaned.changes.height, summary.n_rejects
    return Text(
        f"{number(n, 'en')} records, {number(changes, 'en')} cells repaired, {number(errors, 'en')} errors, "
        f"{number(warnings, 'en')} warnings, {number(rejects, 'en')} lines rejected",
        f"{number(n, 'de')} Datensätze, {number(changes, 'de')} Zellen repariert, {number(errors, 'de')} Fehler, "
        f"{number(warnings, 'de')} Warnungen, {number(rejects, 'de')} Zeilen zurückgewiesen",
    )


def cleaned(result: Normalised, out: Path) -> Text:
    """One line about a cleaned file."""
    n, changes, rejects = result.table.frame.height, result.changes.height, len(result.table.rejects)
    place = visible(str(out))
    return Text(
        f"{place}: {number(n, 'en')} records, {number(changes, 'en')} cells repaired, "
        f"{number(result.findings.height, 'en')} findings, {number(rejects, 'en')} lines rejected",
        f"{place}: {number(n, 'de')} Datensätze, {number(changes, 'de')} Zellen repariert, "
        f"{number(result.findings.height, 'de')} Befunde, {number(rejects, 'de')} Zeilen zurückgewiesen",
    )


def remarks(result: Normalised, language: Language) -> list[str]:
    """A line for each kind of thing that a person should know about the file or its lines, before the figures.

    ``FILE:LINE: code: what. Hint: what to do``, as for errors; the first of each kind, and how many there are.
    """
    table = result.table
    kinds: dict[str, list[tuple[int | None, Text]]] = {}
    for note in table.notes:
        if note.severity is not Severity.INFO:
            kinds.setdefault(note.code, []).append((note.line, _with_column(note, table)))
    noted = set(kinds)
    for reject in table.rejects:
        if reject.code not in noted:
            kinds.setdefault(reject.code, []).append((reject.line, describe(reject.code).what))
    hint, more = Text("Hint", "Tipp").said(language), Text("and {} more", "und {} weitere").said(language)
    lines = []
    for code, found in kinds.items():
        line, what = found[0]
        place = f"{table.file.path}:{line}" if line else table.file.path
        others = f" ({more.format(number(len(found) - 1, language))})" if len(found) > 1 else ""
        lines.append(f"{place}: {code}: {what.said(language)}{others}. {hint}: {describe(code).fix.said(language)}")
    return lines


def _with_column(note: Note, table: Table) -> Text:
    if note.column not in table.names:
        return note.message
    place = f'{column_letters(table.names.index(note.column))} "{note.column}"'
    return Text(f"{note.message.en}: column {place}", f"{note.message.de}: Spalte {place}")


def where(out: Path) -> str:
    """Where the report is."""
    return visible(str(out / "report.html"))


def dry_run(result: Normalised, language: Language = "en") -> str:
    """What would change, by column and code."""
    if result.changes.is_empty():
        return Text("no cell would change", "keine Zelle würde geändert").said(language)
    counted = result.changes.group_by("column", "code", "safety", maintain_order=True).len()
    rows = [
        (number(n, language), visible(column), code, safety, describe(code).what.said(language))
        for column, code, safety, n in counted.sort(pl.col("len"), descending=True, maintain_order=True).iter_rows()
    ]
    head = Text("cells that would change", "Zellen, die geändert würden").said(language)
    return "\n".join([f"{number(result.changes.height, language)} {head}", *aligned(rows, right=(0,))])


def profile(summary: RunSummary, language: Language) -> str:
    """The file, the map with its evidence, then the figures."""
    lines = [f"{visible(str(summary.file['name']))}: {summary.file['format']}"]
    lines += aligned(
        (name, visible(value), f"({visible(evidence.said(language))})" if evidence.en else "")
        for name, (value, evidence) in summary.facts.items()
    )
    lines += ["", Text("Which column holds what", "Welche Spalte was enthält").said(language)]
    lines += aligned(
        (
            visible(c.column),
            field_title(c.field, language),
            f"{c.confidence:.0%}" if c.field else "",
            f"@{c.group}" if c.group else "",
            visible(c.evidence.said(language)),
        )
        for c in summary.columns
    )
    return "\n".join([*lines, "", REPORT.render(summary, language).decode().rstrip("\n")])


def profile_json(summary: RunSummary) -> dict[str, Any]:
    """The profile for machines."""
    return {
        "schema_version": summary.schema_version,
        "file": {
            **summary.file,
            **{name: value for name, (value, _) in summary.facts.items()},
            "evidence": {name: evidence.en for name, (_, evidence) in summary.facts.items()},
            "rows": summary.n_rows,
            "rejects": summary.n_rejects,
        },
        "dialect": summary.dialect,
        "columns": [
            {
                "column": c.column,
                "label": c.label,
                "field": c.field,
                "group": c.group,
                "confidence": round(c.confidence, 3),
                "evidence": c.evidence.en,
                "filled": c.filled,
                "valid": c.valid,
                "doubtful": c.doubtful,
                "invalid": c.invalid,
            }
            for c in summary.columns
        ],
        **{key: value for key, value in summary.as_json().items() if key in _PROFILE_KEYS},
    }


_PROFILE_KEYS = frozenset({"as_of", "notes", "purposes", "clocks", "scores", "score", "findings"})
