"""Whole columns of values as keyed hashes."""

from __future__ import annotations

import hmac

import polars as pl

from crmclean.core.keyed_hash import N_BYTES


def hashed(values: pl.Series, kind: str, key: bytes) -> pl.DataFrame:
    """The keyed hash of each distinct value: ``text``, ``hash`` (``String``, hexadecimal), nulls left out.

    The same as ``core.keyed_hash.keyed``, but the key and the kind are hashed once, not a million times.

    Args:
        values: ``String``, normalised.
        kind: of value, see ``suppression.kinds``.
        key: of the list.
    """
    known = values.drop_nulls().unique(maintain_order=True)
    start = hmac.new(key, f"{kind}\x1f".encode(), "sha256")
    hashes = []
    for text in known.to_list():
        hashing = start.copy()
        hashing.update(text.encode())
        hashes.append(hashing.hexdigest()[: 2 * N_BYTES])
    return pl.DataFrame({"text": known, "hash": pl.Series(hashes, dtype=pl.String)})


def are_listed(values: pl.Series, kind: str, key: bytes, listed: pl.Series) -> pl.Series:
    """Which values stand on a list (``Boolean``, n; false for null).

    Args:
        values: ``String``, normalised.
        kind: of value.
        key: the list was made with.
        listed: ``String``: the hashes of this kind on it.
    """
    found = hashed(values, kind, key)
    hits = found.filter(pl.col("hash").is_in(listed.implode()))["text"]
    return values.is_in(hits.implode()).fill_null(value=False)
