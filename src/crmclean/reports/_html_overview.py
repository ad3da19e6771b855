"""The sections of the HTML report that say what to do next, which fields are worst, and who has to act."""

from __future__ import annotations

from html import escape

from crmclean.core.groups import Group
from crmclean.core.language import Language, Text
from crmclean.core.overview_wording import group_sheets, next_steps_sheet, worst_fields, worst_fields_sheet
from crmclean.core.ratio import Ratio
from crmclean.core.relationship_wording import Sheet
from crmclean.core.summary import RunSummary
from crmclean.reports._html_parts import name_of, section, shown, table
from crmclean.reports._svg import stacked


def next_steps(summary: RunSummary, language: Language) -> str:
    """What to do next; empty where there is nothing to do."""
    sheet = next_steps_sheet(summary, language)
    if sheet is None:
        return ""
    rows = [(shown(what), shown(effect), name_of(place)) for what, effect, place in sheet.rows]
    return _section(sheet, language, table(_notes(sheet), sheet.head, rows))


def gaps(summary: RunSummary, language: Language) -> str:
    """The worst fields, each with its picture; empty where all are whole."""
    sheet = worst_fields_sheet(summary, language)
    if sheet is None:
        return ""
    rows = []
    for field, (title, usable, *counts) in zip(worst_fields(summary), sheet.rows, strict=True):
        wrong, empty = field.filled.n - field.usable.n, field.usable.of - field.filled.n
        picture = stacked((("good", field.usable.n), ("bad", wrong), ("none", empty)), f"{title}: {usable}")
        rows.append((escape(title), picture, usable, *counts))
    head = (sheet.head[0], "", *sheet.head[1:])
    return _section(sheet, language, table(_notes(sheet), head, rows, (2, 3, 4, 5)))


def groups(summary: RunSummary, language: Language) -> str:
    """Who has to act: a table for each grouping; empty where no column makes groups."""
    if not summary.groups:
        return ""
    parts = []
    for grouping, sheet in zip(summary.groups, group_sheets(summary, language), strict=True):
        members = [*grouping.groups, *([grouping.others] if grouping.others else [])]
        rows = [_row(group, cells) for group, cells in zip(members, sheet.rows, strict=True)]
        head = (sheet.head[0], "", *sheet.head[1:])
        parts.append(f"<h3>{escape(sheet.title)}</h3>\n{table(_notes(sheet), head, rows, (2, 3, 4, 5))}")
    return section(Text("Who has to act", "Wer handeln muss"), language, "\n".join(parts))


def _row(group: Group, cells: tuple[str, ...]) -> tuple[str, ...]:
    name, *figures = cells
    share = group.completeness if group.completeness.of else Ratio(0, 1)
    picture = stacked((("good", share.n), ("none", share.of - share.n)), f"{figures[1]}")
    return (name_of(name), picture, *map(shown, figures))


def _notes(sheet: Sheet) -> str:
    return "<br>".join(map(shown, sheet.notes))


def _section(sheet: Sheet, language: Language, content: str) -> str:
    return section(Text(sheet.title, sheet.title), language, content)
