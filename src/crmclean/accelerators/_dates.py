"""Points in time of a whole column: the day is read once per distinct day, the clock by expressions.

Exports hold nearly as many points in time as rows, but only some thousands of days. Days go through the field's own
parser; only plain clocks (``14:05``, ``14:05:00.000+01:00``) are taken here, all others are left to the field.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import polars as pl

from crmclean.core.dates import day_first
from crmclean.core.field import Hints, Parsed
from crmclean.core.registry import FIELDS
from crmclean.fields._dates import DEFAULT_DAYS

_DAY = (
    r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}[/-][0-9]{1,2}[/-][0-9]{4}"
)
_MOMENT = (
    rf"^(?P<day>{_DAY})"
    r"(?:[T ](?P<minute>(?:[01][0-9]|2[0-3]):[0-5][0-9])(?P<second>:[0-5][0-9])?(?:\.(?P<fraction>[0-9]{1,9}))?"
    r"(?P<zone>Z|[+-][0-9]{2}:?[0-9]{2})?)?$"
)
_DOTTED = r"^[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}$"
_JUDGED = dict.fromkeys(("day", "iso", "dmy", "code"), pl.String) | {"known": pl.Boolean}


def run(values: pl.DataFrame, style: str, name: str) -> pl.DataFrame:
    """See ``table.Accelerator``; ``name`` is the field's."""
    found = values["value"].str.extract_groups(_MOMENT).struct.unnest()
    found = found.with_columns(
        # A fraction without seconds (14:05.5) means something else: left to the field.
        pl.when(pl.col("fraction").is_null() | pl.col("second").is_not_null()).then(pl.col("day")).alias("day"),
        value=values["value"],
    )
    days = _judge_days(found["day"].drop_nulls().unique(maintain_order=True), name, _hints(values))
    judged = found.join(days, on="day", how="left", maintain_order="left")
    clock = _clock()
    canonical = pl.when(pl.col("known")).then(pl.col("iso") + clock.fill_null(""))
    written = canonical
    if style == "keep":
        written = pl.when(canonical.is_not_null()).then(pl.col("value"))
    elif style == "dmy":
        written = pl.when(pl.col("known")).then(pl.col("dmy") + (" " + clock.str.slice(1)).fill_null(""))
    return judged.select(
        handled=pl.col("known").fill_null(value=False),
        canonical=canonical,
        written=written,
        code=pl.when(pl.col("known")).then(pl.col("code")),
        suggestion=pl.lit(None, pl.String),
    )


def _hints(values: pl.DataFrame) -> Hints:
    """What holds for the whole column."""
    if values.is_empty():
        return Hints()
    habit = values["habit"][0] if "habit" in values.columns else ""
    as_of = values["as_of"][0] if "as_of" in values.columns else None
    return Hints(habit=habit or "", as_of=date.fromisoformat(as_of) if as_of else None)


def _judge_days(days: pl.Series, name: str, hints: Hints) -> pl.DataFrame:
    """What the field says to each distinct day; a day with a proposal is left to it, for the proposal has a clock.

    Of a year without a doubtful day only the first and the last are asked about: what a field says of a day depends on
    being before or after some day, but for the default days of databases.
    """
    parse = FIELDS[name].parse
    day = pl.col("day")
    dotted = pl.lit(None, pl.Date)
    if not hints.habit.startswith("mdy"):
        dotted = day.str.to_date("%d.%m.%Y", strict=False)
    plain = days.to_frame("day").select(
        "day", date=pl.when(day.str.contains(_DOTTED)).then(dotted).otherwise(day.str.to_date("%Y-%m-%d", strict=False))
    )
    years = plain["date"].dt.year().drop_nulls().unique(maintain_order=True)
    clear = [year for year in years if _is_clear(year, parse, hints)]
    is_clear = pl.col("date").dt.year().is_in(clear).fill_null(value=False)
    moment = pl.col("date")
    known = plain.filter(is_clear).select(
        "day",
        iso=moment.dt.strftime("%Y-%m-%d"),
        dmy=moment.dt.strftime("%d.%m.%Y"),
        code=pl.lit(None, pl.String),
        known=pl.lit(value=True),
    )
    rows = []
    for text in plain.filter(~is_clear)["day"]:
        parsed = parse(text, hints)
        iso = parsed.value
        rows.append((text, iso, None if iso is None else day_first(iso), parsed.code, parsed.suggestion is None))
    return pl.concat([known, pl.DataFrame(rows, schema=_JUDGED, orient="row")])


def _is_clear(year: int, parse: Callable[[str, Hints], Parsed], hints: Hints) -> bool:
    """Whether nothing is to be said to any day of the year."""
    if any(default.startswith(f"{year:04}") for default in DEFAULT_DAYS):
        return False
    return all(parse(day, hints) == Parsed(day) for day in (f"{year:04}-01-01", f"{year:04}-12-31"))


def _clock() -> pl.Expr:
    """``THH:MM:SS[.fff][offset]``, or null where there is none."""
    fraction = pl.col("fraction").fill_null("").str.strip_chars_end("0")
    zone = pl.col("zone").fill_null("")
    digits = zone.str.replace(":", "", literal=True)
    offset = (
        pl.when(zone.is_in(["", "Z"]))
        .then(zone)
        .when(digits.str.slice(1) == "0000")
        .then(pl.lit("Z"))
        .otherwise(digits.str.slice(0, 3) + ":" + digits.str.slice(3))
    )
    return (
        pl.lit("T")
        + pl.col("minute")
        + pl.col("second").fill_null(":00")
        + pl.when(fraction == "").then(pl.lit("")).otherwise("." + fraction)
        + offset
    )
