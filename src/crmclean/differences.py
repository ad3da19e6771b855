"""What changed between two exports, and the contract of the forms it is told in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from crmclean.core.churn import Churn
from crmclean.core.language import Language

SCHEMA_VERSION = "1"  # of the JSON form
PairedBy = Literal["record_id", "key", "matching"]
# What became of a cell. ``form``: written otherwise, meant the same. ``lost``: filled before, empty or a placeholder
# now. ``filled``: the other way round.
KINDS = ("changed", "lost", "filled", "form")
REAL = KINDS[:3]  # what it means changed as well
CELLS_SCHEMA: Mapping[str, Any] = {
    "row_old": pl.UInt32,  # 1-based data record number in each file
    "row_new": pl.UInt32,
    "record_id": pl.String,  # null where records were paired by matching and have none
    "column": pl.Categorical,  # as NEW calls it
    "field": pl.Categorical,  # null: nobody knows
    "kind": pl.Categorical,  # one of ``KINDS``
    "before": pl.String,
    "after": pl.String,
}
RECORDS_SCHEMA: Mapping[str, Any] = {"row": pl.UInt32, "record_id": pl.String}
IDS_SCHEMA: Mapping[str, Any] = {
    "side": pl.String,  # old | new
    "row": pl.UInt32,
    "record_id": pl.String,
    "code": pl.String,  # repeated-id | repeated-elsewhere (in the other file) | no-id
    "counted": pl.String,  # removed | added, where the other file has no such id; null: not compared
}
PAIRS_SCHEMA: Mapping[str, Any] = {
    "row_old": pl.UInt32,
    "row_new": pl.UInt32,
    "record_id_old": pl.String,
    "record_id_new": pl.String,
    "probability": pl.Float64,  # 0..1, four digits
    "is_sure": pl.Boolean,  # false: listed for a person, and not compared
    "reasons": pl.String,
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of both exports: its name, format, data records, lines that could not be read as records, and its hash."""

    name: str
    format: str
    n_rows: int
    n_rejects: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class ColumnChanges:
    """One column that both exports have.

    Attributes:
        before: its unique name in OLD.
        after: its unique name in NEW.
        field: what it holds; ``None``: nobody knows.
        cells: how many of each of ``KINDS``.
    """

    before: str
    after: str
    field: str | None
    cells: Mapping[str, int]

    @property
    def is_renamed(self) -> bool:
        """Whether NEW calls it otherwise."""
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Event:
    """Many changes that are likely one.

    Attributes:
        kind: ``same-value`` (one column set to one value), ``emptied``, ``rewritten`` (one column of nearly all
            records), ``reformatted`` (as that, but the values mean the same), ``everything`` (many columns of nearly
            all records).
        columns: as NEW calls them.
        n: records concerned.
        of: records compared.
        value: for ``same-value``.
    """

    kind: str
    columns: tuple[str, ...]
    n: int
    of: int
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Differences:
    """What changed between two exports. Order of rows and columns is no change.

    Attributes:
        old, new: the exports.
        paired_by: how records were paired.
        key: columns of OLD and of NEW by which they were; empty for matching.
        n_compared: pairs of records that were compared.
        n_identical: of these, how many were paired by matching because they say exactly the same.
        added: ``RECORDS_SCHEMA``, rows of NEW.
        removed: ``RECORDS_SCHEMA``, rows of OLD.
        cells: ``CELLS_SCHEMA``, sorted by row of OLD, then column of NEW.
        ids: ``IDS_SCHEMA``: records whose id stands on several records of a file, or is empty.
        pairs: ``PAIRS_SCHEMA``: what matching says of the records that are not identical; empty for ids.
        columns: those both exports have, in NEW's order.
        columns_added, columns_removed: names.
        events: mass updates.
        churn: what became of OLD's customers; ``None`` where the files do not say who is one.
    """

    old: Side
    new: Side
    paired_by: PairedBy
    key: tuple[tuple[str, ...], tuple[str, ...]]
    n_compared: int
    n_identical: int
    added: pl.DataFrame
    removed: pl.DataFrame
    cells: pl.DataFrame
    ids: pl.DataFrame
    pairs: pl.DataFrame
    columns: tuple[ColumnChanges, ...]
    columns_added: tuple[str, ...]
    columns_removed: tuple[str, ...]
    events: tuple[Event, ...]
    churn: Churn | None = None

    def count(self, kind: str) -> int:
        """Cells of one of ``KINDS``."""
        return sum(column.cells.get(kind, 0) for column in self.columns)

    @property
    def n_changed_records(self) -> int:
        """Records with a cell that means something else now."""
        return self.cells.filter(pl.col("kind").is_in(REAL))["row_old"].n_unique()

    @property
    def n_apart(self) -> int:
        """Records that were not compared, because nobody can say with which."""
        return int(self.ids["counted"].null_count())

    @property
    def unsure(self) -> pl.DataFrame:
        """``PAIRS_SCHEMA``: pairs that may be the same record; neither compared nor counted as added or removed."""
        return self.pairs.filter(~pl.col("is_sure"))


@dataclass(frozen=True, slots=True)
class DiffReport:
    """One form in which differences are told. ``DIFF_REPORT`` of a module in ``crmclean/diff_reports``. Pure.

    Attributes:
        name: equal to the module's file name.
        suffix: with the dot.
        render: ``(differences, language, shows_values) -> bytes``. Forms that people read show values and record ids
            only where asked, else masked or by row; those that programs read hold them always.
    """

    name: str
    suffix: str
    render: Callable[[Differences, Language, bool], bytes]
