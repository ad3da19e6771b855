"""Removing from a state what only served to make a run again, where that run is old.

Figures stay (they hold no personal data, and ``[history] keep_runs`` limits them), and so do open findings, the phases
records are in, ids of clusters and decisions: the next run needs them. Hashes of what was fixed, of records that are no
more, and what was remembered before the newest run go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from datetime import date
from pathlib import Path

from crmclean.formats.state_removing import removing, tables_of
from crmclean.formats.state_schema import APPLICATION

_MAGIC = b"SQLite format 3\x00"
_AT = 68  # of the application's id, in the header of an SQLite file (4 bytes, big-endian)
_OLD = "(select number from runs where as_of < :limit)"
_STATEMENTS = {
    "findings": f"delete from findings where fixed_run in {_OLD}",  # noqa: S608 - own names
    "phases": f"delete from phases where phase is null and run in {_OLD}",  # noqa: S608
    "clusters_before": f"delete from clusters_before where (select number from memory_run) in {_OLD}",  # noqa: S608
    "pairs_before": f"delete from pairs_before where (select number from memory_run) in {_OLD}",  # noqa: S608
}
# Nothing is left to go back to.
_AFTERWARDS = f"delete from memory_run where number in {_OLD}"  # noqa: S608


def is_state(path: Path) -> bool:
    """Whether a file says of itself that it is a state; no link is followed."""
    if path.is_symlink() or not path.is_file():
        return False
    with suppress(OSError), path.open("rb") as file:
        head = file.read(_AT + 4)
        return head.startswith(_MAGIC) and head[_AT:] == APPLICATION.to_bytes(4, "big")
    return False


def pruning(path: Path, limit: date, *, dry_run: bool = False) -> AbstractContextManager[Mapping[str, int]]:
    """Remove what is older from a state; see ``removing``.

    Args:
        path: of the state.
        limit: the first day that is kept.
        dry_run: only count.
    """
    return removing(path, lambda database: _prune(database, limit.isoformat()), dry_run=dry_run)


def _prune(database: sqlite3.Connection, limit: str) -> dict[str, int]:
    if "memory_run" not in tables_of(database):
        return {}
    given = {"limit": limit}
    removed = {table: database.execute(statement, given).rowcount for table, statement in _STATEMENTS.items()}
    database.execute(_AFTERWARDS, given)
    return removed
