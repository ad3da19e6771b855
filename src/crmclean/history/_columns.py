"""Columns that are gone, new or renamed, and columns whose cells are not filled as they used to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import median

from crmclean.core.anomaly_codes import (
    COLUMN_EMPTIED,
    COLUMN_FEWER,
    COLUMN_GONE,
    COLUMN_NEW,
    COLUMN_RENAMED,
    VALUE_EVERYWHERE,
)
from crmclean.core.history import Anomaly, ColumnPast, RunFigures
from crmclean.core.language import Text
from crmclean.history._saying import anomaly, count, filled_in, percent
from crmclean.history.usual import LEVEL_RUNS, MIN_RUNS, chance, usual

_FEW_CELLS = 20  # columns that usually hold fewer come and go by hand
_NEARLY_EMPTY = 0.1  # of the usual share
_FEWER = 0.05  # of all records: one in twenty lost a value
_FEWER_FILLED = 0.25  # of the filled cells, where that is less: columns that few records fill
_TOP_JUMP = 0.2  # of the filled cells: the share that marks a bulk timestamp in ``measures.clocks`` too
_RENAMED_FILLED = 0.05  # two columns are filled alike that differ by less

_FILLED = Text("filled in {now} of the records, usually in {usual}", "in {now} der Datensätze gefüllt, sonst {usual}")
_TOP = Text(
    "the commonest value has {now} of the filled cells, usually {usual}",
    "der häufigste Wert hat {now} der gefüllten Zellen, sonst {usual}",
)
_GONE = Text("missing; it used to be filled in {n} cells", "fehlt; sonst waren {n} Zellen gefüllt")
_NEW = Text("new; filled in {n} cells", "neu; {n} Zellen sind gefüllt")
_RENAMED = Text(
    "new at the place of “{old}”, which is missing, and as filled",
    "neu am Platz von „{old}“, die fehlt, und so gefüllt",
)


def layout_anomalies(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """Columns that are not those of the runs before.

    Args:
        now: this run.
        past: the runs before, whatever their rules; at least one.
    """
    recent = past[-LEVEL_RUNS:]
    known = _usual_columns(recent)
    gone = [name for name in known if name not in now.columns and _usually_filled(name, recent)]
    new = [name for name in now.columns if name not in known]
    renamed = _pairs(gone, new, now, recent)
    for name in gone:
        if name not in renamed.values():
            yield anomaly(COLUMN_GONE, filled_in(_GONE, n=count(_usually_filled(name, recent))), name)
    for name in new:
        if name in renamed:
            yield anomaly(COLUMN_RENAMED, _RENAMED.format(old=renamed[name]), name)
        else:
            yield anomaly(COLUMN_NEW, filled_in(_NEW, n=count(now.columns[name].filled)), name)


def _usual_columns(recent: Sequence[RunFigures]) -> list[str]:
    """Columns of more than half of these runs."""
    runs = [name for run in reversed(recent) for name in run.columns]
    return [name for name in dict.fromkeys(runs) if runs.count(name) > len(recent) / 2]


def _usually_filled(name: str, recent: Sequence[RunFigures]) -> float:
    return median([run.columns[name].filled for run in recent if name in run.columns])


def renamed_columns(now: RunFigures, past: Sequence[RunFigures]) -> dict[str, str]:
    """New name to old one of the columns that are called otherwise than at the run before.

    Args:
        now: this run.
        past: the runs before; at least one.
    """
    before = past[-1]
    gone = [name for name in before.columns if name not in now.columns]
    return _pairs(gone, [name for name in now.columns if name not in before.columns], now, past[-1:])


def _pairs(gone: Sequence[str], new: Sequence[str], now: RunFigures, recent: Sequence[RunFigures]) -> dict[str, str]:
    """New name to old one: between the same columns that stayed, as filled, and taken for the same field."""
    renamed: dict[str, str] = {}
    for old in gone:
        before = next(run for run in reversed(recent) if old in run.columns)
        for name in new:
            if (
                name not in renamed
                and _place(old, before, now) == _place(name, now, before)
                and _alike(before.columns[old], before.rows, now.columns[name], now.rows)
            ):
                renamed[name] = old
                break
    return renamed


def _place(name: str, run: RunFigures, other: RunFigures) -> int:
    """How many columns that both runs have stand before this one."""
    names = list(run.columns)
    return sum(before in other.columns for before in names[: names.index(name)])


def _alike(old: ColumnPast, old_rows: int, new: ColumnPast, new_rows: int) -> bool:
    if not old_rows or not new_rows or (old.field and new.field and old.field != new.field):
        return False
    return abs(old.filled / old_rows - new.filled / new_rows) <= _RENAMED_FILLED


def cell_anomalies(now: RunFigures, past: Sequence[RunFigures], *, is_torn: bool) -> Iterator[Anomaly]:
    """Columns whose cells are not filled as usual.

    Args:
        now: this run, with at least one record.
        past: the runs before with the same rules; at least one.
        is_torn: half of the file is missing: only what is nearly empty is said.
    """
    for name, column in now.columns.items():
        before = [run for run in past if name in run.columns and run.rows]
        if before:
            yield from _filled(name, column, now, before, is_torn=is_torn)


def _filled(
    name: str, column: ColumnPast, now: RunFigures, before: Sequence[RunFigures], *, is_torn: bool
) -> Iterator[Anomaly]:
    filled = usual([run.columns[name].filled / run.rows for run in before])
    cells = filled.level * median([run.rows for run in before[-LEVEL_RUNS:]])
    share = column.filled / now.rows
    least = min(_FEWER, _FEWER_FILLED * filled.level)
    said = filled_in(_FILLED, now=percent(share), usual=percent(filled.level))
    if cells >= _FEW_CELLS and share < _NEARLY_EMPTY * filled.level:
        yield anomaly(COLUMN_EMPTIED, said, name)
    elif is_torn or not filled.is_known:
        return
    elif filled.level - share > filled.reach(max(least, chance(filled.level, before[-1].rows, now.rows))):
        yield anomaly(COLUMN_FEWER, said, name, extent=(filled.level - share) / least)
    else:
        yield from _everywhere(name, column, before)


def _everywhere(name: str, column: ColumnPast, before: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """One value that took over; nothing where cells are too few to tell."""
    shares = [run.columns[name].top / run.columns[name].filled for run in before if run.columns[name].filled]
    if len(shares) < MIN_RUNS or column.filled < _FEW_CELLS:
        return
    top = usual(shares)
    share = column.top / column.filled
    noise = chance(top.level, before[-1].columns[name].filled, column.filled)
    if share - top.level > top.reach(max(_TOP_JUMP, noise)):
        said = filled_in(_TOP, now=percent(share), usual=percent(top.level))
        yield anomaly(VALUE_EVERYWHERE, said, name, extent=(share - top.level) / _TOP_JUMP)
