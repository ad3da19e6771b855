"""What the runs before said already: an event fails the gate on its night, not on every night until it is learned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from crmclean.core.anomaly_codes import DAY_BACK, OTHER_RULES
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.history.usual import WINDOW

WEAKER = {"error": "warning", "warning": "info", "info": "info"}
_WORSE = 1.0  # of the extent: a tenth of the records more, five points of a score more, twice the findings
# These say what happened on the way from one run to the next; it did not happen before.
_EVENTS = (DAY_BACK, OTHER_RULES)
_AS_SINCE = Text("{said}, as since {day}", "{said}, wie seit dem {day}")

Looking = Callable[[RunFigures, Sequence[RunFigures]], Sequence[Anomaly]]


def with_echoes(found: Sequence[Anomaly], now: RunFigures, past: Sequence[RunFigures], look: Looking) -> list[Anomaly]:
    """Anomalies that the run before said as well, one step less grave; those that got clearly worse stay as they are.

    A run of the same day is no run before: an export that is made again and is still torn fails again.

    Args:
        found: of this run, as grave as their codes.
        now: this run.
        past: the runs before it, oldest first.
        look: what tells the anomalies of a run by itself.
    """
    said = {(each.code, each.column): each for each in found if each.code not in _EVENTS}
    at = next((at for at in range(len(past) - 1, -1, -1) if past[at].as_of < now.as_of), -1)
    since: dict[tuple[str, str], str] = {}
    open_still = set(said)
    for back in range(at, max(at - WINDOW, -1), -1):
        if not open_still:
            break
        before = {(each.code, each.column): each.extent for each in look(past[back], past[:back])}
        open_still = {
            key
            for key in open_still & before.keys()
            # Only what is worse than at the very run before is news.
            if key in since or said[key].extent < before[key] + _WORSE
        }
        since.update(dict.fromkeys(open_still, past[back].as_of))
    return [_echo(each, since.get((each.code, each.column), "")) for each in found]


def _echo(each: Anomaly, since: str) -> Anomaly:
    if not since:
        return each
    message = Text(
        _AS_SINCE.en.format(said=each.message.en, day=since), _AS_SINCE.de.format(said=each.message.de, day=since)
    )
    return replace(each, severity=WEAKER[each.severity], message=message, since=since)
