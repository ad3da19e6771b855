"""Writes a directory file."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from crmclean.cdir.cells import cells_of_faces
from crmclean.cdir.file import APPLICATION_ID, CAP, COMPANY_FACTS, FORMAT_VERSION
from crmclean.cdir.index import counted_keys, index_keys
from crmclean.evidence import Subjects
from crmclean.matching.subjects import COMPANY, subjects

_AT_ONCE = 200_000  # faces whose keys are made at once; bounds the memory
HISTORY = ("source_id", "kind", "before", "after", "date", "source")
SOURCES = ("number", "name", "title", "licence", "date", "sha256", "rows")


@dataclass(frozen=True, slots=True)
class Draft:
    """A directory before it is written.

    Attributes:
        companies: ``COMPANY_FACTS`` and values by field (``String``); the row number is the company's.
        faces: ``entry`` (``UInt32``), ``kind``, ``name`` and a key for each of ``keyed``.
        fields: names of the value columns.
        keyed: names of the key columns.
        history: columns ``HISTORY``.
        sources: columns ``SOURCES``.
    """

    companies: pl.DataFrame
    faces: pl.DataFrame
    fields: tuple[str, ...]
    keyed: tuple[str, ...]
    history: pl.DataFrame
    sources: pl.DataFrame


def write_directory(draft: Draft, path: Path, meta: Mapping[str, str]) -> None:
    """Write a draft as a directory file at a place where nothing is.

    Args:
        draft: what it holds.
        path: of the new file.
        meta: what else is to be known of it (``as_of``).

    Raises:
        sqlite3.OperationalError, OSError: it can't be written; what is there of it is to be thrown away.
    """
    with closing(sqlite3.connect(path)) as db:
        db.isolation_level = None
        for pragma in ("journal_mode = OFF", "synchronous = OFF", "locking_mode = EXCLUSIVE", "page_size = 8192"):
            db.execute(f"PRAGMA {pragma}")
        db.execute("BEGIN")
        _tables(db, draft)
        _insert(db, "companies", draft.companies.with_row_index("entry"))
        _insert(db, "faces", draft.faces.with_row_index("face"))
        _insert(db, "history", draft.history.select(HISTORY))
        _insert(db, "sources", draft.sources.select(SOURCES))
        _index(db, draft)
        facts = {
            **meta,
            "n_companies": str(draft.companies.height),
            "fields": " ".join(draft.fields),
            "keyed": " ".join(draft.keyed),
        }
        db.executemany("INSERT INTO meta VALUES (?, ?)", sorted(facts.items()))
        db.execute("COMMIT")
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute(f"PRAGMA user_version = {FORMAT_VERSION}")


def _tables(db: sqlite3.Connection, draft: Draft) -> None:
    facts, values, keys = _texts(COMPANY_FACTS), _texts(draft.fields), _texts(draft.keyed)
    for table in (
        "meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
        f"sources ({_texts(SOURCES)})",
        f"companies (entry INTEGER PRIMARY KEY, {facts}, {values})",
        f"faces (face INTEGER PRIMARY KEY, entry INTEGER, kind TEXT, name TEXT, {keys})",
        f"history ({_texts(HISTORY)})",
        "postings (key INTEGER, face INTEGER, PRIMARY KEY (key, face)) WITHOUT ROWID",
        "frequencies (key INTEGER PRIMARY KEY, n INTEGER)",
        "filled (facet TEXT PRIMARY KEY, n INTEGER) WITHOUT ROWID",
    ):
        db.execute(f"CREATE TABLE {table}")


def _texts(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}" TEXT' for name in names)


def _insert(db: sqlite3.Connection, table: str, frame: pl.DataFrame) -> None:
    marks = ", ".join("?" * frame.width)
    names = ", ".join(f'"{name}"' for name in frame.columns)
    for piece in frame.iter_slices(_AT_ONCE):
        columns = [column.to_list() for column in piece.iter_columns()]
        db.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", zip(*columns, strict=True))  # noqa: S608 - own names


def _index(db: sqlite3.Connection, draft: Draft) -> None:
    """Postings, frequencies, and the indexes over both."""
    keys: list[pl.DataFrame] = []
    counted: dict[str, list[pl.DataFrame]] = {}
    for at in range(0, draft.faces.height, _AT_ONCE):
        piece = draft.faces.slice(at, _AT_ONCE)
        seen = as_companies(subjects(cells_of_faces(piece, draft.keyed), COMPANY))
        keys.append(index_keys(seen).select("key", face=pl.col("row") + at))
        for facet, values in counted_keys(seen):
            held = values.select("key", entry=piece["entry"].gather(values["row"])).unique()
            counted.setdefault(facet, []).append(held)
    _frequencies(db, counted)
    counted.clear()
    _postings(db, keys)
    db.execute("CREATE INDEX by_id ON companies (source_id)")
    db.execute("CREATE INDEX by_own_id ON companies (own_id) WHERE own_id IS NOT NULL")
    db.execute("CREATE INDEX history_by_id ON history (source_id)")


def _postings(db: sqlite3.Connection, keys: list[pl.DataFrame]) -> None:
    """What each key leads to, in the order of the table; ``keys`` is emptied to make room."""
    postings = pl.concat(keys)
    keys.clear()
    postings = postings.sort("key", "face")
    kept = postings.filter(pl.len().over("key") <= CAP)
    for piece in kept.iter_slices(_AT_ONCE):
        rows = zip(piece["key"].to_list(), piece["face"].to_list(), strict=True)
        db.executemany("INSERT INTO postings VALUES (?, ?)", rows)


def _frequencies(db: sqlite3.Connection, counted: Mapping[str, list[pl.DataFrame]]) -> None:
    """How many companies hold any value of a facet, and each value that more than one of them holds."""
    frequent = []
    for facet, pieces in sorted(counted.items()):
        held = pl.concat(pieces).unique()
        db.execute("INSERT INTO filled VALUES (?, ?)", (facet, held["entry"].n_unique()))
        frequent.append(held["key"].value_counts(name="n").filter(pl.col("n") > 1))
    empty = pl.DataFrame(schema={"key": pl.Int64, "n": pl.UInt32})
    rows = pl.concat([empty, *frequent]).unique("key").sort("key").rows()
    db.executemany("INSERT INTO frequencies VALUES (?, ?)", rows)


def as_companies(seen: Subjects) -> Subjects:
    """The same records, all of them companies."""
    return replace(seen, facets=seen.facets.with_columns(entity=pl.lit(COMPANY)))
