"""What a history holds, for those who only look."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from crmclean.core.codes import GRAVITY
from crmclean.core.history import Anomaly, RunFigures
from crmclean.formats.history_tables import HistoryTables, PastRun
from crmclean.formats.state import State
from crmclean.history.anomalies import anomalies

OPEN_FINDINGS_SCHEMA = {
    "severity": pl.String,
    "code": pl.String,
    "column": pl.String,
    "first_seen": pl.String,  # ISO day
    "n": pl.UInt32,
}


@dataclass(frozen=True, slots=True)
class Recorded:
    """A history.

    Attributes:
        name: of the history.
        runs: those whose figures are kept, oldest first.
        figures: of these runs.
        anomalies: of the newest run, as grave as their codes are.
        open_findings: ``OPEN_FINDINGS_SCHEMA``: after the newest run; gravest first, then by code, column and day.
    """

    name: str
    runs: tuple[PastRun, ...]
    figures: tuple[RunFigures, ...]
    anomalies: tuple[Anomaly, ...]
    open_findings: pl.DataFrame


def recorded(place: Path, name: str) -> Recorded:
    """The history in a file.

    Raises:
        InputError: ``state-unusable``.
    """
    with State(place) as state:
        tables = HistoryTables(state)
        runs = tables.runs()
        days = {run.number: run.as_of for run in runs}
        after = max(days, default=0) + 1
        names = tables.names_before(after)
        found = tables.open_before(after).filter(~pl.col("is_away"))
    kept = [(run, run.figures) for run in runs if run.figures]
    figures = tuple(known for _, known in kept)
    columns = figures[-1].columns if figures else {}
    called = {known_as: name for name, known_as in names.items() if name in columns and known_as not in columns}
    found = found.with_columns(pl.col("place").replace(called))
    unusual = anomalies(figures[-1], figures[:-1]) if figures else ()
    return Recorded(name, tuple(run for run, _ in kept), figures, unusual, _grouped(found, days))


def _grouped(found: pl.DataFrame, days: dict[int, str]) -> pl.DataFrame:
    gravity = pl.col("severity").replace_strict(GRAVITY, default=3, return_dtype=pl.UInt8)
    day = pl.col("first_run").replace_strict(days, default="", return_dtype=pl.String) if days else pl.lit("")
    return (
        found.with_columns(day.alias("first_seen"), pl.col("place").alias("column"))
        .group_by("severity", "code", "column", "first_seen", maintain_order=True)
        .agg(pl.len().alias("n"))
        .sort(gravity, "code", "column", "first_seen", maintain_order=True)
        .select(pl.col(name).cast(kind) for name, kind in OPEN_FINDINGS_SCHEMA.items())
    )
