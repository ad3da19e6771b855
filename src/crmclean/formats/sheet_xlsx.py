"""Workbooks of the .xlsx kind: whole columns where the XML is spelt as usual, a parser wherever it is not.

One parser sees the whole sheet but the cells of its usual rows, so that what it says about the document holds.
"""

from __future__ import annotations

import zipfile

from crmclean.formats.safe_xml import Attributes, Depth, Stop, parse
from crmclean.formats.shared_texts import shared_texts
from crmclean.formats.sheet_chunks import ChunkCells
from crmclean.formats.sheet_events import SheetEvents
from crmclean.formats.sheet_grid import Grid
from crmclean.formats.sheet_numbers import NumberCells
from crmclean.formats.workbook_parts import Package, SheetEntry, formats_of, sheets_of, workbook_part
from crmclean.formats.xml_chunks import ChunkedPass


class XlsxWorkbook:
    """An opened .xlsx. Everything it does may raise ``SheetError``.

    Args:
        archive: its container, already checked.
        in_columns: whether usual rows are read in whole columns; the parser gives the same, more slowly.
    """

    def __init__(self, archive: zipfile.ZipFile, *, in_columns: bool = True) -> None:
        self._in_columns = in_columns
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
        grid = Grid()
        grid.facts["date1904"] = self._date1904
        grid.shared = shared_texts(self._package, self._workbook, in_columns=self._in_columns)
        numbers = NumberCells(grid, formats_of(self._package, self._workbook), date1904=self._date1904)
        events = SheetEvents(grid, numbers)
        with self._package.open(sheet.part) as stream:
            cells = ChunkCells(grid, numbers) if self._in_columns else None
            ChunkedPass(events, cells, b"<row", b"</row>").run(stream)
        events.finish()
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
