"""Which row of OLD is which row of NEW: by a key, or because both say exactly the same.

Rows are 0-based here. Nobody is paired on a guess: a key that stands on several records names none of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from crmclean.differences import IDS_SCHEMA
from crmclean.row_places import distinct

REPEATED, REPEATED_ELSEWHERE, NO_ID = "repeated-id", "repeated-elsewhere", "no-id"
_BETWEEN = "\x1f"  # parts of a key; no export has it in one


@dataclass(frozen=True, slots=True)
class RecordPairs:
    """Rows of both tables, paired or left over; no row stands in two of them.

    Attributes:
        old, new: ``UInt32``, of equal length: rows that are one record, sorted by ``old``.
        removed: rows of OLD that NEW has no more.
        added: rows of NEW that OLD did not have.
        ids: ``IDS_SCHEMA``: rows whose key repeats in their table, or is empty.
    """

    old: pl.Series
    new: pl.Series
    removed: pl.Series
    added: pl.Series
    ids: pl.DataFrame


def keys_of(frame: pl.DataFrame, columns: Sequence[str]) -> pl.Series:
    """Per row what it is known by, without blanks around it; null where a part is empty."""
    bare = [pl.col(name).str.strip_chars() for name in columns]
    parts = [pl.when(part != "").then(part) for part in bare]
    return frame.select(pl.concat_str(parts, separator=_BETWEEN).alias("key")).to_series()


def pair_by_key(old: pl.Series, new: pl.Series) -> RecordPairs:
    """Pair rows by their keys.

    Args:
        old, new: see ``keys_of``.
    """
    if old.null_count() == 0 and old.equals(new) and _is_unique(old):
        rows = pl.arange(0, len(old), eager=True, dtype=pl.UInt32)
        nobody = rows.clear()
        return RecordPairs(rows, rows, nobody, nobody, pl.DataFrame(schema=dict(IDS_SCHEMA)))
    sides = [_rows(keys) for keys in (old, new)]
    clear = [_once(side) for side in sides]
    paired = clear[0].join(clear[1], on="key", suffix="_new", maintain_order="left")
    repeated = [
        side.join(once, on="row", how="anti", maintain_order="left") for side, once in zip(sides, clear, strict=True)
    ]
    # A key that repeats on one side and is gone from the other is gone from all its records.
    doubtful = pl.concat([side.select("key") for side in repeated]).unique()
    for side in sides:
        doubtful = doubtful.join(side, on="key", how="semi")
    left = [
        side.join(doubtful, on="key", how="anti", maintain_order="left")
        .join(paired, left_on="row", right_on=name, how="anti", maintain_order="left")
        .get_column("row")
        for side, name in zip(sides, ("row", "row_new"), strict=True)
    ]
    told = zip(("old", "new"), ("removed", "added"), (old, new), repeated, clear, strict=True)
    ids = pl.concat(_ids(name, counted, keys, rows, once, doubtful) for name, counted, keys, rows, once in told)
    return RecordPairs(paired["row"], paired["row_new"], left[0], left[1], ids)


def pair_identical(old: pl.DataFrame, new: pl.DataFrame) -> RecordPairs:
    """Pair rows that say exactly the same in all columns; the first with the first where several do.

    Args:
        old, new: the same columns; null and empty are the same here.
    """
    both = pl.concat([old.fill_null(""), new.fill_null("")])
    _, like = distinct(both)
    sides = [
        like.slice(start, height)
        .to_frame("like")
        .with_row_index("row")
        .with_columns(nth=pl.int_range(pl.len()).over("like"))
        for start, height in ((0, old.height), (old.height, new.height))
    ]
    paired = sides[0].join(sides[1], on=["like", "nth"], suffix="_new", maintain_order="left")
    left = [
        side.join(paired, left_on="row", right_on=name, how="anti", maintain_order="left")["row"]
        for side, name in zip(sides, ("row", "row_new"), strict=True)
    ]
    return RecordPairs(paired["row"], paired["row_new"], left[0], left[1], pl.DataFrame(schema=dict(IDS_SCHEMA)))


def _is_unique(keys: pl.Series) -> bool:
    # Hashes are counted far faster than texts, and few texts that differ share one.
    return keys.hash().n_unique() == len(keys) or keys.n_unique() == len(keys)


def _rows(keys: pl.Series) -> pl.DataFrame:
    """The rows that have a key."""
    return keys.to_frame("key").with_row_index("row").drop_nulls("key")


def _once(side: pl.DataFrame) -> pl.DataFrame:
    """The rows whose key no other row of the table has."""
    if _is_unique(side["key"]):
        return side
    return side.filter(~pl.col("key").is_duplicated())


def _ids(
    side: str, counted: str, keys: pl.Series, repeated: pl.DataFrame, once: pl.DataFrame, doubtful: pl.DataFrame
) -> pl.DataFrame:
    """Rows of one table whose key is no name: key by key, then those whose key repeats in the other table, then those
    without one."""
    nothing = pl.lit(None, pl.String)
    nameless = keys.is_null().arg_true().cast(pl.UInt32).to_frame("row")
    rows = repeated.sort(pl.col("row").min().over("key"), "row", maintain_order=True)
    elsewhere = once.join(doubtful, on="key", how="semi", maintain_order="left")
    gone = pl.when(~pl.col("key").is_in(doubtful["key"].implode())).then(pl.lit(counted))
    listed = pl.concat(
        [
            rows.select("row", record_id="key", code=pl.lit(REPEATED), counted=gone),
            elsewhere.select("row", record_id="key", code=pl.lit(REPEATED_ELSEWHERE), counted=nothing),
            nameless.select("row", record_id=nothing, code=pl.lit(NO_ID), counted=nothing),
        ]
    ).with_columns(side=pl.lit(side), row=pl.col("row") + 1)
    return listed.select(pl.col(name).cast(kind) for name, kind in IDS_SCHEMA.items())
