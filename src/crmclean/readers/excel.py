"""Workbooks: .xlsx, .xls, .xlsb and .ods. The one visible sheet with data becomes a table of text."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from crmclean.core.errors import InputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.headers import unique_names
from crmclean.formats.ole import OLE_MAGIC
from crmclean.formats.sheet_layout import cells_of, ranges_of, runs_of
from crmclean.formats.sheet_notes import cell_notes, sheet_notes
from crmclean.formats.sheet_process import Sheet, read_sheet
from crmclean.formats.sheet_shape import Header, Parts, find_header, parts_of
from crmclean.formats.workbook_guard import ZIP_MAGIC, checked_format
from crmclean.plugins import Reader, ReadOptions
from crmclean.table import FileFacts, Reject, Table


def _sniff(head: bytes, name: str) -> float:
    del name  # the containers are unmistakable
    return 0.9 if head.startswith((OLE_MAGIC, ZIP_MAGIC, b"PK\x05\x06")) else 0.0


@dataclass(frozen=True, slots=True)
class _Found:
    """Where the table lies in the box around the sheet's cells; all 0-based within the box."""

    header: int
    parts: Parts
    columns: range
    is_guessed: bool


def read(data: bytes, file: FileFacts, options: ReadOptions) -> Table:
    """Read the workbook's one visible sheet with data, or the one named in ``options.sheet``.

    Args:
        data: the file.
        file: what is known about it so far.
        options: ``header_row`` is a 1-based sheet row; ``layout`` one made here earlier.

    Raises:
        InputError: damaged, password-protected, no or several sheets with data, no header.
        LimitError: a bomb.
    """
    kind = checked_format(data, options.max_uncompressed, file.path)
    layout = options.layout
    wanted = str(layout["sheet"]) if layout else options.sheet
    sheet = read_sheet(data, kind, wanted, file.path)
    file = replace(file, format=kind)
    if layout:
        return _followed(sheet, file, layout)
    return _table(sheet, _find(sheet, options, file.path), file)


def _find(sheet: Sheet, options: ReadOptions, where: str) -> _Found:
    header = _header(sheet, options, where)
    parts = parts_of(sheet.texts, header)
    used = [header.index, *parts.records] if header.index >= 0 else parts.records
    table = sheet.texts[used] if used else sheet.texts
    filled = [index for index, column in enumerate(table.get_columns()) if column.null_count() < len(column)]
    columns = range(filled[0], filled[-1] + 1) if filled else range(0)
    return _Found(header.index, parts, columns, header.is_guessed)


def _header(sheet: Sheet, options: ReadOptions, where: str) -> Header:
    if not options.has_header:
        return Header(-1, is_guessed=False)
    if options.header_row:
        index = options.header_row - 1 - sheet.first_row
        if not 0 <= index < sheet.texts.height or not any(sheet.texts.row(index)):
            raise InputError(
                message("no-header", Text("the row of --header-row is empty", "die Zeile aus --header-row ist leer")),
                code="no-header",
                hint=FILE_CODES["no-header"].fix,
                where=f"{where}:{options.header_row}",
            )
        return Header(index, is_guessed=False)
    header = find_header(sheet.texts, sheet.kinds, options.known_headers)
    if header.index < 0:
        raise InputError(
            message("no-header"),
            code="no-header",
            hint=FILE_CODES["no-header"].fix,
            where=f"{where}:{sheet.first_row + 1}",
        )
    return header


def _table(sheet: Sheet, found: _Found, file: FileFacts) -> Table:
    names_in = [f"c{index}" for index in found.columns]
    texts, kinds = sheet.texts.select(names_in), sheet.kinds.select(names_in)
    labels = tuple(label or "" for label in texts.row(found.header)) if found.header >= 0 else ("",) * len(names_in)
    names = unique_names(labels)
    records = found.parts.records
    frame = _taken(texts, records).rename(dict(zip(names_in, names, strict=True)))
    lines = pl.Series("line", [sheet.first_row + row + 1 for row in records], dtype=pl.UInt32)
    layout = _layout(sheet, found, kinds)
    table = Table(frame, labels, names, lines, _rejects(sheet, found.parts), (), file, layout)
    notes = (*sheet_notes(sheet, layout, table, is_guessed=found.is_guessed), *cell_notes(sheet, layout, table))
    return replace(table, notes=notes, file=replace(file, facts={**file.facts, **_facts(sheet, layout)}))


def _taken(frame: pl.DataFrame, rows: Sequence[int]) -> pl.DataFrame:
    if rows and rows[-1] - rows[0] + 1 == len(rows):
        return frame.slice(rows[0], len(rows))
    return frame[list(rows)] if rows else frame.clear()


def _layout(sheet: Sheet, found: _Found, kinds: pl.DataFrame) -> dict[str, Any]:
    parts, header = found.parts, found.header
    rejected = {row for row, _ in parts.rejects}
    above = range(max(header, 0))
    aside = {row: cells for row in (*above, *parts.blanks, *rejected) if (cells := cells_of(sheet, row))}
    below = [row for row in parts.blanks if row not in aside]
    first = sheet.first_row + 1
    return {
        "sheet": sheet.name,
        "date1904": bool(sheet.facts.get("date1904")),
        "header_row": first + header if header >= 0 else 0,
        "first_record_row": first + header + 1,
        "first_column": sheet.first_column + (found.columns.start if found.columns else 0),
        "n_records": len(parts.records),
        "labels": list(sheet.texts.select(kinds.columns).row(header)) if header >= 0 else [],
        "label_kinds": list(kinds.row(header)) if header >= 0 else [],
        "kinds": sheet.kind_list,
        "rounded": sheet.facts.get("rounded") or {},
        "columns": [runs_of(column) for column in _taken(kinds, parts.records).get_columns()],
        "blank_rows": [[first + a, first + b] for a, b in ranges_of(below)],
        "aside": [[first + row, row in rejected, aside[row]] for row in sorted(aside)],
    }


def _rejects(sheet: Sheet, parts: Parts) -> tuple[Reject, ...]:
    return tuple(Reject(sheet.first_row + row + 1, code, row_text(sheet.texts.row(row))) for row, code in parts.rejects)


def row_text(cells: Sequence[str | None]) -> str:
    """A sheet row as one line: cells parted by tabs, quoted where they hold one, without empty ones at the end."""
    buffer = io.StringIO()
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    csv.writer(buffer, delimiter="\t", lineterminator="").writerow([cell or "" for cell in cells[: last + 1]])
    return buffer.getvalue()


def _facts(sheet: Sheet, layout: dict[str, Any]) -> dict[str, tuple[str, Text]]:
    n_blank = sum(last - first + 1 for first, last in layout["blank_rows"])
    n_above = sum(row < layout["header_row"] for row, _, _ in layout["aside"])
    header = layout["header_row"]
    return {
        "sheet": (sheet.name, Text("visible, with data", "sichtbar, mit Daten")),
        "header_row": (
            str(header) if header else "none",
            Text("sheet row", "Blattzeile") if header else Text("told so", "so angegeben"),
        ),
        "preamble_lines": (str(n_above), Text("rows above the header", "Zeilen über der Kopfzeile")),
        "blank_rows": (str(n_blank), Text("below the header", "unter der Kopfzeile")),
        "date_system": ("1904" if layout["date1904"] else "1900", Text("workbook setting", "Einstellung der Mappe")),
    }


def _followed(sheet: Sheet, file: FileFacts, layout: Any) -> Table:
    """A sheet this program wrote, read by the layout of the original: nothing is looked for."""
    width, first = len(layout["columns"]), layout["first_record_row"] - 1 - sheet.first_row
    rows = layout["n_records"]
    columns: list[pl.Series] = []
    names = unique_names([label or "" for label in layout["labels"]] or [""] * width)
    for position, name in enumerate(names):
        index = layout["first_column"] - sheet.first_column + position
        inside = 0 <= index < sheet.texts.width
        column = sheet.texts[f"c{index}"] if inside else pl.Series([], dtype=pl.String)
        column = column.slice(max(first, 0), rows) if first >= 0 or rows else column.clear()
        columns.append(column.extend_constant(None, rows - len(column)).alias(name))
    labels = tuple(label or "" for label in layout["labels"]) or ("",) * width
    start = layout["first_record_row"]
    lines = pl.int_range(start, start + rows, dtype=pl.UInt32, eager=True).alias("line")
    return Table(pl.DataFrame(columns), labels, names, lines, (), (), file, layout)


READER = Reader(name="excel", formats=("xlsx", "xls", "xlsb", "ods"), sniff=_sniff, read=read)
