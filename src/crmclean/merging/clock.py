"""When each record was changed last, and whether that can be believed."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from crmclean.core.language import Text
from crmclean.measures.clocks import BULK_MIN_ROWS, BULK_SHARE
from crmclean.table import Normalised, Verdict

WRONG_SHARE = 0.05  # of the records; a clock that runs ahead of today more often is set wrong
KNOWN_SHARE = 0.5  # of the records; a time that few have says which records have one, not which is newer
_DAY = 10  # characters of an ISO date


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a table.

    Attributes:
        column: its name; empty where there is none.
        times: ``Datetime``, n_rows: when each record was changed last; null where that is not known or the clock is not
            trusted.
        why_not: why the clock is not trusted; ``None`` if it is.
    """

    column: str
    times: pl.Series
    why_not: Text | None


def clock_of(cleaned: Normalised) -> Clock:
    """The first column that says when a record was changed, if it can be believed.

    Times that automation writes (``modified_at`` of a group of its own) are no clock.
    """
    n_rows = cleaned.table.frame.height
    judged = next(iter(cleaned.of_field("modified_at", ("",))), None)
    nothing = pl.Series([None], dtype=pl.Datetime).new_from_index(0, n_rows)
    if judged is None:
        return Clock("", nothing, Text("no column says when a record was changed", "keine Spalte nennt eine Änderung"))
    times = _times(judged.canonical)
    is_future = (times.dt.date() > cleaned.as_of).fill_null(value=False)
    is_wrong = is_future | (judged.verdict == int(Verdict.INVALID))
    why_not = _why_not(times, is_wrong)
    if why_not:
        return Clock(judged.column.name, nothing, why_not)
    return Clock(judged.column.name, times.zip_with(~is_future, nothing), None)


def _times(canonical: pl.Series) -> pl.Series:
    """ISO dates and times as UTC; a time without a zone is taken as it stands, as all of its column are."""
    text = canonical.str.replace(r"Z$", "+00:00")
    zoned = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f%:z", strict=False, time_zone="UTC").dt.replace_time_zone(None)
    plain = text.str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", strict=False, time_unit="us")
    day = text.str.slice(0, _DAY).str.to_datetime("%Y-%m-%d", strict=False, time_unit="us")
    return pl.select(pl.coalesce(zoned.cast(pl.Datetime), plain, day)).to_series().cast(pl.Datetime)


def _why_not(times: pl.Series, is_wrong: pl.Series) -> Text | None:
    """Why a clock is not to be believed."""
    n_rows, known = len(times), times.drop_nulls()
    if int(is_wrong.sum()) > WRONG_SHARE * n_rows:
        return Text("it runs ahead of today, or is no time", "sie geht vor, oder es sind keine Zeiten")
    if len(known) < KNOWN_SHARE * n_rows or not len(known):
        return Text("most records have no time", "die meisten Datensätze haben keine Zeit")
    n_most = known.value_counts(sort=True)["count"][0]
    is_bulk = n_most > BULK_SHARE * n_rows if n_rows >= BULK_MIN_ROWS else n_most == n_rows > 1
    if is_bulk:
        share = round(100 * n_most / n_rows)
        return Text(
            f"{share} % of the records bear the same time: a mass update",
            f"{share} % der Datensätze tragen dieselbe Zeit: eine Massenänderung",
        )
    return None
