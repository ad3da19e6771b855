"""What the gate says of an export: all that a form of it (``gate_reports``) has to show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from crmclean.core.codes import GRAVITY
from crmclean.core.language import Language, Text
from crmclean.core.summary import RunSummary

RESULT_SCHEMA: Mapping[str, Any] = {
    "row": pl.UInt32,  # 1-based data record number; null for a finding about the file and for a reject
    "line": pl.UInt32,  # physical line or sheet row; null where there is none
    "record_id": pl.String,
    "column": pl.String,  # unique column name; null where none is meant
    "letter": pl.String,  # what a spreadsheet calls that column
    "field": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "value": pl.String,  # masked unless asked for; null for a finding about the file
    "suggestion": pl.String,  # likewise
    "message_en": pl.String,
    "message_de": pl.String,
    "is_new": pl.Boolean,  # not in the baseline; true without one
    "fails": pl.Boolean,  # this is what the gate fails for
}


@dataclass(frozen=True, slots=True)
class Limit:
    """One thing the gate asks for.

    Attributes:
        name: ``findings``, ``rejects``, ``rows``, ``score`` or the name of a dimension.
        is_warning: passing it by is said, but fails nothing.
        why: what is wrong; ``None`` when it is met.
    """

    name: str
    is_warning: bool
    why: Text | None


@dataclass(frozen=True, slots=True)
class BaselineFigures:
    """What came of the comparison with a baseline.

    Attributes:
        known: findings that are in it.
        new: findings that are not.
        stale: its entries that are no finding any more.
        stale_by_code: those by code, the most frequent first.
    """

    known: int
    new: int
    stale: int
    stale_by_code: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class GateResult:
    """What the gate says.

    Attributes:
        path: of the export as a CI system shows it: relative to the working folder where it lies in it, with ``/``.
        limits: everything that was asked for, met or not.
        summary: the figures.
        findings: ``RESULT_SCHEMA``: about the file, rejected lines, then cells by row and column; where there is a
            history with ``status`` (new or open) and ``first_seen`` (ISO day).
        baseline: ``None`` where there is none.
        records_named: what ``record_id`` holds: ids as they are, hashes with a key of the user's, or with one of the
            file's, which are others in every export.
    """

    path: str
    limits: tuple[Limit, ...]
    summary: RunSummary
    findings: pl.DataFrame
    baseline: BaselineFigures | None = None
    records_named: Literal["by-id", "keyed", "by-file"] = "by-id"

    @property
    def passed(self) -> bool:
        """Whether the export is good enough."""
        return not any(limit.why and not limit.is_warning for limit in self.limits)

    @property
    def is_named_by_file(self) -> bool:
        """Whether records are named otherwise in every export."""
        return self.records_named == "by-file"

    @property
    def failures(self) -> tuple[Text, ...]:
        """What is not good enough."""
        return tuple(limit.why for limit in self.limits if limit.why and not limit.is_warning)

    @property
    def warnings(self) -> tuple[Text, ...]:
        """What is not as good as it should be."""
        return tuple(limit.why for limit in self.limits if limit.why and limit.is_warning)

    def said(self, language: Language) -> pl.DataFrame:
        """The findings with their ``message`` in one language, in place of those in both."""
        return self.findings.with_columns(pl.col(f"message_{language}").alias("message")).drop(
            "message_en", "message_de"
        )

    def gravest(self, language: Language) -> pl.DataFrame:
        """The new findings as ``said``: those about the file as a whole, then errors, then the rest.

        Those a person needs not look at are left out; notes (``info``) are shown where the gate fails for them.
        """
        shown = self.said(language).filter(pl.col("is_new") & ((pl.col("severity") != "info") | pl.col("fails")))
        rank = pl.col("severity").replace_strict(GRAVITY, return_dtype=pl.UInt8)
        return shown.sort(pl.col("row").is_not_null() | pl.col("line").is_not_null(), rank, maintain_order=True)

    @staticmethod
    def listed(findings: pl.DataFrame, most: int) -> tuple[pl.DataFrame, int]:
        """The first of ``gravest``, and how many were left out.

        What is said about the file as a whole is never left out and takes no one's place: it is little, and a torn or
        stale export must not be told after fifty wrong phone numbers.
        """
        about_file = findings.filter(pl.col("row").is_null() & pl.col("line").is_null())
        shown = findings.head(about_file.height + most)
        return shown, findings.height - shown.height


def joined(reasons: tuple[Text, ...]) -> Text:
    """Several reasons in one line."""
    return Text("; ".join(r.en for r in reasons), "; ".join(r.de for r in reasons))
