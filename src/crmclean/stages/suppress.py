"""Stage: who stands on a suppression list may not be contacted there; no record is dropped."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from crmclean.added_findings import findings_at, with_findings
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language
from crmclean.formats.suppression_list import SuppressionList
from crmclean.suppression.hashed import are_listed
from crmclean.suppression.kinds import CHANNELS, values_of
from crmclean.table import Normalised

SUPPRESSED = "suppressed"


def with_suppression(
    cleaned: Normalised, listed: SuppressionList, key: bytes, *, language: Language = "en"
) -> Normalised:
    """The table with a finding at every value that stands on the list, and with what that forbids.

    Args:
        cleaned: the table, judged for a report.
        listed: the list.
        key: it was made with.
        language: of the findings.
    """
    n_rows = cleaned.table.frame.height
    forbidden = {
        channel: pl.repeat(value=False, n=n_rows, dtype=pl.Boolean, eager=True)
        for channels in CHANNELS.values()
        for channel in channels
    }
    found: list[pl.DataFrame] = []
    said = message(SUPPRESSED).said(language)
    told: dict[str, pl.Series] = {}
    for values in values_of(cleaned):
        hashes = listed.hashes.get(values.kind)
        if hashes is None:
            continue
        at = are_listed(values.texts, values.kind, key, hashes)
        if not at.any():
            continue
        for channel in CHANNELS[values.kind]:
            forbidden[channel] = forbidden[channel] | at
        before = told.get(values.column)
        told[values.column] = at if before is None else before | at
    for column, at in told.items():
        found.append(findings_at(cleaned, at, column, SUPPRESSED, FILE_CODES[SUPPRESSED].severity, said))
    return replace(cleaned, findings=with_findings(cleaned, found) if found else cleaned.findings, suppressed=forbidden)
