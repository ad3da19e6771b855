"""Every difference as one row: a changed cell, a record that came or went. For programs; it holds the values."""

from __future__ import annotations

import io

import polars as pl

from crmclean.core.language import Language
from crmclean.differences import Differences, DiffReport
from crmclean.formats.side_csv import write_side_csv

COLUMNS = ("kind", "row_old", "row_new", "record_id", "column", "field", "before", "after")


def render(diff: Differences, language: Language, shows_values: bool) -> bytes:  # noqa: ARG001 - never translated
    """One row a difference: records that are gone, records that are new, then the cells of those in both files."""
    nothing = pl.lit(None, pl.String)
    gone = diff.removed.select(
        row_old="row", row_new=pl.lit(None, pl.UInt32), record_id="record_id", kind=pl.lit("removed")
    )
    come = diff.added.select(
        row_old=pl.lit(None, pl.UInt32), row_new="row", record_id="record_id", kind=pl.lit("added")
    )
    records = pl.concat([gone, come]).with_columns(column=nothing, field=nothing, before=nothing, after=nothing)
    cells = diff.cells.with_columns(pl.col("column", "field", "kind").cast(pl.String))
    sink = io.BytesIO()
    write_side_csv(pl.concat([records.select(COLUMNS), cells.select(COLUMNS)]), sink)
    return sink.getvalue()


DIFF_REPORT = DiffReport(name="csv", suffix=".csv", render=render)
