"""Which column identifies a record: at most one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from crmclean.core.text import fold

UNIQUE = 0.9  # share of distinct among filled cells; damaged exports repeat some ids
FILLED = 0.9  # share of rows

# Last words of a header that names a key.
KEY_WORDS = frozenset("id ids guid uuid gguid nr nummer number no key code kennung schluessel".split())


def find_record_id(frame: pl.DataFrame, claimed: Sequence[str], identifiers: Mapping[str, str]) -> str | None:
    """The unique name of the record id column, or ``None``.

    Args:
        frame: the whole table; only the candidate columns are counted.
        claimed: columns whose header or dialect says "record id", likeliest first.
        identifiers: other key columns, unique name to header; one is taken when its header says id or number, every
            row has one and none repeats. The first such column wins.
    """
    if not frame.height:
        return claimed[0] if claimed else None
    for name in claimed:
        if _distinct_share(frame[name], filled=FILLED) >= UNIQUE:
            return name
    if claimed:
        return None
    for name, label in identifiers.items():
        if KEY_WORDS & set(fold(label).split()) and _distinct_share(frame[name], filled=1.0) == 1.0:
            return name
    return None


def _distinct_share(column: pl.Series, filled: float) -> float:
    """Distinct over filled cells; 0 when fewer than ``filled`` of the rows have a value."""
    stripped = column.str.strip_chars()
    values = stripped.filter(stripped.is_not_null() & (stripped != ""))
    if not len(column) or len(values) < filled * len(column):
        return 0.0
    return values.n_unique() / len(values)
