"""Writes Parquet with the types the columns had, as far as their texts still are of that type."""

from __future__ import annotations

import io
from typing import BinaryIO

import polars as pl

from crmclean.formats.parquet_text import as_typed, schema_of
from crmclean.plugins import Writer
from crmclean.table import Table


def write(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """Write the table; a column with a text that is none of its old type becomes a text column as a whole."""
    old = schema_of(table.layout["schema"]) if "schema" in table.layout else pl.Schema()
    columns: list[pl.Series] = []
    for column, label, name in zip(frame.get_columns(), table.labels, table.names, strict=True):
        dtype = old.get(label)
        typed = column if dtype is None or dtype == pl.String else as_typed(column, dtype)
        # Labels of other formats may repeat, columns of a Parquet file may not.
        columns.append((column if typed is None else typed).alias(label if dtype is not None else name))
    buffer = io.BytesIO()
    pl.DataFrame(columns).write_parquet(buffer)
    sink.write(buffer.getvalue())


WRITER = Writer(name="parquet", suffix=".parquet", write=write, restore=write)
