"""Mass updates: many changes that are likely one, named as one.

Plain counts, no model: what a steward would call "all of them" when looking at the list.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.core.registry import FIELDS
from crmclean.differences import REAL, ColumnChanges, Event

LEAST = 10  # records; fewer are edits
SHARE = 0.01  # of the compared records: so many at once get one value by hand only rarely
OF_COLUMN = 2 / 3  # of what changed in the column: else it is one of several things that happened to it
MANY = 0.1  # of the compared records: so many lost values are an event whatever else happened
NEARLY_ALL = 0.8  # of the compared records
MANY_COLUMNS = 3  # columns, and at least half of them, of which nearly all records changed


def find_events(cells: pl.DataFrame, columns: Sequence[ColumnChanges], n_compared: int) -> tuple[Event, ...]:
    """The mass updates among differing cells, the largest first.

    Args:
        cells: ``CELLS_SCHEMA``.
        columns: the compared columns.
        n_compared: records.
    """
    if n_compared < LEAST:
        return ()
    rewritten = [c.after for c in columns if _n(c, *REAL) >= NEARLY_ALL * n_compared]
    events = _single_values(cells, n_compared)
    told = {name for event in events for name in event.columns}
    if len(rewritten) >= MANY_COLUMNS and len(rewritten) * 2 >= len(columns):
        concerned = cells.filter(pl.col("column").is_in(rewritten) & pl.col("kind").is_in(REAL))["row_old"].n_unique()
        events = [event for event in events if not set(event.columns) <= set(rewritten)]
        events.append(Event("everything", tuple(rewritten), concerned, n_compared))
    else:
        left = [c for c in columns if c.after in rewritten and c.after not in told]
        events += [Event("rewritten", (c.after,), _n(c, *REAL), n_compared) for c in left]
    events += [
        Event("reformatted", (c.after,), _n(c, "form"), n_compared)
        for c in columns
        if _n(c, "form") >= max(LEAST, MANY * n_compared)
    ]
    return tuple(sorted(events, key=lambda event: -event.n))


def _single_values(cells: pl.DataFrame, n_compared: int) -> list[Event]:
    """Columns in which many records got one value, or none any more."""
    real = cells.filter(pl.col("kind").is_in(REAL))
    lost, is_emptied = pl.col("kind") == "lost", pl.col("value").is_null()
    # Whatever is edited on one day gets that day's date: no event before it is a large part of the file.
    clocks = [kind.name for kind in FIELDS.values() if kind.group == "time"]
    counted = (
        real.with_columns(is_clock=pl.col("field").is_in(clocks).fill_null(value=False))
        .group_by(
            "column",
            "is_clock",
            pl.when(~lost).then(pl.col("after").str.strip_chars()).alias("value"),
            maintain_order=True,
        )
        .len("n")
        .with_columns(of=pl.col("n").sum().over("column"))
        .filter(
            (pl.col("n") >= LEAST)
            & (pl.col("n") >= pl.when("is_clock").then(MANY).otherwise(SHARE) * n_compared)
            # A column of few values that changed throughout got each of them often, and none of them as one.
            & ((pl.col("n") >= OF_COLUMN * pl.col("of")) | is_emptied & (pl.col("n") >= MANY * n_compared))
        )
    )
    return [
        Event("emptied" if value is None else "same-value", (column,), n, n_compared, value)
        for column, value, n in counted.select("column", "value", "n").iter_rows()
    ]


def _n(column: ColumnChanges, *kinds: str) -> int:
    return sum(column.cells.get(kind, 0) for kind in kinds)
