"""Whole columns of values as keyed hashes."""

from __future__ import annotations

import hmac

import polars as pl

from crmclean.core.keyed_hash import N_BYTES


def hashed(values: pl.Series, kind: str, key: bytes) -> pl.DataFrame:
    """The keyed hash of each distinct value: ``text``, ``hash`` (``String``, hexadecimal), nulls left out.

    Args:
        values: ``String``, normalised.
        kind: of value, see ``suppression.kinds``.
        key: of the list.
    """
    known = values.drop_nulls().unique(maintain_order=True)
    before, digest, cut = f"{kind}\x1f".encode(), hmac.digest, 2 * N_BYTES
    # As ``core.keyed_hash.keyed``, without a call in between: a list may have a million values.
    hashes = [digest(key, before + text.encode(), "sha256").hex()[:cut] for text in known.to_list()]
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
