"""Writes .xlsx: text as text, and numbers, dates and truth values as what they were as long as nobody changed them."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import polars as pl
import xlsxwriter

from crmclean.core.errors import OutputError
from crmclean.core.file_codes import FILE_CODES, message
from crmclean.core.language import Text
from crmclean.formats.number_formats import number_of
from crmclean.formats.sheet_layout import record_rows, unrolled
from crmclean.formats.sheet_positions import cell_name
from crmclean.plugins import Writer
from crmclean.table import Table

# Limits of the format (Excel specifications and limits); xlsxwriter cuts silently beyond them.
MAX_CHARS = 32_767
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
# Signs XML 1.0 can't hold; tab, line feed and carriage return are fine.
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_FIXED_DAY = datetime.datetime(2000, 1, 1)  # noqa: DTZ001 - no output holds the wall clock
_SHEET_NAME = re.compile(r"[^\[\]:*?/\\]{1,31}")

Cell = tuple[int, str | None, int]  # 0-based sheet column, text (None = no cell), kind


def _plain_layout(table: Table) -> dict[str, Any]:
    """The layout of a table that never was a sheet: header in row 1, all text."""
    rows = table.frame.height
    return {
        "sheet": "Sheet1",
        "date1904": False,
        "header_row": 1,
        "first_record_row": 2,
        "first_column": 0,
        "n_records": rows,
        "labels": list(table.labels),
        "label_kinds": [0] * len(table.labels),
        "kinds": [["text", ""]],
        "columns": [[[0, rows]] for _ in table.labels],
        "blank_rows": [],
        "aside": [],
    }


class _Exact(float):
    """A number that is written with all its digits; xlsxwriter asks for sixteen, a double may need seventeen."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


class _Book:
    """One workbook in the making; every cell is checked before it is written and every return code after."""

    def __init__(self, layout: Mapping[str, Any], shown: str) -> None:
        self._layout = layout
        self._shown = shown
        self._kinds = layout["kinds"]
        self.buffer = io.BytesIO()
        options = {
            "constant_memory": True,
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "date_1904": bool(layout["date1904"]),
            "tmpdir": None,
        }
        self._book = xlsxwriter.Workbook(self.buffer, options)
        self._book.set_properties({"created": _FIXED_DAY})
        name = layout["sheet"] if _SHEET_NAME.fullmatch(layout["sheet"]) else "Sheet1"
        self._sheet = self._book.add_worksheet(name)
        self._formats: dict[str, Any] = {}

    def row(self, row: int, cells: Sequence[Cell]) -> None:
        """One row; rows come in ascending order, 0-based."""
        for column, text, kind in cells:
            if text is not None and self._cell(row, column, text, kind) != 0:
                raise _limit(
                    Text("a cell can't be written", "eine Zelle lässt sich nicht schreiben"), self._place(row, column)
                )

    def _cell(self, row: int, column: int, text: str, kind: int) -> int:
        if kind:
            done = self._typed(row, column, text, *self._kinds[kind])
            if done is not None:
                return done
        # xlsxwriter writes an empty text as nothing; a blank cell would not be read back as a text either.
        result: int = self._sheet.write_string(row, column, text)
        return result

    def _typed(self, row: int, column: int, text: str, kind: str, code: str) -> int | None:
        """Write the cell as what it was if its text still says the same; ``None`` = it does not."""
        result: int | None = None
        if kind == "number":
            value = number_of(text, code, date1904=bool(self._layout["date1904"]))
            if value is not None:
                result = self._sheet.write_number(row, column, _Exact(value), self._format(code))
        elif kind == "rounded" and text in self._layout["rounded"]:
            result = self._sheet.write_number(
                row, column, _Exact(float(self._layout["rounded"][text])), self._format(code)
            )
        elif kind == "bool" and text in {"TRUE", "FALSE"}:
            result = self._sheet.write_boolean(row, column, text == "TRUE")
        elif kind == "error" and text in _ERRORS:
            # The format knows errors only as what a formula came to.
            result = self._sheet.write_formula(row, column, f"={text}", None, text)
        return result

    def _format(self, code: str) -> Any:
        if code in {"", "General"}:
            return None
        if code not in self._formats:
            self._formats[code] = self._book.add_format({"num_format": code})
        return self._formats[code]

    def _place(self, row: int, column: int) -> str:
        return f"{self._shown}:{cell_name(row, column)}"

    def close(self) -> bytes:
        """The finished workbook."""
        self._book.close()
        return self.buffer.getvalue()


def _limit(detail: Text, where: str) -> OutputError:
    return OutputError(
        message("excel-limit", detail), code="excel-limit", hint=FILE_CODES["excel-limit"].fix, where=where
    )


def _check(table: Table, frame: pl.DataFrame, layout: Mapping[str, Any], rows: Sequence[int]) -> None:
    """Refuse what the format would cut, before anything is written."""
    if (rows and rows[-1] > MAX_ROWS) or layout["first_column"] + frame.width > MAX_COLUMNS:
        raise _limit(
            Text("more than 1,048,576 rows or 16,384 columns", "mehr als 1.048.576 Zeilen oder 16.384 Spalten"),
            table.file.path,
        )
    long = Text("a cell has more than 32,767 characters", "eine Zelle hat mehr als 32.767 Zeichen")
    control = Text("a cell holds a control character", "eine Zelle enthält ein Steuerzeichen")
    for position, column in enumerate(frame.get_columns()):
        # Excel counts UTF-16 units: two for a sign outside of the basic plane.
        for bad, detail in (
            (_utf16_length(column) > MAX_CHARS, long),
            (column.str.contains(_CONTROL), control),
        ):
            if bad.any():
                row = int(bad.fill_null(value=False).arg_max() or 0)
                raise _limit(detail, f"{table.file.path}:{cell_name(rows[row] - 1, layout['first_column'] + position)}")


def _utf16_length(column: pl.Series) -> pl.Series:
    units = column.str.len_chars()
    if (column.str.len_bytes() > MAX_CHARS).any():
        units = units + column.str.count_matches(r"[\x{10000}-\x{10ffff}]")
    return units


def _records(frame: pl.DataFrame, layout: Mapping[str, Any], rows: Sequence[int]) -> Iterator[tuple[int, list[Cell]]]:
    columns = range(layout["first_column"], layout["first_column"] + frame.width)
    kinds = [unrolled(runs) for runs in layout["columns"]]
    for index, (row, texts) in enumerate(zip(rows, frame.iter_rows(), strict=True)):
        yield row, [(column, text, kind[index]) for column, text, kind in zip(columns, texts, kinds, strict=True)]


def _header(layout: Mapping[str, Any]) -> list[tuple[int, list[Cell]]]:
    if not layout["header_row"]:
        return []
    cells = zip(range(layout["first_column"], MAX_COLUMNS), layout["labels"], layout["label_kinds"], strict=False)
    return [(layout["header_row"], list(cells))]


def _emit(
    table: Table,
    frame: pl.DataFrame,
    layout: Mapping[str, Any],
    rows: Sequence[int],
    aside: Sequence[tuple[int, list[Cell]]],
) -> bytes:
    _check(table, frame, layout, rows)
    book = _Book(layout, table.file.path)
    # Rows are written in ascending order: the library keeps one row in memory.
    others = sorted([*_header(layout), *aside])
    position = 0
    for row, cells in _records(frame, layout, rows):
        while position < len(others) and others[position][0] < row:
            book.row(others[position][0] - 1, others[position][1])
            position += 1
        book.row(row - 1, cells)
    for row, cells in others[position:]:
        book.row(row - 1, cells)
    return book.close()


def _layout_of(table: Table) -> Mapping[str, Any]:
    return table.layout if "label_kinds" in table.layout else _plain_layout(table)


def _aside(layout: Mapping[str, Any]) -> list[tuple[int, list[Cell]]]:
    return [(row, [(column, text, kind) for column, text, kind in cells]) for row, _, cells in layout["aside"]]


def write(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """Write the header where it was, what stood above it, and the records one below the other.

    Raises:
        OutputError: ``excel-limit``, before anything is written.
    """
    layout = _layout_of(table)
    above = [item for item in _aside(layout) if item[0] < layout["header_row"]]
    first = layout["first_record_row"]
    sink.write(_emit(table, frame, layout, range(first, first + frame.height), above))


def restore(table: Table, frame: pl.DataFrame, sink: BinaryIO) -> None:
    """As ``write``, with every record in its old row, blank rows, footers and repeated headers in place.

    Raises:
        OutputError: ``excel-limit``, before anything is written.
    """
    layout = _layout_of(table)
    sink.write(_emit(table, frame, layout, record_rows(layout), _aside(layout)))


WRITER = Writer(name="xlsx", suffix=".xlsx", write=write, restore=restore)
