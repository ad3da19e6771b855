"""A report in one of its forms, with the findings where the form lists them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from crmclean.core.language import Language
from crmclean.core.privacy import references
from crmclean.core.registry import REPORTS
from crmclean.core.summary import RunSummary
from crmclean.masked_findings import with_masks
from crmclean.pipeline.private import FOR_OTHERS, privacy_of, shareable
from crmclean.pipeline.settings import Settings
from crmclean.plugins import REPORTED_FINDINGS, Report


def rendered(
    form: str,
    summary: RunSummary,
    findings: Callable[[], pl.DataFrame],
    settings: Settings,
    language: Language,
    *,
    show_values: bool = False,
) -> bytes:
    """The report, with as much as the settings allow it to show.

    Args:
        form: a name of ``REPORTS``.
        summary: all figures.
        findings: gives ``FINDINGS_SCHEMA`` with values as they are; asked only by a form that lists them.
        settings: see ``with_privacy``.
        language: of what a person reads.
        show_values: values as they are instead of masked.

    Raises:
        ConfigError: the key of the hashes that stand for record ids can't be used.
    """
    report: Report = REPORTS[form]
    shown = shareable(summary, settings, leaves_team=form in FOR_OTHERS)
    if report.render_findings is None:
        return report.render(shown, language)
    listed = findings_to_list(findings(), summary, report.most_findings, show_values=show_values)
    privacy = privacy_of(settings)
    if privacy.covers(leaves_team=form in FOR_OTHERS):
        reference = references(privacy.secret, str(summary.file["sha256"]))
        listed = listed.with_columns(_mapped(listed["record_id"], reference))
    return report.render_findings(shown, listed, language)


def findings_to_list(findings: pl.DataFrame, summary: RunSummary, most: int, *, show_values: bool) -> pl.DataFrame:
    """The first findings of each code that the summary counts, as ``REPORTED_FINDINGS``.

    Args:
        findings: ``FINDINGS_SCHEMA``.
        summary: its figures.
        most: findings of one code.
        show_values: values as they are instead of masked.
    """
    codes = [reason.code for reason in summary.findings]
    texts = findings.with_columns(pl.col("column", "code", "field").cast(pl.String))
    first = texts.filter(pl.col("code").is_in(codes)).filter(pl.int_range(pl.len()).over("code") < most)
    if not show_values:
        first = with_masks(first)
    return first.select(pl.col(name).cast(kind) for name, kind in REPORTED_FINDINGS.items())


def _mapped(texts: pl.Series, change: Callable[[str], str]) -> pl.Series:
    different = texts.drop_nulls().unique(maintain_order=True)
    if not len(different):
        return texts
    return texts.replace_strict(different, [change(text) for text in different], default=None, return_dtype=pl.String)
