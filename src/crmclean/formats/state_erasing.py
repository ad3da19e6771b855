"""Taking a record out of a state, so that its bytes are gone from the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from crmclean.core.errors import CrmCleanError, LockedError, OutputError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path
from crmclean.formats.state import State

# Every table that names records by their key, and the columns that do. A table that is added belongs here as well.
KEYED_TABLES: Mapping[str, tuple[str, ...]] = {
    "clusters": ("record_key",),
    "pairs": ("key_a", "key_b"),
    "sketch": ("record_key",),
    "decisions": ("key_a", "key_b"),
}
_WAIT_S = 5.0
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def erasing(path: Path, ids: Collection[str], *, dry_run: bool = False) -> Iterator[Mapping[str, int]]:
    """Take records out of a state; kept for good when the block ends without an error, else nothing has changed.

    Args:
        path: of the state; it is there.
        ids: of the records.
        dry_run: only count.

    Yields:
        How many rows go, by table.

    Raises:
        InputError: ``state-unusable``: no state, or a damaged one.
        LockedError: another process is writing.
        OutputError: can't be written.
    """
    with State(path):
        pass  # refuses what is none of ours
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)) as database:
            # Freed pages are overwritten, and what vacuum copies stays in memory.
            database.execute("pragma secure_delete = on")
            database.execute("pragma temp_store = memory")
            database.execute("begin immediate")
            try:
                removed = _delete(database, ids)
                yield removed
            except BaseException:
                database.execute("rollback")
                raise
            if dry_run or not sum(removed.values()):
                database.execute("rollback")
                return
            database.execute("commit")
            database.execute("vacuum")
            database.execute("pragma wal_checkpoint(truncate)").fetchall()
    except sqlite3.Error as error:
        raise _failed(path, error) from None


def _delete(database: sqlite3.Connection, ids: Collection[str]) -> dict[str, int]:
    known = {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
    marks = ", ".join("?" for _ in ids)
    removed = {}
    for table, columns in KEYED_TABLES.items():
        if table not in known:
            continue
        # With several exports the number of the export stands before the id.
        several = _is_numbered(database, table, columns[0])
        texts = [f"substr({name}, instr({name}, ':') + 1)" if several else name for name in columns]
        where = " or ".join(f"trim({text}) in ({marks})" for text in texts)
        done = database.execute(f"delete from {table} where {where}", [*ids] * len(columns))  # noqa: S608 - own names
        removed[table] = done.rowcount
    return removed


def _is_numbered(database: sqlite3.Connection, table: str, column: str) -> bool:
    query = f"select count(*), sum({column} glob '[0-9]*:*') from {table}"  # noqa: S608 - own names
    ((n, numbered),) = database.execute(query)
    return bool(n) and n == numbered


def _failed(path: Path, error: sqlite3.Error) -> CrmCleanError:
    where = shown_path(str(path))
    if getattr(error, "sqlite_errorcode", None) in _BUSY:
        what = Text("another crmclean is writing here", "ein anderes crmclean schreibt gerade hier")
        return LockedError(what, code="locked", where=where)
    what = Text("the state can't be written (SQLite)", "der Stand ist nicht zu schreiben (SQLite)")
    return OutputError(what, code="output-failed", where=where)
