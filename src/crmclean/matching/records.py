"""The records of one or several exports, and where each is from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import polars as pl

from crmclean.evidence import Cells
from crmclean.matching.record_keys import evidence, record_keys
from crmclean.matching.several import below_each_other
from crmclean.matching.subjects import cells_of
from crmclean.table import Normalised, Verdict


@dataclass(frozen=True, slots=True)
class Records:
    """Where each compared record is from.

    Attributes:
        frame: n_rows: ``file`` (name), ``source`` (1, 2, …), ``row`` (1-based in its file), ``record_id`` (or null),
            ``parent_id`` (of the company it names, or null), ``filled`` (number of columns in which something valid
            stands).
        n_sources: number of exports.
        cells: keys of all cells.
        keys: see ``record_keys``; of all records where a memory is used, else empty.
    """

    frame: pl.DataFrame
    n_sources: int
    cells: Cells
    keys: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.String))

    def at(self, side: str, rows: pl.Series) -> dict[str, pl.Series]:
        """The columns that name a record, for rows of all: ``file_a``, ``row_a``, ``record_id_a`` for side ``a``."""
        names = ("row", "record_id") if self.n_sources == 1 else ("file", "row", "record_id")
        return {f"{name}_{side}" if side else name: self.frame[name].gather(rows) for name in names}

    def evidence(self, rows: pl.Series) -> pl.Series:
        """What these records say, as a hash."""
        return evidence(self.cells, rows)

    def keys_of(self, rows: pl.Series) -> pl.Series:
        """By what these records are known from run to run."""
        if len(self.keys):
            return self.keys.gather(rows)
        source = self.frame["source"].gather(rows) if self.n_sources > 1 else None
        return record_keys(self.frame["record_id"].gather(rows), self.evidence(rows), source)

    def holds_any_of(self, keys: Sequence[str]) -> bool:
        """Whether a record with one of these keys is there; needs ``keys``."""
        return self.keys.is_in(list(keys)).any()


def records_of(sources: Sequence[Normalised], *, with_keys: bool = False) -> Records:
    """The records of cleaned tables, one below the other; the keys of all where they are wanted."""
    names = [PurePath(source.table.file.path).name for source in sources]
    if len(set(names)) < len(names):
        names = [source.table.file.path for source in sources]
    frame = pl.concat(
        pl.DataFrame([_column(source, "record_id"), _column(source, "parent_id"), _n_valid(source)]).select(
            file=pl.lit(name),
            source=pl.lit(at, pl.UInt32),
            row=pl.int_range(1, pl.len() + 1, dtype=pl.UInt32),
            record_id="record_id",
            parent_id="parent_id",
            filled="filled",
        )
        for at, (name, source) in enumerate(zip(names, sources, strict=True), start=1)
    )
    records = Records(frame, len(sources), below_each_other([cells_of(source) for source in sources]))
    if not with_keys:
        return records
    everyone = pl.arange(frame.height, eager=True, dtype=pl.UInt32)
    return replace(records, keys=records.keys_of(everyone))


def _column(cleaned: Normalised, field: str) -> pl.Series:
    """The first column of a field as it was read; null where the file has none."""
    n_rows = cleaned.table.frame.height
    column = next((c.name for c in cleaned.columns if c.field == field), None)
    found = pl.repeat(None, n_rows, dtype=pl.String, eager=True) if column is None else cleaned.table.frame[column]
    return found.alias(field)


def _n_valid(cleaned: Normalised) -> pl.Series:
    """Per record in how many columns something valid stands: the fullest record of a cluster leads it."""
    valid = [(judged.verdict == int(Verdict.VALID)).cast(pl.UInt32) for judged in cleaned.judged.values()]
    found = pl.select(pl.sum_horizontal(valid)).to_series() if valid else None
    return (found if found is not None else pl.zeros(cleaned.table.frame.height, pl.UInt32, eager=True)).alias("filled")
