"""The figures of a run as metrics. Counts and shares alone: no value, no id, no path."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from crmclean.core.codes import Severity
from crmclean.core.openmetrics import Gauge, exposition

if TYPE_CHECKING:
    from crmclean.cli.watching import Measured


def exposed(command: str, export: str, code: int, measured: Measured | None) -> bytes:
    """The metrics file of a run.

    Args:
        command: that ran.
        export: what it ran over: a file's name without folder and suffix.
        code: its exit code.
        measured: its figures; ``None`` where it did not come to any, so that no old ones are taken for new.
    """
    labels = {"export": export, "command": command}
    return exposition([*_outcome(labels, code, measured), *(_figures(labels, measured) if measured else ())])


def _outcome(labels: Mapping[str, str], code: int, measured: Measured | None) -> Iterator[Gauge]:
    yield Gauge("crmclean_up", "Whether the last run came to an end with figures.", ((labels, measured is not None),))
    yield Gauge("crmclean_exit_code", "Exit code of the last run.", ((labels, code),))


def _figures(labels: Mapping[str, str], measured: Measured) -> Iterator[Gauge]:
    summary = measured.summary
    severities = tuple(({**labels, "severity": name.value}, summary.count(name.value)) for name in Severity)
    dimensions = tuple(
        ({**labels, "dimension": name}, ratio.share)
        for name, ratio in summary.scores.items()
        if ratio.share is not None
    )
    whole = () if summary.score is None else ((labels, summary.score),)
    new = () if measured.new is None else ((labels, measured.new),)
    day = datetime.fromisoformat(summary.as_of).replace(tzinfo=UTC).timestamp()
    yield Gauge("crmclean_gate_passed", "Whether the export is as good as is wanted.", ((labels, measured.passed),))
    yield Gauge("crmclean_records", "Records of the export.", ((labels, summary.n_rows),))
    yield Gauge("crmclean_rejects", "Lines that are no records.", ((labels, summary.n_rejects),))
    yield Gauge("crmclean_findings", "Findings by severity, without rejected lines.", severities)
    yield Gauge("crmclean_new_findings", "Findings that are not in the baseline, else not of the run before.", new)
    yield Gauge("crmclean_score_ratio", "Score by dimension, 0 to 1.", dimensions)
    yield Gauge("crmclean_overall_score_ratio", "Mean of the dimensions that apply, 0 to 1.", whole)
    yield Gauge("crmclean_as_of_timestamp_seconds", "The day that counted as today, at 0:00 UTC.", ((labels, day),))
