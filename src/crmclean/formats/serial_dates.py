"""Serial dates of a sheet as ISO texts, in whole columns; ``number_formats`` says the same of a single one."""

from __future__ import annotations

from datetime import datetime, time

import polars as pl

from crmclean.formats.number_formats import BEFORE_LEAP_BUG, DAY_MS, DAYS_1904, EPOCH, LAST_SERIAL

_START = datetime.combine(EPOCH, time())
# Whole days and parts of days as every program writes them; other spellings go one by one.
_PLAIN = r"^[0-9]{1,7}(?:\.[0-9]{1,20})?$"


def shown_serials(raw: pl.Series, shapes: pl.Series, *, date1904: bool) -> pl.Series:
    """Texts of dates and moments that need no finding.

    Args:
        raw: numbers as stored, String without nulls.
        shapes: of their number formats, same length.
        date1904: whether day 0 is 1904-01-01.

    Returns:
        String: ``2024-03-01`` or ``2024-03-01T14:05:05``; null where it is neither, or must be looked at alone.
    """
    is_moment = shapes == "datetime"
    is_serial = (is_moment | (shapes == "date")) & raw.str.contains(_PLAIN)
    value = raw.cast(pl.Float64, strict=False)
    serial = value + DAYS_1904 if date1904 else value
    # The first days and the last one have their own rules.
    is_serial &= (value >= 1) & (serial >= BEFORE_LEAP_BUG) & (serial < LAST_SERIAL - 1)
    total = (serial.zip_with(is_serial.fill_null(value=False), pl.Series([None], dtype=pl.Float64)) * DAY_MS).round(
        mode="half_to_even"
    )
    moments = pl.DataFrame(
        {"at": total.cast(pl.Int64).cast(pl.Duration("ms")) + _START, "ms": total.cast(pl.Int64), "long": is_moment}
    )
    day, clock = pl.col("at").dt.to_string("%Y-%m-%d"), pl.col("at").dt.to_string("%Y-%m-%dT%H:%M:%S")
    thousandths = pl.col("at").dt.to_string("%Y-%m-%dT%H:%M:%S.%3f")
    shown = (
        pl.when(~pl.col("long") & (pl.col("ms") % DAY_MS == 0))
        .then(day)
        .when(pl.col("ms") % 1000 == 0)
        .then(clock)
        .otherwise(thousandths)
    )
    return moments.select(shown.alias("text"))["text"]
