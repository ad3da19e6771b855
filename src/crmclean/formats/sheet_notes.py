"""What a person should know about a sheet: findings about its shape and about single cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crmclean.core.counting import CELLS, COLUMNS, FORMULAS, ROWS, amount, word
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.core.text import column_letters
from crmclean.formats.sheet_grid import MAX_LISTED
from crmclean.formats.sheet_positions import cell_name
from crmclean.formats.sheet_process import Sheet
from crmclean.table import Note, Table

_SHOWN_RANGES = 10


def note(code: str, detail: Text | None = None, **place: Any) -> Note:
    """A note with the sentence and the severity of its file code."""
    return Note(code, FILE_CODES[code].severity, message(code, detail), **place)


def listed(names: Sequence[str]) -> str:
    """The first ten, and that there are more."""
    more = f", … (+{len(names) - _SHOWN_RANGES})" if len(names) > _SHOWN_RANGES else ""
    return ", ".join(names[:_SHOWN_RANGES]) + more


def _rows(ranges: Sequence[Sequence[int]], offset: int = 0) -> list[str]:
    return [str(first + offset) if first == last else f"{first + offset}-{last + offset}" for first, last in ranges]


def _rows_said(rows: str, more_en: str = "", more_de: str = "") -> Text:
    """Row numbers as ``listed`` gives them, with the word before them."""
    which = word(1 if rows.isdecimal() else 2, ROWS)
    return Text(f"{which.en} {rows}{more_en}", f"{which.de} {rows}{more_de}")


def sheet_notes(sheet: Sheet, layout: Mapping[str, Any], table: Table, *, is_guessed: bool) -> Iterator[Note]:
    """Findings about the sheet as a whole, in a fixed order."""
    header = layout["header_row"]
    above = [row for row, _, _ in layout["aside"] if row < header]
    if above:
        rows = listed([str(row) for row in above])
        yield note(
            "preamble",
            _rows_said(rows, f", header in row {header}", f", Kopfzeile in {header}"),
            line=above[0],
        )
    if is_guessed:
        yield note("header-guessed", Text(f"row {header}", f"Zeile {header}"), line=header)
    if header:
        yield from _label_notes(table, header)
    blank = [*layout["blank_rows"], *([row, row] for row, gone, _ in layout["aside"] if row > header and not gone)]
    if blank:
        rows = listed(_rows(sorted(blank)))
        yield note("blank-row", _rows_said(rows), line=min(blank)[0])
    if not table.frame.height:
        yield note("no-rows")
    for reject in table.rejects:
        yield note(reject.code, line=reject.line)
    yield from _cell_kind_notes(sheet)


def _cell_kind_notes(sheet: Sheet) -> Iterator[Note]:
    merged = sheet.facts.get("merged") or []
    if merged:
        yield note("merged-cells", Text(listed(merged), listed(merged)))
    n_formulas = sheet.facts.get("n_formulas") or 0
    if n_formulas:
        yield note("computed-cells", amount(n_formulas, FORMULAS))
    last = sheet.first_row + sheet.texts.height - 1
    rows = _rows([[a, min(b, last)] for a, b in sheet.facts.get("hidden_rows") or [] if a <= last], 1)
    if rows:
        yield note("hidden-cells", _rows_said(listed(rows)))
    right = sheet.first_column + sheet.texts.width - 1
    columns = [
        column_letters(a) if a == b else f"{column_letters(a)}-{column_letters(min(b, right))}"
        for a, b in sheet.facts.get("hidden_columns") or []
        if a <= right
    ]
    if columns:
        which = word(1 if columns[0].isalpha() and len(columns) == 1 else 2, COLUMNS)
        yield note("hidden-cells", Text(f"{which.en} {listed(columns)}", f"{which.de} {listed(columns)}"))


def _label_notes(table: Table, header: int) -> Iterator[Note]:
    seen: set[str] = set()
    for label, name in zip(table.labels, table.names, strict=True):
        if not label.strip():
            yield note("blank-label", line=header, column=name)
        elif label.strip() in seen:
            yield note("duplicate-label", line=header, column=name)
        elif label != label.strip():
            yield note("label-whitespace", line=header, column=name)
        seen.add(label.strip())


def cell_notes(sheet: Sheet, layout: Mapping[str, Any], table: Table) -> Iterator[Note]:
    """Findings about single cells, by row; of one code and column a thousand at most, the rest counted.

    ``display-format`` is said once a column: it changes nothing that needs a look.
    """
    lines = table.lines.to_list()
    first = layout["first_column"]
    names = {first + index: name for index, name in enumerate(table.names)}
    for code, row, column in sorted(sheet.flags, key=lambda flag: (flag[1], flag[2])):
        if code == "display-format":
            continue
        position = bisect_left(lines, row + 1)
        is_record = position < len(lines) and lines[position] == row + 1
        cell = cell_name(row, column)
        yield note(
            code,
            Text(f"cell {cell}", f"Zelle {cell}"),
            line=row + 1,
            column=names.get(column),
            row=position + 1 if is_record else None,
        )
    for code, column, count in sheet.flag_counts:
        letters, n = column_letters(column), amount(count, CELLS)
        if code == "display-format":
            detail = Text(f"column {letters}, {n.en}", f"Spalte {letters}, {n.de}")
            yield note(code, detail, column=names.get(column))
        elif count > MAX_LISTED:
            more = count - MAX_LISTED
            word_more = Text(f"{more} more {word(more, CELLS).en}", f"{more} weitere {word(more, CELLS).de}")
            detail = Text(f"column {letters}, {word_more.en}", f"Spalte {letters}, {word_more.de}")
            yield note(code, detail, column=names.get(column))
