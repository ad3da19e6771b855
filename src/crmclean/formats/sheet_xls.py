"""Sheets of an .xls: texts by python-calamine, everything typed by our own pass over the records."""

from __future__ import annotations

import io

import python_calamine as calamine

from crmclean.formats.biff import BiffWorkbook
from crmclean.formats.binary_cells import BinaryCells
from crmclean.formats.sheet_grid import MAX_CELLS, Grid, SheetError, too_large
from crmclean.formats.sheet_positions import cell_name
from crmclean.formats.workbook_parts import SheetEntry


class XlsWorkbook:
    """An opened .xls. Everything it does may raise ``SheetError`` or ``struct.error``."""

    def __init__(self, data: bytes) -> None:
        self._typed = BiffWorkbook(data)
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except calamine.PasswordError:
            raise SheetError("password-protected", "nothing can be read", "nichts ist lesbar") from None
        except calamine.CalamineError:
            raise _broken() from None
        listed = self._book.sheets_metadata
        if len(listed) != self._typed.n_sheets:
            raise _broken()
        self.sheets = [
            SheetEntry(
                sheet.name,
                sheet.visible != calamine.SheetVisibleEnum.Visible,
                str(number) if sheet.typ == calamine.SheetTypeEnum.WorkSheet else "",
            )
            for number, sheet in enumerate(listed)
        ]

    def _texts(self, entry: SheetEntry) -> tuple[calamine.CalamineSheet, dict[tuple[int, int], str]]:
        try:
            sheet = self._book.get_sheet_by_index(int(entry.part))
        except calamine.CalamineError:
            raise _broken() from None
        texts: dict[tuple[int, int], str] = {}
        if sheet.start is None or sheet.end is None:
            return sheet, texts
        if sheet.total_width * sheet.total_height > MAX_CELLS:
            raise too_large("it has more than 50 million cells", "sie hat mehr als 50 Millionen Zellen")
        first_row, first_column = sheet.start
        for row, cells in enumerate(sheet.to_python(skip_empty_area=True), first_row):
            for column, value in enumerate(cells, first_column):
                if isinstance(value, str) and value:
                    texts[row, column] = value
        return sheet, texts

    def has_data(self, entry: SheetEntry) -> bool:
        """Whether any cell of the sheet holds something."""
        return bool(self._typed.sheet(int(entry.part)).cells or self._texts(entry)[1])

    def grid(self, entry: SheetEntry) -> Grid:
        """All cells of the sheet."""
        found, grid = self._typed.sheet(int(entry.part)), Grid()
        sheet, texts = self._texts(entry)
        grid.facts.update(
            date1904=self._typed.date1904,
            merged=[f"{cell_name(*first)}:{cell_name(*last)}" for first, last in sheet.merged_cell_ranges or []],
            hidden_rows=found.hidden_rows,
            hidden_columns=found.hidden_columns,
        )
        grid.n_formulas = found.n_formulas
        cells = BinaryCells(grid, self._typed.formats, date1904=self._typed.date1904)
        for place in sorted(found.cells.keys() | texts.keys()):
            kind, style, value = found.cells.get(place, ("text", 0, 0.0))
            if kind == "text":
                grid.add(*place, texts[place])
            elif kind == "number":
                cells.number(*place, style, value)
            elif kind == "bool":
                cells.truth(*place, int(value))
            else:
                cells.error(*place, int(value))
        return grid


def _broken() -> SheetError:
    return SheetError("format-error", "its content is broken", "ihr Inhalt ist defekt")
