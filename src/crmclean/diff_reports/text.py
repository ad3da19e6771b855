"""Differences on the terminal: counts, mass updates and columns; values only where asked."""

from __future__ import annotations

from crmclean.core.counting import CELLS, RECORDS, amount, number
from crmclean.core.language import Language, Text
from crmclean.core.text import visible
from crmclean.core.wording import field_title
from crmclean.diff_reports import _wording as words
from crmclean.diff_reports._churn import MOVE_HEAD, MOVES, TITLE, churn_rows, move_rows
from crmclean.differences import KINDS, Differences, DiffReport
from crmclean.reports.text import aligned

CELLS_SHOWN = 20


def render(diff: Differences, language: Language, shows_values: bool) -> bytes:
    """The summary as text, UTF-8; with values also the first cells."""
    lines = [_heading(diff, language), visible(words.paired_said(diff).said(language))]
    lines += [f"! {visible(remark.said(language))}" for remark in words.remarks(diff)]
    lines += ["", *_figures(diff, language)]
    for part in (_churn, _events, _by_column, _cells):
        said = part(diff, language, shows_values)
        lines += ["", *said] if said else []
    return ("\n".join(lines) + "\n").encode()


def _heading(diff: Differences, language: Language) -> str:
    sides = [f"{visible(side.name)} ({amount(side.n_rows, RECORDS).said(language)})" for side in (diff.old, diff.new)]
    return " → ".join(sides)


def _figures(diff: Differences, language: Language) -> list[str]:
    rows = [
        (words.ADDED.said(language), number(diff.added.height, language), _in(words.ONLY_NEW, language)),
        (words.REMOVED.said(language), number(diff.removed.height, language), _in(words.ONLY_OLD, language)),
    ]
    rows += [
        (
            words.KIND_WORDS[kind].said(language),
            number(diff.count(kind), language),
            words.KIND_RULES[kind].said(language),
        )
        for kind in KINDS
    ]
    compared, changed = number(diff.n_compared, language), number(diff.n_changed_records, language)
    said = Text(
        f"{changed} of {compared} compared records mean something else now",
        f"{changed} von {compared} verglichenen Datensätzen bedeuten jetzt etwas anderes",
    )
    columns = [
        f"{title.said(language)}: {', '.join(visible(name) for name in names)}"
        for title, names in words.column_lines(diff)
    ]
    return [*aligned(rows, right=(1,)), said.said(language), *columns]


def _in(place: Text, language: Language) -> str:
    records = Text("records", "Datensätze").said(language)
    return f"{records} {place.said(language)}"


def _events(diff: Differences, language: Language, shows_values: bool) -> list[str]:
    rows = [
        (visible(", ".join(event.columns)), visible(words.event_said(event, language, shows_values=shows_values)))
        for event in diff.events
    ]
    return [words.EVENTS_TITLE.said(language), *(f"  {columns}: {said}" for columns, said in rows)] if rows else []


def _churn(diff: Differences, language: Language, shows_values: bool) -> list[str]:  # noqa: ARG001 - one signature
    if diff.churn is None:
        return []
    lines = [TITLE.said(language), *aligned(churn_rows(diff.churn, language), right=(1,))]
    if moved := move_rows(diff.churn, language):
        lines += [MOVES.said(language), *aligned([MOVE_HEAD.said(language).split("|"), *moved], right=(0,))]
    return lines


def _by_column(diff: Differences, language: Language, shows_values: bool) -> list[str]:  # noqa: ARG001 - one signature
    changed = [column for column in diff.columns if column.cells]
    if not changed:
        return []
    head = (words.COLUMNS_TITLE.said(language), "", *(words.KIND_WORDS[kind].said(language) for kind in KINDS))
    rows = [
        (
            visible(column.after),
            field_title(column.field, language),
            *(number(column.cells[kind], language) if kind in column.cells else "" for kind in KINDS),
        )
        for column in changed
    ]
    return aligned([head, *rows], right=range(2, 2 + len(KINDS)), indent="")


def _cells(diff: Differences, language: Language, shows_values: bool) -> list[str]:
    if not shows_values or diff.cells.is_empty():
        return []
    columns = ("row_old", "row_new", "record_id", "column", "field", "kind", "before", "after")
    rows = [
        (
            f"{number(old, language)} → {number(new, language)}",
            visible(record_id or ""),
            visible(column),
            words.KIND_WORDS[kind].said(language),
            f"{_value(before, field)} → {_value(after, field)}",
        )
        for old, new, record_id, column, field, kind, before, after in diff.cells.head(CELLS_SHOWN)
        .select(columns)
        .iter_rows()
    ]
    left = diff.cells.height - len(rows)
    more = amount(left, CELLS)
    rest = Text(f"and {more.en} more; --format csv lists all", f"und {more.de} mehr; --format csv listet alle")
    title = Text("Cells", "Zellen").said(language)
    return [title, *aligned(rows), *([rest.said(language)] if left else [])]


def _value(value: str | None, field: str | None) -> str:
    return visible(words.shown_value(value, field, shows_values=True))


DIFF_REPORT = DiffReport(name="text", suffix=".txt", render=render)
