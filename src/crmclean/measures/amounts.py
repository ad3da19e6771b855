"""Numbers of a record's columns, as far as a single one is said."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from crmclean.measures.records import Records


def amounts(records: Records, fields: Sequence[str]) -> pl.Series:
    """The number of the first of these columns that holds one (``Float64``, n_rows).

    Null where none does; a range (``10-49``) and an open one (``500+``) are no number.
    """
    read = [
        judged.canonical.cast(pl.Float64, strict=False).alias(judged.column.name)
        for name in fields
        for judged in records.cleaned.of_field(name)
    ]
    if not read:
        return pl.Series([None], dtype=pl.Float64).new_from_index(0, records.n_rows)
    return pl.DataFrame(read).select(pl.coalesce(pl.all()).alias("amount")).to_series()


def first_field(records: Records, fields: Sequence[str]) -> tuple[str, ...]:
    """The first of these fields that any column holds, alone; nothing where none does."""
    return next(((name,) for name in fields if records.has(name)), ())


def columns_of(records: Records, fields: Sequence[str]) -> tuple[str, ...]:
    """Names of the columns that hold these fields."""
    return tuple(judged.column.name for name in fields for judged in records.cleaned.of_field(name))
