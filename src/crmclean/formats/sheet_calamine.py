"""Sheets of .xls and .xlsb through python-calamine, which knows values and types but not how numbers are shown."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable

import python_calamine as calamine

from crmclean.formats.number_formats import shown_number
from crmclean.formats.sheet_grid import MAX_CELLS, Grid, SheetError, too_large
from crmclean.formats.sheet_positions import cell_name
from crmclean.formats.workbook_parts import SheetEntry

_EPOCH = datetime.datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no time zone
_LEAP_BUG = 60
# What a cell's number format is, as far as somebody else found out: (0-based row, 0-based column) -> format code.
FormatOf = Callable[[int, int], str]


class CalamineWorkbook:
    """An opened .xls or .xlsb. Everything it does may raise ``SheetError``.

    Args:
        data: the file.
        format_of: number formats per sheet name, where they are known.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        except calamine.PasswordError:
            raise SheetError("password-protected", "nothing can be read", "nichts ist lesbar") from None
        except calamine.CalamineError:
            raise _broken() from None
        self.sheets = [
            SheetEntry(
                sheet.name,
                sheet.visible != calamine.SheetVisibleEnum.Visible,
                sheet.name if sheet.typ == calamine.SheetTypeEnum.WorkSheet else "",
            )
            for sheet in self._book.sheets_metadata
        ]

    def _sheet(self, entry: SheetEntry) -> calamine.CalamineSheet:
        try:
            return self._book.get_sheet_by_name(entry.name)
        except calamine.PasswordError:
            raise SheetError("password-protected", "nothing can be read", "nichts ist lesbar") from None
        except calamine.CalamineError:
            raise _broken() from None

    def has_data(self, entry: SheetEntry) -> bool:
        """Whether any cell of the sheet holds something."""
        return self._sheet(entry).start is not None

    def grid(self, entry: SheetEntry) -> Grid:
        """All cells of the sheet."""
        sheet, grid = self._sheet(entry), Grid()
        grid.facts.update(date1904=False, hidden_rows=[], hidden_columns=[])
        grid.facts["merged"] = [_range(*corners) for corners in sheet.merged_cell_ranges or []]
        if sheet.start is None:
            return grid
        if sheet.height * sheet.width > MAX_CELLS:
            raise too_large("it has more than 50 million cells", "sie hat mehr als 50 Millionen Zellen")
        first_row, first_column = sheet.start
        for row, cells in enumerate(sheet.iter_rows(), first_row if len(sheet.start) else 0):
            for column, value in enumerate(cells, first_column):
                if value != "":
                    _add(grid, row, column, value)
        return grid


def _broken() -> SheetError:
    return SheetError("format-error", "its content is broken", "ihr Inhalt ist defekt")


Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


def _add(grid: Grid, row: int, column: int, value: Value) -> None:
    if isinstance(value, str):
        grid.add(row, column, value)
        return
    if isinstance(value, bool):
        grid.add(row, column, "TRUE" if value else "FALSE", grid.kind("bool"))
        return
    number, code = _numbered(value)
    shown = shown_number(number, code)
    grid.add(row, column, shown.text, grid.kind("number", code))
    if shown.code:
        grid.flag(shown.code, row, column)


def _numbered(value: float | datetime.time | datetime.date | datetime.timedelta) -> tuple[float, str]:
    """The serial number and the plainest format of a value."""
    if isinstance(value, datetime.datetime):
        return _serial(value), "yyyy-mm-dd hh:mm:ss"
    if isinstance(value, datetime.date):
        return _serial(datetime.datetime(value.year, value.month, value.day)), "yyyy-mm-dd"  # noqa: DTZ001
    if isinstance(value, datetime.timedelta):
        return value / datetime.timedelta(days=1), "[h]:mm:ss"
    if isinstance(value, datetime.time):
        seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6
        return seconds / 86400, "hh:mm:ss"
    return float(value), "General"


def _serial(moment: datetime.datetime) -> float:
    days = (moment - _EPOCH) / datetime.timedelta(days=1)
    return days if days > _LEAP_BUG else days - 1


def _range(first: tuple[int, int], last: tuple[int, int]) -> str:
    return f"{cell_name(*first)}:{cell_name(*last)}"
