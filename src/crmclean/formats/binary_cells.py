"""Cell values of the binary workbook formats (.xls and .xlsb) into a grid, by number format."""

from __future__ import annotations

import math
import struct

from crmclean.formats.number_formats import GENERAL
from crmclean.formats.sheet_grid import Grid, SheetError

# [MS-XLS] 2.5.10 BErr
_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}  # fmt: skip


def rk_number(coded: int) -> float:
    """A number packed in 30 bits: [MS-XLS] 2.5.217 RkNumber.

    >>> rk_number(0x000010AE), rk_number(0x3FF00000)
    (1067.0, 1.0)
    """
    if coded & 2:
        value = float((coded >> 2) - (1 << 30 if coded & 0x8000_0000 else 0))
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (coded & 0xFFFF_FFFC) << 32))[0])
    return value / 100 if coded & 1 else value


class BinaryCells:
    """Adds typed cells; text cells go to the grid directly.

    Args:
        grid: where they go.
        formats: number format code of each cell style.
        date1904: whether day 0 is 1904-01-01.
    """

    def __init__(self, grid: Grid, formats: list[str], *, date1904: bool) -> None:
        self._grid, self._formats, self._date1904 = grid, formats, date1904

    def number(self, row: int, column: int, style: int, value: float) -> None:
        """A numeric cell."""
        if not math.isfinite(value):
            raise SheetError("format-error", "a number is none", "eine Zahl ist keine")
        code = self._formats[style] if style < len(self._formats) else GENERAL
        text, kind, finding = self._grid.number(value, code, date1904=self._date1904)
        self._grid.add(row, column, text, kind)
        if finding:
            self._grid.flag(finding, row, column)

    def truth(self, row: int, column: int, value: int) -> None:
        """A truth value."""
        self._grid.add(row, column, "TRUE" if value else "FALSE", self._grid.kind("bool"))

    def error(self, row: int, column: int, value: int) -> None:
        """An error value."""
        self._grid.add(row, column, _ERRORS.get(value, "#N/A"), self._grid.kind("error"))
        self._grid.flag("formula-error", row, column)
