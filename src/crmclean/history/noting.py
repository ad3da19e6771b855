"""What a history says of a run, beside what was found in it: anomalies as notes about the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from crmclean.config.own_rules import OFF, severity_of
from crmclean.core.codes import GRAVITY, Severity
from crmclean.core.history import Anomaly, HistoryFigures
from crmclean.core.summary import RunSummary
from crmclean.history._echoes import WEAKER
from crmclean.table import Normalised, Note

PREFIX = "anomaly."  # of the codes


def as_grave(found: Iterable[Anomaly], severities: Mapping[str, str]) -> tuple[Anomaly, ...]:
    """The anomalies as grave as ``[severity]`` says, gravest first; those it wants off are left out.

    What the run before said as well is one step less grave than that.
    """
    said = [(anomaly, severity_of(anomaly.code, severities)) for anomaly in found]
    kept = [
        replace(anomaly, severity=(WEAKER[level] if anomaly.since else level) if level else anomaly.severity)
        for anomaly, level in said
        if level != OFF
    ]
    return tuple(sorted(kept, key=lambda anomaly: GRAVITY[anomaly.severity]))


def with_history(cleaned: Normalised, summary: RunSummary, figures: HistoryFigures) -> tuple[Normalised, RunSummary]:
    """The export and its figures with what the history says."""
    notes = [
        Note(anomaly.code, Severity(anomaly.severity), anomaly.message, column=anomaly.column or None)
        for anomaly in figures.anomalies
    ]
    table = replace(cleaned.table, notes=(*cleaned.table.notes, *notes))
    return replace(cleaned, table=table), replace(summary, history=figures)
