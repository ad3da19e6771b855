"""Which record is which from one night to the next, and whether it still says the same.

The *key* of a record is its id in the CRM; a record without one is known by what it says. Its *evidence* is a hash of
everything that is compared: what somebody decided about two records holds as long as neither says anything else.
"""

from __future__ import annotations

import hashlib

import polars as pl

from crmclean.evidence import Cells

_CHARS = 16  # 64 bits: among a million records two with the same evidence by accident have 1 chance in 37 million
_UNIT, _END = "\x1f", "\x1e"
_NO_ID = "#"  # begins the key of a record without an id


def evidence(cells: Cells, rows: pl.Series) -> pl.Series:
    """What records say, as a hash.

    Args:
        cells: keys of all cells. Empty ones and the order of the fields do not count.
        rows: ``UInt32``, n.

    Returns:
        ``String``, n: sixteen hexadecimal digits.
    """
    told = [
        pl.when(pl.col(name).is_not_null()).then(pl.concat_str(pl.lit(f"{field}{_UNIT}"), name, pl.lit(_END)))
        for field, name, _ in _columns(cells)
    ]
    frame = pl.DataFrame([series.gather(rows).alias(name) for _, name, series in _columns(cells)])
    if not told:
        return pl.repeat(_hash(""), len(rows), dtype=pl.String, eager=True)
    said = frame.select(pl.concat_str(told, ignore_nulls=True).alias("said")).to_series()
    known = said.unique(maintain_order=True)
    hashes = pl.Series([_hash(text) for text in known.to_list()], dtype=pl.String)
    return said.replace_strict(known, hashes, return_dtype=pl.String) if len(known) else said


def record_keys(ids: pl.Series, said: pl.Series, source: pl.Series | None = None) -> pl.Series:
    """The keys of records.

    Args:
        ids: of the records in the CRM; null where there is none.
        said: see ``evidence``.
        source: with several exports, the number of each record's (1, 2, …).
    """
    frame = pl.DataFrame([ids.alias("id"), said.alias("said")])
    key = pl.coalesce(pl.when(pl.col("id").str.strip_chars() != "").then("id"), pl.lit(_NO_ID) + pl.col("said"))
    if source is not None:
        frame = frame.with_columns(source=source)
        key = pl.format("{}:{}", "source", key)
    return frame.select(key.alias("key")).to_series()


def _columns(cells: Cells) -> list[tuple[str, str, pl.Series]]:
    return [
        (field, f"{field} {at}", series) for field in sorted(cells.keys) for at, series in enumerate(cells.keys[field])
    ]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:_CHARS]
