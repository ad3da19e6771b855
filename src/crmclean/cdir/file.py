"""The directory as a file: one SQLite database with companies, names, index and frequencies.

Tables:
    meta: what the directory is; ``sources``: what it was made from.
    companies: one row a company or establishment: id, status, successor, dates, values by field.
    faces: how a company may be known: its name, a former name; with the comparison keys of each.
    postings: ``key`` (see ``index``) to ``face``. Keys of more than ``CAP`` faces find nobody and are left out.
    frequencies: how many companies hold a value, for those that more than one holds.
    history: what became of companies: renamed, moved, merged, ceased.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.language import Text

APPLICATION_ID = 0x63646972  # "cdir"
FORMAT_VERSION = 1
CAP = 64  # faces a key may lead to
SUFFIX = ".cdir"

COMPANY_FACTS = (
    "source_id", "own_id", "kind", "parent_id", "status", "gone_since", "successor_id", "successor_name",
    "last_changed", "last_checked", "sources",
)  # fmt: skip
_REBUILD = Text("build it again with `crmclean directory build`", "mit `crmclean directory build` neu bauen")


class DirectoryFile:
    """A directory file that is open for reading.

    Args:
        path: of the file.

    Raises:
        InputError: ``file-not-found``, ``directory-file``: no directory, damaged, of a newer version, or empty.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = _opened(path)
        try:
            self.meta: Mapping[str, str] = dict(self._db.execute("SELECT name, value FROM meta"))
            self.n_companies = int(self.meta["n_companies"])
            self.fields = tuple(self.meta["fields"].split())
            self.keyed = tuple(self.meta["keyed"].split())
            self.filled = {name: int(n) for name, n in self._db.execute("SELECT facet, n FROM filled")}
        except (sqlite3.DatabaseError, KeyError, ValueError):
            self._db.close()
            raise _wrong(path, Text("is damaged", "ist beschädigt")) from None
        if not self.n_companies:
            self._db.close()
            raise _wrong(path, Text("holds no company", "enthält keine Firma"))

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> DirectoryFile:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def sources(self) -> pl.DataFrame:
        """What it was made from: ``name``, ``title``, ``licence``, ``date``, ``sha256``, ``rows``."""
        return self._frame("SELECT name, title, licence, date, sha256, rows FROM sources ORDER BY number")

    def n_by_status(self) -> Mapping[str, int]:
        """How many companies by status."""
        return dict(self._rows("SELECT status, count(*) FROM companies GROUP BY 1 ORDER BY 1"))

    def n_by_kind(self) -> Mapping[str, int]:
        """How many companies and establishments."""
        return dict(self._rows("SELECT kind, count(*) FROM companies GROUP BY 1 ORDER BY 1"))

    def n_filled(self, field: str) -> int:
        """How many companies have a value of this field."""
        assert field in self.fields
        return int(self._rows(f'SELECT count("{field}") FROM companies')[0][0])  # noqa: S608 - no name of a column can be bound; it is one of ours

    def n_changes(self) -> Mapping[str, int]:
        """How many changes by kind."""
        return dict(self._rows("SELECT kind, count(*) FROM history GROUP BY 1 ORDER BY 1"))

    def postings(self, asked: pl.DataFrame) -> pl.DataFrame:
        """Faces under keys.

        Args:
            asked: ``row``, ``key``.

        Returns:
            ``row``, ``key``, ``face``.
        """
        with self._given("asked", ("row", "key"), asked.select("row", "key").iter_rows()):
            rows = self._rows("SELECT a.row, a.key, p.face FROM temp.asked a JOIN postings p ON p.key = a.key")
        return _integers(rows, ("row", "key", "face"))

    def frequencies(self, keys: pl.Series) -> pl.DataFrame:
        """``key``, ``n`` of the values that more than one company holds."""
        with self._given("asked", ("key",), ((key,) for key in keys.drop_nulls().unique().sort())):
            rows = self._rows("SELECT f.key, f.n FROM temp.asked a JOIN frequencies f ON f.key = a.key")
        return _integers(rows, ("key", "n"))

    def faces(self, numbers: pl.Series) -> pl.DataFrame:
        """Faces by number: ``face``, ``entry``, ``kind``, ``name`` and the keys of the compared fields."""
        with self._given("asked", ("face",), ((n,) for n in numbers.unique().sort())):
            return self._frame("SELECT f.* FROM temp.asked a JOIN faces f ON f.face = a.face ORDER BY f.face")

    def companies(self, numbers: pl.Series) -> pl.DataFrame:
        """Companies by number: ``entry``, ``COMPANY_FACTS`` and values by field."""
        with self._given("asked", ("entry",), ((n,) for n in numbers.unique().sort())):
            return self._frame("SELECT c.* FROM temp.asked a JOIN companies c ON c.entry = a.entry ORDER BY c.entry")

    def names(self) -> pl.DataFrame:
        """What all companies are or were called: ``entry``, ``kind``, ``name``."""
        return self._frame("SELECT entry, kind, name FROM faces ORDER BY face")

    def everything(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """All companies, faces and history, for a rebuild."""
        return (
            self._frame("SELECT * FROM companies ORDER BY entry"),
            self._frame("SELECT * FROM faces ORDER BY face"),
            self._frame("SELECT * FROM history ORDER BY rowid"),
        )

    def numbers_of(self, source_ids: Iterable[str]) -> Mapping[str, int]:
        """Numbers of companies by their id."""
        with self._given("asked", ("id",), ((name,) for name in sorted(set(source_ids)))):
            return dict(
                self._rows("SELECT c.source_id, c.entry FROM temp.asked a JOIN companies c ON c.source_id = a.id")
            )

    def history(self, source_id: str) -> pl.DataFrame:
        """What became of a company: ``kind``, ``before``, ``after``, ``date``, ``source``."""
        return self._frame(
            "SELECT kind, before, after, date, source FROM history WHERE source_id = ? ORDER BY rowid", (source_id,)
        )

    def _given(self, name: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> Any:
        return _Given(self._db, name, columns, rows)

    def _rows(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.DatabaseError:
            raise _wrong(self.path, Text("is damaged", "ist beschädigt")) from None

    def _frame(self, sql: str, values: tuple[Any, ...] = ()) -> pl.DataFrame:
        try:
            cursor = self._db.execute(sql, values)
            names = [column[0] for column in cursor.description]
            rows = cursor.fetchall()
        except sqlite3.DatabaseError:
            raise _wrong(self.path, Text("is damaged", "ist beschädigt")) from None
        columns = zip(*rows, strict=True) if rows else ([] for _ in names)
        return pl.DataFrame(
            [
                pl.Series(name, values, dtype=_kind_of(name), strict=False)
                for name, values in zip(names, columns, strict=True)
            ]
        )


_NUMBERS = frozenset({"entry", "face", "rows"})


def _kind_of(name: str) -> Any:
    return pl.UInt32 if name in _NUMBERS else pl.String


def _integers(rows: list[tuple[Any, ...]], names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Int64), orient="row")


class _Given:
    """A temporary table of what is asked for, to be joined."""

    def __init__(
        self, db: sqlite3.Connection, name: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]
    ) -> None:
        self._db, self._name, self._columns, self._given = db, name, columns, rows

    def __enter__(self) -> None:
        self._db.execute(f"CREATE TEMP TABLE {self._name} ({', '.join(self._columns)})")
        marks = ", ".join("?" * len(self._columns))
        self._db.executemany(f"INSERT INTO temp.{self._name} VALUES ({marks})", self._given)  # noqa: S608 - own names

    def __exit__(self, *_: object) -> None:
        self._db.execute(f"DROP TABLE temp.{self._name}")


def _opened(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise InputError(
            Text("no such file", "keine solche Datei"),
            code="file-not-found",
            hint=Text("make one with `crmclean directory build`", "mit `crmclean directory build` anlegen"),
            where=str(path),
        )
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.isolation_level = None
    try:
        kind = db.execute("PRAGMA application_id").fetchone()[0]
        version = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        kind, version = 0, 0
    if kind != APPLICATION_ID or version > FORMAT_VERSION:
        db.close()
        if kind == APPLICATION_ID:
            raise _wrong(
                path,
                Text("was made by a newer version of crmclean", "stammt von einer neueren Version von crmclean"),
                Text(
                    "update crmclean, or build the directory again",
                    "crmclean aktualisieren oder das Verzeichnis neu bauen",
                ),
            )
        raise _wrong(path, Text("is no company directory", "ist kein Firmenverzeichnis"))
    db.execute("PRAGMA temp_store = MEMORY")
    db.execute("PRAGMA mmap_size = 4294967296")
    db.execute("PRAGMA cache_size = -65536")
    return db


def _wrong(path: Path, what: Text, hint: Text = _REBUILD) -> InputError:
    return InputError(what, code="directory-file", hint=hint, where=str(path))
