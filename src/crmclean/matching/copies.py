"""Records that say exactly the same: they are compared once."""

from __future__ import annotations

import polars as pl

from crmclean.evidence import Subjects


def said_by(seen: Subjects) -> pl.DataFrame:
    """All facets, lists as text."""
    return seen.facets.with_columns(
        pl.col(name).list.eval(pl.element().cast(pl.String)).list.join(" ") for name in seen.values
    )


def first_alike(said: pl.DataFrame) -> pl.Series:
    """Per record the first one that says exactly the same: ``UInt32``, n_rows. One that says nothing is alone."""
    rows = said.with_row_index("row")
    first = pl.when(pl.col("entity").is_not_null()).then(pl.col("row").first().over(said.columns)).otherwise("row")
    return rows.select(first.alias("first")).to_series()
