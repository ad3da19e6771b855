"""Cells that differ, as they are written and as they are meant.

Whole columns are compared as texts. Only cells that differ are judged, so what a night changed decides the cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import polars as pl

from crmclean.core.date_habits import date_habit
from crmclean.core.field import FieldType
from crmclean.core.registry import FIELDS
from crmclean.differences import CELLS_SCHEMA
from crmclean.diffing.column_pairs import ColumnPair, ColumnPairs
from crmclean.diffing.record_pairs import RecordPairs
from crmclean.expressions import habit_of, judge
from crmclean.table import Column, Verdict

_EMPTY = (int(Verdict.EMPTY), int(Verdict.PLACEHOLDER))


@dataclass(frozen=True, slots=True)
class Given:
    """One table, and what its cells are judged by.

    Attributes:
        frame: as read.
        columns: what each column holds.
        date_habit: order of day and month its CRM writes, for columns that do not show it themselves.
        country: ISO 3166-1 alpha-2 code for records that name none; empty for none.
        as_of: the day that counts as today.
    """

    frame: pl.DataFrame
    columns: tuple[Column, ...]
    date_habit: str
    country: str
    as_of: date


def compare_cells(old: Given, new: Given, records: RecordPairs, columns: ColumnPairs, ids: pl.Series) -> pl.DataFrame:
    """The cells of paired records that are not written the same.

    Args:
        old, new: both tables.
        records: which rows are one record.
        columns: which columns are one.
        ids: per pair of records what it is called.

    Returns:
        ``CELLS_SCHEMA``, sorted by row of OLD, then column of NEW.
    """
    found = [_compare(old, new, records, pair) for pair in columns.pairs]
    full = [cells for cells in found if cells.height]
    if not full:
        return pl.DataFrame(schema=dict(CELLS_SCHEMA))
    cells = pl.concat(full).sort("place", "at", maintain_order=True)
    named = cells.with_columns(
        row_old=records.old.gather(cells["place"]) + 1,
        row_new=records.new.gather(cells["place"]) + 1,
        record_id=ids.gather(cells["place"]),
    )
    return named.select(pl.col(name).cast(kind) for name, kind in CELLS_SCHEMA.items())


def _compare(old: Given, new: Given, records: RecordPairs, pair: ColumnPair) -> pl.DataFrame:
    """The differing cells of one column, by place of the pair of records."""
    before, after = old.frame[pair.before.name], new.frame[pair.after.name]
    place = _differing(_at(before, records.old), _at(after, records.new))
    rows = records.old.gather(place), records.new.gather(place)
    cells = pl.DataFrame({"place": place, "before": before.gather(rows[0]), "after": after.gather(rows[1])})
    if not cells.height:
        return cells
    kind = FIELDS[pair.field or "text"]
    was, now = _judged(old, pair.before, kind, rows[0]), _judged(new, pair.after, kind, rows[1])
    return cells.with_columns(
        at=pl.lit(pair.after.index, pl.UInt32),
        column=pl.lit(pair.after.name, pl.Categorical),
        field=pl.lit(pair.field, pl.Categorical),
        kind=_kind(cells, was, now).cast(pl.Categorical),
    )


def _at(column: pl.Series, rows: pl.Series) -> pl.Series:
    """The cells of these rows, null as empty."""
    found = column if _is_every_row(rows, len(column)) else column.gather(rows)
    return found.fill_null("") if found.null_count() else found


def _is_every_row(rows: pl.Series, n_rows: int) -> bool:
    """Whether nothing has to be moved: all rows in their order, as where both files were sorted alike."""
    return len(rows) == n_rows and bool((rows == pl.arange(0, n_rows, eager=True, dtype=pl.UInt32)).all())


def _differing(before: pl.Series, after: pl.Series) -> pl.Series:
    return (before != after).arg_true().cast(pl.UInt32)


def _judged(given: Given, column: Column, kind: FieldType, rows: pl.Series) -> pl.DataFrame:
    """What these cells of a column mean; the habit is the whole column's."""
    raw = given.frame[column.name]
    habit = habit_of(raw, kind)
    if not habit and kind.habit is date_habit:
        habit = given.date_habit
    return judge(raw.gather(rows), kind, dict(_hints(given, column, kind, rows)), habit=habit, as_of=given.as_of)


def _hints(given: Given, column: Column, kind: FieldType, rows: pl.Series) -> Iterator[tuple[str, pl.Series]]:
    """What the same records say in the fields this one wants to see; as in cleaning, from columns of its group."""
    for hint in kind.hints:
        holders = [c for c in given.columns if c.field == hint and c.name != column.name]
        near = [c for c in holders if c.group == column.group]
        if hint == "country":
            near = near or [c for c in holders if not c.group] or holders[:1]
        known: pl.Series | None = None
        for holder in near:
            said = judge(given.frame[holder.name].gather(rows), FIELDS[hint], {}, as_of=given.as_of)["canonical"]
            known = said if known is None else known.zip_with(known.is_not_null(), said)
        if hint == "country" and given.country:
            default = pl.Series(hint, [given.country])
            known = default.new_from_index(0, len(rows)) if known is None else known.fill_null(given.country)
        if known is not None:
            yield hint, known


def _kind(cells: pl.DataFrame, was: pl.DataFrame, now: pl.DataFrame) -> pl.Series:
    was_empty, is_empty = (side["verdict"].is_in(_EMPTY) for side in (was, now))
    is_same = (was["canonical"] == now["canonical"]).fill_null(value=False)
    is_same |= _tidied(cells["before"]) == _tidied(cells["after"])
    return pl.select(
        pl.when(was_empty & is_empty | ~(was_empty | is_empty) & is_same)
        .then(pl.lit("form"))
        .when(is_empty)
        .then(pl.lit("lost"))
        .when(was_empty)
        .then(pl.lit("filled"))
        .otherwise(pl.lit("changed"))
    ).to_series()


def _tidied(texts: pl.Series) -> pl.Series:
    """Blanks, line ends and composed letters as one would copy them by hand."""
    return (
        texts.fill_null("").str.normalize("NFC").str.replace_all(r"[\s\x{a0}\x{2007}\x{202f}]+", " ").str.strip_chars()
    )


def counts(cells: pl.DataFrame) -> Mapping[str, Mapping[str, int]]:
    """By column of NEW how many cells of each kind."""
    counted: dict[str, dict[str, int]] = {}
    for column, kind, n in cells.group_by("column", "kind", maintain_order=True).len().iter_rows():
        counted.setdefault(column, {})[kind] = n
    return counted
