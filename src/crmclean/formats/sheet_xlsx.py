"""One pass over a worksheet's XML: every cell with its text, its type and its number format.

Our own pass instead of a library's: those that are fast enough keep neither the number format of a cell (``00000``)
nor its error text nor that a formula has no value, and abort the whole process on a far cell.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable

from crmclean.formats.number_formats import GENERAL, number_of, shown_number
from crmclean.formats.safe_xml import Attributes, Depth, Stop, parse, stripped, unescaped
from crmclean.formats.sheet_grid import MAX_CELL_CHARS, Grid, SheetError, too_large
from crmclean.formats.sheet_positions import column_index
from crmclean.formats.workbook_parts import Package, SheetEntry, formats_of, shared_texts, sheets_of, workbook_part

_TRUE = frozenset({"1", "true"})


class XlsxWorkbook:
    """An opened .xlsx. Everything it does may raise ``SheetError``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._package = Package(archive)
        self._workbook = workbook_part(self._package)
        self.sheets, self._date1904 = sheets_of(self._package, self._workbook)

    def has_data(self, sheet: SheetEntry) -> bool:
        """Whether any cell of the sheet holds something; reads no further than that."""
        probe = _Probe()
        try:
            with self._package.open(sheet.part) as stream:
                parse(stream, probe.start, probe.end, probe.text)
        except Stop:
            return True
        return False

    def grid(self, sheet: SheetEntry) -> Grid:
        """All cells of the sheet."""
        styles = formats_of(self._package, self._workbook)
        grid = Grid()
        grid.facts["date1904"] = self._date1904
        handler = _SheetPass(grid, shared_texts(self._package, self._workbook), styles, date1904=self._date1904)
        with self._package.open(sheet.part) as stream:
            parse(stream, handler.start, handler.end, handler.text)
        handler.finish()
        return grid


class _Probe:
    """Stops at the first text inside a value."""

    def __init__(self) -> None:
        self._in_value = False
        self._depth = Depth()

    def start(self, element: str, _: Attributes) -> None:
        self._depth.down()
        self._in_value = element in {"v", "t"}

    def end(self, _: str) -> None:
        self._depth.up()
        self._in_value = False

    def text(self, _: str) -> None:
        if self._in_value:
            raise Stop


class _SheetPass:
    """The handlers of the pass. One object a sheet; the attributes are the state between two events."""

    def __init__(self, grid: Grid, shared: list[str], styles: list[str], *, date1904: bool) -> None:
        self._grid = grid
        # By the number as it is spelt in the cells: no conversion a cell.
        self._shared = {str(number): text for number, text in enumerate(shared)}
        self._number = _NumberCells(grid, styles, date1904=date1904)
        self._columns: dict[str, int] = {}
        self._row = self._column = -1
        self._type = self._style = self._row_text = ""
        self._parts: list[str] = []
        self._length = 0
        self._in_text = self._has_formula = self._is_preserved = False
        self._phonetic = self._run_start = 0
        self._depth = Depth()
        self._hidden_rows: list[list[int]] = []
        self._hidden_columns: list[list[int]] = []
        self._merged: list[str] = []

    def start(self, element: str, attributes: Attributes) -> None:
        if element == "c":
            self._start_cell(attributes)
        elif element == "v":
            self._in_text = self._type != "inlineStr"  # such a cell may repeat its text as a value
        elif element == "row":
            self._start_row(attributes)
        else:
            self._start_other(element, attributes)

    def _start_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            letters = reference.rstrip("0123456789")
            column = self._columns.get(letters)
            self._column = self._columns.setdefault(letters, column_index(letters)) if column is None else column
            # The reference is what counts, whatever the row element says.
            row = reference[len(letters) :]
            if row != self._row_text and row:
                self._row_text, self._row = row, _whole(row) - 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s") or "0"

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row = _whole(number) - 1 if number is not None else self._row + 1
        self._row_text = str(self._row + 1)
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            _extend(self._hidden_rows, self._row, self._row)

    def _start_other(self, element: str, attributes: Attributes) -> None:
        self._depth.down()
        if element == "t":
            self._in_text = not self._phonetic
            self._run_start = len(self._parts)
            self._is_preserved = attributes.get("xml:space") == "preserve"
        elif element == "f":
            self._has_formula = True
        elif element == "rPh":
            self._phonetic += 1
        elif element == "mergeCell":
            self._merged.append(attributes.get("ref", "")[:32])
        elif element == "col" and attributes.get("hidden") in _TRUE:
            _extend(
                self._hidden_columns, _whole(attributes.get("min", "1")) - 1, _whole(attributes.get("max", "1")) - 1
            )

    def text(self, piece: str) -> None:
        if self._in_text:
            self._parts.append(piece)
            self._length += len(piece)
            if self._length > MAX_CELL_CHARS:
                raise too_large("a cell has more than 16 MiB", "eine Zelle hat mehr als 16 MiB")

    def end(self, element: str) -> None:
        if element == "v":
            self._in_text = False
        elif element == "c":
            self._end_cell()
        elif element != "row":
            self._depth.up()
            if element == "t":
                self._in_text = False
                if not self._is_preserved:
                    self._strip_run()
            elif element == "rPh":
                self._phonetic -= 1

    def _strip_run(self) -> None:
        """Take the blanks off the run of text that just ended."""
        run = stripped("".join(self._parts[self._run_start :]))
        self._parts[self._run_start :] = [run] if run else []

    def _end_cell(self) -> None:
        parts = self._parts
        if parts:
            self._add(parts[0] if len(parts) == 1 else "".join(parts))
            parts.clear()
            self._length = 0
        elif self._has_formula and self._type != "str":
            self._grid.flag("formula-without-value", self._row, self._column)
            self._grid.add(self._row, self._column, "", self._grid.kind("unfilled"))
        elif self._type in {"str", "inlineStr"}:
            self._grid.add(self._row, self._column, "")
        self._has_formula = False

    def _add(self, text: str) -> None:
        grid, row, column, kind = self._grid, self._row, self._column, self._type
        if kind == "s":
            shared = self._shared.get(text)
            if shared is None:
                raise SheetError("format-error", "a shared text is missing", "ein gemeinsamer Text fehlt")
            grid.add(row, column, shared)
        elif kind == "n":
            self._number.add(row, column, text, self._style)
        elif kind in {"str", "inlineStr"}:
            grid.add(row, column, unescaped(text))
        elif kind == "b":
            grid.add(row, column, "TRUE" if text.strip() in _TRUE else "FALSE", grid.kind("bool"))
        elif kind == "e":
            grid.flag("formula-error", row, column)
            grid.add(row, column, text, grid.kind("error"))
        elif kind == "d":
            self._number.add_date(row, column, text, self._style)
        else:
            grid.add(row, column, text)

    def finish(self) -> None:
        """Leave what was seen besides the cells in the grid's facts."""
        facts = self._grid.facts
        facts["merged"], facts["hidden_rows"], facts["hidden_columns"] = (
            self._merged,
            self._hidden_rows,
            self._hidden_columns,
        )


class _NumberCells:
    """Turns numeric cells into text by their style, each distinct value once."""

    def __init__(self, grid: Grid, styles: list[str], *, date1904: bool) -> None:
        self._grid = grid
        self._styles = styles
        self._date1904 = date1904
        self._by_style: dict[str, Callable[[str], tuple[str, int, str | None]]] = {}

    def add(self, row: int, column: int, text: str, style: str) -> None:
        """One cell as stored."""
        show = self._by_style.get(style)
        if show is None:
            show = self._by_style[style] = self._shower(style)
        shown, kind, code = show(text)
        self._grid.add(row, column, shown, kind)
        if code is not None:
            self._grid.flag(code, row, column)

    def add_date(self, row: int, column: int, text: str, style: str) -> None:
        """A cell of type ``d``, ISO 8601 already. Kept as it stands where a serial number can't give it back."""
        value = text.removesuffix("Z").removesuffix("T00:00:00").removesuffix("T00:00:00.000")
        code = self._code(style)
        if number_of(value, code, date1904=self._date1904) is None:
            code = "yyyy-mm-dd" if "T" not in value else "yyyy-mm-dd hh:mm:ss"
        is_back = number_of(value, code, date1904=self._date1904) is not None
        self._grid.add(row, column, value if is_back else text, self._grid.kind("number", code) if is_back else 0)

    def _code(self, style: str) -> str:
        number = _whole(style)
        return self._styles[number] if number < len(self._styles) else GENERAL

    def _shower(self, style: str) -> Callable[[str], tuple[str, int, str | None]]:
        code, kind = self._code(style), 0
        kind = self._grid.kind("number", code)
        date1904 = self._date1904
        known: dict[str, tuple[str, int, str | None]] = {}

        def show(text: str) -> tuple[str, int, str | None]:
            result = known.get(text)
            if result is None:
                result = _shown(text, code, kind, date1904=date1904)
                if len(known) < 100_000:
                    known[text] = result
            return result

        return show


def _shown(text: str, code: str, kind: int, *, date1904: bool) -> tuple[str, int, str | None]:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value) or "_" in text:  # float() takes "1_0"
        raise SheetError("format-error", "a number is none", "eine Zahl ist keine")
    shown = shown_number(value, code, date1904=date1904)
    return shown.text, kind, shown.code


def _whole(text: str) -> int:
    if not text.isascii() or not text.strip().isdigit() or len(text) > 12:
        raise SheetError("format-error", "a number in its structure is none", "eine Zahl in ihrem Aufbau ist keine")
    return int(text)


def _extend(ranges: list[list[int]], first: int, last: int) -> None:
    if ranges and ranges[-1][1] == first - 1:
        ranges[-1][1] = last
    else:
        ranges.append([first, last])
