"""Whole columns of values as keyed hashes."""

from __future__ import annotations

import hashlib

import polars as pl

from crmclean.core.keyed_hash import N_BYTES

_BLOCK = 64  # bytes of a block of SHA-256, see RFC 2104


def hashed(values: pl.Series, kind: str, key: bytes) -> pl.DataFrame:
    """The keyed hash of each distinct value: ``text``, ``hash`` (``String``, hexadecimal), nulls left out.

    The same as ``core.keyed_hash.keyed``, but the key and the kind are hashed once, not a million times.

    Args:
        values: ``String``, normalised.
        kind: of value, see ``suppression.kinds``.
        key: of the list.
    """
    known = values.drop_nulls().unique(maintain_order=True)
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block) + f"{kind}\x1f".encode())
    outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
    hashes = []
    for text in known.to_list():
        within, around = inner.copy(), outer.copy()
        within.update(text.encode())
        around.update(within.digest())
        hashes.append(around.hexdigest()[: 2 * N_BYTES])
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
