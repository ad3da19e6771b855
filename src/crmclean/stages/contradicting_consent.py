"""Stage: records in which one column permits what another one forbids.

Only two cells that are both understood contradict each other: an opt-out that says yes, and an opt-in or newsletter
tick of the same channel that says yes. A refusal of all contact is one of every channel. A no is no contradiction
(nobody asked), and neither are words nobody understands, or calls that are refused where text messages are permitted.
"""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from crmclean.added_findings import findings_at, with_findings
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Language
from crmclean.measures.consent import ALL_CHANNELS
from crmclean.table import Judged, Normalised

OPT_OUT_CONTRADICTS = "privacy.opt-out-contradicts"
_CHANNELS = ("email", "phone", "sms", "post")
# What has to be judged for it.
CONTRADICTING_FIELDS = frozenset(
    {ALL_CHANNELS, *(f"{channel}_{what}" for channel in _CHANNELS for what in ("opt_in", "opt_out"))}
)


def with_contradictions(cleaned: Normalised, *, language: Language = "en") -> Normalised:
    """The table with a finding at each permission that an opt-out of the same record takes back.

    Args:
        cleaned: the table, with ``CONTRADICTING_FIELDS`` judged.
        language: of the findings.
    """
    said, severity = message(OPT_OUT_CONTRADICTS).said(language), FILE_CODES[OPT_OUT_CONTRADICTS].severity
    found: list[pl.DataFrame] = []
    for channel in _CHANNELS:
        permits = cleaned.of_field(f"{channel}_opt_in")
        refuses = [*cleaned.of_field(f"{channel}_opt_out"), *cleaned.of_field(ALL_CHANNELS)]
        if not permits or not refuses:
            continue
        refused = pl.DataFrame([_yes(judged) for judged in refuses]).select(pl.any_horizontal(pl.all())).to_series()
        for judged in permits:
            at = _yes(judged) & refused
            if at.any():
                found.append(findings_at(cleaned, at, judged.column.name, OPT_OUT_CONTRADICTS, severity, said))
    return replace(cleaned, findings=with_findings(cleaned, found)) if found else cleaned


def _yes(judged: Judged) -> pl.Series:
    return (judged.canonical == "yes").fill_null(value=False).alias(judged.column.name)
