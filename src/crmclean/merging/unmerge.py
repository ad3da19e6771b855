"""From golden records and their provenance back to all records, a whole column at a time."""

from __future__ import annotations

import polars as pl

from crmclean.merging.golden import PROVENANCE_SCHEMA

PROVENANCE_COLUMNS = tuple(PROVENANCE_SCHEMA)


def kept_rows(provenance: pl.DataFrame, n_rows: int) -> pl.Series | None:
    """The rows (from 0) of the original that the golden ones stand for.

    Args:
        provenance: as read back, all text.
        n_rows: of the original.

    Returns:
        ``UInt32``, ascending; ``None`` if the provenance is of no such table.
    """
    merged = provenance.select("cluster_id", row=pl.col("row").cast(pl.Int64, strict=False) - 1).unique(
        maintain_order=True
    )
    rows = merged["row"]
    if rows.null_count() or not rows.is_between(0, n_rows - 1).all() or rows.is_duplicated().any():
        return None
    first = merged.group_by("cluster_id", maintain_order=True).agg(pl.col("row").min())["row"]
    stays = pl.repeat(True, n_rows, eager=True).scatter(rows, False).scatter(first, True)
    return stays.arg_true().cast(pl.UInt32)


def unmerged(
    golden: pl.DataFrame, provenance: pl.DataFrame, kept: pl.Series, n_rows: int, *, nulls: bool
) -> pl.DataFrame | None:
    """The records before they were merged.

    Args:
        golden: one row an entity.
        provenance: as read back, all text.
        kept: see ``kept_rows``.
        n_rows: of the original.
        nulls: whether the format knows "no cell" beside an empty text.

    Returns:
        n_rows x n_columns; ``None`` if the two do not fit.
    """
    said = provenance.filter(pl.col("column").is_not_null())
    if golden.height != len(kept) or not set(said["column"].unique()) <= set(golden.columns):
        return None
    rows = (provenance["row"].unique(maintain_order=True).cast(pl.Int64)) - 1
    parts = said.partition_by("column", as_dict=True, maintain_order=True)
    nothing = None if nulls else ""
    columns = []
    for name in golden.columns:
        column = pl.repeat(None, n_rows, dtype=pl.String, eager=True).scatter(kept, golden[name]).scatter(rows, nothing)
        part = parts.get((name,))
        if part is not None:
            column = column.scatter(part["row"].cast(pl.Int64) - 1, part["value"])
        columns.append(column.alias(name))
    return pl.DataFrame(columns)
