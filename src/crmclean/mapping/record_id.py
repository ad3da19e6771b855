"""Which column identifies a record: at most one."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

UNIQUE = 0.9  # share of distinct among filled cells; damaged exports repeat some ids
FILLED = 0.9  # share of rows
UNIQUE_KEY = 0.99  # of a key whose header does not say that it is the record's: a record exported twice, not more

# Last words of a header that names a key.
KEY_WORDS = frozenset("id ids guid uuid gguid nr nummer number no key code kennung schluessel".split())


def find_record_id(frame: pl.DataFrame, claimed: Sequence[str], identifiers: Sequence[str]) -> str | None:
    """The unique name of the record id column, or ``None``.

    Args:
        frame: the whole table; only the candidate columns are counted.
        claimed: columns whose header or dialect says "record id", likeliest first.
        identifiers: other key columns; the first is taken in which every row has a value and hardly any repeats.
    """
    if not frame.height:
        return claimed[0] if claimed else None
    for name in claimed:
        if _distinct_share(frame[name], filled=FILLED) >= UNIQUE:
            return name
    if claimed:
        return None
    for name in identifiers:
        if _distinct_share(frame[name], filled=1.0) >= UNIQUE_KEY:
            return name
    return None


def _distinct_share(column: pl.Series, filled: float) -> float:
    """Distinct over filled cells; 0 when fewer than ``filled`` of the rows have a value."""
    stripped = column.str.strip_chars()
    values = stripped.filter(stripped.is_not_null() & (stripped != ""))
    if not len(column) or len(values) < filled * len(column):
        return 0.0
    # Counted by hash, which is far cheaper: that two of a billion texts share one of 64 bits moves no share.
    return values.hash().n_unique() / len(values)
