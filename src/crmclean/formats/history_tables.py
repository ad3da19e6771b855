"""The history of runs in a state file: their figures, the findings that are open, the phases records are in.

No value and no record id is kept, only hashes with a key of the file's own. A finding stands once, from the run that
saw it first to the run that no longer did, so that a night writes only what is other than the night before.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from crmclean.core.history import RunFigures
from crmclean.formats.history_json import figures_from, figures_text
from crmclean.formats.state import State, damaged

_SALT_BYTES = 16
FINDING_KEY_BYTES = 8  # among a million findings of one code two share their key with a probability below 1e-7
KEY = ("code", "place", "key", "nth")  # of a finding
OPEN_SCHEMA = {
    "code": pl.String,
    "place": pl.String,  # column; empty: none
    "key": pl.Int64,
    "nth": pl.Int64,
    "record": pl.Int64,  # hash of the record's id; null where it has none
    "first_run": pl.Int64,
    "severity": pl.String,
    "is_away": pl.Boolean,  # its record or column was not there any more
}
PHASES_SCHEMA = {"record": pl.Int64, "phase": pl.String}
_OPEN = """
select code, place, key, nth, record, first_run, severity, {} from findings join finding_kinds using (kind)
where first_run < ?1 and (fixed_run is null or fixed_run >= ?1) order by kind, key, nth
"""
_AWAY = "gone_run is not null and gone_run < ?1 and (back_run is null or back_run >= ?1)"
_FORGET = "delete from findings where coalesce(back_run, 0) < gone_run and gone_run <= ?"
_PHASES = "select record, iif(run = ?, before, phase) as known from phases where known is not null order by record"
_RUNS = "select number, as_of, file_sha256, config_sha256, new, fixed, figures from runs order by number"


@dataclass(frozen=True, slots=True)
class PastRun:
    """A run that was recorded.

    Attributes:
        number: 1, 2, …
        as_of: ISO day.
        file_sha256: of the export.
        config_sha256: of the settings without the day.
        new: findings that were new; ``None`` for the first run.
        fixed: findings that were gone; ``None`` for the first run.
        figures: ``None`` where only the day is kept, because something open was first seen then.
    """

    number: int
    as_of: str
    file_sha256: str
    config_sha256: str
    new: int | None
    fixed: int | None
    figures: RunFigures | None


@dataclass(frozen=True, slots=True)
class Recording:
    """What a run leaves behind.

    Attributes:
        run: it; one of the same number is replaced.
        new: ``OPEN_SCHEMA``: findings that were not open before.
        fixed: ``OPEN_SCHEMA``: findings that were.
        gone: ``OPEN_SCHEMA``: findings that were, and whose record or column is not there any more.
        back: ``OPEN_SCHEMA``: findings whose record or column is there again.
        names: of columns that were renamed, and the name their findings are kept by.
        severities: of all codes by column that are open: ``(code, place, severity)``.
        phases: ``record, phase, before``: records that are in another phase than before; null for none.
        sketch: hashes of some records.
        id_column: where the records' ids stand; empty for none.
        keep_runs: of how many runs the figures are kept.
    """

    run: PastRun
    new: pl.DataFrame
    fixed: pl.DataFrame
    gone: pl.DataFrame
    back: pl.DataFrame
    names: Mapping[str, str]
    severities: Sequence[tuple[str, str, str]]
    phases: pl.DataFrame
    sketch: Sequence[int]
    id_column: str
    keep_runs: int


class HistoryTables:
    """The tables of a history in an open state.

    Args:
        state: the state; where it has no history yet, everything is empty.

    Attributes:
        salt: the key of the hashes.
        id_column: the column in which the ids of the records stood at the newest run; empty for none.

    Raises:
        InputError: ``state-unusable``.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        kept = self._rows("select salt, id_column from history_key")
        salt, id_column = kept[0] if kept else (secrets.token_bytes(_SALT_BYTES), "")
        if not isinstance(salt, bytes) or not salt or not isinstance(id_column, str):
            raise damaged(state.path)
        self.salt, self.id_column = salt, id_column

    def runs(self) -> list[PastRun]:
        """The recorded runs, oldest first.

        Raises:
            InputError: ``state-unusable``: the figures are none.
        """
        try:
            return [_past_run(row) for row in self._rows(_RUNS)]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise damaged(self._state.path) from None

    def open_before(self, number: int) -> pl.DataFrame:
        """``OPEN_SCHEMA``: the findings that were open at the end of the run before this number."""
        query = _OPEN.format(_AWAY if self._state.version > 2 else "0")  # version 2 called all of these fixed
        rows = [(*row[:-1], bool(row[-1])) for row in self._rows(query, number)]
        return pl.DataFrame(rows, schema=OPEN_SCHEMA, orient="row")

    def names_before(self, number: int) -> dict[str, str]:
        """Columns that were renamed before the run of this number, and the name their findings are kept by."""
        if self._state.version < 3:
            return {}
        return dict(self._rows("select name, known_as from column_names where run < ? order by run, name", number))

    def phases_before(self, number: int) -> pl.DataFrame:
        """``PHASES_SCHEMA``: the phases of records at the end of the run before this number."""
        return pl.DataFrame(self._rows(_PHASES, number), schema=PHASES_SCHEMA, orient="row")

    def sketch(self) -> list[int]:
        """Hashes of some records of the newest run."""
        return [record for (record,) in self._rows("select record from history_sketch")]

    def record(self, left: Recording) -> None:
        """Keep a run, in one transaction."""
        number = left.run.number
        with self._state.writing() as database:
            database.execute("delete from history_key")
            database.execute("insert into history_key values (?, ?)", (self.salt, left.id_column))
            _undo(database, number)
            database.execute("delete from findings where fixed_run < ?", (number,))
            database.executemany(
                "insert or ignore into column_names values (?, ?, ?)",
                ((name, known_as, number) for name, known_as in left.names.items()),
            )
            _put_findings(database, left, _kinds(database, left))
            # What never came back was deleted in the CRM; its first day is kept as long as the figures of a run.
            database.execute(_FORGET, (number - left.keep_runs,))
            database.executemany(
                "insert into phases values (?1, ?2, ?4, ?3) on conflict (record) do update "
                "set phase = ?2, run = ?4, before = ?3",
                (
                    (record, phase, before, number)
                    for record, phase, before in left.phases.select("record", "phase", "before").iter_rows()
                ),
            )
            database.execute("delete from phases where phase is null and run < ?", (number,))
            database.execute("delete from history_sketch")
            database.executemany("insert into history_sketch values (?)", ((record,) for record in left.sketch))
            _put_run(database, left)

    def _rows(self, query: str, *values: int) -> list[Any]:
        return self._state.read(query, values) if self._state.version > 1 else []  # version 1 had no history


def _past_run(row: tuple[Any, ...]) -> PastRun:
    number, as_of, file_sha256, config_sha256, new, fixed, figures = row
    kept = figures_from(figures) if figures else None
    return PastRun(number, as_of, file_sha256, config_sha256, new, fixed, kept)


def _undo(database: sqlite3.Connection, number: int) -> None:
    """Take back a run that is about to be recorded once more."""
    if not database.execute("select 1 from runs where number = ?", (number,)).fetchall():
        return
    database.execute("delete from findings where first_run = ?", (number,))
    database.execute("update findings set fixed_run = null where fixed_run = ?", (number,))
    # What went away at this run was there before it.
    database.execute("update findings set gone_run = null, back_run = null where gone_run = ?", (number,))
    database.execute("update findings set back_run = null where back_run = ?", (number,))
    database.execute("delete from column_names where run = ?", (number,))
    database.execute("update phases set phase = before where run = ?", (number,))
    database.execute("delete from runs where number = ?", (number,))


def _kinds(database: sqlite3.Connection, left: Recording) -> dict[tuple[str, str], int]:
    database.executemany(
        "insert into finding_kinds (code, place, severity) values (?1, ?2, ?3) "
        "on conflict (code, place) do update set severity = ?3 where severity <> ?3",
        left.severities,
    )
    return {
        (code, place): kind for code, place, kind in database.execute("select code, place, kind from finding_kinds")
    }


def _put_findings(database: sqlite3.Connection, left: Recording, kinds: dict[tuple[str, str], int]) -> None:
    number = left.run.number

    def in_order(frame: pl.DataFrame) -> list[tuple[int, int, int, int | None]]:
        """In the order of the table: many times quicker than in any other."""
        rows = frame.select(*KEY, "record").iter_rows()
        found = [(kinds[code, place], key, nth, record) for code, place, key, nth, record in rows]
        return sorted(found, key=lambda row: row[:3])

    database.executemany(
        "insert into findings (kind, key, nth, record, first_run) values (?, ?, ?, ?, ?)",
        ((*row, number) for row in in_order(left.new)),
    )
    became = {
        "fixed_run = ?1": left.fixed,
        "gone_run = ?1, back_run = null": left.gone,
        "back_run = ?1": left.back,
    }
    for change, frame in became.items():
        database.executemany(
            f"update findings set {change} where kind = ?2 and key = ?3 and nth = ?4",  # noqa: S608 - own names
            ((number, kind, key, nth) for kind, key, nth, _ in in_order(frame)),
        )


def _put_run(database: sqlite3.Connection, left: Recording) -> None:
    run = left.run
    figures = figures_text(run.figures) if run.figures else ""
    database.execute(
        "insert into runs values (?, ?, ?, ?, ?, ?, ?)",
        (run.number, run.as_of, run.file_sha256, run.config_sha256, run.new, run.fixed, figures),
    )
    oldest = run.number - left.keep_runs
    database.execute("update runs set figures = '' where number <= ?", (oldest,))
    database.execute("delete from runs where number <= ? and number not in (select first_run from findings)", (oldest,))
