"""Scores that fell, and codes that suddenly have far more findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import sqrt

from crmclean.core.anomaly_codes import FINDINGS_MORE, SCORE_FALLEN
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.core.wording import SCORES
from crmclean.history._saying import anomaly, count, doublings, filled_in, percent
from crmclean.history.usual import MIN_RUNS, chance, usual

_FALLEN = 0.05  # a score is rounded to whole percents where a person reads it; five of them are news
_MORE_SHARE = 0.01  # of the records
_MORE_MIN = 20  # findings; fewer come about by hand in a day
_MORE_TIMES = 2.0  # of the usual

_SCORE = Text("{score}: {now}, usually {usual}", "{score}: {now}, üblich sind {usual}")
_CODE = Text("{code}: {now} findings, usually {usual}", "{code}: {now} Befunde, üblich sind {usual}")


def content_anomalies(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """What got worse about the content.

    Args:
        now: this run, with at least one record.
        past: the runs before with the same rules; at least one.
    """
    if len(past) >= MIN_RUNS:
        yield from _scores(now, past)
        yield from _findings(now, past)


def _scores(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    for name, ratio in now.scores.items():
        shares = [share for run in past if name in run.scores and (share := run.scores[name].share) is not None]
        if ratio.share is None or len(shares) < MIN_RUNS:
            continue
        before = usual(shares)
        floor = max(_FALLEN, chance(before.level, ratio.of, ratio.of))
        if before.level - ratio.share > before.reach(floor):
            title = SCORES.get(name, Text(name, name))
            yield anomaly(
                SCORE_FALLEN,
                filled_in(_SCORE, score=title, now=percent(ratio.share), usual=percent(before.level)),
                extent=(before.level - ratio.share) / _FALLEN,
            )


def _findings(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """Findings by code; those of a field whose columns are other ones than usual say nothing that these don't."""
    known = [run for run in past if run.rows]
    moved = _other_columns(now, past[-1])
    for code, n in now.codes.items():
        if code.partition(".")[0] in moved or len(known) < MIN_RUNS:
            continue
        before = usual([run.codes.get(code, 0) / run.rows for run in known])
        expected = before.level * now.rows
        floor = max(_MORE_MIN, _MORE_SHARE * now.rows, 3 * sqrt(expected))
        if n >= _MORE_TIMES * expected and n - expected > before.reach(floor / now.rows) * now.rows:
            said = filled_in(_CODE, code=Text(code, code), now=count(n), usual=count(expected))
            yield anomaly(FINDINGS_MORE, said, extent=doublings(n - expected, floor))


def _other_columns(now: RunFigures, before: RunFigures) -> set[str]:
    """Fields that are in other columns than at the run before."""
    sides = [{(column.field, name) for name, column in run.columns.items()} for run in (now, before)]
    return {field for field, _ in sides[0] ^ sides[1]}
