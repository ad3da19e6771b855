"""Stage: completeness, validity and staleness, as figures with numerator and denominator."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import PurePath

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.config.model import FreshnessSection
from crmclean.core.codes import GRAVITY
from crmclean.core.registry import FIELDS
from crmclean.core.summary import ColumnFigures, FieldFigures, FileNote, Ratio, Reason, RunSummary
from crmclean.enriching.result import Enriched
from crmclean.matching.duplicates import Duplicates
from crmclean.matching.figures import duplicate_figures, uniqueness
from crmclean.measures.clocks import measure_clocks, timeliness
from crmclean.measures.consistency import consistency
from crmclean.measures.examples import measure_examples
from crmclean.measures.groups import measure_groups
from crmclean.measures.next_steps import measure_next_steps
from crmclean.measures.purposes import served_purposes
from crmclean.measures.records import Records
from crmclean.measures.relationship import measure_relationship
from crmclean.table import Column, FileFacts, Normalised, Verdict

_EXAMPLES = 5


def measure(
    cleaned: Normalised,
    freshness: FreshnessSection,
    *,
    lifecycle: LifecycleSection | None = None,
    country: str = "",
    entity: str = "auto",
    found: Duplicates | None = None,
    enriched: Enriched | None = None,
) -> RunSummary:
    """All figures of one export.

    Args:
        cleaned: the normalised table.
        freshness: limits of the clocks.
        lifecycle: limits of the phases of a relationship; the usual ones if left out.
        country: the run's default country; invoices abroad need a VAT id.
        entity: what a record is, see ``Records``; decides which fields it could fill.
        found: its duplicates, where they were looked for.
        enriched: what directories brought, where they were asked.
    """
    records = Records(cleaned, entity, enriched.verified if enriched else None)
    reasons = _reasons(cleaned.findings, by="column")
    columns = tuple(_column_figures(column, cleaned, reasons) for column in cleaned.columns)
    served = served_purposes(records, country)
    purposes = tuple(purpose for purpose, _ in served)
    clocks = measure_clocks(records, freshness)
    judged = [c for c in columns if c.valid + c.doubtful + c.invalid]
    table = cleaned.table
    agreement = consistency(records)
    scores = {
        "completeness": Ratio(sum(p.ratio.n for p in purposes), sum(p.ratio.of for p in purposes)),
        "validity": Ratio(sum(c.valid for c in judged), sum(c.valid + c.invalid for c in judged)),
        "timeliness": timeliness(records, freshness, clocks),
        **({"uniqueness": uniqueness(found)} if found else {}),
        **({"consistency": agreement} if agreement.of else {}),
    }
    duplicates = duplicate_figures(found) if found else None
    return RunSummary(
        tool_version=version("crmclean"),
        file=_file(table.file),
        facts=table.file.facts,
        dialect=cleaned.dialect,
        as_of=cleaned.as_of.isoformat(),
        n_rows=table.frame.height,
        n_columns=len(columns),
        n_rejects=len(table.rejects),
        notes=tuple(FileNote(n.code, n.severity.value, n.message, n.line, n.column) for n in table.notes),
        rejects=_reject_reasons(cleaned),
        columns=columns,
        fields=_field_figures(records),
        purposes=purposes,
        clocks=clocks,
        scores=scores,
        duplicates=duplicates,
        enrichment=enriched.figures if enriched else None,
        relationship=measure_relationship(records, lifecycle or LifecycleSection()),
        findings=tuple(sorted(_all(_reasons(cleaned.findings, by=None)), key=_gravest_first)),
        changes=tuple(
            cleaned.changes.group_by("code", "safety")
            .len()
            .sort(["len", "code", "safety"], descending=[True, False, False])
            .iter_rows()
        ),
        groups=measure_groups(records, served),
        examples=measure_examples(cleaned.findings),
        next_steps=measure_next_steps(
            records,
            served,
            country,
            columns=columns,
            scores=scores,
            duplicates=duplicates,
            n_rejects=len(table.rejects),
        ),
    )


def _file(file: FileFacts) -> dict[str, str | int]:
    return {
        "name": PurePath(file.path).name,
        "format": file.format,
        "compression": file.compression,
        "size_bytes": file.size_bytes,
        "sha256": file.sha256,
    }


def _gravest_first(reason: Reason) -> tuple[int, int, str]:
    return GRAVITY[reason.severity], -reason.n, reason.code


def _all(reasons: dict[str | None, list[Reason]]) -> list[Reason]:
    return [reason for group in reasons.values() for reason in group]


def _reasons(findings: pl.DataFrame, by: str | None) -> dict[str | None, list[Reason]]:
    """Findings counted by code, in groups by a column of the findings (or in one group)."""
    keys = ["code", "severity", *([by] if by else [])]
    counted = findings.group_by(keys, maintain_order=True).agg(
        n=pl.len(), rows=pl.col("row").drop_nulls().unique(maintain_order=True).head(_EXAMPLES)
    )
    grouped: dict[str | None, list[Reason]] = {}
    for found in counted.iter_rows(named=True):
        reason = Reason(found["code"], found["severity"], found["n"], tuple(found["rows"]))
        grouped.setdefault(found[by] if by else None, []).append(reason)
    for reasons in grouped.values():
        reasons.sort(key=_gravest_first)
    return grouped


def _reject_reasons(cleaned: Normalised) -> tuple[Reason, ...]:
    """Rejects counted by code; ``rows`` holds physical lines here, a reject has no record number."""
    lines: dict[str, list[int]] = {}
    for reject in cleaned.table.rejects:
        lines.setdefault(reject.code, []).append(reject.line)
    return tuple(
        Reason(code, "error", len(found), tuple(found[:_EXAMPLES]))
        for code, found in sorted(lines.items(), key=lambda item: (-len(item[1]), item[0]))
    )


def _column_figures(column: Column, cleaned: Normalised, reasons: dict[str | None, list[Reason]]) -> ColumnFigures:
    n_rows = cleaned.table.frame.height
    counts = dict.fromkeys(Verdict, 0)
    if column.name in cleaned.judged:
        found = cleaned.judged[column.name].verdict.value_counts()
        counts.update({Verdict(value): n for value, n in found.iter_rows()})
    else:
        raw = cleaned.table.frame[column.name]
        counts[Verdict.UNJUDGED] = int((raw.str.strip_chars() != "").fill_null(value=False).sum())
        counts[Verdict.EMPTY] = n_rows - counts[Verdict.UNJUDGED]
    return ColumnFigures(
        column=column.name,
        label=column.label,
        field=column.field,
        group=column.group,
        confidence=column.confidence,
        evidence=column.evidence,
        reasons=tuple(reasons.get(column.name, ())),
        **{verdict.name.lower(): counts[verdict] for verdict in Verdict},
    )


def _field_figures(records: Records) -> tuple[FieldFigures, ...]:
    """Every mapped field over all its columns, in the order of its first column."""
    figures = []
    for name in records.fields():
        if name == "text":
            continue
        applies = records.applies(FIELDS[name])
        of = int(applies.sum())
        filled = int((records.filled(name) & applies).sum())
        usable = int((records.usable(name) & applies).sum())
        columns = tuple(j.column.name for j in records.cleaned.of_field(name))
        figures.append(FieldFigures(name, columns, Ratio(filled, of), Ratio(usable, of)))
    return tuple(figures)
