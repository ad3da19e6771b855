"""One pass over a worksheet of an .xlsb: records instead of XML, the same cells.

Source: [MS-XLSB] 2.1.4 (records), 2.4 (their fields), 2.5 (strings).
"""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator

from crmclean.formats.binary_cells import BinaryCells, rk_number
from crmclean.formats.number_formats import BUILTIN_FORMATS, GENERAL
from crmclean.formats.sheet_grid import Grid, SheetError
from crmclean.formats.sheet_positions import cell_name
from crmclean.formats.workbook_parts import Package, SheetEntry, part_of_type, relations, workbook_part

_ROW, _BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOL, _FORMULA_ERROR = 8, 9, 10, 11
_SHORT_BLANK, _SHORT_SHARED = 12, 18  # the same in short: no column, it is the next one
_SHARED_ITEM, _RICH_TEXT = 19, 62
_FORMAT, _STYLE, _COLUMN_INFO, _PROPERTIES, _SHEET, _MERGED = 44, 47, 60, 153, 156, 176
_BEGIN_STYLES, _END_STYLES = 617, 618
# What a formula came to is stored like a plain value.
_PLAIN = {_FORMULA_TEXT: _TEXT, _FORMULA_NUMBER: _REAL, _FORMULA_BOOL: _BOOL, _FORMULA_ERROR: _ERROR}
_HIDDEN_ROW = 0x10


def records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """``(type, content)`` of all records.

    Raises:
        SheetError: a record is longer than the part.
    """
    position, end = 0, len(data)
    while position < end:
        kind = data[position]
        position += 1
        if kind & 0x80 and position < end:
            kind = (kind & 0x7F) | ((data[position] & 0x7F) << 7)
            position += 1
        size = shift = 0
        for _ in range(4):
            if position >= end:
                raise _cut()
            byte = data[position]
            position += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if position + size > end:
            raise _cut()
        yield kind, data[position : position + size]
        position += size


def _cut() -> SheetError:
    return SheetError("format-error", "a record is cut off", "ein Datensatz der Mappe ist abgeschnitten")


def _wide(content: bytes, offset: int) -> tuple[str, int]:
    """A wide string and the offset behind it."""
    count = struct.unpack_from("<I", content, offset)[0]
    if count == 0xFFFFFFFF:
        return "", offset + 4
    end = offset + 4 + 2 * count
    if end > len(content):
        raise _cut()
    return content[offset + 4 : end].decode("utf-16-le", "replace"), end


class XlsbWorkbook:
    """An opened .xlsb. Everything it does may raise ``SheetError`` or ``struct.error``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._package = Package(archive)
        self._workbook = workbook_part(self._package)
        self._date1904 = False
        self.sheets: list[SheetEntry] = []
        targets = relations(self._package, self._workbook)
        for kind, content in self._records(self._workbook):
            if kind == _PROPERTIES:
                self._date1904 = bool(content[0] & 1)
            elif kind == _SHEET:
                relation, offset = _wide(content, 8)
                type_, part = targets.get(relation, ("", ""))
                hidden = struct.unpack_from("<I", content)[0] != 0
                self.sheets.append(SheetEntry(_wide(content, offset)[0], hidden, part if type_ == "worksheet" else ""))

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        with self._package.open(part) as stream:
            data = stream.read()
        return records(data)

    def has_data(self, sheet: SheetEntry) -> bool:
        """Whether any cell of the sheet holds something."""
        return any(
            _BLANK < kind <= _FORMULA_ERROR or _SHORT_BLANK < kind <= _SHORT_SHARED or kind == _RICH_TEXT
            for kind, _ in self._records(sheet.part)
        )

    def _shared(self) -> list[str]:
        part = part_of_type(self._package, self._workbook, "sharedStrings")
        if not part:
            return []
        return [_wide(content, 1)[0] for kind, content in self._records(part) if kind == _SHARED_ITEM]

    def _formats(self) -> list[str]:
        part = part_of_type(self._package, self._workbook, "styles")
        codes, styles, inside = dict(BUILTIN_FORMATS), [], False
        for kind, content in self._records(part) if part else ():
            if kind == _FORMAT:
                codes[struct.unpack_from("<H", content)[0]] = _wide(content, 2)[0] or GENERAL
            elif kind in {_BEGIN_STYLES, _END_STYLES}:
                inside = kind == _BEGIN_STYLES
            elif kind == _STYLE and inside:
                styles.append(codes.get(struct.unpack_from("<H", content, 2)[0], GENERAL))
        return styles

    def grid(self, sheet: SheetEntry) -> Grid:
        """All cells of the sheet."""
        grid, shared = Grid(), self._shared()
        grid.facts.update(date1904=self._date1904, merged=[], hidden_rows=[], hidden_columns=[])
        cells = BinaryCells(grid, self._formats(), date1904=self._date1904)
        row = column = -1
        for kind, content in self._records(sheet.part):
            if kind == _ROW:
                row, column = struct.unpack_from("<I", content)[0], -1
                if len(content) > 11 and content[11] & _HIDDEN_ROW:
                    grid.facts["hidden_rows"].append([row, row])
            elif kind <= _FORMULA_ERROR or kind == _RICH_TEXT:
                column = struct.unpack_from("<I", content)[0]
                grid.n_formulas += _FORMULA_TEXT <= kind < _FORMULA_ERROR
                _add(cells, grid, shared, (row, column, _PLAIN.get(kind, kind)), content[4:])
            elif kind <= _SHORT_SHARED:
                column += 1
                _add(cells, grid, shared, (row, column, kind - _SHORT_BLANK + _BLANK), content)
            elif kind == _MERGED:
                first, last, left, right = struct.unpack_from("<IIII", content)
                grid.facts["merged"].append(f"{cell_name(first, left)}:{cell_name(last, right)}")
            elif kind == _COLUMN_INFO and struct.unpack_from("<H", content, 16)[0] & 1:
                grid.facts["hidden_columns"].append(list(struct.unpack_from("<II", content)))
        return grid


def _add(cells: BinaryCells, grid: Grid, shared: list[str], place: tuple[int, int, int], content: bytes) -> None:
    """One cell; ``content`` begins with its style."""
    row, column, kind = place
    style, value = int.from_bytes(content[:3], "little"), content[4:]
    if kind == _RK:
        cells.number(row, column, style, rk_number(struct.unpack_from("<I", value)[0]))
    elif kind == _REAL:
        cells.number(row, column, style, struct.unpack_from("<d", value)[0])
    elif kind == _BOOL:
        cells.truth(row, column, value[0])
    elif kind == _ERROR:
        cells.error(row, column, value[0])
    elif kind == _TEXT:
        grid.add(row, column, _wide(value, 0)[0])
    elif kind == _RICH_TEXT:
        grid.add(row, column, _wide(value, 1)[0])
    elif kind == _SHARED:
        number = struct.unpack_from("<I", value)[0]
        if number >= len(shared):
            raise SheetError("format-error", "a shared text is missing", "ein gemeinsamer Text fehlt")
        grid.add(row, column, shared[number])
