"""Clocks that stand still longer than they used to, and days that are yet to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from crmclean.core.anomaly_codes import CLOCK_AHEAD, CLOCK_FROZEN
from crmclean.core.counting import DAYS, amount
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.core.ratio import Ratio
from crmclean.history._saying import anomaly, doublings, filled_in, percent
from crmclean.history.figures import AHEAD
from crmclean.history.usual import MIN_RUNS, MOVED, age_days, chance, has_stopped, usual, usual_standstill

# What should move while people work. ``verified`` moves when somebody checks, ``reachable`` when a mail bounces.
_MOVING = ("edited", "active")
_AHEAD_SHARE = 0.01  # of the days; below that it is typing

_FROZEN = Text(
    "clock “{clock}”: the newest day is {newest}, {days} ago; it used to stand still for at most {usual}",
    "Uhr „{clock}“: der jüngste Tag ist der {newest} und {days} alt; sonst stand sie höchstens {usual} still",
)
_COMING = Text(
    "clock “{clock}”: {now} of the days are yet to come, usually {usual}",
    "Uhr „{clock}“: {now} der Tage liegen in der Zukunft, sonst {usual}",
)
_TITLES = {"edited": Text("edited", "bearbeitet"), "active": Text("active", "aktiv")}


def clock_anomalies(now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    """What is unusual about the clocks.

    Args:
        now: this run.
        past: the runs before with the same rules; at least one.
    """
    if len(past) < MIN_RUNS or now.as_of < max(run.as_of for run in past):
        return  # a day that lies before others' is said elsewhere; no age can be told from it
    for clock in _MOVING:
        yield from _frozen(clock, now, past)
        yield from _ahead(clock, now, past)


def _frozen(clock: str, now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    newest = now.clocks[clock].newest if clock in now.clocks else ""
    known = [run for run in past if clock in run.clocks and run.clocks[clock].newest]
    moved = [run for run in known if run.clocks[clock].newest != newest]
    if not newest or not known or len({run.clocks[clock].newest for run in moved}) < MOVED:
        return
    age = age_days(newest, now.as_of)
    longest = usual_standstill(
        [(run.clocks[clock].newest, age_days(run.clocks[clock].newest, run.as_of)) for run in moved]
    )
    # A day that moved since the run before is late, not frozen: exports may come with a pause.
    if has_stopped(age, longest) and known[-1].clocks[clock].newest >= newest:
        parts = {"clock": _TITLES[clock], "newest": Text(newest, newest)}
        yield anomaly(CLOCK_FROZEN, filled_in(_FROZEN, days=amount(age, DAYS), usual=amount(longest, DAYS), **parts))


def _ahead(clock: str, now: RunFigures, past: Sequence[RunFigures]) -> Iterator[Anomaly]:
    name = f"{AHEAD}.{clock}"
    if name not in now.figures:
        return
    none = Ratio(0, 0)
    before = usual([run.figures.get(name, none).share or 0.0 for run in past])
    share = now.figures[name].share or 0.0
    floor = max(_AHEAD_SHARE, chance(before.level, past[-1].rows, now.rows))
    if share - before.level > before.reach(floor):
        parts = {"clock": _TITLES[clock], "now": percent(share), "usual": percent(before.level)}
        yield anomaly(CLOCK_AHEAD, filled_in(_COMING, **parts), extent=doublings(share - before.level, _AHEAD_SHARE))
