"""Stage: every finding as grave as the configuration says; what it wants off is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from crmclean.config.own_rules import OFF, severity_of
from crmclean.core.codes import Severity
from crmclean.table import Normalised, Note


def apply_severities(cleaned: Normalised, severities: Mapping[str, str]) -> Normalised:
    """Give findings and notes the severities of ``[severity]``.

    What is known of a cell stays: validity, changes and scores are the same. Only what is shown, and what the gate
    counts, follows.

    Args:
        cleaned: the table.
        severities: code or glob to severity or ``off``.
    """
    notes = tuple(_noted(cleaned.table.notes, severities))
    return replace(
        cleaned,
        findings=with_severities(cleaned.findings, severities),
        table=replace(cleaned.table, notes=notes),
    )


def with_severities(findings: pl.DataFrame, severities: Mapping[str, str]) -> pl.DataFrame:
    """The same for a frame of the schema ``FINDINGS_SCHEMA``."""
    codes = findings["code"].unique(maintain_order=True).cast(pl.String).to_list()
    said = {code: level for code in codes if (level := severity_of(code, severities)) is not None}
    off = [code for code, level in said.items() if level == OFF]
    changed = {code: level for code, level in said.items() if level != OFF}
    if off:
        findings = findings.filter(~pl.col("code").cast(pl.String).is_in(off))
    if not changed:
        return findings
    new = pl.col("code").cast(pl.String).replace_strict(changed, default=None, return_dtype=pl.String)
    return findings.with_columns(severity=pl.coalesce(new, pl.col("severity").cast(pl.String)).cast(pl.Categorical))


def _noted(notes: tuple[Note, ...], severities: Mapping[str, str]) -> list[Note]:
    kept = []
    for note in notes:
        level = severity_of(note.code, severities)
        if level != OFF:
            kept.append(note if level is None else replace(note, severity=Severity(level)))
    return kept
