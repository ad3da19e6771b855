"""``findings_history.csv``: since when each finding has been open, and which are fixed or gone."""

from __future__ import annotations

import polars as pl

from crmclean.history.memory import LookedBack
from crmclean.history.since import FIXED, GONE

FINDINGS_HISTORY = "findings_history.csv"
HISTORY_SCHEMA = {
    "status": pl.String,  # new, open, fixed, gone (with its record or column)
    "row": pl.UInt32,  # 1-based data record number; null: about the file, or a record that is not there any more
    "record_id": pl.String,
    "column": pl.String,
    "code": pl.String,
    "severity": pl.String,
    "first_seen": pl.String,  # ISO day
    "last_seen": pl.String,  # ISO day of the last run that found it
}
_PLACE = (pl.col("status") == GONE, "code", "column", "row", "first_seen")


def findings_history(looked: LookedBack) -> pl.DataFrame:
    """``HISTORY_SCHEMA``: what is found now in its order, then what is fixed or gone, each by code, column and row."""
    today = looked.recording.run.as_of
    present = looked.findings.with_columns(pl.lit(today).alias("last_seen")).select(HISTORY_SCHEMA.keys())
    rows = (
        pl.DataFrame([looked.records.alias("record"), looked.ids.alias("record_id")])
        .with_row_index("row", 1)
        .drop_nulls("record")
        .unique("record", keep="first", maintain_order=True)
    )
    called = {known_as: name for name, known_as in looked.names.items()}
    no_more = (
        pl.concat(
            frame.with_columns(pl.lit(status).alias("status"))
            for status, frame in ((FIXED, looked.since.fixed), (GONE, looked.since.gone))
        )
        .join(rows, on="record", how="left", maintain_order="left")
        .with_columns(pl.col("place").replace(called))
        .with_columns(
            pl.when(pl.col("place") != "").then("place").alias("column"),
            pl.lit(looked.figures.since).alias("last_seen"),
        )
        # The keys' own order is that of a secret: it must not show.
        .sort(_PLACE, nulls_last=True, maintain_order=False)
    )
    return pl.concat([present, no_more.select(pl.col(name).cast(kind) for name, kind in HISTORY_SCHEMA.items())])
