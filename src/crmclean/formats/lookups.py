"""The answers of directories that an unfinished run keeps, so that repeating it asks only the rest.

One SQLite file in the run's folder, readable by its owner alone, removed when the run has ended well. Frames are kept
as Arrow files.
"""

from __future__ import annotations

import io
import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from types import TracebackType

import polars as pl

from crmclean.core.errors import LockedError, OutputError
from crmclean.core.language import Text
from crmclean.directory import Matches
from crmclean.formats.commit import PREFIX
from crmclean.formats.source import shown_path

LOOKUPS = f"{PREFIX}lookups.sqlite"  # a run's folder may hold it and still be written into
_TABLES = """
create table if not exists run (key text primary key);
create table if not exists answers (
  directory text not null, piece integer not null, numbers blob not null,
  found blob not null, companies blob not null, unknown blob not null, confirmed blob not null);
"""
_BESIDE = ("", "-wal", "-shm")


class Lookups:
    """Kept answers; use as a context manager. What was kept for another run, or is damaged, is thrown away.

    Raises:
        LockedError: another process keeps its answers there.
        OutputError: can't be written (disk full).
    """

    def __init__(self, folder: Path, key: str) -> None:
        """Open the answers kept in a folder.

        Args:
            folder: of the run; it is there.
            key: of everything an answer depends on beside the record: the export, the settings, the directories.
        """
        self.path = folder / LOOKUPS
        self._key = key

    def __enter__(self) -> Lookups:
        try:
            self._database = self._open()
        except sqlite3.OperationalError as error:
            raise self._failed(error) from None
        except sqlite3.DatabaseError:
            forget_lookups(self.path.parent)
            self._database = self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(sqlite3.Error):
            self._database.close()

    def answers(self, directory: str, piece: int) -> list[tuple[pl.Series, Matches]]:
        """What was kept of a piece: the numbers that were answered, and how."""
        rows = self._database.execute(
            "select numbers, found, companies, unknown, confirmed from answers "
            "where directory = ? and piece = ? order by rowid",
            (directory, piece),
        ).fetchall()
        return [(_frame(numbers)["number"], Matches(*map(_frame, frames))) for numbers, *frames in rows]

    def keep(self, directory: str, piece: int, numbers: pl.Series, matches: Matches) -> None:
        """Keep the answers to these numbers; once this returns they are on disk."""
        frames = (numbers.alias("number").to_frame(), matches.found, matches.companies, matches.unknown)
        blobs = [_bytes(frame) for frame in (*frames, matches.confirmed)]
        try:
            with self._database:
                self._database.execute("insert into answers values (?, ?, ?, ?, ?, ?, ?)", (directory, piece, *blobs))
        except sqlite3.Error as error:
            raise self._failed(error) from None

    def _open(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_CREAT | os.O_RDWR | os.O_NOFOLLOW, 0o600))
        database = sqlite3.connect(self.path, timeout=5)
        # Beside a WAL no file ends with "-journal", which in this folder would be a commit to finish.
        database.execute("pragma journal_mode = wal")
        database.executescript(_TABLES)
        with database:
            if database.execute("select key from run").fetchall() != [(self._key,)]:
                database.execute("delete from answers")
                database.execute("delete from run")
                database.execute("insert into run values (?)", (self._key,))
        return database

    def _failed(self, error: sqlite3.Error) -> LockedError | OutputError:
        where = shown_path(str(self.path))
        if "locked" in str(error):
            what = Text("another run keeps its answers here", "ein anderer Lauf hebt hier seine Antworten auf")
            return LockedError(what, code="locked", where=where)
        what = Text(
            "the answers of the directory can't be kept", "die Antworten des Verzeichnisses lassen sich nicht aufheben"
        )
        return OutputError(what, code="output-failed", where=where)


def n_kept(folder: Path, key: str) -> int:
    """How many look-ups are answered already, by what an unfinished run of this key left; nothing is written."""
    path = folder / LOOKUPS
    if not path.is_file():
        return 0
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            if database.execute("select key from run").fetchall() != [(key,)]:
                return 0
            return sum(_frame(numbers).height for (numbers,) in database.execute("select numbers from answers"))
    except sqlite3.Error:
        return 0


def forget_lookups(folder: Path) -> None:
    """Remove the answers kept in a folder, if there are any."""
    for ending in _BESIDE:
        with suppress(OSError):
            (folder / f"{LOOKUPS}{ending}").unlink(missing_ok=True)


def _bytes(frame: pl.DataFrame) -> bytes:
    buffer = io.BytesIO()
    frame.write_ipc(buffer, compression="zstd")
    return buffer.getvalue()


def _frame(data: bytes) -> pl.DataFrame:
    return pl.read_ipc(io.BytesIO(data))
