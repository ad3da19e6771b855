"""The figures of one run, as its history keeps them: numbers only, no value of a cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

import polars as pl

from crmclean.core.history import Anomaly, ClockPast, ColumnPast, RunFigures
from crmclean.core.history_trends import CHURN, RETENTION
from crmclean.core.ratio import Ratio
from crmclean.core.relationship import RelationshipFigures
from crmclean.core.summary import Clock, RunSummary
from crmclean.measures.dated import any_day
from crmclean.table import Normalised, Verdict

AHEAD = "ahead"  # before a clock's name: records whose day is yet to come, of those with a day

_SEVERITIES = ("error", "warning", "info")
_FILLED = [int(v) for v in (Verdict.VALID, Verdict.DOUBTFUL, Verdict.INVALID, Verdict.UNJUDGED)]


def figures_of(cleaned: Normalised, summary: RunSummary, settings_sha256: str) -> RunFigures:
    """The figures to keep of a run.

    Args:
        cleaned: the table, all its mapped columns judged.
        summary: what was measured of it.
        settings_sha256: of the settings without the day; runs with other settings are not compared.
    """
    days = {clock.name: _days(cleaned, clock) for clock in summary.clocks}
    return RunFigures(
        as_of=summary.as_of,
        tool_version=summary.tool_version,
        rules_version=summary.rules_version,
        config_sha256=settings_sha256,
        file_sha256=str(summary.file["sha256"]),
        rows=summary.n_rows,
        rejects=summary.n_rejects,
        scores=dict(summary.scores),
        findings={severity: summary.count(severity) for severity in _SEVERITIES},
        codes=_codes(summary),
        columns=_columns(cleaned, summary),
        clocks={clock.name: _clock_past(cleaned, clock, days[clock.name]) for clock in summary.clocks},
        figures={**_ahead(cleaned, days), **(dict(_shares(summary.relationship)) if summary.relationship else {})},
        numbers=dict(_numbers(summary.relationship)) if summary.relationship else {},
    )


def with_retention(figures: RunFigures, kept: Ratio) -> RunFigures:
    """The figures with retention and churn since the run before; as they are where nobody was a customer."""
    if not kept.of:
        return figures
    since = {RETENTION: kept, CHURN: Ratio(kept.of - kept.n, kept.of)}
    return replace(figures, figures={**figures.figures, **since})


def with_anomalies(figures: RunFigures, found: Iterable[Anomaly]) -> RunFigures:
    """The figures with the anomalies among the findings by severity, as the gate, metrics and reports count them.

    Nothing is judged by these counts: what is unusual is told from ``codes``, which hold no anomaly, so that an unusual
    night does not make the next one usual.
    """
    counts = Counter(figures.findings)
    counts.update(anomaly.severity for anomaly in found)
    return replace(figures, findings=dict(counts))


def _codes(summary: RunSummary) -> dict[str, int]:
    """Findings by code, those about the file included; severities a rule gave to one code are added up."""
    counts: dict[str, int] = {}
    for code, n in [*((reason.code, reason.n) for reason in summary.findings), *((n.code, 1) for n in summary.notes)]:
        counts[code] = counts.get(code, 0) + n
    return counts


def _columns(cleaned: Normalised, summary: RunSummary) -> dict[str, ColumnPast]:
    past = {}
    for column in summary.columns:
        distinct, top = _spread(cleaned, column.column) if column.filled else (0, 0)
        past[column.column] = ColumnPast(column.field or "", column.filled, column.invalid, distinct, top)
    return past


def _spread(cleaned: Normalised, name: str) -> tuple[int, int]:
    """Different values among the filled cells of a column as they stand in the file, and cells with the commonest.

    Cells are counted by hashes of 64 bits, which takes a quarter of the time: that two of a million values share one
    happens in one column of thirty million (n² / 2⁶⁵), and would then be one value less.
    """
    cells = cleaned.table.frame[name]
    if name in cleaned.judged:
        filled = cleaned.judged[name].verdict.is_in(_FILLED)
    else:
        filled = (cells.str.strip_chars() != "").fill_null(value=False)
    runs = (cells if filled.all() else cells.filter(filled)).hash().sort().rle().struct.field("len")
    return len(runs), int(str(runs.max()))


def _days(cleaned: Normalised, clock: Clock) -> list[pl.Series]:
    """The days in each column of a clock, those to come included."""
    return [any_day(cleaned.judged[name]) for name in clock.columns if name in cleaned.judged]


def _clock_past(cleaned: Normalised, clock: Clock, days: list[pl.Series]) -> ClockPast:
    """The newest day of the clock's own field: the day a record was made does not stand in for the last change.

    A day to come is no newest day: one mistyped year would stop the clock for ever.
    """
    leading = len(cleaned.of_field(cleaned.judged[clock.columns[0]].column.field or "")) if days else 0
    newest = [str(last) for day in days[:leading] if (last := day.filter(day <= cleaned.as_of).max()) is not None]
    return ClockPast(max(newest, default=""), clock.fresh, clock.stale, clock.unknown)


def _ahead(cleaned: Normalised, days: dict[str, list[pl.Series]]) -> dict[str, Ratio]:
    """Cells with a day to come by clock; a clock without any is left out."""
    shares = {}
    for name, columns in days.items():
        ahead = sum(int((day > cleaned.as_of).sum()) for day in columns)
        if ahead:
            shares[f"{AHEAD}.{name}"] = Ratio(ahead, sum(len(day) - day.null_count() for day in columns))
    return shares


def _shares(health: RelationshipFigures) -> Iterator[tuple[str, Ratio]]:
    for channel in health.channels:
        yield f"reachable.{channel.name}", channel.reachable.ratio
        if channel.consent_columns:  # else nobody says; a line at zero would say too much
            yield f"allowed.{channel.name}", channel.allowed.ratio
            yield f"contactable.{channel.name}", channel.both.ratio
    consent_known = any(channel.consent_columns for channel in health.channels)
    for name, counts in (("reachable", health.reachable), ("contactable", health.contactable)):
        if counts is not None and (name == "reachable" or consent_known):
            yield f"{name}.none", counts.none
            yield f"{name}.one", counts.one
            yield f"{name}.several", counts.several
    if health.lifecycle is not None:
        for group in health.lifecycle.three:
            yield f"phase3.{group.name}", group.ratio
        for group in health.lifecycle.seven:
            yield f"phase7.{group.name}", group.ratio
        yield "winback", health.lifecycle.winback
        yield "winback.reachable", health.lifecycle.winback_reachable
    for kpi in health.kpis:
        yield f"answered.{kpi.name}", kpi.answered


def _numbers(health: RelationshipFigures) -> Iterator[tuple[str, float]]:
    for kpi in health.kpis:
        if kpi.value is not None:
            yield kpi.name, kpi.value
    if health.abc is not None and health.abc.top.of and health.abc.top_share is not None:
        yield "abc.top-share", health.abc.top_share
