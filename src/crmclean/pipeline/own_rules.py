"""Rules of one's own and severities of one's own, applied to a cleaned table."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from crmclean.config.model import RuleSection
from crmclean.config.own_rules import read_rules
from crmclean.core.language import Text
from crmclean.pipeline.settings import Settings
from crmclean.stages.own_rules import apply_rules, said_by
from crmclean.stages.severities import apply_severities, with_severities
from crmclean.table import Normalised


def own_messages(rules: Mapping[str, RuleSection]) -> tuple[tuple[str, Text], ...]:
    """Code and message of each rule, for reports."""
    return tuple((rule.code, said_by(rule)) for rule in read_rules(rules))


def with_own_rules(cleaned: Normalised, settings: Settings) -> Normalised:
    """The table with what ``[rules]`` finds, and every finding as grave as ``[severity]`` says.

    Rules see the table as it was judged, before any directory or merge adds to it.
    """
    config = settings.config
    if config.rules:
        with settings.progress(Text("checking rules", "Regeln prüfen")):
            cleaned = apply_rules(
                cleaned,
                read_rules(config.rules),
                country=config.input.country,
                entity=config.input.entity,
                language=settings.language,
            )
    return apply_severities(cleaned, config.severity) if config.severity else cleaned


def as_grave_as_configured(findings: pl.DataFrame, settings: Settings) -> pl.DataFrame:
    """What a later stage found, as grave as ``[severity]`` says; ``FINDINGS_SCHEMA``."""
    severities = settings.config.severity
    return with_severities(findings, severities) if severities else findings
