"""The history of one export, open for one run: what was before, and what this run leaves behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType

import polars as pl

from crmclean.config.lifecycle import LifecycleSection
from crmclean.core.anomaly_codes import COLUMN_EMPTIED, ROWS_DROPPED, ROWS_FEWER
from crmclean.core.errors import InputError
from crmclean.core.file_codes import message
from crmclean.core.history import Anomaly, HistoryFigures, RunFigures
from crmclean.core.language import Text
from crmclean.core.summary import RunSummary
from crmclean.finding_keys import record_hashes
from crmclean.finding_list import all_findings, record_id_column
from crmclean.formats.history_tables import HistoryTables, PastRun, Recording
from crmclean.formats.run_lock import RunLock
from crmclean.formats.source import shown_path
from crmclean.formats.state import State, another_export
from crmclean.history._columns import renamed_columns
from crmclean.history.anomalies import anomalies
from crmclean.history.figures import figures_of, with_anomalies, with_retention
from crmclean.history.noting import as_grave
from crmclean.history.phases import changed, moves, phases_of, retention
from crmclean.history.since import Seen, Since, compared, keyed
from crmclean.measures.records import Records
from crmclean.table import Normalised

SHOWN_RUNS = 30  # what a report gets: a month of nights
_SKETCH = 256  # records by which an export is known again
_IS_BUSY = Text("works with this history", "arbeitet mit diesem Verlauf")


@dataclass(frozen=True, slots=True)
class HistoryOrder:
    """Which history a run belongs to.

    Attributes:
        place: the state file.
        name: of the history.
        keep_runs: of how many runs the figures are kept.
    """

    place: Path
    name: str
    keep_runs: int


@dataclass(frozen=True, slots=True)
class Judging:
    """What decides a run's figures beside the export.

    Attributes:
        settings_sha256: of the settings without the day.
        lifecycle: limits of the phases.
        entity: what a record is, see ``Records``.
        severities: of ``[severity]``.
    """

    settings_sha256: str
    lifecycle: LifecycleSection
    entity: str
    severities: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LookedBack:
    """A run beside the runs before it.

    Attributes:
        figures: what reports show.
        findings: ``finding_list.ALL_SCHEMA`` with ``status`` and ``first_seen``; anomalies are not among them.
        ids: ``String``, n_rows: the records' ids; null where there is none.
        records: ``Int64``, n_rows: hashes of them.
        since: the same findings by their keys, and those that are fixed or gone.
        names: columns that were renamed, and the name their findings are kept by.
        recording: what is to be kept.
    """

    figures: HistoryFigures
    findings: pl.DataFrame
    ids: pl.Series
    records: pl.Series
    since: Since
    names: Mapping[str, str]
    recording: Recording


class History:
    """A history that is open for one run; use as a context manager. Two at once are refused.

    Args:
        order: see ``HistoryOrder``.
        as_of: the day of the run.

    Raises:
        LockedError: another run works with it.
        InputError: ``state-unusable``, ``history-clock-back``.
        OutputError: nothing can be written there.
    """

    def __init__(self, order: HistoryOrder, as_of: date) -> None:
        self.order = order
        self._as_of = as_of
        self._open = ExitStack()

    def __enter__(self) -> History:
        place = self.order.place
        with ExitStack() as opened:
            opened.enter_context(RunLock(place.parent, f".{place.name}.lock", _IS_BUSY, of=place))
            self.state = opened.enter_context(State(place))
            self.state.require_sound()
            self.state.require_writable()
            self._tables = HistoryTables(self.state)
            self._runs = self._tables.runs()
            if self._runs and self._as_of.isoformat() < self._runs[-1].as_of:
                raise _clock_back(place, self._as_of.isoformat(), self._runs[-1].as_of)
            self._open = opened.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    @property
    def has_runs(self) -> bool:
        """Whether a run was recorded; then ``look_back`` sees to it that the export is the same."""
        return bool(self._runs)

    def look_back(self, cleaned: Normalised, summary: RunSummary, by: Judging) -> LookedBack:
        """Hold a run against the runs before; nothing is kept yet.

        A run over the same file with the same settings on the same day as the newest one takes its place, so that it
        says the same.

        Args:
            cleaned: the export, cleaned.
            summary: its figures.
            by: see ``Judging``.

        Raises:
            InputError: ``state-unusable``: the history is another export's.
        """
        now = figures_of(cleaned, summary, by.settings_sha256)
        past, number = self._before(now.file_sha256, now.config_sha256)
        id_column, ids = self._ids(cleaned)
        records = record_hashes(ids, self._tables.salt)
        self._require_same_export(now, records, past)
        found = all_findings(cleaned)
        found = found.with_columns(ids.gather(found["row"].cast(pl.Int64) - 1).alias("record_id"))
        days = {run.number: run.as_of for run in past}
        earlier = [run.figures for run in past if run.figures]
        unusual = anomalies(now, earlier)
        names = self._names(now, earlier, number)
        since = compared(
            keyed(found, self._tables.salt, records, names),
            self._tables.open_before(number),
            days,
            now.as_of,
            _seen(now, records, names, unusual),
        )
        phases = phases_of(Records(cleaned, by.entity), records, by.lifecycle), self._tables.phases_before(number)
        changes = changed(*phases)
        # Of half a file nobody can say who left.
        if past and not any(each.code in (ROWS_DROPPED, ROWS_FEWER) for each in unusual):
            now = with_retention(now, retention(*phases, records))
        grave = as_grave(unusual, by.severities)
        now = with_anomalies(now, grave)
        figures = HistoryFigures(
            name=self.order.name,
            runs=(*earlier[1 - SHOWN_RUNS :], now),
            since=past[-1].as_of if past else "",
            codes=since.by_code(),
            anomalies=grave,
            moves=moves(changes) if past else (),
        )
        return LookedBack(
            figures=figures,
            findings=found.with_columns(since.present["status"], since.present["first_seen"]),
            ids=ids,
            records=records,
            since=since,
            names=names,
            recording=Recording(
                run=_past_run(number, now, figures),
                new=since.present.filter(pl.col("first_run").is_null()),
                fixed=since.fixed,
                gone=since.gone,
                back=since.back,
                names=names,
                severities=since.present.select("code", "place", "severity").unique(maintain_order=True).rows(),
                phases=changes,
                sketch=records.drop_nulls().unique().sort().head(_SKETCH).to_list(),
                id_column=id_column,
                keep_runs=self.order.keep_runs,
            ),
        )

    def record(self, looked: LookedBack) -> None:
        """Keep the run, in one transaction.

        Raises:
            OutputError: can't be written; the history is as it was.
        """
        self._tables.record(looked.recording)

    def rewind(self, file_sha256: str, settings_sha256: str) -> None:
        """Let cluster ids and pairs be those before this run, where it takes the place of the newest one."""
        _, number = self._before(file_sha256, settings_sha256)
        self.state.rewind(number)

    def _before(self, file_sha256: str, settings_sha256: str) -> tuple[list[PastRun], int]:
        """The runs before this one, and its number."""
        if not self._runs:
            return [], 1
        last = self._runs[-1]
        now = (self._as_of.isoformat(), file_sha256, settings_sha256)
        is_same = (last.as_of, last.file_sha256, last.config_sha256) == now
        return (self._runs[:-1], last.number) if is_same else (self._runs, last.number + 1)

    def _ids(self, cleaned: Normalised) -> tuple[str, pl.Series]:
        """Where the ids stand, and they.

        A column that held them stays the one when some of them repeat, and nobody would take it for ids any more.
        """
        frame, known = cleaned.table.frame, self._tables.id_column
        name = record_id_column(cleaned) or (known if known in frame.columns else "")
        return name, frame[name] if name else pl.Series("", [None], pl.String).new_from_index(0, frame.height)

    def _names(self, now: RunFigures, earlier: list[RunFigures], number: int) -> dict[str, str]:
        """Columns that are called otherwise than when their findings were first kept."""
        before = self._tables.names_before(number)
        renamed = renamed_columns(now, earlier) if earlier else {}
        known = {**{new: before.get(old, old) for new, old in renamed.items()}, **before}
        return {
            name: known_as for name, known_as in known.items() if name in now.columns and known_as not in now.columns
        }

    def _require_same_export(self, now: RunFigures, records: pl.Series, past: list[PastRun]) -> None:
        if not past or past[-1].figures is None:
            return
        shares_records = bool(records.is_in(self._tables.sketch()).any())
        shares_columns = not past[-1].figures.columns or any(name in now.columns for name in past[-1].figures.columns)
        if not shares_records and not shares_columns:
            raise another_export(self.order.place)


def _seen(now: RunFigures, records: pl.Series, names: Mapping[str, str], unusual: Sequence[Anomaly]) -> Seen:
    emptied = {each.column for each in unusual if each.code == COLUMN_EMPTIED}
    return Seen(
        records=records,
        places=[names.get(name, name) for name in now.columns if name not in emptied],
        empty=[names.get(name, name) for name, column in now.columns.items() if not column.filled],
        is_torn=any(each.code == ROWS_DROPPED for each in unusual),
    )


def _past_run(number: int, now: RunFigures, figures: HistoryFigures) -> PastRun:
    is_first = not figures.since
    return PastRun(
        number=number,
        as_of=now.as_of,
        file_sha256=now.file_sha256,
        config_sha256=now.config_sha256,
        new=None if is_first else figures.new,
        fixed=None if is_first else figures.fixed,
        figures=now,
    )


def _clock_back(place: Path, today: str, newest: str) -> InputError:
    return InputError(
        message(
            "history-clock-back",
            Text(f"{today}, the newest run is of {newest}", f"{today}, der neueste Lauf ist vom {newest}"),
        ),
        code="history-clock-back",
        where=shown_path(str(place)),
    )
