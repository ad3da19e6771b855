"""Unusual numbers of records and of lines that are none, and a file that is not a new one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crmclean.core.anomaly_codes import DAY_BACK, REJECTS_MORE, ROWS_DOUBLED, ROWS_DROPPED, ROWS_FEWER, SAME_FILE
from crmclean.core.counting import DAYS, amount
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.history._saying import anomaly, count, doublings, filled_in
from crmclean.history.usual import MOVED, age_days, has_stopped, usual, usual_standstill

_FEW_RECORDS = 20  # halves of fewer come about by hand
_HALF = 0.55  # of the usual records: half of a file that grows every night is more than half of what was usual
_FEWER_SHARE = 0.1  # of the usual records; a tenth does not leave a CRM overnight unseen
_REJECTS_SHARE = 0.005  # of the records; below that a person finds them in the rejects file
_REJECTS_MIN = 5

_ROWS = Text("{now} records, usually {usual}", "{now} Datensätze, üblich sind {usual}")
_REJECTS = Text("{now} lines are no record, usually {usual}", "{now} Zeilen sind kein Datensatz, üblich sind {usual}")
_SAME = Text(
    "the same bytes since {day}, for {days}; a file used to stay the same for at most {usual}",
    "dieselben Bytes seit dem {day}, {days} lang; sonst blieb eine Datei höchstens {usual} gleich",
)


def row_anomalies(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """What is unusual about the file as a whole.

    Args:
        now: this run.
        past: the runs before, whatever their rules; at least one.
    """
    yield from _day(now, past)
    yield from _records(now, past)
    yield from _rejects(now, past)
    yield from _same_file(now, past)


def _day(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    latest = max(run.as_of for run in past)
    if now.as_of < latest:
        pattern = Text(
            "this run counts {now} as today, an earlier one {latest}",
            "dieser Lauf hält {now} für heute, ein früherer {latest}",
        )
        yield anomaly(DAY_BACK, pattern.format(now=now.as_of, latest=latest))


def _records(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    rows = usual([run.rows for run in past])
    if rows.level < _FEW_RECORDS:
        return
    said = filled_in(_ROWS, now=count(now.rows), usual=count(rows.level))
    missing = (rows.level - now.rows) / (_FEWER_SHARE * rows.level)
    if now.rows < _HALF * rows.level:
        yield anomaly(ROWS_DROPPED, said, extent=missing)
    elif now.rows >= rows.level * 2:
        yield anomaly(ROWS_DOUBLED, said, extent=now.rows / rows.level)
    elif rows.is_known and rows.level - now.rows > rows.reach(_FEWER_SHARE * rows.level):
        yield anomaly(ROWS_FEWER, said, extent=missing)


def _rejects(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    rejects = usual([run.rejects for run in past])
    floor = max(_REJECTS_MIN, _REJECTS_SHARE * now.rows)
    more = now.rejects - rejects.level
    if rejects.is_known and more > rejects.reach(floor):
        said = filled_in(_REJECTS, now=count(now.rejects), usual=count(rejects.level))
        yield anomaly(REJECTS_MORE, said, extent=doublings(more, floor))


def _same_file(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """A file that stays the same longer than files used to: nobody works at the weekend either."""
    first = dict[str, str]()
    for run in past:
        first.setdefault(run.file_sha256, run.as_of)
    others = [run for run in past if run.file_sha256 != now.file_sha256]
    if now.file_sha256 != past[-1].file_sha256 or len({run.file_sha256 for run in others}) < MOVED:
        return
    age = age_days(first[now.file_sha256], now.as_of)
    longest = usual_standstill([(run.file_sha256, age_days(first[run.file_sha256], run.as_of)) for run in others])
    if has_stopped(age, longest):
        said = filled_in(
            _SAME, day=Text(*[first[now.file_sha256]] * 2), days=amount(age, DAYS), usual=amount(longest, DAYS)
        )
        yield anomaly(SAME_FILE, said)
