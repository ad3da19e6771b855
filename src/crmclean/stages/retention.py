"""Stage: records of which nothing has been heard for longer than they may be kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl

from crmclean.added_findings import findings_at, with_findings
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language
from crmclean.measures.dated import latest
from crmclean.measures.records import Records
from crmclean.table import Normalised

KEPT_TOO_LONG = "privacy.kept-too-long"
# Any of them is a sign that the record is still in use: the latest counts.
_CLOCKS = ("last_activity_at", "last_purchase_at", "verified_at", "modified_at", "created_at", "consent_at")


def with_retention(cleaned: Normalised, keep_years: int, *, language: Language = "en") -> Normalised:
    """The table with a finding for each record whose last sign of life is too long ago; without one nothing is known.

    Args:
        cleaned: the table, judged for a report.
        keep_years: calendar years before ``as_of``.
        language: of the findings.
    """
    names = [judged.column.name for name in _CLOCKS for judged in cleaned.of_field(name)]
    if not names:
        return cleaned
    at = latest(Records(cleaned), _CLOCKS) < _years_before(cleaned.as_of, keep_years)
    at = at.fill_null(value=False)
    if not at.any():
        return cleaned
    said, severity = message(KEPT_TOO_LONG).said(language), FILE_CODES[KEPT_TOO_LONG].severity
    found: list[pl.DataFrame] = [findings_at(cleaned, at, names[0], KEPT_TOO_LONG, severity, said)]
    return replace(cleaned, findings=with_findings(cleaned, found))


def _years_before(day: date, years: int) -> date:
    year = max(1, day.year - years)
    # The 29th of February of a year that has none counts as the 28th.
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
