"""By what a finding or a record is known again without keeping what it says: keyed hashes.

Who reads them learns neither the record nor the value; another value in the same cell is another finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence

import polars as pl


def finding_hashes(findings: pl.DataFrame, salt: bytes, n_bytes: int) -> Iterator[bytes]:
    """What each finding is known by, beside its code and its column.

    Args:
        findings: ``finding_list.ALL_SCHEMA``, values as they are.
        salt: the key of the hashes.
        n_bytes: length of one.
    """
    start = hashlib.blake2b(key=salt, digest_size=n_bytes)
    for row, record_id, kind, value in findings.select("row", "record_id", "kind", "value").iter_rows():
        hashed = start.copy()
        who = record_id.strip() if record_id else ""
        # A rejected line has no number of its own that stays; it is known by its text.
        named = f"id {who}" if who else f"{kind} {row or ''}"
        hashed.update(f"{named}\0{'' if value is None else value}".encode("utf-8", "surrogatepass"))
        yield hashed.digest()


def nth_of_equal(columns: Sequence[str]) -> pl.Expr:
    """0, 1, 2, … for rows that are equal in these columns, in their order."""
    return pl.int_range(pl.len()).over(columns)


def record_hashes(ids: Iterable[str | None], salt: bytes) -> pl.Series:
    """What records are known by: ``Int64``; null where there is no id.

    64 bits: among a million records two share theirs with a probability below 1e-7.
    """
    start = hashlib.blake2b(key=salt, digest_size=8)

    def hashed(record_id: str | None) -> int | None:
        who = record_id.strip() if record_id else ""
        if not who:
            return None
        one = start.copy()
        one.update(f"record {who}".encode("utf-8", "surrogatepass"))
        return int.from_bytes(one.digest(), "big", signed=True)

    return pl.Series("record", [hashed(each) for each in ids], pl.Int64)
