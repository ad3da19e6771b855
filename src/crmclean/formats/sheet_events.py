"""The events of a worksheet's XML: every cell with its text, its type and its number format.

Our own pass instead of a library's: those that are fast enough keep neither the number format of a cell (``00000``)
nor its error text nor that a formula has no value, and abort the whole process on a far cell.
"""

from __future__ import annotations

from crmclean.formats.safe_xml import Attributes, Depth, stripped, unescaped
from crmclean.formats.sheet_grid import MAX_CELL_CHARS, Grid, SheetError, too_large
from crmclean.formats.sheet_numbers import NumberCells, whole
from crmclean.formats.sheet_positions import column_index

TRUE = frozenset({"1", "true"})


class SheetEvents:
    """The handlers of the pass. One object a sheet; the attributes are the state between two events.

    Args:
        grid: where the cells go, and the texts they refer to.
        numbers: what shows numbers.

    Attributes:
        is_open: whether the last event lies inside of ``sheetData``.
    """

    def __init__(self, grid: Grid, numbers: NumberCells) -> None:
        self._grid = grid
        self._shared: dict[str, str] = {}
        self._number = numbers
        self.is_open = False
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
        """An element starts."""
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
                self._row_text, self._row = row, whole(row) - 1
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s") or "0"

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self._row += 1
        self._row_text = str(self._row + 1)
        if number is not None and number != self._row_text:
            self._row = whole(number) - 1
            self._row_text = str(self._row + 1)
        self._column = -1
        if attributes.get("hidden") in TRUE:
            _extend(self._hidden_rows, self._row, self._row)

    def _start_other(self, element: str, attributes: Attributes) -> None:
        self._depth.down()
        if element == "t":
            self._in_text = not self._phonetic
            self._run_start = len(self._parts)
            self._is_preserved = attributes.get("xml:space") == "preserve"
        elif element == "f":
            self._has_formula = True
        elif element == "sheetData":
            self.is_open = True
        elif element == "rPh":
            self._phonetic += 1
        elif element == "mergeCell":
            self._merged.append(attributes.get("ref", "")[:32])
        elif element == "col" and attributes.get("hidden") in TRUE:
            _extend(self._hidden_columns, whole(attributes.get("min", "1")) - 1, whole(attributes.get("max", "1")) - 1)

    def text(self, piece: str) -> None:
        """Character data."""
        if self._in_text:
            self._parts.append(piece)
            self._length += len(piece)
            if self._length > MAX_CELL_CHARS:
                raise too_large("a cell has more than 16 MiB", "eine Zelle hat mehr als 16 MiB")

    def end(self, element: str) -> None:
        """An element ends."""
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
            elif element == "sheetData":
                self.is_open = False

    def _strip_run(self) -> None:
        """Take the blanks off the run of text that just ended."""
        run = stripped("".join(self._parts[self._run_start :]))
        self._parts[self._run_start :] = [run] if run else []

    def _end_cell(self) -> None:
        parts = self._parts
        self._grid.n_formulas += self._has_formula and self._type != "e"
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
            if not self._shared:
                # By the number as it is spelt in the cells: no conversion a cell.
                self._shared = {str(number): shared for number, shared in enumerate(grid.shared)}
            shared = self._shared.get(text)
            if shared is None:
                raise SheetError("format-error", "a shared text is missing", "ein gemeinsamer Text fehlt")
            grid.add(row, column, shared)
        elif kind == "n":
            self._number.add(row, column, text, self._style)
        elif kind in {"str", "inlineStr"}:
            grid.add(row, column, unescaped(text))
        elif kind == "b":
            grid.add(row, column, "TRUE" if text.strip() in TRUE else "FALSE", grid.kind("bool"))
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


def _extend(ranges: list[list[int]], first: int, last: int) -> None:
    if ranges and ranges[-1][1] == first - 1:
        ranges[-1][1] = last
    else:
        ranges.append([first, last])
