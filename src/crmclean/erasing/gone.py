"""What goes, and which number everything else gets."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from crmclean.formats.gaps import Gaps

_ROWS = (("row", "record_id"), ("row_a", "record_id_a"), ("row_b", "record_id_b"))
_ACCOUNT = "account_row"


@dataclass(frozen=True, slots=True)
class Gone:
    """One record, or several of one id.

    Attributes:
        ids: of the records, as the export has them.
        rows: ``Int64``, from 1, ascending: their numbers. ``None`` where a folder numbers the records of exports it did
            not write: numbers stay then.
        gaps: their lines, and those of rejects that hold them.
    """

    ids: frozenset[str]
    rows: pl.Series | None = None
    gaps: Gaps = field(default_factory=Gaps)

    def is_gone(self, frame: pl.DataFrame) -> pl.Series:
        """Which rows of a side file speak of a record that goes (``Boolean``)."""
        found = pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)
        for row, record in _ROWS:
            if self.rows is not None and row in frame.columns:
                found |= frame[row].cast(pl.Int64).is_in(self.rows.implode()).fill_null(value=False)
            elif self.rows is None and record in frame.columns:
                found |= frame[record].is_in(list(self.ids)).fill_null(value=False)
        if self.rows is not None and "line" in frame.columns:
            known = frame["line"].cast(pl.Int64)
            found |= known.is_not_null() & self.gaps.moved_all(known).is_null()
        return found

    def renumbered(self, frame: pl.DataFrame) -> pl.DataFrame:
        """A side file of which nothing speaks of a record that goes, with the new numbers."""
        if self.rows is None:
            return frame
        columns = [
            self.number(frame[name].cast(pl.Int64)).cast(frame.schema[name]).alias(name)
            for name in (*(row for row, _ in _ROWS), _ACCOUNT)
            if name in frame.columns
        ]
        if "line" in frame.columns:
            columns.append(self.gaps.moved_all(frame["line"]).cast(frame.schema["line"]).alias("line"))
        return frame.with_columns(columns)

    def number(self, rows: pl.Series) -> pl.Series:
        """The new numbers (``Int64``, from 1) of records that stay; null stays null."""
        if self.rows is None:
            return rows.cast(pl.Int64)
        less = self.rows.search_sorted(rows.fill_null(0), side="left").cast(pl.Int64)
        return rows.cast(pl.Int64) - less


def without(frame: pl.DataFrame, gone: Gone) -> tuple[pl.DataFrame, int]:
    """A side file without the records, and how many of its rows went.

    Args:
        frame: any side file, read as text or typed.
        gone: what goes.
    """
    goes = gone.is_gone(frame)
    left = frame.filter(~goes)
    if _ACCOUNT in left.columns:
        left = _without_account(left, gone)
    return gone.renumbered(left), int(goes.sum())


def _without_account(frame: pl.DataFrame, gone: Gone) -> pl.DataFrame:
    """A contact whose company goes has none."""
    if gone.rows is not None:
        lost = frame[_ACCOUNT].cast(pl.Int64).is_in(gone.rows.implode())
    else:
        lost = frame["account_record_id"].is_in(list(gone.ids))
    lost = lost.fill_null(value=False)
    names = [name for name in frame.columns if name in (_ACCOUNT, "account_record_id", "account_file", "probability")]
    return frame.with_columns(
        *(pl.when(~lost).then(pl.col(name)).alias(name) for name in names),
        how=pl.when(lost).then(pl.lit("none")).otherwise("how"),
    )
