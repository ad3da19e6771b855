"""How the evidence wears off: of the dated records, the share that is older than so many days, by clock."""

from __future__ import annotations

from crmclean.core import wording as words
from crmclean.core.counting import number
from crmclean.core.language import Language, Text
from crmclean.core.ratio import Ratio
from crmclean.core.relationship_wording import Sheet
from crmclean.core.summary import Clock, RunSummary

TITLE = Text("How the evidence wears off", "Wie die Belege veralten")
Points = tuple[tuple[int, Ratio], ...]  # days, and the records that are older, of those with a date


def older_than(clock: Clock) -> Points:
    """The points of one clock's curve, from day 0 on.

    >>> ages = ((30, 3), (90, 1), (None, 4))
    >>> clock = Clock("edited", Text("", ""), ("a",), 4, 4, 0, 90, 60, ages, "", 0.0)
    >>> [(days, ratio.n, ratio.of) for days, ratio in older_than(clock)]
    [(0, 8, 8), (30, 5, 8), (90, 4, 8)]
    """
    left = of = sum(n for _, n in clock.ages)
    points = [(0, Ratio(left, of))]
    for days, n in clock.ages:
        left -= n
        if days is not None:
            points.append((days, Ratio(left, of)))
    return tuple(points)


def curves(summary: RunSummary) -> list[tuple[Clock, Points]]:
    """The clocks that say something, with their curves; a clock set by a bulk import does not."""
    return [
        (clock, older_than(clock))
        for clock in summary.clocks
        if clock.limit_days is not None and not clock.is_worthless and any(n for _, n in clock.ages)
    ]


def staleness_sheet(summary: RunSummary, language: Language) -> Sheet | None:
    """The curves in numbers; ``None`` where no clock says anything."""
    found = curves(summary)
    if not found:
        return None
    first = Text("older than (days)", "älter als (Tage)").said(language)
    days = [each for each, _ in found[0][1][1:]]
    rows = tuple(
        (
            clock.title.said(language),
            *(words.percent(ratio, language) for _, ratio in points[1:]),
            number(points[0][1].of, language),
        )
        for clock, points in found
    )
    note = Text("Share of the records with a date.", "Anteil der Datensätze mit Datum.").said(language)
    head = (first, *(number(each, language) for each in days), Text("of", "von").said(language))
    return Sheet(TITLE.said(language), head, rows, tuple(range(1, len(head))), (note,))
