"""Small tables for tests, made without a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from crmclean.core.language import Text
from crmclean.stages.normalise import CleanOptions, normalise
from crmclean.table import Column, FileFacts, Normalised, Table

AS_OF = date(2026, 1, 31)
# (name, field) or (name, field, group) -> values; Any because dict keys are invariant to type checkers.
Columns = Mapping[Any, Sequence[str]]


def table(columns: Mapping[str, Sequence[str]]) -> Table:
    """A table of these columns, as a reader would return it."""
    frame = pl.DataFrame(
        {name: list(values) for name, values in columns.items()}, schema=dict.fromkeys(columns, pl.String)
    )
    names = tuple(columns)
    facts = FileFacts("export.csv", "csv", "", 100, "0" * 64, {})
    lines = pl.arange(2, frame.height + 2, eager=True, dtype=pl.UInt32)
    return Table(frame, names, names, lines, (), (), facts, {})


def column(name: str, index: int, field: str | None, group: str = "") -> Column:
    """A column mapped by hand."""
    return Column(name, name, index, field, group, 1.0, Text("given", "angegeben"))


def cleaned(
    columns: Columns,
    *,
    country: str = "",
    unsafe_fixes: bool = False,
) -> Normalised:
    """Normalise columns given as ``{(name, field) or (name, field, group): values}``."""
    mapped = tuple(column(key[0], i, key[1], key[2] if len(key) == 3 else "") for i, key in enumerate(columns))
    raw = table({key[0]: values for key, values in columns.items()})
    return normalise(raw, mapped, "unknown", CleanOptions(AS_OF, country=country, unsafe_fixes=unsafe_fixes))
