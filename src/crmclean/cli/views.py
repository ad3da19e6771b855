"""What commands show on the terminal, as plain text built from figures. Never a cell value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from crmclean.cli.file_facts import typed_facts
from crmclean.core.catalogue import describe
from crmclean.core.codes import Severity
from crmclean.core.counting import CELLS, DUPLICATES, ERRORS, FINDINGS, LINES, PAIRS, RECORDS, WARNINGS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary
from crmclean.core.text import column_letters, visible
from crmclean.core.wording import SAFETIES, fact_title, fact_value, field_title
from crmclean.matching.bands import REVIEW
from crmclean.pipeline import Run
from crmclean.reports.text import REPORT, aligned
from crmclean.table import Normalised, Note, Table


def done(run: Run) -> Text:
    """One line about a finished run."""
    summary = run.summary
    n, changes = amount(summary.n_rows, RECORDS), amount(run.cleaned.normalised.changes.height, CELLS)
    errors, warnings = amount(summary.count("error"), ERRORS), amount(summary.count("warning"), WARNINGS)
    rejects = amount(summary.n_rejects, LINES)
    superfluous = amount(run.found.n_superfluous, DUPLICATES)
    return Text(
        f"{n.en}, {changes.en} repaired, {errors.en}, {warnings.en}, {rejects.en} rejected, {superfluous.en}",
        f"{n.de}, {changes.de} repariert, {errors.de}, {warnings.de}, {rejects.de} zurückgewiesen, {superfluous.de}",
    )


def to_decide(run: Run, out: Path) -> Text | None:
    """How many pairs wait for a person, and where; nothing where none does."""
    n = int((run.found.pairs["band"] == REVIEW).sum())
    if not n:
        return None
    pairs, command = amount(n, PAIRS), f"`crmclean review {visible(str(out))}`"
    return Text(f"{pairs.en} to decide: {command}", f"{pairs.de} zu entscheiden: {command}")


def cleaned(result: Normalised, out: Path) -> Text:
    """One line about a cleaned file."""
    n, changes = amount(result.table.frame.height, RECORDS), amount(result.changes.height, CELLS)
    findings, rejects = amount(result.findings.height, FINDINGS), amount(len(result.table.rejects), LINES)
    place = visible(str(out))
    return Text(
        f"{place}: {n.en}, {changes.en} repaired, {findings.en}, {rejects.en} rejected",
        f"{place}: {n.de}, {changes.de} repariert, {findings.de}, {rejects.de} zurückgewiesen",
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


def dry_run(result: Normalised, language: Language) -> str:
    """What would change, by column and code."""
    if result.changes.is_empty():
        return Text("no cell would change", "keine Zelle würde geändert").said(language)
    counted = result.changes.group_by("column", "code", "safety", maintain_order=True).len()
    rows = [
        (
            number(n, language),
            visible(column),
            code,
            SAFETIES[safety].said(language),
            describe(code).what.said(language),
        )
        for column, code, safety, n in counted.sort(pl.col("len"), descending=True, maintain_order=True).iter_rows()
    ]
    n = result.changes.height
    what = Text("that would change", "die geändert würde" if n == 1 else "die geändert würden")
    head = f"{amount(n, CELLS).said(language)}{', ' if language == 'de' else ' '}{what.said(language)}"
    return "\n".join([head, *aligned(rows, right=(0,))])


def profile(summary: RunSummary, language: Language) -> str:
    """The file, the map with its evidence, then the figures."""
    lines = [f"{visible(str(summary.file['name']))}: {summary.file['format']}"]
    lines += aligned(
        (
            fact_title(name, language),
            visible(fact_value(value, language)),
            f"({visible(evidence.said(language))})" if evidence.en else "",
        )
        for name, (value, evidence) in summary.facts.items()
    )
    lines += ["", Text("Which column holds what", "Welche Spalte was enthält").said(language)]
    lines += aligned(
        (
            visible(c.column),
            field_title(c.field, language),
            f"{c.confidence * 100:.0f} %" if c.field else "",
            f"@{c.group}" if c.group else "",
            visible(c.evidence.said(language)),
        )
        for c in summary.columns
    )
    return "\n".join([*lines, "", REPORT.render(summary, language).decode().rstrip("\n")])


def profile_json(summary: RunSummary, table: Table) -> dict[str, Any]:
    """The profile for machines; ``docs/figures.md`` says what its keys mean."""
    return {
        "schema_version": summary.schema_version,
        "file": {
            **summary.file,
            **typed_facts(table),
            "evidence": {name: evidence.en for name, (_, evidence) in summary.facts.items() if evidence.en},
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
