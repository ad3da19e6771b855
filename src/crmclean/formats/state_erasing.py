"""Taking a record out of a state, so that its bytes are gone from the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

import polars as pl

from crmclean.finding_keys import finding_hashes, record_hashes
from crmclean.finding_list import ALL_SCHEMA, REJECT
from crmclean.formats.history_tables import FINDING_KEY_BYTES
from crmclean.formats.state_removing import removing, tables_of

# Every table that names records by their key, and the columns that do. A table that is added belongs here as well.
KEYED_TABLES: Mapping[str, tuple[str, ...]] = {
    "clusters": ("record_key",),
    "pairs": ("key_a", "key_b"),
    "sketch": ("record_key",),
    "decisions": ("key_a", "key_b"),
    "clusters_before": ("record_key",),
    "pairs_before": ("key_a", "key_b"),
}
# Likewise every table that names them by the hash of their id, with the file's own salt.
HASHED_TABLES: Mapping[str, str] = {"findings": "record", "phases": "record", "history_sketch": "record"}


def erasing(
    path: Path, ids: Collection[str], lines: Collection[str] = (), *, dry_run: bool = False
) -> AbstractContextManager[Mapping[str, int]]:
    """Take records out of a state; see ``removing``.

    Args:
        path: of the state; it is there.
        ids: of the records.
        lines: texts of lines that were no records and hold one: the history knows them by a hash of the text.
        dry_run: only count.
    """
    return removing(
        path,
        lambda database: _delete(database, ids) | _delete_hashed(database, ids, lines),
        dry_run=dry_run,
    )


def _delete(database: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    known = tables_of(database)
    marks = ", ".join("?" for _ in ids)
    removed = {}
    for table, columns in KEYED_TABLES.items():
        if table not in known:
            continue
        # With several exports the number of the export stands before the id.
        several = _is_numbered(database, table, columns[0])
        texts = [f"substr({name}, instr({name}, ':') + 1)" if several else name for name in columns]
        # Blanks other than spaces are the business of who gives the ids as they are written.
        where = " or ".join(f"trim({text}) in ({marks}) or {text} in ({marks})" for text in texts)
        given = [*ids] * (2 * len(columns))
        done = database.execute(f"delete from {table} where {where}", given)  # noqa: S608 - own names
        removed[table] = done.rowcount
    return removed


def _delete_hashed(database: sqlite3.Connection, ids: Collection[str], lines: Collection[str]) -> dict[str, int]:
    """What the history knows of the records: it has hashes only, and whoever has the file can try ids on them."""
    salts = database.execute("select salt from history_key").fetchall() if "history_key" in tables_of(database) else []
    if not salts:
        return {}
    salt: bytes = salts[0][0]
    hashes = record_hashes(ids, salt).drop_nulls().unique().to_list()
    removed = {
        table: _delete_each(database, f"delete from {table} where {column} = ?", hashes)  # noqa: S608 - own names
        for table, column in HASHED_TABLES.items()
    }
    removed["findings"] += _delete_each(database, "delete from findings where key = ?", _line_keys(lines, salt))
    return removed


def _delete_each(database: sqlite3.Connection, statement: str, hashes: Sequence[int]) -> int:
    return sum(database.execute(statement, (each,)).rowcount for each in hashes)


def _line_keys(lines: Collection[str], salt: bytes) -> list[int]:
    """By what the findings at lines that are no records are known."""
    rows = pl.DataFrame({"value": sorted(set(lines))}, schema={"value": pl.String})
    found = rows.with_columns(
        pl.lit(REJECT).alias("kind"), *(pl.lit(None, ALL_SCHEMA[name]).alias(name) for name in ("row", "record_id"))
    )
    return [int.from_bytes(each, "big", signed=True) for each in finding_hashes(found, salt, FINDING_KEY_BYTES)]


def _is_numbered(database: sqlite3.Connection, table: str, column: str) -> bool:
    query = f"select count(*), sum({column} glob '[0-9]*:*') from {table}"  # noqa: S608 - own names
    ((n, numbered),) = database.execute(query)
    return bool(n) and n == numbered
