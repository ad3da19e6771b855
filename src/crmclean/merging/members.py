"""The records of all clusters with what survivorship looks at, and nothing of the other records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import polars as pl

from crmclean.core.field import FieldType
from crmclean.core.placeholders import PLACEHOLDERS
from crmclean.core.registry import FIELDS
from crmclean.merging.clock import Clock, clock_of
from crmclean.table import Column, Normalised, Verdict

# Values told apart by case: two such keys that differ by case alone are two keys.
_CASE_MATTERS = ("record_id", "parent_id", "identifier")
_NOTHING = (int(Verdict.EMPTY), int(Verdict.PLACEHOLDER))
_IDENTITY = next(each.default for each in fields(FieldType) if each.name == "shown")
_USABLE = (int(Verdict.VALID), int(Verdict.DOUBTFUL), int(Verdict.UNJUDGED))
LAST = 2**32 - 1  # rank of what is not known


@dataclass(frozen=True, slots=True)
class Members:
    """k records of n_clusters clusters, sorted by cluster, then row; all frames have k rows.

    Attributes:
        rows: ``cluster`` (``UInt32``, from 0), ``at`` (``UInt32``, 0-based row of the table), ``is_primary``.
        cells: the texts that may survive, one column a column of the table.
        verdicts: ``UInt8``, values of ``Verdict``, by the same names.
        keys: ``String``: equal for texts that mean the same; null where there is nothing.
        source: ``UInt32``: rank of the record's source by the configured order, 0 = most trusted.
        recency: ``UInt32``: 0 = changed last; the same everywhere if the clock can't be trusted.
        completeness: ``UInt32``: how many cells can be used: filled, and not known to be wrong.
        clock: which clock that is, and whether it is trusted.
        sources: ``String``: the record's source; null where nobody says.
    """

    rows: pl.DataFrame
    cells: pl.DataFrame
    verdicts: pl.DataFrame
    keys: pl.DataFrame
    source: pl.Series
    recency: pl.Series
    completeness: pl.Series
    clock: Clock
    sources: pl.Series

    @property
    def n_clusters(self) -> int:
        """How many clusters there are."""
        return int(self.rows["cluster"].n_unique())

    def has_something(self, name: str) -> pl.Series:
        """``Boolean``, k: whether a cell holds more than nothing or a placeholder."""
        return ~self.verdicts[name].is_in(_NOTHING)


def members_of(
    cleaned: Normalised, frame: pl.DataFrame, rows: pl.DataFrame, *, source_column: str, sources: Sequence[str]
) -> Members:
    """The records of the clusters.

    Args:
        cleaned: the whole table, judged for a report.
        frame: the cells to take, same shape as the table's.
        rows: see ``Members``.
        source_column: unique name of the column with each record's source; empty for none.
        sources: the most trusted first.
    """
    at = rows["at"]
    cells = frame[at] if rows.height else frame.clear()
    verdicts = pl.DataFrame([_verdicts(cleaned, column, cells, at) for column in cleaned.columns])
    keys = pl.DataFrame([_keys(cleaned, column, cells, verdicts, at) for column in cleaned.columns])
    clock = clock_of(cleaned)
    known = cells[source_column].str.strip_chars() if source_column else _unknown(rows.height)
    usable = [series.is_in(_USABLE).cast(pl.UInt32) for series in verdicts.get_columns()]
    return Members(
        rows=rows,
        cells=cells,
        verdicts=verdicts,
        keys=keys,
        source=ranked(known, sources),
        recency=clock.times.gather(at).rank("dense", descending=True).fill_null(LAST).cast(pl.UInt32),
        completeness=pl.select(pl.sum_horizontal(usable)).to_series()
        if usable and rows.height
        else _zeros(rows.height),
        clock=clock,
        sources=known,
    )


def ranked(values: pl.Series, order: Sequence[str]) -> pl.Series:
    """``UInt32``: the position of each value in an order; what is not in it comes last."""
    if not order:
        return _zeros(len(values))
    folded = {source.casefold(): rank for rank, source in reversed(list(enumerate(order)))}
    return values.str.to_lowercase().replace_strict(folded, default=LAST, return_dtype=pl.UInt32).fill_null(LAST)


def _unknown(n: int) -> pl.Series:
    return pl.repeat(None, n, dtype=pl.String, eager=True)


def _zeros(n: int) -> pl.Series:
    return pl.zeros(n, dtype=pl.UInt32, eager=True)


def _verdicts(cleaned: Normalised, column: Column, cells: pl.DataFrame, at: pl.Series) -> pl.Series:
    """What is known of each cell; a plain text is filled, empty, or a placeholder."""
    judged = cleaned.judged.get(column.name)
    if judged is not None:
        return judged.verdict.gather(at).alias(column.name)
    texts = pl.col(column.name).str.strip_chars().fill_null("")
    plain = (
        pl.when(texts == "")
        .then(pl.lit(int(Verdict.EMPTY), pl.UInt8))
        .when(texts.str.to_lowercase().is_in(list(PLACEHOLDERS)))
        .then(pl.lit(int(Verdict.PLACEHOLDER), pl.UInt8))
        .otherwise(pl.lit(int(Verdict.UNJUDGED), pl.UInt8))
    )
    return cells.select(plain.alias(column.name)).to_series()


def _shown(canonical: pl.Series, kind: FieldType) -> pl.Series:
    """What others see of the canonical forms: a direct-dial extension is part of the number dialled."""
    if kind.shown is _IDENTITY:
        return canonical
    known = canonical.drop_nulls().unique(maintain_order=True)
    if not len(known):
        return canonical
    shown = pl.Series([kind.shown(value) for value in known.to_list()], dtype=pl.String)
    return canonical.replace_strict(known, shown, return_dtype=pl.String, default=None)


def _keys(cleaned: Normalised, column: Column, cells: pl.DataFrame, verdicts: pl.DataFrame, at: pl.Series) -> pl.Series:
    """What each cell means: its canonical form, where it has none its text; without regard to case."""
    judged = cleaned.judged.get(column.name)
    key = cells[column.name].str.strip_chars()
    if judged is not None:
        canonical = _shown(judged.canonical.gather(at), FIELDS[str(column.field)])
        key = canonical.zip_with(canonical.is_not_null(), key)
    if column.field not in _CASE_MATTERS:
        key = key.str.to_lowercase()
    nothing = verdicts[column.name].is_in(_NOTHING)
    return key.zip_with(~nothing, _unknown(len(key))).alias(column.name)
