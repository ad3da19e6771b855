"""Answers that were paid for once: one SQLite file, readable by its owner alone.

Questions stand in it only as salted hashes. A cache that can't be used is left as it is and done without; no run is
lost for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import os
import secrets
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    question BLOB PRIMARY KEY, directory TEXT NOT NULL, body TEXT NOT NULL, retrieved_at TEXT NOT NULL
) WITHOUT ROWID;
"""


class Cache:
    """Kept answers.

    Args:
        path: of the file; made if there is none, its folder too. ``None``: nothing is kept.
        on_failure: told once when the file can't be used, with what is wrong in the system's words.
    """

    def __init__(self, path: Path | None, on_failure: Callable[[str], None]) -> None:
        self._on_failure = on_failure
        self._connection: sqlite3.Connection | None = None
        self._salt = b""
        if path is not None:
            try:
                self._open(path)
            except (sqlite3.Error, OSError, ValueError) as error:
                self._give_up(error)

    def _open(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(path, flags, 0o600)  # SQLite would make it readable by all; its journal follows this mode
        try:
            if not stat.S_ISREG(os.fstat(handle).st_mode):
                raise OSError("not a regular file")
            if hasattr(os, "fchmod"):
                os.fchmod(handle, 0o600)
        finally:
            os.close(handle)
        connection = sqlite3.connect(path, timeout=5, isolation_level=None)
        self._connection = connection
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > _VERSION:
            raise ValueError("made by a newer version")
        # One write a kept answer must not wait for the disk; what a power cut costs is asked again.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")  # what is forgotten is gone
        connection.executescript(_TABLES)
        connection.execute(f"PRAGMA user_version = {_VERSION}")
        connection.execute("INSERT OR IGNORE INTO about VALUES ('salt', ?)", (secrets.token_bytes(16),))
        self._salt = connection.execute("SELECT value FROM about WHERE name = 'salt'").fetchone()[0]

    @property
    def is_used(self) -> bool:
        """Whether answers are kept."""
        return self._connection is not None

    def get(self, directory: str, question: str, now: datetime, days: int) -> tuple[Any, str] | None:
        """A kept answer and its ``retrieved_at``; ``None`` for none, or one older than ``days``."""
        if self._connection is None or days <= 0:
            return None
        oldest = _stamp(now - timedelta(days=days))
        sql = "SELECT body, retrieved_at FROM answers WHERE question = ? AND retrieved_at > ?"
        try:
            row = self._connection.execute(sql, (self._key(directory, question), oldest)).fetchone()
            return (json.loads(row[0]), str(row[1])) if row else None
        except (sqlite3.Error, ValueError, TypeError) as error:
            self._give_up(error)
            return None

    def put(self, directory: str, question: str, body: Any, retrieved_at: str) -> None:
        """Keep an answer."""
        if self._connection is None:
            return
        row = (self._key(directory, question), directory, json.dumps(body), retrieved_at)
        try:
            self._connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row)
        except sqlite3.Error as error:
            self._give_up(error)

    def expire(self, directory: str, now: datetime, days: int) -> None:
        """Drop what is older than ``days``."""
        if self._connection is None:
            return
        oldest = _stamp(now - timedelta(days=days))
        try:
            self._connection.execute(
                "DELETE FROM answers WHERE directory = ? AND retrieved_at <= ?", (directory, oldest)
            )
        except sqlite3.Error as error:
            self._give_up(error)

    def close(self) -> None:
        """Let go of the file."""
        if self._connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self._connection.close()
            self._connection = None

    def _key(self, directory: str, question: str) -> bytes:
        return hmac.digest(self._salt, f"{directory}\0{question}".encode("utf-8", "surrogatepass"), hashlib.sha256)

    def _give_up(self, error: Exception) -> None:
        self.close()
        said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        self._on_failure(said)


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
