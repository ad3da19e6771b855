"""What is unusual about a run, measured on the runs before it. docs/anomalies.md explains it in plain words."""

from __future__ import annotations

from collections.abc import Sequence

from crmclean.core.anomaly_codes import OTHER_RULES, ROWS_DROPPED
from crmclean.core.codes import GRAVITY
from crmclean.core.history import Anomaly, RunFigures
from crmclean.core.language import Text
from crmclean.history._clocks import clock_anomalies
from crmclean.history._columns import cell_anomalies, layout_anomalies
from crmclean.history._content import content_anomalies
from crmclean.history._echoes import with_echoes
from crmclean.history._rows import row_anomalies
from crmclean.history._saying import anomaly, count, filled_in
from crmclean.history.usual import past_of


def anomalies(now: RunFigures, past: Sequence[RunFigures]) -> tuple[Anomaly, ...]:
    """Everything unusual about this run.

    With no run before there is nothing to say, with fewer than five only the gross: half of the records gone, a column
    gone or emptied. Runs with other rules or settings are compared by rows and columns alone.

    Args:
        now: the figures of this run.
        past: those of the runs before it, oldest first, in the order they were made.

    Returns:
        Gravest first; of one gravity: the file, then its columns in their order. What the run before said as well is
        one step less grave, unless it got clearly worse.
    """
    found = with_echoes(_alone(now, past), now, past, _alone)
    return tuple(sorted(found, key=lambda each: (GRAVITY[each.severity], bool(each.column))))


def _alone(now: RunFigures, past: Sequence[RunFigures]) -> list[Anomaly]:
    """The anomalies of a run, whatever the runs before said themselves."""
    known = past_of(now, past)
    if not known.every:
        return []
    found = [*row_anomalies(now, known.every), *layout_anomalies(now, known.every)]
    if known.rules_changed:
        found.append(_other_rules(known.every[-1].as_of, len(known.every) - len(known.alike)))
    if known.alike and now.rows:
        # Shares of a torn file are those of its first half: they say nothing that the missing rows don't.
        is_torn = any(each.code == ROWS_DROPPED for each in found)
        found += cell_anomalies(now, known.alike, is_torn=is_torn)
        found += clock_anomalies(now, known.alike)
        if not is_torn:
            found += content_anomalies(now, known.alike)
    return found


def _other_rules(day: str, runs: int) -> Anomaly:
    pattern = Text(
        "other rules or settings since {day}: new findings may come from them; runs compared by rows and columns "
        "alone: {n}",
        "andere Regeln oder Einstellungen seit dem {day}: neue Befunde können von ihnen kommen; nur nach Zeilen und "
        "Spalten verglichene Läufe: {n}",
    )
    return anomaly(OTHER_RULES, filled_in(pattern, day=Text(day, day), n=count(runs)))
