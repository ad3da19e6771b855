"""The memory between two runs over the same export: cluster ids, known pairs, and what people decided.

The history of runs is in the same file (``formats.history_tables``).

One SQLite file. Records are known by their *key*: the record id where the export has one, else a hash of what the
record says. No cell of a record is in it besides that id.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from crmclean.core.errors import CrmCleanError, InputError, LockedError, OutputError
from crmclean.core.language import Text
from crmclean.formats.source import shown_path
from crmclean.formats.state_schema import APPLICATION, REMEMBER_BEFORE, SCHEMA_VERSION, statements

STATE = "state.sqlite"  # its name where a run's folder holds it
SAME, DIFFERENT, UNSURE = "same", "different", "unsure"
ANSWERS = (SAME, DIFFERENT, UNSURE)
_WAIT_S = 5.0  # for another process that is writing


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody said about two records.

    Attributes:
        key_a: of one record.
        key_b: of the other; not less than ``key_a``.
        answer: ``same``, ``different`` or ``unsure``.
        evidence: hash of what both records said then; the decision holds as long as they say the same.
        decided_by: who.
        decided_at: when, ISO 8601 in UTC.
        approved_by: who looked at it again, another person; empty as long as nobody did.
        approved_at: when.
        comment: why.
    """

    key_a: str
    key_b: str
    answer: str
    evidence: str
    decided_by: str
    decided_at: str
    approved_by: str = ""
    approved_at: str = ""
    comment: str = ""


# Columns stand in the order of the fields of ``Decision``.
_LAST_DECISIONS = """
select key_a, key_b, answer, evidence, decided_by, decided_at, approved_by, approved_at, comment from decisions
where number in (select max(number) from decisions group by key_a, key_b) order by number
"""
_CLUSTERS = "select record_key, cluster_id from clusters order by record_key"
_CLUSTERS_BEFORE = "select record_key, cluster_id from clusters_before order by record_key"
_PAIRS = "select key_a, key_b from pairs order by key_a, key_b"
_PAIRS_BEFORE = "select key_a, key_b from pairs_before order by key_a, key_b"
_NEWEST_DECISION = """
select key_a, key_b, answer, evidence, decided_by, decided_at, approved_by, approved_at, comment from decisions
order by number desc limit 1
"""
_DECIDE = """
insert into decisions (key_a, key_b, answer, evidence, decided_by, decided_at, approved_by, approved_at, comment)
values (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


class State:
    """An open state file; use as a context manager. Every method that writes is one transaction.

    Raises:
        InputError: no state, a damaged one, or one of a newer version.
        LockedError: another process is writing.
        OutputError: can't be written.
    """

    def __init__(self, path: Path) -> None:
        """Open the state at a place; a file that is not there is made with the first thing that is written."""
        self.path = path
        self.version = 0  # of the file; 0: there is none
        self._is_rewound = False
        self._database: sqlite3.Connection | None = None
        if os.path.lexists(path):
            self._open()

    @classmethod
    def empty(cls) -> State:
        """A state that knows nothing, for jobs without one; nothing can be written into it."""
        return cls(Path(os.devnull) / STATE)

    @property
    def exists(self) -> bool:
        """Whether there is a file."""
        return self._database is not None

    def __enter__(self) -> State:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._database is not None:
            self._database.close()

    def decisions(self) -> list[Decision]:
        """What holds now: the last decision on each pair, in the order they were made."""
        return [Decision(*row) for row in self.read(_LAST_DECISIONS)]

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Add decisions, each over the earlier one on its pair."""
        with self.writing() as database:
            database.executemany(_DECIDE, [astuple(decision) for decision in decisions])

    def take_back(self) -> Decision | None:
        """Forget the newest decision and give it (``None``: there is none); an earlier one on its pair holds again."""
        newest = self.read(_NEWEST_DECISION)
        if not newest:
            return None
        with self.writing() as database:
            database.execute("delete from decisions where number = (select max(number) from decisions)")
        return Decision(*newest[0])

    def cluster_ids(self) -> list[tuple[str, str]]:
        """``(record_key, cluster_id)`` of the last run, sorted."""
        return self.read(_CLUSTERS_BEFORE if self._is_rewound else _CLUSTERS)

    def pairs(self) -> list[tuple[str, str]]:
        """The pairs of keys that the last run listed, sorted."""
        return self.read(_PAIRS_BEFORE if self._is_rewound else _PAIRS)

    def sketch(self) -> list[str]:
        """Keys of some records of the last run: an export that holds none of them is another one."""
        return [key for (key,) in self.read("select record_key from sketch")]

    def rewind(self, run: int) -> None:
        """Give cluster ids and pairs as they were before this run of the history, if it is what is remembered."""
        if self.version > 1 and self.read("select 1 from memory_run where number = ?", (run,)):
            self._is_rewound = True

    def remember(
        self,
        clusters: Iterable[tuple[str, str]],
        pairs: Iterable[tuple[str, str]],
        sketch: Iterable[str],
        run: int | None = None,
    ) -> None:
        """Keep what a run found in place of what the run before found.

        Args:
            clusters: cluster id by record key.
            pairs: of record keys.
            sketch: some record keys.
            run: its number in the history, where there is one: what was there before is kept beside it.
        """
        with self.writing() as database:
            if run is not None and not self._is_rewound:
                for statement in REMEMBER_BEFORE:
                    database.execute(statement)
                database.execute("insert into memory_run values (?)", (run,))
            database.execute("delete from clusters")
            database.execute("delete from pairs")
            database.execute("delete from sketch")
            database.executemany("insert or ignore into clusters values (?, ?)", clusters)
            database.executemany("insert or ignore into pairs values (?, ?)", pairs)
            database.executemany("insert or ignore into sketch values (?)", ((key,) for key in sketch))

    def require_writable(self) -> None:
        """Refuse at once what could not be written later: a file of somebody else, or one that is being written."""
        if self._database is not None:
            try:
                self._database.execute("begin immediate")
                self._database.execute(f"pragma user_version = {self.version}")  # SQLite asks no earlier
                self._database.execute("rollback")
            except sqlite3.Error as error:
                raise self._failed(error, is_writing=True) from None

    def require_sound(self) -> None:
        """Refuse a file with a damaged page at once, whether or not this run would read it: a few ms a megabyte."""
        if self._database is not None and self.read("pragma quick_check(1)") != [("ok",)]:
            raise damaged(self.path)

    def read(self, query: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a query on the tables of ``state_schema``; none where there is no file."""
        if self._database is None:
            return []
        try:
            return self._database.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, what is written within it included; an older file is brought to this version with it."""
        database = self._database or self._create()
        if database.in_transaction:
            yield database
            return
        try:
            with database:
                database.execute("begin immediate")
                ((version,),) = database.execute("pragma user_version").fetchall()
                for statement in statements(version):
                    database.execute(statement)
                yield database
                self.version = SCHEMA_VERSION
        except sqlite3.Error as error:
            raise self._failed(error, is_writing=True) from None

    def _open(self) -> None:
        try:
            if not self.path.is_file():
                raise sqlite3.DatabaseError("not a file")
            self._database = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            ((application,),) = self._database.execute("pragma application_id").fetchall()
            ((schema_version,),) = self._database.execute("pragma user_version").fetchall()
        except sqlite3.Error as error:
            raise self._failed(error) from None
        if application != APPLICATION:
            raise self._failed(sqlite3.DatabaseError("another application's"))
        if schema_version > SCHEMA_VERSION:
            raise unusable(
                self.path,
                Text(
                    "this state was written by a newer version of crmclean",
                    "dieser Stand stammt von einer neueren Version von crmclean",
                ),
                Text(
                    "update crmclean, or name another file",
                    "crmclean aktualisieren oder eine andere Datei nennen",
                ),
            )
        self.version = schema_version

    def _create(self) -> sqlite3.Connection:
        if os.path.lexists(self.path):  # somebody else made it a moment ago
            self._open()
            assert self._database is not None
            return self._database
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            database = sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)
            made = (f"pragma application_id = {APPLICATION}", *statements(0))
            database.executescript(f"begin; {'; '.join(made)}; commit;")
        except (OSError, sqlite3.Error) as error:
            with suppress(OSError):
                if not self.path.stat().st_size:
                    self.path.unlink()
            raise _not_written(self.path, error) from None
        self._database, self.version = database, SCHEMA_VERSION
        return database

    def _failed(self, error: sqlite3.Error, *, is_writing: bool = False) -> CrmCleanError:
        return failed(self.path, error, is_writing=is_writing)


def failed(path: Path, error: sqlite3.Error, *, is_writing: bool = False) -> CrmCleanError:
    """What an error of SQLite means: somebody else is at work, the file can't be written, or it is damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it says where it happened
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        what = Text("another crmclean is writing here", "ein anderes crmclean schreibt gerade hier")
        return LockedError(what, code="locked", where=shown_path(str(path)))
    is_no_journal = is_writing and code == sqlite3.SQLITE_CANTOPEN
    if is_no_journal or code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR):
        return _not_written(path, error)
    return damaged(path)


def damaged(path: Path) -> InputError:
    """``state-unusable``: no state, or one that somebody else wrote into."""
    return unusable(
        path,
        Text("this is no state of crmclean, or a damaged one", "das ist kein Stand von crmclean oder ein defekter"),
        Text(
            "name another file; a new one is made where none is",
            "eine andere Datei nennen; wo keine ist, wird eine angelegt",
        ),
    )


def unusable(path: Path, what: Text, hint: Text) -> InputError:
    """``state-unusable``."""
    return InputError(what, code="state-unusable", hint=hint, where=shown_path(str(path)))


def another_export(path: Path) -> InputError:
    """``state-unusable``: the state knows none of the records that were read."""
    return unusable(
        path,
        Text(
            "no record of this export is known to this state: it belongs to another export",
            "kein Datensatz dieses Exports kommt in diesem Stand vor: er gehört zu einem anderen Export",
        ),
        Text(
            "one state or history for each export: name another",
            "je Export ein eigener Stand oder Verlauf: einen anderen nennen",
        ),
    )


def _not_written(path: Path, error: Exception) -> OutputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "SQLite"
    what = Text(f"the state can't be written ({reason})", f"der Stand ist nicht zu schreiben ({reason})")
    return OutputError(what, code="output-failed", where=shown_path(str(path)))
