"""Days of a record's columns as dates; days to come count as nothing known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from crmclean.measures.records import Records
from crmclean.table import Judged


def any_day(judged: Judged) -> pl.Series:
    """The day of each cell (``Date``); null where it is not understood."""
    return judged.canonical.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False)


def days_of(judged: Judged, today: date) -> pl.Series:
    """The same without days to come."""
    days = any_day(judged)
    return days.set(days > today, None)


def latest(records: Records, fields: Sequence[str]) -> pl.Series:
    """The latest past day of these fields (``Date``, n_rows); null where there is none."""
    return _picked(records, fields, pl.max_horizontal(pl.all()))


def earliest(records: Records, fields: Sequence[str]) -> pl.Series:
    """The earliest past day."""
    return _picked(records, fields, pl.min_horizontal(pl.all()))


def _picked(records: Records, fields: Sequence[str], picked: pl.Expr) -> pl.Series:
    days = [days_of(judged, records.cleaned.as_of) for name in fields for judged in records.cleaned.of_field(name)]
    if not days:
        return pl.Series([None], dtype=pl.Date).new_from_index(0, records.n_rows)
    frame = pl.DataFrame([day.alias(str(i)) for i, day in enumerate(days)])
    return frame.select(picked.alias("day")).to_series()
