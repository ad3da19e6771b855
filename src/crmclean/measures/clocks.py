"""Staleness by four clocks: edited, verified, active, reachable. Never one number: they mean different things."""

from __future__ import annotations

from datetime import date

import polars as pl

from crmclean.config.model import FreshnessSection
from crmclean.core.language import Text
from crmclean.core.summary import Clock, Ratio
from crmclean.measures.records import Records

BULK_SHARE = 0.2  # one timestamp on more than a fifth of the records is an import, not an edit
BULK_MIN_ROWS = 20  # below that a shared timestamp is chance
AGE_BOUNDS = (30, 90, 183, 365, 730, 1095)  # days; upper bounds of the bars in the report

_CLOCKS: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("edited", Text("edited", "bearbeitet"), ("modified_at", "created_at")),
    ("verified", Text("verified", "geprüft"), ("verified_at",)),
    ("active", Text("active", "aktiv"), ("last_activity_at", "last_purchase_at")),
)


def measure_clocks(records: Records, freshness: FreshnessSection) -> tuple[Clock, ...]:
    """All four clocks, in a fixed order."""
    clocks = [
        _clock(records, name, title, fields, getattr(freshness, f"{name}_days")) for name, title, fields in _CLOCKS
    ]
    return (*clocks, _reachable(records))


def timeliness(records: Records, freshness: FreshnessSection, clocks: tuple[Clock, ...]) -> Ratio:
    """Records some clock calls fresh, of those some clock knows; a clock set by a bulk import has no vote."""
    fresh, known = records.none(), records.none()
    for name, _, fields in _CLOCKS:
        if any(clock.name == name and clock.is_worthless for clock in clocks):
            continue
        ages = _age_days(records, fields)
        limit = getattr(freshness, f"{name}_days")
        fresh = fresh | (ages < limit).fill_null(value=False)
        known = known | ages.is_not_null()
    return Ratio(int(fresh.sum()), int(known.sum()))


def _dates(records: Records, fields: tuple[str, ...]) -> pl.Series:
    """The latest usable past date of these fields by record, as ``Date``; null where there is none."""
    today = records.cleaned.as_of
    columns = [
        judged.canonical.str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias(judged.column.name)
        for field in fields
        for judged in records.cleaned.of_field(field)
    ]
    if records.verified is not None and "verified_at" in fields:
        columns.append(records.verified.alias("by a directory"))
    if not columns:
        return pl.Series([None], dtype=pl.Date).new_from_index(0, records.n_rows)
    past = [column.set(column > today, None) for column in columns]
    return pl.DataFrame(past).select(latest=pl.max_horizontal(pl.all())).to_series()


def _age_days(records: Records, fields: tuple[str, ...]) -> pl.Series:
    return _days_since(_dates(records, fields), records.cleaned.as_of)


def _days_since(dates: pl.Series, today: date) -> pl.Series:
    return (pl.Series([today]) - dates).dt.total_days() if len(dates) else pl.Series([], dtype=pl.Int64)


def _clock(records: Records, name: str, title: Text, fields: tuple[str, ...], limit_days: int) -> Clock:
    ages = _age_days(records, fields)
    known = ages.drop_nulls()
    bulk_value, bulk_share = _bulk(records, fields)
    median = known.median()
    return Clock(
        name=name,
        title=title,
        columns=tuple(j.column.name for field in fields for j in records.cleaned.of_field(field)),
        fresh=int((known < limit_days).sum()),
        stale=int((known >= limit_days).sum()),
        unknown=records.n_rows - len(known),
        limit_days=limit_days,
        median_age_days=round(float(str(median))) if median is not None else None,
        ages=_histogram(known),
        bulk_value=bulk_value,
        bulk_share=bulk_share,
    )


def _histogram(ages: pl.Series) -> tuple[tuple[int | None, int], ...]:
    bars: list[tuple[int | None, int]] = []
    below = -1
    for bound in AGE_BOUNDS:
        bars.append((bound, int(((ages > below) & (ages <= bound)).sum())))
        below = bound
    return (*bars, (None, int((ages > below).sum())))


def _bulk(records: Records, fields: tuple[str, ...]) -> tuple[str, float]:
    """The timestamp that too many records share, and its share; only the clock's first field can be judged so."""
    for judged in records.cleaned.of_field(fields[0]):
        known = judged.canonical.drop_nulls()
        if records.n_rows < BULK_MIN_ROWS or not len(known):
            continue
        top = known.value_counts().sort(["count", known.name], descending=[True, False]).row(0)
        share = top[1] / records.n_rows
        if share > BULK_SHARE:
            return str(top[0]), round(share, 4)
    return "", 0.0


def _reachable(records: Records) -> Clock:
    """Bounced records, unless there was a sign of life since; no bounce does not prove anything: unknown."""
    bounced = _dates(records, ("bounced_at",))
    alive = _dates(records, ("last_activity_at", "verified_at"))
    fresh = (alive > bounced).fill_null(value=False)
    stale = bounced.is_not_null() & ~fresh
    ages = _days_since(bounced, records.cleaned.as_of).drop_nulls()
    median = ages.median()
    return Clock(
        name="reachable",
        title=Text("reachable", "erreichbar"),
        columns=tuple(j.column.name for j in records.cleaned.of_field("bounced_at")),
        fresh=int(fresh.sum()),
        stale=int(stale.sum()),
        unknown=records.n_rows - int(fresh.sum()) - int(stale.sum()),
        limit_days=None,
        median_age_days=round(float(str(median))) if median is not None else None,
        ages=_histogram(ages),
        bulk_value="",
        bulk_share=0.0,
    )
