"""What python-calamine does not tell about an .xls: number formats, error values, hidden rows, the date system.

One pass over the records of the workbook stream, for BIFF5 and BIFF8; texts are left to calamine.

Source: [MS-XLS] 2.3 (records) and 2.4 (their fields).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from crmclean.formats.binary_cells import rk_number
from crmclean.formats.number_formats import BUILTIN_FORMATS, GENERAL
from crmclean.formats.ole import OleError, open_ole
from crmclean.formats.sheet_grid import SheetError

_BOF, _EOF, _FILEPASS, _DATE1904, _SHEET, _CODEPAGE = 0x809, 0x0A, 0x2F, 0x22, 0x85, 0x42
_FORMAT, _STYLE = 0x41E, 0xE0
_NUMBER, _RK, _MANY_RK, _BOOL_OR_ERROR, _FORMULA = 0x203, 0x27E, 0xBD, 0x205, 0x06
_ROW, _COLUMN_INFO = 0x208, 0x7D
_BIFF8 = 0x600
_ROW_HIDDEN, _COLUMN_HIDDEN = 0x20, 0x01
_STREAMS = ("Workbook", "WORKBOOK", "Book", "BOOK")

# type: number | bool | error | unfilled; style; value
BiffCell = tuple[str, int, float]


@dataclass(slots=True)
class BiffSheet:
    """Typed cells of one sheet by 0-based ``(row, column)``, and how many of them are computed."""

    cells: dict[tuple[int, int], BiffCell] = field(default_factory=dict)
    hidden_rows: list[list[int]] = field(default_factory=list)
    hidden_columns: list[list[int]] = field(default_factory=list)
    n_formulas: int = 0


class BiffWorkbook:
    """The workbook stream of an .xls.

    Raises:
        SheetError: password-protected or damaged.
    """

    def __init__(self, data: bytes) -> None:
        try:
            container = open_ole(data)
            name = next(name for name in _STREAMS if name in container.streams)
            self._stream = container.stream(name)
        except (OleError, StopIteration):
            raise SheetError("format-error", "its container is broken", "ihr Container ist defekt") from None
        self.date1904 = False
        self.formats: list[str] = []
        self._offsets: list[int] = []
        self._read_globals()

    def _records(self, position: int) -> Iterator[tuple[int, bytes]]:
        while position + 4 <= len(self._stream):
            kind, size = struct.unpack_from("<HH", self._stream, position)
            yield kind, self._stream[position + 4 : position + 4 + size]
            position += 4 + size

    def _read_globals(self) -> None:
        codes, styles = dict(BUILTIN_FORMATS), []
        version = 0
        for kind, content in self._records(0):
            if kind == _BOF:
                version = struct.unpack_from("<H", content)[0]
            elif kind == _FILEPASS:
                raise SheetError("password-protected", "nothing can be read", "nichts ist lesbar")
            elif kind == _DATE1904:
                self.date1904 = content[:1] == b"\1"
            elif kind == _SHEET:
                self._offsets.append(struct.unpack_from("<I", content)[0])
            elif kind == _FORMAT:
                codes[struct.unpack_from("<H", content)[0]] = _format_code(content, version) or GENERAL
            elif kind == _STYLE:
                styles.append(struct.unpack_from("<H", content, 2)[0])
            elif kind == _EOF:
                break
        self.formats = [codes.get(number, GENERAL) for number in styles]

    @property
    def n_sheets(self) -> int:
        """How many sheets the workbook lists."""
        return len(self._offsets)

    def sheet(self, number: int) -> BiffSheet:
        """The typed cells of the sheet with this 0-based number."""
        found = BiffSheet()
        depth = 0
        for kind, content in self._records(self._offsets[number]):
            if kind == _BOF:
                depth += 1  # charts lie inside of sheets
            elif kind == _EOF:
                depth -= 1
                if not depth:
                    break
            elif depth == 1:
                _take(found, kind, content)
        return found


def _format_code(content: bytes, version: int) -> str:
    if version >= _BIFF8:
        count, flags = struct.unpack_from("<HB", content, 2)
        text = content[5:]
        return text[: 2 * count].decode("utf-16-le", "replace") if flags & 1 else text[:count].decode("latin-1")
    return content[3 : 3 + content[2]].decode("latin-1")


def _take(found: BiffSheet, kind: int, content: bytes) -> None:
    if kind == _NUMBER:
        row, column, style, value = struct.unpack_from("<HHHd", content)
        found.cells[row, column] = ("number", style, value)
    elif kind == _RK:
        row, column, style, coded = struct.unpack_from("<HHHI", content)
        found.cells[row, column] = ("number", style, rk_number(coded))
    elif kind == _MANY_RK:
        row, first = struct.unpack_from("<HH", content)
        for index in range((len(content) - 6) // 6):
            style, coded = struct.unpack_from("<HI", content, 4 + 6 * index)
            found.cells[row, first + index] = ("number", style, rk_number(coded))
    elif kind == _BOOL_OR_ERROR:
        row, column, style, value, is_error = struct.unpack_from("<HHHBB", content)
        found.cells[row, column] = ("error" if is_error else "bool", style, value)
    elif kind == _FORMULA:
        _take_formula(found, content)
    elif kind == _ROW:
        row = struct.unpack_from("<H", content)[0]
        if struct.unpack_from("<H", content, 12)[0] & _ROW_HIDDEN:
            found.hidden_rows.append([row, row])
    elif kind == _COLUMN_INFO:
        first, last = struct.unpack_from("<HH", content)
        if struct.unpack_from("<H", content, 8)[0] & _COLUMN_HIDDEN:
            found.hidden_columns.append([first, last])


_ERROR_RESULT = 2  # kind of a result that is no number


def _take_formula(found: BiffSheet, content: bytes) -> None:
    """[MS-XLS] 2.5.133 FormulaValue: a double, or a mark in its last two bytes."""
    row, column, style = struct.unpack_from("<HHH", content)
    value = content[6:14]
    found.n_formulas += value[6:] != b"\xff\xff" or value[0] != _ERROR_RESULT
    if value[6:] != b"\xff\xff":
        found.cells[row, column] = ("number", style, struct.unpack("<d", value)[0])
    elif value[0] in {1, 2}:
        found.cells[row, column] = ("bool" if value[0] == 1 else "error", style, value[2])
