"""One pass over an .ods document: typed values, and the text on the screen where it says more.

Source: OpenDocument 1.3 part 3, sections 9.1 (tables) and 19.385 (value types).
"""

from __future__ import annotations

import re
import zipfile
from typing import IO

from crmclean.formats.number_formats import number_of, number_text
from crmclean.formats.safe_xml import Attributes, Depth, Stop, parse
from crmclean.formats.sheet_grid import MAX_CELL_CHARS, MAX_COLUMNS, MAX_ROWS, Grid, SheetError, too_large
from crmclean.formats.sheet_positions import cell_name
from crmclean.formats.workbook_parts import SheetEntry

MAX_REPEATED = 5_000_000  # cells with content that stand in the file once and on the sheet several times
_HIDDEN = frozenset({"collapse", "filter"})
_MASKED = re.compile(r"0[0-9]*\Z")
_PERIOD = re.compile(r"P(?:(\d+)D)?T?(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:[.,](\d+))?S)?\Z")
_ERROR = re.compile(r"#(?:N/A|DIV/0!|NAME\?|NULL!|NUM!|REF!|VALUE!|NV|WERT!|BEZUG!|ZAHL!)\Z|Err:\d{3}\Z")


class OdsWorkbook:
    """An opened .ods. Everything it does may raise ``SheetError``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
            "META-INF/manifest.xml"
        ):
            raise SheetError("password-protected", "nothing can be read", "nichts ist lesbar")
        finder = _SheetFinder()
        with self._content() as stream:
            parse(stream, finder.start, finder.end, _nothing)
        self.sheets = [
            SheetEntry(name, style in finder.hidden_styles, str(number))
            for number, (name, style) in enumerate(finder.tables)
        ]

    def _content(self) -> IO[bytes]:
        try:
            return self._archive.open("content.xml")
        except KeyError:
            raise SheetError("format-error", "a part is missing", "ein Teil fehlt") from None

    def has_data(self, sheet: SheetEntry) -> bool:
        """Whether any cell of the sheet holds something."""
        probe = _OdsPass(Grid(), int(sheet.part), stop_at_first=True)
        try:
            with self._content() as stream:
                parse(stream, probe.start, probe.end, probe.text)
        except Stop:
            return not probe.grid.is_empty
        return not probe.grid.is_empty

    def grid(self, sheet: SheetEntry) -> Grid:
        """All cells of the sheet."""
        handler = _OdsPass(Grid(), int(sheet.part), stop_at_first=False)
        try:
            with self._content() as stream:
                parse(stream, handler.start, handler.end, handler.text)
        except Stop:
            pass
        return handler.grid


def _nothing(_: str) -> None:
    pass


def _local(attributes: Attributes) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _SheetFinder:
    """Names and styles of all tables, without their cells."""

    def __init__(self) -> None:
        self.tables: list[tuple[str, str]] = []
        self.hidden_styles: set[str] = set()
        self._style = ""
        self._depth = Depth()
        self._tables_open = 0

    def start(self, element: str, attributes: Attributes) -> None:
        self._depth.down()
        if element == "table":
            self._tables_open += 1
            if self._tables_open == 1:
                own = _local(attributes)
                self.tables.append((own.get("name", ""), own.get("style-name", "")))
        elif element == "style":
            self._style = _local(attributes).get("name", "")
        elif element == "table-properties" and _local(attributes).get("display") == "false":
            self.hidden_styles.add(self._style)

    def end(self, element: str) -> None:
        self._depth.up()
        self._tables_open -= element == "table"


class _OdsPass:
    """The handlers of the pass over one table, chosen by its number."""

    def __init__(self, grid: Grid, wanted: int, *, stop_at_first: bool) -> None:
        self.grid = grid
        grid.facts.update(date1904=False, merged=[], hidden_rows=[], hidden_columns=[])
        self._wanted, self._stop_at_first = wanted, stop_at_first
        self._number, self._nesting = -1, 0
        self._depth = Depth()
        self._row, self._column, self._repeat_rows, self._repeat, self._defined = 0, 0, 1, 1, 0
        self._cell: dict[str, str] | None = None
        self._line: list[tuple[int, str, int, str | None]] = []
        self._parts: list[str] = []
        self._length = self._paragraphs = self._silent = 0
        self._in_paragraph = 0
        self._given = self._expanded = 0

    def start(self, element: str, attributes: Attributes) -> None:
        self._depth.down()
        if element == "table":
            self._nesting += 1
            self._number += self._nesting == 1
            return
        if self._number != self._wanted or self._nesting != 1:
            return
        if element == "table-row":
            self._start_row(_local(attributes))
        elif element in {"table-cell", "covered-table-cell"}:
            self._start_cell(element, _local(attributes))
        elif element == "table-column":
            own = _local(attributes)
            count = _repeat(own.get("number-columns-repeated"), MAX_COLUMNS * 64)
            if own.get("visibility") in _HIDDEN:
                self.grid.facts["hidden_columns"].append([self._defined, self._defined + count - 1])
            self._defined += count
        elif self._cell is not None:
            self._start_text(element, attributes)

    def _start_row(self, own: dict[str, str]) -> None:
        self._repeat_rows = _repeat(own.get("number-rows-repeated"), MAX_ROWS * 64)
        self._column = 0
        self._line.clear()
        if own.get("visibility") in _HIDDEN:
            self.grid.facts["hidden_rows"].append([self._row, self._row + self._repeat_rows - 1])

    def _start_cell(self, element: str, own: dict[str, str]) -> None:
        self._cell = own
        self._repeat = _repeat(own.get("number-columns-repeated"), MAX_COLUMNS * 64)
        self._parts.clear()
        self._length = self._paragraphs = self._in_paragraph = 0
        if element == "table-cell" and ("number-columns-spanned" in own or "number-rows-spanned" in own):
            right = self._column + _repeat(own.get("number-columns-spanned"), MAX_COLUMNS) - 1
            below = self._row + _repeat(own.get("number-rows-spanned"), MAX_ROWS) - 1
            if (right, below) != (self._column, self._row):
                self.grid.facts["merged"].append(f"{cell_name(self._row, self._column)}:{cell_name(below, right)}")

    def _start_text(self, element: str, attributes: Attributes) -> None:
        if element in {"annotation", "shapes", "ruby-text"}:
            self._silent += 1
        elif self._silent:
            return
        elif element in {"p", "h"}:
            self._in_paragraph += 1
            if self._paragraphs:
                self._parts.append("\n")
            self._paragraphs += 1
        elif element == "s":
            count = _repeat(_local(attributes).get("c"), 65_536)
            self.text(" " * count)
        elif element == "tab":
            self._parts.append("\t")
        elif element == "line-break":
            self._parts.append("\n")

    def text(self, piece: str) -> None:
        if self._in_paragraph and not self._silent:
            self._length += len(piece)
            if self._length > MAX_CELL_CHARS:
                raise too_large("a cell has more than 16 MiB", "eine Zelle hat mehr als 16 MiB")
            self._parts.append(piece)

    def end(self, element: str) -> None:
        self._depth.up()
        if element == "table":
            self._nesting -= 1
            if self._number == self._wanted and not self._nesting:
                raise Stop
        elif self._number != self._wanted or self._nesting != 1:
            return
        elif element in {"table-cell", "covered-table-cell"}:
            self._end_cell()
        elif element == "table-row":
            self._end_row()
        elif element in {"annotation", "shapes", "ruby-text"}:
            self._silent = max(self._silent - 1, 0)
        elif element in {"p", "h"} and self._in_paragraph and not self._silent:
            self._in_paragraph -= 1

    def _end_cell(self) -> None:
        own, self._cell = self._cell or {}, None
        kind = own.get("value-type") or own.get("calcext:value-type", "")
        shown = "".join(self._parts)
        if kind or shown or "formula" in own:
            self._given += 1
            if self._column + self._repeat > MAX_COLUMNS:
                raise too_large("a cell is repeated too often", "eine Zelle wird zu oft wiederholt")
            text, number, code = _judged(self.grid, own, kind, shown)
            self._line.extend((self._column + step, text, number, code) for step in range(self._repeat))
        self._column += self._repeat

    def _end_row(self) -> None:
        if self._line:
            self._expanded += len(self._line) * self._repeat_rows
            if self._row + self._repeat_rows > MAX_ROWS or self._expanded - self._given > MAX_REPEATED:
                raise too_large("cells are repeated too often", "Zellen werden zu oft wiederholt")
            for row in range(self._row, self._row + self._repeat_rows):
                for column, text, number, code in self._line:
                    self.grid.add(row, column, text, number)
                    if code:
                        self.grid.flag(code, row, column)
            if self._stop_at_first:
                raise Stop
        self._row += self._repeat_rows


def _repeat(text: str | None, most: int) -> int:
    if text is None:
        return 1
    if not text.isascii() or not text.isdigit() or len(text) > 10:
        raise SheetError("format-error", "a number in its structure is none", "eine Zahl in ihrem Aufbau ist keine")
    if int(text) > most:
        raise too_large("a cell or row is repeated too often", "eine Zelle oder Zeile wird zu oft wiederholt")
    return max(int(text), 1)


def _judged(grid: Grid, own: dict[str, str], kind: str, shown: str) -> tuple[str, int, str | None]:
    """Text, kind and finding of a cell."""
    if "formula" in own and _ERROR.match(shown):
        return shown, grid.kind("error"), "formula-error"
    grid.n_formulas += "formula" in own
    if kind in {"float", "currency", "percentage"}:
        return _number(grid, own.get("value", ""), shown)
    if kind == "date":
        return _date(grid, own.get("date-value", ""))
    if kind == "time":
        return _time(grid, own.get("time-value", ""))
    if kind == "boolean":
        return ("TRUE" if own.get("boolean-value") == "true" else "FALSE"), grid.kind("bool"), None
    if not kind and not shown:  # a formula nobody has computed
        return "", grid.kind("unfilled"), "formula-without-value"
    return own.get("string-value", shown), 0, None


def _number(grid: Grid, stored: str, shown: str) -> tuple[str, int, str | None]:
    try:
        value = float(stored)
        text = number_text(value)
    except (ValueError, ArithmeticError):
        raise SheetError("format-error", "a number is none", "eine Zahl ist keine") from None
    # Only a mask of zeros is taken from the screen: the rest is thousands marks, currencies and rounding.
    if _MASKED.match(shown) and shown.lstrip("0") == text.lstrip("0") and shown != text and len(shown) > 1:
        return shown, grid.kind("number", "0" * len(shown)), "display-format"
    return text, grid.kind("number", "General"), "precision-lost" if abs(value) >= 10**15 else None


def _date(grid: Grid, stored: str) -> tuple[str, int, str | None]:
    text = stored.partition(".")[0] if re.search(r"\.0+\Z", stored) else stored
    code = "yyyy-mm-dd hh:mm:ss" if "T" in text else "yyyy-mm-dd"
    value = number_of(text, code)
    if value is None:
        return stored, 0, "date-out-of-range" if stored else None
    # LibreOffice counts from 1899-12-30 without the leap year that never was: such days are rarely meant.
    return text, grid.kind("number", code), "date-out-of-range" if value < 61 else None


def _time(grid: Grid, stored: str) -> tuple[str, int, str | None]:
    found = _PERIOD.match(stored)
    if not found:
        return stored, 0, None
    day, hour, minute, second, fraction = found.groups(default="0")
    hours = int(day) * 24 + int(hour)
    thousandths = f"{fraction:0<3}"[:3]
    clock = f"{int(minute):02}:{int(second):02}" + (f".{thousandths}" if thousandths.strip("0") else "")
    if hours < 24:
        return f"{hours:02}:{clock}", grid.kind("number", "hh:mm:ss"), None
    return f"{hours}:{clock}", grid.kind("number", "[h]:mm:ss"), None
