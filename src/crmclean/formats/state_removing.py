"""Removing rows from a state so that their bytes are gone from the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from crmclean.core.language import Text
from crmclean.formats.run_lock import RunLock
from crmclean.formats.state import State, failed

_WAIT_S = 5.0
_REMOVES = Text("removes something from this state", "entfernt gerade etwas aus diesem Stand")


@contextmanager
def removing(
    path: Path, remove: Callable[[sqlite3.Connection], Mapping[str, int]], *, dry_run: bool = False
) -> Iterator[Mapping[str, int]]:
    """Remove rows; for good when the block ends without an error, else nothing has changed.

    Args:
        path: of the state; it is there.
        remove: deletes, and says how many rows by table.
        dry_run: only count.

    Yields:
        What ``remove`` said.

    Raises:
        InputError: ``state-unusable``: no state, or a damaged one.
        LockedError: another process works with it.
        OutputError: can't be written.
    """
    with State(path):
        pass  # refuses what is none of ours
    try:
        # A run that looked back before and records afterwards would bring the record in again.
        with (
            RunLock(path.parent, f".{path.name}.lock", _REMOVES, of=path),
            closing(sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)) as database,
        ):
            # Freed pages are overwritten, and what vacuum copies stays in memory.
            database.execute("pragma secure_delete = on")
            database.execute("pragma temp_store = memory")
            # Nobody reads, either: what is put in place within the block is not followed by a commit that has to wait.
            database.execute("begin immediate" if dry_run else "begin exclusive")
            try:
                removed = remove(database)
                yield removed
            except BaseException:
                database.execute("rollback")
                raise
            if dry_run or not sum(removed.values()):
                database.execute("rollback")
                return
            database.execute("commit")
            # The rows are gone and overwritten; a reader in between, or a full disk, only keeps the file large.
            with suppress(sqlite3.Error):
                database.execute("vacuum")
                database.execute("pragma wal_checkpoint(truncate)").fetchall()
    except sqlite3.Error as error:
        raise failed(path, error, is_writing=True) from None


def tables_of(database: sqlite3.Connection) -> set[str]:
    """Names of the tables there are: a state of an earlier version has fewer."""
    return {name for (name,) in database.execute("select name from sqlite_master where type = 'table'")}
