"""The child process in which workbooks are opened: ``python -m crmclean.formats.sheet_child``.

A request line (JSON) and the file come in on stdin; a reply line (JSON) and the cells (Arrow streams of some rows
each, with their length before them) go out on stdout.
Whatever the file does to this process, the parent lives on.
"""

from __future__ import annotations

import difflib
import io
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any, Protocol

import polars as pl

from crmclean.core.orphans import die_with
from crmclean.formats.sheet_grid import Grid, SheetError
from crmclean.formats.workbook_parts import SheetEntry

MEMORY_LIMIT = 3 * 1024**3  # bytes of address space; the libraries reserve 0.7 GiB of it without using it
CPU_LIMIT_S = 120
PIECE_ROWS = 10_000
PIECE_LENGTH = struct.Struct(">Q")


class Workbook(Protocol):
    """What every workbook format offers."""

    sheets: list[SheetEntry]

    def has_data(self, sheet: SheetEntry) -> bool:
        """Whether any cell holds something."""

    def grid(self, sheet: SheetEntry) -> Grid:
        """All cells."""


def _limit_resources() -> None:
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_LIMIT_S, CPU_LIMIT_S))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))  # no file may be written; pipes are not concerned


def _opened(kind: str, data: bytes) -> Workbook:
    if kind == "xlsx":
        from crmclean.formats.sheet_xlsx import XlsxWorkbook

        return XlsxWorkbook(zipfile.ZipFile(io.BytesIO(data)))
    if kind == "ods":
        from crmclean.formats.sheet_ods import OdsWorkbook

        return OdsWorkbook(zipfile.ZipFile(io.BytesIO(data)))
    if kind == "xlsb":
        from crmclean.formats.sheet_xlsb import XlsbWorkbook

        return XlsbWorkbook(zipfile.ZipFile(io.BytesIO(data)))
    from crmclean.formats.sheet_xls import XlsWorkbook

    return XlsWorkbook(data)


def choose(book: Workbook, wanted: str) -> SheetEntry:
    """The sheet to read: the wanted one, or the only visible one with data.

    Raises:
        SheetError: none, several, or a hidden one was asked for. Hidden sheets are never named.
    """
    visible = [sheet for sheet in book.sheets if not sheet.is_hidden and sheet.part]
    if wanted:
        return _wanted(book, visible, wanted)
    filled = [sheet for sheet in visible if book.has_data(sheet)]
    if len(filled) == 1:
        return filled[0]
    if not filled:
        raise SheetError("empty-file", "no visible sheet holds data", "kein sichtbares Blatt enthält Daten")
    names = ", ".join(json.dumps(sheet.name, ensure_ascii=False) for sheet in filled)
    raise SheetError("sheet-ambiguous", names, names)


def _wanted(book: Workbook, visible: list[SheetEntry], wanted: str) -> SheetEntry:
    for sheet in visible:
        if sheet.name == wanted:
            return sheet
    if any(sheet.name == wanted for sheet in book.sheets):
        raise SheetError("sheet-hidden", "", "")
    near = difflib.get_close_matches(wanted, [sheet.name for sheet in visible], 3, 0.0)
    names = ", ".join(json.dumps(name, ensure_ascii=False) for name in near)
    raise SheetError("sheet-not-found", names, names)


def _filled(grid: Grid) -> Grid:
    if grid.is_empty:
        raise SheetError("empty-file", "the sheet holds no data", "das Blatt enthält keine Daten")
    return grid


def answer(request: dict[str, Any], data: bytes) -> tuple[dict[str, Any], Iterator[pl.DataFrame]]:
    """The reply to a request: facts and cells, or what is wrong."""
    try:
        book = _opened(request["format"], data)
        sheet = choose(book, request["sheet"])
        grid = _filled(book.grid(sheet))
        reply = {
            "sheet": sheet.name,
            "first_row": grid.first_row,
            "first_column": grid.first_column,
            "kinds": [list(kind) for kind in grid.kinds],
            "flags": grid.flags,
            "flag_counts": [[code, column, count] for (code, column), count in grid.flag_counts.items()],
            "facts": {**grid.facts, "rounded": grid.rounded, "n_formulas": grid.n_formulas},
        }
        return reply, grid.pieces(PIECE_ROWS)
    except SheetError as error:
        return {"error": error.code, "en": error.en, "de": error.de, "is_limit": error.is_limit}, iter(())
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
        UnicodeError,
        struct.error,
    ):
        return {
            "error": "format-error",
            "en": "a part is damaged",
            "de": "ein Teil ist beschädigt",
            "is_limit": False,
        }, iter(())


def main() -> None:
    """Serve one request."""
    _limit_resources()
    request = json.loads(sys.stdin.buffer.readline())
    die_with(request["parent"])
    reply, cells = answer(request, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(reply).encode() + b"\n")
    # In pieces, each with its length before it: the whole would stand in memory twice.
    for piece in cells:
        buffer = io.BytesIO()
        piece.write_ipc_stream(buffer)
        sys.stdout.buffer.write(PIECE_LENGTH.pack(buffer.tell()))
        sys.stdout.buffer.write(buffer.getbuffer())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
