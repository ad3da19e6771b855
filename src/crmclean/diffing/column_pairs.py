"""Which column of OLD is which column of NEW: by name, by header, and by holding the same values."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.core.text import fold
from crmclean.diffing.record_pairs import RecordPairs
from crmclean.table import Column

SAMPLE = 20_000  # paired records that may tell that a column was renamed
ALIKE = 0.9  # share of them, of those where either column is filled, that must hold the same
TELLING = 2  # distinct values: a column of one value says nothing about its name


@dataclass(frozen=True, slots=True)
class ColumnPair:
    """A column of both tables. ``field`` is what it holds where the tables don't contradict each other."""

    before: Column
    after: Column

    @property
    def field(self) -> str | None:
        """The field of both, or of the one that is known."""
        one, other = self.before.field, self.after.field
        if {one, other} == {"record_id", "identifier"}:  # in one of them it repeats or has gaps
            return "record_id"
        return one if one == other else None if one and other else one or other


@dataclass(frozen=True, slots=True)
class ColumnPairs:
    """All columns of both tables; ``pairs`` and ``added`` in the order of NEW, ``removed`` in that of OLD."""

    pairs: tuple[ColumnPair, ...]
    added: tuple[Column, ...]
    removed: tuple[Column, ...]


def pair_by_name(old: Sequence[Column], new: Sequence[Column], given: Sequence[tuple[str, str]] = ()) -> ColumnPairs:
    """Pair columns of one name, then those whose headers are one word written otherwise (``Straße``, ``STRASSE``).

    Args:
        old, new: all columns.
        given: unique names in OLD and NEW that are known to be one column, such as the keys.
    """
    partner = {after: before for before, after in given}
    left = {column.name: column for column in old}
    for key in (_same_name, _same_word):
        taken, known = set(partner.values()), dict[str, str]()
        for column in old:
            if column.name not in taken:
                known.setdefault(key(column), column.name)
        for column in new:
            if key(column) in known and key(column) and column.name not in partner:
                partner[column.name] = known.pop(key(column))
    return _gathered(left, new, partner)


def with_renamed(columns: ColumnPairs, old: pl.DataFrame, new: pl.DataFrame, records: RecordPairs) -> ColumnPairs:
    """Pair also the columns that are left over and hold the same values in paired records.

    Args:
        columns: what names say.
        old, new: both tables.
        records: which rows are one record.
    """
    if not columns.added or not columns.removed or records.old.is_empty():
        return columns
    step = max(1, len(records.old) // SAMPLE)
    before = old.select(column.name for column in columns.removed)[records.old.gather_every(step)]
    after = new.select(column.name for column in columns.added)[records.new.gather_every(step)]
    partner = {pair.after.name: pair.before.name for pair in columns.pairs}
    partner |= {new_name: old_name for old_name, new_name in _best(before, after)}
    pairs = [(pair.before, pair.after) for pair in columns.pairs]
    left = {c.name: c for c in [*(before for before, _ in pairs), *columns.removed]}
    order = sorted([*(after for _, after in pairs), *columns.added], key=lambda column: column.index)
    return _gathered(left, order, partner)


def _same_name(column: Column) -> str:
    return column.name


def _same_word(column: Column) -> str:
    return fold(column.label)


def _best(before: pl.DataFrame, after: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Columns that hold the same values, the likest first, each once; none of those that are equally like several."""
    alike = [
        (share, old.name, new.name)
        for old in map(_bare, before.get_columns())
        for new in map(_bare, after.get_columns())
        if (share := _likeness(old, new)) >= ALIKE
    ]
    for share, old_name, new_name in alike:
        rivals = [other for other in alike if (other[1] == old_name) != (other[2] == new_name)]
        if all(other[0] < share for other in rivals):
            yield old_name, new_name


def _bare(column: pl.Series) -> pl.Series:
    return column.fill_null("").str.strip_chars()


def _likeness(old: pl.Series, new: pl.Series) -> float:
    filled = (old != "") | (new != "")
    n_filled = int(filled.sum())
    if not n_filled or old.filter(filled).n_unique() < TELLING:
        return 0.0
    return int(((old == new) & filled).sum()) / n_filled


def _gathered(old: dict[str, Column], new: Sequence[Column], partner: dict[str, str]) -> ColumnPairs:
    taken = set(partner.values())
    return ColumnPairs(
        tuple(ColumnPair(old[partner[column.name]], column) for column in new if column.name in partner),
        tuple(column for column in new if column.name not in partner),
        tuple(sorted((c for c in old.values() if c.name not in taken), key=lambda column: column.index)),
    )
